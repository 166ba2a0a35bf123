import type { KubeObject } from '@amamba/backstage-plugin-amamba-common';
import type { KubernetesConnection } from '@amamba/backstage-plugin-amamba-node';
import { ServiceUnavailableError } from '@backstage/errors';
import { apiVersionOf } from './apiVersion';
import type { KindDescriptor, RowsChange, RowsStatus } from './cache/types';
import { WatchCache, type WatchCacheTimes } from './cache/WatchCache';
import type { ClusterEndpoint } from './client/endpoint';
import { HttpKubernetesClient } from './client/HttpKubernetesClient';
import { checkCluster, watchHealth } from './health/clusterReport';
import type { ApiServer, Cluster, ClusterReport } from './types';

const FIRST_FILL_MS = 3_000;
const REPORT_KEEP_MS = 60_000;

type Checked = Awaited<ReturnType<typeof checkCluster>>;
/** A cache of whatever kind. */
type AnyCache = Pick<
  WatchCache<KubeObject>,
  'status' | 'stop' | 'namespacesChanged'
> & { readonly kind: object };

/** One cluster with its connections and caches. */
export class PortalCluster implements Cluster {
  readonly client: HttpKubernetesClient;
  readonly #connection: KubernetesConnection;
  readonly #endpoint: ClusterEndpoint;
  readonly #namespaces: () => Promise<readonly string[]>;
  readonly #times: WatchCacheTimes | undefined;
  readonly #caches = new Map<string, AnyCache>();
  #checked: { report: Checked; at: number } | undefined;
  #checking: Promise<Checked> | undefined;
  /** state that the last check found, and since when */
  #since: { state: string; at: string } | undefined;

  constructor(options: {
    connection: KubernetesConnection;
    endpoint: ClusterEndpoint;
    ownedNamespaces: (cluster: string) => Promise<readonly string[]>;
    times?: WatchCacheTimes;
  }) {
    this.#connection = options.connection;
    this.#endpoint = options.endpoint;
    this.#times = options.times;
    this.#namespaces = () => options.ownedNamespaces(this.name);
    this.client = new HttpKubernetesClient(options.endpoint);
  }

  get name(): string {
    return this.#connection.name;
  }

  get title(): string {
    return this.#connection.title ?? this.name;
  }

  get authProvider(): string | undefined {
    return this.#connection.authProvider;
  }

  get dashboardUrl(): string | undefined {
    return this.#connection.dashboardUrl;
  }

  /** Whether it is reached in just this way. */
  isAt(endpoint: ClusterEndpoint): boolean {
    return this.#endpoint === endpoint;
  }

  async rows<K extends KubeObject>(
    kind: KindDescriptor<K>,
    options: { waitMs?: number } = {},
  ) {
    return this.#cache(kind).rows(options.waitMs ?? FIRST_FILL_MS);
  }

  subscribe<K extends KubeObject>(
    kind: KindDescriptor<K>,
    listener: (change: RowsChange<K>) => void,
  ): () => void {
    return this.#cache(kind).subscribe(listener);
  }

  watches(): ReadonlyMap<string, RowsStatus> {
    return new Map(
      [...this.#caches].map(([key, cache]) => [key, cache.status]),
    );
  }

  namespacesChanged(): void {
    for (const cache of this.#caches.values()) cache.namespacesChanged();
  }

  async report(options: { fresh?: boolean } = {}): Promise<ClusterReport> {
    const isOld =
      !this.#checked || Date.now() - this.#checked.at > REPORT_KEEP_MS;
    const report =
      this.#checked && !isOld && !options.fresh
        ? this.#checked.report
        : await this.#check();
    return {
      ...{ name: this.name, title: this.title },
      authProvider: this.authProvider,
      since: this.#since?.at,
      watches: watchHealth(this.watches()),
      ...report,
    };
  }

  async apiServer(): Promise<ApiServer> {
    const { baseUrl, ca, skipTlsVerify, proxied } = this.#endpoint;
    if (proxied) {
      throw new ServiceUnavailableError(
        `Cluster "${this.name}" is reached through the kubernetes plugin's proxy only. Add the module that connects that plugin with Amamba in the same backend`,
      );
    }
    return { url: baseUrl, ca, skipTlsVerify };
  }

  /** Ends caches and connections. */
  async stop(): Promise<void> {
    for (const cache of this.#caches.values()) cache.stop();
    await this.client.close();
  }

  #check(): Promise<Checked> {
    this.#checking ??= checkCluster(this.client)
      .then(report => {
        const { state, checkedAt: at = '' } = report;
        if (this.#since?.state !== state) this.#since = { state, at };
        this.#checked = { report, at: Date.now() };
        return report;
      })
      .finally(() => {
        this.#checking = undefined;
      });
    return this.#checking;
  }

  #cache<K extends KubeObject>(kind: KindDescriptor<K>): WatchCache<K> {
    const key = `${apiVersionOf(kind)}/${kind.plural}`;
    const known = this.#caches.get(key);
    if (known && known.kind !== kind) {
      throw new Error(`There are two descriptors of ${key}: share one`);
    }
    if (known) return known as WatchCache<K>;
    const cache = new WatchCache<K>({
      client: this.client,
      ...{ kind, namespaces: this.#namespaces, times: this.#times },
    });
    this.#caches.set(key, cache);
    return cache;
  }
}
