import type { KubeObject } from '@amamba/backstage-plugin-amamba-common';
import type { ObjectStore } from './ObjectStore';
import type { ReflectorSink } from './Reflector';

/** Who hears what happens to the rows. */
export interface StoreListener<K extends KubeObject> {
  upserted(object: K): void;
  deleted(object: K): void;
  /** state of a reflector */
  changed(): void;
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

/**
 * Writes what a reflector brings into the store: all of it, or one namespace. While a full list comes, rows of before stay; those that did
 * not come again are swept out at its end.
 */
export class ScopeSink<K extends KubeObject> implements ReflectorSink {
  readonly #store: ObjectStore<K>;
  readonly #namespace: string | undefined;
  readonly #listener: StoreListener<K>;
  /** what came since a full list began; absent: none is coming */
  #seen: Set<string> | undefined;

  constructor(options: {
    store: ObjectStore<K>;
    namespace: string | undefined;
    listener: StoreListener<K>;
  }) {
    this.#store = options.store;
    this.#namespace = options.namespace;
    this.#listener = options.listener;
  }

  syncing(): void {
    this.#seen = new Set();
  }

  upsert(object: KubeObject): void {
    this.#seen?.add(keyOf(object));
    const changed = this.#store.upsert(object);
    if (changed) this.#listener.upserted(changed);
  }

  deleted(object: KubeObject): void {
    this.#seen?.delete(keyOf(object));
    const kept = this.#store.delete(object.metadata);
    if (kept) this.#listener.deleted(kept);
  }

  synced(): void {
    const seen = this.#seen;
    this.#seen = undefined;
    if (seen) this.#sweep(object => !seen.has(keyOf(object)));
  }

  absent(): void {
    this.#seen = undefined;
    this.#sweep(() => true);
  }

  changed(): void {
    this.#listener.changed();
  }

  #sweep(isGone: (object: K) => boolean): void {
    const rows =
      this.#namespace === undefined
        ? [...this.#store.all()]
        : this.#store.inNamespace(this.#namespace);
    for (const object of rows) {
      if (isGone(object)) this.deleted(object);
    }
  }
}
