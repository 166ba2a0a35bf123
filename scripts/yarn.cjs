/**
 * What `yarn` runs in this repository (`yarnPath` of .yarnrc.yml): the yarn of lib/yarn.mjs, except that `yarn start` and
 * `yarn test` of a fresh clone go through the bootstrap, because yarn runs no script before an installation.
 */
const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const [command, ...args] = process.argv.slice(2);
const isFresh = !existsSync(join(__dirname, '../node_modules/.yarn-state.yml'));

async function runYarn() {
  const { ensureYarn } = await import('./lib/yarn.mjs');
  const yarn = await ensureYarn();
  process.env.YARN_IGNORE_PATH = '1';
  require(yarn);
}

if (isFresh && (command === 'start' || command === 'test')) {
  const { status } = spawnSync(
    process.execPath,
    [join(__dirname, 'run.mjs'), command, ...args],
    { stdio: 'inherit' },
  );
  process.exitCode = status ?? 1;
} else {
  runYarn().catch(error => {
    console.error(error.expected ? error.message : error.stack);
    process.exitCode = 1;
  });
}
