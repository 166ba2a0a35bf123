import { parseInteger } from '../groovy/cast';
import { raise } from '../groovy/errors';
import {
  Closure,
  GroovyMap,
  numberOf,
  toText,
  truth,
  Value,
} from '../groovy/values';
import type { Ctx } from '../runtime/context';
import type { LineLog } from '../runtime/log';
import type { ExecutionRequest } from '../types';

/** The Java type of a step's parameter, as the declarative validator names it. */
export type ParameterType =
  'class java.lang.String' | 'int' | 'long' | 'boolean' | 'object';

export interface ParameterSpec {
  readonly type: ParameterType;
  readonly required?: boolean;
  /** May be given without its name although it may also be left out. */
  readonly sole?: boolean;
}

export const text: ParameterSpec = { type: 'class java.lang.String' };
export const requiredText: ParameterSpec = { ...text, required: true };
export const flag: ParameterSpec = { type: 'boolean' };
export const integer: ParameterSpec = { type: 'int' };
export const requiredInteger: ParameterSpec = { ...integer, required: true };
export const object: ParameterSpec = { type: 'object' };
export const requiredObject: ParameterSpec = { ...object, required: true };

/** One call of a step. */
export interface StepCall {
  readonly ctx: Ctx;
  readonly nodeId: string;
  readonly args: StepArgs;
  readonly log: LineLog;
  /** Runs the body, in the context given or in the step's own. */
  body(ctx?: Ctx, label?: string): Promise<Value>;
}

export interface StepDefinition {
  readonly name: string;
  /** What people read: "Shell Script". */
  readonly title: string;
  readonly parameters: Readonly<Record<string, ParameterSpec>>;
  /** The kind of its flow node, when it is neither a plain step nor a block. */
  readonly kind?: 'parallel';
  /** The step takes a block. */
  readonly block?: boolean;
  /** The step needs a workspace. */
  readonly needsNode?: boolean;
  /** The parameter that the step is described by; the sole required one unless said otherwise. */
  readonly describedBy?: string;
  run(call: StepCall): Promise<Value>;
}

/** The one required parameter, which may be given without its name. */
export function soleParameter(
  parameters: StepDefinition['parameters'],
): string | undefined {
  const names = Object.keys(parameters);
  const required = names.filter(name => parameters[name].required);
  return required.length === 1
    ? required[0]
    : names.find(name => parameters[name].sole);
}

/** The arguments of a step by name. */
export class StepArgs {
  readonly stepName: string;
  readonly named: GroovyMap;
  readonly closure: Closure | undefined;

  constructor(
    stepName: string,
    named: GroovyMap,
    closure: Closure | undefined,
  ) {
    this.stepName = stepName;
    this.named = named;
    this.closure = closure;
  }

  value(name: string): Value {
    return this.named.get(name) ?? null;
  }

  has(name: string): boolean {
    return this.value(name) !== null;
  }

  text(name: string): string {
    const value = this.value(name);
    return value === null
      ? raise(
          'IllegalArgumentException',
          `${this.stepName}: missing required parameter "${name}"`,
        )
      : toText(value);
  }

  optionalText(name: string): string | undefined {
    const value = this.value(name);
    return value === null ? undefined : toText(value);
  }

  flag(name: string, otherwise = false): boolean {
    const value = this.value(name);
    if (value === null) {
      return otherwise;
    }
    return typeof value === 'string' ? value === 'true' : truth(value);
  }

  integer(name: string, otherwise?: number): number {
    const value = this.value(name);
    const number = numberOf(value);
    if (number !== undefined) {
      return Math.trunc(number);
    }
    if (typeof value === 'string') {
      return parseInteger(value);
    }
    return (
      otherwise ??
      raise(
        'IllegalArgumentException',
        `${this.stepName}: parameter "${name}" is no number`,
      )
    );
  }

  list(name: string): Value[] {
    const value = this.value(name);
    if (value === null) {
      return [];
    }
    return Array.isArray(value) ? value : [value];
  }
}

/** Arguments that a plugin changes before the step sees them: only plain values, by name. */
export function transformArguments(
  args: StepArgs,
  transform: NonNullable<ExecutionRequest['transformStep']>,
): StepArgs {
  const plain: Record<string, unknown> = {};
  args.named.forEach((value, key) => {
    if (value === null || typeof value !== 'object') {
      plain[toText(key)] = value;
    }
  });
  const named: GroovyMap = new Map(args.named);
  for (const [key, value] of Object.entries(transform(args.stepName, plain))) {
    if (
      typeof value === 'string' ||
      typeof value === 'number' ||
      typeof value === 'boolean'
    ) {
      named.set(key, value);
    }
  }
  return new StepArgs(args.stepName, named, args.closure);
}

/** Sorts what a script passed into named arguments and a block, by the rules of Jenkins' DSL. */
export function parseArguments(
  definition: Pick<StepDefinition, 'name' | 'parameters' | 'block'>,
  given: readonly Value[],
): StepArgs {
  const rest = [...given];
  let closure: Closure | undefined;
  const last = rest[rest.length - 1];
  if (last instanceof Closure && definition.block) {
    closure = last;
    rest.pop();
  }
  const { name, parameters } = definition;
  if (rest.length === 0) {
    return new StepArgs(name, new Map(), closure);
  }
  const [first] = rest;
  const sole = soleParameter(parameters) ?? Object.keys(parameters)[0];
  if (rest.length === 1 && first instanceof Map) {
    const knows = [...first.keys()].some(k =>
      Object.hasOwn(parameters, toText(k)),
    );
    // A map may also be the value of the sole parameter: `checkout([$class: …])`.
    if (knows || !sole || parameters[sole].type !== 'object') {
      return new StepArgs(name, first, closure);
    }
  }
  if (rest.length === 1) {
    if (!sole) {
      raise('IllegalArgumentException', `${name} takes no arguments`);
    }
    return new StepArgs(name, new Map<Value, Value>([[sole, first]]), closure);
  }
  return raise(
    'IllegalArgumentException',
    `Expected named arguments but got ${toText(rest)}`,
  );
}
