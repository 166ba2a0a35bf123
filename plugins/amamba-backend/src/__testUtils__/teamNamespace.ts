import type { TestCluster } from 'sandbox';
import {
  clusterName,
  startClusterPortal,
  type ClusterPortal,
} from './clusterPortal';

/** What pods and hooks take on a machine that is busy with other tests. */
const OPERATION_MS = 150_000;

/** Looks until it is right, at most half a minute when nothing else is said; gives what was seen last. */
export async function until<T>(
  look: () => PromiseLike<T>,
  isRight: (value: T) => boolean,
  limitMs = 30_000,
): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const value = await look();
    if (isRight(value) || Date.now() > end) return value;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

/** A portal in which a team owns the test's namespace on a real cluster. */
export interface TeamNamespace {
  portal: ClusterPortal;
  cluster: TestCluster;
  /** address of the workspace's applications */
  base: string;
  /** of those in the namespace */
  path: string;
  /** Calls, and waits for the end of the operation that it began. */
  finish(
    method: 'post' | 'delete',
    path: string,
    user: string,
    body: object,
  ): Promise<{ state: string; problem?: string; steps: { text: string }[] }>;
}

/** Starts a portal, binds the first of the clusters to a team and has it adopt the test's namespace. */
export async function startTeamNamespace(
  clusters: readonly TestCluster[],
  settings: object = {},
  options: Parameters<typeof startClusterPortal>[1] & { team?: string } = {},
): Promise<TeamNamespace> {
  const [cluster] = clusters;
  const name = clusterName(0);
  const portal = await startClusterPortal(clusters, options);
  const workspace = `/workspaces/${options.team ?? 'team-a'}`;
  await portal.call('put', `${workspace}/clusters/${name}`, 'pat', {});
  const adopted = await until(
    () =>
      portal.call(
        'post',
        `${workspace}/namespaces/${name}/${cluster.namespace}/adopt`,
        'pat',
        { environment: 'dev', ...settings },
      ),
    ({ status }) => status === 201,
  );
  if (adopted.status !== 201) {
    throw new Error(`Not adopted: ${JSON.stringify(adopted.body)}`);
  }
  const base = `${workspace}/applications`;
  return {
    ...{ portal, cluster, base },
    path: `${base}/${name}/${cluster.namespace}`,
    async finish(method, path, user, body) {
      const begun = await portal.call(method, path, user, body);
      if (begun.status !== 202) {
        throw new Error(`HTTP ${begun.status}: ${JSON.stringify(begun.body)}`);
      }
      const operation = `${workspace}/operations/${begun.body.id}`;
      const seen = await until(
        () => portal.get(operation, user),
        ({ body: { state } }) => state !== 'running',
        OPERATION_MS,
      );
      return seen.body;
    },
  };
}
