import type { Ctx } from '../../runtime/context';
import { binaryOperation, compare } from '../arithmetic';
import { coerce, instanceOf } from '../cast';
import { rejected } from '../errors';
import { Matcher } from '../regex';
import {
  ClassRef,
  Closure,
  Decimal,
  equal,
  GroovyObject,
  MaybePromise,
  numberOf,
  toText,
  truth,
  typeOf,
  Value,
} from '../values';
import { LIST_METHODS } from './lists';
import { MAP_METHODS } from './maps';
import { Call, Caller, Methods } from './method';
import { STRING_METHODS } from './strings';

const NUMBER_METHODS: Methods<number> = {
  toInteger: value => Math.trunc(value),
  toLong: value => Math.trunc(value),
  intValue: value => Math.trunc(value),
  longValue: value => Math.trunc(value),
  doubleValue: value => coerce(value, 'double', true),
  toDouble: value => coerce(value, 'double', true),
  toBigDecimal: value => coerce(value, 'BigDecimal', true),
  abs: value => Math.abs(value),
  plus: (value, call) => binaryOperation('+', value, call.value()),
  minus: (value, call) => binaryOperation('-', value, call.value()),
  multiply: (value, call) => binaryOperation('*', value, call.value()),
  div: (value, call) => binaryOperation('/', value, call.value()),
  mod: (value, call) => binaryOperation('%', value, call.value()),
  power: (value, call) => binaryOperation('**', value, call.value()),
  intdiv: (value, call) => Math.trunc(value / call.number()),
  round: (value, call) =>
    call.count ? Number(value.toFixed(call.number())) : Math.round(value),
  compareTo: (value, call) => Math.sign(compare(value, call.value())),
  times: async (value, call) => {
    const closure = call.closure();
    for (let i = 0; closure && i < value; i += 1) {
      await call.run(closure, i);
    }
    return null;
  },
  upto: async (value, call) => {
    const closure = call.closure();
    for (let i = value; closure && i <= call.number(); i += 1) {
      await call.run(closure, i);
    }
    return null;
  },
  downto: async (value, call) => {
    const closure = call.closure();
    for (let i = value; closure && i >= call.number(); i -= 1) {
      await call.run(closure, i);
    }
    return null;
  },
  step: async (value, call) => {
    const closure = call.closure();
    const by = call.number(1);
    for (
      let i = value;
      closure && by !== 0 && (by > 0 ? i < call.number() : i > call.number());
      i += by
    ) {
      await call.run(closure, i);
    }
    return null;
  },
};

/** What every object has. */
const OBJECT_METHODS: Methods<Value> = {
  toString: (value: Value) =>
    value instanceof Map
      ? `{${[...value].map(([k, v]) => `${toText(k)}=${toText(v)}`).join(', ')}}`
      : toText(value),
  inspect: value => (typeof value === 'string' ? `'${value}'` : toText(value)),
  dump: value => toText(value),
  equals: (value, call) => equal(value, call.value()),
  hashCode: value => {
    let code = 0;
    for (const char of toText(value)) {
      code = (Math.imul(31, code) + char.charCodeAt(0)) | 0;
    }
    return code;
  },
  getClass: value => new ClassRef(typeOf(value)),
  asBoolean: value => truth(value),
  is: (value, call) => value === call.value(),
  isCase: (value, call) => binaryOperation('isCase', value, call.value()),
  asType: (value, call) => {
    const type = call.value();
    return type instanceof ClassRef ? coerce(value, type.name, true) : value;
  },
  with: (value, call) => delegated(value, call),
  tap: async (value, call) => {
    await delegated(value, call);
    return value;
  },
  identity: (value, call) => delegated(value, call),
};

async function delegated(value: Value, call: Call): Promise<Value> {
  const closure = call.closure();
  if (!closure || typeof closure.code === 'function') {
    return null;
  }
  const bound = new Closure(closure.code);
  bound.delegate = value;
  bound.delegateFirst = true;
  return call.run(bound, value);
}

const CLOSURE_METHODS: Methods<Closure> = {
  curry: (closure, call) => {
    const given = call.args;
    return new Closure((args, ctx) =>
      new Call([], rebind(call), ctx).run(closure, ...given, ...args),
    );
  },
  rightShift: (closure, call) => chained(call, closure, call.closure()),
  leftShift: (closure, call) => chained(call, call.closure(), closure),
  setDelegate: (closure, call) => {
    closure.delegate = call.value();
    return null;
  },
  setResolveStrategy: (closure, call) => {
    closure.delegateFirst = call.value() === 1 || call.value() === 3;
    return null;
  },
  rehydrate: (closure, call) => {
    const copy = new Closure(closure.code);
    copy.delegate = call.value();
    return copy;
  },
  memoize: closure => closure,
  clone: closure => new Closure(closure.code),
};

function rebind(call: Call): Caller {
  return {
    callClosure: (closure, args) => call.run(closure, ...args),
    isCase: (candidate, value) => call.isCase(candidate, value),
  };
}

function chained(
  call: Call,
  first: Closure | undefined,
  second: Closure | undefined,
): Value {
  return new Closure(async args =>
    second && first ? call.run(second, await call.run(first, ...args)) : null,
  );
}

function own<T>(methods: Methods<T>, name: string) {
  return Object.hasOwn(methods, name) ? methods[name] : undefined;
}

/** The methods that Jenkins' script security refuses on values that exist here. */
function refuseUnsafe(value: Value, name: string): void {
  if (
    name === 'execute' &&
    (typeof value === 'string' || Array.isArray(value))
  ) {
    rejected(
      `staticMethod org.codehaus.groovy.runtime.ProcessGroovyMethods execute ${typeOf(value)}`,
    );
  }
  if (name === 'getMetaClass' || name === 'invokeMethod') {
    rejected(`method groovy.lang.GroovyObject ${name}`);
  }
}

/** Calls a method of a value; undefined when it has none of that name. */
export function invokeOn(
  caller: Caller,
  target: Value,
  name: string,
  args: Value[],
  ctx: Ctx,
): MaybePromise<Value | undefined> {
  const call = new Call(args, caller, ctx);
  refuseUnsafe(target, name);
  const common = own(OBJECT_METHODS, name);
  if (typeof target === 'string') {
    return (own(STRING_METHODS, name) ?? common)?.(target, call);
  }
  const number = numberOf(target);
  if (number !== undefined) {
    if (
      target instanceof Decimal &&
      name in { round: 1, toString: 1, plus: 1, minus: 1, multiply: 1, div: 1 }
    ) {
      if (['plus', 'minus', 'multiply', 'div'].includes(name)) {
        const operator =
          { plus: '+', minus: '-', multiply: '*', div: '/' }[name] ?? '+';
        return binaryOperation(operator, target, call.value());
      }
      if (name === 'round') {
        const digits = call.count ? call.number() : 0;
        return digits > 0
          ? new Decimal(Number(number.toFixed(digits)), digits)
          : Math.round(number);
      }
    }
    const method = name === 'toString' ? undefined : own(NUMBER_METHODS, name);
    return method ? method(number, call) : common?.(target, call);
  }
  if (Array.isArray(target)) {
    return (own(LIST_METHODS, name) ?? common)?.(target, call);
  }
  if (target instanceof Map) {
    return (own(MAP_METHODS, name) ?? common)?.(target, call);
  }
  if (target instanceof GroovyObject) {
    return invokeOnObject(target, name, call);
  }
  return common?.(target, call);
}

async function invokeOnObject(
  target: GroovyObject,
  name: string,
  call: Call,
): Promise<Value | undefined> {
  const result = await target.invoke(name, call.args, call.ctx);
  if (result !== undefined) {
    return result;
  }
  if (target instanceof Closure) {
    const method = own(CLOSURE_METHODS, name);
    if (method) {
      return method(target, call);
    }
  }
  if (target instanceof Matcher && own(LIST_METHODS, name)) {
    return own(LIST_METHODS, name)?.(target.items(), call);
  }
  if (target instanceof ClassRef && name === 'isInstance') {
    return instanceOf(call.value(), target.name);
  }
  const getter = /^get([A-Z].*)/.exec(name);
  if (getter && call.count === 0) {
    const property = getter[1][0].toLowerCase() + getter[1].slice(1);
    const value = await target.getProperty(property, call.ctx);
    if (value !== undefined) {
      return value;
    }
  }
  const setter = /^set([A-Z].*)/.exec(name);
  if (setter && call.count === 1) {
    const property = setter[1][0].toLowerCase() + setter[1].slice(1);
    if (target.setProperty(property, call.value(), call.ctx)) {
      return null;
    }
  }
  return own(OBJECT_METHODS, name)?.(target, call);
}
