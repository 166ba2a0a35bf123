import { toThrowable } from '../groovy/errors';
import { Closure, toText, Value } from '../groovy/values';
import type { Ctx } from '../runtime/context';

/** Runs something as a stage: its node, its lines in the log, and `STAGE_NAME`. */
export async function inStage<T>(
  ctx: Ctx,
  name: string,
  body: (ctx: Ctx) => Promise<T>,
  synthetic = false,
): Promise<T> {
  const { run } = ctx;
  run.checkAlive(ctx);
  run.mark('stage');
  // The stage is known by its body's node, as in Jenkins: the step itself has the number before.
  run.graph.skipId();
  const nodeId = run.graph.start({
    kind: 'stage',
    name,
    displayName: name,
    parentId: ctx.nodeId,
    ...(synthetic ? { synthetic } : {}),
  });
  run.mark(`{ (${name})`);
  try {
    const result = await body({
      ...ctx,
      nodeId,
      env: { ...ctx.env, STAGE_NAME: name },
    });
    run.graph.end(nodeId);
    return result;
  } catch (thrown) {
    run.graph.end(nodeId, toThrowable(thrown) ?? run.fatalError(thrown));
    throw thrown;
  } finally {
    run.mark('}');
    run.mark('// stage');
    run.graph.skipId();
    run.graph.skipId();
  }
}

/** `stage('name') { … }`; without a body the old form that only marks. */
export async function stageStep(args: Value[], ctx: Ctx): Promise<Value> {
  const body = args.find(arg => arg instanceof Closure);
  const [first] = args;
  const name = first instanceof Map ? (first.get('name') ?? null) : first;
  return inStage(ctx, toText(name ?? null), inner =>
    body instanceof Closure
      ? ctx.run.interpreter.callClosure(body, [], inner)
      : Promise.resolve(null),
  );
}
