/** The local Kubernetes of packages/sandbox for `npm start` and the tests, or the clusters that the reader has. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { namesRealClusters } from './config.mjs';
import { cache, inRoot } from './paths.mjs';
import { waitFor } from './ports.mjs';
import {
  capture,
  expectedError,
  findProgram,
  say,
  startGroup,
} from './process.mjs';

/** The command line of the local Kubernetes; run with Node. */
export const controlPlaneScript = inRoot(
  'packages/sandbox/scripts/control-plane.js',
);
/** State of the clusters that tests share; packages/sandbox/src/controlPlane/testing knows it, too. */
const TEST_STATE = join(cache, 'control-plane-tests');
const CONFIG_TIMEOUT_MS = 30_000;
/** Twelve programs write down what they hold before they end. */
export const CLUSTER_GRACE_MS = 20_000;

/** Runs the script to its end, silently; its exit code and output. */
const ask = args =>
  capture(process.execPath, [controlPlaneScript, ...args], {
    cwd: inRoot('packages/sandbox'),
  });

/** What the arguments of `npm start` say: `{ noCluster, kubeconfig }` of clusters, and by how much all ports are moved. */
export function startArguments(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        'no-cluster': { type: 'boolean' },
        kubeconfig: { type: 'string' },
        'port-shift': { type: 'string', default: '0' },
      },
    });
    const portShift = Number(values['port-shift']);
    if (!Number.isInteger(portShift) || portShift < 0 || portShift > 50_000)
      throw new Error('--port-shift is a whole number from 0 to 50000');
    return {
      noCluster: values['no-cluster'] ?? false,
      kubeconfig: values.kubeconfig ?? process.env.KUBECONFIG,
      portShift,
    };
  } catch (error) {
    throw expectedError(
      `${error.message}\nUsage: npm start -- [--no-cluster] [--kubeconfig FILE] [--port-shift N]`,
    );
  }
}

/**
 * Which clusters the portal gets, as `{ kind, because? }`: `own` are in the reader's configuration, `given` by a kubeconfig,
 * `local` those of the sandbox; with `none` it has none, `because` says why.
 */
export async function chooseClusters({ noCluster, kubeconfig }) {
  if (await namesRealClusters()) return { kind: 'own' };
  if (noCluster)
    return {
      kind: 'none',
      because: 'the portal was started with --no-cluster',
    };
  if (kubeconfig) return { kind: 'given' };
  if (!findProgram('go') && !(await isBuilt()))
    return {
      kind: 'none',
      because:
        'there is no Go on this machine, which the local Kubernetes is compiled with',
    };
  return { kind: 'local' };
}

/** Whether the programs are compiled already, for this version of them. */
export async function isBuilt() {
  return (await ask(['build', '--check'])).code === 0;
}

/** What the local Kubernetes with its state in `folder` says of itself; undefined before it says something. */
export function clusterStatus(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'status.json'), 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Begins to start the portal's clusters, in `folder`. Resolves as soon as the portal can be configured for them, long before they
 * run, with `{ configFile, group }`: a configuration file, undefined where the reader has one, and what runs, if anything does.
 */
export async function startClusters({ folder, choice, kubeconfig, onStart }) {
  if (choice.kind === 'own') return {};
  const configFile = join(folder, 'clusters.yaml');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  rmSync(configFile, { force: true });
  const common = ['--state', folder, '--portal-config', configFile];
  if (choice.kind !== 'local') {
    const { code, stdout, stderr } = await ask([
      'connect',
      ...common,
      ...(choice.kind === 'given' ? ['--kubeconfig', kubeconfig] : []),
      ...(choice.because ? ['--because', choice.because] : []),
    ]);
    if (code !== 0) throw expectedError(stderr.trim());
    if (stdout.trim()) say(stdout.trim());
    return { configFile };
  }
  const hasRedis = Boolean(findProgram('redis-server'));
  if (!hasRedis)
    say(
      'without Argo CD, which wants redis-server (Debian: apt-get install redis-server)',
    );
  const group = startGroup(
    process.execPath,
    [
      controlPlaneScript,
      'run',
      '--samples',
      ...(hasRedis ? ['--argo-cd'] : []),
      ...common,
    ],
    {
      cwd: inRoot('packages/sandbox'),
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  onStart(group);
  const isPlanned = await waitFor(() => existsSync(configFile), {
    timeoutMs: CONFIG_TIMEOUT_MS,
    ended: group.exited,
  });
  if (!isPlanned)
    throw expectedError(
      'The local Kubernetes could not be planned; its own words are above. `npm start -- --no-cluster` starts without it.',
    );
  return { configFile, group };
}

/** Resolves when the local clusters of `folder`, which `group` runs, are ready, with their status; with undefined when they never are. */
export async function whenReady(folder, group, timeoutMs) {
  const isReady = await waitFor(
    () => clusterStatus(folder)?.phase === 'ready',
    { timeoutMs, ended: group.exited, everyMs: 500 },
  );
  return isReady ? clusterStatus(folder) : undefined;
}

/**
 * Compiles the local Kubernetes if it must be, and starts two clusters for the tests unless they run. Does nothing where KUBECONFIG
 * names clusters. `exec` runs a program, as of a part of `npm test`; resolves with the exit code.
 */
export async function startTestClusters(exec) {
  if (process.env.KUBECONFIG) return 0;
  return exec(process.execPath, [
    controlPlaneScript,
    ...['up', '2', '--state', TEST_STATE, '--no-rollouts'],
    ...['--idle-minutes', '30'],
  ]);
}

/** Stops the tests' clusters, if they run. */
export async function stopTestClusters() {
  if (existsSync(join(TEST_STATE, 'status.json')))
    await ask(['down', '--state', TEST_STATE]);
}
