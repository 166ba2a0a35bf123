import type { Ctx } from '../runtime/context';
import {
  Block,
  CallExpression,
  Expression,
  MapEntry,
  MethodDefinition,
  Parameter,
  Statement,
} from './ast';
import { coerce, instanceOf } from './cast';
import {
  isA,
  exceptionClass,
  missingMethod,
  missingProperty,
  raise,
  GroovyThrow,
  Throwable,
  toThrowable,
  Unsupported,
} from './errors';
import { invokeOn } from './gdk';
import { indexOf, propertyOf, setIndex, setProperty } from './properties';
import { binaryOperation, unaryOperation } from './arithmetic';
import { Pattern } from './regex';
import {
  Closure,
  Decimal,
  Entry,
  GroovyMap,
  Scope,
  toText,
  truth,
  typeOf,
  Value,
} from './values';

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

const NOTHING: Completion = { kind: 'value', value: null };

/** Evaluations between two looks at the event loop, so that no script can hold up the process. */
const EVALUATIONS_PER_TURN = 5_000;
/** Calls within calls; beyond it the script gets a StackOverflowError, as in Java. */
const MAX_CALL_DEPTH = 20_000;

/** Walks the tree of a script. Nothing of the script's text is ever handed to JavaScript's own evaluation. */
export class Interpreter {
  readonly binding = new Map<string, Value>();
  private readonly methods = new Map<string, MethodDefinition[]>();
  private evaluations = 0;
  private callDepth = 0;

  readonly host: Host;

  constructor(host: Host) {
    this.host = host;
  }

  /** Makes the methods of a script callable. */
  define(statements: readonly Statement[]): void {
    for (const statement of statements) {
      if (statement.kind === 'method') {
        const known = this.methods.get(statement.name) ?? [];
        this.methods.set(statement.name, [...known, statement]);
      }
    }
  }

  async runBlock(block: Block, scope: Scope, ctx: Ctx): Promise<Completion> {
    return this.runStatements(block.statements, scope, ctx);
  }

  async runStatements(
    statements: readonly Statement[],
    scope: Scope,
    ctx: Ctx,
  ): Promise<Completion> {
    let last = NOTHING;
    for (const statement of statements) {
      const done = await this.runStatement(statement, scope, ctx);
      if (done.kind !== 'value') {
        return done;
      }
      last = done;
    }
    return last;
  }

  private async runStatement(
    statement: Statement,
    scope: Scope,
    ctx: Ctx,
  ): Promise<Completion> {
    switch (statement.kind) {
      case 'expression':
        return {
          kind: 'value',
          value: await this.evaluate(statement.expression, scope, ctx),
        };
      case 'declare': {
        const value = statement.value
          ? await this.evaluate(statement.value, scope, ctx)
          : defaultOf(statement.type);
        for (const [index, name] of statement.names.entries()) {
          const part = statement.destructure
            ? await indexOf(value, index, ctx)
            : coerceDeclared(value, statement.type);
          if (statement.field) {
            this.binding.set(name, part);
          } else {
            scope.declare(name, part);
          }
        }
        return NOTHING;
      }
      case 'if': {
        const yes = truth(await this.evaluate(statement.condition, scope, ctx));
        const chosen = yes ? statement.yes : statement.no;
        return chosen
          ? this.runStatement(chosen, new Scope(scope), ctx)
          : NOTHING;
      }
      case 'block':
        return this.runBlock(statement.body, new Scope(scope), ctx);
      case 'while':
      case 'for':
      case 'forIn':
        return this.runLoop(statement, scope, ctx);
      case 'switch':
        return this.runSwitch(statement, scope, ctx);
      case 'try':
        return this.runTry(statement, scope, ctx);
      case 'throw': {
        const value = await this.evaluate(statement.value, scope, ctx);
        throw new GroovyThrow(
          value instanceof Throwable
            ? value
            : new Throwable(
                'java.lang.ClassCastException',
                `${toText(value)} cannot be thrown`,
              ),
        );
      }
      case 'return':
        return {
          kind: 'return',
          value: statement.value
            ? await this.evaluate(statement.value, scope, ctx)
            : null,
        };
      case 'assert':
        if (!truth(await this.evaluate(statement.condition, scope, ctx))) {
          const message = statement.message
            ? toText(await this.evaluate(statement.message, scope, ctx))
            : 'assertion failed';
          raise(
            'org.codehaus.groovy.runtime.powerassert.PowerAssertionError',
            message,
          );
        }
        return NOTHING;
      case 'break':
      case 'continue':
        return { kind: statement.kind, value: null };
      case 'unsupported':
        throw new Unsupported(statement.what);
      default:
        return NOTHING;
    }
  }

  private async runLoop(
    loop: Extract<Statement, { kind: 'while' | 'for' | 'forIn' }>,
    scope: Scope,
    ctx: Ctx,
  ): Promise<Completion> {
    if (loop.kind === 'forIn') {
      const items = iterate(await this.evaluate(loop.iterable, scope, ctx));
      for (const item of items) {
        const inner = new Scope(scope);
        inner.declare(loop.name, item);
        const done = await this.runStatement(loop.body, inner, ctx);
        if (done.kind === 'return') {
          return done;
        }
        if (done.kind === 'break') {
          break;
        }
      }
      return NOTHING;
    }
    // `def a = 1, b = 2` is a loop that never runs: its variables belong to the scope around.
    const header =
      loop.kind === 'for' && loop.body.kind !== 'empty'
        ? new Scope(scope)
        : scope;
    if (loop.kind === 'for') {
      await this.runStatements(loop.init, header, ctx);
    }
    while (
      !loop.condition ||
      truth(await this.evaluate(loop.condition, header, ctx))
    ) {
      const done = await this.runStatement(loop.body, new Scope(header), ctx);
      if (done.kind === 'return') {
        return done;
      }
      if (done.kind === 'break') {
        break;
      }
      for (const update of loop.kind === 'for' ? loop.update : []) {
        await this.evaluate(update, header, ctx);
      }
      await this.turn(ctx);
    }
    return NOTHING;
  }

  private async runSwitch(
    statement: Extract<Statement, { kind: 'switch' }>,
    scope: Scope,
    ctx: Ctx,
  ): Promise<Completion> {
    const value = await this.evaluate(statement.value, scope, ctx);
    let start = -1;
    for (const [index, { match }] of statement.cases.entries()) {
      if (match) {
        const candidate = await this.evaluate(match, scope, ctx);
        if (await this.isCase(candidate, value, ctx)) {
          start = index;
          break;
        }
      }
    }
    if (start < 0) {
      start = statement.cases.findIndex(({ match }) => !match);
    }
    const inner = new Scope(scope);
    let last = NOTHING;
    for (const { body } of start < 0 ? [] : statement.cases.slice(start)) {
      last = await this.runStatements(body, inner, ctx);
      if (last.kind === 'break') {
        return NOTHING;
      }
      if (last.kind !== 'value') {
        return last;
      }
    }
    return last;
  }

  /** `case`, `in` and `grep` ask this. */
  async isCase(candidate: Value, value: Value, ctx: Ctx): Promise<boolean> {
    if (candidate instanceof Closure) {
      return truth(await this.callClosure(candidate, [value], ctx));
    }
    return truth(await binaryOperation('isCase', candidate, value));
  }

  private async runTry(
    statement: Extract<Statement, { kind: 'try' }>,
    scope: Scope,
    ctx: Ctx,
  ): Promise<Completion> {
    let done: Completion;
    try {
      done = await this.runProtected(statement, scope, ctx);
    } catch (error) {
      if (statement.finally && toThrowable(error)) {
        const last = await this.runBlock(
          statement.finally,
          new Scope(scope),
          ctx,
        );
        if (last.kind !== 'value') {
          return last;
        }
      }
      throw error;
    }
    if (statement.finally) {
      const last = await this.runBlock(
        statement.finally,
        new Scope(scope),
        ctx,
      );
      if (last.kind !== 'value') {
        return last;
      }
    }
    return done;
  }

  private async runProtected(
    statement: Extract<Statement, { kind: 'try' }>,
    scope: Scope,
    ctx: Ctx,
  ): Promise<Completion> {
    try {
      return await this.runBlock(statement.body, new Scope(scope), ctx);
    } catch (error) {
      const thrown = toThrowable(error);
      if (!thrown) {
        throw error;
      }
      const handler = statement.catches.find(clause =>
        (clause.types.length === 0 ? ['Exception'] : clause.types).some(type =>
          isA(
            thrown.type,
            exceptionClass(type) ?? this.host.className(type) ?? type,
          ),
        ),
      );
      if (!handler) {
        throw error;
      }
      const inner = new Scope(scope);
      inner.declare(handler.name, thrown);
      return this.runBlock(handler.body, inner, ctx);
    }
  }

  /** Lets the event loop turn now and then, and notices a stopped build. */
  private async turn(ctx: Ctx): Promise<void> {
    this.evaluations += 1;
    if (this.evaluations % EVALUATIONS_PER_TURN === 0) {
      await new Promise(resolve => {
        setImmediate(resolve);
      });
      ctx.run.checkAlive(ctx);
    }
  }

  async evaluate(
    expression: Expression,
    scope: Scope,
    ctx: Ctx,
  ): Promise<Value> {
    await this.turn(ctx);
    switch (expression.kind) {
      case 'constant': {
        const { value } = expression;
        return typeof value === 'object' && value !== null
          ? Decimal.parse(value.decimal)
          : value;
      }
      case 'gstring': {
        let text = '';
        for (const part of expression.parts) {
          text +=
            typeof part === 'string'
              ? part
              : toText(await this.interpolated(part, scope, ctx));
        }
        return text;
      }
      case 'variable':
        return this.lookUp(expression.name, scope, ctx);
      case 'list':
        return this.list(expression.items, scope, ctx);
      case 'map':
        return this.map(expression.entries, scope, ctx);
      case 'closure':
        return new Closure({
          parameters: expression.parameters,
          body: expression.body,
          scope,
        });
      case 'call':
        return this.call(expression, scope, ctx);
      case 'property': {
        const className = this.classPath(expression, scope, ctx);
        if (className) {
          return className;
        }
        const target = await this.evaluate(expression.target, scope, ctx);
        const name = await this.nameOf(expression.name, scope, ctx);
        if (target === null && (expression.safe || expression.spread)) {
          return null;
        }
        if (expression.spread) {
          return Promise.all(
            iterate(target).map(item => propertyOf(item, name, ctx)),
          );
        }
        return propertyOf(target, name, ctx);
      }
      case 'index': {
        const target = await this.evaluate(expression.target, scope, ctx);
        const indices = await this.list(expression.indices, scope, ctx);
        return indices.length === 1
          ? indexOf(target, indices[0], ctx)
          : indexOf(target, indices, ctx);
      }
      case 'binary':
        return this.binary(expression, scope, ctx);
      case 'unary': {
        const operand = await this.evaluate(expression.operand, scope, ctx);
        if (expression.operator === '!') {
          return !truth(operand);
        }
        if (expression.operator === '~') {
          return typeof operand === 'string'
            ? new Pattern(operand)
            : unaryOperation('~', operand);
        }
        return unaryOperation(expression.operator, operand);
      }
      case 'increment': {
        const before = await this.evaluate(expression.operand, scope, ctx);
        const after = await binaryOperation(
          expression.operator === '++' ? '+' : '-',
          before,
          1,
        );
        await this.assign(expression.operand, after, scope, ctx);
        return expression.prefix ? after : before;
      }
      case 'ternary': {
        const condition = await this.evaluate(expression.condition, scope, ctx);
        if (!truth(condition)) {
          return this.evaluate(expression.no, scope, ctx);
        }
        return expression.yes
          ? this.evaluate(expression.yes, scope, ctx)
          : condition;
      }
      case 'assign':
        return this.assignment(expression, scope, ctx);
      case 'cast':
        return coerce(
          await this.evaluate(expression.value, scope, ctx),
          expression.type,
          expression.coerce,
        );
      case 'instanceof':
        return instanceOf(
          await this.evaluate(expression.value, scope, ctx),
          this.host.className(expression.type) ?? expression.type,
        );
      case 'new': {
        const args = await this.args(expression, scope, ctx);
        return this.host.construct(expression.type, args, ctx);
      }
      case 'pointer': {
        const target = await this.evaluate(expression.target, scope, ctx);
        return new Closure((args, at) =>
          this.invoke(target, expression.name, args, at),
        );
      }
      default:
        throw new Unsupported('a spread outside a list or a call');
    }
  }

  /** A `${ -> … }` closure is called for its text. */
  private async interpolated(
    part: Expression,
    scope: Scope,
    ctx: Ctx,
  ): Promise<Value> {
    const value = await this.evaluate(part, scope, ctx);
    return value instanceof Closure && part.kind === 'closure'
      ? this.callClosure(value, [], ctx)
      : value;
  }

  private async list(
    items: readonly Expression[],
    scope: Scope,
    ctx: Ctx,
  ): Promise<Value[]> {
    const values: Value[] = [];
    for (const item of items) {
      if (item.kind === 'spread') {
        values.push(...iterate(await this.evaluate(item.value, scope, ctx)));
      } else {
        values.push(await this.evaluate(item, scope, ctx));
      }
    }
    return values;
  }

  private async map(
    entries: readonly MapEntry[],
    scope: Scope,
    ctx: Ctx,
  ): Promise<GroovyMap> {
    const map: GroovyMap = new Map();
    for (const { key, value } of entries) {
      if (key.kind === 'spread') {
        const spread = await this.evaluate(value, scope, ctx);
        if (spread instanceof Map) {
          spread.forEach((v, k) => map.set(k, v));
        }
      } else {
        const name = await this.evaluate(key, scope, ctx);
        map.set(name, await this.evaluate(value, scope, ctx));
      }
    }
    return map;
  }

  /** Arguments as Groovy passes them: the named ones as a map in front. */
  private async args(
    call: { args: readonly Expression[]; named: readonly MapEntry[] },
    scope: Scope,
    ctx: Ctx,
  ): Promise<Value[]> {
    const named =
      call.named.length > 0 ? [await this.map(call.named, scope, ctx)] : [];
    return [...named, ...(await this.list(call.args, scope, ctx))];
  }

  private async nameOf(
    name: string | Expression,
    scope: Scope,
    ctx: Ctx,
  ): Promise<string> {
    return typeof name === 'string'
      ? name
      : toText(await this.evaluate(name, scope, ctx));
  }

  private async binary(
    expression: Extract<Expression, { kind: 'binary' }>,
    scope: Scope,
    ctx: Ctx,
  ): Promise<Value> {
    const { operator } = expression;
    const left = await this.evaluate(expression.left, scope, ctx);
    if (operator === '&&' || operator === '||') {
      const decided = truth(left) === (operator === '||');
      return decided
        ? operator === '||'
        : truth(await this.evaluate(expression.right, scope, ctx));
    }
    const right = await this.evaluate(expression.right, scope, ctx);
    if (operator === 'in') {
      return this.isCase(right, left, ctx);
    }
    return binaryOperation(operator, left, right);
  }

  private async assignment(
    expression: Extract<Expression, { kind: 'assign' }>,
    scope: Scope,
    ctx: Ctx,
  ): Promise<Value> {
    const { operator, target } = expression;
    let value: Value;
    if (operator === '=') {
      value = await this.evaluate(expression.value, scope, ctx);
    } else {
      const before = await this.evaluate(target, scope, ctx);
      const right = await this.evaluate(expression.value, scope, ctx);
      value = await binaryOperation(operator.slice(0, -1), before, right);
    }
    await this.assign(target, value, scope, ctx);
    return value;
  }

  private async assign(
    target: Expression,
    value: Value,
    scope: Scope,
    ctx: Ctx,
  ): Promise<void> {
    switch (target.kind) {
      case 'variable':
        if (!scope.assign(target.name, value)) {
          this.assignOutside(target.name, value, scope, ctx);
        }
        return;
      case 'property': {
        const object = await this.evaluate(target.target, scope, ctx);
        const name = await this.nameOf(target.name, scope, ctx);
        if (
          target.target.kind === 'variable' &&
          target.target.name === 'this'
        ) {
          this.binding.set(name, value);
        } else if (object !== null || !target.safe) {
          setProperty(object, name, value, ctx);
        }
        return;
      }
      case 'index': {
        const object = await this.evaluate(target.target, scope, ctx);
        const [index] = await this.list(target.indices, scope, ctx);
        setIndex(object, index, value, ctx);
        return;
      }
      default:
        throw new Unsupported(`an assignment to a ${target.kind}`);
    }
  }

  private assignOutside(
    name: string,
    value: Value,
    scope: Scope,
    ctx: Ctx,
  ): void {
    for (const delegate of delegates(scope)) {
      if (delegate instanceof Map) {
        delegate.set(name, value);
        return;
      }
      setProperty(delegate, name, value, ctx);
      return;
    }
    this.binding.set(name, value);
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
  private self(): Value {
    return new Closure((args, ctx) =>
      this.callFunction(
        toText(args[0] ?? null),
        args.slice(1),
        new Scope(),
        ctx,
      ),
    );
  }

  /** `hudson.model.Result` and the like: dotted names that start with no variable. */
  private classPath(
    expression: Expression,
    scope: Scope,
    ctx: Ctx,
  ): Value | undefined {
    const words: string[] = [];
    let at: Expression = expression;
    while (at.kind === 'property' && typeof at.name === 'string' && !at.safe) {
      words.unshift(at.name);
      at = at.target;
    }
    if (
      at.kind !== 'variable' ||
      !/^(?:com|groovy|hudson|io|java|javax|jenkins|net|org)$/.test(at.name) ||
      !/^[A-Z]/.test(words[words.length - 1] ?? '') ||
      words.slice(0, -1).some(word => !/^[a-z]/.test(word)) ||
      scope.get(at.name) !== undefined ||
      this.binding.has(at.name)
    ) {
      return undefined;
    }
    const name = [at.name, ...words].join('.');
    return this.host.variable(name, ctx);
  }

  private async call(
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

  private async callMember(
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
  private async callTarget(
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

  private async callMethod(
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

  private async deeper(run: () => Promise<Completion>): Promise<Value> {
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

  private async bind(
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
function delegates(scope: Scope): Value[] {
  const found: Value[] = [];
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    if (at.closure?.delegate) {
      found.push(at.closure.delegate);
    }
  }
  return found;
}

/** What a `for (x in …)` or a spread goes over. */
export function iterate(value: Value): Value[] {
  if (value === null) {
    return [];
  }
  if (Array.isArray(value)) {
    return [...value];
  }
  if (typeof value === 'string') {
    return [...value];
  }
  if (value instanceof Map) {
    return [...value].map(([key, v]) => new Entry(key, v));
  }
  return [value];
}

function defaultOf(type: string | undefined): Value {
  if (type === 'boolean') {
    return false;
  }
  return type &&
    ['int', 'long', 'short', 'byte', 'double', 'float'].includes(type)
    ? 0
    : null;
}

function coerceDeclared(value: Value, type: string | undefined): Value {
  return type === undefined ? value : coerce(value, type, false);
}
