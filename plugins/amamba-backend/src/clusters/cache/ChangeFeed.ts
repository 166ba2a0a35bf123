import type { KubeObject } from '@amamba/backstage-plugin-amamba-common';
import type { RowsChange, RowsStatus } from './types';

type Listener<K extends KubeObject> = (change: RowsChange<K>) => void;

interface Gathered<K extends KubeObject> {
  object: K;
  isDeleted: boolean;
}

/** Gathers changes for some milliseconds, each object once, and tells those who listen. */
export class ChangeFeed<K extends KubeObject> {
  readonly #listeners = new Set<Listener<K>>();
  readonly #status: () => RowsStatus;
  readonly #gatherMs: number;
  #gathered = new Map<string, Gathered<K>>();
  #timer: NodeJS.Timeout | undefined;

  constructor(status: () => RowsStatus, gatherMs: number) {
    this.#status = status;
    this.#gatherMs = gatherMs;
  }

  get hasListeners(): boolean {
    return this.#listeners.size > 0;
  }

  /** @returns ends it */
  listen(listener: Listener<K>): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  upserted(object: K): void {
    this.#gather(object, false);
  }

  deleted(object: K): void {
    this.#gather(object, true);
  }

  /** The status changed, if nothing else. */
  changed(): void {
    if (!this.hasListeners) return;
    this.#timer ??= setTimeout(() => this.#tell(), this.#gatherMs);
    this.#timer.unref();
  }

  #gather(object: K, isDeleted: boolean): void {
    if (!this.hasListeners) return;
    const { namespace = '', name } = object.metadata;
    this.#gathered.set(`${namespace}/${name}`, { object, isDeleted });
    this.changed();
  }

  #tell(): void {
    this.#timer = undefined;
    const gathered = [...this.#gathered.values()];
    this.#gathered = new Map();
    const of = (isDeleted: boolean) =>
      gathered
        .filter(change => change.isDeleted === isDeleted)
        .map(({ object }) => object);
    const change: RowsChange<K> = {
      upserted: of(false),
      deleted: of(true),
      status: this.#status(),
    };
    for (const listener of [...this.#listeners]) listener(change);
  }
}
