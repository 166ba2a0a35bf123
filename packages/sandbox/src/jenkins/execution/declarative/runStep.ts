import { Closure, Value } from '../groovy/values';
import { Unsupported } from '../groovy/errors';
import type { Ctx } from '../runtime/context';
import { invokeStep } from '../steps/invoke';
import { STEPS } from '../steps/registry';

/** Runs a step around a body of ours, as a declarative section does it. */
export async function runStep(
  name: string,
  args: Value[],
  ctx: Ctx,
  body: (ctx: Ctx) => Promise<void>,
): Promise<void> {
  const step = STEPS.get(name);
  if (!step) {
    throw new Unsupported(`the step ${name}`);
  }
  const closure = new Closure(async (_args, inner) => {
    await body(inner);
    return null;
  });
  await invokeStep(step, [...args, closure], ctx);
}
