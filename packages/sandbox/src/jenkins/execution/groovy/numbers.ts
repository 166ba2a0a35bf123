import { Token } from '@amamba/backstage-plugin-amamba-common';
import { DecimalLiteral } from './ast';

/** The value of a number token: a JavaScript number for integers, the digits for a BigDecimal. */
export function numberLiteral(token: Token): number | DecimalLiteral {
  const text = token.text.replaceAll('_', '');
  const prefixed = /^0[xX]|^0[bB]/.test(text);
  const digits = text.replace(prefixed ? /[lLiIgG]$/ : /[lLiIgGfFdD]$/, '');
  if (prefixed) {
    return Number(digits);
  }
  if (/^0[0-7]+$/.test(digits)) {
    return parseInt(digits, 8);
  }
  return /[.eEfFdD]/.test(text) ? { decimal: digits } : Number(digits);
}
