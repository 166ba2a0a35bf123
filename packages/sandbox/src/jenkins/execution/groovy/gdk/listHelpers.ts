import { compare } from '../arithmetic';
import { equal, numberOf, truth, Value } from '../values';
import { Call } from './method';

/** Sorts with an asynchronous comparison: a stable merge sort. */
export async function mergeSort(
  items: Value[],
  before: (a: Value, b: Value) => Promise<number>,
): Promise<Value[]> {
  if (items.length < 2) {
    return items;
  }
  const middle = items.length >> 1;
  const left = await mergeSort(items.slice(0, middle), before);
  const right = await mergeSort(items.slice(middle), before);
  const out: Value[] = [];
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) {
    out.push((await before(left[i], right[j])) <= 0 ? left[i++] : right[j++]);
  }
  return [...out, ...left.slice(i), ...right.slice(j)];
}

/** Compares by a closure of one argument (a key) or two (a comparator), or naturally without one. */
export function comparison(call: Call) {
  const closure = call.closure();
  return async (a: Value, b: Value): Promise<number> => {
    if (!closure) {
      return compare(a, b);
    }
    if (closure.arity > 1) {
      return numberOf(await call.run(closure, a, b)) ?? 0;
    }
    return compare(await call.run(closure, a), await call.run(closure, b));
  };
}

export async function sorted(list: Value[], call: Call): Promise<Value[]> {
  return mergeSort([...list], comparison(call));
}

export async function extreme(
  list: Value[],
  call: Call,
  sign: 1 | -1,
): Promise<Value> {
  const before = comparison(call);
  let best: Value = list[0] ?? null;
  for (const item of list.slice(1)) {
    if (sign * (await before(item, best)) > 0) {
      best = item;
    }
  }
  return best;
}

export function flatten(list: Value[]): Value[] {
  return list.flatMap(item => (Array.isArray(item) ? flatten(item) : [item]));
}

export function unique(list: Value[]): Value[] {
  return list.filter(
    (item, index) => list.findIndex(other => equal(other, item)) === index,
  );
}

export async function filter(
  list: Value[],
  call: Call,
  wanted: boolean,
): Promise<Value[]> {
  const closure = call.closure();
  const out: Value[] = [];
  for (const item of list) {
    const yes = closure ? await call.test(closure, item) : truth(item);
    if (yes === wanted) {
      out.push(item);
    }
  }
  return out;
}

/** Replaces the content of a list, for the methods that change it in place. */
export function refill(list: Value[], items: Value[]): void {
  list.length = 0;
  for (const item of items) {
    list.push(item);
  }
}

export async function remove(
  list: Value[],
  call: Call,
  wanted: boolean,
): Promise<Value> {
  const before = list.length;
  const given = call.value();
  const kept =
    call.closure() || call.count === 0
      ? await filter(list, call, !wanted)
      : list.filter(
          item =>
            (Array.isArray(given) ? given : [given]).some(g =>
              equal(g, item),
            ) !== wanted,
        );
  refill(list, kept);
  return list.length !== before;
}

export async function collect(list: Value[], call: Call): Promise<Value[]> {
  const closure = call.closure();
  const out: Value[] = Array.isArray(call.value())
    ? (call.value() as Value[])
    : [];
  for (const item of list) {
    out.push(closure ? await call.run(closure, item) : item);
  }
  return out;
}

/** Goes on while the test gives `wanted`; says what it gave in the end. */
export async function decide(
  list: Value[],
  call: Call,
  wanted: boolean,
): Promise<boolean> {
  const closure = call.closure();
  for (const item of list) {
    const yes = closure ? await call.test(closure, item) : truth(item);
    if (yes !== wanted) {
      return !wanted;
    }
  }
  return wanted;
}

export async function position(list: Value[], call: Call): Promise<number> {
  const closure = call.closure();
  for (const [index, item] of list.entries()) {
    const found = closure
      ? await call.test(closure, item)
      : equal(item, call.value());
    if (found) {
      return index;
    }
  }
  return -1;
}

export async function grouped(
  list: Value[],
  call: Call,
): Promise<Map<Value, Value[]>> {
  const groups = new Map<Value, Value[]>();
  const closure = call.closure();
  for (const item of list) {
    const key = closure ? await call.run(closure, item) : item;
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

/** A value as a list: itself, or the only item of one. */
export const asList = (value: Value): Value[] =>
  Array.isArray(value) ? value : [value];
