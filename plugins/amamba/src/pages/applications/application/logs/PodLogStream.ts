import type { PodLogLine } from '@amamba/backstage-plugin-amamba-common';
import { toError } from '@backstage/errors';
import { readNdjson } from '../../../../api/readNdjson';
import {
  StreamBuffer,
  type HeldLine,
  type StreamState,
} from '../../../../components/LogViewer';
import { statusOf } from '../../../../components/States';

/** Redraws come at most this often, in milliseconds. */
const REDRAW_MS = 100;
const RETRY_MS = 1_000;
const RETRY_MAX_MS = 15_000;
/** How far back a resumption begins at most: containers may lag behind each other. */
const LAG_MS = 10_000;

export type PodLogNotice = Extract<PodLogLine, { type: 'notice' }>;

/** Which part of the logs is asked for. */
export interface PodLogPart {
  sinceTime?: string;
  /** lines of each container */
  tail?: number;
}

/** Who wrote a line, as a key. */
export function authorOf(line: { pod: string; container?: string }): string {
  return line.container ? `${line.pod}/${line.container}` : line.pod;
}

const keyOf = ({ author = '', at = '', text }: HeldLine) =>
  `${author}\n${at}\n${text}`;

/**
 * Logs of pods as they stream: read, held, and resumed where they were when the connection breaks, without losing or repeating a line.
 */
export class PodLogStream {
  readonly #open: (part: PodLogPart, signal: AbortSignal) => Promise<Response>;
  readonly #follow: boolean;
  readonly #describe: (notice: PodLogNotice) => string;
  readonly #report: (state: StreamState) => void;
  readonly #retryMs: number;
  readonly #buffer = new StreamBuffer();
  #current: AbortController | undefined;
  #redraw: ReturnType<typeof setTimeout> | undefined;
  #status: StreamState['status'] = 'connecting';
  #loaded = false;
  #error: Error | undefined;
  #received = 0;
  /** lines that come once more after a resumption, with how often */
  #again: Map<string, number> | undefined;
  #againFromMs = 0;

  /**
   * @param options - open: asks for the stream
   * @param options - follow: goes on until it is stopped
   * @param options - describe: a notice in words
   * @param options - report: called with what is known, at most ten times a second
   */
  constructor(options: {
    open(part: PodLogPart, signal: AbortSignal): Promise<Response>;
    follow: boolean;
    describe(notice: PodLogNotice): string;
    report(state: StreamState): void;
    retryMs?: number;
  }) {
    this.#open = options.open;
    this.#follow = options.follow;
    this.#describe = options.describe;
    this.#report = options.report;
    this.#retryMs = options.retryMs ?? RETRY_MS;
  }

  get state(): StreamState {
    return {
      status: this.#status,
      loaded: this.#loaded,
      error: this.#error,
      snapshot: this.#buffer.snapshot(),
      received: this.#received,
    };
  }

  /** Reads from the newest lines on; what was held is let go. */
  start(): void {
    this.stop();
    this.#buffer.clear();
    this.#loaded = false;
    this.#again = undefined;
    this.#error = undefined;
    this.#current = new AbortController();
    void this.#run(this.#current.signal);
  }

  stop(): void {
    this.#current?.abort();
    clearTimeout(this.#redraw);
    this.#redraw = undefined;
  }

  /** Whether the reader goes along. */
  setFollowing(following: boolean): void {
    this.#buffer.following = following;
  }

  search(pattern: RegExp | undefined): void {
    this.#buffer.search(pattern);
    this.#changed();
  }

  async #run(signal: AbortSignal): Promise<void> {
    this.#become('connecting');
    let part: PodLogPart = {};
    for (let failures = 0; ; failures++) {
      try {
        const response = await this.#open(part, signal);
        this.#error = undefined;
        this.#become('streaming');
        for await (const records of readNdjson<PodLogLine>(response)) {
          if (signal.aborted) return;
          failures = 0;
          this.#take(records);
          if (this.#buffer.full) {
            this.#become('full');
            this.#current?.abort();
            return;
          }
        }
        this.#become('ended');
        return;
      } catch (cause) {
        if (signal.aborted) return;
        this.#error = toError(cause);
        const status = statusOf(this.#error);
        const isFinal = status !== undefined && status < 500;
        if (isFinal || !this.#follow) {
          this.#become('ended');
          return;
        }
        this.#become('interrupted');
      }
      const pauseMs = Math.min(RETRY_MAX_MS, this.#retryMs * 2 ** failures);
      await new Promise(resolve => setTimeout(resolve, pauseMs));
      if (signal.aborted) return;
      part = this.#resume();
    }
  }

  #take(records: readonly PodLogLine[]): void {
    const lines: HeldLine[] = [];
    for (const record of records) {
      if (record.type === 'current') {
        this.#loaded = true;
        this.#again = undefined;
      } else if (record.type === 'notice') {
        const text = this.#describe(record);
        lines.push({ text, state: '', notice: true, author: authorOf(record) });
      } else {
        const { at, text } = record;
        const line = { text, state: '', at, author: authorOf(record) };
        if (this.#isNew(line)) lines.push(line);
      }
    }
    this.#received += lines.length;
    this.#buffer.push(lines);
    this.#changed();
  }

  #isNew(line: HeldLine): boolean {
    if (!this.#again) return true;
    const key = keyOf(line);
    const times = this.#again.get(key) ?? 0;
    if (times > 0) this.#again.set(key, times - 1);
    // What is older than all that is held was held once.
    return times === 0 && Date.parse(line.at ?? '') >= this.#againFromMs;
  }

  /** Where to go on: at the oldest of the newest lines of all containers, which may lag behind each other. */
  #resume(): PodLogPart {
    const { lines, dropped } = this.#buffer.snapshot();
    const newest = new Map<string, number>();
    for (const { author = '', at } of lines) {
      const ms = Date.parse(at ?? '');
      if (!Number.isNaN(ms)) newest.set(author, ms);
    }
    if (newest.size === 0) return {};
    const latest = Math.max(...newest.values());
    const since = Math.max(Math.min(...newest.values()), latest - LAG_MS);
    this.#again = new Map();
    for (const line of lines) {
      if (!(Date.parse(line.at ?? '') >= since)) continue;
      const key = keyOf(line);
      this.#again.set(key, (this.#again.get(key) ?? 0) + 1);
    }
    const first = lines.find(({ at }) => at !== undefined);
    this.#againFromMs = dropped > 0 ? Date.parse(first?.at ?? '') : 0;
    return { sinceTime: new Date(since).toISOString(), tail: 20_000 };
  }

  #become(status: StreamState['status']): void {
    this.#status = status;
    this.#changed();
  }

  #changed(): void {
    this.#redraw ??= setTimeout(() => {
      this.#redraw = undefined;
      this.#report(this.state);
    }, REDRAW_MS);
  }
}
