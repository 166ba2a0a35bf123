import { isJsonArray, type PathStep } from '../manifests';
import { isKubeName, kubeNameRules, type KubeNameKind } from '../names';
import type { KubeJson, WordParams } from '../words';
import { valueAt } from './documents';
import type { FormCode } from './messages';

/** Notes a problem at a path. */
export type Note = (
  path: readonly PathStep[],
  code: FormCode,
  params?: WordParams,
) => void;

/** A list at a path; empty when there is none. */
export function listAt(
  value: KubeJson | undefined,
  path: readonly PathStep[],
): readonly KubeJson[] {
  const list = valueAt(value, path);
  return isJsonArray(list) ? list : [];
}

/** Notes a name that is missing or is none. */
export function checkName(
  note: Note,
  path: readonly PathStep[],
  value: KubeJson | undefined,
  kind: KubeNameKind,
): void {
  if (value === undefined || value === null || value === '') {
    note(path, 'needed');
  } else if (typeof value !== 'string' || !isKubeName(kind, value)) {
    note(path, 'name', { rule: kubeNameRules[kind] });
  }
}

/** Notes values that stand in a list twice. */
export function checkTwice(
  note: Note,
  path: readonly PathStep[],
  list: readonly KubeJson[],
  key: string,
): void {
  const seen = new Set<KubeJson>();
  for (const [index, item] of list.entries()) {
    const value = valueAt(item, [key]);
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    if (seen.has(value)) note([...path, index, key], 'twice', { value });
    seen.add(value);
  }
}

/** Notes a number that is none, or out of its range; nothing when it is absent. */
export function checkRange(
  note: Note,
  path: readonly PathStep[],
  value: KubeJson | undefined,
  min: number,
  max: number,
): void {
  if (value === undefined) return;
  const right =
    typeof value === 'number' &&
    Number.isInteger(value) &&
    value >= min &&
    value <= max;
  if (!right) note(path, 'range', { min, max });
}

/** Whether something is a port: a number, or the name of one. */
export function isPort(value: KubeJson | undefined): boolean {
  return typeof value === 'number'
    ? Number.isInteger(value) && value >= 1 && value <= 65_535
    : typeof value === 'string' && isKubeName('portName', value);
}
