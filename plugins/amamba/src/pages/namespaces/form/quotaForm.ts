import {
  quotaProblems,
  workspaceQuotaProblems,
  type Quota,
  type QuotaProblem,
} from '@amamba/backstage-plugin-amamba-common';
import type { PairRow } from '../../../components/Form';
import { isNamedKey, type NamedQuotaKey } from '../../../components/Quota';
import type { Room } from './room';

/** A quota as it is edited: fields for keys that have words, rows for the others. */
export interface QuotaForm {
  named: Readonly<Partial<Record<NamedQuotaKey, string>>>;
  others: readonly PairRow[];
}

/** A code of {@link QuotaProblem}, as the form says it in the reader's language. */
export type QuotaCode = QuotaProblem['code'];

/** The form of a quota. */
export function quotaFormOf(quota: Quota): QuotaForm {
  const named: Partial<Record<NamedQuotaKey, string>> = {};
  const others: PairRow[] = [];
  for (const [key, value] of Object.entries(quota)) {
    if (isNamedKey(key)) named[key] = value;
    else others.push({ id: others.length, key, value });
  }
  return { named, others };
}

/** The quota of a form: empty fields limit nothing. */
export function quotaOf({ named, others }: QuotaForm): Quota {
  const all = [
    ...Object.entries(named),
    ...others.map(({ key, value }) => [key.trim(), value] as const),
  ];
  return Object.fromEntries(
    all
      .map(([key, value]) => [key, value.trim()] as const)
      .filter(([key, value]) => key !== '' || value !== '')
      .filter(([key, value]) => value !== '' || !isNamedKey(key)),
  );
}

/** What is wrong with a quota, by the path of the field; the message is the code of the rule. */
export function quotaFormProblems(
  form: QuotaForm,
  room?: Room,
): Record<string, QuotaCode> {
  const quota = quotaOf(form);
  const found: Record<string, QuotaCode> = {};
  const seen = new Set<string>();
  for (const { key } of form.others) {
    const name = key.trim();
    if (seen.has(name) || isNamedKey(name)) found[`quota.${name}`] = 'twice';
    seen.add(name);
  }
  const above = room
    ? workspaceQuotaProblems(room.limit, room.others, quota)
    : [];
  for (const { key, code } of [...quotaProblems(quota), ...above]) {
    found[`quota.${key}`] ??= code;
  }
  return found;
}
