/** A number literal of Groovy as a JavaScript number. */
export interface GroovyNumber {
  /** Integers beyond 2^53 lose their last digits here; the source text has them. */
  readonly value: number;
  /** An integer that does not fit into 64 bits (Groovy makes it a BigInteger). */
  readonly tooBig: boolean;
}

const MAX_LONG = BigInt('9223372036854775807');

/** Reads the text of a number token: decimal, octal, hexadecimal, binary, with `_` and a type suffix. */
export function readNumber(tokenText: string): GroovyNumber {
  const text = tokenText.replace(/_/g, '');
  const integer = /^(0[xX][0-9a-fA-F]+|0[bB][01]+|[0-9]+)[lLiIgG]?$/.exec(text);
  if (!integer) {
    return { value: parseFloat(text), tooBig: false };
  }
  const digits = integer[1];
  const octal = /^0[0-7]+$/.test(digits);
  const exact = BigInt(octal ? `0o${digits.slice(1)}` : digits);
  return { value: Number(exact), tooBig: exact > MAX_LONG };
}
