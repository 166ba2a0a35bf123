import { Expression } from '../groovy/ast';
import { Unsupported } from '../groovy/errors';
import { Scope, toText, Value } from '../groovy/values';
import type { Ctx } from '../runtime/context';
import { checkOut, ownPlan } from '../steps/checkout';
import { invokeStep } from '../steps/invoke';
import { inStage } from '../steps/stage';
import { AgentModel } from './model';
import { runStep } from './runStep';

/** Whether steps below this agent have a workspace. */
export function hasAgent(agent: AgentModel | undefined): boolean {
  return agent !== undefined && agent.type !== 'none';
}

export interface CheckoutChoice {
  /** `skipDefaultCheckout` is not set. */
  readonly wanted: boolean;
  readonly subdirectory: string | undefined;
  /** A pipeline's own agent checks out in a stage of its own. */
  readonly ownStage: boolean;
}

async function performCheckout(
  ctx: Ctx,
  subdirectory: string | undefined,
): Promise<Record<string, string>> {
  let variables: Record<string, string> = {};
  const perform = async (inner: Ctx) => {
    await invokeStep(
      {
        name: 'checkout',
        title: 'Check out from version control',
        parameters: {},
        needsNode: true,
        async run(call) {
          variables = await checkOut(call.ctx, call.log, ownPlan(call.ctx));
          return null;
        },
      },
      [],
      inner,
    );
  };
  if (subdirectory) {
    await runStep('dir', [subdirectory], ctx, perform);
  } else {
    await perform(ctx);
  }
  return variables;
}

async function checkoutAndRun(
  ctx: Ctx,
  checkout: CheckoutChoice,
  body: (ctx: Ctx) => Promise<void>,
): Promise<void> {
  if (!checkout.wanted || !ctx.run.request.scm) {
    await body(ctx);
    return;
  }
  const variables = checkout.ownStage
    ? await inStage(
        ctx,
        'Declarative: Checkout SCM',
        inner => performCheckout(inner, checkout.subdirectory),
        true,
      )
    : await performCheckout(ctx, checkout.subdirectory);
  const pairs = Object.entries(variables).map(
    ([name, value]) => `${name}=${value}`,
  );
  await runStep('withEnv', [pairs], ctx, body);
}

/** Runs a body on the agent that a section asks for: its executor, its workspace, the checkout. */
export async function inAgent(
  ctx: Ctx,
  agent: AgentModel | undefined,
  scope: Scope,
  checkout: CheckoutChoice,
  body: (ctx: Ctx) => Promise<void>,
): Promise<void> {
  if (!agent || agent.type === 'none') {
    await body(ctx);
    return;
  }
  const evaluate = (expression: Expression): Promise<Value> =>
    ctx.run.interpreter.evaluate(expression, scope, ctx);
  const option = async (name: string): Promise<string> => {
    const expression = agent.options.get(name);
    const value = expression ? await evaluate(expression) : null;
    return value === null ? '' : toText(value);
  };
  if (!['any', 'label', 'node'].includes(agent.type ?? '')) {
    throw new Unsupported(`the agent type ${agent.type}`);
  }
  const label = agent.value
    ? toText((await evaluate(agent.value)) ?? '')
    : await option('label');
  const workspace = await option('customWorkspace');
  const retries = Number((await option('retries')) || 1);
  if (retries > 1) {
    throw new Unsupported('retries of an agent');
  }
  await runStep('node', label ? [label] : [], ctx, async inner => {
    if (workspace) {
      await runStep('ws', [workspace], inner, next =>
        checkoutAndRun(next, checkout, body),
      );
    } else {
      await checkoutAndRun(inner, checkout, body);
    }
  });
}
