import type { ParameterValues } from '@amamba/backstage-plugin-amamba-common';
import type {
  EngineCallOptions,
  EngineLoad,
  EnginePipelineRef,
  EngineQueuedRun,
  EngineQueueItem,
  EngineStarted,
} from '@amamba/backstage-plugin-amamba-node';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { z } from 'zod';
import { path, UpstreamError } from '../../../http';
import {
  fullNameOf,
  PIPELINE_CLASS,
  pipelineWords,
  type JenkinsAddresses,
} from './addresses';
import { CAUSES_TREE, causeSchema, readCause, USER_CAUSE } from './causes';
import type { JenkinsClient } from './JenkinsClient';
import { readParameters, VALUES_TREE, valueSchema } from './runs';

/** runs to look through for one whose queue item Jenkins has forgotten, which it does after five minutes */
const RECENT_RUNS = 100;

const definitionSchema = z.object({
  name: z.string(),
  choices: z.array(z.string()).nullish(),
});
const jobSchema = z.object({
  buildable: z.boolean(),
  property: z.array(
    z
      .object({ parameterDefinitions: z.array(definitionSchema).nullish() })
      .nullable(),
  ),
});
const itemSchema = z.object({
  cancelled: z.boolean().nullish(),
  why: z.string().nullish(),
  executable: z.object({ number: z.number().int() }).nullish(),
});
const recentSchema = z.object({
  builds: z.array(
    z.object({ number: z.number().int(), queueId: z.number().nullish() }),
  ),
});
const waitingSchema = z.object({
  id: z.number().int(),
  why: z.string().nullish(),
  inQueueSince: z.number(),
  task: z
    .object({ _class: z.string().nullish(), url: z.string().nullish() })
    .nullish(),
  actions: z.array(
    z
      .object({
        causes: z.array(causeSchema).nullish(),
        parameters: z.array(valueSchema).nullish(),
      })
      .nullable(),
  ),
});
const queueSchema = z.object({ items: z.array(waitingSchema) });
const lengthSchema = z.object({ items: z.array(z.unknown()) });
const computersSchema = z.object({
  busyExecutors: z.number().int().nonnegative(),
  totalExecutors: z.number().int().nonnegative(),
});

/** Checks values against what the job asks for; Jenkins would silently ignore what it does not know. */
function formOf(
  values: ParameterValues,
  definitions: readonly z.output<typeof definitionSchema>[],
  what: string,
): Record<string, string> {
  const known = new Map(definitions.map(item => [item.name, item]));
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const definition = known.get(name);
      if (!definition) {
        throw new InputError(
          `${what} has no parameter "${name}". Parameters that only its Jenkinsfile declares are known after the first run`,
        );
      }
      const text = String(value);
      if (definition.choices && !definition.choices.includes(text)) {
        throw new InputError(
          `The parameter "${name}" of ${what} must be one of its choices`,
        );
      }
      return [name, text];
    }),
  );
}

/** Runs that are asked for and wait. */
export class JenkinsQueue {
  readonly #client: JenkinsClient;
  readonly #addresses: JenkinsAddresses;
  readonly #username: string;

  /** @param username - who the portal is to this Jenkins */
  constructor(
    client: JenkinsClient,
    addresses: JenkinsAddresses,
    username: string,
  ) {
    this.#client = client;
    this.#addresses = addresses;
    this.#username = username;
  }

  /**
   * Asks for a run at once, as the button in Jenkins does; the quiet period is for triggers. Equal requests that wait
   * become one in Jenkins, and then have the same queue id.
   */
  async start(
    ref: EnginePipelineRef,
    values: ParameterValues,
    options: EngineCallOptions = {},
  ): Promise<EngineStarted> {
    const what = pipelineWords(ref);
    const job = this.#addresses.job(ref);
    const { buildable, property } = await this.#client.json(jobSchema, {
      path: path`${job}/api/json`,
      query: { tree: 'buildable,property[parameterDefinitions[name,choices]]' },
      what,
      ...options,
    });
    if (!buildable) {
      throw new ConflictError(
        `${this.#client.system} does not run ${what}: it is disabled there. Enable it in Jenkins`,
      );
    }
    const definitions = property.flatMap(
      item => item?.parameterDefinitions ?? [],
    );
    const form = formOf(values, definitions, what);
    const answer = await this.#client.post({
      path: definitions.length
        ? path`${job}/buildWithParameters`
        : path`${job}/build`,
      query: { delay: '0sec' },
      body: { form },
      accept: [302, 303],
      what,
      ...options,
    });
    const queueId = /\/queue\/item\/(\d+)\/?$/.exec(
      answer.headers.location ?? '',
    )?.[1];
    if (!queueId) {
      throw new ConflictError(
        `${this.#client.system} did not put ${what} into its queue. It may be shutting down; see its own page`,
      );
    }
    return { queueId };
  }

  async item(
    ref: EnginePipelineRef,
    queueId: string,
    options: EngineCallOptions = {},
  ): Promise<EngineQueueItem> {
    try {
      const item = await this.#client.json(itemSchema, {
        path: path`/queue/item/${queueId}/api/json`,
        query: { tree: 'cancelled,why,executable[number]' },
        what: `the queue item ${queueId}`,
        ...options,
      });
      if (item.executable) {
        return { state: 'started', number: item.executable.number };
      }
      if (item.cancelled) return { state: 'cancelled' };
      return { state: 'queued', reason: item.why ?? undefined };
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
    }
    const number = await this.#runOf(ref, Number(queueId), options);
    return number === undefined
      ? { state: 'gone' }
      : { state: 'started', number };
  }

  /** Runs of pipelines that the portal's own account has asked for; steps that wait for an agent are no runs. */
  async list(
    limit: number,
    options: EngineCallOptions = {},
  ): Promise<EngineQueuedRun[]> {
    try {
      const { items } = await this.#client.json(queueSchema, {
        path: path`/queue/api/json`,
        query: {
          tree: `items[id,why,inQueueSince,task[url],actions[${CAUSES_TREE},${VALUES_TREE}]]{0,${limit}}`,
        },
        what: 'its queue',
        ...options,
      });
      return items.flatMap(item => this.#own(item) ?? []);
    } catch (error) {
      const isTooMuch =
        error instanceof UpstreamError && error.reason === 'tooLarge';
      if (!isTooMuch || limit === 1) throw error;
      return this.list(Math.ceil(limit / 4), options);
    }
  }

  /** How much waits, of anybody, and how many executors are at work: two small requests. */
  async load(options: EngineCallOptions = {}): Promise<EngineLoad> {
    const [{ items }, computers] = await Promise.all([
      this.#client.json(lengthSchema, {
        path: path`/queue/api/json`,
        query: { tree: 'items[id]' },
        what: 'the length of its queue',
        ...options,
      }),
      this.#client.json(computersSchema, {
        path: path`/computer/api/json`,
        query: { tree: 'busyExecutors,totalExecutors' },
        what: 'its executors',
        ...options,
      }),
    ]);
    const { busyExecutors: busy, totalExecutors: total } = computers;
    return { queued: items.length, executors: { busy, total } };
  }

  #own(item: z.output<typeof waitingSchema>): EngineQueuedRun | undefined {
    const actions = item.actions.flatMap(action => action ?? []);
    const causes = actions.flatMap(action => action.causes ?? []);
    // ids of users ignore case unless an administrator wants it otherwise
    const isOwn = causes.some(
      ({ _class, userId }) =>
        _class === USER_CAUSE &&
        userId?.toLowerCase() === this.#username.toLowerCase(),
    );
    const { _class, url } = item.task ?? {};
    const ref =
      isOwn && _class === PIPELINE_CLASS
        ? this.#addresses.refOf(fullNameOf(url ?? '') ?? '')
        : undefined;
    return (
      ref && {
        ref,
        queueId: String(item.id),
        cause: readCause(causes),
        queuedAt: new Date(item.inQueueSince),
        reason: item.why ?? undefined,
        parameters: readParameters(actions),
      }
    );
  }

  /** @throws ConflictError when it has started or was cancelled meanwhile */
  async cancel(
    queueId: string,
    options: EngineCallOptions = {},
  ): Promise<void> {
    const what = `the queue item ${queueId}`;
    try {
      await this.#client.post({
        path: path`/queue/cancelItem`,
        query: { id: queueId },
        accept: [302],
        what,
        ...options,
      });
    } catch (error) {
      const isTooLate =
        error instanceof NotFoundError || error instanceof InputError;
      if (!isTooLate) throw error;
      throw new ConflictError(
        `${this.#client.system} cannot cancel ${what} any more: it has started or is cancelled already`,
      );
    }
  }

  async #runOf(
    ref: EnginePipelineRef,
    queueId: number,
    options: EngineCallOptions,
  ): Promise<number | undefined> {
    const { builds } = await this.#client.json(recentSchema, {
      path: path`${this.#addresses.job(ref)}/api/json`,
      query: { tree: `builds[number,queueId]{0,${RECENT_RUNS}}` },
      what: pipelineWords(ref),
      ...options,
    });
    return builds.find(build => build.queueId === queueId)?.number;
  }
}
