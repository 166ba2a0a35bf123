import {
  FINISHED_RUN_STATES,
  type ParameterValues,
  type RunCause,
  type RunState,
} from '@amamba/backstage-plugin-amamba-common';
import type {
  EngineQueuedRun,
  EngineRun,
  EngineRunProgress,
} from '@amamba/backstage-plugin-amamba-node';
import type { RunRecord } from '../records';

/** Marks a run that was found in the engine instead of being asked for here. */
export const FOUND = -1;
/** Runs of one number that began this far apart are two: the engine counts from 1 again. */
const SAME_START_MS = 1_500;
/** clocks of the portal and the engine may differ by so much */
const CLOCK_SKEW_MS = 60_000;
/** a run that begins later than this after it was asked for is somebody else's */
export const MAX_WAIT_MS = 600_000;
/** a request that did not come in until then is given up by whoever sent it */
const MAX_ON_ITS_WAY_MS = 60_000;
/** Causes that an engine gives to runs that somebody asked for. */
const ASKED_CAUSES: readonly RunCause['type'][] = ['manual', 'api', 'other'];

/** What was read of a run. */
export interface Observation {
  run: EngineRun;
  /** absent when only a list was read */
  progress?: EngineRunProgress;
  /** when, in epoch milliseconds */
  at: number;
}

export function isFinished(state: RunState): boolean {
  return FINISHED_RUN_STATES.includes(state);
}

/** Whether a row's number means another run than the engine's does now. */
export function isFormerLife(row: RunRecord, run: EngineRun): boolean {
  return (
    row.startedAt !== undefined &&
    Math.abs(row.startedAt - run.startedAt.getTime()) > SAME_START_MS
  );
}

/** A run that may be the one that somebody asked for. */
export interface Candidate {
  number: number;
  /** epoch milliseconds */
  startedAt: number;
  cause: RunCause;
  parameters: ParameterValues;
}

function sameValues(asked: ParameterValues, got: ParameterValues): boolean {
  return Object.entries(asked).every(
    ([name, value]) =>
      got[name] === undefined || String(got[name]) === String(value),
  );
}

/**
 * Whether a run that the engine has may be the one that was asked for without an answer: later than all that were known
 * then, with the same values, and not started by a schedule, a push or another pipeline.
 */
export function mayBe(row: RunRecord, run: Candidate): boolean {
  const causeFits =
    row.cause.type === 'restart'
      ? run.cause.type === 'restart'
      : ASKED_CAUSES.includes(run.cause.type) || run.cause.type === 'rerun';
  return (
    row.number === undefined &&
    row.baseNumber !== FOUND &&
    run.number > row.baseNumber &&
    run.startedAt > row.queuedAt - CLOCK_SKEW_MS &&
    run.startedAt < row.queuedAt + MAX_WAIT_MS &&
    causeFits &&
    sameValues(row.parameters, run.parameters)
  );
}

/**
 * Whether what waits in the engine, and was asked for by the portal, may be the run that was asked for without an
 * answer. It may wait for longer than that: engines make equal requests one.
 */
export function mayWaitAs(row: RunRecord, item: EngineQueuedRun): boolean {
  const isRestart = row.cause.type === 'restart';
  return (
    item.queuedAt.getTime() <
      row.queuedAt + MAX_ON_ITS_WAY_MS + CLOCK_SKEW_MS &&
    isRestart === (item.cause.type === 'restart') &&
    sameValues(row.parameters, item.parameters)
  );
}

/**
 * The row of a run that somebody asked for, with the facts of the row under which the run was found before it was known
 * to be that one.
 */
export function absorb(own: RunRecord, found: RunRecord): RunRecord {
  const { id, baseNumber, cause, queuedAt } = own;
  return { ...found, id, baseNumber, cause, queuedAt };
}

/** A row for a run that nobody asked for here. */
export function foundRun(
  id: string,
  pipeline: { id: string; epoch: number },
  { run }: Observation,
): RunRecord {
  return {
    id,
    pipelineId: pipeline.id,
    epoch: pipeline.epoch,
    delivery: 'done',
    baseNumber: FOUND,
    state: 'running',
    cause: run.cause,
    queuedAt: run.startedAt.getTime(),
    parameters: run.parameters,
    approvals: [],
    pollStep: 0,
    watchedUntil: 0,
  };
}

function nextState(row: RunRecord, { run, progress }: Observation): RunState {
  // what has ended stays ended: an older answer may come later than a newer one
  if (isFinished(run.state)) return run.state;
  if (isFinished(row.state) && row.number !== undefined) return row.state;
  if (progress) return progress.approvals.length > 0 ? 'waiting' : 'running';
  const isKnownToWait = row.state === 'waiting' && run.state === 'running';
  return isKnownToWait ? 'waiting' : run.state;
}

/**
 * What a row becomes by an observation. The same observations end in the same row, whatever their order and however often
 * they come: facts are only added, and an end is final.
 */
export function mergeRun(row: RunRecord, observation: Observation): RunRecord {
  const { run, progress } = observation;
  const state = nextState(row, observation);
  const ended = isFinished(state);
  const isStale = ended && !isFinished(run.state);
  if (isStale) return row;
  // of a run without a number it told that nobody knew where it was
  const knownError = row.number === undefined ? undefined : row.error;
  return {
    ...row,
    number: run.number,
    queueId: run.queueId ?? row.queueId,
    delivery: 'done',
    state,
    cause: row.baseNumber === FOUND ? run.cause : row.cause,
    branch: run.branch ?? row.branch,
    commit: run.commit ?? row.commit,
    commitMessage: run.commitMessage ?? row.commitMessage,
    startedAt: run.startedAt.getTime(),
    endedAt: ended ? (run.endedAt?.getTime() ?? row.endedAt) : undefined,
    durationMs: ended ? (run.durationMs ?? row.durationMs) : undefined,
    parameters: run.parameters,
    stage: progress ? progress.stage : row.stage,
    error: progress ? progress.error : knownError,
    queueReason: undefined,
    tests: run.tests ?? row.tests,
    artifacts: Math.max(run.artifacts, row.artifacts ?? 0),
    approvals: ended ? [] : (progress?.approvals ?? row.approvals),
  };
}
