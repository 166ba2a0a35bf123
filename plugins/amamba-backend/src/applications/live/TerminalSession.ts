import type {
  TerminalEnd,
  TerminalEvent,
  TerminalInput,
} from '@amamba/backstage-plugin-amamba-common';
import { ConflictError } from '@backstage/errors';
import { StringDecoder } from 'string_decoder';
import type { ExecSession } from '../../clusters';

/** Milliseconds after which things end by themselves. */
export interface TerminalTimes {
  /** nothing was typed */
  idleMs: number;
  /** nobody reads what it prints */
  leftMs: number;
  /** how often there is a sign of life */
  heartbeatMs: number;
}

/** What a terminal belongs to. */
export interface TerminalPlace {
  /** reference of the user who opened it; nobody else gets at it */
  owner: string;
  /** name of the workspace */
  workspace: string;
  cluster: string;
  namespace: string;
  kind: string;
  name: string;
  pod: string;
  container: string;
}

type OwnReason = Exclude<TerminalEnd['reason'], 'exited' | 'failed'>;

/** A shell that runs in a container, for one user. */
export class TerminalSession {
  readonly id: string;
  readonly place: TerminalPlace;
  /** settles when the shell is gone, and never rejects */
  readonly done: Promise<TerminalEnd>;
  readonly #exec: ExecSession;
  readonly #times: TerminalTimes;
  readonly #decoder = new StringDecoder('utf8');
  #idle: NodeJS.Timeout;
  #left: NodeJS.Timeout;
  #reason: OwnReason | undefined;
  #end: TerminalEnd | undefined;
  /** ends the reader that there is */
  #detach = () => {};
  #wake = () => {};

  constructor(
    id: string,
    place: TerminalPlace,
    exec: ExecSession,
    times: TerminalTimes,
  ) {
    this.id = id;
    this.place = place;
    this.#exec = exec;
    this.#times = times;
    this.#idle = this.#endAfter('idle', times.idleMs);
    this.#left = this.#endAfter('left', times.leftMs);
    exec.stdout.on('readable', () => this.#wake());
    exec.stdout.on('end', () => this.#wake());
    this.done = exec.done.then(result => {
      clearTimeout(this.#idle);
      clearTimeout(this.#left);
      if (this.#reason) this.#end = { type: 'ended', reason: this.#reason };
      else if (result.type === 'exited') {
        this.#end = { type: 'ended', reason: 'exited', code: result.code };
      } else {
        const { message } = result;
        this.#end = { type: 'ended', reason: 'failed', message };
      }
      this.#wake();
      return this.#end;
    });
  }

  /** Hangs up. */
  end(reason: OwnReason): void {
    this.#reason ??= reason;
    this.#exec.close();
  }

  /** Types, or resizes. @throws ConflictError when it has ended */
  async write(input: TerminalInput): Promise<void> {
    if (this.#end) throw new ConflictError('The terminal has ended.');
    this.#idle.refresh();
    if (input.type === 'resize') {
      this.#exec.resize(input.columns, input.rows);
      return;
    }
    await new Promise<void>((resolve, reject) => {
      this.#exec.stdin.write(input.data, error =>
        error
          ? reject(new ConflictError('The terminal has ended.'))
          : resolve(),
      );
    });
  }

  /**
   * What it prints from now on, until it ends or another reader takes its place. Read only as fast as this is.
   * @param signal - the reader went
   */
  async *read(
    signal: AbortSignal,
  ): AsyncGenerator<TerminalEvent | 'heartbeat'> {
    this.#detach();
    this.#wake();
    let isDetached = false;
    const detach = () => {
      isDetached = true;
    };
    this.#detach = detach;
    clearTimeout(this.#left);
    const onAbort = () => this.#wake();
    signal.addEventListener('abort', onAbort, { once: true });
    const { stdout } = this.#exec;
    try {
      while (!signal.aborted && !isDetached) {
        const chunk: Buffer | null = stdout.read();
        const text = chunk ? this.#decoder.write(chunk) : '';
        if (text) yield { type: 'output', text };
        if (chunk) continue;
        if (this.#end && stdout.readableEnded) {
          yield this.#end;
          return;
        }
        if (await this.#rest()) yield 'heartbeat';
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
      if (this.#detach === detach && !this.#end) {
        this.#left = this.#endAfter('left', this.#times.leftMs);
      }
    }
  }

  /** Waits until something happens. @returns whether nothing did for long */
  async #rest(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const isQuiet = await new Promise<boolean>(resolve => {
      this.#wake = () => resolve(false);
      timer = setTimeout(() => resolve(true), this.#times.heartbeatMs);
    });
    clearTimeout(timer);
    return isQuiet;
  }

  #endAfter(reason: OwnReason, ms: number): NodeJS.Timeout {
    const timer = setTimeout(() => this.end(reason), ms);
    timer.unref();
    return timer;
  }
}
