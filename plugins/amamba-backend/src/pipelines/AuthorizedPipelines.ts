import {
  PIPELINES_ANNOTATION,
  pipelineCreatePermission,
  pipelineDeletePermission,
  pipelineReadPermission,
  pipelineUpdatePermission,
  runApprovePermission,
  runCancelPermission,
  runStartPermission,
  type Engine,
  type EntityPipelinePage,
  type EntityPipelineQuery,
  type Pipeline,
  type PipelineDraft,
  type PipelinePage,
  type PipelineQuery,
  type PipelineUpdate,
} from '@amamba/backstage-plugin-amamba-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { ActEvent, AuditService, CallersAct } from '../audit';
import type { CallOptions } from '../http';
import type { Authorizer } from '../permissions';
import type {
  EntityReader,
  WorkspaceRecord,
  WorkspacesService,
} from '../workspaces';
import type {
  PipelineAccess,
  PipelineNames,
  PipelineOfCaller,
} from './PipelineAccess';
import type { PipelinesService } from './PipelinesService';
import type { PipelinesStore } from './PipelinesStore';
import type { PipelineHead, PipelineRecord } from './records';
import type { EngineDirectory } from './sync/EngineDirectory';
import { pipelineDetail, pipelineSummary, targetOf } from './view';

/** Permissions that buttons of a pipeline depend on. */
const ON_PIPELINE = [
  pipelineReadPermission,
  pipelineUpdatePermission,
  pipelineDeletePermission,
  runStartPermission,
  runCancelPermission,
  runApprovePermission,
];

/**
 * Pipelines as callers get them, and the only form of the service that routers, actions and the scaffolder see: names come
 * in, are resolved here, and every method asks the authoriser before it does anything.
 */
export class AuthorizedPipelines {
  readonly #access: PipelineAccess;
  readonly #authorizer: Authorizer;
  readonly #audit: AuditService;
  readonly #entities: EntityReader;
  readonly #workspaces: WorkspacesService;
  readonly #service: PipelinesService;
  readonly #store: PipelinesStore;
  readonly #engines: EngineDirectory;

  constructor(options: {
    access: PipelineAccess;
    authorizer: Authorizer;
    audit: AuditService;
    entities: EntityReader;
    workspaces: WorkspacesService;
    service: PipelinesService;
    store: PipelinesStore;
    engines: EngineDirectory;
  }) {
    this.#access = options.access;
    this.#authorizer = options.authorizer;
    this.#audit = options.audit;
    this.#entities = options.entities;
    this.#workspaces = options.workspaces;
    this.#service = options.service;
    this.#store = options.store;
    this.#engines = options.engines;
  }

  /** Engines that a pipeline of the workspace can live in, as they were last seen. */
  async engines(
    names: { workspace: string },
    options: CallOptions,
  ): Promise<{ items: Engine[] }> {
    await this.#access.workspace(names.workspace, options);
    return { items: await this.#engines.list() };
  }

  /** One page, from the database alone. */
  async list(
    names: { workspace: string },
    query: PipelineQuery,
    options: CallOptions,
  ): Promise<PipelinePage> {
    const workspace = await this.#access.workspace(names.workspace, options);
    return this.#page(workspace, query, options);
  }

  /** One page of what an entity shows on its tab, with the workspace that it belongs to. */
  async listForEntity(
    entity: { kind: string; namespace: string; name: string },
    query: EntityPipelineQuery,
    options: CallOptions,
  ): Promise<EntityPipelinePage> {
    const found = await this.#workspaces.forEntity(
      stringifyEntityRef(entity),
      options,
    );
    const [page, workspace] = await Promise.all([
      this.#page(
        found.workspace,
        { ...query, entity: found.entityRef },
        options,
      ),
      this.#workspaces.describeDetail(found.workspace, options),
    ]);
    return { ...page, place: { ...found, workspace } };
  }

  async get(names: PipelineNames, options: CallOptions): Promise<Pipeline> {
    const { workspace, pipeline } = await this.#access.pipeline(names, options);
    return this.#detail(workspace, pipeline, options);
  }

  async create(
    names: { workspace: string },
    draft: PipelineDraft,
    options: CallOptions,
  ): Promise<Pipeline> {
    const workspace = await this.#access.workspace(names.workspace, options);
    const created = await this.#audit.act(
      {
        action: 'pipeline.create',
        permission: pipelineCreatePermission,
        workspace,
        object: { kind: 'pipeline', name: draft.name },
        details: { source: draft.source.type },
      },
      options,
      async event => {
        const record = await this.#service.create(
          workspace,
          draft,
          event.actor,
        );
        event.add({ engine: record.engine, sync: record.sync.state });
        return record;
      },
    );
    return this.#detail(workspace, created, options);
  }

  async update(
    names: PipelineNames,
    change: PipelineUpdate,
    options: CallOptions,
  ): Promise<Pipeline> {
    const { workspace, pipeline } = await this.#access.pipeline(names, options);
    const updated = await this.#act(
      { action: 'pipeline.update', permission: pipelineUpdatePermission },
      { workspace, pipeline },
      options,
      async event => {
        const record = await this.#service.update(
          pipeline,
          change,
          event.actor,
        );
        event.add({ version: record.version, sync: record.sync.state });
        return record;
      },
    );
    return this.#detail(workspace, updated, options);
  }

  async delete(names: PipelineNames, options: CallOptions): Promise<void> {
    const { workspace, pipeline } = await this.#access.pipeline(names, options);
    await this.#act(
      { action: 'pipeline.delete', permission: pipelineDeletePermission },
      { workspace, pipeline },
      options,
      async event => {
        const { isPending } = await this.#service.delete(pipeline);
        event.add({ runs: pipeline.statistics.total, pending: isPending });
      },
    );
  }

  /** Writes the pipeline to its engine again and looks at its runs there. */
  async sync(names: PipelineNames, options: CallOptions): Promise<Pipeline> {
    const { workspace, pipeline } = await this.#access.pipeline(names, options);
    const synced = await this.#act(
      { action: 'pipeline.sync', permission: pipelineUpdatePermission },
      { workspace, pipeline },
      options,
      () => this.#service.sync(pipeline),
    );
    return this.#detail(workspace, synced, options);
  }

  async #page(
    workspace: WorkspaceRecord,
    query: PipelineQuery,
    options: CallOptions,
  ): Promise<PipelinePage> {
    const entity = query.entity?.toLocaleLowerCase('en-US');
    const [criteria, entityNames] = await Promise.all([
      this.#authorizer.pipelineCriteria(
        pipelineReadPermission,
        workspace,
        options,
      ),
      this.#mentioned(entity, options),
    ]);
    const { ref: workspaceRef, environment } = workspace;
    const [page, warnings] = await Promise.all([
      this.#store.list(
        { workspaceRef, environment, criteria },
        { ...query, entity, entityNames },
      ),
      this.#engines.warnings(),
    ]);
    const { rows, total, nextCursor, previousCursor } = page;
    const can = await this.#can(workspace, rows, options);
    const engines = new Set(rows.map(({ engine }) => engine));
    return {
      items: rows.map((row, i) => pipelineSummary(row, can[i])),
      ...{ total, nextCursor, previousCursor },
      warnings: warnings
        .filter(({ engine }) => engines.has(engine))
        .map(({ warning }) => warning),
    };
  }

  #act<T>(
    act: Pick<CallersAct, 'action' | 'permission'>,
    { workspace, pipeline }: PipelineOfCaller,
    options: CallOptions,
    fn: (event: ActEvent) => Promise<T>,
  ): Promise<T> {
    return this.#audit.act(
      {
        ...act,
        workspace,
        object: { kind: 'pipeline', name: pipeline.name },
        target: { pipeline: targetOf(pipeline, workspace) },
      },
      options,
      fn,
    );
  }

  async #detail(
    workspace: WorkspaceRecord,
    pipeline: PipelineRecord,
    options: CallOptions,
  ): Promise<Pipeline> {
    const [can] = await this.#can(workspace, [pipeline], options);
    return pipelineDetail(pipeline, {
      can,
      engineUrl: this.#service.engineUrl(pipeline),
    });
  }

  #can(
    workspace: WorkspaceRecord,
    pipelines: PipelineHead[],
    options: CallOptions,
  ): Promise<string[][]> {
    return this.#authorizer.pipelinesCan(
      ON_PIPELINE,
      workspace,
      pipelines.map(pipeline => targetOf(pipeline, workspace)),
      options,
    );
  }

  /** Names of pipelines that an entity mentions; the entity is read with the caller's own credentials. */
  async #mentioned(
    ref: string | undefined,
    options: CallOptions,
  ): Promise<string[]> {
    if (ref === undefined) return [];
    const entity = await this.#entities.facts(ref, options);
    const names = entity?.annotations[PIPELINES_ANNOTATION] ?? '';
    return names
      .split(',')
      .map(name => name.trim())
      .filter(name => name !== '');
  }
}
