/** Programs that come as npm packages, for what has to be there before the dependencies are. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { capture, expectedError, findProgram, say } from './process.mjs';

/**
 * The path of the file `path` of the package `name@version`, which the npm client – it knows this machine's registry –
 * puts into `folder` on first use. `title` is what the reader calls it. An archive other than the one of `integrity` (a checksum
 * as in lock files) is refused.
 */
export async function ensurePackageFile({
  title,
  name,
  version,
  integrity,
  folder,
  path,
}) {
  const file = join(folder, 'node_modules', name, path);
  if (existsSync(file)) return file;

  const npm = findProgram('npm', [dirname(process.execPath)]);
  if (!npm)
    throw expectedError(
      `Getting ${title} ${version} needs npm, which is not on PATH. Install npm and try again.`,
    );
  say(`getting ${title} ${version} …`);
  // Made beside its place and moved there whole: several tasks may begin at once, and each may be killed.
  mkdirSync(dirname(folder), { recursive: true });
  const made = mkdtempSync(`${folder}.`);
  try {
    await install(npm, made, `${name}@${version}`, title);
    check(made, { name, version, integrity });
    moveWhole(made, folder, file);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
  return file;
}

async function install(npm, folder, specifier, title) {
  const { code, stdout, stderr } = await capture(npm, [
    'install',
    '--prefix',
    folder,
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--no-save',
    specifier,
  ]);
  if (code !== 0)
    throw expectedError(
      `npm could not fetch ${title} (${specifier}):\n${stdout}${stderr}`,
    );
}

/** Compares the checksum that npm found with the one that is known here. */
function check(folder, { name, version, integrity }) {
  const lock = JSON.parse(
    readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8'),
  );
  const found = lock.packages[`node_modules/${name}`].integrity;
  if (found !== integrity)
    throw expectedError(
      `The package ${name}@${version} is not the one that is known here (${found}); it was removed.`,
    );
}

/** Moves `from` to `to`, unless another task has put `file` there meanwhile; what else lies at `to` is half a package. */
function moveWhole(from, to, file) {
  try {
    renameSync(from, to);
  } catch (error) {
    if (existsSync(file)) return;
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    rmSync(to, { recursive: true, force: true });
    renameSync(from, to);
  }
}
