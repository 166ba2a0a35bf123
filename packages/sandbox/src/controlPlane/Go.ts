import { execFile, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { ExpectedError } from './errors';
import { MODULE, ProgramFolder } from './programs';

const run = promisify(execFile);

/** Fails with what to do on a machine without Go. */
export async function requireGo(): Promise<void> {
  try {
    await run('go', ['version']);
  } catch {
    throw new ExpectedError(
      'There is no Go on this machine, which the local Kubernetes is compiled with (Debian: apt-get install golang-go; any Go from 1.21 on gets the version that it needs). ' +
        'Without it, connect a cluster of yours: npm start -- --kubeconfig FILE.',
    );
  }
}

/** Runs go in our module; its output goes to the build's log. */
export class Go {
  readonly #environment: NodeJS.ProcessEnv;
  readonly #log: string;
  /** The versions as our go.mod has them, and with the folders of changed modules. Copies: go may write into them. */
  readonly #versions: string;
  readonly #patched: string;

  readonly work: string;

  constructor(work: string, target: ProgramFolder) {
    this.work = work;
    this.#log = path.join(target.folder, 'build.log');
    this.#versions = path.join(work, 'versions.mod');
    this.#patched = path.join(work, 'patched.mod');
    for (const copy of [this.#versions, this.#patched]) {
      fs.copyFileSync(path.join(MODULE, 'go.mod'), copy);
      fs.copyFileSync(path.join(MODULE, 'go.sum'), copy.replace(/mod$/, 'sum'));
    }
    this.#environment = {
      ...process.env,
      GOTOOLCHAIN: 'auto',
      GOWORK: 'off',
      // Of this build alone, so that they can be removed when it is done; whoever keeps caches names them.
      GOCACHE: process.env.GOCACHE || path.join(work, 'compiled'),
      GOMODCACHE: process.env.GOMODCACHE || path.join(work, 'modules'),
    };
  }

  #with(file: string): NodeJS.ProcessEnv {
    return {
      ...this.#environment,
      GOFLAGS: `-mod=mod -modcacherw -modfile=${file}`,
    };
  }

  async output(...args: string[]): Promise<string> {
    const { stdout } = await run('go', args, {
      cwd: MODULE,
      env: this.#with(this.#versions),
      maxBuffer: 64 * 1024 ** 2,
    });
    return stdout.trim();
  }

  async run(args: string[], signal?: AbortSignal): Promise<void> {
    const log = fs.openSync(this.#log, 'a');
    try {
      const child = spawn('go', args, {
        cwd: MODULE,
        env: this.#with(this.#patched),
        stdio: ['ignore', log, log],
        signal,
      });
      // Whoever waits for the portal comes first.
      if (child.pid !== undefined)
        os.setPriority(child.pid, os.constants.priority.PRIORITY_BELOW_NORMAL);
      const code = await new Promise<number | null>((resolve, reject) => {
        child.once('error', reject);
        child.once('exit', resolve);
      });
      if (code !== 0)
        throw new ExpectedError(
          `go ${args[0]} failed while compiling the local Kubernetes; the end of ${this.#log}:\n${this.#tail()}`,
        );
    } finally {
      fs.closeSync(log);
    }
  }

  #tail(): string {
    return fs
      .readFileSync(this.#log, 'utf8')
      .split('\n')
      .filter(line => !line.startsWith('go: downloading'))
      .slice(-15)
      .join('\n');
  }

  /** The folder of a module, downloaded when it must be. */
  async folder(module: string): Promise<string> {
    const text = await this.output('mod', 'download', '-json', module);
    const { Dir } = JSON.parse(text) as { Dir: string };
    return Dir;
  }

  /** Compiles a folder in place of a module. */
  replace(module: string, folder: string): void {
    fs.appendFileSync(this.#patched, `\nreplace ${module} => ${folder}\n`);
  }

  version(module: string): Promise<string> {
    return this.output('list', '-m', '-f', '{{.Version}}', module);
  }
}
