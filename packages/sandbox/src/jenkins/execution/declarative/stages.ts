import { raise, Throwable, toThrowable } from '../groovy/errors';
import { Closure, Scope, Value } from '../groovy/values';
import type { Ctx } from '../runtime/context';
import { invokeStep } from '../steps/invoke';
import { PARALLEL_STEP } from '../steps/parallel';
import { inStage } from '../steps/stage';
import { hasAgent, inAgent } from './agent';
import { EnvironmentValues, inEnvironment } from './environment';
import { stageInput } from './stageInput';
import { matrixStages } from './matrix';
import {
  AgentModel,
  PipelineModel,
  StageModel,
  StagesModel,
  ToolsModel,
} from './model';
import { inWrappers, RunOptions, runOptions } from './options';
import { hasSatisfied, rethrow, runPost } from './post';
import { withTools } from './tools';
import { WhenGate } from './when';
import { runStep } from './runStep';

/** Why a stage is not run; stages inside of it are skipped for the same reason. */
type SkipReason =
  { kind: 'failure' | 'unstable' | 'when' } | { kind: 'restart'; at: string };

function skipMessage(stage: string, reason: SkipReason): string {
  switch (reason.kind) {
    case 'failure':
      return `Stage "${stage}" skipped due to earlier failure(s)`;
    case 'unstable':
      return `Stage "${stage}" skipped due to earlier stage(s) marking the build as unstable`;
    case 'when':
      return `Stage "${stage}" skipped due to when conditional`;
    default:
      return `Stage "${stage}" skipped due to this build restarting at stage "${reason.at}"`;
  }
}

const NO_NODE =
  'Attempted to execute a step that requires a node context while ‘agent none’ was specified. ' +
  'Be sure to specify your own ‘node { ... }’ blocks when using ‘agent none’.';

/** Says it more helpfully when a step needs a workspace although there is `agent none`. */
export async function guardNode(
  agent: AgentModel | undefined,
  body: () => Promise<void>,
): Promise<void> {
  try {
    await body();
  } catch (thrown) {
    const error = toThrowable(thrown);
    if (
      error?.type.endsWith('.MissingContextVariableException') &&
      !hasAgent(agent)
    ) {
      raise('hudson.AbortException', NO_NODE);
    }
    throw thrown;
  }
}

interface Surroundings {
  readonly error: Throwable | undefined;
  readonly parent: StageModel | undefined;
  readonly parentAgent: AgentModel | undefined;
  readonly skip: SkipReason | undefined;
}

/** Runs the stages of one pipeline. */
export class StageRunner {
  /** Top-level stages that a restart may begin at. */
  readonly restartable: string[] = [];

  private readonly model: PipelineModel;
  private readonly options: RunOptions;
  private readonly scope: Scope;

  constructor(model: PipelineModel, options: RunOptions, scope: Scope) {
    this.model = model;
    this.options = options;
    this.scope = scope;
  }

  /** Runs stages one after the other and gives the first error; the `post` of the stage around comes after them. */
  async sequence(
    ctx: Ctx,
    stages: StagesModel,
    around: Surroundings,
    restartAt?: string,
  ): Promise<Throwable | undefined> {
    let { error } = around;
    let { skip } = around;
    let beforeRestart = restartAt !== undefined;
    for (const stage of stages.stages) {
      if (beforeRestart && restartAt !== undefined) {
        if (stage.name === restartAt) {
          beforeRestart = false;
          skip = skip?.kind === 'restart' ? undefined : skip;
        } else {
          skip = { kind: 'restart', at: restartAt };
        }
      }
      try {
        await this.stage(ctx, stage, {
          error,
          parent: around.parent,
          parentAgent: stage.agent ?? around.parentAgent,
          skip,
        });
      } catch (thrown) {
        error ??= caughtError(thrown);
      }
    }
    const { parent } = around;
    if (!skip && parent && hasSatisfied(parent.post, ctx, error, parent.name)) {
      error = await this.post(ctx, parent, around.parentAgent, error);
    }
    return error;
  }

  private post(
    ctx: Ctx,
    stage: StageModel,
    agent: AgentModel | undefined,
    error: Throwable | undefined,
  ): Promise<Throwable | undefined> {
    ctx.run.print(ctx, 'Post stage');
    return stage.post
      ? runPost(stage.post, ctx, this.scope, error, stage.name, body =>
          guardNode(agent, body),
        )
      : Promise.resolve(error);
  }

  private async stage(
    ctx: Ctx,
    stage: StageModel,
    around: Surroundings,
  ): Promise<void> {
    await inStage(ctx, stage.name, async inner => {
      let { error, skip } = around;
      if (!around.parent) {
        this.noteRestartable(inner, stage, around);
      }
      try {
        skip ??= this.reasonToSkip(inner, error);
        if (skip) {
          await this.skip(inner, stage, around, skip);
        } else if (!(await this.whenOpen(inner, stage, around))) {
          skip = { kind: 'when' };
          await this.skip(inner, stage, around, skip);
        }
      } catch (thrown) {
        error ??= caughtError(thrown);
      }
      const isParallel =
        stage.parallel !== undefined || stage.matrix !== undefined;
      if (
        !skip &&
        isParallel &&
        hasSatisfied(stage.post, inner, error, stage.name)
      ) {
        error = await this.post(inner, stage, around.parentAgent, error);
      }
      rethrow(error);
    });
  }

  private noteRestartable(ctx: Ctx, stage: StageModel, around: Surroundings) {
    const reason = around.skip ?? this.reasonToSkip(ctx, around.error);
    if (reason?.kind !== 'failure' && reason?.kind !== 'unstable') {
      this.restartable.push(stage.name);
    }
  }

  private reasonToSkip(
    ctx: Ctx,
    error: Throwable | undefined,
  ): SkipReason | undefined {
    if (error) {
      return { kind: 'failure' };
    }
    return this.options.skipStagesAfterUnstable && ctx.run.result === 'UNSTABLE'
      ? { kind: 'unstable' }
      : undefined;
  }

  private async skip(
    ctx: Ctx,
    stage: StageModel,
    around: Surroundings,
    reason: SkipReason,
  ): Promise<void> {
    const { run } = ctx;
    run.print(ctx, skipMessage(stage.name, reason));
    run.graph.markSkipped(ctx.nodeId, stage.name);
    const branches = stage.matrix ? matrixStages(stage.matrix) : stage.parallel;
    if (branches) {
      await this.branches(
        ctx,
        stage,
        branches,
        around.parentAgent,
        around.error,
        reason,
      );
    } else if (stage.stages) {
      const error = await this.sequence(
        ctx,
        stage.stages,
        {
          error: around.error,
          parent: stage,
          parentAgent: around.parentAgent,
          skip: reason,
        },
        reason.kind === 'restart' ? reason.at : undefined,
      );
      // Skipping adds no error of its own: what failed earlier is thrown by the stage itself.
      rethrow(error === around.error ? undefined : error);
    }
  }

  /** Runs the children of a stage as the branches of a parallel. */
  private async branches(
    ctx: Ctx,
    stage: StageModel,
    stages: StagesModel,
    agent: AgentModel | undefined,
    error: Throwable | undefined,
    skip: SkipReason | undefined,
  ): Promise<void> {
    const named = new Map<Value, Value>();
    for (const child of stages.stages) {
      const closure = new Closure(async (_args, inner) => {
        await this.stage(inner, child, {
          error,
          parent: stage,
          parentAgent: child.agent ?? agent,
          skip,
        });
        return null;
      });
      named.set(child.name, closure);
    }
    if (stage.failFast || this.options.parallelsAlwaysFailFast) {
      named.set('failFast', true);
    }
    await invokeStep(PARALLEL_STEP, [named], ctx);
  }

  /** Runs a stage that nothing skips so far; false when its `when` does. */
  private async whenOpen(
    ctx: Ctx,
    stage: StageModel,
    around: Surroundings,
  ): Promise<boolean> {
    const gate = new WhenGate(stage.when, this.scope);
    const inCell = (body: (ctx: Ctx) => Promise<void>) =>
      stage.cell && Object.keys(stage.cell).length > 0
        ? runStep(
            'withEnv',
            [
              Object.entries(stage.cell).map(
                ([name, value]) => `${name}=${value}`,
              ),
            ],
            ctx,
            body,
          )
        : body(ctx);
    await inCell(async cellCtx => {
      if (!(await gate.opens(cellCtx, 'beforeOptions'))) {
        return;
      }
      const values = new EnvironmentValues(undefined, this.scope);
      await inWrappers(cellCtx, stage.options, values, async wrapped => {
        if (!(await gate.opens(wrapped, 'beforeInput'))) {
          return;
        }
        await stageInput(wrapped, stage.input, this.scope, next =>
          this.afterInput(next, stage, around, gate),
        );
      });
    });
    return gate.passed;
  }

  private async afterInput(
    ctx: Ctx,
    stage: StageModel,
    around: Surroundings,
    gate: WhenGate,
  ): Promise<void> {
    const branches = stage.matrix ? matrixStages(stage.matrix) : stage.parallel;
    if (branches) {
      if (await gate.opens(ctx, 'last')) {
        await inEnvironment(ctx, stage.environment, this.scope, inner =>
          this.branches(
            inner,
            stage,
            branches,
            around.parentAgent,
            undefined,
            undefined,
          ),
        );
      }
      return;
    }
    if (!(await gate.opens(ctx, 'beforeAgent'))) {
      return;
    }
    const own = await runOptions(
      stage.options,
      new EnvironmentValues(undefined, this.scope),
      ctx,
    );
    const checkout = {
      wanted: !this.options.skipDefaultCheckout && !own.skipDefaultCheckout,
      subdirectory: this.options.checkoutSubdirectory,
      ownStage: false,
    };
    await inAgent(ctx, stage.agent, this.scope, checkout, async onAgent => {
      if (!(await gate.opens(onAgent, 'last'))) {
        return;
      }
      await inEnvironment(onAgent, stage.environment, this.scope, inEnv =>
        this.withStageTools(inEnv, stage, around, withTheTools =>
          this.content(withTheTools, stage, around.parentAgent),
        ),
      );
    });
  }

  private withStageTools(
    ctx: Ctx,
    stage: StageModel,
    { parent }: Surroundings,
    body: (ctx: Ctx) => Promise<void>,
  ): Promise<void> {
    const around: ToolsModel | undefined = parent?.tools ?? this.model.tools;
    const agent = hasAgent(stage.agent ?? this.model.agent);
    return withTools(ctx, stage.tools, around, agent, this.scope, body);
  }

  private async content(
    ctx: Ctx,
    stage: StageModel,
    agent: AgentModel | undefined,
  ): Promise<void> {
    if (stage.stages) {
      rethrow(
        await this.sequence(ctx, stage.stages, {
          error: undefined,
          parent: stage,
          parentAgent: agent,
          skip: undefined,
        }),
      );
      return;
    }
    const { steps } = stage;
    if (!steps) {
      return;
    }
    let error: Throwable | undefined;
    try {
      const closure = new Closure({ body: steps.body.body, scope: this.scope });
      await guardNode(agent, async () => {
        await ctx.run.interpreter.callClosure(closure, [], ctx);
      });
    } catch (thrown) {
      error = caughtError(thrown);
    }
    if (hasSatisfied(stage.post, ctx, error, stage.name)) {
      error = await this.post(ctx, stage, agent, error);
    }
    rethrow(error);
  }
}

/** The script's exception; what no script can catch goes on up. */
export function caughtError(thrown: unknown): Throwable {
  const error = toThrowable(thrown);
  if (!error) {
    throw thrown;
  }
  return error;
}
