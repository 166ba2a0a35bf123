import type { KubeObject } from '@amamba/backstage-plugin-amamba-common';
import { toError } from '@backstage/errors';
import { setTimeout as sleep } from 'timers/promises';
import type { KubernetesClient } from '../client/types';
import { ChangeFeed } from './ChangeFeed';
import { ObjectStore } from './ObjectStore';
import {
  Reflector,
  REFLECTOR_TIMES,
  type ReflectorState,
  type ReflectorTimes,
} from './Reflector';
import { ScopeSink } from './ScopeSink';
import type { KindDescriptor, Rows, RowsChange, RowsStatus } from './types';

/** Milliseconds. */
export interface WatchCacheTimes extends ReflectorTimes {
  /** changes of this long are told together */
  gatherMs: number;
  /** a watch that nobody asked for this long is stopped, and its rows are forgotten */
  idleMs: number;
}

export const WATCH_CACHE_TIMES: WatchCacheTimes = {
  ...REFLECTOR_TIMES,
  gatherMs: 50,
  idleMs: 10 * 60_000,
};

/** The whole cluster, as a scope among the namespaces. */
const WHOLE = '';

/** The rows of one kind of one cluster, kept right by watching, as long as somebody asks. */
export class WatchCache<K extends KubeObject> {
  readonly #client: KubernetesClient;
  readonly #kind: KindDescriptor<K>;
  readonly #namespaces: () => Promise<readonly string[]>;
  readonly #times: WatchCacheTimes;
  readonly #store: ObjectStore<K>;
  readonly #feed: ChangeFeed<K>;
  readonly #reflectors = new Map<string, Reflector>();
  /** ends what was begun when the watch was started last */
  #running: AbortController | undefined;
  #scopeError: Error | undefined;
  #hasScope = false;
  #state: RowsStatus['state'] = 'stopped';
  #since = new Date();
  #askedAt = 0;
  #idleTimer: NodeJS.Timeout | undefined;
  /** ends the waiting of those who asked during the first fill */
  readonly #waiting = new Set<() => void>();

  constructor(options: {
    client: KubernetesClient;
    kind: KindDescriptor<K>;
    /** what to watch where the account may not read the whole cluster */
    namespaces: () => Promise<readonly string[]>;
    times?: WatchCacheTimes;
  }) {
    this.#client = options.client;
    this.#kind = options.kind;
    this.#namespaces = options.namespaces;
    this.#times = options.times ?? WATCH_CACHE_TIMES;
    this.#store = new ObjectStore(options.kind);
    this.#feed = new ChangeFeed(() => this.status, this.#times.gatherMs);
  }

  get kind(): KindDescriptor<K> {
    return this.#kind;
  }

  /** See `Cluster.rows`. */
  async rows(waitMs: number): Promise<Rows<K>> {
    this.#start();
    if (this.#state === 'filling') await this.#firstFill(waitMs);
    this.#askedAt = Date.now();
    const store = this.#store;
    return {
      status: this.status,
      all: () => store.all(),
      inNamespace: namespace => store.inNamespace(namespace),
      get: ref => store.get(ref),
      byUid: uid => store.byUid(uid),
      ownedBy: uid => store.ownedBy(uid),
    };
  }

  /** See `Cluster.subscribe`. */
  subscribe(listener: (change: RowsChange<K>) => void): () => void {
    const end = this.#feed.listen(listener);
    this.#start();
    return end;
  }

  get status(): RowsStatus {
    const states = [...this.#reflectors.values()];
    const failed = this.#failures();
    const asOf = states.map(reflector => reflector.asOf);
    const oldest = asOf.some(time => time === undefined)
      ? undefined
      : Math.min(...asOf.map(Number));
    return {
      state: this.#state,
      since: this.#since,
      ...(oldest !== undefined &&
        Number.isFinite(oldest) && { asOf: new Date(oldest) }),
      served: !states.some(({ state }) => state.type === 'absent'),
      objects: this.#store.size,
      bytes: this.#store.bytes,
      ...(failed[0] && { problem: failed[0].message }),
    };
  }

  /** Characters of JSON of all kept fields, as if equal parts were not stored once. */
  get keptBytes(): number {
    return this.#store.keptBytes;
  }

  /** The namespaces to watch are others now. */
  namespacesChanged(): void {
    const { signal } = this.#running ?? {};
    if (!signal || !this.#hasScope || this.#reflectors.has(WHOLE)) return;
    this.#watchNamespaces(signal).catch(() => {}); // the next change or start tries again
  }

  /** Ends the watch and forgets the rows. */
  stop(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.#hasScope = false;
    this.#scopeError = undefined;
    clearInterval(this.#idleTimer);
    for (const reflector of this.#reflectors.values()) reflector.stop();
    this.#reflectors.clear();
    this.#store.clear();
    this.#become('stopped');
  }

  #start(): void {
    this.#askedAt = Date.now();
    if (this.#running) return;
    this.#running = new AbortController();
    this.#become('filling');
    this.#idleTimer = setInterval(
      () => this.#stopWhenIdle(),
      Math.min(this.#times.idleMs, 60_000),
    );
    this.#idleTimer.unref();
    this.#findScope(this.#running.signal).catch(() => {}); // aborted
  }

  #stopWhenIdle(): void {
    const idleMs = Date.now() - this.#askedAt;
    const isWanted = this.#feed.hasListeners || this.#waiting.size > 0;
    if (idleMs >= this.#times.idleMs && !isWanted) this.stop();
  }

  /** Asks whether the account may read the whole cluster, and watches that, or each namespace. Asks until there is an answer. */
  async #findScope(signal: AbortSignal): Promise<void> {
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        if (!this.#kind.namespaced || (await this.#mayReadAll(signal))) {
          if (!signal.aborted) this.#watch(undefined);
        } else {
          await this.#watchNamespaces(signal);
        }
        this.#hasScope = true;
        this.#scopeError = undefined;
        this.#review();
        return;
      } catch (error) {
        if (signal.aborted) return;
        this.#scopeError = toError(error);
        this.#review();
        const { retryMinMs, retryMaxMs } = this.#times;
        const pauseMs = Math.min(retryMaxMs, retryMinMs * 2 ** attempt);
        await sleep(pauseMs * (0.5 + Math.random() / 2), undefined, { signal });
      }
    }
  }

  async #mayReadAll(signal: AbortSignal): Promise<boolean> {
    const { group, plural } = this.#kind;
    const answers = await Promise.all(
      ['list', 'watch'].map(verb =>
        this.#client.mayI({ verb, group, plural }, { signal }),
      ),
    );
    return answers.every(Boolean);
  }

  async #watchNamespaces(signal: AbortSignal): Promise<void> {
    const wanted = new Set(await this.#namespaces());
    if (signal.aborted) return;
    for (const [namespace, reflector] of this.#reflectors) {
      if (wanted.has(namespace)) continue;
      reflector.stop();
      this.#reflectors.delete(namespace);
      for (const object of this.#store.inNamespace(namespace)) {
        this.#store.delete(object.metadata);
        this.#feed.deleted(object);
      }
    }
    for (const namespace of wanted) {
      if (!this.#reflectors.has(namespace)) this.#watch(namespace);
    }
    this.#review();
  }

  #watch(namespace: string | undefined): void {
    const sink = new ScopeSink<K>({
      ...{ store: this.#store, namespace },
      listener: {
        upserted: object => this.#feed.upserted(object),
        deleted: object => this.#feed.deleted(object),
        changed: () => this.#review(),
      },
    });
    const reflector = new Reflector({
      client: this.#client,
      kind: this.#kind,
      ...{ namespace, sink, times: this.#times },
    });
    this.#reflectors.set(namespace ?? WHOLE, reflector);
    reflector.start();
  }

  #failures(): Error[] {
    if (this.#scopeError) return [this.#scopeError];
    return [...this.#reflectors.values()].flatMap(({ state }) =>
      state.type === 'failed' ? [state.error] : [],
    );
  }

  /** What the reflectors' states make together. */
  #review(): void {
    if (!this.#running) return;
    const types = new Set<ReflectorState['type']>(
      [...this.#reflectors.values()].map(({ state }) => state.type),
    );
    if (this.#scopeError || types.has('failed')) this.#become('stale');
    else if (!this.#hasScope || types.has('filling')) this.#become('filling');
    else this.#become('live');
    this.#feed.changed();
  }

  #become(state: RowsStatus['state']): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#since = new Date();
    if (state === 'filling') return;
    for (const end of [...this.#waiting]) end();
  }

  /** Until the first fill is there or failed. */
  async #firstFill(waitMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    let end = () => {};
    await new Promise<void>(resolve => {
      end = resolve;
      this.#waiting.add(end);
      timer = setTimeout(end, waitMs);
    });
    clearTimeout(timer);
    this.#waiting.delete(end);
  }
}
