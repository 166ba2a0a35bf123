import { spawn } from 'child_process';
import type { Run } from './run';
import { interruptionOf } from './thread';

/** Time between asking a process to end and ending it, in milliseconds. */
const GRACE_MS = 5_000;

export interface ProcessOptions {
  command: string;
  args: string[];
  cwd: string;
  env: Record<string, string>;
  /** Interrupts with an `Interruption`. */
  signal: AbortSignal;
  run: Run;
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
      // What children left in the background still hold the pipes: their output is not waited for.
      const settle = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, 200);
      child.once('close', () => {
        clearTimeout(settle);
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

function signalNumber(signal: NodeJS.Signals | null): number {
  return (
    { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal as 'SIGTERM'] ?? 1
  );
}
