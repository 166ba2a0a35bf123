import type {
  ParameterValues,
  RunCause,
  RunState,
} from '@amamba/backstage-plugin-amamba-common';
import { randomUUID } from 'crypto';
import type { Knex } from 'knex';
import { type Lease, leaseColumns, NO_LEASE } from '../../database';
import type { PipelineRow } from '../pipelineRow';
import { isLost, type RunRecord } from '../records';
import {
  absorb,
  FOUND,
  foundRun,
  isFinished,
  isFormerLife,
  mayBe,
  mergeRun,
  type Observation,
} from './mergeRun';
import { RunIndexStoreTransaction } from './RunIndexStoreTransaction';

/** A run that somebody asks for. */
export interface RunRequestRecord {
  cause: RunCause;
  /** without passwords */
  parameters: ParameterValues;
  idempotencyKey?: string;
}

/** A row after a write, and whether anything of it is new. */
export interface RunChange {
  run: RunRecord;
  changed: boolean;
  /** nobody knew until now whether the engine has it */
  wasLost?: boolean;
}

/** rows that may have been lost on their way, looked through for one run */
const MAX_UNRESOLVED = 50;

/**
 * Writes the index of runs. Every write locks the pipeline's row for its moment, so that two backends write one after the
 * other, and carries the pipeline's last results and the counters along in the same transaction.
 */
export class RunIndexStore {
  readonly #database: Knex;

  constructor(database: Knex) {
    this.#database = database;
  }

  /**
   * Notes that a run is about to be asked for. With an idempotency key that was used before, nothing is noted and the
   * run of that time comes back.
   */
  async request(
    pipelineId: string,
    request: RunRequestRecord,
    lease: Lease,
  ): Promise<{ run: RunRecord; isNew: boolean } | undefined> {
    return this.#write(pipelineId, async (index, pipeline) => {
      const { idempotencyKey: key } = request;
      const before = key && (await index.byKey(key));
      if (before) return { run: before, isNew: false };
      const run: RunRecord = {
        id: randomUUID(),
        pipelineId,
        epoch: pipeline.epoch,
        delivery: 'sending',
        baseNumber: await index.highestNumber(pipeline.epoch),
        state: 'queued',
        cause: request.cause,
        queuedAt: lease.now,
        parameters: request.parameters,
        approvals: [],
        pollStep: 0,
        watchedUntil: 0,
      };
      await index.insert(run, {
        next_poll_at: lease.now + lease.durationMs,
        ...leaseColumns(lease),
      });
      if (key) await index.addKey(key, run.id);
      return { run, isNew: true };
    });
  }

  /**
   * The engine has taken the request. Requests that it made one are one run here too: the later row gives way.
   *
   * @param queueId - absent when the engine does not say
   */
  async accepted(
    run: RunRecord,
    queueId: string | undefined,
    now: number,
  ): Promise<RunRecord> {
    const kept = await this.#write(run.pipelineId, async index => {
      const own = (await index.byId(run.id)) ?? run;
      if (own.number !== undefined) return own;
      const other = queueId && (await index.byQueueId(queueId, run.id));
      if (other && other.baseNumber !== FOUND) {
        return this.#giveWay(index, own, other);
      }
      // ran so fast that it was found before the answer came
      if (other) return this.#absorb(index, own, other);
      return this.#queue(index, own, queueId, now);
    });
    return kept ?? run;
  }

  /**
   * A run whose way to the engine nobody knew waits in its queue: as an item that no other row stands for, else as one
   * that the engine made of several requests.
   *
   * @param queueIds - of the items that it may be, the likeliest first
   * @returns the run, or the one that it is one with; undefined when it is none of the items
   */
  async claimQueued(
    run: RunRecord,
    queueIds: readonly string[],
    now: number,
  ): Promise<RunRecord | undefined> {
    return this.#write(run.pipelineId, async index => {
      const own = await index.byId(run.id);
      if (!own || own.number !== undefined || own.queueId !== undefined) {
        return own;
      }
      let taken: RunRecord | undefined;
      for (const queueId of queueIds) {
        const other = await index.byQueueId(queueId, run.id);
        if (!other) return this.#queue(index, own, queueId, now);
        taken ??= other;
      }
      return taken && this.#giveWay(index, own, taken);
    });
  }

  /**
   * Looks for a run that was asked for, and whose way to the engine nobody knows, among those that were found there.
   *
   * @returns the run when it was found
   */
  async claimFound(run: RunRecord): Promise<RunRecord | undefined> {
    return this.#write(run.pipelineId, async index => {
      const own = await index.byId(run.id);
      if (!own || own.number !== undefined) return own;
      const found = await index.found(own.epoch, own.baseNumber);
      const match = found.find(
        ({ number, startedAt, cause, parameters }) =>
          number !== undefined &&
          startedAt !== undefined &&
          mayBe(own, { number, startedAt, cause, parameters }),
      );
      return match && this.#absorb(index, own, match);
    });
  }

  /** The engine refuses: there is no run. */
  async refused(run: RunRecord): Promise<void> {
    await this.#write(run.pipelineId, async index => {
      const row = await index.byId(run.id);
      if (row && row.number === undefined) await index.delete(row);
    });
  }

  /** Changes a run that has no number (yet): nobody knows of it, waits, or ended before it began. */
  async setUnnumbered(
    run: RunRecord,
    change: {
      state: RunState;
      delivery: RunRecord['delivery'];
      error?: string;
      queueReason?: string;
      nextPollAt: number | null;
    },
    now: number,
  ): Promise<RunChange | undefined> {
    return this.#write(run.pipelineId, async index => {
      const row = await index.byId(run.id);
      if (!row || row.number !== undefined) return undefined;
      const { nextPollAt, ...rest } = change;
      const endedAt = isFinished(rest.state) ? (row.endedAt ?? now) : undefined;
      const next = { ...row, ...rest, endedAt };
      const changed = await index.update(row, next, {
        next_poll_at: nextPollAt,
        seen_at: now,
        ...NO_LEASE,
      });
      return { run: next, changed };
    });
  }

  /** Takes over what the engine says of a run: of one that is known, of one that was asked for, or of a new one. */
  async observe(
    pipelineId: string,
    observation: Observation,
  ): Promise<RunChange | undefined> {
    const { at } = observation;
    return this.#write(pipelineId, async (index, pipeline) => {
      const known = await this.#find(index, pipeline, observation);
      const row =
        known ?? foundRun(randomUUID(), index.pipeline(pipeline), observation);
      const next = {
        ...mergeRun(row, observation),
        epoch: index.pipeline(pipeline).epoch,
      };
      if (!known) {
        await index.insert(next, {
          seen_at: at,
          next_poll_at: isFinished(next.state) ? null : at,
        });
        return { run: next, changed: true };
      }
      const wasUnnumbered = row.number === undefined;
      const changed = await index.update(row, next, {
        seen_at: at,
        ...(isFinished(next.state) && { next_poll_at: null }),
        ...(wasUnnumbered && !isFinished(next.state) && { next_poll_at: at }),
      });
      return { run: next, changed, wasLost: isLost(row) };
    });
  }

  /** The engine does not have these runs any more. @returns those that were there */
  async remove(pipelineId: string, ids: string[]): Promise<RunRecord[]> {
    const removed = await this.#write(pipelineId, async index => {
      const rows: RunRecord[] = [];
      for (const id of ids) {
        const row = await index.byId(id);
        if (row) {
          await index.delete(row);
          rows.push(row);
        }
      }
      return rows;
    });
    return removed ?? [];
  }

  async #find(
    index: RunIndexStoreTransaction,
    pipeline: PipelineRow,
    { run }: Observation,
  ): Promise<RunRecord | undefined> {
    const numbered = await index.byNumber(pipeline.epoch, run.number);
    if (numbered && !isFormerLife(numbered, run)) return numbered;
    if (numbered) await index.nextEpoch(pipeline);
    const queued =
      run.queueId === undefined
        ? undefined
        : await index.byQueueId(run.queueId);
    if (queued && queued.number === undefined) return queued;
    const unresolved = await index.unresolved(MAX_UNRESOLVED, Date.now());
    const startedAt = run.startedAt.getTime();
    return unresolved.find(row => mayBe(row, { ...run, startedAt }));
  }

  async #queue(
    index: RunIndexStoreTransaction,
    own: RunRecord,
    queueId: string | undefined,
    now: number,
  ): Promise<RunRecord> {
    const next: RunRecord = {
      ...{ ...own, queueId, delivery: 'accepted', state: 'queued' },
      ...{ error: undefined, endedAt: undefined },
    };
    await index.update(own, next, { next_poll_at: now, ...NO_LEASE });
    return next;
  }

  /** Two requests are one run: the row of the other one stands for both. */
  async #giveWay(
    index: RunIndexStoreTransaction,
    own: RunRecord,
    other: RunRecord,
  ): Promise<RunRecord> {
    await index.moveKeys(own.id, other.id);
    await index.delete(own);
    return other;
  }

  async #absorb(
    index: RunIndexStoreTransaction,
    own: RunRecord,
    found: RunRecord,
  ): Promise<RunRecord> {
    const next = absorb(own, found);
    await index.delete(found);
    await index.update(own, next, {
      next_poll_at: isFinished(next.state) ? null : Date.now(),
      ...NO_LEASE,
    });
    return next;
  }

  async #write<T>(
    pipelineId: string,
    act: (index: RunIndexStoreTransaction, pipeline: PipelineRow) => Promise<T>,
  ): Promise<T | undefined> {
    return this.#database.transaction(async tx => {
      const pipeline = await tx<PipelineRow>('amamba_pipelines')
        .where({ id: pipelineId })
        .forUpdate()
        .first();
      if (!pipeline) return undefined;
      const index = new RunIndexStoreTransaction(tx, pipelineId);
      const result = await act(index, pipeline);
      await index.finish();
      return result;
    });
  }
}
