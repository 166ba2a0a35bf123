import type { Ctx } from '../runtime/context';
import { binaryOperation, unaryOperation } from './arithmetic';
import { Expression } from './ast';
import { CallInterpreter, delegates } from './calls';
import { coerce, instanceOf } from './cast';
import { Unsupported } from './errors';
import { iterate } from './iteration';
import { indexOf, propertyOf, setIndex, setProperty } from './properties';
import { Pattern } from './regex';
import { Closure, Decimal, Scope, toText, truth, Value } from './values';

/** The values of expressions, and assignments. */
export abstract class Evaluator extends CallInterpreter {
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
  protected async interpolated(
    part: Expression,
    scope: Scope,
    ctx: Ctx,
  ): Promise<Value> {
    const value = await this.evaluate(part, scope, ctx);
    return value instanceof Closure && part.kind === 'closure'
      ? this.callClosure(value, [], ctx)
      : value;
  }

  protected async binary(
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

  protected async assignment(
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

  protected async assign(
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

  protected assignOutside(
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

  /** `hudson.model.Result` and the like: dotted names that start with no variable. */
  protected classPath(
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
}
