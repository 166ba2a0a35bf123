import type { Ctx } from '../runtime/context';
import { Block, Statement } from './ast';
import { coerce } from './cast';
import {
  exceptionClass,
  GroovyThrow,
  isA,
  raise,
  Throwable,
  toThrowable,
  Unsupported,
} from './errors';
import { Evaluator } from './evaluator';
import { Completion } from './host';
import { iterate } from './iteration';
import { indexOf } from './properties';
import { Scope, toText, truth, Value } from './values';

const NOTHING: Completion = { kind: 'value', value: null };

/** Walks the tree of a script. Nothing of the script's text is ever handed to JavaScript's own evaluation. */
export class Interpreter extends Evaluator {
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

  protected async runStatement(
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

  protected async runLoop(
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

  protected async runSwitch(
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

  protected async runTry(
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

  protected async runProtected(
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
