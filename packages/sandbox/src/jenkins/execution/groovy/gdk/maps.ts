import { binaryOperation, compare } from '../arithmetic';
import { Closure, Entry, equal, GroovyMap, truth, Value } from '../values';
import { LIST_METHODS } from './lists';
import { Call, Methods } from './method';

/** A closure over an entry takes it whole, or as key and value when it has two parameters. */
function onEntry(
  call: Call,
  closure: Closure,
  key: Value,
  value: Value,
): Promise<Value> {
  return closure.arity > 1
    ? call.run(closure, key, value)
    : call.run(closure, new Entry(key, value));
}

async function testEntry(call: Call, closure: Closure, k: Value, v: Value) {
  return truth(await onEntry(call, closure, k, v));
}

async function filter(
  map: GroovyMap,
  call: Call,
  wanted: boolean,
): Promise<GroovyMap> {
  const out: GroovyMap = new Map();
  const closure = call.closure();
  for (const [key, value] of map) {
    if (closure && (await testEntry(call, closure, key, value)) === wanted) {
      out.set(key, value);
    }
  }
  return out;
}

const entries = (map: GroovyMap): Entry[] =>
  [...map].map(([key, value]) => new Entry(key, value));

async function collect(map: GroovyMap, call: Call): Promise<Value[]> {
  const closure = call.closure();
  const out: Value[] = [];
  for (const [key, value] of map) {
    out.push(
      closure
        ? await onEntry(call, closure, key, value)
        : new Entry(key, value),
    );
  }
  return out;
}

/** For calls that have no closure to run. */
const noCaller = {
  callClosure: async () => null,
  isCase: async () => false,
};

/** The methods of maps. */
export const MAP_METHODS: Methods<GroovyMap> = {
  size: map => map.size,
  isEmpty: map => map.size === 0,
  get: (map, call) => {
    const key = call.value();
    if (!map.has(key) && call.count > 1) {
      map.set(key, call.value(1));
    }
    return map.get(key) ?? null;
  },
  getAt: (map, call) => map.get(call.value()) ?? null,
  getOrDefault: (map, call) => map.get(call.value()) ?? call.value(1),
  put: (map, call) => {
    const before = map.get(call.value()) ?? null;
    map.set(call.value(), call.value(1));
    return before;
  },
  putAt: (map, call) => {
    map.set(call.value(), call.value(1));
    return null;
  },
  putIfAbsent: (map, call) => {
    const before = map.get(call.value()) ?? null;
    if (before === null) {
      map.set(call.value(), call.value(1));
    }
    return before;
  },
  putAll: (map, call) => {
    const other = call.value();
    if (other instanceof Map) {
      other.forEach((v, k) => map.set(k, v));
    }
    return null;
  },
  remove: (map, call) => {
    const before = map.get(call.value()) ?? null;
    map.delete(call.value());
    return before;
  },
  clear: map => {
    map.clear();
    return null;
  },
  clone: map => new Map(map),
  containsKey: (map, call) => map.has(call.value()),
  containsValue: (map, call) =>
    [...map.values()].some(value => equal(value, call.value())),
  keySet: map => [...map.keys()],
  values: map => [...map.values()],
  entrySet: map => entries(map),
  iterator: map => entries(map),
  plus: (map, call) => binaryOperation('+', map, call.value()),
  minus: (map, call) => binaryOperation('-', map, call.value()),
  subMap: (map, call) => {
    const keys = call.value();
    return new Map(
      [...map].filter(([k]) => Array.isArray(keys) && keys.includes(k)),
    );
  },
  each: async (map, call) => {
    const closure = call.closure();
    for (const [key, value] of closure ? [...map] : []) {
      await onEntry(call, closure as Closure, key, value);
    }
    return map;
  },
  forEach: (map, call) => MAP_METHODS.each(map, call),
  eachWithIndex: async (map, call) => {
    const closure = call.closure();
    for (const [index, [key, value]] of closure ? [...map].entries() : []) {
      const entry = new Entry(key, value);
      await (closure && closure.arity > 2
        ? call.run(closure, key, value, index)
        : call.run(closure as Closure, entry, index));
    }
    return map;
  },
  collect,
  collectMany: async (map, call) =>
    (await collect(map, call)).flatMap(item =>
      Array.isArray(item) ? item : [item],
    ),
  collectEntries: async (map, call) =>
    LIST_METHODS.collectEntries(
      await collect(map, call),
      new Call([], noCaller, call.ctx),
    ),
  find: async (map, call) => {
    const [first] = await filter(map, call, true);
    return first ? new Entry(first[0], first[1]) : null;
  },
  findAll: (map, call) => filter(map, call, true),
  findResult: async (map, call) =>
    (await collect(map, call)).find(value => value !== null) ?? null,
  any: async (map, call) => (await filter(map, call, true)).size > 0,
  every: async (map, call) => (await filter(map, call, false)).size === 0,
  count: async (map, call) => (await filter(map, call, true)).size,
  groupBy: async (map, call) => LIST_METHODS.groupBy(entries(map), call),
  inject: async (map, call) => {
    const closure = call.closure();
    let state = call.value();
    for (const [key, value] of closure ? map : []) {
      state = await (closure && closure.arity > 2
        ? call.run(closure, state, key, value)
        : call.run(closure as Closure, state, new Entry(key, value)));
    }
    return state;
  },
  sum: (map, call) => LIST_METHODS.sum(entries(map), call),
  min: (map, call) => LIST_METHODS.min(entries(map), call),
  max: (map, call) => LIST_METHODS.max(entries(map), call),
  sort: async (map, call) => {
    const items = entries(map);
    const order = call.closure()
      ? await LIST_METHODS.toSorted(items, call)
      : items.sort((a, b) => compare(a.key, b.key));
    return new Map(
      (Array.isArray(order) ? order : []).flatMap(entry =>
        entry instanceof Entry ? [[entry.key, entry.value] as const] : [],
      ),
    );
  },
};
