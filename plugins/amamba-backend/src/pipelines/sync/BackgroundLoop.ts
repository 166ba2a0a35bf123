import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';

const MAX_BACKOFF_MS = 10_000;
/** Rest after a turn, as a part of what it took: a backlog must not take the whole process. */
const REST_SHARE = 2;
const MAX_REST_MS = 2_000;

/**
 * Repeats an act until it is stopped. What it throws – the database may be gone for a while – is said once and tried again
 * with growing pauses.
 */
export class BackgroundLoop {
  readonly #name: string;
  readonly #act: () => Promise<number>;
  readonly #logger: LoggerService;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #failures = 0;
  #restsUntil = 0;
  #isStopped = true;
  #isActing = false;
  #isWoken = false;

  /** @param options.act - returns after how many milliseconds to come again */
  constructor(options: {
    name: string;
    act(): Promise<number>;
    logger: LoggerService;
  }) {
    this.#name = options.name;
    this.#act = options.act;
    this.#logger = options.logger;
  }

  start(): void {
    this.#isStopped = false;
    this.#schedule(0);
  }

  /** Comes again soon. */
  wake(): void {
    if (this.#isStopped) return;
    if (this.#isActing) this.#isWoken = true;
    else this.#schedule(0);
  }

  /** Ends after what is being done. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #schedule(afterMs: number): void {
    clearTimeout(this.#timer);
    const wait = Math.max(afterMs, this.#restsUntil - Date.now());
    this.#timer = setTimeout(() => {
      this.#running = this.#turn().finally(() => {
        this.#running = undefined;
      });
    }, wait);
    this.#timer.unref();
  }

  async #turn(): Promise<void> {
    const begun = Date.now();
    let pause: number;
    this.#isWoken = false;
    this.#isActing = true;
    try {
      pause = await this.#act();
      if (this.#failures > 0) this.#logger.info(`${this.#name} works again`);
      this.#failures = 0;
    } catch (error) {
      if (this.#failures === 0) {
        this.#logger.warn(
          `${this.#name} failed and will be tried again`,
          toError(error),
        );
      }
      pause = Math.min(500 * 2 ** this.#failures, MAX_BACKOFF_MS);
      this.#failures += 1;
    }
    this.#isActing = false;
    const now = Date.now();
    this.#restsUntil = now + Math.min((now - begun) * REST_SHARE, MAX_REST_MS);
    if (!this.#isStopped) this.#schedule(this.#isWoken ? 0 : pause);
  }
}
