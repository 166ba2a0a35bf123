import { execFile, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { ExpectedError } from './errors';
import { withLock } from './lock';
import {
  LOOPBACK_PATCHES,
  MANIFESTS,
  MODULE,
  Program,
  ProgramFolder,
  programFolder,
  PROGRAMS,
} from './programs';
import { readJson, writeWhole } from './status';

/** How far a build is, in words of {@link progressText}. */
export interface BuildProgress {
  /** from 1 */
  number: number;
  of: number;
  name: string;
  remainingSeconds: number;
}

/** What a build needs while it runs: modules, a compiler, compiled packages, programs. */
const NEEDED_GIB = 9;
const KEPT_GIB = 1;
const GIB = 1024 ** 3;
const TELL_EVERY_MS = 5_000;
const run = promisify(execFile);

/** "building the local Kubernetes, 3 of 7 (Helm), about 6 minutes" */
export function progressText(progress: BuildProgress): string {
  const { number, of, name, remainingSeconds } = progress;
  const minutes = Math.round(remainingSeconds / 60);
  let left = 'less than a minute';
  if (minutes === 1) left = 'about a minute';
  if (minutes > 1) left = `about ${minutes} minutes`;
  return `building the local Kubernetes, ${number} of ${of} (${name}), ${left}`;
}

/** What a first build costs, before it starts. */
export const COST = `compiling the local Kubernetes from its sources: once, about 10 minutes on two cores, ${NEEDED_GIB} GB of disk while it lasts and ${KEPT_GIB} GB afterwards`;

/**
 * Seconds that are left when the programs before `index` took `elapsed` seconds and the current one runs for `current`. The speed
 * of this machine is taken from what is done; before that it is believed to be as the table says.
 */
export function estimate(
  programs: readonly { seconds: number }[],
  index: number,
  elapsed: number,
  current: number,
): number {
  const sum = (list: readonly { seconds: number }[]) =>
    list.reduce((total, { seconds }) => total + seconds, 0);
  const done = sum(programs.slice(0, index));
  const speed = done === 0 ? 1 : Math.max(elapsed / done, 0.05);
  const own = programs[index].seconds * speed;
  // What takes longer than it should does not end at once.
  return (
    Math.max(own - current, own * 0.1) + speed * sum(programs.slice(index + 1))
  );
}

async function requireGo(): Promise<void> {
  try {
    await run('go', ['version']);
  } catch {
    throw new ExpectedError(
      'There is no Go on this machine, which the local Kubernetes is compiled with (Debian: apt-get install golang-go; any Go from 1.21 on gets the version that it needs). ' +
        'Without it, connect a cluster of yours: npm start -- --kubeconfig FILE.',
    );
  }
}

async function requireSpace(folder: string): Promise<void> {
  const { bavail, bsize } = await fs.promises.statfs(folder);
  const free = (bavail * bsize) / GIB;
  if (free < NEEDED_GIB)
    throw new ExpectedError(
      `Compiling the local Kubernetes needs ${NEEDED_GIB} GB of disk below ${folder}, and ${free.toFixed(1)} GB are free. XDG_CACHE_HOME names another place.`,
    );
}

/** Runs go in our module; its output goes to the build's log. */
class Go {
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

/** Copies the modules that are compiled with a line changed, and has the copies compiled. */
async function patchModules(go: Go): Promise<void> {
  for (const { module, file, from, to } of LOOPBACK_PATCHES) {
    const source = await go.folder(module);
    const copy = path.join(go.work, path.basename(source));
    fs.rmSync(copy, { recursive: true, force: true });
    fs.cpSync(source, copy, { recursive: true });
    const target = path.join(copy, file);
    const text = fs.readFileSync(target, 'utf8');
    if (!text.includes(from))
      throw new Error(`${module} has no ${from} in ${file} any more`);
    fs.chmodSync(target, 0o644);
    fs.writeFileSync(target, text.replaceAll(from, to));
    go.replace(module, copy);
  }
}

async function copyManifests(go: Go, target: ProgramFolder): Promise<void> {
  fs.rmSync(target.manifests, { recursive: true, force: true });
  for (const { module, files } of MANIFESTS) {
    const source = await go.folder(module);
    for (const { from, to } of files) {
      const copy = path.join(target.manifests, to);
      fs.mkdirSync(path.dirname(copy), { recursive: true });
      fs.cpSync(path.join(source, from), copy, { recursive: true });
    }
  }
}

async function compile(
  go: Go,
  program: Program,
  target: ProgramFolder,
  signal?: AbortSignal,
): Promise<void> {
  const { name, source, version } = program;
  const variables = version
    ? version.variables(await go.version(version.module))
    : [];
  const next = path.join(target.bin, `${name}.new`);
  await go.run(
    [
      'build',
      '-trimpath',
      '-ldflags',
      ['-s', '-w', ...variables.flatMap(each => ['-X', each])].join(' '),
      '-o',
      next,
      source,
    ],
    signal,
  );
  fs.renameSync(next, path.join(target.bin, name));
}

const progressFile = (target: ProgramFolder) =>
  path.join(target.folder, 'progress.json');

/**
 * Compiles the programs that are missing, and removes what is only needed for that. Another process that does the same is waited
 * for; its progress is told. Interrupted, it goes on where it was.
 */
export async function build(options: {
  onProgress: (progress: BuildProgress) => void;
  signal?: AbortSignal;
}): Promise<ProgramFolder> {
  const { onProgress, signal } = options;
  const target = programFolder();
  if (fs.existsSync(target.mark)) return target;
  fs.mkdirSync(target.bin, { recursive: true });
  await withLock(
    path.join(target.folder, 'lock'),
    async () => {
      if (fs.existsSync(target.mark)) return;
      await requireGo();
      await requireSpace(target.folder);
      const tell = (progress: BuildProgress) => {
        writeWhole(progressFile(target), JSON.stringify(progress), 0o644);
        onProgress(progress);
      };
      await buildAll(target, tell, signal);
    },
    {
      signal,
      onWait: () => {
        const other = readJson<BuildProgress>(progressFile(target));
        if (other) onProgress(other);
      },
    },
  );
  return target;
}

async function buildAll(
  target: ProgramFolder,
  tell: (progress: BuildProgress) => void,
  signal?: AbortSignal,
): Promise<void> {
  const work = path.join(target.folder, 'work');
  fs.mkdirSync(work, { recursive: true });
  const go = new Go(work, target);
  const missing = PROGRAMS.filter(
    ({ name }) => !fs.existsSync(path.join(target.bin, name)),
  );
  const startMs = Date.now();
  for (const [index, program] of missing.entries()) {
    const stepMs = Date.now();
    const progress = () =>
      tell({
        number: PROGRAMS.indexOf(program) + 1,
        of: PROGRAMS.length,
        name: program.title,
        remainingSeconds: Math.round(
          estimate(
            missing,
            index,
            (stepMs - startMs) / 1000,
            (Date.now() - stepMs) / 1000,
          ),
        ),
      });
    progress();
    const timer = setInterval(progress, TELL_EVERY_MS);
    try {
      if (index === 0) await patchModules(go);
      await compile(go, program, target, signal);
    } finally {
      clearInterval(timer);
    }
  }
  await copyManifests(go, target);
  // Gigabytes that only another build would want, which happens when a version changes.
  fs.rmSync(work, { recursive: true, force: true });
  writeWhole(target.mark, `${new Date().toISOString()}\n`, 0o644);
}
