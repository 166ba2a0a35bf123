import type { EngineEvent } from '@amamba/backstage-plugin-amamba-node';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { PipelinesStore } from '../PipelinesStore';
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
      if (!this.#isWriting) this.#write();
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
    const groups = new Map<string, StoredEvent[]>();
    for (const stored of events) {
      const { ref, run } = stored.event;
      const key = [stored.engine, ref.workspace, ref.name, run].join('/');
      const group = groups.get(key);
      if (group) group.push(stored);
      else groups.set(key, [stored]);
    }
    const queue = [...groups.values()];
    const worker = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        await this.#workOff(next);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return events.length === BATCH ? 0 : TICK_MS;
  }

  /** All events of a group are about the same thing: one look at it is enough. */
  async #workOff(group: StoredEvent[]): Promise<void> {
    const sequences = group.map(({ sequence }) => sequence);
    const [{ engine, event }] = group;
    const newest = Math.max(...group.map(stored => stored.receivedAt));
    const attempts = Math.max(...group.map(stored => stored.attempts));
    try {
      await this.#look(engine, event, newest);
      await this.#store.done(sequences);
    } catch (error) {
      if (!isUnavailable(error)) {
        this.#logger.warn(
          `An event of ${event.ref.workspace}/${event.ref.name} was not worked off`,
          toError(error),
        );
      }
      // the reconciler finds what an event that is given up would have told
      if (attempts >= MAX_ATTEMPTS) await this.#store.done(sequences);
      else {
        const pause = Math.min(1_000 * 2 ** attempts, MAX_RETRY_MS);
        await this.#store.retry(sequences, Date.now() + pause);
      }
    }
  }

  async #look(
    engine: string,
    event: EngineEvent,
    receivedAt: number,
  ): Promise<void> {
    const { workspace, name } = event.ref;
    const pipeline = await this.#pipelines.findInEngine(
      engine,
      workspace,
      name,
    );
    if (!pipeline || pipeline.deletingAt) return;
    if (event.run === undefined) await this.#pipelineSync.look(pipeline);
    else await this.#runSync.readSince(pipeline, event.run, receivedAt);
  }

  #write(): void {
    const batch = this.#waiting.splice(0, MAX_INSERT);
    this.#isWriting = batch.length > 0;
    if (!this.#isWriting) return;
    // the same event twice in one insert is one too many for PostgreSQL only when it updates; here the first one wins
    this.#store
      .add(batch.map(({ event }) => event))
      .then(
        () => {
          batch.forEach(({ done }) => done());
          this.#loop.wake();
        },
        error => batch.forEach(({ failed }) => failed(error)),
      )
      .finally(() => this.#write());
  }
}
