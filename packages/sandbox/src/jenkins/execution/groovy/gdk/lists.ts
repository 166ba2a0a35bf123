import { binaryOperation } from '../arithmetic';
import { raise } from '../errors';
import { Closure, equal, toText, Value } from '../values';
import {
  asList,
  collect,
  decide,
  extreme,
  filter,
  flatten,
  grouped,
  position,
  refill,
  remove,
  sorted,
  unique,
} from './listHelpers';
import { Methods } from './method';

/** The methods of lists, sets, arrays and ranges. */
export const LIST_METHODS: Methods<Value[]> = {
  size: list => list.length,
  length: list => list.length,
  isEmpty: list => list.length === 0,
  first: list =>
    list[0] ??
    raise(
      'NoSuchElementException',
      'Cannot access first() element from an empty List',
    ),
  last: list =>
    list[list.length - 1] ??
    raise(
      'NoSuchElementException',
      'Cannot access last() element from an empty List',
    ),
  head: list => list[0] ?? null,
  tail: list => list.slice(1),
  init: list => list.slice(0, -1),
  get: (list, call) =>
    list[call.number()] ??
    (call.number() in list
      ? null
      : raise(
          'IndexOutOfBoundsException',
          `Index: ${call.number()}, Size: ${list.length}`,
        )),
  getAt: (list, call) => list.at(call.number()) ?? null,
  set: (list, call) => {
    list[call.number()] = call.value(1);
    return null;
  },
  add: (list, call) => {
    if (call.count > 1) {
      list.splice(call.number(), 0, call.value(1));
    } else {
      list.push(call.value());
    }
    return true;
  },
  push: (list, call) => {
    list.push(call.value());
    return true;
  },
  leftShift: (list, call) => {
    list.push(call.value());
    return list;
  },
  addAll: (list, call) => {
    list.push(...asList(call.value()));
    return true;
  },
  pop: list => list.pop() ?? null,
  remove: (list, call) => {
    const which = call.value();
    if (typeof which === 'number') {
      return list.splice(which, 1)[0] ?? null;
    }
    const at = list.findIndex(item => equal(item, which));
    list.splice(at, at < 0 ? 0 : 1);
    return at >= 0;
  },
  removeAt: (list, call) => list.splice(call.number(), 1)[0] ?? null,
  removeAll: (list, call) => remove(list, call, true),
  retainAll: (list, call) => remove(list, call, false),
  removeIf: (list, call) => remove(list, call, true),
  clear: list => {
    list.length = 0;
    return null;
  },
  contains: (list, call) => list.some(item => equal(item, call.value())),
  containsAll: (list, call) =>
    asList(call.value()).every(wanted =>
      list.some(item => equal(item, wanted)),
    ),
  indexOf: (list, call) => list.findIndex(item => equal(item, call.value())),
  findIndexOf: position,
  join: (list, call) =>
    list.map(item => toText(item)).join(call.count ? call.text() : ''),
  plus: (list, call) => binaryOperation('+', list, call.value()),
  minus: (list, call) => binaryOperation('-', list, call.value()),
  intersect: (list, call) =>
    list.filter(item => asList(call.value()).some(other => equal(other, item))),
  disjoint: (list, call) =>
    !list.some(item => asList(call.value()).some(other => equal(other, item))),
  reverse: list => [...list].reverse(),
  flatten,
  unique: (list, call) => {
    const out = unique(list);
    if (call.value() !== false) {
      refill(list, out);
    }
    return out;
  },
  toUnique: unique,
  toSet: unique,
  asList: list => [...list],
  toList: list => [...list],
  toArray: list => [...list],
  clone: list => [...list],
  asImmutable: list => [...list],
  iterator: list => list,
  stream: list => list,
  take: (list, call) => list.slice(0, Math.max(0, call.number())),
  takeRight: (list, call) =>
    call.number() > 0 ? list.slice(-call.number()) : [],
  drop: (list, call) => list.slice(Math.max(0, call.number())),
  dropRight: (list, call) =>
    list.slice(0, Math.max(0, list.length - call.number())),
  subList: (list, call) => list.slice(call.number(), call.number(1)),
  collate: (list, call) => {
    const size = Math.max(1, call.number());
    return Array.from({ length: Math.ceil(list.length / size) }, (_, i) =>
      list.slice(i * size, (i + 1) * size),
    );
  },
  transpose: list => {
    const rows = list.map(asList);
    const width = Math.min(...rows.map(row => row.length), Infinity);
    return Number.isFinite(width)
      ? Array.from({ length: width }, (_, i) => rows.map(row => row[i]))
      : [];
  },
  combinations: list =>
    list
      .map(asList)
      .reduce<Value[][]>(
        (found, options) => found.flatMap(f => options.map(o => [...f, o])),
        [[]],
      ),
  sum: async (list, call) => {
    const closure = call.closure();
    let total: Value | undefined;
    for (const item of list) {
      const value = closure ? await call.run(closure, item) : item;
      total = total === undefined ? value : binaryOperation('+', total, value);
    }
    return total ?? null;
  },
  min: (list, call) => extreme(list, call, -1),
  max: (list, call) => extreme(list, call, 1),
  count: async (list, call) => {
    const closure = call.closure();
    return closure
      ? (await filter(list, call, true)).length
      : list.filter(item => equal(item, call.value())).length;
  },
  sort: async (list, call) => {
    const out = await sorted(list, call);
    if (call.value() !== false) {
      refill(list, out);
    }
    return out;
  },
  toSorted: sorted,
  each: async (list, call) => {
    const closure = call.closure();
    for (const item of closure ? [...list] : []) {
      await call.run(closure as Closure, item);
    }
    return list;
  },
  forEach: (list, call) => LIST_METHODS.each(list, call),
  eachWithIndex: async (list, call) => {
    const closure = call.closure();
    for (const [index, item] of closure ? [...list].entries() : []) {
      await call.run(closure as Closure, item, index);
    }
    return list;
  },
  reverseEach: async (list, call) => {
    await LIST_METHODS.each([...list].reverse(), call);
    return list;
  },
  withIndex: list => list.map((item, index) => [item, index]),
  indexed: list =>
    new Map<Value, Value>(list.map((item, index) => [index, item])),
  collect,
  map: collect,
  collectMany: async (list, call) =>
    (await collect(list, call)).flatMap(asList),
  collectEntries: async (list, call) => {
    const out = new Map<Value, Value>();
    for (const pair of await collect(list, call)) {
      if (Array.isArray(pair)) {
        out.set(pair[0], pair[1] ?? null);
      } else if (pair instanceof Map) {
        pair.forEach((v, k) => out.set(k, v));
      }
    }
    return out;
  },
  find: async (list, call) => list[await position(list, call)] ?? null,
  findAll: (list, call) => filter(list, call, true),
  filter: (list, call) => filter(list, call, true),
  findResult: async (list, call) => {
    const closure = call.closure();
    for (const item of closure ? list : []) {
      const result = await call.run(closure as Closure, item);
      if (result !== null) {
        return result;
      }
    }
    return null;
  },
  findResults: async (list, call) =>
    (await collect(list, call)).filter(item => item !== null),
  grep: async (list, call) => {
    const out: Value[] = [];
    for (const item of list) {
      if (await call.isCase(call.value(), item)) {
        out.push(item);
      }
    }
    return out;
  },
  split: async (list, call) => [
    await filter(list, call, true),
    await filter(list, call, false),
  ],
  any: (list, call) => decide(list, call, false),
  every: (list, call) => decide(list, call, true),
  inject: async (list, call) => {
    const closure = call.closure();
    let [state, items] =
      call.count > 1 ? [call.value(), list] : [list[0] ?? null, list.slice(1)];
    for (const item of closure ? items : []) {
      state = await call.run(closure as Closure, state, item);
    }
    items = [];
    return state;
  },
  groupBy: async (list, call) =>
    new Map<Value, Value>(await grouped(list, call)),
  countBy: async (list, call) =>
    new Map<Value, Value>(
      [...(await grouped(list, call))].map(([key, items]) => [
        key,
        items.length,
      ]),
    ),
};
