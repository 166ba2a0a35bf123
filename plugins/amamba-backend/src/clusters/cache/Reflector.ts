import type { KubeObject } from '@amamba/backstage-plugin-amamba-common';
import { toError } from '@backstage/errors';
import { setTimeout as sleep } from 'timers/promises';
import { UpstreamError } from '../../http';
import { kubernetesDetails, ResourceExpiredError } from '../client/errors';
import type { KubernetesClient, WatchEvent } from '../client/types';
import type { KindDescriptor } from './types';

/** Milliseconds. */
export interface ReflectorTimes {
  /** pause after the first failure; doubles up to `retryMaxMs`, half of each is random */
  retryMinMs: number;
  retryMaxMs: number;
  /** pause before a kind is looked for again that the cluster does not have, or that the account may not read */
  absentMs: number;
}

export const REFLECTOR_TIMES: ReflectorTimes = {
  retryMinMs: 500,
  retryMaxMs: 15_000,
  absentMs: 30_000,
};

/** Who gets the objects. */
export interface ReflectorSink {
  /** a full list begins: what does not come until `synced` is gone */
  syncing(): void;
  upsert(object: KubeObject): void;
  deleted(object: KubeObject): void;
  synced(): void;
  /** the kind is not there: so are no objects */
  absent(): void;
  changed(): void;
}

/** How a reflector does. */
export type ReflectorState =
  /** the first list has not come whole */
  | { type: 'filling' }
  | { type: 'live' }
  /** the cluster does not have the kind */
  | { type: 'absent' }
  | { type: 'failed'; error: Error };

/**
 * Copies one kind of one cluster, all of it or one namespace, into a sink, and goes on doing so: fills by WatchList (or by pages where the
 * server does not know that), goes on by watching from where it was, begins anew when the server forgot that place or fell silent, and
 * pauses longer after every failure.
 */
export class Reflector {
  readonly #client: KubernetesClient;
  readonly #kind: KindDescriptor;
  readonly #namespace: string | undefined;
  readonly #sink: ReflectorSink;
  readonly #times: ReflectorTimes;
  readonly #stop = new AbortController();
  #state: ReflectorState = { type: 'filling' };
  #asOf: number | undefined;
  #resourceVersion: string | undefined;
  #failures = 0;
  #watchList = true;

  constructor(options: {
    client: KubernetesClient;
    kind: KindDescriptor;
    /** absent: the whole cluster */
    namespace?: string;
    sink: ReflectorSink;
    times?: ReflectorTimes;
  }) {
    this.#client = options.client;
    this.#kind = options.kind;
    this.#namespace = options.namespace;
    this.#sink = options.sink;
    this.#times = options.times ?? REFLECTOR_TIMES;
  }

  get state(): ReflectorState {
    return this.#state;
  }

  /** When the sink was last known to be right, in milliseconds since 1970; absent when it never was. */
  get asOf(): number | undefined {
    return this.#state.type === 'live' || this.#state.type === 'absent'
      ? Date.now()
      : this.#asOf;
  }

  /** Begins, and returns at once. */
  start(): void {
    this.#run().catch(() => {}); // only an abort gets here
  }

  stop(): void {
    this.#stop.abort();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const startedAt = Date.now();
      let pause = 0;
      try {
        await this.#session();
        // A server that closes at once must not be asked in a circle.
        if (Date.now() - startedAt < 1_000) pause = this.#times.retryMinMs;
      } catch (error) {
        if (signal.aborted) return;
        pause = this.#failed(toError(error));
      }
      if (pause > 0) await sleep(pause, undefined, { signal });
    }
  }

  /** Notes a failure; returns the pause in milliseconds. */
  #failed(error: Error): number {
    if (error instanceof ResourceExpiredError) {
      this.#resourceVersion = undefined;
      return Math.random() * this.#times.retryMinMs;
    }
    const { absentMs, retryMinMs, retryMaxMs } = this.#times;
    if (kubernetesDetails(error)?.type === 'notServed') {
      this.#resourceVersion = undefined;
      if (this.#state.type !== 'absent') {
        this.#sink.absent();
        this.#become({ type: 'absent' });
      }
      return absentMs;
    }
    const reason = error instanceof UpstreamError ? error.reason : undefined;
    if (reason === 'timeout') {
      // Silence is all that a server shows whose store was put back to an older state.
      this.#resourceVersion = undefined;
    }
    if (this.#watchList && error.name === 'InputError') {
      this.#watchList = false;
      return 0;
    }
    this.#failures++;
    const isFirstBreak = this.#failures === 1 && this.#state.type === 'live';
    if (!isFirstBreak) this.#become({ type: 'failed', error });
    if (reason === 'permission') return absentMs;
    const pause = Math.min(retryMaxMs, retryMinMs * 2 ** (this.#failures - 1));
    return isFirstBreak ? Math.random() * retryMinMs : pause * jitter();
  }

  /** One connection, until it ends. */
  async #session(): Promise<void> {
    if (this.#resourceVersion !== undefined) {
      await this.#follow(this.#resourceVersion);
    } else if (this.#watchList) {
      await this.#watch({ initialEvents: true });
    } else {
      await this.#list();
    }
  }

  async #follow(resourceVersion: string): Promise<void> {
    await this.#watch({
      resourceVersion,
      onOpen: () => {
        if (this.#state.type !== 'live') this.#live();
      },
    });
  }

  async #watch(
    options: Pick<
      Parameters<KubernetesClient['watch']>[1] & object,
      'initialEvents' | 'resourceVersion' | 'onOpen'
    >,
  ): Promise<void> {
    const events = this.#client.watch(this.#kind, {
      namespace: this.#namespace,
      metadataOnly: this.#kind.metadataOnly,
      signal: this.#stop.signal,
      ...options,
    });
    if (options.initialEvents) this.#sink.syncing();
    for await (const event of events) this.#take(event);
  }

  #take(event: WatchEvent): void {
    if (event.type === 'BOOKMARK') {
      this.#resourceVersion = event.resourceVersion;
      if (event.initial) this.#synced();
      this.#asOf = Date.now();
      return;
    }
    const { object } = event;
    if (event.type === 'DELETED') this.#sink.deleted(object);
    else this.#sink.upsert(object);
    // Versions of the first objects are in no order: the bookmark after them gives the one to go on from.
    if (this.#state.type === 'live' && this.#resourceVersion !== undefined) {
      this.#resourceVersion = object.metadata.resourceVersion;
    }
    this.#failures = 0;
  }

  /** Fills by pages, for servers that do not know WatchList. */
  async #list(): Promise<void> {
    const { signal } = this.#stop;
    const list = (next: string | undefined) => {
      const options = { namespace: this.#namespace, continue: next, signal };
      return this.#kind.metadataOnly
        ? this.#client.listMetadata(this.#kind, options)
        : this.#client.list(this.#kind, options);
    };
    this.#sink.syncing();
    let next: string | undefined;
    let resourceVersion: string;
    do {
      const page = await list(next);
      this.#takePage(page.items);
      next = page.continue;
      resourceVersion = page.resourceVersion;
    } while (next !== undefined);
    this.#resourceVersion = resourceVersion;
    this.#synced();
    await this.#follow(resourceVersion);
  }

  /** In a function of its own: a loop in the caller would hold the page while the next one is awaited. */
  #takePage(items: readonly KubeObject[]): void {
    for (const item of items) this.#sink.upsert(item);
  }

  #synced(): void {
    this.#sink.synced();
    this.#live();
  }

  #live(): void {
    this.#failures = 0;
    this.#become({ type: 'live' });
  }

  #become(state: ReflectorState): void {
    if (this.#state.type === 'live' && state.type !== 'live') {
      this.#asOf = Date.now();
    }
    this.#state = state;
    this.#sink.changed();
  }
}

/** Between a half and one, so that those who failed together do not come back together. */
function jitter(): number {
  return 0.5 + Math.random() / 2;
}
