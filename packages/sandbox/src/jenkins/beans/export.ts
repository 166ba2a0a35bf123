/**
 * Jenkins' remote API model (Stapler's `@Exported`): a bean has properties with a visibility; `depth=` shows those that
 * are visible enough, `tree=` those that are named.
 */

/** Reads one property; an iterable is consumed only as far as a range asks for. */
type Read = () => unknown;

/** `[visibility, read]`, or `[visibility, read, 'inline']` when children count as of the same depth. */
export type Property =
  readonly [number, Read] | readonly [number, Read, 'inline'];

/** An object of the remote API. `className` is written as `_class`; undefined when the declared type says it all. */
export class Bean {
  readonly className: string | undefined;
  readonly properties: Record<string, Property>;

  constructor(
    className: string | undefined,
    properties: Record<string, Property>,
  ) {
    this.className = className;
    this.properties = properties;
  }
}

/** Visibility of a property that every depth shows. */
export const ALWAYS = 999;

/** Decides what of an object is shown. */
export interface Pruner {
  /** undefined: the property is left out */
  accept(name: string, property: Property): Pruner | undefined;
  readonly range?: Range;
}

/** First index and the one behind the last. */
export interface Range {
  from: number;
  to: number;
}

/** `depth=N`: everything that is visible enough at its depth. */
export class DepthPruner implements Pruner {
  private readonly needed: number;

  constructor(needed: number) {
    this.needed = needed;
  }

  static of(depth: number): DepthPruner {
    return new DepthPruner(1 - depth);
  }

  accept(_name: string, [visibility, , inline]: Property) {
    if (visibility < this.needed) return undefined;
    return inline ? this : new DepthPruner(this.needed + 1);
  }
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return (
    typeof value === 'object' && value !== null && Symbol.iterator in value
  );
}

/** Turns a value into JSON, showing of each bean what the pruner accepts. */
export function exportValue(value: unknown, pruner: Pruner): unknown {
  if (value instanceof Bean) {
    const shown: Record<string, unknown> =
      value.className === undefined ? {} : { _class: value.className };
    for (const [name, property] of Object.entries(value.properties)) {
      const next = pruner.accept(name, property);
      if (next) shown[name] = exportValue(property[1](), next);
    }
    return shown;
  }
  if (isIterable(value)) {
    const { from, to } = pruner.range ?? { from: 0, to: Infinity };
    const list: unknown[] = [];
    let index = 0;
    for (const item of value) {
      if (index >= to) break;
      if (index >= from) list.push(exportValue(item, pruner));
      index++;
    }
    return list;
  }
  return value ?? null;
}
