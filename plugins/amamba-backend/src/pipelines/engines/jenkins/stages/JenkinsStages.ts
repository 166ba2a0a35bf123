import type {
  NodeState,
  RunGraph,
  RunStage,
  RunStep,
} from '@amamba/backstage-plugin-amamba-common';
import type {
  EngineCallOptions,
  EnginePipelineRef,
} from '@amamba/backstage-plugin-amamba-node';
import { NotFoundError } from '@backstage/errors';
import type { JenkinsAddresses } from '../addresses';
import type { JenkinsClient } from '../JenkinsClient';
import { GraphViewApi } from './graphView';
import type { JenkinsStep, StageApi } from './StageApi';
import { WfapiApi } from './wfapi';

/** a plugin may be installed or removed meanwhile */
const REMEMBER_MS = 10 * 60_000;
/** failed steps whose message is asked for, one request each */
const MAX_ERRORS = 5;

/** States that make a stage the one to name, first those that matter most. */
const DECISIVE: readonly NodeState[] = [
  'failed',
  'waiting',
  'running',
  'cancelled',
];

/**
 * The first stage that failed, else the one that waits, else the one that runs, else the one that a cancellation cut
 * off; the innermost one that says no less than what is around it.
 */
export function decisiveStage(
  stages: readonly RunStage[],
  states = DECISIVE,
): RunStage | undefined {
  for (const [rank, state] of states.entries()) {
    const stage = stages.find(item => item.state === state);
    if (stage) {
      return decisiveStage(stage.children, states.slice(0, rank + 1)) ?? stage;
    }
  }
  return undefined;
}

/** Stages and steps of runs, by whichever plugin the instance has. */
export class JenkinsStages {
  readonly #apis: readonly StageApi[];
  readonly #client: JenkinsClient;
  #known: { api: StageApi; until: number } | undefined;
  #warnAgainAt = 0;

  constructor(client: JenkinsClient, addresses: JenkinsAddresses) {
    this.#client = client;
    this.#apis = [
      new GraphViewApi(client, addresses),
      new WfapiApi(client, addresses),
    ];
  }

  /** The graph; without stages when the instance has none of the plugins. The run must exist. */
  async graph(
    ref: EnginePipelineRef,
    run: number,
    options: EngineCallOptions = {},
  ): Promise<RunGraph> {
    const graph = await this.#ask(api => api.graph({ ref, run }, options));
    return graph ?? { stages: [], complete: true };
  }

  /** @param stageId - undefined: of all stages */
  async steps(
    ref: EnginePipelineRef,
    run: number,
    stageId: string | undefined,
    options: EngineCallOptions = {},
  ): Promise<JenkinsStep[]> {
    const steps = await this.#ask(api =>
      api.steps({ ref, run }, stageId, options),
    );
    return steps ?? [];
  }

  /** Steps as the portal shows them, the first failed ones with their message. */
  async stepsWithErrors(
    ref: EnginePipelineRef,
    run: number,
    stageId: string | undefined,
    options: EngineCallOptions = {},
  ): Promise<RunStep[]> {
    const steps = await this.steps(ref, run, stageId, options);
    const failed = steps
      .filter(step => step.state === 'failed')
      .slice(0, MAX_ERRORS);
    const errors = new Map(
      await Promise.all(
        failed.map(
          async step =>
            [step.id, await this.errorOf(ref, run, step, options)] as const,
        ),
      ),
    );
    return steps.map(({ inputId, ...step }) => {
      const error = errors.get(step.id);
      return error ? { ...step, error } : step;
    });
  }

  /** Why a step failed, of a step that was read before. */
  async errorOf(
    ref: EnginePipelineRef,
    run: number,
    step: JenkinsStep,
    options: EngineCallOptions = {},
  ): Promise<string | undefined> {
    if (step.error) return step.error;
    try {
      return await this.#known?.api.errorOf?.({ ref, run }, step, options);
    } catch (error) {
      if (error instanceof NotFoundError) return undefined;
      throw error;
    }
  }

  /**
   * Asks the plugin that answered last, else one after the other; undefined when none is there.
   *
   * @throws NotFoundError when a plugin is known to be there, so that what is asked for is not
   */
  async #ask<T>(run: (api: StageApi) => Promise<T>): Promise<T | undefined> {
    const now = Date.now();
    const known =
      this.#known && this.#known.until > now ? this.#known.api : undefined;
    const others = this.#apis.filter(api => api !== known);
    let missing: unknown;
    for (const api of known ? [known, ...others] : others) {
      try {
        const answer = await run(api);
        if (api !== known) this.#known = { api, until: now + REMEMBER_MS };
        return answer;
      } catch (error) {
        if (!(error instanceof NotFoundError)) throw error;
        missing ??= error;
      }
    }
    if (known) throw missing;
    if (this.#warnAgainAt <= now) {
      this.#warnAgainAt = now + REMEMBER_MS;
      const titles = this.#apis.map(({ title }) => title).join(', ');
      this.#client.logger.warn(
        `${this.#client.system} tells no stages of runs. Install one of its plugins: ${titles}`,
      );
    }
    return undefined;
  }
}
