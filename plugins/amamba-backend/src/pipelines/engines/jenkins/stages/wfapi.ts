import type {
  NodeState,
  RunGraph,
} from '@amamba/backstage-plugin-amamba-common';
import type { EngineCallOptions } from '@amamba/backstage-plugin-amamba-node';
import { z } from 'zod';
import { path } from '../../../../http';
import { runWords, type JenkinsAddresses } from '../addresses';
import type { JenkinsClient } from '../JenkinsClient';
import type { JenkinsStep, RunAddress, StageApi } from './StageApi';

const STATES = new Map<string, NodeState>([
  ['NOT_EXECUTED', 'notBuilt'],
  ['ABORTED', 'cancelled'],
  ['SUCCESS', 'succeeded'],
  ['IN_PROGRESS', 'running'],
  ['PAUSED_PENDING_INPUT', 'waiting'],
  ['FAILED', 'failed'],
  ['UNSTABLE', 'unstable'],
]);
const LIVE = ['IN_PROGRESS', 'PAUSED_PENDING_INPUT'];
/** stages that Jenkins adds to a declarative pipeline: checkout, tools, post */
const SYNTHETIC = 'Declarative: ';

const node = {
  id: z.string(),
  name: z.string(),
  status: z.string(),
  startTimeMillis: z.number().nullish(),
  durationMillis: z.number().nullish(),
  pauseDurationMillis: z.number().nullish(),
  error: z.object({ message: z.string().nullish() }).nullish(),
};
const stepSchema = z.object({
  ...node,
  parameterDescription: z.string().nullish(),
  _links: z.object({ log: z.unknown().optional() }).nullish(),
});
export const stageSchema = z.object({
  ...node,
  stageFlowNodes: z.array(stepSchema).nullish(),
});
export const describeSchema = z.object({
  status: z.string(),
  stages: z.array(stageSchema),
});
type WfapiStage = z.output<typeof stageSchema>;

function timesOf({
  status,
  startTimeMillis,
  durationMillis,
}: Pick<WfapiStage, 'status' | 'startTimeMillis' | 'durationMillis'>) {
  const isLive = LIVE.includes(status);
  return {
    ...(startTimeMillis && {
      startedAt: new Date(startTimeMillis).toISOString(),
    }),
    ...(!isLive &&
      typeof durationMillis === 'number' && { durationMs: durationMillis }),
  };
}

/** The stages of a run; there is no nesting in this API. */
export function readGraph({
  status,
  stages,
}: z.output<typeof describeSchema>): RunGraph {
  return {
    complete: !LIVE.includes(status),
    stages: stages.map(stage => ({
      id: stage.id,
      name: stage.name.startsWith(SYNTHETIC)
        ? stage.name.slice(SYNTHETIC.length)
        : stage.name,
      kind: 'stage',
      state: STATES.get(stage.status) ?? 'unknown',
      ...timesOf(stage),
      ...(stage.pauseDurationMillis && { pausedMs: stage.pauseDurationMillis }),
      ...(stage.name.startsWith(SYNTHETIC) && { synthetic: true }),
      children: [],
    })),
  };
}

/** The steps of a stage; at most 100 are told. */
export function readSteps(stage: WfapiStage): JenkinsStep[] {
  return (stage.stageFlowNodes ?? []).map(step => ({
    id: step.id,
    stageId: stage.id,
    name: step.name,
    ...(step.parameterDescription && { title: step.parameterDescription }),
    state: STATES.get(step.status) ?? 'unknown',
    ...timesOf(step),
    hasLog: step._links?.log !== undefined,
    ...(step.error?.message && { error: step.error.message }),
  }));
}

/** The plugin Pipeline: REST API, which is older and knows stages only as a list. */
export class WfapiApi implements StageApi {
  readonly title = 'Pipeline: REST API';
  readonly #client: JenkinsClient;
  readonly #addresses: JenkinsAddresses;

  constructor(client: JenkinsClient, addresses: JenkinsAddresses) {
    this.#client = client;
    this.#addresses = addresses;
  }

  async graph(at: RunAddress, options: EngineCallOptions): Promise<RunGraph> {
    return readGraph(
      await this.#client.json(describeSchema, {
        path: path`${this.#addresses.run(at.ref, at.run)}/wfapi/describe`,
        what: `the stages of ${runWords(at.ref, at.run)}`,
        ...options,
      }),
    );
  }

  async steps(
    at: RunAddress,
    stageId: string | undefined,
    options: EngineCallOptions,
  ): Promise<JenkinsStep[]> {
    const run = this.#addresses.run(at.ref, at.run);
    const what = `the steps of ${runWords(at.ref, at.run)}`;
    if (stageId) {
      const stage = await this.#client.json(stageSchema, {
        path: path`${run}/execution/node/${stageId}/wfapi/describe`,
        what,
        ...options,
      });
      return readSteps(stage);
    }
    const { stages } = await this.#client.json(describeSchema, {
      path: path`${run}/wfapi/describe`,
      query: { fullStages: true },
      what,
      ...options,
    });
    return stages.flatMap(readSteps);
  }
}
