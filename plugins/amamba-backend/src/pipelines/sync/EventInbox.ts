import type { EngineEvent } from '@amamba/backstage-plugin-amamba-node';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { PipelinesStore } from '../PipelinesStore';
import type { PipelineRecord } from '../records';
import { BackgroundLoop } from './BackgroundLoop';
import { isUnavailable } from './EngineDirectory';
import type { EventsStore, ReceivedEvent, StoredEvent } from './EventsStore';
import type { PipelineSync } from './PipelineSync';
import type { RunSync } from './RunSync';

const TICK_MS = 1_000;
const BATCH = 1_000;
/** things that are looked at at the same time */
const AT_ONCE = 4;
/** rows of one insert */
const MAX_INSERT = 200;
const LEASE_MS = 60_000;
const MAX_ATTEMPTS = 20;
const MAX_RETRY_MS = 15_000;

/** An event that waits to be written, and who waits for that. */
interface Waiting {
  event: ReceivedEvent;
  done(): void;
  failed(error: unknown): void;
}

/** What belongs together, in the order of the first of each. */
function groupsBy<T>(items: readonly T[], keyOf: (item: T) => unknown): T[][] {
  const groups = new Map<unknown, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}

/**
 * Takes events in and works them off later. An event is only a hint where to look: what it says is read again from the
 * engine, so that events may come twice, late, in any order or never.
 */
export class EventInbox {
  readonly #store: EventsStore;
  readonly #pipelines: PipelinesStore;
  readonly #runSync: RunSync;
  readonly #pipelineSync: PipelineSync;
  readonly #logger: LoggerService;
  readonly #owner: string;
  readonly #loop: BackgroundLoop;
  readonly #waiting: Waiting[] = [];
  #isWriting = false;

  constructor(options: {
    store: EventsStore;
    pipelines: PipelinesStore;
    runSync: RunSync;
    pipelineSync: PipelineSync;
    logger: LoggerService;
    owner: string;
  }) {
    this.#store = options.store;
    this.#pipelines = options.pipelines;
    this.#runSync = options.runSync;
    this.#pipelineSync = options.pipelineSync;
    this.#logger = options.logger;
    this.#owner = options.owner;
    this.#loop = new BackgroundLoop({
      name: 'Working off events',
      act: () => this.turn(),
      logger: options.logger,
    });
  }

  start(): void {
    this.#loop.start();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  /** Keeps an event. Resolves when it is in the database; many that come at once are written together. */
  receive(engine: string, event: EngineEvent): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({
        event: { engine, event, receivedAt: Date.now() },
        done,
        failed,
      });
      if (!this.#isWriting) this.#plan();
    });
  }

  /** Works off a batch. @returns milliseconds until the next turn */
  async turn(): Promise<number> {
    const lease = {
      owner: this.#owner,
      now: Date.now(),
      durationMs: LEASE_MS,
    };
    const events = await this.#store.claim(lease, BATCH);
    const queue = groupsBy(events, ({ engine, event: { ref } }) =>
      [engine, ref.workspace, ref.name].join('/'),
    );
    const worker = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        try {
          await this.#workOff(next);
        } catch (error) {
          // the database is gone: what is left is taken again when it is back
          queue.length = 0;
          throw error;
        }
      }
    };
    const work = await Promise.allSettled(
      Array.from({ length: AT_ONCE }, worker),
    );
    for (const part of work) {
      if (part.status === 'rejected') throw part.reason;
    }
    return events.length === BATCH ? 0 : TICK_MS;
  }

  /** Works off what is about one pipeline: one look at each of its runs is enough, however many events there are. */
  async #workOff(events: StoredEvent[]): Promise<void> {
    const [{ engine, event }] = events;
    const { workspace, name } = event.ref;
    let found: ReturnType<PipelinesStore['findInEngine']> | undefined;
    const find = () => {
      found ??= this.#pipelines.findInEngine(engine, workspace, name);
      return found;
    };
    const done: StoredEvent[] = [];
    for (const group of groupsBy(events, item => item.event.run)) {
      if (await this.#isLookedAt(group, find)) done.push(...group);
    }
    if (done.length > 0) {
      await this.#store.done(done.map(({ sequence }) => sequence));
    }
  }

  /** @returns whether its events are worked off; the others are to be tried again */
  async #isLookedAt(
    group: StoredEvent[],
    find: () => Promise<PipelineRecord | undefined>,
  ): Promise<boolean> {
    const [{ event }] = group;
    const newest = Math.max(...group.map(stored => stored.receivedAt));
    const attempts = Math.max(...group.map(stored => stored.attempts));
    try {
      await this.#look(await find(), event, newest);
      return true;
    } catch (error) {
      if (!isUnavailable(error)) {
        this.#logger.warn(
          `An event of ${event.ref.workspace}/${event.ref.name} was not worked off`,
          toError(error),
        );
      }
      // the reconciler finds what an event that is given up would have told
      if (attempts >= MAX_ATTEMPTS) return true;
      const pause = Math.min(1_000 * 2 ** attempts, MAX_RETRY_MS);
      await this.#store.retry(
        group.map(({ sequence }) => sequence),
        Date.now() + pause,
      );
      return false;
    }
  }

  async #look(
    pipeline: PipelineRecord | undefined,
    event: EngineEvent,
    receivedAt: number,
  ): Promise<void> {
    if (!pipeline || pipeline.deletingAt) return;
    if (event.run === undefined) await this.#pipelineSync.look(pipeline);
    else await this.#runSync.readSince(pipeline, event.run, receivedAt);
  }

  /** One insert at a time, of all that came meanwhile; what arrived together with the first is still on its way here. */
  #plan(): void {
    this.#isWriting = this.#waiting.length > 0;
    if (this.#isWriting) setImmediate(() => this.#write());
  }

  #write(): void {
    const batch = this.#waiting.splice(0, MAX_INSERT);
    this.#store
      .add(batch.map(({ event }) => event))
      .then(
        () => {
          batch.forEach(({ done }) => done());
          this.#loop.wake();
        },
        error => batch.forEach(({ failed }) => failed(error)),
      )
      .finally(() => this.#plan());
  }
}
