/** Child processes and what is said to the terminal. */
import { spawn } from 'node:child_process';
import { accessSync, constants, createWriteStream, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** An error whose message alone tells the reader what is wrong and what to do; printed without a stack. */
export function expectedError(message) {
  return Object.assign(new Error(message), { expected: true });
}

/** Says on the terminal what a task is doing. */
export function say(message) {
  console.log(`amamba: ${message}`);
}

/** Duration since `startMs` (a `Date.now()`), for a person: "3.2 s", "4 min 07 s". */
export function since(startMs) {
  const seconds = (Date.now() - startMs) / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${String(Math.round(seconds % 60)).padStart(2, '0')} s`;
}

/** The full path of a program on PATH (or in `folders`, tried after it), undefined when there is none. */
export function findProgram(name, folders = []) {
  for (const folder of [
    ...(process.env.PATH ?? '').split(delimiter),
    ...folders,
  ]) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not here; the next folder may have it.
    }
  }
  return undefined;
}

/** Writes what a child says into a file, which is made anew; the caller ends it. */
export function createLog(file, child) {
  mkdirSync(dirname(file), { recursive: true });
  const log = createWriteStream(file);
  for (const stream of [child.stdout, child.stderr])
    stream.pipe(log, { end: false });
  return log;
}

/**
 * Runs a program to its end and returns its exit code (128 for one that a signal ended).
 * `logFile` takes its output in place of the terminal. Throws only when the program can't be started.
 */
export function run(program, args, options = {}) {
  const { logFile, onChild, ...spawnOptions } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: logFile ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      ...spawnOptions,
    });
    onChild?.(child);
    const log = logFile && createLog(logFile, child);
    child.once('error', error => {
      log?.end();
      reject(
        expectedError(`${program} could not be started: ${error.message}`),
      );
    });
    child.once('close', code => {
      const exitCode = code ?? 128;
      if (log) log.end(() => resolve(exitCode));
      else resolve(exitCode);
    });
  });
}

/** Runs a program silently and returns `{ code, stdout, stderr }`. */
export function capture(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...options,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', chunk => (stdout += chunk));
    child.stderr.on('data', chunk => (stderr += chunk));
    child.once('error', reject);
    child.once('close', code => resolve({ code: code ?? 128, stdout, stderr }));
  });
}

/**
 * A long-lived program in a process group of its own, so that stopping it also stops what it started.
 * `stop()` asks with `signal`, insists with SIGKILL after `graceMs`, and resolves when the program is gone.
 */
export function startGroup(program, args, options = {}) {
  const child = spawn(program, args, { ...options, detached: true });
  const exited = new Promise(resolve => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', error => resolve({ code: 127, error }));
  });
  const signalGroup = signal => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // The group is gone already.
    }
  };
  const killNow = () => signalGroup('SIGKILL');
  // Whatever ends this process, its children must not stay behind and hold the ports.
  process.once('exit', killNow);
  return {
    child,
    exited,
    async stop({ signal = 'SIGTERM', graceMs = 5_000 } = {}) {
      if (child.pid === undefined) return;
      signalGroup(signal);
      const timer = setTimeout(killNow, graceMs);
      await exited;
      clearTimeout(timer);
      killNow();
      process.off('exit', killNow);
    },
  };
}
