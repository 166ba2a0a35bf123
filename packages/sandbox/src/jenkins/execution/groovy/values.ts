import { Block, Parameter } from './ast';
import type { Ctx } from '../runtime/context';

/**
 * What a script computes with. Integers are JavaScript numbers, decimals are {@link Decimal}; lists are arrays and
 * maps are insertion-ordered Maps; everything else is a {@link GroovyObject}.
 */
export type Value =
  null | boolean | number | string | Value[] | GroovyMap | GroovyObject;

/** A map with keys compared by value for strings and numbers, as scripts use them. */
export type GroovyMap = Map<Value, Value>;

export type MaybePromise<T> = T | Promise<T>;

/** A value with properties and methods of its own. `undefined` from a method here means "there is none such". */
export abstract class GroovyObject {
  /** The full name of the Java class that it stands for. */
  abstract readonly type: string;

  getProperty(_name: string, _ctx: Ctx): MaybePromise<Value | undefined> {
    return undefined;
  }

  /** False when there is no such property. */
  setProperty(_name: string, _value: Value, _ctx: Ctx): boolean {
    return false;
  }

  invoke(
    _name: string,
    _args: Value[],
    _ctx: Ctx,
  ): MaybePromise<Value | undefined> {
    return undefined;
  }

  truth(): boolean {
    return true;
  }

  toText(): string {
    return `${this.type}@1`;
  }

  equals(other: Value): boolean {
    return other === this;
  }
}

/** A BigDecimal: its value and the digits after the point. */
export class Decimal extends GroovyObject {
  readonly type = 'java.math.BigDecimal';

  readonly value: number;
  readonly scale: number;

  constructor(value: number, scale: number) {
    super();
    this.value = value;
    this.scale = scale;
  }

  static parse(text: string): Decimal {
    const scale = /\.(\d+)/.exec(text)?.[1].length ?? 0;
    return new Decimal(Number(text), scale);
  }

  /** The quotient of two numbers as Groovy rounds it: ten digits, without trailing zeros. */
  static quotient(value: number): Decimal {
    const text = String(Number(value.toFixed(10)));
    return Decimal.parse(text);
  }

  override truth(): boolean {
    return this.value !== 0;
  }

  override toText(): string {
    return this.value.toFixed(Math.min(this.scale, 100));
  }

  override equals(other: Value): boolean {
    return numberOf(other) === this.value;
  }
}

/** The variables of a block, a closure or a method; lookups go outwards. */
export class Scope {
  private readonly variables = new Map<string, Value>();

  readonly parent?: Scope;
  /** The closure whose body this is. */
  readonly closure?: Closure;

  constructor(parent?: Scope, closure?: Closure) {
    this.parent = parent;
    this.closure = closure;
  }

  declare(name: string, value: Value): void {
    this.variables.set(name, value);
  }

  get(name: string): Value | undefined {
    return this.holder(name)?.variables.get(name);
  }

  /** False when no such variable is in sight. */
  assign(name: string, value: Value): boolean {
    const holder = this.holder(name);
    holder?.variables.set(name, value);
    return holder !== undefined;
  }

  private holder(name: string): Scope | undefined {
    return this.variables.has(name) ? this : this.parent?.holder(name);
  }
}

/** A closure of the script, or a function of ours that scripts call like one. */
export class Closure extends GroovyObject {
  readonly type = 'org.jenkinsci.plugins.workflow.cps.CpsClosure2';
  delegate: Value | undefined;
  delegateFirst = false;

  readonly code:
    | { parameters?: readonly Parameter[]; body: Block; scope: Scope }
    | ((args: Value[], ctx: Ctx) => MaybePromise<Value>);

  constructor(
    code:
      | { parameters?: readonly Parameter[]; body: Block; scope: Scope }
      | ((args: Value[], ctx: Ctx) => MaybePromise<Value>),
  ) {
    super();
    this.code = code;
  }

  override setProperty(name: string, value: Value): boolean {
    if (name === 'delegate') {
      this.delegate = value;
      return true;
    }
    if (name === 'resolveStrategy') {
      this.delegateFirst = value === 1 || value === 3;
      return true;
    }
    return false;
  }

  override getProperty(name: string): Value | undefined {
    if (name === 'delegate') {
      return this.delegate ?? null;
    }
    if (name === 'maximumNumberOfParameters') {
      return this.arity;
    }
    return undefined;
  }

  /** How many arguments it names; one when it takes `it`. */
  get arity(): number {
    return typeof this.code === 'function'
      ? 1
      : (this.code.parameters?.length ?? 1);
  }

  override toText(): string {
    return `${this.type}@1`;
  }
}

/** A Java class named in a script. */
export class ClassRef extends GroovyObject {
  readonly type = 'java.lang.Class';

  readonly name: string;

  constructor(name: string) {
    super();
    this.name = name;
  }

  override getProperty(name: string): Value | undefined {
    switch (name) {
      case 'name':
      case 'canonicalName':
        return this.name;
      case 'simpleName':
        return this.name.replace(/^.*\./, '');
      case 'class':
        return this;
      default:
        return undefined;
    }
  }

  override toText(): string {
    return `class ${this.name}`;
  }

  override equals(other: Value): boolean {
    return other instanceof ClassRef && other.name === this.name;
  }
}

/** One entry of a map, as `each` and `for` hand it out. */
export class Entry extends GroovyObject {
  readonly type = 'java.util.LinkedHashMap$Entry';

  readonly key: Value;
  readonly value: Value;

  constructor(key: Value, value: Value) {
    super();
    this.key = key;
    this.value = value;
  }

  override getProperty(name: string): Value | undefined {
    if (name === 'key') {
      return this.key;
    }
    return name === 'value' ? this.value : undefined;
  }

  override toText(): string {
    return `${toText(this.key)}=${toText(this.value)}`;
  }
}

/** The number that a value is, or undefined. */
export function numberOf(value: Value): number | undefined {
  if (typeof value === 'number') {
    return value;
  }
  return value instanceof Decimal ? value.value : undefined;
}

/** Groovy truth. */
export function truth(value: Value): boolean {
  if (value === null) {
    return false;
  }
  if (typeof value !== 'object') {
    return Boolean(value);
  }
  if (Array.isArray(value)) {
    return value.length > 0;
  }
  return value instanceof Map ? value.size > 0 : value.truth();
}

/** A value as text, as `"${value}"` gives it. Cyclic structures are cut. */
export function toText(value: Value, depth = 0): string {
  if (value === null) {
    return 'null';
  }
  if (typeof value !== 'object') {
    return String(value);
  }
  if (depth > 50) {
    return '…';
  }
  if (Array.isArray(value)) {
    return `[${value.map(item => toText(item, depth + 1)).join(', ')}]`;
  }
  if (value instanceof Map) {
    const entries = [...value].map(
      ([k, v]) => `${toText(k, depth + 1)}:${toText(v, depth + 1)}`,
    );
    return entries.length === 0 ? '[:]' : `[${entries.join(', ')}]`;
  }
  return value.toText();
}

/** `==`. */
export function equal(a: Value, b: Value): boolean {
  if (a === b) {
    return true;
  }
  if (a === null || b === null) {
    return false;
  }
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => equal(item, b[index]))
    );
  }
  if (a instanceof Map) {
    return (
      b instanceof Map &&
      a.size === b.size &&
      [...a].every(([k, v]) => b.has(k) && equal(v, b.get(k) ?? null))
    );
  }
  if (a instanceof GroovyObject) {
    return a.equals(b);
  }
  return b instanceof GroovyObject && b.equals(a);
}

/** Makes a map of an object's own entries. */
export function mapOf(entries: Record<string, Value>): GroovyMap {
  return new Map<Value, Value>(Object.entries(entries));
}

/** The Java class of a value, for messages and `instanceof`. */
export function typeOf(value: Value): string {
  if (value === null) {
    return 'null';
  }
  switch (typeof value) {
    case 'string':
      return 'java.lang.String';
    case 'boolean':
      return 'java.lang.Boolean';
    case 'number':
      return Math.abs(value) > 0x7fffffff
        ? 'java.lang.Long'
        : 'java.lang.Integer';
    default:
      break;
  }
  if (Array.isArray(value)) {
    return 'java.util.ArrayList';
  }
  return value instanceof Map ? 'java.util.LinkedHashMap' : value.type;
}
