import { Expression } from '../groovy/ast';
import { GroovyThrow, raise } from '../groovy/errors';
import { Closure, GroovyObject, Scope, toText, Value } from '../groovy/values';
import type { Ctx } from '../runtime/context';
import { EnvObject } from '../runtime/globals';
import { invokeStep } from '../steps/invoke';
import { bindEnvironment, Bound, withBound } from '../steps/credentials';
import { EnvironmentModel } from './model';
import { runStep } from './runStep';

/** `env` inside a value of an `environment` block: its own entries first. */
class EnvWithEntries extends GroovyObject {
  readonly type = 'org.jenkinsci.plugins.workflow.cps.EnvActionImpl';
  private readonly outer = new EnvObject();

  private readonly entries: ReadonlyMap<string, Value>;

  constructor(entries: ReadonlyMap<string, Value>) {
    super();
    this.entries = entries;
  }

  override getProperty(name: string, ctx: Ctx): Value {
    return this.entries.get(name) ?? this.outer.getProperty(name, ctx);
  }

  override invoke(name: string, args: Value[], ctx: Ctx): Value | undefined {
    return this.outer.invoke(name, args, ctx);
  }
}

/** Every node below (and with) an expression, closures included. */
function* nodes(value: unknown): Iterable<Record<string, unknown>> {
  if (Array.isArray(value)) {
    for (const item of value) {
      yield* nodes(item);
    }
  } else if (typeof value === 'object' && value !== null) {
    yield value as Record<string, unknown>;
    for (const child of Object.values(value)) {
      yield* nodes(child);
    }
  }
}

/** The names that an expression reads, as variables or as `env.X`. */
function namesIn(expression: Expression): {
  variables: Set<string>;
  env: Set<string>;
} {
  const variables = new Set<string>();
  const env = new Set<string>();
  for (const node of nodes(expression)) {
    if (node.kind === 'variable' && typeof node.name === 'string') {
      variables.add(node.name);
    }
    const target = node.target as Expression | undefined;
    if (
      node.kind === 'property' &&
      target?.kind === 'variable' &&
      target.name === 'env' &&
      typeof node.name === 'string'
    ) {
      env.add(node.name);
    }
  }
  return { variables, env };
}

/** `a?.b()` as `a.b()`: Jenkins' translation of environment values forgets the question mark. */
function withoutSafeCalls<T>(value: T): T {
  if (Array.isArray(value)) {
    return value.map(withoutSafeCalls) as T;
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const copy = Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, withoutSafeCalls(child)]),
  );
  return (copy.kind === 'call' ? { ...copy, safe: false } : copy) as T;
}

/** Evaluates the entries of an `environment` block; they may refer to each other in any order. */
export class EnvironmentValues {
  private readonly known = new Map<string, Value>();
  private readonly working = new Set<string>();

  private readonly model: EnvironmentModel | undefined;
  private readonly scope: Scope;

  constructor(model: EnvironmentModel | undefined, scope: Scope) {
    this.model = model;
    this.scope = scope;
  }

  /** The plain entries as `NAME=value`, in order. */
  async pairs(ctx: Ctx): Promise<string[]> {
    const pairs: string[] = [];
    for (const { name, credentials } of this.model?.entries ?? []) {
      if (!credentials) {
        try {
          pairs.push(`${name}=${toText(await this.entry(name, ctx))}`);
        } catch (error) {
          if (
            error instanceof GroovyThrow &&
            error.value.type === 'java.lang.NullPointerException'
          ) {
            raise(
              'IllegalArgumentException',
              `One or more variables have some issues with their values: ${name}`,
            );
          }
          throw error;
        }
      }
    }
    return pairs;
  }

  /** The ids of `credentials(…)` entries, by variable. */
  async credentialIds(ctx: Ctx): Promise<[string, string][]> {
    const ids: [string, string][] = [];
    for (const { name, credentials, value } of this.model?.entries ?? []) {
      if (credentials) {
        ids.push([name, toText(await this.evaluate(value, ctx, name))]);
      }
    }
    return ids;
  }

  private async entry(name: string, ctx: Ctx): Promise<Value> {
    const known = this.known.get(name);
    if (known !== undefined) {
      return known;
    }
    const found = this.model?.entries.find(entry => entry.name === name);
    if (!found) {
      return null;
    }
    this.working.add(name);
    try {
      const value = await this.evaluate(
        withoutSafeCalls(found.value),
        ctx,
        name,
      );
      this.known.set(name, value);
      return value;
    } finally {
      this.working.delete(name);
    }
  }

  /** Evaluates something that may name entries of the block; `own` means the variable around, not the entry itself. */
  async evaluate(
    expression: Expression,
    ctx: Ctx,
    own?: string,
  ): Promise<Value> {
    const { run } = ctx;
    const { variables, env } = namesIn(expression);
    const scope = new Scope(this.scope);
    const plain = new Set(
      (this.model?.entries ?? [])
        .filter(entry => !entry.credentials)
        .map(entry => entry.name),
    );
    const wanted = (name: string) =>
      name !== own && plain.has(name) && !this.working.has(name);
    for (const name of variables) {
      if (wanted(name)) {
        scope.declare(name, await this.entry(name, ctx));
      } else if (
        own !== undefined &&
        this.scope.get(name) === undefined &&
        !run.interpreter.binding.has(name) &&
        /^[A-Z_][A-Z0-9_]*$/.test(name) &&
        run.interpreter.host.variable(name, ctx) === undefined
      ) {
        scope.declare(name, run.parameters.get(name) ?? null);
      }
    }
    const entries = new Map<string, Value>();
    for (const name of env) {
      if (wanted(name)) {
        entries.set(name, await this.entry(name, ctx));
      }
    }
    if (entries.size > 0) {
      scope.declare('env', new EnvWithEntries(entries));
    }
    return run.interpreter.evaluate(expression, scope, ctx);
  }
}

/** Runs a body in the environment that a block declares: its credentials, then its variables. */
export async function inEnvironment(
  ctx: Ctx,
  model: EnvironmentModel | undefined,
  scope: Scope,
  body: (ctx: Ctx) => Promise<void>,
): Promise<void> {
  if (!model) {
    await body(ctx);
    return;
  }
  const values = new EnvironmentValues(model, scope);
  const withVariables = async (inner: Ctx) => {
    const pairs = await new EnvironmentValues(model, scope).pairs(inner);
    await (pairs.length > 0
      ? runStep('withEnv', [pairs], inner, body)
      : body(inner));
  };
  const ids = await values.credentialIds(ctx);
  if (ids.length === 0) {
    await withVariables(ctx);
    return;
  }
  await invokeStep(
    {
      name: 'withCredentials',
      title: 'Bind credentials to variables',
      parameters: {},
      block: true,
      async run(call) {
        const bound: Bound[] = [];
        for (const [name, id] of ids) {
          bound.push(await bindEnvironment(call.ctx, name, id));
        }
        const names = bound.flatMap(({ env, secrets }) =>
          Object.keys(env).filter(name => secrets.includes(env[name])),
        );
        call.log.line(
          `Masking supported pattern matches of $${names.join(' or $')}`,
        );
        call.log.end();
        return withBound(call.ctx, bound, call.body);
      },
    },
    [
      new Closure(async (_args, inner) => {
        await withVariables(inner);
        return null;
      }),
    ],
    ctx,
  );
}
