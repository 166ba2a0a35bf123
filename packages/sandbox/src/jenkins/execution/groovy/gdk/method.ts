import type { Ctx } from '../../runtime/context';
import { raise } from '../errors';
import {
  Closure,
  MaybePromise,
  numberOf,
  toText,
  truth,
  Value,
} from '../values';

/** How methods of values call back into the script. */
export interface Caller {
  callClosure(closure: Closure, args: Value[], ctx: Ctx): Promise<Value>;
  isCase(candidate: Value, value: Value, ctx: Ctx): Promise<boolean>;
}

/** The arguments of one method call. */
export class Call {
  readonly args: Value[];
  private readonly caller: Caller;
  readonly ctx: Ctx;

  constructor(args: Value[], caller: Caller, ctx: Ctx) {
    this.args = args;
    this.caller = caller;
    this.ctx = ctx;
  }

  get count(): number {
    return this.args.length;
  }

  value(index = 0): Value {
    return this.args[index] ?? null;
  }

  text(index = 0): string {
    return toText(this.value(index));
  }

  number(index = 0, otherwise?: number): number {
    const value = numberOf(this.value(index));
    return (
      value ??
      otherwise ??
      raise('IllegalArgumentException', `argument ${index + 1} is no number`)
    );
  }

  /** The last argument when it is a closure. */
  closure(): Closure | undefined {
    const last = this.args[this.args.length - 1];
    return last instanceof Closure ? last : undefined;
  }

  run(closure: Closure, ...args: Value[]): Promise<Value> {
    return this.caller.callClosure(closure, args, this.ctx);
  }

  async test(closure: Closure, ...args: Value[]): Promise<boolean> {
    return truth(await this.run(closure, ...args));
  }

  isCase(candidate: Value, value: Value): Promise<boolean> {
    return this.caller.isCase(candidate, value, this.ctx);
  }
}

export type Method<T> = (self: T, call: Call) => MaybePromise<Value>;
export type Methods<T> = Readonly<Record<string, Method<T>>>;
