import type { Readable, Writable } from 'stream';

/** What to run where. */
export interface ExecOptions {
  container?: string;
  /** program and arguments; no shell splits them */
  command: readonly string[];
  stdin?: boolean;
  /** a terminal: stderr comes in stdout, sizes can be set */
  tty?: boolean;
  /** ends the session */
  signal?: AbortSignal;
}

/** How a command ended. */
export type ExecResult =
  | { type: 'exited'; code: number }
  /** it did not run, or the connection broke */
  | { type: 'failed'; message: string };

/** A running command. */
export interface ExecSession {
  /** back-pressure holds */
  stdout: Readable;
  /** empty with a terminal */
  stderr: Readable;
  /** ending it ends the command's input, where the API server can */
  stdin: Writable;
  /** size of the terminal, in characters */
  resize(columns: number, rows: number): void;
  /** settles once, and never rejects */
  done: Promise<ExecResult>;
  /** ends the connection; the command gets a hang-up */
  close(): void;
}
