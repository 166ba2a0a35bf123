import { spawn } from 'child_process';
import type { Readable } from 'stream';
import type { Run } from './run';
import { interruptionOf } from './thread';

/** Time between asking a process to end and ending it, in milliseconds. */
const GRACE_MS = 5_000;
/** Time for what still holds the output of a process that has ended to let it go, in milliseconds. */
const SETTLE_MS = 200;
/** More than a socket between two processes holds: what comes after so many bytes was written after the end. */
const MAX_LATE_BYTES = 1024 * 1024;

export interface ProcessOptions {
  command: string;
  args: string[];
  cwd: string;
  env: Record<string, string>;
  /** Interrupts with an `Interruption`. */
  signal: AbortSignal;
  run: Pick<Run, 'leftovers'>;
  onOutput(chunk: Buffer): void;
  /** Undefined: standard error goes where standard output goes, in order. */
  onError?(chunk: Buffer): void;
}

function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, signal);
    return true;
  } catch {
    return false;
  }
}

/**
 * Runs a process in a group of its own and resolves with its exit code, 128 + n for a signal, as a shell says it. An
 * interruption ends the whole group: SIGTERM, then SIGKILL.
 *
 * @throws when the process cannot be started.
 */
export function runProcess(options: ProcessOptions): Promise<number> {
  const { command, args, cwd, env, signal, run } = options;
  return new Promise((resolve, reject) => {
    // Both outputs go through one pipe unless they are wanted apart: two pipes would lose the order between them.
    const merged = options.onError
      ? { command, args }
      : {
          command: '/bin/sh',
          args: ['-c', 'exec "$0" "$@" 2>&1', command, ...args],
        };
    const child = spawn(merged.command, merged.args, {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const group = child.pid;
    let timer: NodeJS.Timeout | undefined;
    const stop = () => {
      if (group === undefined) {
        return;
      }
      const { hard } = interruptionOf(signal);
      signalGroup(group, hard ? 'SIGKILL' : 'SIGTERM');
      timer = setTimeout(() => signalGroup(group, 'SIGKILL'), GRACE_MS);
    };
    const finish = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      if (group !== undefined && signalGroup(group, 0)) {
        if (signal.aborted) {
          signalGroup(group, 'SIGKILL');
        } else {
          run.leftovers.add(group);
        }
      }
    };
    child.stdout.on('data', options.onOutput);
    child.stderr.on('data', options.onError ?? options.onOutput);
    child.once('error', error => {
      finish();
      reject(error);
    });
    child.once('exit', (code, killedBy) => {
      const cancel = closeSoon([child.stdout, child.stderr]);
      child.once('close', () => {
        cancel();
        finish();
        resolve(code ?? 128 + signalNumber(killedBy));
      });
    });
    if (signal.aborted) {
      stop();
    } else {
      signal.addEventListener('abort', stop, { once: true });
    }
  });
}

/**
 * Closes the outputs of a process that has ended, when others in its group still hold them: what these write is not
 * waited for. What the process itself wrote is, and may not have been read yet: on a busy machine the time is over
 * before the event loop has looked. So it looks once more before it closes them.
 *
 * @returns what cancels it
 */
function closeSoon(outputs: readonly Readable[]): () => void {
  let late = 0;
  const count = (chunk: Buffer) => {
    late += chunk.length;
  };
  outputs.forEach(output => output.on('data', count));
  let timer: NodeJS.Timeout;
  const wait = () => {
    timer = setTimeout(() => {
      const before = late;
      // immediates come after the loop has read what is there
      setImmediate(() => {
        if (late > before && late < MAX_LATE_BYTES) wait();
        else outputs.forEach(output => output.destroy());
      });
    }, SETTLE_MS);
  };
  wait();
  return () => clearTimeout(timer);
}

function signalNumber(signal: NodeJS.Signals | null): number {
  return (
    { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal as 'SIGTERM'] ?? 1
  );
}
