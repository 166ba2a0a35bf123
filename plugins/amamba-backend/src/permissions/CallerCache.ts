import type { BackstageCredentials } from '@backstage/backend-plugin-api';

/**
 * How long what was learned for a caller is used without asking again. A right that was taken away may be read with for
 * so long; see docs/permissions.md.
 */
export const CALLER_CACHE_TTL_MS = 5_000;
const MAX_ENTRIES = 10_000;

/** Whether something that is kept will do. */
export interface Freshness {
  /** use nothing that is kept, and keep the new answer in its place */
  fresh?: boolean;
}

interface Entry<V> {
  /** when it was asked for, not when the answer came: it may be as old as that; milliseconds of `performance.now` */
  at: number;
  value: Promise<V>;
}

function isUser(principal: unknown): principal is { type: 'user' } {
  return (
    typeof principal === 'object' &&
    principal !== null &&
    'type' in principal &&
    principal.type === 'user'
  );
}

/**
 * What stands for a caller: all that the credentials say about the user, who may act in its name, and when they expire, so
 * that a new sign-in begins anew. Undefined for everybody else: what calls itself a service or nothing at all is not told
 * apart by its name, so nothing is kept for it.
 */
function callerKey(credentials: BackstageCredentials): string | undefined {
  const { principal, expiresAt } = credentials;
  return isUser(principal)
    ? JSON.stringify([principal, expiresAt?.getTime() ?? null])
    : undefined;
}

/**
 * Keeps for seconds what was asked in the name of a caller, apart for each of them: there is no way to look something up
 * without saying who asks. Who asks meanwhile shares the answer that is under way. Failures are not kept, and what is not
 * there (`undefined`) neither: somebody may be about to create it.
 */
export class CallerCache<V> {
  readonly #entries = new Map<string, Entry<V>>();
  readonly #ttlMs: number;
  readonly #maxEntries: number;

  constructor(options: { ttlMs?: number; maxEntries?: number } = {}) {
    this.#ttlMs = options.ttlMs ?? CALLER_CACHE_TTL_MS;
    this.#maxEntries = options.maxEntries ?? MAX_ENTRIES;
  }

  /** How many answers are kept. */
  get size(): number {
    return this.#entries.size;
  }

  /** @param about - what is asked, without the caller */
  async get(
    credentials: BackstageCredentials,
    about: readonly string[],
    load: () => Promise<V>,
    options: Freshness = {},
  ): Promise<V> {
    const loadOne = async () => [await load()];
    const [value] = await this.getMany(credentials, [about], loadOne, options);
    return value;
  }

  /**
   * Several answers, in the order asked.
   *
   * @param load - asks for those that are not known, by their places, once for all of them; answers in the order given
   */
  getMany(
    credentials: BackstageCredentials,
    abouts: readonly (readonly string[])[],
    load: (missing: number[]) => Promise<V[]>,
    options: Freshness = {},
  ): Promise<V[]> {
    const caller = callerKey(credentials);
    if (caller === undefined) return load([...abouts.keys()]);
    // a clock that nobody can set back
    const now = performance.now();
    const keys = abouts.map(about => JSON.stringify([caller, ...about]));
    const known = keys.map(key =>
      options.fresh ? undefined : this.#known(key, now),
    );
    const missing = [...keys.keys()].filter(i => !known[i]);
    const loaded = missing.length > 0 ? load(missing) : Promise.resolve([]);
    return Promise.all(
      keys.map(
        (key, i) =>
          known[i]?.value ??
          this.#keep(key, {
            at: now,
            value: loaded.then(values => values[missing.indexOf(i)]),
          }),
      ),
    );
  }

  /**
   * Begins to ask for what will be needed, so that several questions are asked at once instead of one after the other. Whoever
   * needs an answer hears what went wrong.
   */
  prepare(
    credentials: BackstageCredentials,
    abouts: readonly (readonly string[])[],
    load: (missing: number[]) => Promise<V[]>,
  ): void {
    if (callerKey(credentials) === undefined) return;
    this.getMany(credentials, abouts, load).catch(() => {});
  }

  #known(key: string, now: number): Entry<V> | undefined {
    const entry = this.#entries.get(key);
    return entry && now - entry.at < this.#ttlMs ? entry : undefined;
  }

  #keep(key: string, entry: Entry<V>): Promise<V> {
    // out and in again, so that the oldest stand first
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    const forget = () => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
    };
    entry.value.then(value => {
      if (value === undefined) forget();
    }, forget);
    if (this.#entries.size > this.#maxEntries) {
      const [oldest] = this.#entries.keys();
      this.#entries.delete(oldest);
    }
    return entry.value;
  }
}
