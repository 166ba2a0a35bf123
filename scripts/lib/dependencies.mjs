/** The dependencies in node_modules: installed when missing or stale. */
import { createHash } from 'node:crypto';
import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { cache, inRoot, root } from './paths.mjs';
import { expectedError, run, say, since } from './process.mjs';

/** Holds the fingerprint of what was installed. It lies inside node_modules, so that it goes when they go. */
const stamp = inRoot('node_modules/.amamba-installed');

/** The fields of a package.json that change what is installed; others may change freely. */
const FIELDS = [
  'name',
  'version',
  'workspaces',
  'bin',
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
  'peerDependenciesMeta',
  'resolutions',
];

/** The package.json files of the repository: the root's and those of the workspaces. */
function manifests() {
  const folders = ['packages', 'plugins'].flatMap(parent =>
    existsSync(inRoot(parent))
      ? readdirSync(inRoot(parent)).map(name => join(parent, name))
      : [],
  );
  return ['.', ...folders.sort()]
    .map(folder => inRoot(folder, 'package.json'))
    .filter(file => existsSync(file));
}

/** A hash of everything that decides what `node_modules` should hold. */
function fingerprint() {
  const hash = createHash('sha256').update(
    `${process.platform}-${process.arch}\n`,
  );
  hash
    .update(readFileSync(inRoot('yarn.lock')))
    .update(readFileSync(inRoot('.yarnrc.yml')));
  for (const file of manifests()) {
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    hash.update(JSON.stringify(FIELDS.map(field => manifest[field] ?? null)));
  }
  return hash.digest('hex');
}

/** Installs with the given Node and yarn, unless the last installation still fits. */
export async function ensureDependencies(node, yarn) {
  const wanted = fingerprint();
  const isInstalled = existsSync(inRoot('node_modules'));
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;

  say(
    isInstalled
      ? 'the dependencies changed since they were installed; installing …'
      : 'the dependencies are not installed yet; installing (a few minutes, about 2 GB) …',
  );
  rmSync(stamp, { force: true });
  const startMs = Date.now();
  const logFile = join(cache, 'logs/install.log');
  const code = await run(node, [yarn, 'install', '--immutable'], {
    cwd: root,
    env: {
      ...process.env,
      YARN_IGNORE_PATH: '1',
      YARN_ENABLE_PROGRESS_BARS: '0',
    },
    logFile,
  });
  if (code !== 0) {
    process.stdout.write(
      readFileSync(logFile, 'utf8').split('\n').slice(-40).join('\n'),
    );
    throw expectedError(
      'The dependencies could not be installed; yarn says why above. ' +
        'If a package.json was changed, run `node scripts/yarn.cjs install` to bring yarn.lock up to date.',
    );
  }
  writeFileSync(stamp, wanted);
  say(`installed in ${since(startMs)}`);
}
