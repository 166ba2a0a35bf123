import type { KubeJson } from '../words';
import { cleanManifest } from './clean';
import {
  isJsonArray,
  isJsonObject,
  itemNames,
  pathText,
  type JsonObject,
  type PathStep,
} from './paths';
import { toYaml } from './yamlText';

/** What stands for a value that nobody is to see. */
export const MASKED = '••••';

/** One place in which two objects differ. */
export interface ManifestHunk {
  /** `spec.template.spec.containers[name=web].image` */
  readonly path: string;
  /** YAML; absent when it was not there */
  readonly before?: string;
  /** YAML; absent when it is gone */
  readonly after?: string;
}

/** How two objects differ. */
export interface ManifestDiff {
  readonly change: 'create' | 'update' | 'delete' | 'none';
  readonly hunks: readonly ManifestHunk[];
}

type Found = (
  path: readonly PathStep[],
  before: KubeJson | undefined,
  after: KubeJson | undefined,
) => void;

/** Equality of JSON; the order of keys does not count. */
export function equalJson(
  a: KubeJson | undefined,
  b: KubeJson | undefined,
): boolean {
  if (a === b) return true;
  if (isJsonArray(a) && isJsonArray(b)) {
    return (
      a.length === b.length &&
      a.every((item, index) => equalJson(item, b[index]))
    );
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(key => Object.hasOwn(b, key) && equalJson(a[key], b[key]))
  );
}

function compareLists(
  path: readonly PathStep[],
  before: readonly KubeJson[],
  after: readonly KubeJson[],
  found: Found,
): void {
  const nameOf = itemNames(before, after);
  if (!nameOf) {
    const scalars = [...before, ...after].every(
      item => typeof item !== 'object' || item === null,
    );
    // A list of arguments says more as a whole than place by place.
    if (scalars || before.length !== after.length) {
      if (!equalJson(before, after)) found(path, before, after);
      return;
    }
    before.forEach((item, index) =>
      compare([...path, index], item, after[index], found),
    );
    return;
  }
  const named = (list: readonly KubeJson[]) =>
    new Map(list.map(item => [nameOf(item), item]));
  const [old, young] = [named(before), named(after)];
  for (const name of new Set([...old.keys(), ...young.keys()])) {
    compare([...path, `[${name}]`], old.get(name), young.get(name), found);
  }
  const common = (map: Map<string, KubeJson>, other: Map<string, KubeJson>) =>
    [...map.keys()].filter(name => other.has(name)).join();
  // The order decides in some lists: init containers, environment.
  if (common(old, young) !== common(young, old)) {
    const names = (list: readonly KubeJson[]) => list.map(nameOf);
    found([...path, '[order]'], names(before), names(after));
  }
}

function compare(
  path: readonly PathStep[],
  before: KubeJson | undefined,
  after: KubeJson | undefined,
  found: Found,
): void {
  if (isJsonObject(before) && isJsonObject(after)) {
    for (const key of new Set([
      ...Object.keys(before),
      ...Object.keys(after),
    ])) {
      compare(
        [...path, key],
        Object.hasOwn(before, key) ? before[key] : undefined,
        Object.hasOwn(after, key) ? after[key] : undefined,
        found,
      );
    }
  } else if (isJsonArray(before) && isJsonArray(after)) {
    compareLists(path, before, after, found);
  } else if (!equalJson(before, after)) {
    found(path, before, after);
  }
}

function masked(value: KubeJson | undefined): KubeJson | undefined {
  return isJsonObject(value)
    ? Object.fromEntries(Object.keys(value).map(key => [key, MASKED]))
    : value && MASKED;
}

/** The annotation in which kubectl keeps what it applied, values of Secrets included. */
const APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

function withoutApplied(object: JsonObject): JsonObject {
  const { metadata } = object;
  if (!isJsonObject(metadata) || !isJsonObject(metadata.annotations)) {
    return object;
  }
  const { [APPLIED]: _applied, ...annotations } = metadata.annotations;
  return { ...object, metadata: { ...metadata, annotations } };
}

/** A copy in which the values of a Secret are masked; what kubectl keeps of them in an annotation is left out. */
export function maskSecret(object: JsonObject): JsonObject {
  if (object.kind !== 'Secret') return object;
  const { data, stringData, ...rest } = withoutApplied(object);
  return {
    ...rest,
    ...(data !== undefined && { data: masked(data) ?? null }),
    ...(stringData !== undefined && { stringData: masked(stringData) ?? null }),
  };
}

/** Whether what stands at a path of a Secret is for nobody's eyes. */
function isSecretPath([key]: readonly PathStep[]): boolean {
  return key === 'data' || key === 'stringData';
}

function valueText(value: KubeJson | undefined): string | undefined {
  return value === undefined ? undefined : toYaml(value).replace(/\n$/, '');
}

function secretHunk(
  path: readonly PathStep[],
  before: KubeJson | undefined,
  after: KubeJson | undefined,
): ManifestHunk {
  const mask = (value: KubeJson | undefined) =>
    value === undefined ? undefined : valueText(masked(value));
  return {
    path: pathText(path),
    before: mask(before),
    after:
      before !== undefined && after !== undefined
        ? `${MASKED} changed`
        : mask(after),
  };
}

/**
 * How two versions of an object differ, with what the API server adds left out and the values of Secrets masked.
 * @param before - undefined when there was none
 * @param after - undefined when it is gone
 */
export function diffManifests(
  before: JsonObject | undefined,
  after: JsonObject | undefined,
): ManifestDiff {
  const hunks: ManifestHunk[] = [];
  const secret = [before, after].some(object => object?.kind === 'Secret');
  const clean = (object: JsonObject | undefined) =>
    object && withoutApplied(cleanManifest(object));
  if (!before && !after) return { change: 'none', hunks: [] };
  if (!before || !after) {
    const whole = (object: JsonObject | undefined) =>
      object && valueText(maskSecret(cleanManifest(object)));
    return {
      change: before ? 'delete' : 'create',
      hunks: [{ path: '', before: whole(before), after: whole(after) }],
    };
  }
  compare([], clean(before), clean(after), (path, old, young) => {
    hunks.push(
      secret && isSecretPath(path)
        ? secretHunk(path, old, young)
        : {
            path: pathText(path),
            before: valueText(old),
            after: valueText(young),
          },
    );
  });
  return { change: hunks.length > 0 ? 'update' : 'none', hunks };
}

/** How two values differ, such as the templates of two revisions. */
export function diffValues(before: KubeJson, after: KubeJson): ManifestHunk[] {
  const hunks: ManifestHunk[] = [];
  compare([], before, after, (path, old, young) => {
    hunks.push({
      path: pathText(path),
      before: valueText(old),
      after: valueText(young),
    });
  });
  return hunks;
}
