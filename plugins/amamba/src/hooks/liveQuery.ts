/** What a query knows at one moment. */
export interface QueryState<T> {
  data?: T;
  /** of the newest attempt; the data of an earlier one stays */
  error?: Error;
  /** an attempt is under way */
  busy: boolean;
  /** when the data came, epoch milliseconds */
  at?: number;
}

/** At most one attempt in this time, however many signals come. */
const MIN_GAP_MS = 500;
/** Data older than this is asked for again when the tab comes back. */
const BACK_AFTER_MS = 10_000;
/** After errors the interval doubles up to this. */
const MAX_INTERVAL_MS = 120_000;

/**
 * Keeps one piece of data fresh: asks once at a time, again after what changed meanwhile, and never reports after
 * {@link LiveQuery.stop}. Knows nothing of React.
 */
export class LiveQuery<T> {
  readonly #load: (signal: AbortSignal) => Promise<T>;
  readonly #report: (state: QueryState<T>) => void;
  readonly #pollMs: number | undefined;
  readonly #onSurprise: (() => void) | undefined;
  #state: QueryState<T>;
  #attempt: AbortController | undefined;
  #startedAt = 0;
  #failures = 0;
  #again = false;
  /** something told of a change since the data was asked for */
  #told = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  /**
   * @param options - `pollMs`: ask at this interval while the tab is visible; undefined for what changes no more.
   *   `initial`: data to keep until newer comes. `onSurprise`: asking by the interval found what nothing had told of
   */
  constructor(options: {
    load: (signal: AbortSignal) => Promise<T>;
    report: (state: QueryState<T>) => void;
    pollMs?: number;
    onSurprise?: () => void;
    initial?: QueryState<T>;
  }) {
    this.#load = options.load;
    this.#report = options.report;
    this.#pollMs = options.pollMs;
    this.#onSurprise = options.onSurprise;
    this.#state = { ...options.initial, busy: false };
  }

  /** Asks now, or right after the attempt that is under way. */
  refresh(): void {
    if (this.#stopped) return;
    if (this.#attempt) {
      this.#again = true;
      return;
    }
    this.#ask();
  }

  /** Gives up what is under way and asks anew: the reader does not want to wait for it any longer. */
  restart(): void {
    this.#attempt?.abort();
    this.#attempt = undefined;
    this.refresh();
  }

  /** Asks soon: many changes in a row are one attempt. */
  changed(): void {
    if (this.#stopped) return;
    this.#told = true;
    if (this.#attempt) {
      this.#again = true;
      return;
    }
    const wait = this.#startedAt + MIN_GAP_MS - Date.now();
    if (wait <= 0) this.#ask();
    else this.#schedule(wait);
  }

  /** The tab came back, or the network did. */
  back(): void {
    const maxAgeMs = Math.min(this.#pollMs ?? BACK_AFTER_MS, BACK_AFTER_MS);
    if ((this.#state.at ?? 0) + maxAgeMs <= Date.now()) this.refresh();
    else this.#scheduleNext();
  }

  /** Ends it: what is under way is aborted. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#attempt?.abort();
  }

  async #ask(byInterval = false): Promise<void> {
    clearTimeout(this.#timer);
    const before = this.#state.data;
    const attempt = new AbortController();
    this.#attempt = attempt;
    this.#again = false;
    this.#startedAt = Date.now();
    this.#set({ ...this.#state, busy: true });
    try {
      const data = await this.#load(attempt.signal);
      if (this.#attempt !== attempt) return;
      this.#failures = 0;
      const surprise = byInterval && !this.#told && differs(before, data);
      this.#told = false;
      this.#set({ data, busy: false, at: Date.now() });
      if (surprise) this.#onSurprise?.();
    } catch (error) {
      if (this.#attempt !== attempt) return;
      this.#failures += 1;
      this.#set({
        ...this.#state,
        error: error instanceof Error ? error : new Error(String(error)),
        busy: false,
      });
    }
    this.#attempt = undefined;
    if (this.#stopped) return;
    if (this.#again) this.changed();
    else this.#scheduleNext();
  }

  #set(state: QueryState<T>): void {
    if (this.#stopped) return;
    this.#state = state;
    this.#report(state);
  }

  #scheduleNext(): void {
    if (this.#pollMs === undefined || document.visibilityState === 'hidden') {
      return;
    }
    this.#schedule(
      Math.min(this.#pollMs * 2 ** this.#failures, MAX_INTERVAL_MS),
    );
  }

  #schedule(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#pollMs !== undefined && document.visibilityState === 'hidden') {
        return;
      }
      if (!this.#attempt) this.#ask(!this.#told);
    }, ms);
  }
}

/** Whether something came that was not there; the first answer is no surprise. */
function differs(before: unknown, now: unknown): boolean {
  return before !== undefined && JSON.stringify(before) !== JSON.stringify(now);
}
