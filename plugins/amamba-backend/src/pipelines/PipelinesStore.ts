import type {
  PipelineQuery,
  PipelineUpdate,
} from '@amamba/backstage-plugin-amamba-common';
import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import {
  applySlice,
  type BigIntColumn,
  type Lease,
  leaseColumns,
  readPage,
  type RowPage,
  storable,
  whereContains,
} from '../database';
import {
  HEAD_COLUMNS,
  stateRank,
  toPipelineHead,
  toPipelineRecord,
  type PipelineHeadRow,
  type PipelineRow,
} from './pipelineRow';
import type { PipelineHead, PipelineRecord } from './records';
import { whereInScopes, type PipelineScope } from './StoreScope';

const TABLE = 'amamba_pipelines';
const SORT_COLUMNS = {
  name: 'name_key',
  lastRun: 'last_run_at',
  created: 'created_at',
  state: 'last_state_rank',
} as const;

/** Names are compared as engines compare them. */
export function nameKey(name: string): string {
  return name.toLocaleLowerCase('en-US');
}

/** A pipeline that is to be. */
export type NewPipeline = Pick<
  PipelineRecord,
  | 'id'
  | 'workspace'
  | 'workspaceRef'
  | 'name'
  | 'description'
  | 'entityRef'
  | 'environment'
  | 'engine'
  | 'source'
  | 'settings'
  | 'askedParameters'
  | 'createdBy'
>;

function definitionColumns({
  source,
  settings,
  askedParameters,
}: Pick<PipelineRecord, 'source' | 'settings' | 'askedParameters'>) {
  return {
    source_type: source.type,
    source: JSON.stringify(source),
    settings: JSON.stringify(settings),
    asked_parameters: JSON.stringify(askedParameters),
  };
}

/** What a list of pipelines is narrowed by. */
export type PipelineListQuery = PipelineQuery & {
  /** names that the entity of the query mentions itself */
  entityNames?: string[];
};

/** Pipelines as users know them: what they list, create, change and delete. */
export class PipelinesStore {
  readonly #database: Knex;

  constructor(database: Knex) {
    this.#database = database;
  }

  /**
   * Adds a pipeline that the engine does not have yet, leased to the backend that is about to write it there.
   *
   * @throws ConflictError when the workspace has one of this name
   */
  async insert(pipeline: NewPipeline, lease: Lease): Promise<PipelineRecord> {
    const { id, name, createdBy } = pipeline;
    try {
      await this.#rows().insert({
        id,
        workspace_ref: pipeline.workspaceRef,
        workspace: pipeline.workspace,
        name,
        name_key: nameKey(name),
        description: storable(pipeline.description),
        entity_ref: pipeline.entityRef ?? null,
        environment: pipeline.environment ?? null,
        engine: pipeline.engine,
        ...definitionColumns(pipeline),
        has_parameters: pipeline.askedParameters.length > 0,
        version: 1,
        sync_state: 'pending',
        next_sync_at: lease.now,
        ...leaseColumns(lease),
        created_at: lease.now,
        created_by: createdBy,
        updated_at: lease.now,
        updated_by: createdBy,
        last_state_rank: stateRank(undefined),
        recent: '[]',
      });
    } catch (error) {
      if (!isDatabaseConflictError(error)) throw error;
      throw new ConflictError(
        `There is a pipeline "${name}" in ${pipeline.workspace} already. Choose another name.`,
      );
    }
    return this.#existing(id);
  }

  async get(id: string): Promise<PipelineRecord | undefined> {
    const row = await this.#rows().where({ id }).first();
    return row && toPipelineRecord(row);
  }

  /** In the order asked. */
  async getMany(ids: string[]): Promise<(PipelineHead | undefined)[]> {
    const rows: PipelineHeadRow[] = await this.#database(TABLE)
      .select(HEAD_COLUMNS)
      .whereIn('id', ids);
    const byId = new Map(rows.map(row => [row.id, toPipelineHead(row)]));
    return ids.map(id => byId.get(id));
  }

  async find(
    workspaceRef: string,
    name: string,
  ): Promise<PipelineRecord | undefined> {
    const row = await this.#rows()
      .where({ workspace_ref: workspaceRef, name_key: nameKey(name) })
      .first();
    return row && toPipelineRecord(row);
  }

  /** By what an engine calls it. */
  async findInEngine(
    engine: string,
    workspace: string,
    name: string,
  ): Promise<PipelineRecord | undefined> {
    const row = await this.#rows()
      .where({ engine, name_key: nameKey(name) })
      .whereRaw('LOWER(workspace) = ?', [nameKey(workspace)])
      .first();
    return row && toPipelineRecord(row);
  }

  /** One page of a workspace, and how many there are. */
  async list(
    scope: PipelineScope,
    query: PipelineListQuery,
  ): Promise<RowPage<PipelineHead> & { total: number }> {
    const { after, before, limit, ...filter } = query;
    const column = SORT_COLUMNS[query.sort];
    const matching = this.#matching(scope, query);
    const counting = matching.clone().count({ n: '*' });
    const page = await readPage<PipelineHeadRow & { matching?: BigIntColumn }>(
      { after, before, limit },
      {
        filter: [scope.workspaceRef, filter],
        descending: query.order === 'desc',
        keyKind: column === 'name_key' ? 'text' : 'number',
        keyOf: row => [
          column === 'name_key' ? row.name_key : Number(row[column]),
          row.id,
        ],
        fetch: slice =>
          applySlice(
            // one question instead of two: what a page takes is mostly the way there and back
            matching
              .clone()
              .select(HEAD_COLUMNS)
              .select({ matching: counting }),
            column,
            slice,
          ),
      },
    );
    const total = page.rows[0]?.matching ?? (await counting)[0].n;
    return {
      ...page,
      rows: page.rows.map(toPipelineHead),
      total: Number(total),
    };
  }

  /**
   * Changes what a user edits.
   *
   * @throws ConflictError when somebody was faster, saying who
   */
  async update(
    pipeline: PipelineRecord,
    change: PipelineUpdate & Pick<PipelineRecord, 'askedParameters'>,
    by: string,
    lease: Lease,
  ): Promise<PipelineRecord> {
    const { id } = pipeline;
    const updated = await this.#rows()
      .where({ id, version: change.version })
      .whereNull('deleting_at')
      .update({
        description: storable(change.description),
        entity_ref: change.entityRef ?? null,
        environment: change.environment ?? null,
        ...definitionColumns(change),
        version: change.version + 1,
        updated_at: lease.now,
        updated_by: by,
        sync_state: 'pending',
        sync_problem: null,
        sync_attempts: 0,
        next_sync_at: lease.now,
        ...leaseColumns(lease),
      });
    const current = await this.#existing(id);
    if (updated === 0) {
      throw new ConflictError(
        current.deletingAt
          ? `${pipeline.name} is being deleted.`
          : `${current.updatedBy} changed ${pipeline.name} meanwhile, at ${new Date(current.updatedAt).toISOString()}. Load it again and repeat your change.`,
      );
    }
    return current;
  }

  /** Has the pipeline written to its engine (again). */
  async requestSync(id: string, lease: Lease): Promise<void> {
    await this.#rows()
      .where({ id })
      .update({
        sync_state: 'pending',
        sync_attempts: 0,
        next_sync_at: lease.now,
        ...leaseColumns(lease),
      });
  }

  /** Decides the deletion, before the engine hears of it. */
  async markDeleting(id: string, lease: Lease): Promise<void> {
    await this.#rows()
      .where({ id })
      .update({
        deleting_at: lease.now,
        sync_state: 'pending',
        sync_attempts: 0,
        next_sync_at: lease.now,
        ...leaseColumns(lease),
      });
  }

  #matching(scope: PipelineScope, query: PipelineListQuery): Knex.QueryBuilder {
    const rows = this.#database(TABLE).where({
      workspace_ref: scope.workspaceRef,
    });
    whereInScopes(rows, [scope]);
    const { entity, entityNames = [] } = query;
    if (query.state) rows.whereIn('last_state', query.state);
    if (query.q) whereContains(rows, ['name', 'description'], query.q);
    if (entity) {
      rows.where(either =>
        either
          .where({ entity_ref: entity })
          .orWhereIn('name_key', entityNames.map(nameKey)),
      );
    }
    return rows;
  }

  #rows() {
    return this.#database<PipelineRow>(TABLE);
  }

  async #existing(id: string): Promise<PipelineRecord> {
    const pipeline = await this.get(id);
    if (!pipeline)
      throw new ConflictError('The pipeline was deleted meanwhile.');
    return pipeline;
  }
}
