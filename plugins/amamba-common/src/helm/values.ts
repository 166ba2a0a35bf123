import {
  equalJson,
  isJsonObject,
  type JsonObject,
} from '../kubernetes/manifests';
import type { KubeJson } from '../kubernetes/words';

/**
 * A chart's defaults with the values of a user over them, as Helm does it: maps are merged, everything else is replaced, and null takes a
 * default away.
 */
export function mergeValues(
  defaults: JsonObject,
  values: JsonObject,
): JsonObject {
  const merged: Record<string, KubeJson> = {};
  for (const key of new Set([
    ...Object.keys(defaults),
    ...Object.keys(values),
  ])) {
    const before = Object.hasOwn(defaults, key) ? defaults[key] : undefined;
    const over = Object.hasOwn(values, key) ? values[key] : undefined;
    if (over === null && before !== undefined) continue;
    if (over === undefined) merged[key] = before ?? null;
    else if (isJsonObject(before) && isJsonObject(over)) {
      merged[key] = mergeValues(before, over);
    } else merged[key] = over;
  }
  return merged;
}

/** The least that makes of a chart's defaults what was written: this is what Helm is given, and keeps. */
export function changedValues(
  defaults: JsonObject,
  written: JsonObject,
): JsonObject {
  const changed: Record<string, KubeJson> = {};
  for (const [key, value] of Object.entries(written)) {
    const before = Object.hasOwn(defaults, key) ? defaults[key] : undefined;
    if (before !== undefined && equalJson(before, value)) continue;
    if (isJsonObject(before) && isJsonObject(value)) {
      changed[key] = changedValues(before, value);
    } else if (value !== null || before === undefined) changed[key] = value;
    else changed[key] = null;
  }
  for (const key of Object.keys(defaults)) {
    if (!Object.hasOwn(written, key)) changed[key] = null;
  }
  return changed;
}
