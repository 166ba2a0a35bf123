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

/**
 * `--config` options for backstage-cli and for a built backend. `withLocal`: what is the developer's own, too, which has the last
 * word. `generated`: a file that was written for this start.
 */
export function configOptions({ withLocal, generated }) {
  const local = 'app-config.local.yaml';
  return [
    ...FILES.filter(file => file !== local).map(file => inRoot(file)),
    ...(generated ? [generated] : []),
    ...(withLocal ? [inRoot(local)] : []),
  ]
    .filter(file => existsSync(file))
    .flatMap(file => ['--config', file]);
}

/** Whether the developer's own configuration names Jenkins controllers, so that the sandbox's is not wanted. */
export async function namesRealJenkins() {
  const { amamba } = await read('app-config.local.yaml');
  return Boolean(amamba?.jenkins?.instances?.length);
}

/** Whether the developer's own configuration names clusters, so that the sandbox's are not wanted. */
export async function namesRealClusters() {
  const { kubernetes } = await read('app-config.local.yaml');
  return Boolean(kubernetes?.clusterLocatorMethods?.length);
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
