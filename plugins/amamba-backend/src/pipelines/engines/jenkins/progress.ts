import type { RunStage } from '@amamba/backstage-plugin-amamba-common';
import type {
  EngineCallOptions,
  EnginePipelineRef,
  EngineRunProgress,
} from '@amamba/backstage-plugin-amamba-node';
import { z } from 'zod';
import { path } from '../../../http';
import { runWords, type JenkinsAddresses } from './addresses';
import {
  hidesApprovals,
  inputActionsSchema,
  INPUTS_TREE,
  readApprovals,
} from './inputs';
import type { JenkinsClient } from './JenkinsClient';
import { decisiveStage, type JenkinsStages } from './stages/JenkinsStages';
import type { JenkinsStep } from './stages/StageApi';

const runSchema = z.object({
  building: z.boolean(),
  actions: inputActionsSchema,
});

function nameOf(stages: readonly RunStage[], id: string): string | undefined {
  for (const stage of stages) {
    const name = stage.id === id ? stage.name : nameOf(stage.children, id);
    if (name !== undefined) return name;
  }
  return undefined;
}

/**
 * Reads the moving parts of a run: two requests while it runs, one more when it waits for an input, and two more when a
 * stage has failed.
 */
export class JenkinsProgress {
  readonly #client: JenkinsClient;
  readonly #addresses: JenkinsAddresses;
  readonly #stages: JenkinsStages;
  #isWarned = false;

  constructor(
    client: JenkinsClient,
    addresses: JenkinsAddresses,
    stages: JenkinsStages,
  ) {
    this.#client = client;
    this.#addresses = addresses;
    this.#stages = stages;
  }

  async read(
    ref: EnginePipelineRef,
    run: number,
    options: EngineCallOptions = {},
  ): Promise<EngineRunProgress> {
    const { building, actions } = await this.#client.json(runSchema, {
      path: path`${this.#addresses.run(ref, run)}/api/json`,
      query: { tree: `building,${INPUTS_TREE}` },
      what: runWords(ref, run),
      ...options,
    });
    if (hidesApprovals(actions) && !this.#isWarned) {
      this.#isWarned = true;
      this.#client.logger.warn(
        `${this.#client.system} does not tell who may approve, so that approvals are not shown. Update its plugin Pipeline: Input Step`,
      );
    }
    const graph = await this.#stages.graph(ref, run, options);
    const isWaiting = actions.some(action => action?.executions?.length);
    const stage = decisiveStage(graph.stages);
    const hasFailed = stage?.state === 'failed';
    const steps =
      isWaiting || hasFailed
        ? await this.#stages.steps(
            ref,
            run,
            isWaiting ? undefined : stage?.id,
            options,
          )
        : [];
    return {
      graph: { ...graph, complete: graph.complete && !building },
      approvals: readApprovals(actions, steps, id => nameOf(graph.stages, id)),
      stage: stage?.name,
      error: hasFailed
        ? await this.#errorIn(ref, run, stage.id, steps, options)
        : undefined,
    };
  }

  async #errorIn(
    ref: EnginePipelineRef,
    run: number,
    stageId: string,
    steps: readonly JenkinsStep[],
    options: EngineCallOptions,
  ): Promise<string | undefined> {
    const step = steps.find(
      item => item.stageId === stageId && item.state === 'failed',
    );
    return step && this.#stages.errorOf(ref, run, step, options);
  }
}
