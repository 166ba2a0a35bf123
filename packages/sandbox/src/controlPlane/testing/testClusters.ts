import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ExpectedError } from '../errors';
import { ClusterAccess, KubeClient } from '../KubeClient';
import { kubeconfigFiles, readKubeconfig } from '../kubeconfig';
import { withLock } from '../lock';
import { logFiles, SILENT } from '../logs';
import { readPortalTokens } from '../plan';
import { isBuilt, MODULE } from '../programs';
import { usedFile } from '../run';
import { readStatus } from '../status';

/** State of the control plane that all tests of a checkout share. */
const FOLDER = path.resolve(MODULE, '../../../.cache/control-plane-tests');
const SCRIPT = path.resolve(MODULE, '../scripts/control-plane.js');
const COUNT = 2;
/** Without tests for so long, it stops by itself. */
const IDLE_MINUTES = 10;
const USED_EVERY_MS = 60_000;

/** A cluster for tests, with a namespace of the test's own. */
export interface TestCluster {
  name: string;
  kubeconfig: string;
  /** as administrator, or as whom the given kubeconfig says */
  access: ClusterAccess;
  client: KubeClient;
  /**
   * As the portal's account with the rights of docs/rbac/amamba.yaml. Only the local clusters have it: others are left as they are.
   */
  portal?: ClusterAccess;
  /** the log of all containers named `silent`, in the format of container runtimes, for tests to write; only of local clusters */
  silentLog?: string;
  namespace: string;
}

/** Clusters until `release`. */
export interface TestClusters {
  clusters: TestCluster[];
  /** removes the namespaces */
  release(): Promise<void>;
}

/** Kubeconfig files that the environment names, as many as clusters. */
const given = () => kubeconfigFiles(process.env.KUBECONFIG ?? '');

/**
 * Why tests can't have so many clusters here, or undefined when they can: from `KUBECONFIG` (one file a cluster, separated as in
 * PATH), else from the local control plane, once it was compiled (`npm test` does so; in CI it must be possible, unless AMAMBA_TEST_CLUSTERS is `optional`).
 */
export function whyNoClusters(count: number): string | undefined {
  const files = given();
  if (files.length > 0 && files.length < count)
    return `KUBECONFIG names ${files.length} cluster(s), and this wants ${count}`;
  const { CI, AMAMBA_TEST_CLUSTERS } = process.env;
  const isWanted = CI && AMAMBA_TEST_CLUSTERS !== 'optional';
  if (files.length > 0 || isBuilt() || isWanted) return undefined;
  return 'the local Kubernetes is not compiled: node scripts/run.mjs control-plane build';
}

/** Starts the tests' control plane unless it runs, and gives the kubeconfig files of its clusters. */
async function startLocal(): Promise<string[]> {
  fs.mkdirSync(FOLDER, { recursive: true, mode: 0o700 });
  fs.writeFileSync(usedFile(FOLDER), '');
  await withLock(`${FOLDER}.lock`, async () => {
    if (readStatus(FOLDER)?.phase === 'ready') return;
    const child = spawn(
      process.execPath,
      [
        [SCRIPT, 'up', String(COUNT), '--state', FOLDER, '--no-rollouts'],
        ['--idle-minutes', String(IDLE_MINUTES)],
      ].flat(),
      {
        cwd: path.dirname(path.dirname(SCRIPT)),
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const words: string[] = [];
    child.stdout.on('data', chunk => words.push(String(chunk)));
    child.stderr.on('data', chunk => words.push(String(chunk)));
    const code = await new Promise(resolve => child.once('close', resolve));
    if (code !== 0)
      throw new ExpectedError(`The local Kubernetes did not start:\n${words}`);
  });
  return readStatus(FOLDER)?.clusters.map(each => each.kubeconfig) ?? [];
}

/** Clusters for tests, each with a fresh namespace whose name begins with `prefix`. */
export async function testClusters(
  count: number,
  prefix = 'test',
): Promise<TestClusters> {
  const why = whyNoClusters(count);
  if (why) throw new ExpectedError(why);
  const isLocal = given().length === 0;
  const files = (isLocal ? await startLocal() : given()).slice(0, count);
  const portalTokens = isLocal ? readPortalTokens(FOLDER) : [];
  const clusters: TestCluster[] = [];
  const used = setInterval(
    () => isLocal && fs.writeFileSync(usedFile(FOLDER), ''),
    USED_EVERY_MS,
  ).unref();
  for (const [index, file] of files.entries()) {
    const { name, ...access } = readKubeconfig(file);
    const client = new KubeClient(access);
    const namespace = `${prefix}-${randomBytes(4).toString('hex')}`;
    await client.apply({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
    });
    clusters.push({
      name,
      kubeconfig: file,
      access,
      client,
      portal: portalTokens[index]
        ? { ...access, token: portalTokens[index] }
        : undefined,
      silentLog: isLocal ? logFiles(FOLDER).logs[SILENT] : undefined,
      namespace,
    });
  }
  return {
    clusters,
    async release() {
      clearInterval(used);
      for (const { client, namespace } of clusters) {
        await client.remove(`/api/v1/namespaces/${namespace}`);
        client.close();
      }
    },
  };
}
