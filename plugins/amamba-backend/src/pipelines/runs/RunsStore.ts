import type {
  RunQuery,
  RunState,
} from '@amamba/backstage-plugin-amamba-common';
import type { Knex } from 'knex';
import {
  applySlice,
  type PageSlice,
  readPage,
  type RowPage,
  storable,
  whereContains,
} from '../../database';
import type { RunRecord } from '../records';
import { nameKey } from '../PipelinesStore';
import { toRunRecord, type RunRow } from './runRow';

const TABLE = 'amamba_runs';
const COUNTS = 'amamba_run_counts';
/** filtered lists count up to here; without a bound, a page of a million runs would read a million rows */
const MAX_COUNTED = 10_000;
/** numbers of runs are 31 bits */
const MAX_NUMBER = 2 ** 31 - 1;

interface CountRow {
  pipeline_id: string;
  state: string;
  count: number;
}

/** A page of runs and how many match. */
export type RunRowPage = RowPage<RunRecord> & {
  total: number;
  /** counting stopped: there are at least so many */
  isMinimum: boolean;
};

/** Reads the index of runs. */
export class RunsStore {
  readonly #database: Knex;

  constructor(database: Knex) {
    this.#database = database;
  }

  async get(id: string): Promise<RunRecord | undefined> {
    const row = await this.#rows().where({ id }).first();
    return row && toRunRecord(row);
  }

  /** @param key - number or id; of several lives of a pipeline, the newest run of that number */
  find(pipelineId: string, key: string): Promise<RunRecord | undefined> {
    return this.#find(key, rows => rows.where({ pipeline_id: pipelineId }));
  }

  /** The same, by the name of the pipeline: for who is looking that up at the same time. */
  findByName(
    pipeline: { workspaceRef: string; name: string },
    key: string,
  ): Promise<RunRecord | undefined> {
    const id = this.#database('amamba_pipelines')
      .select('id')
      .where({
        workspace_ref: pipeline.workspaceRef,
        name_key: nameKey(pipeline.name),
      });
    return this.#find(key, rows => rows.where('pipeline_id', id));
  }

  /** Numbers of the runs before and after. */
  async neighbours(
    run: RunRecord,
  ): Promise<{ previous?: number; next?: number }> {
    const { pipelineId, epoch, number } = run;
    if (number === undefined) return {};
    const near = async (operator: '<' | '>', order: 'asc' | 'desc') => {
      const row = await this.#rows()
        .where({ pipeline_id: pipelineId, epoch })
        .where('number', operator, number)
        .orderBy('number', order)
        .first('number');
      return row?.number ?? undefined;
    };
    return {
      previous: await near('<', 'desc'),
      next: await near('>', 'asc'),
    };
  }

  /** One page of a pipeline's runs. */
  async list(pipelineId: string, query: RunQuery): Promise<RunRowPage> {
    const { after, before, limit, ...filter } = query;
    const reading = readPage<RunRow>(
      { after, before, limit },
      {
        filter: [pipelineId, filter],
        descending: query.sort === 'newest',
        keyKind: 'number',
        keyOf: row => [Number(row.sort_key), row.id],
        fetch: slice => this.#fetch(pipelineId, query, slice),
      },
    );
    const [page, total] = await Promise.all([
      reading,
      this.#total(pipelineId, query),
    ]);
    return {
      ...page,
      rows: page.rows.map(toRunRecord),
      total,
      isMinimum: this.#isBounded(query) && total >= MAX_COUNTED,
    };
  }

  /** Runs that are asked for and have not begun. */
  async queued(pipelineId: string): Promise<number> {
    const row = await this.#database<CountRow>(COUNTS)
      .where({ pipeline_id: pipelineId, state: 'queued' })
      .first();
    return row?.count ?? 0;
  }

  /** The newest run that has a number. */
  async newest(pipelineId: string): Promise<RunRecord | undefined> {
    const row = await this.#rows()
      .where({ pipeline_id: pipelineId })
      .whereNotNull('number')
      .orderBy('sort_key', 'desc')
      .first();
    return row && toRunRecord(row);
  }

  /** Known runs of one life of a pipeline from a number on. */
  async numbersFrom(
    pipelineId: string,
    epoch: number,
    from: number,
  ): Promise<RunRecord[]> {
    const rows = await this.#rows()
      .where({ pipeline_id: pipelineId, epoch })
      .where('number', '>=', from);
    return rows.map(toRunRecord);
  }

  /** One index scan for each state: each is in order by itself, and merging is cheap. */
  async #fetch(
    pipelineId: string,
    query: RunQuery,
    slice: PageSlice,
  ): Promise<RunRow[]> {
    const states: (RunState | undefined)[] = query.state ?? [undefined];
    const parts = await Promise.all(
      states.map(
        state =>
          applySlice(
            this.#matching(pipelineId, query, state).select('*'),
            'sort_key',
            slice,
          ) as Knex.QueryBuilder<RunRow, RunRow[]>,
      ),
    );
    if (parts.length === 1) return parts[0];
    const sign = slice.descending ? -1 : 1;
    return parts
      .flat()
      .sort(
        (a, b) =>
          sign *
          (Number(a.sort_key) - Number(b.sort_key) || (a.id < b.id ? -1 : 1)),
      )
      .slice(0, slice.limit);
  }

  #matching(
    pipelineId: string,
    query: RunQuery,
    state: RunState | undefined,
  ): Knex.QueryBuilder {
    const rows = this.#database(TABLE).where({ pipeline_id: pipelineId });
    if (state) rows.where({ state });
    if (query.branch) rows.where({ branch: storable(query.branch) });
    if (query.by) rows.where({ cause_by: storable(query.by) });
    if (query.q) {
      whereContains(
        rows,
        ['branch', 'commit', 'commit_message', 'cause_by', 'cause_text'],
        query.q,
      );
    }
    return rows;
  }

  #isBounded({ q, branch, by }: RunQuery): boolean {
    return Boolean(q || branch || by);
  }

  async #total(pipelineId: string, query: RunQuery): Promise<number> {
    if (!this.#isBounded(query)) {
      const counts = this.#database<CountRow>(COUNTS).where({
        pipeline_id: pipelineId,
      });
      if (query.state) counts.whereIn('state', query.state);
      return (await counts).reduce((sum, { count }) => sum + count, 0);
    }
    const matching = this.#matching(pipelineId, query, undefined)
      .select('id')
      .limit(MAX_COUNTED);
    if (query.state) matching.whereIn('state', query.state);
    const [{ n }] = await this.#database
      .from(matching.as('counted'))
      .count<{ n: number | string }[]>({ n: '*' });
    return Number(n);
  }

  async #find(
    key: string,
    ofPipeline: (rows: Knex.QueryBuilder) => Knex.QueryBuilder,
  ): Promise<RunRecord | undefined> {
    const isNumber = /^\d+$/.test(key);
    if (isNumber && Number(key) > MAX_NUMBER) return undefined;
    const row: RunRow | undefined = await ofPipeline(this.#database(TABLE))
      .where(isNumber ? { number: Number(key) } : { id: key })
      .orderBy('sort_key', 'desc')
      .first();
    return row && toRunRecord(row);
  }

  #rows() {
    return this.#database<RunRow>(TABLE);
  }
}
