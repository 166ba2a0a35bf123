import { GroovyThrow, Throwable, toThrowable } from '../groovy/errors';
import { Closure, Scope } from '../groovy/values';
import type { Ctx } from '../runtime/context';
import { describeError } from '../runtime/failures';
import { isWorse, resultOf, worst } from '../runtime/results';
import type { BuildResult } from '../types';
import { POST_CONDITIONS, PostCondition } from './metadata';
import { PostModel } from './model';

/** The result that post conditions look at: the build's, the error's, and what steps of the stage said. */
function combinedResult(
  ctx: Ctx,
  error: Throwable | undefined,
  stageName: string | undefined,
): BuildResult {
  const { run } = ctx;
  const warned =
    stageName === undefined
      ? undefined
      : run.graph.stageWarning(ctx.nodeId, stageName);
  return worst(run.result, error ? resultOf(error) : warned);
}

function meets(
  condition: PostCondition,
  ctx: Ctx,
  error: Throwable | undefined,
  stageName: string | undefined,
): boolean {
  const previous = ctx.run.request.build.previousResult;
  const whole = combinedResult(ctx, error, undefined);
  const result = combinedResult(ctx, error, stageName);
  switch (condition) {
    case 'changed':
      return previous === undefined || previous !== whole;
    case 'fixed':
      return (
        whole === 'SUCCESS' &&
        (previous === 'FAILURE' || previous === 'UNSTABLE')
      );
    case 'regression':
      return previous !== undefined && isWorse(whole, previous);
    case 'aborted':
      return result === 'ABORTED';
    case 'success':
      return result === 'SUCCESS';
    case 'unsuccessful':
      return result !== 'SUCCESS';
    case 'unstable':
      return result === 'UNSTABLE';
    case 'failure':
      return result === 'FAILURE';
    case 'notBuilt':
      return result === 'NOT_BUILT';
    default:
      return true;
  }
}

/** Whether any condition of a `post` holds. */
export function hasSatisfied(
  post: PostModel | undefined,
  ctx: Ctx,
  error: Throwable | undefined,
  stageName: string | undefined,
): post is PostModel {
  return (post?.conditions ?? []).some(({ name }) =>
    POST_CONDITIONS.some(
      known => known === name && meets(known, ctx, error, stageName),
    ),
  );
}

/**
 * Runs the conditions that hold, in Jenkins' order; each is judged when its turn comes, so that an error in `success`
 * makes `failure` run. Gives the first error, the one before included.
 */
export async function runPost(
  post: PostModel,
  ctx: Ctx,
  scope: Scope,
  before: Throwable | undefined,
  stageName: string | undefined,
  guard: (body: () => Promise<void>) => Promise<void>,
): Promise<Throwable | undefined> {
  const { run } = ctx;
  let error = before;
  for (const condition of POST_CONDITIONS) {
    const block = post.conditions.find(({ name }) => name === condition);
    if (!block || !meets(condition, ctx, error, stageName)) {
      continue;
    }
    const closure = new Closure({ body: block.body.body, scope });
    const logicalResult = combinedResult(ctx, error, stageName);
    try {
      await guard(async () => {
        await run.interpreter.callClosure(closure, [], {
          ...ctx,
          logicalResult,
        });
      });
    } catch (thrown) {
      const failure = toThrowable(thrown);
      if (!failure) {
        throw thrown;
      }
      run.print(ctx, `Error when executing ${condition} post condition:`);
      run.print({ ...ctx, secrets: [...run.secrets] }, describeError(failure));
      error ??= failure;
    }
  }
  return error;
}

/** Throws an error that was kept for later. */
export function rethrow(error: Throwable | undefined): void {
  if (error) {
    throw new GroovyThrow(error);
  }
}
