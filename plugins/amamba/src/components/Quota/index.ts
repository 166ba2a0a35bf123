export { isTight, QuotaBar, useQuotaText } from './QuotaBar';
export { QuotaBars } from './QuotaBars';
export {
  amountText,
  isNamedKey,
  keysOf,
  NAMED_GROUPS,
  quotaLabel,
  type NamedQuotaKey,
} from './quotaWords';
