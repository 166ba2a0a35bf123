import type { Engine, Warning } from '@amamba/backstage-plugin-amamba-common';
import type { PipelineEngine } from '@amamba/backstage-plugin-amamba-node';
import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  InputError,
  isErrorWithName,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';
import { UpstreamError } from '../../http';
import type { EnginesStore } from './EnginesStore';

/** Answers of an engine that answers anyway are written down this often. */
const RECORD_EVERY_MS = 10_000;
const NOT_CONNECTED =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;

/** Whether an error means that the engine does not answer (as it should), instead of that it refuses. */
export function isUnavailable(error: unknown): boolean {
  return (
    error instanceof ServiceUnavailableError ||
    isErrorWithName(error, 'ServiceUnavailableError')
  );
}

function codeOf(error: unknown): string {
  return typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'string'
    ? error.code
    : '';
}

/** Whether a request may have been carried out although an error came back. */
export function mayHaveArrived(error: unknown): boolean {
  if (!isUnavailable(error)) return false;
  if (!(error instanceof UpstreamError)) return true;
  // it only looked: the request itself was not sent
  if (!error.changes) return false;
  return (
    error.reason === 'timeout' ||
    (error.reason === 'unreachable' &&
      !NOT_CONNECTED.test(codeOf(error.origin))) ||
    (error.reason === 'failed' && (error.upstreamStatus ?? 500) >= 500)
  );
}

/** The engines, and what is known of their health. Every call through it tells whether they answer. */
export class EngineDirectory {
  readonly #engines: Map<string, PipelineEngine>;
  readonly #store: EnginesStore;
  readonly #logger: LoggerService;
  readonly #recorded = new Map<string, { reachable: boolean; at: number }>();
  #onRecovery: (engine: string) => Promise<void> = async () => {};

  constructor(options: {
    engines: readonly PipelineEngine[];
    store: EnginesStore;
    logger: LoggerService;
  }) {
    this.#engines = new Map(options.engines.map(item => [item.id, item]));
    this.#store = options.store;
    this.#logger = options.logger;
  }

  /** @param act - what to do when an engine answers again */
  onRecovery(act: (engine: string) => Promise<void>): void {
    this.#onRecovery = act;
  }

  get ids(): string[] {
    return [...this.#engines.keys()];
  }

  /** @throws ServiceUnavailableError when the engine is no longer configured */
  get(id: string): PipelineEngine {
    const engine = this.#engines.get(id);
    if (!engine) {
      throw new ServiceUnavailableError(
        `The engine "${id}" is not configured any more. Add it to the configuration again.`,
      );
    }
    return engine;
  }

  /** @throws InputError naming the field when there is no such engine, or none at all */
  choose(id: string | undefined): PipelineEngine {
    const [first] = this.ids;
    if (first === undefined) {
      throw new InputError(
        'engine: no engine is configured. Add one under amamba.jenkins.instances.',
      );
    }
    const engine = this.#engines.get(id ?? first);
    if (!engine) {
      throw new InputError(
        `engine: there is no "${id}". There are: ${this.ids.join(', ')}`,
      );
    }
    return engine;
  }

  /** Calls an engine and remembers whether it answered. */
  async call<T>(
    id: string,
    act: (engine: PipelineEngine) => Promise<T>,
  ): Promise<T> {
    const engine = this.get(id);
    try {
      const result = await act(engine);
      this.#note(id, { reachable: true });
      return result;
    } catch (error) {
      if (isUnavailable(error)) {
        this.#note(id, { reachable: false, problem: toError(error).message });
      } else {
        this.#note(id, { reachable: true });
      }
      throw error;
    }
  }

  /** Asks an engine how it is. */
  async check(id: string): Promise<boolean> {
    const health = await this.get(id).health();
    const wasReachable = (await this.#store.all()).get(id)?.reachable;
    await this.#store.record(id, health, Date.now());
    this.#recorded.set(id, { reachable: health.reachable, at: Date.now() });
    if (health.reachable && wasReachable === false) await this.#onRecovery(id);
    return health.reachable;
  }

  /** All engines as they were last seen; asks none. */
  async list(): Promise<Engine[]> {
    const known = await this.#store.all();
    return [...this.#engines.values()].map(({ id, title, kind }) => {
      const health = known.get(id);
      return {
        id,
        title,
        kind,
        reachable: health?.reachable ?? false,
        version: health?.version,
        problem: health ? health.problem : 'It was not asked yet.',
        seenAt: health?.seenAt
          ? new Date(health.seenAt).toISOString()
          : undefined,
      };
    });
  }

  /** Which engines do not answer, and since when what lists show of them is old. */
  async warnings(): Promise<{ engine: string; warning: Warning }[]> {
    const known = await this.#store.all();
    const ids = new Set([...this.ids, ...known.keys()]);
    return [...ids].flatMap(id => {
      const engine = this.#engines.get(id);
      const health = known.get(id);
      // one that was not asked yet is not known to be broken
      if (engine && (!health || health.reachable)) return [];
      const since = health?.seenAt ?? health?.failingSince;
      const warning = {
        source: `jenkins:${id}`,
        message: engine
          ? (health?.problem ?? `${engine.title} does not answer`)
          : `The engine "${id}" is not configured any more`,
        since: since ? new Date(since).toISOString() : undefined,
      };
      return [{ engine: id, warning }];
    });
  }

  #note(id: string, health: { reachable: boolean; problem?: string }): void {
    const last = this.#recorded.get(id);
    const now = Date.now();
    const isOld = !last || now - last.at > RECORD_EVERY_MS;
    if (!isOld && last.reachable === health.reachable) return;
    this.#recorded.set(id, { reachable: health.reachable, at: now });
    this.#write(id, health, now, last?.reachable === false).catch(error =>
      this.#logger.warn('The health of an engine was not kept', toError(error)),
    );
  }

  async #write(
    id: string,
    health: { reachable: boolean; problem?: string },
    now: number,
    wasDown: boolean,
  ): Promise<void> {
    await this.#store.record(id, health, now);
    if (health.reachable && wasDown) await this.#onRecovery(id);
  }
}
