import {
  containerLimitsProblems,
  isReservedNamespace,
  kubeLabelsSchema,
  workspaceQuotaProblems,
  type NamespaceDraft,
  type NamespaceSettings,
  type Quota,
} from '@amamba/backstage-plugin-amamba-common';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { kinds, type Clusters } from '../clusters';
import type { WorkspaceRecord } from '../workspaces';
import { requireQuota, type BindingsService } from './BindingsService';
import { isReservedLabel, userLabels } from './marks';
import { NamespaceKeeper } from './NamespaceKeeper';
import type { NamespacesStore } from './NamespacesStore';
import type { NamespaceRecord, NamespaceWish } from './records';
import type { WriteAccess } from './WriteAccess';

/** @throws InputError naming the field */
function requireSettings(settings: NamespaceSettings): void {
  requireQuota(settings.quota);
  const limits = containerLimitsProblems(settings.containerLimits ?? {});
  if (limits.length > 0) {
    throw new InputError(
      limits
        .map(
          ({ part, resource, message }) =>
            `containerLimits.${part}.${resource}: ${message}`,
        )
        .join('; '),
    );
  }
  const labels = kubeLabelsSchema.safeParse(settings.labels);
  if (!labels.success) {
    const [issue] = labels.error.issues;
    throw new InputError(
      `labels.${issue.path.map(String).join('.')}: ${issue.message}`,
    );
  }
  const reserved = Object.keys(settings.labels).find(isReservedLabel);
  if (reserved) {
    throw new InputError(
      `labels.${reserved}: labels of kubernetes.io, k8s.io and amamba.io are not for users`,
    );
  }
}

function wishOf(settings: NamespaceSettings): NamespaceWish {
  const { environment, labels, quota, containerLimits, podSecurity } = settings;
  return { environment, labels, quota, containerLimits, podSecurity };
}

/** The rules of owning namespaces. Knows no caller: who may what is decided before. */
export class NamespacesService {
  readonly #store: NamespacesStore;
  readonly #bindings: BindingsService;
  readonly #clusters: Clusters;
  readonly #reserved: readonly string[];
  readonly #access: WriteAccess;

  constructor(options: {
    store: NamespacesStore;
    bindings: BindingsService;
    clusters: Clusters;
    /** namespaces of the portal and of controllers, which no workspace can own */
    reserved: readonly string[];
    access: WriteAccess;
  }) {
    this.#store = options.store;
    this.#bindings = options.bindings;
    this.#clusters = options.clusters;
    this.#reserved = options.reserved;
    this.#access = options.access;
  }

  /** @throws NotFoundError */
  async find(
    workspace: WorkspaceRecord,
    key: { cluster: string; name: string },
  ): Promise<NamespaceRecord> {
    const record = await this.#store.find(key);
    if (record && record.workspaceRef === workspace.ref) return record;
    throw new NotFoundError(
      `${workspace.name} has no namespace "${key.name}" on cluster "${key.cluster}".`,
    );
  }

  /**
   * Claims the name first, then makes the namespace with everything in it. When a step fails, what was made is taken
   * back; when the backend dies in between, the reconciler finishes or takes back.
   */
  async create(
    workspace: WorkspaceRecord,
    draft: NamespaceDraft,
    actor: string,
  ): Promise<NamespaceRecord> {
    this.#requireFree(draft.name);
    requireSettings(draft);
    const binding = await this.#bindings.require(workspace, draft.cluster);
    await this.#requireRoom(workspace, binding.quota, draft, draft.quota);
    const cluster = await this.#clusters.get(draft.cluster);
    const keeper = new NamespaceKeeper(cluster);
    const record = await this.#store.claim({
      ...wishOf(draft),
      workspaceRef: workspace.ref,
      cluster: draft.cluster,
      name: draft.name,
      state: 'creating',
      createdAt: new Date(),
      createdBy: actor,
    });
    const key = { cluster: record.cluster, name: record.name };
    let uid: string | undefined;
    try {
      const made = await keeper.create(record);
      uid = made.metadata.uid;
      await keeper.keep(record);
      await this.#store.settle(key, uid ?? '');
    } catch (error) {
      if (uid) await keeper.delete({ ...record, uid });
      await this.#store.remove(key);
      if ((error as Error).name === 'ConflictError' && !uid) {
        throw new ConflictError(
          `Cluster ${draft.cluster} has a namespace "${draft.name}" already. A platform admin can adopt it.`,
        );
      }
      throw error;
    }
    this.#clusters.namespacesChanged(record.cluster);
    return this.find(workspace, key);
  }

  /** Gives the workspace a namespace that exists already; what is in it stays as it is. */
  async adopt(
    workspace: WorkspaceRecord,
    key: { cluster: string; name: string },
    settings: { environment?: string },
    actor: string,
  ): Promise<NamespaceRecord> {
    this.#requireFree(key.name);
    await this.#bindings.require(workspace, key.cluster);
    const cluster = await this.#clusters.get(key.cluster);
    const rows = await cluster.rows(kinds.namespaces);
    const found = rows.get({ name: key.name });
    if (!found || found.metadata.deletionTimestamp) {
      throw new NotFoundError(
        `Cluster ${key.cluster} has no namespace "${key.name}".`,
      );
    }
    const record = await this.#store.claim({
      environment: settings.environment,
      labels: userLabels(found),
      quota: {},
      workspaceRef: workspace.ref,
      ...key,
      state: 'creating',
      uid: found.metadata.uid,
      createdAt: new Date(),
      createdBy: actor,
    });
    try {
      const keeper = new NamespaceKeeper(cluster);
      await keeper.mark(record, {});
      await keeper.grantAccess(record.name);
      await this.#store.settle(key, found.metadata.uid ?? '');
    } catch (error) {
      await this.#store.remove(key);
      throw error;
    }
    this.#clusters.namespacesChanged(key.cluster);
    return this.find(workspace, key);
  }

  /** Gives a namespace up without touching what runs in it. */
  async release(record: NamespaceRecord): Promise<void> {
    const cluster = await this.#clusters.get(record.cluster);
    const rows = await cluster.rows(kinds.namespaces);
    const found = rows.get({ name: record.name });
    if (found && found.metadata.uid === record.uid) {
      await new NamespaceKeeper(cluster).release(record);
    }
    await this.#store.remove(record);
    this.#clusters.namespacesChanged(record.cluster);
  }

  async update(
    workspace: WorkspaceRecord,
    record: NamespaceRecord,
    settings: NamespaceSettings,
    version: number,
  ): Promise<NamespaceRecord> {
    requireSettings(settings);
    if (record.state !== 'active') {
      throw new ConflictError(`Namespace ${record.name} is being deleted.`);
    }
    const binding = await this.#bindings.require(workspace, record.cluster);
    await this.#requireRoom(workspace, binding.quota, record, settings.quota);
    const updated = await this.#store.update(record, wishOf(settings), version);
    await this.#keep(updated, record.labels);
    return updated;
  }

  /** Puts right what differs; makes it anew when it was deleted by somebody else. */
  async mend(record: NamespaceRecord): Promise<void> {
    const cluster = await this.#clusters.get(record.cluster);
    const rows = await cluster.rows(kinds.namespaces);
    const found = rows.get({ name: record.name });
    if (found && found.metadata.uid !== record.uid) {
      throw new ConflictError(
        `Namespace ${record.name} on ${record.cluster} is not the one that was given to the workspace. A platform admin can release it and adopt the new one.`,
      );
    }
    if (!found) {
      if (rows.status.state !== 'live') {
        throw new ConflictError(
          `Cluster ${record.cluster} does not answer: nothing can be mended now.`,
        );
      }
      const made = await new NamespaceKeeper(cluster).create(record);
      await this.#store.settle(record, made.metadata.uid ?? '');
    }
    await this.#keep(record, record.labels);
  }

  /** Begins to delete; the row goes when the cluster has finished. */
  async delete(record: NamespaceRecord): Promise<void> {
    const cluster = await this.#clusters.get(record.cluster);
    await this.#store.terminating(record);
    try {
      await new NamespaceKeeper(cluster).delete(record);
    } catch (error) {
      if ((error as Error).name === 'NotFoundError') return;
      await this.#store.reactivate(record);
      throw error;
    }
  }

  async #keep(
    record: NamespaceRecord,
    labelsBefore: Readonly<Record<string, string>>,
  ): Promise<void> {
    const cluster = await this.#clusters.get(record.cluster);
    const keeper = new NamespaceKeeper(cluster);
    await keeper.mark(record, labelsBefore);
    await keeper.keep(record);
    this.#access.forget(record);
  }

  #requireFree(name: string): void {
    if (isReservedNamespace(name, this.#reserved)) {
      throw new InputError(
        `name: "${name}" is reserved for Kubernetes, the portal and its controllers`,
      );
    }
  }

  /** @throws InputError naming what the workspace's own quota on the cluster does not allow */
  async #requireRoom(
    workspace: WorkspaceRecord,
    limit: Quota,
    self: { cluster: string; name: string },
    wanted: Quota,
  ): Promise<void> {
    const owned = await this.#store.ofWorkspace(workspace.ref);
    const others = owned.filter(
      ({ cluster, name }) => cluster === self.cluster && name !== self.name,
    );
    const problems = workspaceQuotaProblems(
      limit,
      others.map(({ quota }) => quota),
      wanted,
    );
    if (problems.length > 0) {
      throw new InputError(
        problems
          .map(({ key, message }) => `quota.${key}: ${message}`)
          .join('; '),
      );
    }
  }
}
