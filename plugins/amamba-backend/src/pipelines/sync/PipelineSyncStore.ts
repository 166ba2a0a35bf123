import type {
  ParameterDefinition,
  SyncState,
} from '@amamba/backstage-plugin-amamba-common';
import type { Knex } from 'knex';
import { claimDue, type Lease, NO_LEASE, storable } from '../../database';
import { toPipelineRecord, type PipelineRow } from '../pipelineRow';
import type { PipelineRecord } from '../records';

const TABLE = 'amamba_pipelines';
const RUNS = 'amamba_runs';
/** rows that one statement deletes, so that a pipeline with a million runs blocks nobody */
const DELETE_BATCH = 5_000;

/** What is kept of what an engine has. */
export interface SeenInEngine {
  /** epoch milliseconds */
  at: number;
  fingerprint: string;
  declaredParameters?: ParameterDefinition[];
  /** declared or asked */
  hasParameters: boolean;
}

/** How far pipelines have come into their engines. */
export class PipelineSyncStore {
  readonly #database: Knex;

  constructor(database: Knex) {
    this.#database = database;
  }

  /** The engine has the given version now; a newer one stays pending. */
  async synced(
    pipeline: Pick<PipelineRecord, 'id' | 'version'>,
    state: SeenInEngine,
  ): Promise<void> {
    await this.#rows()
      .where({ id: pipeline.id, version: pipeline.version })
      .whereNull('deleting_at')
      .update({
        sync_state: 'synced',
        sync_problem: null,
        sync_attempts: 0,
        next_sync_at: null,
        ...NO_LEASE,
      });
    await this.seen(pipeline.id, state);
  }

  /** The engine was asked what it has. */
  async seen(id: string, state: SeenInEngine): Promise<void> {
    await this.#rows()
      .where({ id })
      .update({
        synced_at: state.at,
        fingerprint: state.fingerprint,
        has_parameters: state.hasParameters,
        declared_parameters: state.declaredParameters
          ? JSON.stringify(state.declaredParameters)
          : null,
      });
  }

  /**
   * Writing to the engine did not work, or the engine does not have it any more.
   *
   * @param outcome.nextAt - when to try again; absent: not by itself
   */
  async notSynced(
    id: string,
    outcome: { state: SyncState; problem: string; nextAt?: number },
  ): Promise<void> {
    await this.#rows()
      .where({ id })
      .update({
        sync_state: outcome.state,
        sync_problem: storable(outcome.problem).slice(0, 2000),
        next_sync_at: outcome.nextAt ?? null,
        ...NO_LEASE,
      })
      .increment('sync_attempts', 1);
  }

  /** Takes the decision back, because the engine refuses. */
  async unmarkDeleting(id: string, problem: string): Promise<void> {
    await this.#rows()
      .where({ id })
      .update({
        deleting_at: null,
        sync_state: 'failed',
        sync_problem: storable(problem),
        next_sync_at: null,
        ...NO_LEASE,
      });
  }

  /** Removes the pipeline with its runs. May be interrupted and repeated. */
  async remove(id: string): Promise<void> {
    let deleted: number;
    do {
      const batch = this.#database(RUNS)
        .select('id')
        .where({ pipeline_id: id })
        .limit(DELETE_BATCH);
      deleted = await this.#database(RUNS).whereIn('id', batch).delete();
    } while (deleted === DELETE_BATCH);
    await this.#rows().where({ id }).delete();
  }

  /** Pipelines whose write to the engine is due and that nobody works on. */
  async claimPending(lease: Lease, limit: number): Promise<PipelineRecord[]> {
    const rows = await claimDue<PipelineRow>(this.#database, TABLE, {
      key: 'id',
      due: 'next_sync_at',
      limit,
      lease,
    });
    return rows.map(toPipelineRecord);
  }

  /** Has everything that waits for an engine tried at once, because it answers again. */
  async hurry(engine: string, now: number): Promise<void> {
    await this.#rows()
      .where({ engine, sync_state: 'pending' })
      .where('next_sync_at', '>', now)
      .update({ next_sync_at: now });
  }

  /** Takes the pipelines whose runs were not compared with the engine for longest. */
  async claimUnchecked(
    engine: string,
    options: { now: number; before: number; limit: number },
  ): Promise<PipelineRecord[]> {
    const { now, before, limit } = options;
    const oldest = this.#rows()
      .select('id')
      .where({ engine })
      .where('checked_at', '<', before)
      .orderBy('checked_at')
      .limit(limit);
    const rows = await this.#rows()
      .whereIn('id', oldest)
      .where('checked_at', '<', before)
      .update({ checked_at: now })
      .returning('*');
    return rows.map(toPipelineRecord);
  }

  #rows() {
    return this.#database<PipelineRow>(TABLE);
  }
}
