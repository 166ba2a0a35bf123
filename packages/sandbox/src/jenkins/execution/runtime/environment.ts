import type { Ctx } from './context';

/** The environment that a step sees: the machine's, the build's, what the script set, and what `withEnv` adds. */
export function environmentOf(ctx: Ctx): Record<string, string> {
  return {
    ...ctx.run.baseEnv,
    ...ctx.agent?.env,
    ...ctx.run.parameterEnv,
    ...ctx.run.scriptEnv,
    ...ctx.env,
  };
}

/** One variable of {@link environmentOf}, without building it all. */
export function variableOf(ctx: Ctx, name: string): string | undefined {
  const { run } = ctx;
  for (const source of [
    ctx.env,
    run.scriptEnv,
    run.parameterEnv,
    ctx.agent?.env ?? {},
    run.baseEnv,
  ]) {
    if (Object.hasOwn(source, name)) {
      return source[name];
    }
  }
  return undefined;
}

/** `$NAME` and `${NAME}` replaced where the variable is known; others stay as they are. */
export function expand(
  text: string,
  resolve: (name: string) => string | undefined,
): string {
  return text.replace(
    /\$\$|\$(?:\{([A-Za-z_][\w.]*)\}|([A-Za-z_]\w*))/g,
    (found, braced, bare) =>
      found === '$$' ? '$' : (resolve(braced ?? bare) ?? found),
  );
}

/** A context in which these `NAME=value` pairs are set. `PATH+X=dir` puts a directory in front. */
export function withVariables(ctx: Ctx, pairs: readonly string[]): Ctx {
  const env = { ...ctx.env };
  // Later pairs see earlier ones: the copy that is filled is the one that is looked into.
  const inner: Ctx = { ...ctx, env };
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    const name = at < 0 ? pair : pair.slice(0, at);
    const value = at < 0 ? '' : pair.slice(at + 1);
    const plus = name.indexOf('+');
    if (plus > 0) {
      const real = name.slice(0, plus);
      const before = variableOf(inner, real);
      env[real] = before ? `${value}:${before}` : value;
    } else {
      env[name] = expand(value, wanted => variableOf(inner, wanted));
    }
  }
  return inner;
}
