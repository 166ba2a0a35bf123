import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import test, { afterEach, beforeEach } from 'node:test';
import { ensurePackageFile } from './npmPackage.mjs';

const path = process.env.PATH;
let home;

/** Puts an `npm` at the front of PATH that "installs" a package with this checksum, and notes that it was called. */
function fakeNpm({ integrity, exitCode = 0 }) {
  const lock = { packages: { 'node_modules/tool': { integrity } } };
  writeFileSync(
    join(home, 'npm'),
    `#!/bin/sh
echo called >> '${home}/calls'
mkdir -p "$3/node_modules/tool"
echo 'the tool' > "$3/node_modules/tool/run.js"
echo '${JSON.stringify(lock)}' > "$3/node_modules/.package-lock.json"
echo 'npm says why' >&2
exit ${exitCode}
`,
    { mode: 0o755 },
  );
  process.env.PATH = [home, path].join(delimiter);
}

const wanted = () => ({
  title: 'the tool',
  name: 'tool',
  version: '1.0.0',
  integrity: 'sha512-known',
  folder: join(home, 'cache'),
  path: 'run.js',
});

const calls = () =>
  readFileSync(join(home, 'calls'), 'utf8').split('\n').length - 1;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'amamba-npm-'));
});

afterEach(() => {
  process.env.PATH = path;
  rmSync(home, { recursive: true });
});

test('a package is fetched once', async () => {
  fakeNpm({ integrity: 'sha512-known' });
  const file = await ensurePackageFile(wanted());
  assert.equal(readFileSync(file, 'utf8'), 'the tool\n');
  assert.equal(await ensurePackageFile(wanted()), file);
  assert.equal(calls(), 1);
});

test('two tasks at once both get it, and leave nothing behind', async () => {
  fakeNpm({ integrity: 'sha512-known' });
  const files = await Promise.all([
    ensurePackageFile(wanted()),
    ensurePackageFile(wanted()),
  ]);
  assert.equal(files[0], files[1]);
  assert.deepEqual(readdirSync(home).sort(), ['cache', 'calls', 'npm']);
});

test('half a package is made anew', async () => {
  fakeNpm({ integrity: 'sha512-known' });
  mkdirSync(join(home, 'cache/node_modules/tool'), { recursive: true });
  const file = await ensurePackageFile(wanted());
  assert.equal(readFileSync(file, 'utf8'), 'the tool\n');
});

test('another archive than the known one is refused', async () => {
  fakeNpm({ integrity: 'sha512-other' });
  await assert.rejects(
    ensurePackageFile(wanted()),
    /tool@1\.0\.0 is not the one that is known here \(sha512-other\)/,
  );
  assert.equal(existsSync(join(home, 'cache')), false);
});

test('when npm fails, its reason is told', async () => {
  fakeNpm({ integrity: 'sha512-known', exitCode: 1 });
  await assert.rejects(ensurePackageFile(wanted()), /npm says why/);
  assert.equal(existsSync(join(home, 'cache')), false);
});
