import type { Knex } from 'knex';
import { claimDue, type Lease, NO_LEASE } from '../../database';
import type { RunRecord } from '../records';
import { toRunRecord, type RunRow } from './runRow';

const TABLE = 'amamba_runs';

/** When which live run is looked at, and by whom. */
export class RunPollStore {
  readonly #database: Knex;

  constructor(database: Knex) {
    this.#database = database;
  }

  /**
   * Takes runs that are due and that no other backend looks at.
   *
   * @param working - ids of those that the owner is looking at
   */
  async claim(
    lease: Lease,
    limit: number,
    working: readonly string[] = [],
  ): Promise<RunRecord[]> {
    const rows = await claimDue<RunRow>(this.#database, TABLE, {
      key: 'id',
      due: 'next_poll_at',
      limit,
      lease,
      working,
    });
    return rows.map(toRunRecord);
  }

  /** Gives a run back; one that has ended meanwhile is looked at no more. */
  async release(id: string, next: { at: number; step: number }): Promise<void> {
    await this.#rows()
      .where({ id })
      .whereNotNull('next_poll_at')
      .update({ next_poll_at: next.at, poll_step: next.step, ...NO_LEASE });
  }

  /** Ends the looking, for a run that cannot be followed. */
  async stop(id: string): Promise<void> {
    await this.#rows()
      .where({ id })
      .update({ next_poll_at: null, ...NO_LEASE });
  }

  /** Somebody looks at the run: it is due soon, and more often for a while. */
  async watch(id: string, now: number, until: number): Promise<void> {
    await this.#rows()
      .where({ id })
      .whereNotNull('next_poll_at')
      .update({ watched_until: until, poll_step: 0 });
    await this.due([id], now);
  }

  /** Makes live runs due at once. */
  async due(ids: string[], now: number): Promise<void> {
    await this.#rows()
      .whereIn('id', ids)
      .where('next_poll_at', '>', now)
      // what is being asked for keeps its time: its own request writes the answer
      .whereNot({ delivery: 'sending' })
      .update({ next_poll_at: now });
  }

  /** Makes all live runs of an engine due, because it answers again. */
  async hurry(engine: string, now: number): Promise<void> {
    await this.#rows()
      .whereIn(
        'pipeline_id',
        this.#database('amamba_pipelines').select('id').where({ engine }),
      )
      .where('next_poll_at', '>', now)
      .whereNot({ delivery: 'sending' })
      .update({ next_poll_at: now });
  }

  #rows() {
    return this.#database<RunRow>(TABLE);
  }
}
