import type {
  ClusterHealth,
  KubeObject,
} from '@amamba/backstage-plugin-amamba-common';
import type {
  KindDescriptor,
  Rows,
  RowsChange,
  RowsStatus,
} from './cache/types';
import type { KubernetesClient } from './client/types';

/** Health of a cluster without what only the workspaces know. */
export type ClusterReport = Omit<ClusterHealth, 'bindings'>;

/** Where programs that speak to the cluster themselves (helm) find it. */
export interface ApiServer {
  url: string;
  /** PEM */
  ca?: string;
  skipTlsVerify: boolean;
}

/** One cluster of the portal. */
export interface Cluster {
  readonly name: string;
  readonly title: string;
  readonly authProvider?: string;
  readonly dashboardUrl?: string;
  readonly client: KubernetesClient;

  /**
   * The rows of a kind. Starts the watch when nobody asked before, and waits for the first fill, at most `waitMs` (3 s when absent). Never
   * throws, and never waits for a cluster that is known to be away: look at `status`.
   */
  rows<K extends KubeObject>(
    kind: KindDescriptor<K>,
    options?: { waitMs?: number },
  ): Promise<Rows<K>>;
  /**
   * Calls back after changes, gathered over some milliseconds, and keeps the watch running; what the first fill brings is a change too.
   * The listener must not throw.
   *
   * @returns ends it
   */
  subscribe<K extends KubeObject>(
    kind: KindDescriptor<K>,
    listener: (change: RowsChange<K>) => void,
  ): () => void;
  /** of all watches that were ever needed, by `group/version/plural` */
  watches(): ReadonlyMap<string, RowsStatus>;

  /** Kept for a minute; asked at once with `fresh`. Never throws: what is wrong is in the report. */
  report(options?: { fresh?: boolean }): Promise<ClusterReport>;
  /** @throws ServiceUnavailableError when the portal reaches the cluster only through the kubernetes plugin's proxy */
  apiServer(): Promise<ApiServer>;
}

/** The clusters at one moment. */
export interface ClusterListing {
  clusters: readonly Cluster[];
  /** in words, when the list could not be read: then it is the last good one, or empty */
  problem?: string;
  /** when the list was read */
  asOf?: Date;
}

/**
 * The clusters of the portal's `kubernetes:` configuration. Names from users are not authority: resolve the cluster and the namespaces from
 * the workspace first, then come here.
 */
export interface Clusters {
  /** Never throws. Empty, with a problem in words, when the portal has no clusters. */
  list(): Promise<ClusterListing>;
  /** @throws NotFoundError when the portal has no such cluster, ServiceUnavailableError when the list could never be read */
  get(name: string): Promise<Cluster>;
  /**
   * Says that the answer of `ownedNamespaces` changed for a cluster. Matters where the account may not read all namespaces and each is
   * watched on its own.
   */
  namespacesChanged(cluster: string): void;
  /** Ends all connections. */
  stop(): Promise<void>;
}
