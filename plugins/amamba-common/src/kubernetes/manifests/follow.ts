import { isScalar, Scalar } from 'yaml';
import { parseQuantity } from '../quantities';
import type { KubeJson } from '../words';
import { equalJson } from './diff';
import {
  isJsonArray,
  isJsonObject,
  itemNames,
  type JsonObject,
  type PathStep,
} from './paths';
import { readYaml } from './yamlDocuments';
import { toYaml } from './yamlText';

interface Change {
  readonly path: readonly PathStep[];
  readonly value: KubeJson;
}

/** Metadata that a text may hold without an effect. */
const IGNORED = ['status', 'resourceVersion', 'uid', 'creationTimestamp'];

const isNothing = (value: KubeJson | undefined) =>
  value === undefined ||
  value === null ||
  (isJsonArray(value) && value.length === 0) ||
  (isJsonObject(value) && Object.keys(value).length === 0);

function isSameScalar(
  path: readonly PathStep[],
  said: KubeJson,
  live: KubeJson,
): boolean {
  if (said === live) return true;
  const isAmount =
    path.includes('resources') ||
    path.includes('capacity') ||
    path.includes('hard');
  const isText = (value: KubeJson): value is string | number =>
    typeof value === 'string' || typeof value === 'number';
  if (!isAmount || !isText(said) || !isText(live)) return false;
  const amount = parseQuantity(said);
  return amount !== undefined && amount === parseQuantity(live);
}

/**
 * Scalars of a text that are others in the cluster now.
 * @returns undefined when more than scalars changed
 */
function changes(
  said: KubeJson,
  live: KubeJson | undefined,
  path: readonly PathStep[],
): Change[] | undefined {
  if (isNothing(said) && isNothing(live)) return [];
  if (live === undefined) return undefined;
  const all: Change[] = [];
  if (isJsonObject(said) && isJsonObject(live)) {
    for (const [key, value] of Object.entries(said)) {
      if (IGNORED.includes(key) && path.length <= 1) continue;
      const found = changes(
        value,
        Object.hasOwn(live, key) ? live[key] : undefined,
        [...path, key],
      );
      if (!found) return undefined;
      all.push(...found);
    }
    return all;
  }
  if (isJsonArray(said) && isJsonArray(live)) {
    const nameOf = itemNames(said, live);
    if (!nameOf) return equalJson(said, live) ? [] : undefined;
    for (const [index, item] of said.entries()) {
      const other = live.find(one => nameOf(one) === nameOf(item));
      const found = changes(item, other, [...path, index]);
      if (!found) return undefined;
      all.push(...found);
    }
    return all;
  }
  const isDeep = (value: KubeJson) =>
    typeof value === 'object' && value !== null;
  if (isDeep(said) || isDeep(live)) return undefined;
  return isSameScalar(path, said, live) ? [] : [{ path, value: live }];
}

function changed(
  value: KubeJson,
  [step, ...rest]: readonly PathStep[],
  next: KubeJson,
): KubeJson {
  if (step === undefined) return next;
  if (isJsonArray(value)) {
    return value.map((item, index) =>
      index === step ? changed(item, rest, next) : item,
    );
  }
  return isJsonObject(value)
    ? { ...value, [step]: changed(value[step], rest, next) }
    : value;
}

/**
 * A text brought up to what the cluster has now: values that others changed since are the new ones, and all else – comments, quotes,
 * order, what the cluster adds – is as it was written.
 * @returns undefined when more changed than values
 */
export function followManifest(
  text: string,
  live: JsonObject,
): string | undefined {
  const reading = readYaml(text);
  if ('problem' in reading) return undefined;
  const [document, ...more] = reading.documents.filter(
    ({ value, problems }) => problems.length > 0 || !isNothing(value),
  );
  const said = document?.value;
  if (said === undefined || more.length > 0) return undefined;
  const found = changes(said, live, []);
  if (!found) return undefined;
  let wanted = said;
  const places: { from: number; to: number; text: string }[] = [];
  for (const { path, value } of found) {
    wanted = changed(wanted, path, value);
    const node: unknown = document.source.getIn(path, true);
    const isInLine =
      isScalar(node) &&
      node.range &&
      node.type !== Scalar.BLOCK_FOLDED &&
      node.type !== Scalar.BLOCK_LITERAL;
    const next = toYaml(value).trim();
    if (!isInLine || !node.range || next.includes('\n')) return undefined;
    places.push({ from: node.range[0], to: node.range[1], text: next });
  }
  const result = places
    .sort((a, b) => b.from - a.from)
    .reduce(
      (left, place) =>
        left.slice(0, place.from) + place.text + left.slice(place.to),
      text,
    );
  const again = readYaml(result);
  return 'documents' in again &&
    again.documents.some(({ value }) => equalJson(value, wanted))
    ? result
    : undefined;
}
