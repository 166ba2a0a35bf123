/**
 * `npm run try-install`: packs the plugins as they would be published, makes a fresh portal with create-app, installs them by the
 * README's steps, checks types, builds the app with them and starts the backend. Takes some minutes; needs the npm registry.
 * With `--keep` the portal stays where it is, to look at.
 */
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
import { join } from 'node:path';
import { inRoot, root } from '../lib/paths.mjs';
import { freePort, waitForHttp } from '../lib/ports.mjs';
import {
  capture,
  createLog,
  expectedError,
  run,
  say,
  since,
  startGroup,
} from '../lib/process.mjs';

const CREATE_APP = '@backstage/create-app@0.9.2';
const BACKEND = '@amamba/backstage-plugin-amamba-backend';
const FRONTEND = '@amamba/backstage-plugin-amamba';
/** Stands beside the kubernetes plugin, which create-app adds. */
const BRIDGE = '@amamba/backstage-plugin-kubernetes-backend-module-amamba';
/** What a fresh portal of this create-app needs besides, to install and to run at all; nothing of it is about our packages. */
const RESOLUTIONS = [
  '@swc/core',
  '@yarnpkg/core',
  'better-sqlite3',
  'rollup',
  'unrs-resolver',
];
const START_TIMEOUT_MS = 120_000;

export async function main(args) {
  const folder = mkdtempSync(join(tmpdir(), 'amamba-try-install-'));
  const portal = join(folder, 'portal');
  const startMs = Date.now();
  try {
    await step('building the packages', build);
    const archives = await step('packing', () =>
      pack(join(folder, 'packages')),
    );
    await step(`${CREATE_APP}`, () => createPortal(portal));
    await step('installing by the README', () => install(portal, archives));
    await step('checking types', () => must('yarn', ['tsc'], portal));
    await step('building the app', () =>
      must('yarn', ['workspace', 'app', 'build'], portal),
    );
    await step('starting the backend', () => startBackend(portal, folder));
    say(`the packages install into a fresh portal; in ${since(startMs)}`);
    return 0;
  } finally {
    if (args.includes('--keep')) say(`kept in ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  }
}

/** Does something and says how long it took. */
async function step(name, action) {
  say(`${name} …`);
  const startMs = Date.now();
  const result = await action();
  say(`${name}: ${since(startMs)}`);
  return result;
}

/** Runs a program that has to succeed. */
async function must(program, args, cwd) {
  // Our own choice for a machine without a compiler; the native modules ship prebuilt.
  const env = {
    ...process.env,
    CI: '1',
    YARN_ENABLE_SCRIPTS: 'false',
    YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
  };
  const code = await run(program, args, { cwd, env });
  if (code !== 0)
    throw expectedError(`${program} ${args.join(' ')} ended with code ${code}`);
}

async function build() {
  await must('tsc', [], root);
  await must('backstage-cli', ['repo', 'build'], root);
}

/** Packs the published packages of the workspace; their archives by name. */
async function pack(folder) {
  mkdirSync(folder);
  const archives = new Map();
  for (const plugin of readdirSync(inRoot('plugins'))) {
    const manifest = JSON.parse(
      readFileSync(inRoot('plugins', plugin, 'package.json'), 'utf8'),
    );
    if (manifest.private) continue;
    const archive = join(folder, `${plugin}.tgz`);
    await must('yarn', ['pack', '--out', archive], inRoot('plugins', plugin));
    await mustContain(archive, ['LICENSE', 'README.md', 'package.json']);
    archives.set(manifest.name, archive);
  }
  return archives;
}

/** Looks whether a packed package brings the files along. */
async function mustContain(archive, files) {
  const { stdout } = await capture('tar', ['--list', '--file', archive]);
  const packed = stdout.split('\n');
  for (const file of files) {
    if (!packed.includes(`package/${file}`))
      throw expectedError(`${archive} does not contain ${file}`);
  }
}

/** Makes a portal with create-app, without installing it, and adds the resolutions that it needs. */
async function createPortal(portal) {
  // It asks for a name on a terminal; without one it takes this.
  process.env.BACKSTAGE_APP_NAME = 'portal';
  await must(
    'npm',
    [
      'exec',
      '--yes',
      '--ignore-scripts',
      '--',
      CREATE_APP,
      '--skip-install',
      '--path',
      portal,
    ],
    root,
  );
  const { resolutions } = JSON.parse(
    readFileSync(inRoot('package.json'), 'utf8'),
  );
  edit(join(portal, 'package.json'), manifest => {
    manifest.resolutions = { ...manifest.resolutions };
    for (const name of RESOLUTIONS)
      manifest.resolutions[name] = resolutions[name];
  });
}

/** The README's steps, with archives in place of the registry. */
async function install(portal, archives) {
  edit(join(portal, 'packages/backend/package.json'), ({ dependencies }) => {
    for (const name of [BACKEND, BRIDGE])
      dependencies[name] = `file:${archives.get(name)}`;
  });
  edit(join(portal, 'packages/app/package.json'), ({ dependencies }) => {
    dependencies[FRONTEND] = `file:${archives.get(FRONTEND)}`;
  });
  // What the packages need of each other comes from the archives, too.
  edit(join(portal, 'package.json'), ({ resolutions }) => {
    for (const [name, archive] of archives)
      resolutions[name] = `file:${archive}`;
  });
  const index = join(portal, 'packages/backend/src/index.ts');
  const text = readFileSync(index, 'utf8');
  const lines = [BACKEND, BRIDGE]
    .map(name => `backend.add(import('${name}'));`)
    .join('\n');
  writeFileSync(
    index,
    text.replace('backend.start();', `${lines}\n\nbackend.start();`),
  );
  await must('yarn', ['install'], portal);
}

function edit(file, change) {
  const content = JSON.parse(readFileSync(file, 'utf8'));
  change(content);
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}

/** Starts the portal's backend and asks it for what only our plugin answers. */
async function startBackend(portal, folder) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const logFile = join(folder, 'backend.log');
  const backend = startGroup('yarn', ['workspace', 'backend', 'start'], {
    cwd: portal,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      GITHUB_TOKEN: 'none',
      APP_CONFIG_backend_baseUrl: JSON.stringify(url),
      APP_CONFIG_backend_listen: JSON.stringify({ host: '127.0.0.1', port }),
    },
  });
  createLog(logFile, backend.child);
  try {
    const isUp = await waitForHttp(`${url}/.backstage/health/v1/readiness`, {
      timeoutMs: START_TIMEOUT_MS,
      ended: backend.exited,
    });
    if (!isUp)
      throw expectedError(
        `The backend did not get ready:\n${existsSync(logFile) ? readFileSync(logFile, 'utf8') : ''}`,
      );
    // A plugin that is not there answers 404; ours asks who is calling.
    const { status } = await fetch(`${url}/api/amamba/v1/workspaces`);
    if (status !== 401)
      throw expectedError(
        `/api/amamba/v1/workspaces answered ${status} to a stranger, 401 was expected`,
      );
  } finally {
    await backend.stop();
  }
}
