import type { Warning } from '@amamba/backstage-plugin-amamba-common';
import { NotFoundError } from '@backstage/errors';
import { kinds, type Cluster, type Clusters } from '../clusters';
import type { WorkspaceRecord } from '../workspaces';
import type { NamespacesStore } from './NamespacesStore';
import { OwnedNamespace } from './OwnedNamespace';
import type { NamespaceRecord } from './records';

/** Names of a namespace as they stand in an address. */
export interface NamespaceNames {
  cluster: string;
  namespace: string;
}

/**
 * The one door from a workspace to what is in clusters. Names from callers are no authority: a namespace is found only
 * when the database says that it is the workspace's, and only while it is the very namespace that was given to it.
 */
export class Ownership {
  readonly #store: NamespacesStore;
  readonly #clusters: Clusters;

  constructor(options: { store: NamespacesStore; clusters: Clusters }) {
    this.#store = options.store;
    this.#clusters = options.clusters;
  }

  /** Namespaces of a workspace that are in use, by cluster and name. */
  async records(workspace: WorkspaceRecord): Promise<NamespaceRecord[]> {
    const records = await this.#store.ofWorkspace(workspace.ref);
    return records.filter(({ state }) => state !== 'creating');
  }

  /** Namespaces on a cluster that any workspace owns: for background work and for platform admins. */
  onCluster(cluster: string): Promise<NamespaceRecord[]> {
    return this.#store.onCluster(cluster);
  }

  /**
   * All namespaces of a workspace, to work in. Those on clusters that the portal no longer has are named as problems;
   * those that are not the workspace's any more are left out.
   */
  async namespaces(
    workspace: WorkspaceRecord,
  ): Promise<{ namespaces: OwnedNamespace[]; problems: Warning[] }> {
    const [records, { clusters, problem }] = await Promise.all([
      this.records(workspace),
      this.#clusters.list(),
    ]);
    const byName = new Map(clusters.map(cluster => [cluster.name, cluster]));
    const problems = new Map<string, Warning>();
    const namespaces: OwnedNamespace[] = [];
    for (const record of records) {
      const cluster = byName.get(record.cluster);
      if (!cluster) {
        const source = `cluster:${record.cluster}`;
        const message =
          problem ??
          `The portal's configuration has no cluster "${record.cluster}".`;
        problems.set(source, { source, message });
      } else if (await this.#isTheSame(cluster, record)) {
        namespaces.push(new OwnedNamespace(cluster, record, workspace));
      }
    }
    return { namespaces, problems: [...problems.values()] };
  }

  /** What may be done in a namespace of the workspace. @throws NotFoundError */
  async namespace(
    workspace: WorkspaceRecord,
    names: NamespaceNames,
  ): Promise<OwnedNamespace> {
    const record = await this.#store.find({
      cluster: names.cluster,
      name: names.namespace,
    });
    if (
      record &&
      record.workspaceRef === workspace.ref &&
      record.state !== 'creating'
    ) {
      const cluster = await this.#clusters.get(record.cluster);
      if (await this.#isTheSame(cluster, record)) {
        return new OwnedNamespace(cluster, record, workspace);
      }
    }
    throw new NotFoundError(
      `${workspace.name} has no namespace "${names.namespace}" on cluster "${names.cluster}".`,
    );
  }

  /**
   * A namespace that was deleted and made again by somebody else has the name, but is not the workspace's. While the
   * cluster does not answer, it cannot be told, and nothing can be done in it either.
   */
  async #isTheSame(
    cluster: Cluster,
    record: NamespaceRecord,
  ): Promise<boolean> {
    const rows = await cluster.rows(kinds.namespaces);
    const found = rows.get({ name: record.name });
    return !found || found.metadata.uid === record.uid;
  }
}
