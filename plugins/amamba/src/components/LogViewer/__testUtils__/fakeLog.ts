import type {
  LogChunk,
  LogSearchResult,
} from '@amamba/backstage-plugin-amamba-common';
import type { LogRange, LogSearch, LogSource } from '../LogSource';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const NEWLINE = 10;

/** A log in memory that answers as the API promises to. */
export class FakeLog implements LogSource {
  #bytes: Uint8Array;
  /** whether the run goes on */
  running = false;
  /** whether numbers of lines are known */
  numbered = true;
  /** bytes that the engine stores besides the text; they count in the size until the end was read */
  hidden = 0;
  readonly requests: LogRange[] = [];
  failure: Error | undefined;

  constructor(text: string) {
    this.#bytes = encoder.encode(text);
  }

  grow(text: string): void {
    const more = encoder.encode(text);
    const all = new Uint8Array(this.#bytes.length + more.length);
    all.set(this.#bytes);
    all.set(more, this.#bytes.length);
    this.#bytes = all;
  }

  get text(): string {
    return decoder.decode(this.#bytes);
  }

  #lineStart(offset: number): number {
    return offset === 0 ? 0 : this.#bytes.lastIndexOf(NEWLINE, offset - 1) + 1;
  }

  /** Where the first line begins that fits, or the last one when none does. */
  #firstLineFrom(offset: number, length: number): number {
    if (offset <= 0) return 0;
    const next = this.#bytes.indexOf(NEWLINE, offset - 1) + 1;
    return next > 0 && next < length ? next : Math.max(0, length - 1);
  }

  #offsetOfLine(line: number): number {
    let offset = 0;
    for (let n = 1; n < line && offset < this.#bytes.length; n++) {
      const end = this.#bytes.indexOf(NEWLINE, offset);
      offset = end < 0 ? this.#bytes.length : end + 1;
    }
    return offset;
  }

  #lines(upTo: number): number {
    let lines = 0;
    for (let i = 0; i < upTo; i++) if (this.#bytes[i] === NEWLINE) lines += 1;
    return lines;
  }

  async read(range: LogRange): Promise<LogChunk> {
    this.requests.push(range);
    if (this.failure) throw this.failure;
    // a line that is still being written is kept back
    const length = this.running
      ? this.#bytes.lastIndexOf(NEWLINE) + 1
      : this.#bytes.length;
    const limit = range.limit ?? 262_144;
    let wanted = Math.min(range.start ?? 0, length);
    if (range.line !== undefined) wanted = this.#offsetOfLine(range.line);
    else if (range.tail) wanted = this.#firstLineFrom(length - limit, length);
    const start = this.#lineStart(wanted);
    let end = Math.min(length, start + limit);
    if (end < length) {
      const lineEnd = this.#lineStart(end);
      if (lineEnd > start) end = lineEnd;
      else {
        const next = this.#bytes.indexOf(NEWLINE, start);
        end = next < 0 ? length : next + 1;
      }
    }
    const whole = end >= length;
    const all = this.#bytes;
    const unterminated = all.length > 0 && all[all.length - 1] !== NEWLINE;
    return {
      text: decoder.decode(all.subarray(start, end)),
      start,
      end,
      size: whole ? end : all.length + this.hidden,
      more: this.running,
      ...(this.numbered && {
        firstLine: this.#lines(start) + 1,
        // known only to who read to the end
        ...(whole && {
          lines: this.#lines(all.length) + (unterminated ? 1 : 0),
        }),
      }),
    };
  }

  async search({
    q,
    regex,
    matchCase,
    skip = 0,
    limit = 100,
  }: LogSearch): Promise<LogSearchResult> {
    if (this.failure) throw this.failure;
    const literal = q.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const pattern = new RegExp(regex ? q : literal, matchCase ? '' : 'i');
    let start = 0;
    const all = this.text.split('\n').flatMap((text, index) => {
      const at = start;
      start += encoder.encode(text).length + 1;
      return pattern.test(text) ? [{ line: index + 1, start: at, text }] : [];
    });
    return {
      total: all.length,
      matches: all.slice(skip, skip + limit),
      complete: true,
    };
  }
}
