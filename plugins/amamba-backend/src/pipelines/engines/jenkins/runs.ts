import {
  parameterNameSchema,
  type ParameterValues,
  type RunState,
} from '@amamba/backstage-plugin-amamba-common';
import type {
  EngineCallOptions,
  EnginePipelineRef,
  EngineRun,
} from '@amamba/backstage-plugin-amamba-node';
import { z } from 'zod';
import { path, UpstreamError } from '../../../http';
import { pipelineWords, runWords, type JenkinsAddresses } from './addresses';
import { CAUSES_TREE, causeSchema, readCause } from './causes';
import type { JenkinsClient } from './JenkinsClient';

/** artifacts that are counted, of each run of a list and of one run */
const COUNTED_ARTIFACTS = { list: 100, one: 10_000 };
const MAX_PARAMETER_LENGTH = 100_000;
/** `builds` never holds more; `allBuilds` does, but loads every run from disk */
const MAX_BUILDS = 100;

/** What `api/json` tells of a parameter's value. */
export const VALUES_TREE = 'parameters[_class,name,value]';
export const valueSchema = z.object({
  _class: z.string().nullish(),
  name: z.string(),
  value: z.unknown().optional(),
});

function runTree(countedArtifacts: number): string {
  return [
    'number,queueId,result,building,inProgress,timestamp,duration',
    `artifacts[fileName]{0,${countedArtifacts}}`,
    'changeSets[items[commitId,msg]{0,100}]',
    `actions[_class,${CAUSES_TREE},${VALUES_TREE},lastBuiltRevision[SHA1,branch[name]],totalCount,failCount,skipCount,waitingForInput]`,
  ].join(',');
}

const actionSchema = z.object({
  _class: z.string().nullish(),
  causes: z.array(causeSchema).nullish(),
  parameters: z.array(valueSchema).nullish(),
  lastBuiltRevision: z
    .object({
      SHA1: z.string().nullish(),
      branch: z.array(z.object({ name: z.string().nullish() })).nullish(),
    })
    .nullish(),
  totalCount: z.number().int().nullish(),
  failCount: z.number().int().nullish(),
  skipCount: z.number().int().nullish(),
  waitingForInput: z.boolean().nullish(),
});
type JenkinsAction = z.output<typeof actionSchema>;

const runSchema = z.object({
  number: z.number().int().positive(),
  queueId: z.number().int().nullish(),
  result: z.string().nullish(),
  building: z.boolean(),
  inProgress: z.boolean().nullish(),
  timestamp: z.number(),
  duration: z.number().nullish(),
  artifacts: z.array(z.unknown()).nullish(),
  changeSets: z
    .array(
      z.object({
        items: z
          .array(
            z.object({
              commitId: z.string().nullish(),
              msg: z.string().nullish(),
            }),
          )
          .nullish(),
      }),
    )
    .nullish(),
  actions: z.array(actionSchema.nullable()),
});
type JenkinsRun = z.output<typeof runSchema>;

const RESULTS = new Map<string, RunState>([
  ['SUCCESS', 'succeeded'],
  ['UNSTABLE', 'unstable'],
  ['FAILURE', 'failed'],
  ['ABORTED', 'cancelled'],
  ['NOT_BUILT', 'notBuilt'],
]);

/** State of a run by what `api/json` says of it. */
export function runState(run: {
  building: boolean;
  inProgress?: boolean | null;
  result?: string | null;
  isWaiting?: boolean;
}): RunState {
  if (run.building || run.inProgress) {
    return run.isWaiting ? 'waiting' : 'running';
  }
  return RESULTS.get(run.result ?? '') ?? 'unknown';
}

/** Values that a run got or will get. Passwords have no value in the answer, and are left out by their class all the same. */
export function readParameters(
  actions: readonly Pick<JenkinsAction, 'parameters'>[],
): ParameterValues {
  const values = actions.flatMap(action => action.parameters ?? []);
  return Object.fromEntries(
    values.flatMap(({ _class, name, value }): [string, string | boolean][] => {
      const isNamed = parameterNameSchema.safeParse(name).success;
      if (!isNamed || /password/i.test(_class ?? '')) return [];
      if (typeof value === 'boolean') return [[name, value]];
      const isText =
        typeof value === 'string' && value.length <= MAX_PARAMETER_LENGTH;
      return isText ? [[name, value]] : [];
    }),
  );
}

const HASH = /^[0-9a-f]{40}$/;

/** `refs/remotes/origin/main` and `origin/main` are the branch main; a commit that was checked out by its hash has none. */
function plainBranch(name: string): string | undefined {
  const plain = name.replace(
    /^(?:refs\/remotes\/[^/]+\/|refs\/heads\/|refs\/tags\/|origin\/)/,
    '',
  );
  return plain === '' || plain === 'detached' || HASH.test(plain)
    ? undefined
    : plain;
}

function readTests(actions: readonly JenkinsAction[]): EngineRun['tests'] {
  const report = actions.find(
    ({ totalCount }) => typeof totalCount === 'number',
  );
  return (
    report && {
      total: report.totalCount ?? 0,
      failed: report.failCount ?? 0,
      skipped: report.skipCount ?? 0,
    }
  );
}

/**
 * A run in the portal's terms.
 *
 * @param now - for the duration of a run that goes on, milliseconds since 1970
 */
export function readRun(run: JenkinsRun, now: number): EngineRun {
  const actions = run.actions.flatMap(action => action ?? []);
  const isWaiting = actions.some(action => action.waitingForInput);
  const state = runState({ ...run, isWaiting });
  const isLive = state === 'running' || state === 'waiting';
  const revision = actions.find(
    action => action.lastBuiltRevision?.SHA1,
  )?.lastBuiltRevision;
  const commit = revision?.SHA1 ?? undefined;
  const message = run.changeSets
    ?.flatMap(({ items }) => items ?? [])
    .find(({ commitId }) => commit && commitId === commit)?.msg;
  const durationMs = isLive
    ? Math.max(0, now - run.timestamp)
    : (run.duration ?? 0);
  return {
    number: run.number,
    queueId: run.queueId && run.queueId > 0 ? String(run.queueId) : undefined,
    state,
    cause: readCause(actions.flatMap(action => action.causes ?? [])),
    branch: plainBranch(revision?.branch?.[0]?.name ?? ''),
    commit,
    commitMessage: message ?? undefined,
    startedAt: new Date(run.timestamp),
    endedAt: isLive ? undefined : new Date(run.timestamp + durationMs),
    durationMs,
    parameters: readParameters(actions),
    tests: readTests(actions),
    artifacts: run.artifacts?.length ?? 0,
  };
}

/** Runs of a job. */
export class JenkinsRuns {
  readonly #client: JenkinsClient;
  readonly #addresses: JenkinsAddresses;

  constructor(client: JenkinsClient, addresses: JenkinsAddresses) {
    this.#client = client;
    this.#addresses = addresses;
  }

  /** Fewer than asked for when their parameters and changes are too much for one answer. */
  async list(
    ref: EnginePipelineRef,
    limit: number,
    options: EngineCallOptions = {},
  ): Promise<EngineRun[]> {
    const list = limit > MAX_BUILDS ? 'allBuilds' : 'builds';
    const schema = z.object({ [list]: z.array(runSchema) });
    try {
      const answer = await this.#client.json(schema, {
        path: path`${this.#addresses.job(ref)}/api/json`,
        query: {
          tree: `${list}[${runTree(COUNTED_ARTIFACTS.list)}]{0,${limit}}`,
        },
        what: `the runs of ${pipelineWords(ref)}`,
        ...options,
      });
      const now = Date.now();
      return answer[list].map(run => readRun(run, now));
    } catch (error) {
      const isTooMuch =
        error instanceof UpstreamError && error.reason === 'tooLarge';
      if (!isTooMuch || limit === 1) throw error;
      return this.list(ref, Math.ceil(limit / 4), options);
    }
  }

  async get(
    ref: EnginePipelineRef,
    run: number,
    options: EngineCallOptions = {},
  ): Promise<EngineRun> {
    const answer = await this.#client.json(runSchema, {
      path: path`${this.#addresses.run(ref, run)}/api/json`,
      query: { tree: runTree(COUNTED_ARTIFACTS.one) },
      what: runWords(ref, run),
      ...options,
    });
    return readRun(answer, Date.now());
  }

  /** Jenkins says nothing when the run has ended already. */
  async cancel(
    ref: EnginePipelineRef,
    run: number,
    force: 'stop' | 'term' | 'kill',
    options: EngineCallOptions = {},
  ): Promise<void> {
    await this.#client.post({
      path: path`${this.#addresses.run(ref, run)}/${force}`,
      accept: [302],
      what: runWords(ref, run),
      ...options,
    });
  }
}
