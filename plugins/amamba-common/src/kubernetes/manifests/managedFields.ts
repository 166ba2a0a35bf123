import type { KubeManagedFields } from '../objects';
import type { KubeJson } from '../words';
import {
  childOf,
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type PathStep,
} from './paths';

/** Values that list keys have when the object leaves them out. */
const KEY_DEFAULTS: JsonObject = { protocol: 'TCP' };

function matches(item: KubeJson, keys: JsonObject): boolean {
  return (
    isJsonObject(item) &&
    Object.entries(keys).every(
      ([key, value]) => (item[key] ?? KEY_DEFAULTS[key]) === value,
    )
  );
}

function parse(text: string): KubeJson | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function cutList(
  value: readonly KubeJson[],
  steps: readonly [string, unknown][],
): KubeJson[] {
  const kept = new Map<number, KubeJson>();
  for (const [step, below] of steps) {
    const rest = step.slice(2);
    const wanted = step.startsWith('i:') ? undefined : parse(rest);
    const index = step.startsWith('i:')
      ? Number(rest)
      : value.findIndex(item =>
          isJsonObject(wanted) ? matches(item, wanted) : item === wanted,
        );
    if (value[index] !== undefined) {
      kept.set(index, cut(value[index], below));
    }
  }
  return [...kept.keys()].sort((a, b) => a - b).map(index => kept.get(index)!);
}

function cut(value: KubeJson, fields: unknown): KubeJson {
  if (!isJsonObject(fields)) return value;
  const steps = Object.entries(fields).filter(([step]) => step !== '.');
  // A leaf, or something that is owned as a whole.
  if (steps.length === 0) {
    if (!('.' in fields)) return value;
    if (isJsonObject(value)) return {};
    return isJsonArray(value) ? [] : value;
  }
  if (isJsonArray(value)) return cutList(value, steps);
  if (!isJsonObject(value)) return value;
  const entries = steps.flatMap(([step, below]): [string, KubeJson][] => {
    const key = step.slice(2);
    return step.startsWith('f:') && Object.hasOwn(value, key)
      ? [[key, cut(value[key], below)]]
      : [];
  });
  return Object.fromEntries(entries);
}

function merge(a: KubeJson, b: KubeJson): KubeJson {
  if (!isJsonObject(a) || !isJsonObject(b)) return b;
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(
    keys.map(key => [
      key,
      key in a && key in b ? merge(a[key], b[key]) : (b[key] ?? a[key]),
    ]),
  );
}

/**
 * What a manager owns of a live object: the text to show in an editor whose contents are applied as a whole. Fields of others are left out.
 * @param object - with its `managedFields`
 * @returns undefined when the manager never applied it
 */
export function ownedManifest(
  object: JsonObject,
  manager: string,
): JsonObject | undefined {
  const metadata = isJsonObject(object.metadata) ? object.metadata : {};
  const all = isJsonArray(metadata.managedFields) ? metadata.managedFields : [];
  const own = all.find(
    entry =>
      isJsonObject(entry) &&
      entry.manager === manager &&
      entry.operation === 'Apply' &&
      entry.subresource === undefined,
  );
  if (!isJsonObject(own)) return undefined;
  const { apiVersion, kind } = object;
  const { name, namespace } = metadata;
  const identity: JsonObject = {
    ...(apiVersion !== undefined && { apiVersion }),
    ...(kind !== undefined && { kind }),
    metadata: {
      ...(name !== undefined && { name }),
      ...(namespace !== undefined && { namespace }),
    },
  };
  const merged = merge(identity, cut(object, own.fieldsV1));
  return isJsonObject(merged) ? merged : identity;
}

/** The paths in a tree of owned fields: `spec.replicas`, `spec.template.spec.containers[name=web].image`. */
export function ownedPaths(fields: unknown, prefix = ''): string[] {
  if (!isJsonObject(fields)) return [];
  const steps = Object.entries(fields).filter(([step]) => step !== '.');
  if (steps.length === 0) return prefix ? [prefix] : [];
  return steps.flatMap(([step, below]) => {
    const rest = step.slice(2);
    if (step.startsWith('f:')) {
      return ownedPaths(below, prefix ? `${prefix}.${rest}` : rest);
    }
    const keys = step.startsWith('k:') ? parse(rest) : undefined;
    const name = isJsonObject(keys)
      ? Object.entries(keys)
          .map(pair => pair.join('='))
          .join(',')
      : rest;
    return ownedPaths(below, `${prefix}[${name}]`);
  });
}

/** Who writes which fields of an object, the latest first. */
export interface FieldManager {
  readonly manager: string;
  readonly operation: string;
  readonly subresource?: string;
  /** of the manager's last change, not of each field */
  readonly time?: string;
  readonly fields: readonly string[];
}

/** Who writes what, for "replicas: set by kubectl (scale)". Managers of the status are left out. */
export function fieldManagers(
  managedFields: readonly KubeManagedFields[] | undefined,
): FieldManager[] {
  return (managedFields ?? [])
    .filter(({ subresource }) => subresource !== 'status')
    .map(({ manager = '?', operation = '?', subresource, time, fieldsV1 }) => ({
      manager,
      operation,
      subresource,
      time,
      fields: ownedPaths(fieldsV1),
    }))
    .sort((a, b) => Date.parse(b.time ?? '') - Date.parse(a.time ?? '') || 0);
}

/** Whether a tree of owned fields holds what a path leads to, as a whole or in part. */
function holds(
  fields: unknown,
  value: KubeJson | undefined,
  [step, ...rest]: readonly PathStep[],
): boolean {
  if (step === undefined) return true;
  if (!isJsonObject(fields)) return false;
  const steps = Object.entries(fields).filter(([name]) => name !== '.');
  if (steps.length === 0) return !('.' in fields);
  const child = childOf(value, step);
  const [, below] =
    steps.find(([name]) => {
      if (!isJsonArray(value)) return name === `f:${step}`;
      if (name.startsWith('i:')) return Number(name.slice(2)) === step;
      const wanted = parse(name.slice(2));
      return isJsonObject(wanted) && child !== undefined
        ? matches(child, wanted)
        : child === wanted;
    }) ?? [];
  return below !== undefined && holds(below, child, rest);
}

const NO_MANAGER = { operation: '', subresource: '' };

function managersIn(object: JsonObject): JsonObject[] {
  const metadata = isJsonObject(object.metadata) ? object.metadata : {};
  const all = isJsonArray(metadata.managedFields) ? metadata.managedFields : [];
  return all.map(entry => (isJsonObject(entry) ? entry : NO_MANAGER));
}

/** Who besides `manager` owns what a path leads to; the status has managers of its own. */
export function otherOwners(
  object: JsonObject,
  path: readonly PathStep[],
  manager: string,
): string[] {
  return managersIn(object)
    .filter(
      entry =>
        entry.subresource === undefined &&
        !(entry.manager === manager && entry.operation === 'Apply') &&
        holds(entry.fieldsV1, object, path),
    )
    .map(entry => String(entry.manager));
}

/**
 * The `managedFields` of an object after `manager` took over everything that some others own: what it leaves out when it applies next
 * is gone then.
 * @param object - with its `managedFields`
 */
export function takenOver(
  object: JsonObject,
  others: readonly string[],
  manager: string,
): JsonObject[] {
  const isTaken = (entry: JsonObject) =>
    entry.subresource === undefined &&
    ((entry.manager === manager && entry.operation === 'Apply') ||
      others.includes(String(entry.manager)));
  const all = managersIn(object);
  const taken = all.filter(isTaken);
  if (taken.length === 0) return all;
  const fieldsV1 = taken.reduce<KubeJson>(
    (fields, entry) => merge(fields, entry.fieldsV1 ?? {}),
    {},
  );
  return [
    ...all.filter(entry => !isTaken(entry)),
    { ...taken[taken.length - 1], manager, operation: 'Apply', fieldsV1 },
  ];
}
