import type { KubeObject } from '@amamba/backstage-plugin-amamba-common';
import type { Pool } from './Pool';
import { sizeOf } from './values';

/** Which parts of an object are its own: a tree of their names. What is not in it is shared. */
export interface OwnParts {
  readonly [name: string]: OwnParts;
}

const ALWAYS = ['metadata', 'spec', 'status'];
/** Texts that many objects have in common; others are not worth a place in the pool. */
const SHARED_TEXTS = new Set(['namespace', 'nodeName', 'serviceAccountName']);

/** The tree of a kind's `unshared` paths. */
export function ownPartsOf(unshared: readonly string[] = []): OwnParts {
  type Tree = { [name: string]: Tree };
  const root: Tree = {};
  for (const path of [...ALWAYS, ...unshared]) {
    path.split('.').reduce((at, name) => (at[name] ??= {}), root);
  }
  return root;
}

/** Characters of JSON. */
export interface Sizes {
  /** of parts that are the object's own */
  own: number;
  /** of everything, as if nothing were shared */
  all: number;
}

interface Visit {
  part(value: unknown): { value: unknown; size: number };
  sizes: Sizes;
}

function visitParts(
  name: string,
  value: unknown,
  own: OwnParts | undefined,
  visit: Visit,
): unknown {
  const { sizes } = visit;
  const add = (size: number) => {
    sizes.own += size;
    sizes.all += size;
  };
  const isObject = typeof value === 'object' && value !== null;
  if (isObject && own) {
    add(2);
    if (Array.isArray(value)) {
      add(value.length);
      return value.map(element => visitParts('', element, undefined, visit));
    }
    const parts: Record<string, unknown> = {};
    const fields = value as Readonly<Record<string, unknown>>;
    for (const key of Object.keys(fields)) {
      add(key.length + 4);
      parts[key] = visitParts(key, fields[key], own[key], visit);
    }
    return parts;
  }
  if (isObject || (typeof value === 'string' && SHARED_TEXTS.has(name))) {
    const { value: shared, size } = visit.part(value);
    sizes.all += size;
    return shared;
  }
  add(sizeOf(value));
  return value;
}

/** A copy of the object whose parts are those of the pool, wherever they are not its own. */
export function shareParts<K extends KubeObject>(
  object: K,
  own: OwnParts,
  pool: Pool,
): { object: K; sizes: Sizes } {
  const sizes: Sizes = { own: 0, all: 0 };
  const shared = visitParts('', object, own, {
    part: value => pool.share(value),
    sizes,
  });
  return { object: shared as K, sizes };
}

/** Gives the parts of an object back to the pool. */
export function releaseParts(
  object: KubeObject,
  own: OwnParts,
  pool: Pool,
): Sizes {
  const sizes: Sizes = { own: 0, all: 0 };
  visitParts('', object, own, {
    part: value => ({ value, size: pool.release(value) }),
    sizes,
  });
  return sizes;
}
