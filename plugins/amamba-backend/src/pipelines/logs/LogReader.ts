import type {
  LogChunk,
  LogQuery,
} from '@amamba/backstage-plugin-amamba-common';
import type { EngineLog } from '@amamba/backstage-plugin-amamba-node';
import type { Readable } from 'stream';
import { LineCollector, type Skipping } from './LineCollector';
import { LogIndex, type LogPlace } from './LogIndex';

const MAX_INDEXES = 200;

/** Opens one log of an engine at a stored offset. */
export type OpenLog = (start: number) => Promise<EngineLog>;

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
    place: LogPlace,
    { skipping }: { skipping: Skipping },
  ): Promise<LogChunk> {
    const index = this.#index(key);
    const { stored, skip } = index.toStored(place.offset);
    const log = await open(stored);
    const collector = new LineCollector(place, limit, skipping);
    let isEnough = false;
    // A part of the log that the index has not seen extends it on the way.
    let indexedAt = place.offset;
    for await (const part of after(bytesOf(log.stream), skip)) {
      if (indexedAt === index.end) index.add(part);
      indexedAt += part.length;
      isEnough = collector.take(part);
      if (isEnough) break;
    }
    const isWhole = !isEnough;
    if (isWhole && indexedAt === index.end && log.sizeBytes !== undefined) {
      index.anchorEnd(log.sizeBytes);
    }
    // While the run goes on, the last line may still be in writing.
    const range = collector.range(isWhole && !log.more);
    return {
      ...range,
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
