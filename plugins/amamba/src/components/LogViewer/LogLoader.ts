import type { LogChunk } from '@amamba/backstage-plugin-amamba-common';
import { toError } from '@backstage/errors';
import type { LogRange, LogSource } from './LogSource';
import { LogWindow, type LogSnapshot } from './LogWindow';

/** Bytes that one request asks for. */
const RANGE = 262_144;
/** What the first request at the beginning asks for: some screens, which are there sooner; scrolling reads on. */
const FIRST_RANGE = 32_768;
const MIN_RANGE = 1024;
const MAX_RANGE = 1_048_576;
/** Longer than most lines, so that a range that begins within a line still reaches the next one. */
const SLACK = 4096;
/** Lines that are shown before the one that was asked for. */
const CONTEXT_LINES = 200;

/** Requests after the first one that the end of a log is worth; following reads the rest. */
const TAIL_ROUNDS = 3;

/** A place in a log. */
export type LogPlace =
  | 'start'
  | 'end'
  | { line: number }
  /** where a line is, whose number cannot be asked for */
  | { byte: number };

/** What is known of a log. */
export interface LogState {
  snapshot: LogSnapshot;
  /** something came already */
  loaded: boolean;
  /** a place is being looked for */
  seeking: boolean;
  error: Error | undefined;
}

function joined(a: LogChunk, b: LogChunk): LogChunk {
  return {
    ...b,
    text: a.text + b.text,
    start: a.start,
    firstLine: a.firstLine,
  };
}

/** A range that begins with a line; its number is known because it was asked for. */
async function readLine(
  line: number,
  read: (range: LogRange) => Promise<LogChunk>,
): Promise<LogChunk> {
  const chunk = await read({ line, limit: RANGE });
  return chunk.text === '' ? chunk : { firstLine: line, ...chunk };
}

/**
 * Reads a log as it is looked at: one request at a time; looking for a place aborts what else is under way.
 * Errors stay in the state until the next attempt.
 */
export class LogLoader {
  readonly #source: LogSource;
  readonly #report: (state: LogState) => void;
  readonly #window: LogWindow;
  #current: AbortController | undefined;
  #loaded = false;
  /** offset behind which there was nothing when it was asked for last; polling goes on from there */
  #exhausted: number | undefined;
  #seeking = false;
  #error: Error | undefined;
  #last: (() => Promise<boolean>) | undefined;

  /**
   * @param report - called with every new state
   * @param maxLines - lines held at most
   */
  constructor(
    source: LogSource,
    report: (state: LogState) => void,
    maxLines?: number,
  ) {
    this.#source = source;
    this.#report = report;
    this.#window = new LogWindow(maxLines);
  }

  get state(): LogState {
    return {
      snapshot: this.#window.snapshot(),
      loaded: this.#loaded,
      seeking: this.#seeking,
      error: this.#error,
    };
  }

  /** Ends what is under way. */
  stop(): void {
    this.#current?.abort();
    this.#current = undefined;
  }

  /** Tries again what failed last. */
  async retry(): Promise<boolean> {
    return this.#last ? this.#last() : false;
  }

  /** Looks for a place, unless it is held already; gives whether it was found. */
  async seek(place: LogPlace): Promise<boolean> {
    if (typeof place === 'object' && 'line' in place) {
      if (this.#window.holds(place.line)) return true;
    }
    this.stop();
    this.#last = () => this.seek(place);
    this.#seeking = true;
    return this.#attempt(async read => {
      const chunk = await this.#readPlace(place, read);
      const beyond = chunk.text === '' && chunk.size > 0;
      if (place === 'end' || beyond) {
        this.#window.put(beyond ? await this.#readEnd(read) : chunk, 'end');
      } else this.#window.put(chunk);
      this.#loaded = true;
    });
  }

  /** Reads on in one direction from what is held. Does nothing while something else is under way. */
  async extend(direction: 'before' | 'after'): Promise<boolean> {
    if (this.#current || !this.#loaded) return false;
    const { start, end, size } = this.#window;
    const nothing = end >= size || end === this.#exhausted;
    if (direction === 'before' ? start === 0 : nothing) return false;
    this.#last = () => this.extend(direction);
    return this.#attempt(async read => {
      if (direction === 'before') {
        this.#window.put(await this.#readBefore(start, read));
        return;
      }
      const chunk = await read({ start: end, limit: RANGE });
      if (chunk.text === '') this.#exhausted = end;
      this.#window.put(chunk);
    });
  }

  /**
   * Asks whether the log has grown.
   * @param grow - whether new lines may push out the first ones that are held; else only their number is learned
   */
  async poll(grow: boolean): Promise<boolean> {
    if (this.#current || !this.#loaded) return false;
    const { end, size } = this.#window;
    const atEnd = end >= size || end === this.#exhausted;
    const follows = atEnd && (grow || !this.#window.full);
    this.#last = () => this.poll(grow);
    return this.#attempt(async read => {
      const chunk = await read(
        follows
          ? { start: end, limit: RANGE }
          : { start: Math.max(end, size), limit: MIN_RANGE },
      );
      if (chunk.size < end) {
        // another log than before: not even what is held
        this.#window.clear();
        this.#window.put(await this.#readEnd(read), 'end');
      } else if (follows) this.#window.put(chunk);
      else this.#window.put({ ...chunk, text: '', start: end, end });
    });
  }

  async #attempt(
    work: (read: (range: LogRange) => Promise<LogChunk>) => Promise<void>,
  ): Promise<boolean> {
    const controller = new AbortController();
    this.#current = controller;
    this.#error = undefined;
    if (this.#seeking) this.#report(this.state);
    try {
      await work(async range => {
        const chunk = await this.#source.read(range, controller.signal);
        controller.signal.throwIfAborted();
        return chunk;
      });
    } catch (cause) {
      if (controller.signal.aborted) return false;
      this.#error = toError(cause);
    }
    this.#current = undefined;
    this.#seeking = false;
    this.#report(this.state);
    return this.#error === undefined;
  }

  async #readPlace(
    place: LogPlace,
    read: (range: LogRange) => Promise<LogChunk>,
  ): Promise<LogChunk> {
    if (place === 'start') return read({ start: 0, limit: FIRST_RANGE });
    if (place === 'end') return this.#readEnd(read);
    if ('byte' in place) {
      return read({ start: Math.max(0, place.byte - SLACK), limit: RANGE });
    }
    const from = Math.max(1, place.line - CONTEXT_LINES);
    const chunk = await readLine(from, read);
    const lines = chunk.text.split('\n').length;
    return from + lines > place.line || chunk.end >= chunk.size
      ? chunk
      : readLine(place.line, read);
  }

  /** The last range, and what a range that begins with a whole line did not reach any more. */
  async #readEnd(
    read: (range: LogRange) => Promise<LogChunk>,
  ): Promise<LogChunk> {
    let chunk = await read({ tail: true, limit: RANGE });
    for (let more = 0; more < TAIL_ROUNDS && chunk.end < chunk.size; more++) {
      const next = await read({ start: chunk.end, limit: RANGE });
      if (next.end <= chunk.end) break;
      chunk = joined(chunk, next);
    }
    return chunk;
  }

  /** Everything between a place some way before an offset, and that offset. */
  async #readBefore(
    until: number,
    read: (range: LogRange) => Promise<LogChunk>,
  ): Promise<LogChunk> {
    const start = Math.max(0, until - RANGE);
    let chunk = await read({
      start,
      limit: Math.min(MAX_RANGE, until - start + SLACK),
    });
    while (chunk.end < until) {
      const next = await read({
        start: chunk.end,
        limit: Math.min(MAX_RANGE, until - chunk.end + SLACK),
      });
      if (next.end <= chunk.end) break;
      chunk = joined(chunk, next);
    }
    return chunk;
  }
}
