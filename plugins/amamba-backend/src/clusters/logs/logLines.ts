import { hashOf } from '../cache/values';

/** A line of a log. */
export interface LogLine {
  /** RFC 3339 with up to nine digits after the second, as the node wrote it */
  time: string;
  text: string;
}

const NEWLINE = 10;
const MAX_LINE_BYTES = 256_000;
const STAMP =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/;

/** The second that a time stands in, in milliseconds since 1970; undefined for what is no RFC 3339. */
export function secondOf(time: string): number | undefined {
  const match = STAMP.exec(time);
  if (!match) return undefined;
  const second = Date.parse(`${match[1]}${match[3]}`);
  return Number.isNaN(second) ? undefined : second;
}

/** Below 0 when the first time is earlier, above when it is later; 0 also for what is no RFC 3339. */
export function compareTimes(a: string, b: string): number {
  if (a === b) return 0;
  const [one, other] = [secondOf(a), secondOf(b)];
  if (one === undefined || other === undefined) return 0;
  if (one !== other) return one - other;
  const [left, right] = [a, b].map(time =>
    Number((STAMP.exec(time)?.[2] ?? '').padEnd(9, '0')),
  );
  return left - right;
}

/**
 * Cuts chunks of a log with timestamps into lines; gives those that a chunk ends. Bytes of one character may be spread over chunks. A line
 * of more than 256 kB is cut off.
 */
export class LogCutter {
  #parts: Buffer[] = [];
  #size = 0;
  #time = '';

  push(chunk: Buffer): LogLine[] {
    const lines: LogLine[] = [];
    let from = 0;
    let end = chunk.indexOf(NEWLINE);
    while (end >= 0) {
      this.#keep(chunk.subarray(from, end));
      lines.push(this.#line());
      from = end + 1;
      end = chunk.indexOf(NEWLINE, from);
    }
    this.#keep(chunk.subarray(from));
    return lines;
  }

  /** What stands after the last end of a line. */
  rest(): LogLine[] {
    return this.#size > 0 ? [this.#line()] : [];
  }

  #keep(part: Buffer): void {
    const room = MAX_LINE_BYTES - this.#size;
    if (part.length === 0 || room <= 0) return;
    // A copy: the part of a chunk would keep all of it.
    this.#parts.push(Buffer.from(part.subarray(0, room)));
    this.#size += Math.min(part.length, room);
  }

  #line(): LogLine {
    const line = Buffer.concat(this.#parts).toString('utf8');
    this.#parts = [];
    this.#size = 0;
    const blank = line.indexOf(' ');
    const time = blank < 0 ? line : line.slice(0, blank);
    if (!STAMP.test(time)) return { time: this.#time, text: line };
    this.#time = time;
    return { time, text: blank < 0 ? '' : line.slice(blank + 1) };
  }
}

/** How far back of the last line a resumption begins. Nodes give logs by whole seconds, and lines of two outputs can stand crossed. */
const OVERLAP_MS = 1_000;

/** Counts lines by their hash. */
type Lines = Map<number, number>;

function count(lines: Lines, line: number, by: number): void {
  lines.set(line, (lines.get(line) ?? 0) + by);
}

/** Knows what came in the last seconds, and drops it when it comes again after a resumption. */
export class LogPlace {
  readonly #isTail: boolean;
  #first: string | undefined;
  #newest: number | undefined;
  readonly #recent = new Map<number, Lines>();
  #again: { until: number; lines: Lines } | undefined;

  /** @param options - tail: only lines from the end were asked for, so that what stood before the first one is not wanted */
  constructor(options: { tail?: boolean } = {}) {
    this.#isTail = options.tail ?? false;
  }

  /** Where a resumption begins, RFC 3339; undefined before the first line. */
  get since(): string | undefined {
    return this.#newest === undefined
      ? undefined
      : new Date(this.#newest - OVERLAP_MS).toISOString();
  }

  /** From here on lines come again. */
  resume(): void {
    if (this.#newest === undefined) return;
    const lines: Lines = new Map();
    for (const second of this.#recent.values()) {
      for (const [line, times] of second) count(lines, line, times);
    }
    this.#again = { until: this.#newest, lines };
  }

  /** The lines that did not come before. */
  fresh(lines: readonly LogLine[]): LogLine[] {
    return lines.filter(line => this.#isFresh(line));
  }

  #isFresh({ time, text }: LogLine): boolean {
    const second = secondOf(time);
    if (second === undefined) return true;
    const hash = hashOf([time, text]);
    if (this.#again) {
      if (second > this.#again.until) this.#again = undefined;
      else if (second < this.#again.until - OVERLAP_MS) return false;
      else if (this.#isBefore(time)) return false;
      else if (this.#again.lines.get(hash)) {
        count(this.#again.lines, hash, -1);
        return false;
      }
    }
    this.#first ??= time;
    this.#note(second, hash);
    return true;
  }

  #isBefore(time: string): boolean {
    return (
      this.#isTail &&
      this.#first !== undefined &&
      compareTimes(time, this.#first) < 0
    );
  }

  #note(second: number, hash: number): void {
    this.#newest = Math.max(this.#newest ?? second, second);
    for (const old of this.#recent.keys()) {
      if (old < this.#newest - OVERLAP_MS) this.#recent.delete(old);
    }
    if (second < this.#newest - OVERLAP_MS) return;
    let lines = this.#recent.get(second);
    if (!lines) this.#recent.set(second, (lines = new Map()));
    count(lines, hash, 1);
  }
}
