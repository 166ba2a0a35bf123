import { spawn } from 'child_process';
import { access, constants } from 'fs/promises';
import limiter from 'p-limit';
import { delimiter, join } from 'path';
import { createInterface } from 'readline';
import type { Workplace } from './Workplace';

const AT_ONCE = 4;
const LOOK_AGAIN_MS = 15_000;
const STDOUT_BYTES = 16 * 1024 * 1024;
const STDERR_LINES = 200;
const LINE_LENGTH = 4_000;
/** A program that was asked to end, and notes that it failed, is ended after so long. */
const GRACE_MS = 30_000;
const VERSION_MS = 10_000;

/** Where the program is and what it is, or why there is none. */
export type ProgramState =
  { path: string; version: string; major: number } | { problem: string };

/** How a call ended. */
export interface HelmResult {
  code: number | null;
  stdout: string;
  /** the last lines */
  stderr: readonly string[];
  isTimedOut: boolean;
}

interface Run {
  place: Workplace;
  timeoutMs: number;
  /** whether it notes a failure when it is asked to end; others are left alone until they end by themselves */
  canBeEnded: boolean;
  onLine?: (line: string) => void;
}

/** The `helm` program: found, asked for its version, and run without a shell, in bounded numbers. */
export class HelmProgram {
  readonly #configured: string | undefined;
  readonly #limit = limiter(AT_ONCE);
  #state: { value: ProgramState; at: number } | undefined;
  #looking: Promise<ProgramState> | undefined;

  constructor(options: { path?: string }) {
    this.#configured = options.path;
  }

  /** Found once; while there is none it is looked for again. */
  async state(): Promise<ProgramState> {
    const known = this.#state;
    if (
      known &&
      ('path' in known.value || Date.now() - known.at < LOOK_AGAIN_MS)
    ) {
      return known.value;
    }
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    const value = await this.#looking;
    this.#state = { value, at: Date.now() };
    return value;
  }

  /** Runs it with the arguments as they are. Never throws for what the program says. */
  run(path: string, words: readonly string[], run: Run): Promise<HelmResult> {
    return this.#limit(() => runProgram(path, words, run));
  }

  async #look(): Promise<ProgramState> {
    const path = await this.#find();
    if (!path) {
      return {
        problem: this.#configured
          ? `There is no program at amamba.helm.program.`
          : 'The portal has no helm program: there is none on its PATH, and its configuration names none (amamba.helm.program).',
      };
    }
    const { stdout } = await runProgram(
      path,
      ['version', '--template', '{{.Version}}'],
      {
        place: { folder: '/', env: { HOME: '/nonexistent' } },
        ...{ timeoutMs: VERSION_MS, canBeEnded: true },
      },
    ).catch(() => ({ stdout: '' }));
    const [, version, major] = /^(v(\d+)\.\S+)/.exec(stdout.trim()) ?? [];
    return version && Number(major) >= 3
      ? { path, version, major: Number(major) }
      : {
          problem:
            'The helm program that the portal found does not answer as Helm 3 or 4 does.',
        };
  }

  async #find(): Promise<string | undefined> {
    const candidates = this.#configured
      ? [this.#configured]
      : (process.env.PATH ?? '')
          .split(delimiter)
          .filter(Boolean)
          .map(folder => join(folder, 'helm'));
    for (const path of candidates) {
      const isThere = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (isThere) return path;
    }
    return undefined;
  }
}

function runProgram(
  path: string,
  words: readonly string[],
  { place, timeoutMs, canBeEnded, onLine }: Run,
): Promise<HelmResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, words, {
      cwd: place.folder,
      env: { ...place.env },
      shell: false,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    let isTimedOut = false;
    let kill: NodeJS.Timeout | undefined;
    const end = () => {
      isTimedOut = true;
      if (canBeEnded) child.kill('SIGTERM');
      kill = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    };
    const timer = setTimeout(end, timeoutMs);
    const parts: Buffer[] = [];
    let size = 0;
    child.stdout.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= STDOUT_BYTES) parts.push(part);
      else if (canBeEnded) child.kill('SIGKILL');
    });
    const stderr: string[] = [];
    createInterface({ input: child.stderr }).on('line', line => {
      const short = line.slice(0, LINE_LENGTH);
      stderr.push(short);
      if (stderr.length > STDERR_LINES) stderr.shift();
      onLine?.(short);
    });
    child.once('error', reject);
    child.once('close', code => {
      clearTimeout(timer);
      clearTimeout(kill);
      const stdout = Buffer.concat(parts).toString('utf8');
      resolve({ code, stdout, stderr, isTimedOut });
    });
  });
}
