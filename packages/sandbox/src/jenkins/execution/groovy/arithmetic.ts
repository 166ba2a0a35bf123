import { missingMethod, raise } from './errors';
import { javaRegex, Matcher, matchesWhole, Pattern } from './regex';
import {
  ClassRef,
  Decimal,
  equal,
  GroovyObject,
  numberOf,
  toText,
  truth,
  typeOf,
  Value,
} from './values';
import { instanceOf } from './cast';
import { table } from './table';

/** A list or a text longer than this is refused: it would take the process with it. */
const MAX_SIZE = 10_000_000;

const NAMES = table<string>({
  '+': 'plus',
  '-': 'minus',
  '*': 'multiply',
  '/': 'div',
  '%': 'mod',
  '**': 'power',
  '<<': 'leftShift',
  '>>': 'rightShift',
});

/** Negative, zero or positive as Groovy orders two values. */
export function compare(a: Value, b: Value): number {
  const left = numberOf(a);
  const right = numberOf(b);
  if (left !== undefined && right !== undefined) {
    return left - right;
  }
  if (a === null || b === null) {
    return (a === null ? 0 : 1) - (b === null ? 0 : 1);
  }
  if (typeof a === 'boolean' && typeof b === 'boolean') {
    return Number(a) - Number(b);
  }
  if (typeof a === 'string' || typeof b === 'string') {
    const [x, y] = [toText(a), toText(b)];
    if (x === y) {
      return 0;
    }
    return x < y ? -1 : 1;
  }
  if (a instanceof GroovyObject && b instanceof GroovyObject) {
    return compare(a.toText(), b.toText());
  }
  return raise(
    'IllegalArgumentException',
    `Cannot compare ${typeOf(a)} with value '${toText(a)}' and ${typeOf(b)} with value '${toText(b)}'`,
  );
}

export function unaryOperation(operator: string, value: Value): Value {
  if (operator === '+') {
    return value;
  }
  if (typeof value === 'number') {
    return operator === '-' ? -value : ~value;
  }
  if (value instanceof Decimal && operator === '-') {
    return new Decimal(-value.value, value.scale);
  }
  return missingMethod(typeOf(value), 'negative', []);
}

function range(from: Value, to: Value, inclusive: boolean): Value {
  const letters = typeof from === 'string' && typeof to === 'string';
  const start = letters ? from.charCodeAt(0) : (numberOf(from) ?? NaN);
  const stop = letters ? to.charCodeAt(0) : (numberOf(to) ?? NaN);
  if (Number.isNaN(start) || Number.isNaN(stop)) {
    return raise('IllegalArgumentException', 'a range needs two numbers');
  }
  if (Math.abs(stop - start) > MAX_SIZE) {
    return raise('java.lang.OutOfMemoryError', 'Java heap space');
  }
  const step = start <= stop ? 1 : -1;
  const items: Value[] = [];
  for (let at = start; step > 0 ? at <= stop : at >= stop; at += step) {
    items.push(letters ? String.fromCharCode(at) : at);
  }
  if (!inclusive && items.length > 0) {
    items.pop();
  }
  return items;
}

function arithmetic(operator: string, a: Value, b: Value): Value {
  const left = numberOf(a);
  const right = numberOf(b);
  if (left === undefined || right === undefined) {
    return missingMethod(typeOf(a), NAMES[operator] ?? operator, [b]);
  }
  const scaleA = a instanceof Decimal ? a.scale : 0;
  const scaleB = b instanceof Decimal ? b.scale : 0;
  const whole = typeof a === 'number' && typeof b === 'number';
  switch (operator) {
    case '+':
    case '-': {
      const result = operator === '+' ? left + right : left - right;
      return whole ? result : new Decimal(result, Math.max(scaleA, scaleB));
    }
    case '*':
      return whole ? left * right : new Decimal(left * right, scaleA + scaleB);
    case '/':
      if (right === 0) {
        return raise('java.lang.ArithmeticException', 'Division by zero');
      }
      return Decimal.quotient(left / right);
    case '%':
      if (right === 0) {
        return raise('java.lang.ArithmeticException', 'Division by zero');
      }
      return whole
        ? left % right
        : new Decimal(left % right, Math.max(scaleA, scaleB));
    case '**':
      return whole && right >= 0
        ? left ** right
        : Decimal.quotient(left ** right);
    case '<<':
      return left << right;
    case '>>':
      return left >> right;
    case '>>>':
      return left >>> right;
    case '&':
      return left & right;
    case '|':
      return left | right;
    default:
      return left ^ right;
  }
}

function plus(a: Value, b: Value): Value {
  if (typeof a === 'string' || typeof b === 'string') {
    const text = toText(a) + toText(b);
    return text.length > MAX_SIZE * 10
      ? raise('java.lang.OutOfMemoryError', 'Java heap space')
      : text;
  }
  if (Array.isArray(a)) {
    return Array.isArray(b) ? [...a, ...b] : [...a, b];
  }
  if (a instanceof Map && b instanceof Map) {
    return new Map([...a, ...b]);
  }
  return arithmetic('+', a, b);
}

function minus(a: Value, b: Value): Value {
  if (typeof a === 'string') {
    if (b instanceof Pattern) {
      return a.replace(javaRegex(b.source), '');
    }
    const text = toText(b);
    const at = a.indexOf(text);
    return at < 0 ? a : a.slice(0, at) + a.slice(at + text.length);
  }
  if (Array.isArray(a)) {
    const gone = Array.isArray(b) ? b : [b];
    return a.filter(item => !gone.some(g => equal(g, item)));
  }
  if (a instanceof Map && b instanceof Map) {
    return new Map(
      [...a].filter(([k, v]) => !(b.has(k) && equal(v, b.get(k) ?? null))),
    );
  }
  return arithmetic('-', a, b);
}

function times(a: Value, b: Value): Value {
  const count = numberOf(b);
  if ((typeof a === 'string' || Array.isArray(a)) && count !== undefined) {
    if (count < 0 || a.length * count > MAX_SIZE) {
      return raise('IllegalArgumentException', `cannot repeat ${count} times`);
    }
    return typeof a === 'string'
      ? a.repeat(count)
      : Array.from({ length: count }, () => a).flat(1);
  }
  return arithmetic('*', a, b);
}

function isCase(candidate: Value, value: Value): boolean {
  if (Array.isArray(candidate)) {
    return candidate.some(item => equal(item, value));
  }
  if (candidate instanceof Map) {
    return candidate.has(value) && truth(candidate.get(value) ?? null);
  }
  if (candidate instanceof ClassRef) {
    return instanceOf(value, candidate.name);
  }
  if (candidate instanceof Pattern) {
    return value !== null && matchesWhole(candidate.source, toText(value));
  }
  return equal(candidate, value);
}

/** A binary operator other than `&&`, `||`, `in`, `as` and `instanceof`; also `isCase`. */
export function binaryOperation(operator: string, a: Value, b: Value): Value {
  switch (operator) {
    case '+':
      return plus(a, b);
    case '-':
      return minus(a, b);
    case '*':
      return times(a, b);
    case '==':
      return equal(a, b);
    case '!=':
      return !equal(a, b);
    case '===':
      return a === b;
    case '!==':
      return a !== b;
    case '<=>':
      return Math.sign(compare(a, b));
    case '<':
      return compare(a, b) < 0;
    case '<=':
      return compare(a, b) <= 0;
    case '>':
      return compare(a, b) > 0;
    case '>=':
      return compare(a, b) >= 0;
    case '=~':
      return new Matcher(
        b instanceof Pattern ? b.source : toText(b),
        toText(a),
      );
    case '==~':
      return matchesWhole(
        b instanceof Pattern ? b.source : toText(b),
        toText(a),
      );
    case '..':
    case '..<':
      return range(a, b, operator === '..');
    case 'isCase':
      return isCase(a, b);
    case '<<':
      if (Array.isArray(a)) {
        a.push(b);
        return a;
      }
      if (a instanceof Map && b instanceof Map) {
        b.forEach((v, k) => a.set(k, v));
        return a;
      }
      return typeof a === 'string' ? a + toText(b) : arithmetic('<<', a, b);
    default:
      if (typeof a === 'boolean' && typeof b === 'boolean') {
        const bits = { '&': a && b, '|': a || b, '^': a !== b }[operator];
        if (bits !== undefined) {
          return bits;
        }
      }
      return arithmetic(operator, a, b);
  }
}
