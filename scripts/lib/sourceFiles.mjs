/** The sources of the packages, looked at as text. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { inRoot } from './paths.mjs';

/** All files below the folder whose path passes `wanted`, sorted. */
export function filesBelow(folder, wanted) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .filter(wanted)
    .sort();
}

/** The files in `src` of all packages whose path passes `wanted`. */
function sources(wanted) {
  return ['packages', 'plugins'].flatMap(parent =>
    readdirSync(inRoot(parent))
      .map(name => inRoot(parent, name, 'src'))
      .filter(folder => existsSync(folder))
      .flatMap(folder => filesBelow(folder, wanted)),
  );
}

const IS_TEST = /\.test\.(ts|tsx|js)$/;
const DATABASE = /\b(startTestBackend|TestDatabases)\b/;
const RELATIVE_IMPORT = /from '(\.[^']*)'/g;

/**
 * Whether a test file opens a database, on its own or in a backend: it says so, or a `__testUtils__` module that it imports
 * does.
 */
export function opensDatabase(file, seen = new Set()) {
  if (seen.has(file)) return false;
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  if (DATABASE.test(text)) return true;
  return [...text.matchAll(RELATIVE_IMPORT)]
    .map(([, path]) => resolve(dirname(file), path))
    .filter(path => path.includes('__testUtils__'))
    .flatMap(path => ['.ts', '.tsx', '/index.ts'].map(end => path + end))
    .some(path => existsSync(path) && opensDatabase(path, seen));
}

/** The jest test files of all packages, those that open a database apart from the others. */
export function testFiles() {
  const files = sources(file => IS_TEST.test(file));
  const http = files.filter(file => opensDatabase(file));
  return { unit: files.filter(file => !http.includes(file)), http };
}

/** Files, tests aside, with more lines than a file should have (300); lint refuses those above 400. */
export function longFiles() {
  return sources(file => /\.(ts|tsx)$/.test(file) && !IS_TEST.test(file))
    .map(file => ({
      file,
      lines: readFileSync(file, 'utf8').split('\n').length - 1,
    }))
    .filter(({ lines }) => lines > 300);
}
