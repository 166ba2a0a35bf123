/** Gets what every task needs – the right Node, yarn, the dependencies – and says what it does. Silent when all is there. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ensureDependencies } from './dependencies.mjs';
import { ensureNode } from './node.mjs';
import { cache, inRoot } from './paths.mjs';
import { run } from './process.mjs';
import { ensureYarn } from './yarn.mjs';

/**
 * Makes this process fit to run a task. Where another Node is needed, the command line (script and arguments, without
 * the program) is run again under it and its exit code returned; undefined means: go on, here.
 */
export async function bootstrap(commandLine) {
  const node = await ensureNode();
  const yarn = await ensureYarn();
  await ensureDependencies(node, yarn);
  if (node !== process.execPath) return runAgain(node, commandLine);

  const shims = writeShims(node, yarn);
  process.env.PATH = [
    shims,
    inRoot('node_modules/.bin'),
    process.env.PATH,
  ].join(delimiter);
  return undefined;
}

/** Runs the same command under another Node, in the same terminal. */
async function runAgain(node, commandLine) {
  // Ctrl-C reaches both processes; the one that does the work decides when it is done.
  process.on('SIGINT', () => {});
  return run(node, commandLine, {
    onChild: child => process.on('SIGTERM', () => child.kill('SIGTERM')),
  });
}

/** A folder for the front of PATH, in which `node` and `yarn` are the ones that this repository wants. */
function writeShims(node, yarn) {
  const folder = join(cache, 'bin');
  mkdirSync(folder, { recursive: true });
  const script = (name, line) => {
    const file = join(folder, name);
    const text = `#!/bin/sh\n${line}\n`;
    // Written only when it changes: another task may be running it just now.
    if (!existsSync(file) || readFileSync(file, 'utf8') !== text)
      writeFileSync(file, text, { mode: 0o755 });
  };
  script('node', `exec '${node}' "$@"`);
  script('yarn', `YARN_IGNORE_PATH=1 exec '${node}' '${yarn}' "$@"`);
  return folder;
}
