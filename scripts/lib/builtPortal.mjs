/**
 * The portal as it is built for production, run from a folder of its own: what `yarn build:all` made, unpacked as a
 * container image would, with the third-party packages of this repository. So a test of it also finds what only breaks in
 * built packages: cycles, deep imports, files that are not published.
 */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { cache, inRoot } from './paths.mjs';
import { capture, expectedError } from './process.mjs';

const ARCHIVE = inRoot('packages/backend/dist/bundle.tar.gz');

/** Unpacks the last build into .cache/portal-built and returns the folder to run `node .` in. */
export async function unpackBuiltPortal() {
  if (!existsSync(ARCHIVE))
    throw expectedError(
      'The portal is not built yet: run `npm run build:all` first.',
    );
  // Below the repository's root, so that node_modules of the root are found by looking upwards.
  const folder = join(cache, 'portal-built');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { code, stderr } = await capture('tar', [
    '-xzf',
    ARCHIVE,
    '-C',
    folder,
  ]);
  if (code !== 0)
    throw expectedError(`The built portal could not be unpacked: ${stderr}`);

  for (const workspace of ['packages', 'plugins'].flatMap(parent =>
    workspacesIn(folder, parent),
  )) {
    const built = join(folder, workspace);
    const { name } = JSON.parse(
      readFileSync(join(built, 'package.json'), 'utf8'),
    );
    // Before the link of the same name in the root, which leads to the sources.
    link(built, join(folder, 'node_modules', name));
    // Versions of third-party packages that differ from the root's lie beside the sources.
    const own = inRoot(workspace, 'node_modules');
    if (existsSync(own))
      readdirSync(own).forEach(entry => linkOwn(own, built, entry));
  }
  link(inRoot('examples'), join(folder, 'examples'));
  return join(folder, 'packages/backend');
}

function workspacesIn(folder, parent) {
  return readdirSync(join(folder, parent)).map(name => join(parent, name));
}

/** Links one entry of a workspace's node_modules, except links to other workspaces, which have to be the built ones. */
function linkOwn(own, built, entry) {
  const isWorkspace = entry === 'app' || entry === '@amamba';
  if (!isWorkspace && !entry.startsWith('.') && !entry.startsWith('__')) {
    link(join(own, entry), join(built, 'node_modules', entry));
  }
}

function link(target, path) {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}
