import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, platform, release, totalmem } from 'node:os';
import { basename, dirname, extname, join } from 'node:path';
import type { Must } from './must';

/** One measured figure. */
export type Figure = {
  /** What was measured, short: "faster than the Jenkins plugin". */
  readonly what: string;
  readonly value: number;
  /** "×", "ms", "kB gzip", … */
  readonly unit: string;
  readonly must: Must;
  /** What it was measured against, side by side in the same run. */
  readonly against: string;
  /** Raw measurements behind the value, for whoever doubts it. */
  readonly details?: Record<string, number | string>;
};

const ROOT = join(__dirname, '../..');

/**
 * Runs the benchmark of the file `__filename` and writes `bench/results/<name of the file>.json`: the first figure at the
 * top, any others under `further`.
 *
 * The process ends with an error when the benchmark throws. A figure that does not hold is no error: the runner tells.
 */
export async function bench(
  filename: string,
  measure: () => Promise<[Figure, ...Figure[]]>,
): Promise<void> {
  const name = basename(filename, extname(filename));
  const [main, ...further] = await measure();
  const result = {
    name,
    ...record(main),
    ...(further.length > 0 && { further: further.map(record) }),
    machine: machine(),
    date: new Date().toISOString(),
    commit: commit(),
  };
  const file = join(ROOT, 'bench/results', `${name}.json`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
}

function record({ what, value, unit, must, against, details }: Figure) {
  return {
    what,
    value: Number(value.toPrecision(4)),
    unit,
    must: must.text,
    holds: must.holds(value),
    against,
    ...(details && { details }),
  };
}

/** What the figures were measured on; without a name, which says nothing to others. */
function machine(): string {
  const cores = cpus();
  const memoryGb = Math.round(totalmem() / 1024 ** 3);
  return `${cores.length} × ${cores[0]?.model.trim() ?? 'unknown processor'}, ${memoryGb} GB, ${platform()} ${release()}, Node ${process.versions.node}`;
}

/** The commit that was measured, with a "+" when there were changes on top of it. */
function commit(): string {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
  const changes = git('status', '--porcelain', '--', '.', ':!bench/results');
  return `${git('rev-parse', '--short=12', 'HEAD')}${changes ? '+' : ''}`;
}
