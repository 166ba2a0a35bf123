import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { ExpectedError } from './errors';
import { Go, requireGo } from './Go';
import { withLock } from './lock';
import { BuildProgress, estimate } from './progress';
import {
  LOOPBACK_PATCHES,
  MANIFESTS,
  Program,
  ProgramFolder,
  programFolder,
  PROGRAMS,
} from './programs';
import { readJson, writeWhole } from './status';

/** What a build needs while it runs: modules, a compiler, compiled packages, programs. */
const NEEDED_GIB = 9;
const KEPT_GIB = 1;
const GIB = 1024 ** 3;
const TELL_EVERY_MS = 5_000;

/** What a first build costs, before it starts. */
export const COST = `compiling the local Kubernetes from its sources: once, about 10 minutes on two cores, ${NEEDED_GIB} GB of disk while it lasts and ${KEPT_GIB} GB afterwards`;

async function requireSpace(folder: string): Promise<void> {
  const { bavail, bsize } = await fs.promises.statfs(folder);
  const free = (bavail * bsize) / GIB;
  if (free < NEEDED_GIB)
    throw new ExpectedError(
      `Compiling the local Kubernetes needs ${NEEDED_GIB} GB of disk below ${folder}, and ${free.toFixed(1)} GB are free. XDG_CACHE_HOME names another place.`,
    );
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
  // Gigabytes that only another build would want, which happens when a version changes. Go writes its own toolchain read-only.
  await promisify(execFile)('chmod', ['-R', 'u+w', work]);
  fs.rmSync(work, { recursive: true, force: true });
  writeWhole(target.mark, `${new Date().toISOString()}\n`, 0o644);
}
