import type {
  LogChunk,
  LogQuery,
} from '@amamba/backstage-plugin-amamba-common';
import type { EngineLog } from '@amamba/backstage-plugin-amamba-node';
import type { Readable } from 'stream';
import { LogIndex } from './LogIndex';

const NEWLINE = 10;
const MAX_INDEXES = 200;

/** Opens one log of an engine at a stored offset. */
export type OpenLog = (start: number) => Promise<EngineLog>;

/** What came of reading a range. */
interface Range {
  text: Buffer;
  /** offset of the first byte */
  start: number;
  firstLine: number;
  /** offset to go on with */
  end: number;
}

async function* bytesOf(stream: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const part of stream) {
      yield Buffer.isBuffer(part) ? part : Buffer.from(String(part));
    }
  } finally {
    stream.destroy();
  }
}

/** Passes on what comes after the first `skip` bytes. */
async function* after(
  parts: AsyncIterable<Buffer>,
  skip: number,
): AsyncGenerator<Buffer> {
  let left = skip;
  for await (const part of parts) {
    if (left >= part.length) {
      left -= part.length;
    } else {
      yield left > 0 ? part.subarray(left) : part;
      left = 0;
    }
  }
}

/**
 * Whether a line is before what is wanted.
 * @param end - offset behind it
 * @param next - number of the line that follows
 * @param start - offset of its first byte
 */
type Skipping = (end: number, next: number, start: number) => boolean;

/** Collects whole lines from a line start on, up to a number of bytes; a longer line is cut. */
class Collector {
  readonly #kept: Buffer[] = [];
  readonly #limit: number;
  #size = 0;
  #offset: number;
  #line: number;
  #start: number;
  #firstLine: number;
  readonly #skipping: Skipping;
  #cutting = false;

  constructor(
    place: { offset: number; line: number },
    limit: number,
    skipping: Skipping,
  ) {
    this.#offset = place.offset;
    this.#line = place.line;
    this.#start = place.offset;
    this.#firstLine = place.line;
    this.#limit = limit;
    this.#skipping = skipping;
  }

  /** Takes a piece that ends with a newline or is the rest of a part. @returns whether enough is there */
  take(piece: Buffer, endsLine: boolean): boolean {
    const room = this.#limit - this.#size;
    if (this.#size > 0 && !this.#cutting && piece.length > room) return true;
    if (room > 0) {
      this.#kept.push(Buffer.from(piece.subarray(0, room)));
      this.#size += Math.min(piece.length, room);
    }
    this.#offset += piece.length;
    this.#cutting = !endsLine;
    if (endsLine) {
      this.#line += 1;
      if (this.#skipping(this.#offset, this.#line, this.#start)) this.#drop();
    }
    return this.#size >= this.#limit && !this.#cutting;
  }

  get range(): Range {
    return {
      text: Buffer.concat(this.#kept),
      start: this.#start,
      firstLine: this.#firstLine,
      end: this.#offset,
    };
  }

  /** The bytes taken so far of a line that is not whole yet do not count. */
  withoutOpenLine(lineStart: { kept: number; offset: number }): Range {
    return {
      text: Buffer.concat(this.#kept).subarray(0, lineStart.kept),
      start: this.#start,
      firstLine: this.#firstLine,
      end: lineStart.offset,
    };
  }

  get mark(): { kept: number; offset: number } {
    return { kept: this.#size, offset: this.#offset };
  }

  #drop(): void {
    this.#kept.length = 0;
    this.#size = 0;
    this.#start = this.#offset;
    this.#firstLine = this.#line;
  }
}

/**
 * Reads ranges of logs of any size with little memory: engines give a log from an offset to its end, so a range is read by
 * going away in time. Line starts are indexed as far as somebody needed them.
 */
export class LogReader {
  readonly #indexes = new Map<string, LogIndex>();
  readonly #indexing = new Map<string, Promise<void>>();

  /** @param key - what tells this log from all others, for as long as it only grows */
  async chunk(key: string, open: OpenLog, query: LogQuery): Promise<LogChunk> {
    const { limit } = query;
    if (query.tail) {
      const tail = await this.#indexed(key, open);
      const wanted = Math.max(0, tail.index.end - limit);
      const place = tail.index.placeBefore(wanted);
      const whole = await this.#read(key, open, limit, place, {
        skipping: (_end, _line, start) => start < wanted,
      });
      // One last line that is longer than what was asked for: show its beginning.
      return whole.text !== '' || tail.index.end === 0
        ? whole
        : this.#read(key, open, limit, place, {
            skipping: end => end <= wanted,
          });
    }
    if (query.line !== undefined && query.line > 1) {
      const { line } = query;
      const { index } = await this.#indexed(key, open);
      const wanted = Math.min(line, Math.max(1, index.lines));
      return this.#read(key, open, limit, index.placeOfLine(wanted), {
        skipping: (_end, next) => next <= wanted,
      });
    }
    const start = query.start ?? 0;
    if (start === 0) {
      return this.#read(
        key,
        open,
        limit,
        { offset: 0, line: 1 },
        {
          skipping: () => false,
        },
      );
    }
    let index = this.#index(key);
    if (index.end < start) index = (await this.#indexed(key, open)).index;
    const wanted = Math.min(start, index.end);
    return this.#read(key, open, limit, index.placeBefore(wanted), {
      skipping: end => end <= wanted,
    });
  }

  async #read(
    key: string,
    open: OpenLog,
    limit: number,
    place: { offset: number; line: number },
    { skipping }: { skipping: Skipping },
  ): Promise<LogChunk> {
    const index = this.#index(key);
    const { stored, skip } = index.toStored(place.offset);
    const log = await open(stored);
    const collector = new Collector(place, limit, skipping);
    let mark = collector.mark;
    let isWhole = false;
    let isEnough = false;
    // A part of the log that the index has not seen extends it on the way.
    let indexedAt = place.offset;
    for await (const part of after(bytesOf(log.stream), skip)) {
      if (indexedAt === index.end) {
        index.add(part);
      }
      indexedAt += part.length;
      let from = 0;
      while (from < part.length && !isEnough) {
        const at = part.indexOf(NEWLINE, from);
        const to = at < 0 ? part.length : at + 1;
        isEnough = collector.take(part.subarray(from, to), at >= 0);
        if (at >= 0) mark = collector.mark;
        from = to;
      }
      if (isEnough) break;
    }
    if (!isEnough) {
      isWhole = true;
      if (indexedAt === index.end && log.sizeBytes !== undefined) {
        index.anchorEnd(log.sizeBytes);
      }
    }
    // While the run goes on, the last line may still be in writing.
    const range =
      isWhole && !log.more ? collector.range : collector.withoutOpenLine(mark);
    return {
      text: range.text.toString('utf8'),
      start: range.start,
      end: range.end,
      firstLine: range.firstLine,
      size: isWhole ? range.end : Math.max(log.sizeBytes ?? 0, range.end),
      lines: isWhole ? index.lines : undefined,
      more: log.more,
    };
  }

  /** Reads on until the end of the log as it is now; at most one reader a log. */
  async #indexed(key: string, open: OpenLog): Promise<{ index: LogIndex }> {
    const running = this.#indexing.get(key);
    if (!running) {
      const work = this.#extend(this.#index(key), open).finally(() =>
        this.#indexing.delete(key),
      );
      this.#indexing.set(key, work);
      await work;
    } else {
      await running;
    }
    return { index: this.#index(key) };
  }

  async #extend(index: LogIndex, open: OpenLog): Promise<void> {
    const { stored, skip } = index.toStored(index.end);
    const log = await open(stored);
    for await (const part of after(bytesOf(log.stream), skip)) index.add(part);
    if (log.sizeBytes !== undefined) index.anchorEnd(log.sizeBytes);
  }

  #index(key: string): LogIndex {
    const known = this.#indexes.get(key);
    this.#indexes.delete(key);
    const index = known ?? new LogIndex();
    // Re-inserted last: the map is in order of use, and the oldest goes first.
    this.#indexes.set(key, index);
    if (this.#indexes.size > MAX_INDEXES) {
      const [oldest] = this.#indexes.keys();
      this.#indexes.delete(oldest);
    }
    return index;
  }
}
