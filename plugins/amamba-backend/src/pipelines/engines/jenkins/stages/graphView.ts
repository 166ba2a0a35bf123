import type {
  NodeState,
  RunGraph,
  RunStage,
} from '@amamba/backstage-plugin-amamba-common';
import type { EngineCallOptions } from '@amamba/backstage-plugin-amamba-node';
import { z } from 'zod';
import { path } from '../../../../http';
import { runWords, type JenkinsAddresses } from '../addresses';
import type { JenkinsClient } from '../JenkinsClient';
import type { JenkinsStep, RunAddress, StageApi } from './StageApi';

const STATES = new Map<string, NodeState>([
  ['queued', 'queued'],
  ['running', 'running'],
  ['paused', 'waiting'],
  ['skipped', 'skipped'],
  ['not_built', 'notBuilt'],
  ['success', 'succeeded'],
  ['unstable', 'unstable'],
  ['failure', 'failed'],
  ['aborted', 'cancelled'],
]);
/** a step of a block, or the run itself, that failed outside of any step */
const UNHANDLED = 'UNHANDLED_EXCEPTION';

const node = {
  id: z.string(),
  name: z.string(),
  state: z.string(),
  type: z.string(),
  title: z.string().nullish(),
  startTimeMillis: z.number().nullish(),
  totalDurationMillis: z.number().nullish(),
};

interface GraphViewStage {
  id: string;
  name: string;
  state: string;
  type: string;
  startTimeMillis?: number | null;
  totalDurationMillis?: number | null;
  pauseDurationMillis?: number | null;
  synthetic?: boolean | null;
  causeOfBlockage?: string | null;
  children?: GraphViewStage[] | null;
}

const stageSchema: z.ZodType<GraphViewStage> = z.lazy(() =>
  z.object({
    ...node,
    pauseDurationMillis: z.number().nullish(),
    synthetic: z.boolean().nullish(),
    causeOfBlockage: z.string().nullish(),
    children: z.array(stageSchema).nullish(),
  }),
);
export const treeSchema = z.object({
  data: z.object({ stages: z.array(stageSchema), complete: z.boolean() }),
});
export const stepsSchema = z.object({
  data: z.object({
    steps: z.array(
      z.object({
        ...node,
        stageId: z.string(),
        inputStep: z.object({ id: z.string() }).nullish(),
        flags: z
          .object({ hidden: z.boolean().nullish() })
          .nullish()
          .catch(undefined),
      }),
    ),
  }),
});

function timesOf(item: {
  startTimeMillis?: number | null;
  totalDurationMillis?: number | null;
}): { startedAt?: string; durationMs?: number } {
  const { startTimeMillis: start, totalDurationMillis: duration } = item;
  return {
    ...(start && { startedAt: new Date(start).toISOString() }),
    ...(typeof duration === 'number' && {
      durationMs: Math.max(0, Math.round(duration)),
    }),
  };
}

/** A stage in the portal's terms: arms of a parallel are `PARALLEL`, and what holds them is a parallel. */
export function readStage(stage: GraphViewStage): RunStage {
  const children = (stage.children ?? []).map(readStage);
  const holdsBranches = children.some(({ kind }) => kind === 'branch');
  const isBranch = stage.type === 'PARALLEL';
  const holder = holdsBranches ? 'parallel' : 'stage';
  const kind = isBranch ? 'branch' : holder;
  const own = { id: stage.id, state: STATES.get(stage.state) ?? 'unknown' };
  return {
    ...own,
    ...timesOf(stage),
    name: stage.name,
    kind,
    ...(stage.pauseDurationMillis && { pausedMs: stage.pauseDurationMillis }),
    ...(stage.synthetic && { synthetic: true }),
    ...(stage.causeOfBlockage && { waitingFor: stage.causeOfBlockage }),
    children:
      isBranch && holdsBranches
        ? [
            {
              ...own,
              id: `${stage.id}-parallel`,
              name: '',
              kind: 'parallel',
              children,
            },
          ]
        : children,
  };
}

/** Steps in the portal's terms. Jenkins leaves the title of shell scripts and messages empty and names them by their text. */
export function readSteps(answer: z.output<typeof stepsSchema>): JenkinsStep[] {
  return answer.data.steps
    .filter(({ flags }) => !flags?.hidden)
    .map(step => ({
      id: step.id,
      stageId: step.stageId,
      name: step.title || step.name,
      ...(step.title && { title: step.name }),
      state: STATES.get(step.state) ?? 'unknown',
      ...timesOf(step),
      hasLog: step.type !== UNHANDLED,
      ...(step.inputStep && { inputId: step.inputStep.id }),
    }));
}

/** The plugin Pipeline Graph View: a tree of stages, with parallels and nesting. */
export class GraphViewApi implements StageApi {
  readonly title = 'Pipeline Graph View';
  readonly #client: JenkinsClient;
  readonly #addresses: JenkinsAddresses;

  constructor(client: JenkinsClient, addresses: JenkinsAddresses) {
    this.#client = client;
    this.#addresses = addresses;
  }

  async graph(at: RunAddress, options: EngineCallOptions): Promise<RunGraph> {
    const { data } = await this.#client.json(treeSchema, {
      path: path`${this.#base(at)}/tree`,
      what: `the stages of ${runWords(at.ref, at.run)}`,
      ...options,
    });
    return { stages: data.stages.map(readStage), complete: data.complete };
  }

  async steps(
    at: RunAddress,
    stageId: string | undefined,
    options: EngineCallOptions,
  ): Promise<JenkinsStep[]> {
    const base = this.#base(at);
    const answer = await this.#client.json(stepsSchema, {
      path: stageId ? path`${base}/steps` : path`${base}/allSteps`,
      query: { nodeId: stageId },
      what: `the steps of ${runWords(at.ref, at.run)}`,
      ...options,
    });
    return readSteps(answer);
  }

  async errorOf(
    at: RunAddress,
    step: JenkinsStep,
    options: EngineCallOptions,
  ): Promise<string | undefined> {
    const { text } = await this.#client.get({
      path: path`${this.#base(at)}/exceptionText`,
      query: { nodeId: step.id },
      what: `the error of a step of ${runWords(at.ref, at.run)}`,
      ...options,
    });
    return text.trim() || undefined;
  }

  #base({ ref, run }: RunAddress) {
    return path`${this.#addresses.run(ref, run)}/stages`;
  }
}
