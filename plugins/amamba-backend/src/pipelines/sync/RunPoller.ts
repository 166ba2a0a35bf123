import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { RunRecord } from '../records';
import type { RunPollStore } from '../runs/RunPollStore';
import { BackgroundLoop } from './BackgroundLoop';
import { isUnavailable } from './EngineDirectory';
import type { RunSync } from './RunSync';

const TICK_MS = 300;
const MAX_AT_ONCE = 8;
/** Longer than any answer of an engine takes; then another backend may look. */
const LEASE_MS = 45_000;
const FIRST_INTERVAL_MS = 1_000;
const GROWTH = 1.3;
/** Longest pause for a run that somebody looks at or that has just begun, and for the others. */
const MAX_WATCHED_MS = 5_000;
const MAX_UNWATCHED_MS = 20_000;
const MAX_UNAVAILABLE_MS = 10_000;
const YOUNG_MS = 60_000;

/**
 * Milliseconds until a live run is looked at again: from one second on, slower while nothing changes, slower still when
 * nobody looks.
 */
export function pollInterval(
  run: Pick<RunRecord, 'queuedAt' | 'watchedUntil'>,
  step: number,
  now: number,
): number {
  const isWatched = run.watchedUntil > now || now - run.queuedAt < YOUNG_MS;
  return Math.round(
    Math.min(
      FIRST_INTERVAL_MS * GROWTH ** step,
      isWatched ? MAX_WATCHED_MS : MAX_UNWATCHED_MS,
    ),
  );
}

/** Follows live runs: engines tell neither stages nor approvals by themselves. */
export class RunPoller {
  readonly #store: RunPollStore;
  readonly #sync: RunSync;
  readonly #logger: LoggerService;
  readonly #owner: string;
  readonly #loop: BackgroundLoop;
  /** what is being looked at, by id of the run */
  readonly #busy = new Map<string, Promise<void>>();

  constructor(options: {
    store: RunPollStore;
    sync: RunSync;
    logger: LoggerService;
    /** id of this backend process */
    owner: string;
  }) {
    this.#store = options.store;
    this.#sync = options.sync;
    this.#logger = options.logger;
    // of its own: requests of this process take runs, too
    this.#owner = `${options.owner}/poller`;
    this.#loop = new BackgroundLoop({
      name: 'Following live runs',
      act: () => this.turn(),
      logger: options.logger,
    });
  }

  start(): void {
    this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
    await this.settled();
  }

  /** Looks at what is due. @returns milliseconds until the next turn */
  async turn(): Promise<number> {
    const free = MAX_AT_ONCE - this.#busy.size;
    if (free <= 0) return TICK_MS;
    const lease = {
      owner: this.#owner,
      now: Date.now(),
      durationMs: LEASE_MS,
    };
    const working = [...this.#busy.keys()];
    for (const run of await this.#store.claim(lease, free, working)) {
      const work = this.#look(run).finally(() => this.#busy.delete(run.id));
      this.#busy.set(run.id, work);
    }
    return TICK_MS;
  }

  /** Waits for what the last turn began; for tests. */
  async settled(): Promise<void> {
    await Promise.all(this.#busy.values());
  }

  async #look(run: RunRecord): Promise<void> {
    let next: { at: number; step: number };
    try {
      const changed = await this.#sync.refresh(run);
      const step = changed ? 0 : run.pollStep + 1;
      next = { at: Date.now() + pollInterval(run, step, Date.now()), step };
    } catch (error) {
      if (!isUnavailable(error)) {
        this.#logger.warn(`Run ${run.id} was not followed`, toError(error));
      }
      const step = Math.max(run.pollStep, 4) + 1;
      const pause = pollInterval(run, step, Date.now());
      next = { at: Date.now() + Math.min(pause, MAX_UNAVAILABLE_MS), step };
    }
    try {
      await this.#store.release(run.id, next);
    } catch (error) {
      // the next turn finds it
      this.#logger.debug(`Run ${run.id} was not given back`, toError(error));
    }
  }
}
