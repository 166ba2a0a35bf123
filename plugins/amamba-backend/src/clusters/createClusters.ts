import type { KubernetesAccessSlot } from '@amamba/backstage-plugin-amamba-node';
import type {
  AuthService,
  DiscoveryService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type { WatchCacheTimes } from './cache/WatchCache';
import { PortalCluster } from './PortalCluster';
import { ClusterSource } from './source/ClusterSource';
import type { ClusterListing, Clusters } from './types';

/** What the clusters are made from. */
export interface ClustersOptions {
  /** of the whole portal */
  config: Config;
  slot: KubernetesAccessSlot;
  discovery: DiscoveryService;
  auth: AuthService;
  logger: LoggerService;
  /** Namespaces of all workspaces in a cluster; watched one by one where the account may not read the whole cluster. */
  ownedNamespaces: (cluster: string) => Promise<readonly string[]>;
  /** for tests */
  times?: WatchCacheTimes;
  /** milliseconds to wait for the bridge after start; for tests */
  bridgeWaitMs?: number;
}

class PortalClusters implements Clusters {
  readonly #source: ClusterSource;
  readonly #options: ClustersOptions;
  #clusters = new Map<string, PortalCluster>();

  constructor(options: ClustersOptions) {
    this.#options = options;
    this.#source = new ClusterSource(options);
  }

  async list(): Promise<ClusterListing> {
    const { clusters, ...listing } = await this.#source.list();
    const before = this.#clusters;
    this.#clusters = new Map(
      clusters.map(({ connection, endpoint }) => {
        const known = before.get(connection.name);
        const cluster = known?.isAt(endpoint)
          ? known
          : new PortalCluster({
              ...{ connection, endpoint, times: this.#options.times },
              ownedNamespaces: this.#options.ownedNamespaces,
            });
        return [connection.name, cluster];
      }),
    );
    for (const [name, cluster] of before) {
      if (this.#clusters.get(name) !== cluster) cluster.stop().catch(() => {});
    }
    return { clusters: [...this.#clusters.values()], ...listing };
  }

  async get(name: string): Promise<PortalCluster> {
    const { problem, asOf } = await this.list();
    const cluster = this.#clusters.get(name);
    if (cluster) return cluster;
    if (problem && !asOf) throw new ServiceUnavailableError(problem);
    throw new NotFoundError(`The portal has no cluster "${name}"`);
  }

  namespacesChanged(cluster: string): void {
    this.#clusters.get(cluster)?.namespacesChanged();
  }

  async stop(): Promise<void> {
    const clusters = [...this.#clusters.values()];
    this.#clusters = new Map();
    await Promise.all(clusters.map(cluster => cluster.stop()));
  }
}

/**
 * The clusters of the portal's `kubernetes:` configuration. Connects to nothing before somebody asks.
 *
 * @throws InputError for a wrong value of `amamba.kubernetes.access`
 */
export function createClusters(options: ClustersOptions): Clusters {
  return new PortalClusters(options);
}
