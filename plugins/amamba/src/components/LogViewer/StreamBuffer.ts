import { plainText } from './ansi';
import type { HeldLine } from './heldLines';
import { MAX_HELD_LINES, type LogSnapshot } from './LogWindow';

/** What came of a stream, as far as it is held. */
export interface StreamSnapshot extends LogSnapshot {
  /** keys of the lines that match the search, in their order */
  matches: readonly number[];
  /** lines that were let go, since the beginning */
  dropped: number;
}

/**
 * Lines of a log that only streams: the newest are held. While the reader goes along, old ones make room; while the reader reads, nothing
 * that is held goes, and when there is no room left nothing more is taken.
 */
export class StreamBuffer {
  readonly #max: number;
  #lines: HeldLine[] = [];
  /** of the first line that is held */
  #key = 0;
  #matches: number[] = [];
  #pattern: RegExp | undefined;
  #isFollowing = true;
  #dropped = 0;

  /** @param max - lines that are held at most; half of it while the reader goes along, so that there is room when that ends */
  constructor(max: number = MAX_HELD_LINES) {
    this.#max = max;
  }

  /** Whether the reader goes along. */
  set following(following: boolean) {
    this.#isFollowing = following;
    this.#trim();
  }

  /** No room is left for more. */
  get full(): boolean {
    return !this.#isFollowing && this.#lines.length >= this.#max;
  }

  /** Takes lines in. @returns how many there was room for */
  push(lines: readonly HeldLine[]): number {
    const room = this.#isFollowing
      ? lines.length
      : Math.max(0, this.#max - this.#lines.length);
    const taken = lines.slice(0, room);
    for (const line of taken) {
      if (this.#fits(line)) this.#matches.push(this.#key + this.#lines.length);
      this.#lines.push(line);
    }
    this.#trim();
    return taken.length;
  }

  /** Searches what is held, and what will come. */
  search(pattern: RegExp | undefined): void {
    this.#pattern =
      pattern && new RegExp(pattern.source, pattern.flags.replace('g', ''));
    this.#matches = this.#lines.flatMap((line, index) =>
      this.#fits(line) ? [this.#key + index] : [],
    );
  }

  /** Lets everything go. */
  clear(): void {
    this.#drop(this.#lines.length);
    this.#dropped = 0;
  }

  snapshot(): StreamSnapshot {
    return {
      lines: [...this.#lines],
      key: this.#key,
      // What is numbered are the places of lines, for the search to go to.
      first: this.#key,
      matches: [...this.#matches],
      dropped: this.#dropped,
      ...{ start: 0, end: 0, size: 0, before: 0, after: 0 },
      total: undefined,
      more: true,
    };
  }

  #fits({ text }: HeldLine): boolean {
    return this.#pattern?.test(plainText(text)) ?? false;
  }

  #trim(): void {
    const limit = this.#isFollowing ? Math.ceil(this.#max / 2) : this.#max;
    if (this.#lines.length > limit) this.#drop(this.#lines.length - limit);
  }

  #drop(count: number): void {
    this.#lines.splice(0, count);
    this.#key += count;
    this.#dropped += count;
    const kept = this.#matches.findIndex(key => key >= this.#key);
    this.#matches = kept < 0 ? [] : this.#matches.slice(kept);
  }
}
