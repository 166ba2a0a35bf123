import type {
  HealthStatus,
  NodeState,
  RunState,
} from '@amamba/backstage-plugin-amamba-common';

/** Statuses that the portal tells apart by shape and word, over all engines. */
export type StatusKey =
  | 'queued'
  | 'running'
  | 'progressing'
  | 'waiting'
  | 'paused'
  | 'ok'
  | 'unstable'
  | 'outOfSync'
  | 'missing'
  | 'failed'
  | 'cancelled'
  | 'skipped'
  | 'unknown';

/** Key of a word under `status` in the words of the glance. */
export type StatusWord =
  | 'queued'
  | 'running'
  | 'progressing'
  | 'waiting'
  | 'waitingForYou'
  | 'waitingForOthers'
  | 'paused'
  | 'succeeded'
  | 'healthy'
  | 'synced'
  | 'unstable'
  | 'outOfSync'
  | 'missing'
  | 'failed'
  | 'degraded'
  | 'cancelled'
  | 'aborted'
  | 'skipped'
  | 'notRun'
  | 'notStarted'
  | 'unknown';

/** How a state is shown. */
export interface StatusLook {
  status: StatusKey;
  word: StatusWord;
}

/** All states that a run can be in, in the order of filters: what needs a person first. */
export const RUN_STATES: readonly RunState[] = [
  'waiting',
  'running',
  'queued',
  'failed',
  'unstable',
  'succeeded',
  'cancelled',
  'notBuilt',
  'unknown',
];

const RUN: Readonly<Record<RunState, StatusLook>> = {
  queued: { status: 'queued', word: 'queued' },
  running: { status: 'running', word: 'running' },
  waiting: { status: 'waiting', word: 'waiting' },
  succeeded: { status: 'ok', word: 'succeeded' },
  unstable: { status: 'unstable', word: 'unstable' },
  failed: { status: 'failed', word: 'failed' },
  cancelled: { status: 'cancelled', word: 'cancelled' },
  notBuilt: { status: 'skipped', word: 'notRun' },
  unknown: { status: 'unknown', word: 'unknown' },
};

const NODE: Readonly<Record<NodeState, StatusLook>> = {
  ...RUN,
  notStarted: { status: 'queued', word: 'notStarted' },
  skipped: { status: 'skipped', word: 'skipped' },
};

/**
 * Look of a run's state.
 * @param mine - of a waiting run: whether the reader is the one it waits for; undefined when that is not known
 */
export function runLook(state: RunState, mine?: boolean): StatusLook {
  if (state === 'waiting' && mine !== undefined) {
    return {
      status: 'waiting',
      word: mine ? 'waitingForYou' : 'waitingForOthers',
    };
  }
  return RUN[state];
}

/** Look of a stage's or step's state. */
export function nodeLook(state: NodeState): StatusLook {
  return NODE[state];
}

const HEALTH: Readonly<Record<HealthStatus, StatusLook>> = {
  failed: { status: 'failed', word: 'degraded' },
  unstable: { status: 'unstable', word: 'unstable' },
  missing: { status: 'missing', word: 'missing' },
  unknown: { status: 'unknown', word: 'unknown' },
  progressing: { status: 'progressing', word: 'progressing' },
  paused: { status: 'paused', word: 'paused' },
  ok: { status: 'ok', word: 'healthy' },
};

/** Look of the health of what runs in a cluster. */
export function healthLook(status: HealthStatus): StatusLook {
  return HEALTH[status];
}

/** From what needs a person first to what is fine: the status of many is the first of these that one of them has. */
const ROLL_UP: readonly StatusKey[] = [
  'failed',
  'waiting',
  'unstable',
  'outOfSync',
  'missing',
  'unknown',
  'running',
  'progressing',
  'queued',
  'paused',
  'cancelled',
  'ok',
  'skipped',
];

/** The status that stands for many; `unknown` for none. */
export function rollUp(statuses: Iterable<StatusKey>): StatusKey {
  const present = new Set(statuses);
  return ROLL_UP.find(status => present.has(status)) ?? 'unknown';
}
