import type {
  EngineCallOptions,
  EnginePipelineRef,
  EngineStarted,
} from '@amamba/backstage-plugin-amamba-node';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { setTimeout as sleep } from 'timers/promises';
import { z } from 'zod';
import { path } from '../../../http';
import { pipelineWords, runWords, type JenkinsAddresses } from './addresses';
import { CAUSES_TREE, causeSchema, RESTART_CAUSE } from './causes';
import type { JenkinsClient } from './JenkinsClient';

/** milliseconds between looks for the new run */
const LOOKS_MS = [0, 100, 200, 400, 800, 1_500];

const restartSchema = z.object({
  restartEnabled: z.boolean().nullish(),
  restartableStages: z.array(z.string()).nullish(),
});
const resultSchema = z.object({
  data: z.object({ success: z.string(), message: z.string().nullish() }),
});
const actionsSchema = z.array(
  z.object({ causes: z.array(causeSchema).nullish() }).nullable(),
);
const newestSchema = z.object({
  nextBuildNumber: z.number().int(),
  queueItem: z
    .object({ id: z.number().int(), actions: actionsSchema })
    .nullish(),
  builds: z.array(
    z.object({
      number: z.number().int(),
      queueId: z.number().int().nullish(),
      actions: actionsSchema,
    }),
  ),
});
type Newest = z.output<typeof newestSchema>;

/** Whether it is a restart from this stage of this run; Jenkins tells both only in words. */
function isRestart(
  actions: z.output<typeof actionsSchema>,
  run: number,
  stage: string,
): boolean {
  return actions
    .flatMap(action => action?.causes ?? [])
    .some(
      ({ _class, shortDescription = '' }) =>
        _class === RESTART_CAUSE &&
        shortDescription?.includes(`#${run}`) &&
        shortDescription.includes(stage),
    );
}

/** Restarts of declarative pipelines from one of their stages. */
export class JenkinsRestarts {
  readonly #client: JenkinsClient;
  readonly #addresses: JenkinsAddresses;

  constructor(client: JenkinsClient, addresses: JenkinsAddresses) {
    this.#client = client;
    this.#addresses = addresses;
  }

  /** None while the run goes on, and when it cannot be restarted at all: Jenkins then has no such page. */
  async stages(
    ref: EnginePipelineRef,
    run: number,
    options: EngineCallOptions = {},
  ): Promise<string[]> {
    try {
      const answer = await this.#client.json(restartSchema, {
        path: path`${this.#addresses.run(ref, run)}/restart/api/json`,
        query: { tree: 'restartEnabled,restartableStages' },
        what: `the restartable stages of ${runWords(ref, run)}`,
        ...options,
      });
      return answer.restartEnabled ? (answer.restartableStages ?? []) : [];
    } catch (error) {
      if (error instanceof NotFoundError) return [];
      throw error;
    }
  }

  /**
   * Jenkins does not say what it put into its queue, so that the new run is looked for.
   *
   * @returns undefined when it was started but not found in time
   * @throws ConflictError when the run cannot be restarted from there
   */
  async restart(
    ref: EnginePipelineRef,
    run: number,
    stage: string,
    options: EngineCallOptions = {},
  ): Promise<EngineStarted | undefined> {
    const what = `the stage "${stage}" of ${runWords(ref, run)}`;
    const refused = (words: string) =>
      new ConflictError(
        `${this.#client.system} cannot restart from ${what}: ${words}`,
      );
    const before = await this.#newest(ref, options);
    let data: z.output<typeof resultSchema>['data'];
    try {
      ({ data } = await this.#client.postJson(resultSchema, {
        path: path`${this.#addresses.run(ref, run)}/restart/restartPipeline`,
        query: { stageName: stage },
        what,
        ...options,
      }));
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      throw refused(
        'it goes on, is not declarative, or its pipeline does not allow restarts',
      );
    }
    if (data.success !== 'true') throw refused(data.message ?? 'not allowed');
    return this.#find(ref, { run, stage, before }, options);
  }

  async #find(
    ref: EnginePipelineRef,
    started: { run: number; stage: string; before: Newest },
    options: EngineCallOptions,
  ): Promise<EngineStarted | undefined> {
    const { run, stage, before } = started;
    for (const delay of LOOKS_MS) {
      await sleep(delay);
      const newest = await this.#newest(ref, options).catch(() => undefined);
      // it was started, also when nobody sees it now
      if (!newest) return undefined;
      const { queueItem, builds } = newest;
      const build = builds.findLast(
        item =>
          item.number >= before.nextBuildNumber &&
          isRestart(item.actions, run, stage),
      );
      const queueId =
        build?.queueId ??
        (queueItem && isRestart(queueItem.actions, run, stage)
          ? queueItem.id
          : undefined);
      if (queueId) return { queueId: String(queueId) };
    }
    return undefined;
  }

  #newest(ref: EnginePipelineRef, options: EngineCallOptions): Promise<Newest> {
    const actions = `actions[${CAUSES_TREE}]`;
    return this.#client.json(newestSchema, {
      path: path`${this.#addresses.job(ref)}/api/json`,
      query: {
        tree: `nextBuildNumber,queueItem[id,${actions}],builds[number,queueId,${actions}]{0,20}`,
      },
      what: pipelineWords(ref),
      ...options,
    });
  }
}
