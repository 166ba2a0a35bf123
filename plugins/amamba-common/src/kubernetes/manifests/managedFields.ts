import type { KubeManagedFields } from '../objects';
import type { KubeJson } from '../words';
import { isJsonArray, isJsonObject, type JsonObject } from './paths';

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
