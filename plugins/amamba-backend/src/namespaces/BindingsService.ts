import {
  quotaProblems,
  type Quota,
} from '@amamba/backstage-plugin-amamba-common';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type { Clusters } from '../clusters';
import type { WorkspaceRecord } from '../workspaces';
import type { BindingsStore } from './BindingsStore';
import type { NamespacesStore } from './NamespacesStore';
import type { BindingRecord } from './records';

/** @throws InputError naming each key that is wrong */
export function requireQuota(quota: Quota): void {
  const problems = quotaProblems(quota);
  if (problems.length > 0) {
    throw new InputError(
      problems.map(({ key, message }) => `quota.${key}: ${message}`).join('; '),
    );
  }
}

/** Which workspace may use which cluster. */
export class BindingsService {
  readonly #store: BindingsStore;
  readonly #namespaces: NamespacesStore;
  readonly #clusters: Clusters;

  constructor(options: {
    store: BindingsStore;
    namespaces: NamespacesStore;
    clusters: Clusters;
  }) {
    this.#store = options.store;
    this.#namespaces = options.namespaces;
    this.#clusters = options.clusters;
  }

  all(): Promise<BindingRecord[]> {
    return this.#store.all();
  }

  ofWorkspace(workspace: WorkspaceRecord): Promise<BindingRecord[]> {
    return this.#store.ofWorkspace(workspace.ref);
  }

  /** @throws NotFoundError when the workspace may not use the cluster */
  async require(
    workspace: WorkspaceRecord,
    cluster: string,
  ): Promise<BindingRecord> {
    const binding = await this.#store.find(workspace.ref, cluster);
    if (binding) return binding;
    throw new NotFoundError(
      `Cluster "${cluster}" is not bound to ${workspace.name}. A platform admin can bind it.`,
    );
  }

  /**
   * Binds a cluster, or changes the binding when `version` is given.
   * @throws ConflictError when the cluster belongs to another workspace alone, or the binding was changed meanwhile
   */
  async bind(
    workspace: WorkspaceRecord,
    cluster: string,
    wish: { mode: BindingRecord['mode']; quota: Quota; version?: number },
    actor: string,
  ): Promise<BindingRecord> {
    requireQuota(wish.quota);
    if (wish.version === undefined) {
      const { name } = await this.#clusters.get(cluster);
      return this.#store.add({
        workspaceRef: workspace.ref,
        cluster: name,
        mode: wish.mode,
        quota: wish.quota,
        boundBy: actor,
      });
    }
    const binding = await this.require(workspace, cluster);
    return this.#store.update(
      { ...binding, mode: wish.mode, quota: wish.quota },
      wish.version,
    );
  }

  /** @throws ConflictError naming the namespaces that are in the way */
  async unbind(workspace: WorkspaceRecord, cluster: string): Promise<void> {
    await this.require(workspace, cluster);
    const owned = await this.#namespaces.ofWorkspace(workspace.ref);
    const there = owned.filter(record => record.cluster === cluster);
    if (there.length > 0) {
      const names = there.slice(0, 5).map(({ name }) => name);
      const more = there.length > 5 ? ` and ${there.length - 5} more` : '';
      throw new ConflictError(
        `${workspace.name} has namespaces on ${cluster}: ${names.join(', ')}${more}. Delete or release them first.`,
      );
    }
    await this.#store.remove(workspace.ref, cluster);
  }
}
