/** The package manager of the repository. */
import { join } from 'node:path';
import { ensurePackageFile } from './npmPackage.mjs';
import { cache } from './paths.mjs';

/** The version that `packageManager` of the root's package.json names. */
export const YARN_VERSION = '4.13.0';

/** The path of yarn, to be run with `node`; it is fetched into the cache on first use. */
export function ensureYarn() {
  return ensurePackageFile({
    title: 'yarn',
    name: '@yarnpkg/cli-dist',
    version: YARN_VERSION,
    integrity:
      'sha512-c0YdSja652OezJqFnz9+pZwKfKAiBu2aRPJiHPU73sirTGgvQRTyaS5Y6PQHAmmaoa3RjCY6f3L2q9g8S/urqw==',
    folder: join(cache, 'yarn', YARN_VERSION),
    path: 'bin/yarn.js',
  });
}
