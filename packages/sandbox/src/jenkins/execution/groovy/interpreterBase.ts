import type { Ctx } from '../runtime/context';
import {
  Block,
  Expression,
  MapEntry,
  MethodDefinition,
  Statement,
} from './ast';
import { Completion, Host } from './host';
import { iterate } from './iteration';
import { GroovyMap, Scope, toText, Value } from './values';

/** Evaluations between two looks at the event loop, so that no script can hold up the process. */
const EVALUATIONS_PER_TURN = 5_000;

/** What all parts of the interpreter share: the script's variables and methods, and the values of arguments. */
export abstract class InterpreterBase {
  readonly binding = new Map<string, Value>();
  protected readonly methods = new Map<string, MethodDefinition[]>();
  private evaluations = 0;

  readonly host: Host;

  constructor(host: Host) {
    this.host = host;
  }

  abstract evaluate(
    expression: Expression,
    scope: Scope,
    ctx: Ctx,
  ): Promise<Value>;

  abstract runBlock(block: Block, scope: Scope, ctx: Ctx): Promise<Completion>;

  /** Makes the methods of a script callable. */
  define(statements: readonly Statement[]): void {
    for (const statement of statements) {
      if (statement.kind === 'method') {
        const known = this.methods.get(statement.name) ?? [];
        this.methods.set(statement.name, [...known, statement]);
      }
    }
  }

  /** Lets the event loop turn now and then, and notices a stopped build. */
  protected async turn(ctx: Ctx): Promise<void> {
    this.evaluations += 1;
    if (this.evaluations % EVALUATIONS_PER_TURN === 0) {
      await new Promise(resolve => {
        setImmediate(resolve);
      });
      ctx.run.checkAlive(ctx);
    }
  }

  protected async list(
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

  protected async map(
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
  protected async args(
    call: { args: readonly Expression[]; named: readonly MapEntry[] },
    scope: Scope,
    ctx: Ctx,
  ): Promise<Value[]> {
    const named =
      call.named.length > 0 ? [await this.map(call.named, scope, ctx)] : [];
    return [...named, ...(await this.list(call.args, scope, ctx))];
  }

  protected async nameOf(
    name: string | Expression,
    scope: Scope,
    ctx: Ctx,
  ): Promise<string> {
    return typeof name === 'string'
      ? name
      : toText(await this.evaluate(name, scope, ctx));
  }
}
