import {
  helmRepositoryWritePermission,
  type ChartDetail,
  type ChartPage,
  type ChartQuery,
  type HelmRepository,
  type HelmRepositoryDraft,
} from '@amamba/backstage-plugin-amamba-common';
import { ConflictError } from '@backstage/errors';
import type { AuditService } from '../audit';
import { kinds } from '../clusters';
import type { CallOptions } from '../http';
import type { Ownership } from '../namespaces';
import type { WorkspaceRecord, WorkspacesService } from '../workspaces';
import type { ChartShelf } from './charts/ChartShelf';
import { REPOSITORY_LABEL } from './program/arguments';
import { chartDetail, listCharts } from './repositories/charts';
import type { RepositoriesService } from './repositories/RepositoriesService';

/** States of revisions that nothing runs of. */
const OVER = ['superseded', 'uninstalled'];

interface OfWorkspace {
  workspace: string;
}
type OfRepository = OfWorkspace & { repository: string };

/** Repositories and their charts as callers get them: names are resolved, and changes are judged and recorded. */
export class AuthorizedRepositories {
  readonly #workspaces: WorkspacesService;
  readonly #audit: AuditService;
  readonly #ownership: Ownership;
  readonly #repositories: RepositoriesService;
  readonly #shelf: ChartShelf;

  constructor(options: {
    workspaces: WorkspacesService;
    audit: AuditService;
    ownership: Ownership;
    repositories: RepositoriesService;
    shelf: ChartShelf;
  }) {
    this.#workspaces = options.workspaces;
    this.#audit = options.audit;
    this.#ownership = options.ownership;
    this.#repositories = options.repositories;
    this.#shelf = options.shelf;
  }

  async list(
    names: OfWorkspace,
    options: CallOptions,
  ): Promise<{ items: HelmRepository[] }> {
    const workspace = await this.#workspaces.get(names.workspace, options);
    return { items: await this.#repositories.list(workspace) };
  }

  /** Adds a repository that could be read. */
  async create(
    names: OfWorkspace,
    draft: HelmRepositoryDraft,
    options: CallOptions,
  ): Promise<HelmRepository> {
    const workspace = await this.#workspaces.get(names.workspace, options);
    return this.#audit.act(
      {
        ...this.#act('create', workspace, draft.name),
        details: { url: draft.url, type: draft.type },
      },
      options,
      ({ actor }) => this.#repositories.create(workspace, draft, actor),
    );
  }

  async update(
    names: OfRepository,
    draft: Omit<HelmRepositoryDraft, 'name'> & { version: number },
    options: CallOptions,
  ): Promise<HelmRepository> {
    const workspace = await this.#of(names, options);
    return this.#audit.act(
      {
        ...this.#act('update', workspace, names.repository),
        details: { url: draft.url, type: draft.type },
      },
      options,
      () => this.#repositories.update(workspace, names.repository, draft),
    );
  }

  /** @throws ConflictError while releases come from it */
  async delete(names: OfRepository, options: CallOptions): Promise<void> {
    const workspace = await this.#of(names, options);
    await this.#audit.act(
      this.#act('delete', workspace, names.repository),
      options,
      async () => {
        await this.#refuseWhileUsed(workspace, names.repository);
        await this.#repositories.remove(workspace, names.repository);
      },
    );
  }

  async charts(
    names: OfWorkspace,
    query: ChartQuery,
    options: CallOptions,
  ): Promise<ChartPage> {
    const workspace = await this.#workspaces.get(names.workspace, options);
    return listCharts(
      { repositories: this.#repositories, shelf: this.#shelf },
      workspace,
      query,
    );
  }

  /** @param version - the newest when absent */
  async chart(
    names: OfRepository & { chart: string },
    { version }: { version?: string },
    options: CallOptions,
  ): Promise<ChartDetail> {
    const workspace = await this.#workspaces.get(names.workspace, options);
    const repository = await this.#repositories.get(
      workspace,
      names.repository,
    );
    const fetched = await this.#shelf.fetch(repository, names.chart, version);
    return chartDetail(repository.name, fetched);
  }

  /** The workspace of a repository that it has. @throws NotFoundError */
  async #of(
    names: OfRepository,
    options: CallOptions,
  ): Promise<WorkspaceRecord> {
    const workspace = await this.#workspaces.get(names.workspace, options);
    await this.#repositories.require(workspace, names.repository);
    return workspace;
  }

  #act(verb: string, workspace: WorkspaceRecord, name: string) {
    return {
      action: `helm-repository.${verb}`,
      permission: helmRepositoryWritePermission,
      workspace,
      object: { kind: 'helm-repository', name },
    };
  }

  async #refuseWhileUsed(
    workspace: WorkspaceRecord,
    repository: string,
  ): Promise<void> {
    const { namespaces } = await this.#ownership.namespaces(workspace);
    for (const namespace of namespaces) {
      const { items } = await namespace.rows(kinds.secrets);
      const used = items.find(
        ({ metadata: { labels } }) =>
          labels?.owner === 'helm' &&
          labels[REPOSITORY_LABEL] === repository &&
          !OVER.includes(labels.status),
      );
      if (used) {
        throw new ConflictError(
          `Release ${used.metadata.labels?.name} in ${namespace.cluster}/${namespace.name} comes from repository "${repository}". Uninstall it first, or leave the repository.`,
        );
      }
    }
  }
}
