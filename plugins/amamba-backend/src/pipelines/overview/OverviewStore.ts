import type { RunState } from '@amamba/backstage-plugin-amamba-common';
import type { Knex } from 'knex';
import {
  HEAD_COLUMNS,
  toPipelineHead,
  type PipelineHeadRow,
  type PipelineRow,
} from '../pipelineRow';
import type { PipelineHead, RunRecord } from '../records';
import { toRunRecord, type RunRow } from '../runs/runRow';
import { whereInScopes, type PipelineScope } from '../StoreScope';

const PIPELINES = 'amamba_pipelines';
const RUNS = 'amamba_runs';

/** A run and the pipeline that it is of. */
export interface RunOfPipeline {
  run: RunRecord;
  pipeline: PipelineHead;
}

/** Reads over many pipelines at once. */
export class OverviewStore {
  readonly #database: Knex;

  constructor(database: Knex) {
    this.#database = database;
  }

  async countPipelines(scopes: PipelineScope[]): Promise<number> {
    return this.#count(this.#pipelines(scopes));
  }

  /** Live runs in a state, those that are so for longest first. */
  async live(
    scopes: PipelineScope[],
    state: RunState,
    limit: number,
  ): Promise<{ runs: RunOfPipeline[]; total: number }> {
    const live = this.#database(RUNS)
      .where({ state })
      .whereNotNull('next_poll_at')
      .whereIn('pipeline_id', this.#pipelines(scopes).select('id'));
    const total = await this.#count(live.clone());
    const rows = (await live
      .select('*')
      .orderBy('queued_at')
      .limit(limit)) as RunRow[];
    return { runs: await this.#withPipelines(rows), total };
  }

  /** Pipelines whose last finished run failed, newest first. */
  async broken(
    scopes: PipelineScope[],
    limit: number,
  ): Promise<{ runs: RunOfPipeline[]; total: number }> {
    const broken = this.#pipelines(scopes).where({ finished_state: 'failed' });
    const total = await this.#count(broken.clone());
    const pipelines = (await broken
      .select('finished_run_id')
      .orderBy('finished_at', 'desc')
      .limit(limit)) as Pick<PipelineRow, 'finished_run_id'>[];
    const ids = pipelines.flatMap(row => row.finished_run_id ?? []);
    const rows = await this.#database<RunRow>(RUNS).whereIn('id', ids);
    rows.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
    return { runs: await this.#withPipelines(rows), total };
  }

  /** Pipelines that ran last. */
  async active(
    scopes: PipelineScope[],
    limit: number,
  ): Promise<PipelineHead[]> {
    const rows = (await this.#pipelines(scopes)
      .select(HEAD_COLUMNS)
      .where('last_run_at', '>', 0)
      .orderBy('last_run_at', 'desc')
      .limit(limit)) as PipelineHeadRow[];
    return rows.map(toPipelineHead);
  }

  /** Ids of the engines that the pipelines live in. */
  async engines(scopes: PipelineScope[]): Promise<string[]> {
    const rows = (await this.#pipelines(scopes).distinct('engine')) as Pick<
      PipelineRow,
      'engine'
    >[];
    return rows.map(({ engine }) => engine);
  }

  #pipelines(scopes: PipelineScope[]): Knex.QueryBuilder {
    const query = this.#database(PIPELINES);
    whereInScopes(query, scopes);
    return query;
  }

  async #count(query: Knex.QueryBuilder): Promise<number> {
    const [{ n }] = (await query.count({ n: '*' })) as { n: number | string }[];
    return Number(n);
  }

  async #withPipelines(rows: RunRow[]): Promise<RunOfPipeline[]> {
    const found: PipelineHeadRow[] = await this.#database(PIPELINES)
      .select(HEAD_COLUMNS)
      .whereIn(
        'id',
        rows.map(row => row.pipeline_id),
      );
    const byId = new Map(found.map(row => [row.id, toPipelineHead(row)]));
    return rows.flatMap(row => {
      const pipeline = byId.get(row.pipeline_id);
      return pipeline ? [{ run: toRunRecord(row), pipeline }] : [];
    });
  }
}
