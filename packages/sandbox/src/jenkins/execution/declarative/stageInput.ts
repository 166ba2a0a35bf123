import { Scope, toText, Value } from '../groovy/values';
import type { Ctx } from '../runtime/context';
import { STEPS } from '../steps/registry';
import { invokeStep } from '../steps/invoke';
import { symbolic } from '../steps/symbols';
import { EnvironmentValues } from './environment';
import { InputModel } from './model';
import { argumentsOfMethod } from './options';
import { runStep } from './runStep';

/** The `input` of a stage: waits for a person, then runs the rest with the answers in the environment. */
export async function stageInput(
  ctx: Ctx,
  input: InputModel | undefined,
  scope: Scope,
  body: (ctx: Ctx) => Promise<void>,
): Promise<void> {
  const step = STEPS.get('input');
  if (!input || !step) {
    await body(ctx);
    return;
  }
  const values = new EnvironmentValues(undefined, scope);
  const named = new Map<Value, Value>();
  for (const [name, expression] of input.fields) {
    named.set(name, await values.evaluate(expression, ctx));
  }
  const parameters: Value[] = [];
  const names: string[] = [];
  for (const { name, call } of input.parameters) {
    const made = symbolic(name, await argumentsOfMethod(call, values, ctx));
    parameters.push(made);
    names.push(toText(made.args.get('name') ?? ''));
  }
  if (parameters.length > 0) {
    named.set('parameters', parameters);
  }
  const answer = await invokeStep(step, [named], ctx);
  const submitter = named.get('submitterParameter');
  let pairs: string[] = [];
  if (answer instanceof Map) {
    pairs = [...answer].map(
      ([name, value]) => `${toText(name)}=${toText(value)}`,
    );
  } else if (submitter) {
    pairs = [`${toText(submitter)}=${toText(answer)}`];
  } else if (names.length === 1) {
    pairs = [`${names[0]}=${toText(answer)}`];
  }
  await (pairs.length > 0 ? runStep('withEnv', [pairs], ctx, body) : body(ctx));
}
