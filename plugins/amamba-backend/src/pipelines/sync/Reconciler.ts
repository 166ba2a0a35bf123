import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { RunPollStore } from '../runs/RunPollStore';
import type { EngineDirectory } from './EngineDirectory';
import type { EventsStore } from './EventsStore';
import type { PipelineSync } from './PipelineSync';
import type { PipelineSyncStore } from './PipelineSyncStore';
import type { RunSync } from './RunSync';

const EVERY_SECONDS = 30;
/** Pipelines that are compared with their engine in one round: a steady, small load. */
const STEADY_BATCH = 100;
/** After an outage all of them are, until this time is over. */
const BUDGET_MS = 25_000;
const AT_ONCE = 4;
/** Longer without a round means that the portal itself was away. */
const AWAY_MS = 90_000;
/** A pipeline is not compared more often than this. */
const MIN_AGE_MS = 20_000;
const LEASE_MS = 60_000;
const KEEP_EVENTS_MS = 24 * 60 * 60 * 1000;

/** Mends what was missed: lost events, an engine or a portal that was away, a backend that died in the middle. */
export class Reconciler {
  readonly #engines: EngineDirectory;
  readonly #pipelines: PipelineSyncStore;
  readonly #polls: RunPollStore;
  readonly #events: EventsStore;
  readonly #pipelineSync: PipelineSync;
  readonly #runSync: RunSync;
  readonly #logger: LoggerService;
  readonly #owner: string;
  /** engines whose pipelines all have to be compared, since when */
  readonly #behind = new Map<string, number>();
  #lastRound = 0;

  constructor(options: {
    engines: EngineDirectory;
    pipelines: PipelineSyncStore;
    polls: RunPollStore;
    events: EventsStore;
    pipelineSync: PipelineSync;
    runSync: RunSync;
    logger: LoggerService;
    owner: string;
  }) {
    this.#engines = options.engines;
    this.#pipelines = options.pipelines;
    this.#polls = options.polls;
    this.#events = options.events;
    this.#pipelineSync = options.pipelineSync;
    this.#runSync = options.runSync;
    this.#logger = options.logger;
    this.#owner = options.owner;
    this.#engines.onRecovery(engine => this.#recovered(engine));
  }

  /** Has the scheduler call it, on one backend at a time. */
  async schedule(scheduler: SchedulerService): Promise<void> {
    await scheduler.scheduleTask({
      id: 'amamba-pipelines-reconcile',
      frequency: { seconds: EVERY_SECONDS },
      timeout: { minutes: 2 },
      initialDelay: { seconds: 2 },
      scope: 'global',
      fn: () => this.round(),
    });
  }

  /** One round over everything. */
  async round(): Promise<void> {
    const now = Date.now();
    if (now - this.#lastRound > AWAY_MS) {
      for (const id of this.#engines.ids) this.#behind.set(id, now);
    }
    this.#lastRound = now;
    await this.#pipelineSync.carryOutDue({
      owner: this.#owner,
      now,
      durationMs: LEASE_MS,
    });
    await Promise.all(this.#engines.ids.map(id => this.#engineRound(id)));
    await this.#events.purge(now - KEEP_EVENTS_MS);
  }

  async #engineRound(engine: string): Promise<void> {
    if (!(await this.#engines.check(engine))) return;
    const behindSince = this.#behind.get(engine);
    const until = Date.now() + BUDGET_MS;
    const before = behindSince ?? Date.now() - MIN_AGE_MS;
    let isDone = false;
    do {
      const batch = await this.#pipelines.claimUnchecked(engine, {
        now: Date.now(),
        before,
        limit: STEADY_BATCH,
      });
      const queue = [...batch];
      const worker = async () => {
        for (let next = queue.shift(); next; next = queue.shift()) {
          await this.#compare(next);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      isDone = batch.length < STEADY_BATCH;
    } while (behindSince !== undefined && !isDone && Date.now() < until);
    if (isDone) this.#behind.delete(engine);
  }

  async #compare(pipeline: Parameters<RunSync['reconcile']>[0]): Promise<void> {
    try {
      await this.#runSync.reconcile(pipeline);
    } catch (error) {
      this.#logger.debug(
        `${pipeline.workspace}/${pipeline.name} was not compared with its engine`,
        toError(error),
      );
    }
  }

  async #recovered(engine: string): Promise<void> {
    const now = Date.now();
    this.#behind.set(engine, now);
    await this.#pipelines.hurry(engine, now);
    await this.#polls.hurry(engine, now);
    await this.#events.hurry(engine, now);
  }
}
