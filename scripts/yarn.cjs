/**
 * What `yarn` runs in this repository (`yarnPath` of .yarnrc.yml): the vendored yarn, except that `yarn start` and
 * `yarn test` of a fresh clone go through the bootstrap, because yarn runs no script before an installation.
 */
const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const [command, ...args] = process.argv.slice(2);
const isFresh = !existsSync(join(__dirname, '../node_modules/.yarn-state.yml'));

if (isFresh && (command === 'start' || command === 'test')) {
  const { status } = spawnSync(
    process.execPath,
    [join(__dirname, 'run.mjs'), command, ...args],
    { stdio: 'inherit' },
  );
  process.exitCode = status ?? 1;
} else {
  process.env.YARN_IGNORE_PATH = '1';
  require('../.yarn/releases/yarn-4.13.0.cjs');
}
