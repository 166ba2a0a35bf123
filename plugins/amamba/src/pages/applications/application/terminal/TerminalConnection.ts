import type {
  Terminal,
  TerminalEnd,
  TerminalEvent,
  TerminalInput,
} from '@amamba/backstage-plugin-amamba-common';
import { toError } from '@backstage/errors';
import { readNdjson } from '../../../../api/readNdjson';
import { statusOf } from '../../../../components/States';

const RETRY_MS = 500;
/** The backend keeps a terminal for half a minute when nobody reads it. */
const RETRIES = 10;
/** Characters that one call carries, by the contract. */
const MAX_INPUT = 65_536;

/** What is known of a terminal. */
export type TerminalState =
  | { status: 'connecting' | 'connected' | 'interrupted' }
  | { status: 'ended'; end: TerminalEnd }
  | { status: 'failed'; error: Error };

/** The calls that a terminal is made of. */
export interface TerminalCalls {
  open(size: { columns: number; rows: number }): Promise<Terminal>;
  read(id: string, signal: AbortSignal): Promise<Response>;
  write(id: string, input: TerminalInput): Promise<void>;
  close(id: string): Promise<void>;
}

/**
 * A terminal in a container: what it prints is read as a stream, what is typed is sent in its order. A connection that breaks is made anew
 * while the backend keeps the shell.
 */
export class TerminalConnection {
  readonly #calls: TerminalCalls;
  readonly #print: (text: string) => void;
  readonly #report: (state: TerminalState) => void;
  readonly #retryMs: number;
  readonly #gone = new AbortController();
  #id: string | undefined;
  #typed = '';
  #size: { columns: number; rows: number } | undefined;
  #isSending = false;
  #isOver = false;

  constructor(options: {
    calls: TerminalCalls;
    print(text: string): void;
    report(state: TerminalState): void;
    retryMs?: number;
  }) {
    this.#calls = options.calls;
    this.#print = options.print;
    this.#report = options.report;
    this.#retryMs = options.retryMs ?? RETRY_MS;
  }

  /** Opens it and reads until it ended. */
  async run(size: { columns: number; rows: number }): Promise<void> {
    this.#report({ status: 'connecting' });
    try {
      const { id } = await this.#calls.open(size);
      this.#id = id;
      void this.#send();
      if (this.#gone.signal.aborted) await this.#calls.close(id);
      else await this.#read(id);
    } catch (error) {
      this.#finish({ status: 'failed', error: toError(error) });
    }
  }

  /** Types. */
  type(data: string): void {
    if (this.#isOver) return;
    this.#typed += data;
    void this.#send();
  }

  resize(columns: number, rows: number): void {
    this.#size = { columns, rows };
    void this.#send();
  }

  /** Ends it: the shell gets a hang-up. */
  async close(): Promise<void> {
    if (this.#isOver || !this.#id) {
      this.leave();
      return;
    }
    try {
      await this.#calls.close(this.#id);
    } catch {
      // It ended by itself meanwhile; what is read says how.
    }
  }

  /** The reader goes away. */
  leave(): void {
    const id = this.#isOver ? undefined : this.#id;
    this.#isOver = true;
    this.#gone.abort();
    // The backend would end it by itself, later.
    if (id) this.#calls.close(id).catch(() => {});
  }

  async #read(id: string): Promise<void> {
    for (let failures = 0; ; failures++) {
      try {
        const response = await this.#calls.read(id, this.#gone.signal);
        this.#report({ status: 'connected' });
        for await (const events of readNdjson<TerminalEvent>(response)) {
          failures = 0;
          if (this.#take(events)) return;
        }
        // Another page reads it now.
        if (failures > 0) throw new Error('The terminal is read elsewhere.');
      } catch (cause) {
        if (this.#gone.signal.aborted) return;
        const error = toError(cause);
        const status = statusOf(error);
        const isFinal = status !== undefined && status < 500;
        if (isFinal || failures >= RETRIES) throw error;
      }
      this.#report({ status: 'interrupted' });
      await new Promise(resolve => {
        setTimeout(resolve, this.#retryMs * (failures + 1));
      });
    }
  }

  /** @returns whether it ended */
  #take(events: readonly TerminalEvent[]): boolean {
    for (const event of events) {
      if (event.type === 'ended') {
        this.#finish({ status: 'ended', end: event });
        return true;
      }
      this.#print(event.text);
    }
    return false;
  }

  /** One call at a time, so that nothing overtakes; what is typed meanwhile goes with the next. */
  async #send(): Promise<void> {
    if (this.#isSending || !this.#id) return;
    this.#isSending = true;
    try {
      while (!this.#isOver && (this.#size || this.#typed)) {
        await this.#calls.write(this.#id, this.#next());
      }
    } catch {
      // What was typed is lost; the stream says whether the terminal is.
    } finally {
      this.#isSending = false;
    }
  }

  #next(): TerminalInput {
    const size = this.#size;
    if (size) {
      this.#size = undefined;
      return { type: 'resize', ...size };
    }
    const data = this.#typed.slice(0, MAX_INPUT);
    this.#typed = this.#typed.slice(data.length);
    return { type: 'data', data };
  }

  #finish(state: TerminalState): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#report(state);
  }
}
