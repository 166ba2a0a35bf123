import type { Ctx } from '../runtime/context';
import { binaryOperation } from './arithmetic';
import { CallExpression, Expression, MethodDefinition, Parameter } from './ast';
import { missingMethod, missingProperty, raise, toThrowable } from './errors';
import { invokeOn } from './gdk';
import { Completion } from './host';
import { InterpreterBase } from './interpreterBase';
import { iterate } from './iteration';
import { propertyOf } from './properties';
import { Closure, Scope, toText, truth, typeOf, Value } from './values';

/** Calls within calls; beyond it the script gets a StackOverflowError, as in Java. */
const MAX_CALL_DEPTH = 20_000;

/** Names and calls: which variable, method, closure or step a word of the script means. */
export abstract class CallInterpreter extends InterpreterBase {
  private callDepth = 0;

  /** `case`, `in` and `grep` ask this. */
  async isCase(candidate: Value, value: Value, ctx: Ctx): Promise<boolean> {
    if (candidate instanceof Closure) {
      return truth(await this.callClosure(candidate, [value], ctx));
    }
    return truth(await binaryOperation('isCase', candidate, value));
  }

  async lookUp(name: string, scope: Scope, ctx: Ctx): Promise<Value> {
    for (const found of [scope.get(name), this.binding.get(name)]) {
      if (found !== undefined) {
        return found;
      }
    }
    if (name === 'this' || name === 'owner') {
      return this.self();
    }
    for (const delegate of delegates(scope)) {
      const value =
        delegate instanceof Map
          ? delegate.get(name)
          : await propertyOf(delegate, name, ctx);
      if (value !== undefined && value !== null) {
        return value;
      }
    }
    const value = this.host.variable(name, ctx);
    return value === undefined
      ? missingProperty('groovy.lang.Binding', name)
      : value;
  }

  /** The script object; its methods are the steps. */
  protected self(): Value {
    return new Closure((args, ctx) =>
      this.callFunction(
        toText(args[0] ?? null),
        args.slice(1),
        new Scope(),
        ctx,
      ),
    );
  }

  protected async call(
    call: CallExpression,
    scope: Scope,
    ctx: Ctx,
  ): Promise<Value> {
    if (call.target) {
      return this.callMember(call, call.target, scope, ctx);
    }
    if (typeof call.method !== 'string') {
      const callee = await this.evaluate(call.method, scope, ctx);
      const args = await this.args(call, scope, ctx);
      if (callee instanceof Closure) {
        return this.callClosure(callee, args, ctx);
      }
      return typeof callee === 'string' && call.method.kind !== 'call'
        ? this.callFunction(callee, args, scope, ctx)
        : this.invoke(callee, 'call', args, ctx);
    }
    const args = await this.args(call, scope, ctx);
    return this.callFunction(call.method, args, scope, ctx);
  }

  protected async callMember(
    call: CallExpression,
    targetExpression: Expression,
    scope: Scope,
    ctx: Ctx,
  ): Promise<Value> {
    const onThis =
      targetExpression.kind === 'variable' &&
      ['this', 'steps', 'owner'].includes(targetExpression.name) &&
      scope.get(targetExpression.name) === undefined &&
      !this.binding.has(targetExpression.name);
    const name = await this.nameOf(call.method, scope, ctx);
    if (onThis) {
      const args = await this.args(call, scope, ctx);
      return this.callFunction(name, args, scope, ctx);
    }
    const target = await this.callTarget(targetExpression, scope, ctx);
    if (target === null && (call.safe || call.spread)) {
      return null;
    }
    const args = await this.args(call, scope, ctx);
    if (call.spread) {
      const results: Value[] = [];
      for (const item of iterate(target)) {
        results.push(await this.invoke(item, name, args, ctx));
      }
      return results;
    }
    return this.invoke(target, name, args, ctx);
  }

  /** The object of a method call; one that nobody knows may be a global variable of a shared library. */
  protected async callTarget(
    target: Expression,
    scope: Scope,
    ctx: Ctx,
  ): Promise<Value> {
    try {
      return await this.evaluate(target, scope, ctx);
    } catch (error) {
      const missing = toThrowable(error)?.type.endsWith(
        '.MissingPropertyException',
      );
      if (missing && target.kind === 'variable') {
        this.host.unknownGlobal(target.name, ctx);
      }
      throw error;
    }
  }

  /** Calls a name without a target: a closure variable, a method of the script, or a step. */
  async callFunction(
    name: string,
    args: Value[],
    scope: Scope,
    ctx: Ctx,
  ): Promise<Value> {
    const variable = scope.get(name);
    if (variable instanceof Closure) {
      return this.callClosure(variable, args, ctx);
    }
    const methods = this.methods.get(name);
    const method =
      methods?.find(m => accepts(m.parameters, args.length)) ?? methods?.[0];
    if (method) {
      return this.callMethod(method, args, ctx);
    }
    const bound = this.binding.get(name);
    if (bound instanceof Closure) {
      return this.callClosure(bound, args, ctx);
    }
    for (const delegate of delegates(scope)) {
      const result = await invokeOn(this, delegate, name, args, ctx);
      if (result !== undefined) {
        return result;
      }
    }
    const step = this.host.call(name, args, ctx);
    if (step) {
      return step;
    }
    const global = variable ?? bound ?? this.host.variable(name, ctx);
    if (global !== undefined && global !== null && typeof global === 'object') {
      return this.invoke(global, 'call', args, ctx);
    }
    return this.host.unknownCall(name, ctx);
  }

  /** Calls a method of a value. */
  async invoke(
    target: Value,
    name: string,
    args: Value[],
    ctx: Ctx,
  ): Promise<Value> {
    if (target === null) {
      return raise(
        'NullPointerException',
        `Cannot invoke method ${name}() on null object`,
      );
    }
    if (target instanceof Closure && (name === 'call' || name === 'doCall')) {
      return this.callClosure(target, args, ctx);
    }
    const result = await invokeOn(this, target, name, args, ctx);
    if (result !== undefined) {
      return result;
    }
    if (target instanceof Map && target.get(name) instanceof Closure) {
      return this.callClosure(target.get(name) as Closure, args, ctx);
    }
    return missingMethod(typeOf(target), name, args);
  }

  protected async callMethod(
    method: MethodDefinition,
    args: Value[],
    ctx: Ctx,
  ): Promise<Value> {
    const scope = new Scope();
    if (!accepts(method.parameters, args.length)) {
      missingMethod('WorkflowScript', method.name, args);
    }
    await this.bind(method.parameters, args, scope, ctx);
    return this.deeper(() => this.runBlock(method.body, scope, ctx));
  }

  async callClosure(closure: Closure, args: Value[], ctx: Ctx): Promise<Value> {
    const { code } = closure;
    if (typeof code === 'function') {
      return code(args, ctx);
    }
    const scope = new Scope(code.scope, closure);
    if (!code.parameters) {
      scope.declare('it', args[0] ?? null);
    } else {
      // A list given to a closure with several parameters is spread over them.
      const spread =
        code.parameters.length > 1 &&
        args.length === 1 &&
        Array.isArray(args[0])
          ? args[0]
          : args;
      await this.bind(code.parameters, spread, scope, ctx);
    }
    return this.deeper(() => this.runBlock(code.body, scope, ctx));
  }

  protected async deeper(run: () => Promise<Completion>): Promise<Value> {
    this.callDepth += 1;
    try {
      if (this.callDepth > MAX_CALL_DEPTH) {
        raise('java.lang.StackOverflowError', null);
      }
      return (await run()).value;
    } finally {
      this.callDepth -= 1;
    }
  }

  protected async bind(
    parameters: readonly Parameter[],
    args: Value[],
    scope: Scope,
    ctx: Ctx,
  ): Promise<void> {
    for (const [index, parameter] of parameters.entries()) {
      let value: Value = args[index] ?? null;
      if (index >= args.length && parameter.defaultValue) {
        value = await this.evaluate(parameter.defaultValue, scope, ctx);
      }
      if (
        index === parameters.length - 1 &&
        parameter.type?.endsWith('[]') &&
        !Array.isArray(value)
      ) {
        value = args.slice(index);
      }
      scope.declare(parameter.name, value);
    }
  }
}

function accepts(parameters: readonly Parameter[], count: number): boolean {
  const required = parameters.filter(p => !p.defaultValue).length;
  const last = parameters[parameters.length - 1];
  return (
    (count >= required && count <= parameters.length) ||
    (last?.type?.endsWith('[]') === true && count >= required - 1) ||
    (count === 0 && parameters.length === 1)
  );
}

/** The delegates of the closures around, innermost first. */
export function delegates(scope: Scope): Value[] {
  const found: Value[] = [];
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    if (at.closure?.delegate) {
      found.push(at.closure.delegate);
    }
  }
  return found;
}
