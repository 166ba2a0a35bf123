import type { KubeObject } from '@amamba/backstage-plugin-amamba-common';
import { Pool } from './Pool';
import {
  ownPartsOf,
  releaseParts,
  shareParts,
  type OwnParts,
  type Sizes,
} from './sharing';
import type { KindDescriptor } from './types';
import { sameValue } from './values';

const NONE: readonly never[] = [];
/** Namespace of what has none. */
const CLUSTER = '';

function withoutVersion({ metadata, ...rest }: KubeObject) {
  const { resourceVersion: _version, ...others } = metadata;
  return { ...rest, metadata: others };
}

/** Objects of one kind, cut down to what is kept, with equal parts stored once, and found by name, uid and owner. */
export class ObjectStore<K extends KubeObject> {
  readonly #kind: KindDescriptor<K>;
  readonly #own: OwnParts;
  readonly #pool = new Pool();
  readonly #byNamespace = new Map<string, Map<string, K>>();
  readonly #byUid = new Map<string, K>();
  readonly #byOwner = new Map<string, Set<K>>();
  readonly #sizes: Sizes = { own: 0, all: 0 };

  constructor(kind: KindDescriptor<K>) {
    this.#kind = kind;
    this.#own = ownPartsOf(kind.unshared);
  }

  get size(): number {
    return this.#byUid.size;
  }

  /** Characters of JSON that are held, equal parts once. */
  get bytes(): number {
    return this.#sizes.own + this.#pool.bytes;
  }

  /** Characters of JSON of all kept fields, as if nothing were shared. */
  get keptBytes(): number {
    return this.#sizes.all;
  }

  *all(): Iterable<K> {
    yield* this.#byUid.values();
  }

  inNamespace(namespace: string): readonly K[] {
    const found = this.#byNamespace.get(namespace);
    return found ? [...found.values()] : NONE;
  }

  /** Number of objects in a namespace. */
  get({ namespace = CLUSTER, name }: { namespace?: string; name: string }) {
    return this.#byNamespace.get(namespace)?.get(name);
  }

  byUid(uid: string): K | undefined {
    return this.#byUid.get(uid);
  }

  ownedBy(uid: string): readonly K[] {
    const found = this.#byOwner.get(uid);
    return found ? [...found] : NONE;
  }

  /** Takes an object in its newest form. Returns it as kept, or undefined when nothing of what is kept changed. */
  upsert(received: KubeObject): K | undefined {
    const { namespace, name, resourceVersion } = received.metadata;
    const before = this.get({ namespace, name });
    if (before?.metadata.resourceVersion === resourceVersion && before) {
      return undefined;
    }
    const { object, sizes } = shareParts(
      this.#kind.keep(received),
      this.#own,
      this.#pool,
    );
    if (before) this.#remove(before);
    this.#sizes.own += sizes.own;
    this.#sizes.all += sizes.all;
    this.#insert(object);
    const same =
      before && sameValue(withoutVersion(before), withoutVersion(object));
    return same ? undefined : object;
  }

  /** Forgets an object; returns what was kept of it. */
  delete({ namespace, name }: { namespace?: string; name: string }) {
    const before = this.get({ namespace, name });
    if (before) this.#remove(before);
    return before;
  }

  clear(): void {
    for (const object of [...this.#byUid.values()]) this.#remove(object);
  }

  #insert(object: K): void {
    const { namespace = CLUSTER, name, uid, ownerReferences } = object.metadata;
    let names = this.#byNamespace.get(namespace);
    if (!names) this.#byNamespace.set(namespace, (names = new Map()));
    names.set(name, object);
    if (uid !== undefined) this.#byUid.set(uid, object);
    for (const owner of ownerReferences ?? []) {
      const owned = this.#byOwner.get(owner.uid);
      if (owned) owned.add(object);
      else this.#byOwner.set(owner.uid, new Set([object]));
    }
  }

  #remove(object: K): void {
    const { namespace = CLUSTER, name, uid, ownerReferences } = object.metadata;
    const names = this.#byNamespace.get(namespace);
    names?.delete(name);
    if (names?.size === 0) this.#byNamespace.delete(namespace);
    if (uid !== undefined) this.#byUid.delete(uid);
    for (const owner of ownerReferences ?? []) {
      const owned = this.#byOwner.get(owner.uid);
      owned?.delete(object);
      if (owned?.size === 0) this.#byOwner.delete(owner.uid);
    }
    const sizes = releaseParts(object, this.#own, this.#pool);
    this.#sizes.own -= sizes.own;
    this.#sizes.all -= sizes.all;
  }
}
