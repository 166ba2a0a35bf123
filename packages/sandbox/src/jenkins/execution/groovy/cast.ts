import { exceptionClass, isA, raise, Throwable } from './errors';
import {
  ClassRef,
  Closure,
  Decimal,
  numberOf,
  toText,
  truth,
  typeOf,
  Value,
} from './values';
import { table } from './table';

const SUPERTYPES = table<readonly string[]>({
  'java.lang.String': ['java.lang.CharSequence', 'groovy.lang.GString'],
  'java.lang.Integer': ['java.lang.Number', 'java.lang.Long'],
  'java.lang.Long': ['java.lang.Number'],
  'java.math.BigDecimal': [
    'java.lang.Number',
    'java.lang.Double',
    'java.lang.Float',
  ],
  'java.util.ArrayList': [
    'java.util.List',
    'java.util.Collection',
    'java.lang.Iterable',
  ],
  'java.util.LinkedHashMap': ['java.util.Map', 'java.util.HashMap'],
  'org.jenkinsci.plugins.workflow.cps.CpsClosure2': ['groovy.lang.Closure'],
});

/** `value instanceof type`; the type may be named shortly. */
export function instanceOf(value: Value, type: string): boolean {
  if (value === null) {
    return false;
  }
  const simple = type.replace(/^.*\./, '');
  if (simple === 'Object') {
    return true;
  }
  if (value instanceof Throwable) {
    return isA(value.type, exceptionClass(type) ?? type);
  }
  const own = typeOf(value);
  return [own, ...(SUPERTYPES[own] ?? [])].some(
    name => name === type || name.replace(/^.*\./, '') === simple,
  );
}

function castError(value: Value, type: string): never {
  return raise(
    'org.codehaus.groovy.runtime.typehandling.GroovyCastException',
    `Cannot cast object '${toText(value)}' with class '${typeOf(value)}' to class '${type}'`,
  );
}

function toInteger(value: Value, type: string): Value {
  const number = numberOf(value);
  if (number !== undefined) {
    return Math.trunc(number);
  }
  return typeof value === 'string' && value.length === 1 && type === 'char'
    ? value.charCodeAt(0)
    : castError(value, type);
}

/** `(type) value`, a typed declaration, or with `as` the looser coercion. Unknown types leave the value alone. */
export function coerce(value: Value, type: string, loose: boolean): Value {
  const simple = type.replace(/^.*\./, '');
  switch (simple) {
    case 'String':
      return value === null ? null : toText(value);
    case 'boolean':
    case 'Boolean':
      return value === null && simple === 'Boolean' ? null : truth(value);
    case 'int':
    case 'long':
    case 'short':
    case 'byte':
    case 'Integer':
    case 'Long':
    case 'BigInteger':
      if (value === null) {
        return simple[0] === simple[0].toLowerCase()
          ? castError(value, type)
          : null;
      }
      return loose && typeof value === 'string'
        ? parseInteger(value)
        : toInteger(value, type);
    case 'double':
    case 'float':
    case 'Double':
    case 'Float':
    case 'BigDecimal': {
      if (value === null || value instanceof Decimal) {
        return value;
      }
      const number =
        loose && typeof value === 'string' ? Number(value) : numberOf(value);
      return number === undefined || Number.isNaN(number)
        ? castError(value, type)
        : new Decimal(
            number,
            Math.max(1, String(number).split('.')[1]?.length ?? 0),
          );
    }
    case 'String[]':
    case 'List':
    case 'ArrayList':
    case 'Set':
    case 'Collection':
    case 'Object[]':
      return toList(value, simple, loose, type);
    case 'Map':
    case 'HashMap':
    case 'LinkedHashMap':
      return value === null || value instanceof Map
        ? value
        : castError(value, type);
    case 'Closure':
      return value === null || value instanceof Closure
        ? value
        : castError(value, type);
    case 'Class':
      return value === null || value instanceof ClassRef
        ? value
        : castError(value, type);
    default:
      return value;
  }
}

function toList(
  value: Value,
  simple: string,
  loose: boolean,
  type: string,
): Value {
  if (value === null) {
    return null;
  }
  let items: Value[];
  if (Array.isArray(value)) {
    items = value;
  } else if (loose && typeof value === 'string') {
    items = [...value];
  } else if (loose && value instanceof Map) {
    items = [...value.values()];
  } else {
    return castError(value, type);
  }
  if (simple === 'String[]') {
    return items.map(item => toText(item));
  }
  return simple === 'Set'
    ? items.filter((item, index) => items.indexOf(item) === index)
    : items;
}

/** `"12" as int`, `Integer.parseInt("12")`. */
export function parseInteger(text: string, radix = 10): number {
  const trimmed = text.trim();
  const number = parseInt(trimmed, radix);
  const shape = radix === 10 ? /^[+-]?\d+$/ : /^[+-]?[0-9a-zA-Z]+$/;
  return Number.isNaN(number) || !shape.test(trimmed)
    ? raise('NumberFormatException', `For input string: "${text}"`)
    : number;
}
