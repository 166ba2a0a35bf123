import type { Ctx } from '../runtime/context';
import { missingProperty, raise } from './errors';
import { Matcher } from './regex';
import {
  ClassRef,
  GroovyObject,
  MaybePromise,
  numberOf,
  toText,
  typeOf,
  Value,
} from './values';

/** `value.name`. */
export function propertyOf(
  value: Value,
  name: string,
  ctx: Ctx,
): MaybePromise<Value> {
  if (value === null) {
    return raise(
      'NullPointerException',
      `Cannot get property '${name}' on null object`,
    );
  }
  if (value instanceof Map) {
    return value.get(name) ?? null;
  }
  if (Array.isArray(value)) {
    if (name === 'empty') {
      return value.length === 0;
    }
    if (name === 'length') {
      return value.length;
    }
    return Promise.all(value.map(item => propertyOf(item, name, ctx)));
  }
  if (name === 'class') {
    return value instanceof ClassRef ? value : new ClassRef(typeOf(value));
  }
  if (value instanceof GroovyObject) {
    return objectProperty(value, name, ctx);
  }
  if (typeof value === 'string') {
    if (name === 'empty') {
      return value === '';
    }
    if (name === 'bytes') {
      return [...Buffer.from(value)];
    }
  }
  return missingProperty(typeOf(value), name);
}

async function objectProperty(
  object: GroovyObject,
  name: string,
  ctx: Ctx,
): Promise<Value> {
  const own = await object.getProperty(name, ctx);
  if (own !== undefined) {
    return own;
  }
  const capital = name[0].toUpperCase() + name.slice(1);
  const got =
    (await object.invoke(`get${capital}`, [], ctx)) ??
    (await object.invoke(`is${capital}`, [], ctx));
  return got === undefined ? missingProperty(object.type, name) : got;
}

/** `value.name = newValue`. */
export function setProperty(
  value: Value,
  name: string,
  newValue: Value,
  ctx: Ctx,
): void {
  if (value === null) {
    raise(
      'NullPointerException',
      `Cannot set property '${name}' on null object`,
    );
  }
  if (value instanceof Map) {
    value.set(name, newValue);
    return;
  }
  if (
    !(value instanceof GroovyObject) ||
    !value.setProperty(name, newValue, ctx)
  ) {
    missingProperty(typeOf(value), name);
  }
}

function at(length: number, index: number): number {
  return index < 0 ? length + index : index;
}

/** `value[index]`; a list of indices picks several. Negative indices count from the end. */
export function indexOf(
  value: Value,
  index: Value,
  ctx: Ctx,
): MaybePromise<Value> {
  if (value === null) {
    return raise(
      'NullPointerException',
      'Cannot invoke method getAt() on null object',
    );
  }
  if (value instanceof Map) {
    return value.get(index) ?? null;
  }
  const items = value instanceof Matcher ? value.items() : value;
  if (value instanceof Matcher && !(toText(index) in (items as Value[]))) {
    return raise(
      'IndexOutOfBoundsException',
      `index is out of range 0..${(items as Value[]).length - 1} (index = ${toText(index)})`,
    );
  }
  const number = numberOf(index);
  if (typeof items === 'string') {
    if (Array.isArray(index)) {
      return index
        .map(i => items[at(items.length, numberOf(i) ?? 0)] ?? '')
        .join('');
    }
    const position = at(items.length, number ?? NaN);
    return (
      items[position] ??
      raise(
        'java.lang.StringIndexOutOfBoundsException',
        `String index out of range: ${toText(index)}`,
      )
    );
  }
  if (Array.isArray(items)) {
    if (Array.isArray(index)) {
      return index.map(
        i => items[at(items.length, numberOf(i) ?? NaN)] ?? null,
      );
    }
    if (number === undefined) {
      return propertyOf(items, toText(index), ctx);
    }
    return items[at(items.length, number)] ?? null;
  }
  if (items instanceof GroovyObject) {
    return propertyOf(items, toText(index), ctx);
  }
  return raise(
    'MissingMethodException',
    `No signature of method: ${typeOf(value)}.getAt()`,
  );
}

const MAX_LIST = 10_000_000;

/** `value[index] = newValue`. */
export function setIndex(
  value: Value,
  index: Value,
  newValue: Value,
  ctx: Ctx,
): void {
  if (Array.isArray(value)) {
    const position = at(value.length, numberOf(index) ?? NaN);
    if (!(position >= 0 && position < MAX_LIST)) {
      raise('java.lang.ArrayIndexOutOfBoundsException', toText(index));
    }
    while (value.length < position) {
      value.push(null);
    }
    value[position] = newValue;
  } else if (value instanceof Map) {
    value.set(index, newValue);
  } else {
    setProperty(value, toText(index), newValue, ctx);
  }
}
