import { toThrowable } from '../groovy/errors';
import type { Value } from '../groovy/values';
import { describeError } from '../runtime/failures';
import { resultOf } from '../runtime/results';
import type { BuildResult } from '../types';
import type { StepCall } from './definition';

/** Runs a body; an exception ends it and sets results instead of going on up. */
export async function caught(
  { ctx, nodeId, log, body }: StepCall,
  options: {
    message: string | undefined;
    buildResult: BuildResult;
    stageResult: BuildResult;
    catchInterruptions: boolean;
  },
): Promise<Value> {
  try {
    return await body();
  } catch (thrown) {
    const error = toThrowable(thrown);
    if (!error || (error.interruption && !options.catchInterruptions)) {
      throw thrown;
    }
    if (options.message) {
      log.line(options.message);
    }
    log.write(describeError(error));
    // An interruption keeps its own result when that is what was asked to be caught.
    const { stageResult } = options;
    const buildResult = error.interruption
      ? resultOf(error)
      : options.buildResult;
    if (buildResult !== 'SUCCESS') {
      ctx.run.setResult(buildResult);
    }
    if (stageResult !== 'SUCCESS') {
      ctx.run.graph.warn(nodeId, stageResult);
    }
    return null;
  }
}
