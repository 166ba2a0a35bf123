import type { LogChunk } from '@amamba/backstage-plugin-amamba-common';
import { sgrAfter } from './ansi';
import { bytesOf, linesOf, type HeldLine, type StoredLine } from './heldLines';

/** Lines of a log that are held at most; more are asked for again when they are looked at. */
export const MAX_HELD_LINES = 20_000;

/** Before anything is known. */
const ASSUMED_LINE_BYTES = 80;

/** What is held of a log, and where it stands in the whole. Never changes. */
export interface LogSnapshot {
  lines: readonly HeldLine[];
  /** of the first line; grows by one a line and stays with its line while others come and go */
  key: number;
  /** number of the first line; undefined when not known */
  first: number | undefined;
  /** byte offsets of what is held */
  start: number;
  end: number;
  /** bytes of the whole log */
  size: number;
  /** lines before and after those held; estimated from bytes when not known */
  before: number;
  after: number;
  /** lines of the whole log, when known */
  total: number | undefined;
  /** the log may go on */
  more: boolean;
}

/**
 * A window on a log of any size: neighbouring ranges grow it, others replace it, and lines far from where it
 * grew are let go.
 */
export class LogWindow {
  readonly #max: number;
  #lines: StoredLine[] = [];
  #key = 0;
  #first: number | undefined;
  #start = 0;
  #end = 0;
  #size = 0;
  /** the size is that of the text, not what the engine stores for it */
  #sized = false;
  #total: number | undefined;
  #more = true;

  /** @param max - lines that are held at most */
  constructor(max: number = MAX_HELD_LINES) {
    this.#max = max;
  }

  /**
   * Takes in a range.
   * @param chunk - a range as the API gives it
   * @param keep - which end of a range too large to be held matters, when it replaces what is held
   */
  put(chunk: LogChunk, keep: 'start' | 'end' = 'start'): void {
    const toEnd = chunk.end >= chunk.size;
    if (chunk.more || toEnd || !this.#sized) this.#size = chunk.size;
    this.#sized ||= toEnd;
    this.#more = chunk.more;
    const lines = linesOf(chunk);
    const first = chunk.firstLine ?? (chunk.start === 0 ? 1 : undefined);
    const { start, end } = chunk;
    if (this.#lines.length === 0) {
      this.#replace(chunk, lines, first, keep);
    } else if (lines.length > 0) {
      const inside = start >= this.#start && end <= this.#end;
      const behind = start >= this.#start && start <= this.#end;
      const ahead = end >= this.#start && end <= this.#end;
      const joined =
        inside ||
        (behind && this.#append(chunk, lines, first)) ||
        (!behind && ahead && this.#prepend(chunk, lines, first));
      if (!joined) this.#replace(chunk, lines, first, keep);
    }
    this.#total = chunk.lines ?? this.#countedTotal() ?? this.#total;
  }

  /** Lets everything go. */
  clear(): void {
    this.#key += this.#lines.length;
    this.#lines = [];
    this.#first = undefined;
    this.#start = 0;
    this.#end = 0;
    this.#sized = false;
    this.#total = undefined;
  }

  /** Whether a line is held. */
  holds(line: number): boolean {
    return (
      this.#first !== undefined &&
      line >= this.#first &&
      line < this.#first + this.#lines.length
    );
  }

  get start(): number {
    return this.#start;
  }

  get end(): number {
    return this.#end;
  }

  get count(): number {
    return this.#lines.length;
  }

  /** Whether as many lines are held as may be. */
  get full(): boolean {
    return this.#lines.length >= this.#max;
  }

  /** Bytes of the whole log. */
  get size(): number {
    return this.#size;
  }

  snapshot(): LogSnapshot {
    const average =
      this.#lines.length > 0
        ? Math.max(1, (this.#end - this.#start) / this.#lines.length)
        : ASSUMED_LINE_BYTES;
    const rest = Math.max(0, this.#size - this.#end);
    const first = this.#first;
    const after =
      this.#total !== undefined && first !== undefined
        ? this.#total - (first - 1) - this.#lines.length
        : Math.ceil(rest / average);
    return {
      lines: [...this.#lines],
      key: this.#key,
      first,
      start: this.#start,
      end: this.#end,
      size: this.#size,
      before:
        first === undefined ? Math.ceil(this.#start / average) : first - 1,
      after: rest === 0 ? 0 : Math.max(0, after),
      total: this.#total,
      more: this.#more,
    };
  }

  /** The number of lines of the log, when its last one is held. */
  #countedTotal(): number | undefined {
    return this.#first !== undefined && this.#end >= this.#size
      ? this.#first - 1 + this.#lines.length
      : undefined;
  }

  #replace(
    chunk: LogChunk,
    lines: StoredLine[],
    first: number | undefined,
    keep: 'start' | 'end',
  ): void {
    const dropped = Math.max(0, lines.length - this.#max);
    const skipped = keep === 'end' ? dropped : 0;
    // a gap in the keys keeps lines that are gone apart from those that came
    this.#key += this.#lines.length + this.#max;
    this.#lines = lines.slice(skipped, skipped + this.#max);
    this.#first = first === undefined ? undefined : first + skipped;
    this.#start = chunk.start + bytesOf(lines.slice(0, skipped));
    this.#end = chunk.end - bytesOf(lines.slice(skipped + this.#max));
    this.#colour(0, '');
  }

  /** Adds lines at the end; false when they do not follow what is held. */
  #append(
    chunk: LogChunk,
    lines: StoredLine[],
    first: number | undefined,
  ): boolean {
    let kept = this.#lines.length;
    if (first !== undefined && this.#first !== undefined) {
      kept = first - this.#first;
      if (kept < 0 || kept > this.#lines.length) return false;
    } else {
      let end = this.#end;
      while (kept > 0 && end > chunk.start) {
        kept -= 1;
        end -= this.#lines[kept].bytes;
      }
    }
    const accepted = lines.slice(0, Math.ceil(this.#max / 2));
    if (this.#first === undefined && first !== undefined) {
      this.#first = first - kept;
    }
    this.#lines.splice(kept, Infinity, ...accepted);
    this.#end = chunk.end - bytesOf(lines.slice(accepted.length));
    this.#colour(kept, this.#stateBefore(kept));

    const surplus = this.#lines.length - this.#max;
    if (surplus > 0) {
      this.#start += bytesOf(this.#lines.splice(0, surplus));
      this.#key += surplus;
      if (this.#first !== undefined) this.#first += surplus;
    }
    return true;
  }

  /** Adds lines at the beginning; false when what is held does not follow them. */
  #prepend(
    chunk: LogChunk,
    lines: StoredLine[],
    first: number | undefined,
  ): boolean {
    let used = lines.length;
    if (first !== undefined && this.#first !== undefined) {
      used = this.#first - first;
      if (used < 0 || used > lines.length) return false;
    } else {
      let end = chunk.end;
      while (used > 0 && end > this.#start) {
        used -= 1;
        end -= lines[used].bytes;
      }
    }
    const skipped = Math.max(0, used - Math.ceil(this.#max / 2));
    const accepted = lines.slice(skipped, used);
    this.#lines.unshift(...accepted);
    this.#key -= accepted.length;
    this.#start = chunk.start + bytesOf(lines.slice(0, skipped));
    this.#first =
      first === undefined
        ? this.#first && this.#first - accepted.length
        : first + skipped;
    this.#colour(0, '', accepted.length);

    const surplus = this.#lines.length - this.#max;
    if (surplus > 0) {
      this.#end -= bytesOf(this.#lines.splice(this.#max));
    }
    return true;
  }

  #stateBefore(index: number): string {
    const before = this.#lines[index - 1];
    return before ? sgrAfter(before.state, before.text) : '';
  }

  /**
   * Carries colours from line to line.
   * @param from - first line to colour
   * @param state - colours in force before it
   * @param known - lines from this index on are coloured already, and right as soon as one is
   */
  #colour(from: number, state: string, known: number = Infinity): void {
    let current = state;
    for (let index = from; index < this.#lines.length; index++) {
      const line = this.#lines[index];
      if (index >= known && line.state === current) return;
      // lines that a snapshot may hold are replaced, not changed
      if (line.state !== current)
        this.#lines[index] = { ...line, state: current };
      if (current !== '' || line.text.includes('\u001b'))
        current = sgrAfter(current, line.text);
    }
  }
}
