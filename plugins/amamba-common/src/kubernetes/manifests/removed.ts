import type { KubeJson } from '../words';
import {
  childOf,
  isJsonArray,
  isJsonObject,
  itemNames,
  type JsonObject,
  type PathStep,
} from './paths';

/**
 * Fields that a user took out of a text and that the cluster keeps all the same, because somebody else owns them too: server-side
 * apply takes away only what belongs to nobody else.
 * @param shown - what the text said before
 * @param wanted - what it says now
 * @param made - what the cluster would make of it
 * @returns paths in `made`, the last items of a list first
 */
export function keptFields(
  shown: JsonObject,
  wanted: JsonObject,
  made: JsonObject,
): PathStep[][] {
  const found: PathStep[][] = [];
  const look = (
    path: readonly PathStep[],
    old: KubeJson,
    young: KubeJson,
    result: KubeJson,
  ) => {
    if (isJsonObject(old) && isJsonObject(young) && isJsonObject(result)) {
      for (const [key, value] of Object.entries(old)) {
        const after = childOf(result, key);
        const now = childOf(young, key);
        if (after === undefined) continue;
        if (now === undefined) found.push([...path, key]);
        else look([...path, key], value, now, after);
      }
      return;
    }
    if (!isJsonArray(old) || !isJsonArray(young) || !isJsonArray(result)) {
      return;
    }
    const nameOf = itemNames(old, young, result);
    if (!nameOf) return;
    const at = (list: readonly KubeJson[], name: string) =>
      list.findIndex(item => nameOf(item) === name);
    const places = old
      .map(item => ({ item, index: at(result, nameOf(item)) }))
      .filter(({ index }) => index >= 0)
      .sort((a, b) => b.index - a.index);
    for (const { item, index } of places) {
      const now = young[at(young, nameOf(item))];
      if (now === undefined) found.push([...path, index]);
      else look([...path, index], item, now, result[index]);
    }
  };
  look([], shown, wanted, made);
  return found;
}

/** A copy without what paths lead to; of a list the last items have to come first. */
export function withoutFields(
  object: JsonObject,
  paths: readonly (readonly PathStep[])[],
): JsonObject {
  const without = (
    value: KubeJson,
    [step, ...rest]: readonly PathStep[],
  ): KubeJson => {
    if (isJsonArray(value)) {
      return rest.length === 0
        ? value.filter((_, index) => index !== step)
        : value.map((item, index) =>
            index === step ? without(item, rest) : item,
          );
    }
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, item]): [string, KubeJson][] => {
        if (key !== step) return [[key, item]];
        return rest.length === 0 ? [] : [[key, without(item, rest)]];
      }),
    );
  };
  return paths.reduce<JsonObject>((left, path) => {
    const next = without(left, path);
    return isJsonObject(next) ? next : left;
  }, object);
}
