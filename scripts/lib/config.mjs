/** The configuration files that development runs with. */
import { existsSync, readFileSync } from 'node:fs';
import { inRoot } from './paths.mjs';
import { expectedError } from './process.mjs';

const FILES = [
  'app-config.yaml',
  'app-config.sandbox.yaml',
  'app-config.local.yaml',
];

/** Reads one of the files without putting in variables; an empty object when it is not there. */
async function read(file) {
  const { parse } = await import('yaml');
  if (!existsSync(inRoot(file))) return {};
  try {
    return parse(readFileSync(inRoot(file), 'utf8')) ?? {};
  } catch (error) {
    throw expectedError(`${file} is not valid YAML: ${error.message}`);
  }
}

/** `--config` options for backstage-cli and for a built backend. `withLocal`: what is the developer's own, too. */
export function configOptions({ withLocal }) {
  return FILES.filter(
    file =>
      (withLocal || file !== 'app-config.local.yaml') &&
      existsSync(inRoot(file)),
  ).flatMap(file => ['--config', inRoot(file)]);
}

/** Whether the developer's own configuration names Jenkins controllers, so that the sandbox's is not wanted. */
export async function namesRealJenkins() {
  const { amamba } = await read('app-config.local.yaml');
  return Boolean(amamba?.jenkins?.instances?.length);
}

/** Who can sign in without a password, as `{ ref, name, about }`. */
export async function sampleUsers() {
  const configs = await Promise.all(FILES.map(read));
  return (
    configs
      .map(config => config.app?.sandbox?.users)
      .findLast(users => users !== undefined) ?? []
  );
}
