import { freeze, hashOf, sameValue, sizeOf } from './values';

interface Entry {
  value: unknown;
  users: number;
  size: number;
  /** another value with the same hash */
  next: Entry | undefined;
}

/**
 * Holds equal values once, counting who uses them. The pods of a Deployment have the same labels, owner and containers: stored once for all,
 * they take a fraction. Found by a hash and compared by content, because the text of a value as its key would
 * cost as much as the value.
 */
export class Pool {
  readonly #entries = new Map<number, Entry>();
  #bytes = 0;
  #count = 0;

  /** characters of JSON in all values, each counted once */
  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#count;
  }

  /** The one value that is equal to this one, frozen, with one user more; and its size in characters of JSON. */
  share<T>(value: T): { value: T; size: number } {
    const hash = hashOf(value);
    const first = this.#entries.get(hash);
    for (let entry = first; entry; entry = entry.next) {
      if (sameValue(entry.value, value)) {
        entry.users++;
        return { value: entry.value as T, size: entry.size };
      }
    }
    const size = sizeOf(value);
    this.#entries.set(hash, {
      ...{ value: freeze(value), users: 1, size },
      next: first,
    });
    this.#bytes += size;
    this.#count++;
    return { value, size };
  }

  /** One user less; the last one takes the value along. Returns its size. */
  release(value: unknown): number {
    const hash = hashOf(value);
    let before: Entry | undefined;
    let entry = this.#entries.get(hash);
    while (entry && !sameValue(entry.value, value)) {
      before = entry;
      entry = entry.next;
    }
    if (!entry) return 0;
    entry.users--;
    if (entry.users === 0) {
      if (before) before.next = entry.next;
      else if (entry.next) this.#entries.set(hash, entry.next);
      else this.#entries.delete(hash);
      this.#bytes -= entry.size;
      this.#count--;
    }
    return entry.size;
  }
}
