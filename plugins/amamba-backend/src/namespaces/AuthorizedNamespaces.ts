import {
  isReservedNamespace,
  namespaceCreatePermission,
  namespaceDeletePermission,
  namespaceUpdatePermission,
  platformManagePermission,
  type AdoptableNamespace,
  type ClusterBinding,
  type ClusterBindingList,
  type ClusterSetup,
  type NamespaceDeletion,
  type NamespaceDetail,
  type NamespaceDraft,
  type NamespacePage,
  type NamespaceQuery,
  type NamespaceSettings,
} from '@amamba/backstage-plugin-amamba-common';
import { InputError } from '@backstage/errors';
import type { ActEvent, AuditService, CallersAct } from '../audit';
import { kinds, type Clusters } from '../clusters';
import type { CallOptions } from '../http';
import type { LiveService } from '../live';
import type { Authorizer } from '../permissions';
import type { WorkspaceRecord, WorkspacesService } from '../workspaces';
import type { BindingsService } from './BindingsService';
import { deletionOf } from './deletion';
import { pageOf } from './listing';
import { markedOwner } from './marks';
import type { NamespacesService } from './NamespacesService';
import type { NamespaceViews } from './NamespaceViews';
import type { NamespaceNames, Ownership } from './Ownership';
import type { NamespaceRecord } from './records';

type InWorkspace = { workspace: string };
type OfCluster = InWorkspace & { cluster: string };
type OfNamespace = InWorkspace & NamespaceNames;

const ON_NAMESPACE = [namespaceUpdatePermission, namespaceDeletePermission];

/**
 * Bindings and namespaces as callers get them, and the only form that routers, actions and the scaffolder see: names are
 * resolved here, and every method asks the authoriser before it does anything.
 */
export class AuthorizedNamespaces {
  readonly #workspaces: WorkspacesService;
  readonly #authorizer: Authorizer;
  readonly #audit: AuditService;
  readonly #bindings: BindingsService;
  readonly #service: NamespacesService;
  readonly #ownership: Ownership;
  readonly #views: NamespaceViews;
  readonly #clusters: Clusters;
  readonly #setup: () => Promise<ClusterSetup>;
  readonly #reserved: readonly string[];
  readonly #managers: readonly string[];
  readonly #live: Pick<LiveService, 'changed'>;

  constructor(options: {
    workspaces: WorkspacesService;
    authorizer: Authorizer;
    audit: AuditService;
    bindings: BindingsService;
    service: NamespacesService;
    ownership: Ownership;
    views: NamespaceViews;
    clusters: Clusters;
    /** how the sandbox's clusters are coming up */
    setup(): Promise<ClusterSetup>;
    reserved: readonly string[];
    /** users and groups who manage the platform by the configuration */
    managers: readonly string[];
    live: Pick<LiveService, 'changed'>;
  }) {
    this.#workspaces = options.workspaces;
    this.#authorizer = options.authorizer;
    this.#audit = options.audit;
    this.#bindings = options.bindings;
    this.#service = options.service;
    this.#ownership = options.ownership;
    this.#views = options.views;
    this.#clusters = options.clusters;
    this.#setup = options.setup;
    this.#reserved = options.reserved;
    this.#managers = options.managers;
    this.#live = options.live;
  }

  async listBindings(
    names: InWorkspace,
    options: CallOptions,
  ): Promise<ClusterBindingList> {
    const workspace = await this.#workspaces.get(names.workspace, options);
    const [bindings, owned, setup, manages] = await Promise.all([
      this.#bindings.ofWorkspace(workspace),
      this.#ownership.records(workspace),
      this.#setup(),
      this.#authorizer.canPlatform(platformManagePermission, options),
    ]);
    return {
      items: await this.#views.bindings(bindings, owned),
      setup,
      available: manages ? await this.#available(workspace) : [],
      can: manages ? [platformManagePermission.name] : [],
      managers: [...this.#managers],
    };
  }

  async bind(
    names: OfCluster,
    wish: Parameters<BindingsService['bind']>[2],
    options: CallOptions,
  ): Promise<ClusterBinding> {
    const workspace = await this.#workspaces.get(names.workspace, options);
    const { cluster } = names;
    const record = await this.#audit.act(
      {
        action: 'cluster.bind',
        permission: platformManagePermission,
        workspace,
        object: { kind: 'cluster', name: cluster },
        details: { mode: wish.mode },
      },
      options,
      ({ actor }) => this.#bindings.bind(workspace, cluster, wish, actor),
    );
    const owned = await this.#ownership.records(workspace);
    const [binding] = await this.#views.bindings([record], owned);
    return binding;
  }

  async unbind(names: OfCluster, options: CallOptions): Promise<void> {
    const workspace = await this.#workspaces.get(names.workspace, options);
    const { cluster } = names;
    await this.#audit.act(
      {
        action: 'cluster.unbind',
        permission: platformManagePermission,
        workspace,
        object: { kind: 'cluster', name: cluster },
      },
      options,
      () => this.#bindings.unbind(workspace, cluster),
    );
  }

  async list(
    names: InWorkspace,
    query: NamespaceQuery,
    options: CallOptions,
  ): Promise<NamespacePage> {
    const workspace = await this.#workspaces.get(names.workspace, options);
    const [records, can, setup] = await Promise.all([
      this.#ownership.records(workspace),
      this.#can(workspace, options),
      this.#setup(),
    ]);
    const rows = await this.#views.summaries(workspace, records, can);
    return {
      ...pageOf(rows, query),
      setup,
      warnings: await this.#views.warnings(
        new Set(records.map(({ cluster }) => cluster)),
      ),
    };
  }

  async get(
    names: OfNamespace,
    options: CallOptions,
  ): Promise<NamespaceDetail> {
    const { workspace, record } = await this.#find(names, options);
    return this.#detail(workspace, record, options);
  }

  async create(
    names: InWorkspace,
    draft: NamespaceDraft,
    options: CallOptions,
  ): Promise<NamespaceDetail> {
    const workspace = await this.#workspaces.get(names.workspace, options);
    const record = await this.#act(
      { action: 'namespace.create', permission: namespaceCreatePermission },
      { workspace, record: draft },
      options,
      ({ actor }) => this.#service.create(workspace, draft, actor),
    );
    return this.#detail(workspace, record, options);
  }

  async update(
    names: OfNamespace,
    { version, ...settings }: NamespaceSettings & { version: number },
    options: CallOptions,
  ): Promise<NamespaceDetail> {
    const { workspace, record } = await this.#find(names, options);
    const updated = await this.#act(
      { action: 'namespace.update', permission: namespaceUpdatePermission },
      { workspace, record },
      options,
      () => this.#service.update(workspace, record, settings, version),
    );
    return this.#detail(workspace, updated, options);
  }

  async mend(
    names: OfNamespace,
    options: CallOptions,
  ): Promise<NamespaceDetail> {
    const { workspace, record } = await this.#find(names, options);
    await this.#act(
      { action: 'namespace.mend', permission: namespaceUpdatePermission },
      { workspace, record },
      options,
      () => this.#service.mend(record),
    );
    return this.get(names, options);
  }

  async previewDeletion(
    names: OfNamespace,
    options: CallOptions,
  ): Promise<NamespaceDeletion> {
    const { workspace } = await this.#find(names, options);
    await this.#authorizer.require(
      namespaceDeletePermission,
      { workspace },
      options,
    );
    return deletionOf(await this.#ownership.namespace(workspace, names));
  }

  async delete(
    names: OfNamespace,
    { confirm }: { confirm: string },
    options: CallOptions,
  ): Promise<NamespaceDetail> {
    const { workspace, record } = await this.#find(names, options);
    await this.#act(
      { action: 'namespace.delete', permission: namespaceDeletePermission },
      { workspace, record },
      options,
      async () => {
        if (confirm !== record.name) {
          throw new InputError(
            `confirm: must be the name of the namespace, ${record.name}`,
          );
        }
        await this.#service.delete(record);
      },
    );
    return this.#detail(
      workspace,
      { ...record, state: 'terminating' },
      options,
    );
  }

  /** Namespaces of a cluster that no workspace owns and none may not own. */
  async adoptable(
    names: OfCluster,
    options: CallOptions,
  ): Promise<{ items: AdoptableNamespace[] }> {
    const workspace = await this.#workspaces.get(names.workspace, options);
    await this.#authorizer.requirePlatform(platformManagePermission, options);
    await this.#bindings.require(workspace, names.cluster);
    const cluster = await this.#clusters.get(names.cluster);
    const [rows, owned] = await Promise.all([
      cluster.rows(kinds.namespaces),
      this.#ownership.onCluster(cluster.name),
    ]);
    const taken = new Set(owned.map(({ name }) => name));
    const items = [...rows.all()]
      .filter(
        namespace =>
          !taken.has(namespace.metadata.name ?? '') &&
          !namespace.metadata.deletionTimestamp &&
          !isReservedNamespace(namespace.metadata.name ?? '', this.#reserved),
      )
      .map(namespace => ({
        cluster: cluster.name,
        name: namespace.metadata.name ?? '',
        createdAt:
          namespace.metadata.creationTimestamp ?? new Date(0).toISOString(),
        marked: markedOwner(namespace) !== undefined,
      }))
      .sort((a, b) => a.name.localeCompare(b.name));
    return { items };
  }

  async adopt(
    names: OfNamespace,
    settings: { environment?: string },
    options: CallOptions,
  ): Promise<NamespaceDetail> {
    const workspace = await this.#workspaces.get(names.workspace, options);
    const key = { cluster: names.cluster, name: names.namespace };
    const record = await this.#act(
      { action: 'namespace.adopt', permission: platformManagePermission },
      { workspace, record: key },
      options,
      ({ actor }) => this.#service.adopt(workspace, key, settings, actor),
    );
    return this.#detail(workspace, record, options);
  }

  async release(names: OfNamespace, options: CallOptions): Promise<void> {
    const { workspace, record } = await this.#find(names, options);
    await this.#act(
      { action: 'namespace.release', permission: platformManagePermission },
      { workspace, record },
      options,
      () => this.#service.release(record),
    );
  }

  async #find(names: OfNamespace, options: CallOptions) {
    const workspace = await this.#workspaces.get(names.workspace, options);
    const record = await this.#service.find(workspace, {
      cluster: names.cluster,
      name: names.namespace,
    });
    return { workspace, record };
  }

  async #available(
    workspace: WorkspaceRecord,
  ): Promise<ClusterBindingList['available']> {
    const [{ clusters }, bindings] = await Promise.all([
      this.#clusters.list(),
      this.#bindings.all(),
    ]);
    return clusters
      .filter(
        ({ name }) =>
          !bindings.some(
            binding =>
              binding.cluster === name &&
              binding.workspaceRef === workspace.ref,
          ),
      )
      .map(({ name, title }) => ({
        cluster: name,
        title,
        problem: bindings.some(
          binding => binding.cluster === name && binding.mode === 'exclusive',
        )
          ? 'Another workspace has it for itself.'
          : undefined,
      }));
  }

  async #can(
    workspace: WorkspaceRecord,
    options: CallOptions,
  ): Promise<string[]> {
    const [can, manages] = await Promise.all([
      this.#authorizer.can(ON_NAMESPACE, { workspace }, options),
      this.#authorizer.canPlatform(platformManagePermission, options),
    ]);
    return [...can, ...(manages ? [platformManagePermission.name] : [])];
  }

  async #detail(
    workspace: WorkspaceRecord,
    record: NamespaceRecord,
    options: CallOptions,
  ): Promise<NamespaceDetail> {
    const can = await this.#can(workspace, options);
    return this.#views.detail(workspace, record, can);
  }

  async #act<T>(
    act: Pick<CallersAct, 'action' | 'permission'>,
    of: {
      workspace: WorkspaceRecord;
      record: Pick<NamespaceRecord, 'cluster' | 'name'>;
    },
    options: CallOptions,
    fn: (event: ActEvent) => Promise<T>,
  ): Promise<T> {
    const { workspace, record } = of;
    const name = `${record.cluster}/${record.name}`;
    const result = await this.#audit.act(
      { ...act, workspace, object: { kind: 'namespace', name } },
      options,
      fn,
    );
    this.#live.changed({
      type: 'namespace',
      workspace: workspace.name,
      cluster: record.cluster,
      namespace: record.name,
      kinds: [],
    });
    return result;
  }
}
