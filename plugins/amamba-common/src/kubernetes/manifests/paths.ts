import type { KubeJson } from '../words';

/** A step into a value: a key, a place in a list, or the item of a list that has a value at a key. */
export type PathStep = string | number;

/** Keys that tell the items of a Kubernetes list apart, in the order in which they are tried. */
const ITEM_KEYS: readonly (readonly string[])[] = [
  ['name'],
  ['mountPath'],
  ['containerPort', 'protocol'],
  ['port', 'protocol'],
  ['key'],
  ['ip'],
  ['host'],
  ['path'],
  ['topologyKey'],
  ['type'],
];

/** A map of JSON. */
export type JsonObject = { readonly [key: string]: KubeJson };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isJsonArray(value: unknown): value is readonly KubeJson[] {
  return Array.isArray(value);
}

function textOf(item: JsonObject, keys: readonly string[]): string | undefined {
  const values = keys.map(key => item[key]);
  const first = values[0];
  if (typeof first !== 'string' && typeof first !== 'number') return undefined;
  return keys
    .filter((_key, index) => values[index] !== undefined)
    .map(key => `${key}=${item[key]}`)
    .join(',');
}

/**
 * Names for the items of lists, by which the same item is found in both.
 * @returns undefined when no key tells the items apart, so that only their places do
 */
export function itemNames(
  ...lists: readonly (readonly KubeJson[])[]
): ((item: KubeJson) => string) | undefined {
  for (const keys of ITEM_KEYS) {
    const nameOf = (item: KubeJson) =>
      isJsonObject(item) ? textOf(item, keys) : undefined;
    const distinct = lists.every(list => {
      const names = list.map(nameOf);
      return (
        names.every(name => name !== undefined) &&
        new Set(names).size === list.length
      );
    });
    if (distinct) return item => nameOf(item) ?? '';
  }
  return undefined;
}

/** A path as people write it: `spec.template.spec.containers[name=web].image`, `data["a.conf"]`. */
export function pathText(steps: readonly PathStep[]): string {
  return steps.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    if (step.startsWith('[')) return text + step;
    if (!/^[A-Za-z_$][\w$-]*$/.test(step)) {
      return `${text}[${JSON.stringify(step)}]`;
    }
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

const SEGMENT = /([^.[\]]+)|\[([^\]]*)\]/g;
const PAIR = /([\w./-]+)=("(?:[^"\\]|\\.)*"|[^,]*)/g;

function bare(text: string): string {
  return text.replace(/^"|"$/g, '');
}

/** The item of a list that has all of `name="web",protocol="TCP"`. */
function itemWith(list: readonly KubeJson[], text: string): number | undefined {
  const pairs = [...text.matchAll(PAIR)];
  const index = list.findIndex(
    item =>
      isJsonObject(item) &&
      pairs.length > 0 &&
      pairs.every(([, key, value]) => String(item[key]) === bare(value)),
  );
  return index < 0 ? undefined : index;
}

/** What a step leads to. */
export function childOf(
  value: KubeJson | undefined,
  step: PathStep,
): KubeJson | undefined {
  if (isJsonArray(value)) {
    return typeof step === 'number' ? value[step] : undefined;
  }
  return isJsonObject(value) && Object.hasOwn(value, step)
    ? value[step]
    : undefined;
}

/**
 * The steps of a path as an API server writes it, as far as they lead in a value: `spec.ports[0].port`,
 * `spec.containers[name="web"].image`.
 */
export function stepsIn(value: KubeJson, text: string): PathStep[] {
  const steps: PathStep[] = [];
  let at: KubeJson | undefined = value;
  for (const [, key, bracket] of text.matchAll(SEGMENT)) {
    const isIndex = key === undefined && /^\d+$/.test(bracket);
    let step: PathStep | undefined = key ?? bare(bracket);
    if (isIndex) step = Number(bracket);
    else if (key === undefined && isJsonArray(at)) step = itemWith(at, bracket);
    const next: KubeJson | undefined =
      step === undefined ? undefined : childOf(at, step);
    if (step === undefined || next === undefined) break;
    steps.push(step);
    at = next;
  }
  return steps;
}
