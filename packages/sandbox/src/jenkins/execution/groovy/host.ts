import type { Ctx } from '../runtime/context';
import type { Value } from './values';

/** What the script sees beyond its own variables: globals, steps and Java classes. */
export interface Host {
  /** A global variable or a bare environment variable; undefined when there is none. */
  variable(name: string, ctx: Ctx): Value | undefined;
  /** Calls a step or a symbol; undefined when there is none of that name. */
  call(name: string, args: Value[], ctx: Ctx): Promise<Value> | undefined;
  /** What Jenkins says about a function that nobody knows. */
  unknownCall(name: string, ctx: Ctx): never;
  /** Hears of a variable that nobody knows, on which a method was called. */
  unknownGlobal(name: string, ctx: Ctx): void;
  construct(type: string, args: Value[], ctx: Ctx): Value;
  /** The full name of a class that a script may name shortly. */
  className(name: string): string | undefined;
}

/** How a statement ended. */
export type Completion =
  | { kind: 'value'; value: Value }
  | { kind: 'return'; value: Value }
  | { kind: 'break' | 'continue'; value: null };
