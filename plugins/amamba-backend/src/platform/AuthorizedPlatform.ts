import {
  platformReadPermission,
  type ClusterHealth,
  type ClusterList,
  type ClusterSetup,
  type EngineHealth,
} from '@amamba/backstage-plugin-amamba-common';
import type { Cluster, Clusters } from '../clusters';
import type { CallOptions } from '../http';
import type { NamespacesRoom } from '../namespaces';
import type { EngineReports } from '../pipelines';
import type { Authorizer } from '../permissions';
import type { WorkspaceDirectory } from '../workspaces';

/** What those who look after the platform see: nothing here belongs to a workspace. */
export class AuthorizedPlatform {
  readonly #authorizer: Authorizer;
  readonly #clusters: Clusters;
  readonly #bindings: NamespacesRoom['bindings'];
  readonly #directory: Pick<WorkspaceDirectory, 'byRef'>;
  readonly #setup: () => Promise<ClusterSetup>;
  readonly #engines: Pick<EngineReports, 'list'>;

  constructor(options: {
    authorizer: Authorizer;
    clusters: Clusters;
    bindings: NamespacesRoom['bindings'];
    directory: Pick<WorkspaceDirectory, 'byRef'>;
    setup(): Promise<ClusterSetup>;
    engines: Pick<EngineReports, 'list'>;
  }) {
    this.#authorizer = options.authorizer;
    this.#clusters = options.clusters;
    this.#bindings = options.bindings;
    this.#directory = options.directory;
    this.#setup = options.setup;
    this.#engines = options.engines;
  }

  async clusters(options: CallOptions): Promise<ClusterList> {
    await this.#authorizer.requirePlatform(platformReadPermission, options);
    const [{ clusters, problem }, setup] = await Promise.all([
      this.#clusters.list(),
      this.#setup(),
    ]);
    return {
      items: await Promise.all(clusters.map(cluster => this.#health(cluster))),
      setup,
      warnings: problem ? [{ source: 'clusters', message: problem }] : [],
    };
  }

  /** Looks at a cluster again, now. */
  async check(
    names: { cluster: string },
    options: CallOptions,
  ): Promise<ClusterHealth> {
    await this.#authorizer.requirePlatform(platformReadPermission, options);
    const cluster = await this.#clusters.get(names.cluster);
    return this.#health(cluster, { fresh: true });
  }

  /** How the engines are, asked now. */
  async engines(options: CallOptions): Promise<{ items: EngineHealth[] }> {
    await this.#authorizer.requirePlatform(platformReadPermission, options);
    return { items: await this.#engines.list() };
  }

  async #health(
    cluster: Cluster,
    options: { fresh?: boolean } = {},
  ): Promise<ClusterHealth> {
    const [report, bindings] = await Promise.all([
      cluster.report(options),
      this.#bindings.all(),
    ]);
    const here = bindings.filter(binding => binding.cluster === cluster.name);
    const workspaces = await Promise.all(
      here.map(({ workspaceRef }) => this.#directory.byRef(workspaceRef)),
    );
    return {
      ...report,
      bindings: here.flatMap(({ mode }, i) => {
        const name = workspaces[i]?.name;
        return name ? [{ workspace: name, mode }] : [];
      }),
    };
  }
}
