import { raise, Throwable, Unsupported } from '../groovy/errors';
import { Scope } from '../groovy/values';
import type { Ctx } from '../runtime/context';
import { inStage } from '../steps/stage';
import { hasAgent, inAgent } from './agent';
import { EnvironmentValues, inEnvironment } from './environment';
import { PipelineModel } from './model';
import { inWrappers, jobProperties, RunOptions, runOptions } from './options';
import { hasSatisfied, rethrow, runPost } from './post';
import { caughtError, guardNode, StageRunner } from './stages';
import { withTools } from './tools';

/** Runs the `post` of the whole pipeline, in a stage of its own when any of it applies. */
async function postBuild(
  ctx: Ctx,
  model: PipelineModel,
  scope: Scope,
  error: Throwable | undefined,
): Promise<Throwable | undefined> {
  const { post, agent } = model;
  if (!hasSatisfied(post, ctx, error, undefined)) {
    return error;
  }
  let after = error;
  try {
    await inStage(
      ctx,
      'Declarative: Post Actions',
      async inner => {
        after = await runPost(post, inner, scope, error, undefined, body =>
          guardNode(agent, body),
        );
        // Only what went wrong in here fails the stage of the post actions.
        rethrow(after === error ? undefined : after);
      },
      true,
    );
  } catch (thrown) {
    after ??= caughtError(thrown);
  }
  return after;
}

class PipelineRunner {
  private error: Throwable | undefined;
  private postDone = false;
  private readonly stages: StageRunner;

  private readonly model: PipelineModel;
  private readonly options: RunOptions;
  private readonly scope: Scope;
  private readonly values: EnvironmentValues;

  constructor(
    model: PipelineModel,
    options: RunOptions,
    scope: Scope,
    values: EnvironmentValues,
  ) {
    this.model = model;
    this.options = options;
    this.scope = scope;
    this.values = values;

    this.stages = new StageRunner(model, options, scope);
  }

  async run(ctx: Ctx): Promise<void> {
    try {
      await this.main(ctx);
    } catch (thrown) {
      const error = caughtError(thrown);
      this.error ??= error;
    }
    if (!this.postDone) {
      this.error = await postBuild(ctx, this.model, this.scope, this.error);
    }
    ctx.run.restartableStages = this.options.disableRestartFromStage
      ? []
      : [...new Set(this.stages.restartable)];
    rethrow(this.error);
  }

  private main(ctx: Ctx): Promise<void> {
    const { model, options, scope } = this;
    const checkout = {
      wanted: !options.skipDefaultCheckout,
      subdirectory: options.checkoutSubdirectory,
      ownStage: true,
    };
    return inAgent(ctx, model.agent, scope, checkout, onAgent =>
      inEnvironment(onAgent, model.environment, scope, inEnv =>
        inWrappers(inEnv, model.options, this.values, wrapped =>
          this.attempt(wrapped),
        ),
      ),
    );
  }

  /** All stages and the post: what a `retry` of the options repeats. */
  private async attempt(ctx: Ctx): Promise<void> {
    const { model, scope } = this;
    this.error = undefined;
    const { stages } = model;
    await withTools(
      ctx,
      model.tools,
      undefined,
      hasAgent(model.agent),
      scope,
      async inner => {
        this.error = stages
          ? await this.stages.sequence(
              inner,
              stages,
              {
                error: undefined,
                parent: undefined,
                parentAgent: model.agent,
                skip: undefined,
              },
              inner.run.request.restartFromStage,
            )
          : undefined;
        this.postDone = true;
        this.error = await postBuild(inner, model, scope, this.error);
      },
    );
    rethrow(this.error);
  }
}

/** Runs a declarative pipeline; throws its first error. */
export async function runPipeline(
  model: PipelineModel,
  scope: Scope,
  ctx: Ctx,
): Promise<void> {
  const { run } = ctx;
  if (run.declarative) {
    raise(
      'IllegalStateException',
      'Only one pipeline { ... } block can be executed in a single run.',
    );
  }
  run.declarative = true;
  if (model.libraries) {
    throw new Unsupported('shared libraries');
  }
  const values = new EnvironmentValues(model.environment, scope);
  const properties = await jobProperties(model, values, ctx);
  run.publish(properties);
  const options = await runOptions(model.options, values, ctx);
  await new PipelineRunner(model, options, scope, values).run(ctx);
}
