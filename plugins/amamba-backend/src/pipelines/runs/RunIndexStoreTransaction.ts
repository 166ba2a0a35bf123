import type { RunState } from '@amamba/backstage-plugin-amamba-common';
import type { Knex } from 'knex';
import { stateRank, type PipelineRow } from '../pipelineRow';
import type { LastRun, RunRecord } from '../records';
import { FOUND, isFinished } from './mergeRun';
import { toRunColumns, toRunRecord, type RunRow } from './runRow';
import { endedKey, firstWaitingKey, numberedKey, waitingKey } from './sortKey';

const PIPELINES = 'amamba_pipelines';
const RUNS = 'amamba_runs';
const COUNTS = 'amamba_run_counts';
const KEYS = 'amamba_run_keys';
/** finished runs that a list shows the weather of, and whose durations give the typical one */
const RECENT = 10;
/** runs among which a lost one is looked for */
const MAX_FOUND = 50;
const FINISHED: RunState[] = [
  'succeeded',
  'unstable',
  'failed',
  'cancelled',
  'notBuilt',
];

interface CountRow {
  pipeline_id: string;
  state: RunState;
  count: number;
}

function median(values: number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2
    ? sorted[middle]
    : Math.round((sorted[middle - 1] + sorted[middle]) / 2);
}

function toLastRun(run: RunRecord): LastRun {
  const { id, number, state, cause, branch, commit, stage } = run;
  const { queuedAt, startedAt, endedAt, durationMs } = run;
  return {
    ...{ id, number, state, cause, branch, commit, stage },
    ...{ queuedAt, startedAt, endedAt, durationMs },
  };
}

/** One transaction on the runs of one pipeline, whose row is locked. Counters and last results follow every change. */
export class RunIndexStoreTransaction {
  readonly #tx: Knex.Transaction;
  readonly #pipelineId: string;
  readonly #counts = new Map<RunState, number>();
  #isDirty = false;
  #epoch: number | undefined;

  constructor(tx: Knex.Transaction, pipelineId: string) {
    this.#tx = tx;
    this.#pipelineId = pipelineId;
  }

  async byId(id: string): Promise<RunRecord | undefined> {
    return this.#one(this.#runs().where({ id }));
  }

  async byNumber(
    epoch: number,
    number: number,
  ): Promise<RunRecord | undefined> {
    return this.#one(this.#runs().where({ epoch, number }));
  }

  /** @param except - id of a run that is not meant */
  async byQueueId(
    queueId: string,
    except = '',
  ): Promise<RunRecord | undefined> {
    return this.#one(
      this.#runs()
        .where({ queue_id: queueId })
        .whereNot({ id: except })
        .orderBy('sort_key', 'desc'),
    );
  }

  async byKey(key: string): Promise<RunRecord | undefined> {
    return this.#one(
      this.#runs().whereIn(
        'id',
        this.#tx(KEYS)
          .select('run_id')
          .where({ pipeline_id: this.#pipelineId, key }),
      ),
    );
  }

  /** Runs that were asked for and that the engine has not confirmed by a queue id, oldest first. */
  async unresolved(limit: number, now: number): Promise<RunRecord[]> {
    const rows = await this.#runs()
      .whereNull('number')
      .whereNull('queue_id')
      .where(open =>
        open
          .whereIn('delivery', ['lost', 'accepted'])
          .orWhere(dead =>
            dead.where({ delivery: 'sending' }).where('lease_until', '<', now),
          ),
      )
      .orderBy('sort_key')
      .limit(limit);
    return rows.map(toRunRecord);
  }

  /** Runs above a number that nobody asked for here, oldest first. */
  async found(epoch: number, above: number): Promise<RunRecord[]> {
    const rows = await this.#runs()
      .where({ epoch, base_number: FOUND })
      .where('number', '>', above)
      .orderBy('sort_key')
      .limit(MAX_FOUND);
    return rows.map(toRunRecord);
  }

  /** 0 when there is none. */
  async highestNumber(epoch: number): Promise<number> {
    const row = await this.#runs()
      .where({ epoch })
      .whereNotNull('number')
      .orderBy('sort_key', 'desc')
      .first();
    return row?.number ?? 0;
  }

  /** The pipeline as this transaction leaves it. */
  pipeline(row: PipelineRow): { id: string; epoch: number } {
    return { id: row.id, epoch: this.#epoch ?? row.epoch };
  }

  async nextEpoch(row: PipelineRow): Promise<void> {
    this.#epoch = row.epoch + 1;
    await this.#tx<PipelineRow>(PIPELINES)
      .where({ id: row.id })
      .update({ epoch: this.#epoch });
  }

  async insert(run: RunRecord, columns: Partial<RunRow>): Promise<void> {
    await this.#tx<RunRow>(RUNS).insert({
      id: run.id,
      pipeline_id: this.#pipelineId,
      epoch: run.epoch,
      base_number: run.baseNumber,
      sort_key: await this.#sortKey(run),
      ...toRunColumns(run),
      ...columns,
    });
    this.#count(run.state, 1);
  }

  /** @returns whether anything that is shown has changed */
  async update(
    before: RunRecord,
    after: RunRecord,
    columns: Partial<RunRow>,
  ): Promise<boolean> {
    const next = toRunColumns(after);
    const changed =
      JSON.stringify(toRunColumns(before)) !== JSON.stringify(next);
    const isMoved =
      before.number !== after.number ||
      before.epoch !== after.epoch ||
      (after.number === undefined &&
        isFinished(before.state) !== isFinished(after.state));
    await this.#runs()
      .where({ id: after.id })
      .update({
        ...(changed && next),
        ...(isMoved && {
          epoch: after.epoch,
          sort_key: await this.#sortKey(after),
        }),
        ...columns,
      });
    if (before.state !== after.state) {
      this.#count(before.state, -1);
      this.#count(after.state, 1);
    }
    this.#isDirty ||= changed;
    return changed;
  }

  async delete(run: RunRecord): Promise<void> {
    await this.#tx(KEYS).where({ run_id: run.id }).delete();
    await this.#runs().where({ id: run.id }).delete();
    this.#count(run.state, -1);
  }

  async addKey(key: string, runId: string): Promise<void> {
    await this.#tx(KEYS).insert({
      pipeline_id: this.#pipelineId,
      key,
      run_id: runId,
    });
  }

  async moveKeys(from: string, to: string): Promise<void> {
    await this.#tx(KEYS).where({ run_id: from }).update({ run_id: to });
  }

  /** Writes the counters and what the pipeline's row says of its runs. */
  async finish(): Promise<void> {
    for (const [state, count] of this.#counts) {
      if (count !== 0) {
        await this.#tx(COUNTS)
          .insert({ pipeline_id: this.#pipelineId, state, count })
          .onConflict(['pipeline_id', 'state'])
          .merge({ count: this.#tx.raw('?? + ?', [`${COUNTS}.count`, count]) });
      }
    }
    if (this.#isDirty) await this.#refreshPipeline();
  }

  async #refreshPipeline(): Promise<void> {
    const newest = () => this.#runs().orderBy('sort_key', 'desc');
    const last = await this.#one(newest());
    const finished = await newest().whereIn('state', FINISHED).limit(RECENT);
    const succeeded = await newest()
      .where({ state: 'succeeded' })
      .limit(RECENT);
    const counts = await this.#tx<CountRow>(COUNTS).where({
      pipeline_id: this.#pipelineId,
    });
    const [lastFinished] = finished;
    await this.#tx<PipelineRow>(PIPELINES)
      .where({ id: this.#pipelineId })
      .update({
        last_run: last ? JSON.stringify(toLastRun(last)) : null,
        last_run_at: last?.queuedAt ?? 0,
        last_state: last?.state ?? null,
        last_state_rank: stateRank(last?.state),
        finished_run_id: lastFinished?.id ?? null,
        finished_state: lastFinished?.state ?? null,
        finished_at: lastFinished?.ended_at ?? null,
        recent: JSON.stringify(finished.map(({ state }) => state)),
        runs_total: counts.reduce((sum, { count }) => sum + count, 0),
        runs_succeeded:
          counts.find(({ state }) => state === 'succeeded')?.count ?? 0,
        typical_ms:
          median(
            succeeded
              .map(row => row.duration_ms)
              .filter(duration => duration !== null)
              .map(Number),
          ) ?? null,
      });
  }

  async #sortKey(run: RunRecord): Promise<number> {
    if (run.number !== undefined) return numberedKey(run.epoch, run.number);
    if (!isFinished(run.state)) return waitingKey(run.epoch, run.queuedAt);
    const row = await this.#runs()
      .where('sort_key', '<', firstWaitingKey(run.epoch))
      .where({ epoch: run.epoch })
      .orderBy('sort_key', 'desc')
      .first();
    return endedKey(run.epoch, row && Number(row.sort_key));
  }

  #count(state: RunState, by: number): void {
    this.#counts.set(state, (this.#counts.get(state) ?? 0) + by);
    this.#isDirty = true;
  }

  #runs() {
    return this.#tx<RunRow>(RUNS).where({ pipeline_id: this.#pipelineId });
  }

  async #one(
    query: Knex.QueryBuilder<RunRow, RunRow[]>,
  ): Promise<RunRecord | undefined> {
    const [row] = (await query.limit(1)) as RunRow[];
    return row && toRunRecord(row);
  }
}
