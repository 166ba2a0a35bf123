import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { run } from '../../scripts/lib/process.mjs';
import type { Resources } from './resources';

const ROOT = join(__dirname, '../..');
const APP = join(ROOT, 'packages/app');

/** Built pages of the portal. */
export type BuiltApp = {
  /** For `app.packageName` of the portal's configuration. */
  readonly packageName: string;
  /** Has the portal find them. */
  readonly env: { NODE_PATH: string };
};

/**
 * Builds the portal's pages as for production, in a copy, so that nobody who uses packages/app/dist is disturbed.
 * `without` names dependencies, and with them plugins, that are left out.
 */
export async function buildApp(
  resources: Resources,
  { name, without = [] }: { name: string; without?: string[] },
): Promise<BuiltApp> {
  const packageName = `app-${name}`;
  // Below the root, so that its node_modules are found by looking upwards.
  const home = join(ROOT, '.cache/bench', `${process.pid}-${name}`);
  const folder = join(home, packageName);
  resources.add(() => rmSync(home, { recursive: true, force: true }));
  mkdirSync(folder, { recursive: true });
  for (const part of ['src', 'public', 'config.d.ts']) {
    cpSync(join(APP, part), join(folder, part), { recursive: true });
  }
  // The build writes into node_modules, so only what is installed there is shared.
  const own = join(APP, 'node_modules');
  mkdirSync(join(folder, 'node_modules'));
  for (const entry of existsSync(own) ? readdirSync(own) : []) {
    if (!entry.startsWith('__')) {
      symlinkSync(join(own, entry), join(folder, 'node_modules', entry));
    }
  }
  const manifest = JSON.parse(readFileSync(join(APP, 'package.json'), 'utf8'));
  for (const dependency of without) delete manifest.dependencies[dependency];
  // The name stays: the build looks it up among the workspaces.
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const logFile = join(home, 'build.log');
  const code = await run(
    join(ROOT, 'node_modules/.bin/backstage-cli'),
    [
      'package',
      'build',
      ...['--config', join(ROOT, 'app-config.yaml')],
      ...['--config', join(ROOT, 'app-config.sandbox.yaml')],
    ],
    { cwd: folder, logFile, env: { ...process.env, NODE_ENV: 'production' } },
  );
  if (code !== 0) {
    throw new Error(`The app was not built:\n${readFileSync(logFile, 'utf8')}`);
  }
  return { packageName, env: { NODE_PATH: home } };
}
