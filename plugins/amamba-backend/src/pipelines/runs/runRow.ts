import type {
  RunCause,
  RunState,
} from '@amamba/backstage-plugin-amamba-common';
import type { EngineApproval } from '@amamba/backstage-plugin-amamba-node';
import { type BigIntColumn, optionalNumber, storable } from '../../database';
import type { RunDelivery, RunRecord } from '../records';

/** A row of `amamba_runs`. */
export interface RunRow {
  id: string;
  pipeline_id: string;
  sort_key: BigIntColumn;
  epoch: number;
  number: number | null;
  queue_id: string | null;
  delivery: RunDelivery;
  base_number: number;
  state: RunState;
  cause_type: RunCause['type'];
  cause_by: string | null;
  cause_text: string | null;
  branch: string | null;
  commit: string | null;
  commit_message: string | null;
  queued_at: BigIntColumn;
  started_at: BigIntColumn | null;
  ended_at: BigIntColumn | null;
  duration_ms: BigIntColumn | null;
  parameters: string;
  stage: string | null;
  error: string | null;
  queue_reason: string | null;
  tests: string | null;
  artifacts: number | null;
  approvals: string | null;
  seen_at: BigIntColumn | null;
  next_poll_at: BigIntColumn | null;
  poll_step: number;
  watched_until: BigIntColumn;
  lease_owner: string | null;
  lease_until: BigIntColumn | null;
}

function toApprovals(json: string | null): EngineApproval[] {
  if (!json) return [];
  const stored = JSON.parse(json) as (Omit<EngineApproval, 'since'> & {
    since?: string;
  })[];
  return stored.map(({ since, ...rest }) => ({
    ...rest,
    ...(since && { since: new Date(since) }),
  }));
}

export function toRunRecord(row: RunRow): RunRecord {
  return {
    id: row.id,
    pipelineId: row.pipeline_id,
    epoch: row.epoch,
    number: row.number ?? undefined,
    queueId: row.queue_id ?? undefined,
    delivery: row.delivery,
    baseNumber: row.base_number,
    state: row.state,
    cause: {
      type: row.cause_type,
      by: row.cause_by ?? undefined,
      text: row.cause_text ?? undefined,
    },
    branch: row.branch ?? undefined,
    commit: row.commit ?? undefined,
    commitMessage: row.commit_message ?? undefined,
    queuedAt: Number(row.queued_at),
    startedAt: optionalNumber(row.started_at),
    endedAt: optionalNumber(row.ended_at),
    durationMs: optionalNumber(row.duration_ms),
    parameters: JSON.parse(row.parameters),
    stage: row.stage ?? undefined,
    error: row.error ?? undefined,
    queueReason: row.queue_reason ?? undefined,
    tests: row.tests ? JSON.parse(row.tests) : undefined,
    artifacts: row.artifacts ?? undefined,
    approvals: toApprovals(row.approvals),
    seenAt: optionalNumber(row.seen_at),
    pollStep: row.poll_step,
    watchedUntil: Number(row.watched_until),
  };
}

/** Text from outside, cut to what the column takes. */
function text(value: string | undefined, length: number): string | null {
  return value === undefined ? null : storable(value).slice(0, length);
}

/** Columns of what the engine tells about a run. */
export function toRunColumns(run: RunRecord) {
  return {
    number: run.number ?? null,
    queue_id: run.queueId ?? null,
    delivery: run.delivery,
    state: run.state,
    cause_type: run.cause.type,
    cause_by: text(run.cause.by, 300),
    cause_text: text(run.cause.text, 1000),
    branch: text(run.branch, 300),
    commit: text(run.commit, 100),
    commit_message: text(run.commitMessage, 1000),
    queued_at: run.queuedAt,
    started_at: run.startedAt ?? null,
    ended_at: run.endedAt ?? null,
    duration_ms: run.durationMs ?? null,
    parameters: JSON.stringify(run.parameters),
    stage: text(run.stage, 500),
    error: text(run.error, 5000),
    queue_reason: text(run.queueReason, 1000),
    tests: run.tests ? JSON.stringify(run.tests) : null,
    artifacts: run.artifacts ?? null,
    approvals: run.approvals.length ? JSON.stringify(run.approvals) : null,
  };
}
