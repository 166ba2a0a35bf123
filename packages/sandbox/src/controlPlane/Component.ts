import { ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

/** How one program of the control plane is run. */
export interface ComponentOptions {
  name: string;
  /** full path */
  program: string;
  args: string[];
  /** working folder; the log lies in it */
  folder: string;
  /** besides PATH and HOME nothing of ours gets to it */
  environment?: Record<string, string>;
  /** told when it ended by itself more often than it is started again */
  onGivenUp?: (why: string) => void;
}

const RESTART_MS = 1_000;
const STABLE_MS = 60_000;
const RESTARTS = 5;
const GRACE_MS = 4_000;

/** A long-running program: started, started again when it ends by itself, stopped. */
export class Component {
  #child: ChildProcess | undefined;
  #exited: Promise<void> = Promise.resolve();
  #isWanted = false;
  #restarts = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly logFile: string;

  readonly options: ComponentOptions;

  constructor(options: ComponentOptions) {
    this.options = options;
    this.logFile = path.join(options.folder, `${options.name}.log`);
  }

  get name(): string {
    return this.options.name;
  }

  get isRunning(): boolean {
    return this.#child !== undefined;
  }

  start(): void {
    if (this.#isWanted) return;
    this.#isWanted = true;
    this.#restarts = 0;
    fs.mkdirSync(this.options.folder, { recursive: true });
    fs.rmSync(this.logFile, { force: true });
    this.#endForerunner();
    this.#spawn();
  }

  get #pidFile(): string {
    return path.join(this.options.folder, `${this.name}.pid`);
  }

  /** Ends what a supervisor that was killed left behind: it would hold the data. Only on Linux is it known for sure to be ours. */
  #endForerunner(): void {
    try {
      const pid = Number(fs.readFileSync(this.#pidFile, 'utf8'));
      const [program] = fs
        .readFileSync(`/proc/${pid}/cmdline`, 'utf8')
        .split('\0');
      if (program === this.options.program) process.kill(pid, 'SIGKILL');
    } catch {
      // Mostly there is none.
    }
  }

  #spawn(): void {
    const { program, args, folder, environment } = this.options;
    const log = fs.openSync(this.logFile, 'a', 0o600);
    const startedMs = Date.now();
    const child = spawn(program, args, {
      cwd: folder,
      stdio: ['ignore', log, log],
      env: { PATH: process.env.PATH, HOME: folder, ...environment },
    });
    fs.closeSync(log);
    this.#child = child;
    if (child.pid !== undefined)
      fs.writeFileSync(this.#pidFile, String(child.pid));
    this.#exited = new Promise(resolve => {
      const over = (why: string) => {
        this.#child = undefined;
        resolve();
        if (this.#isWanted) this.#again(why, Date.now() - startedMs);
      };
      child.once('error', error => over(error.message));
      child.once('exit', (code, signal) =>
        over(`it ended with ${signal ?? code}`),
      );
    });
  }

  #again(why: string, ranMs: number): void {
    if (ranMs > STABLE_MS) this.#restarts = 0;
    this.#restarts += 1;
    if (this.#restarts > RESTARTS) {
      this.#isWanted = false;
      this.options.onGivenUp?.(
        `${this.name} does not run (${why}); the end of ${this.logFile}:\n${this.lastWords()}`,
      );
      return;
    }
    this.#timer = setTimeout(() => this.#spawn(), RESTART_MS);
  }

  /** The end of its log. */
  lastWords(): string {
    try {
      const lines = fs.readFileSync(this.logFile, 'utf8').trimEnd().split('\n');
      return lines.slice(-8).join('\n');
    } catch {
      return '';
    }
  }

  /** Ends it, with SIGKILL at once (`isHard`) or when it does not heed SIGTERM. */
  async stop(isHard = false): Promise<void> {
    this.#isWanted = false;
    clearTimeout(this.#timer);
    const child = this.#child;
    if (!child) return;
    child.kill(isHard ? 'SIGKILL' : 'SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    await this.#exited;
    clearTimeout(timer);
  }
}
