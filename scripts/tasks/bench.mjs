/** `npm run bench [name…]`: runs the benchmarks of bench/, or the named ones, and prints what they wrote as a table. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot, root } from '../lib/paths.mjs';
import { expectedError, run, say, since } from '../lib/process.mjs';

const FILE = /^([a-z0-9-]+)\.(ts|mjs)$/;

export async function main(names) {
  const files = choose(names);
  const rows = [];
  let isGood = true;
  for (const [name, file] of files) {
    say(`${name} …`);
    const startMs = Date.now();
    // One at a time: two benchmarks on the same cores would measure each other.
    const code = await run(
      process.execPath,
      // Lets a benchmark import the sources of the packages, as the development backend does.
      [
        '--require',
        '@backstage/cli/config/nodeTransform.cjs',
        join(root, 'bench', file),
      ],
      { cwd: root, env: { NODE_ENV: 'production', ...process.env } },
    );
    const result = readResult(name, startMs);
    const isDone = code === 0 && result !== undefined;
    isGood &&= isDone && figures(result).every(({ holds }) => holds);
    rows.push(
      ...(isDone
        ? toRows(result)
        : [[name, 'did not end well', '', '', 'NO', '']]),
    );
    say(`${name} took ${since(startMs)}`);
  }
  print([['benchmark', 'what', 'value', 'must', 'holds', 'against'], ...rows]);
  return isGood ? 0 : 1;
}

/** The files of the named benchmarks, or of all. */
function choose(names) {
  const all = new Map(
    readdirSync(inRoot('bench'))
      .map(file => [FILE.exec(file)?.[1], file])
      .filter(([name]) => name !== undefined)
      .sort(),
  );
  const unknown = names.find(name => !all.has(name));
  if (unknown !== undefined) {
    throw expectedError(
      `There is no benchmark "${unknown}"; there are ${[...all.keys()].join(', ') || 'none'}.`,
    );
  }
  return [...all].filter(
    ([name]) => names.length === 0 || names.includes(name),
  );
}

/** What the benchmark wrote since `startMs`; an older result is not one. */
function readResult(name, startMs) {
  const file = inRoot('bench/results', `${name}.json`);
  if (!existsSync(file) || statSync(file).mtimeMs < startMs) return undefined;
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The rows of the table for one result. */
function toRows(result) {
  return figures(result).map(({ what, value, unit, must, holds, against }) => [
    result.name,
    what,
    `${value} ${unit}`,
    `${must} ${unit}`,
    holds ? 'yes' : 'NO',
    against,
  ]);
}

/** The figures of a result: the one at its top, then the others. */
function figures({ further = [], ...main }) {
  return [main, ...further];
}

/** Prints rows with aligned columns. */
function print(rows) {
  const widths = rows[0].map((_, column) =>
    Math.max(...rows.map(row => row[column].length)),
  );
  console.log();
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    );
}
