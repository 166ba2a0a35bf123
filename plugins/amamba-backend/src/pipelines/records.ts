import type {
  ParameterDefinition,
  ParameterValues,
  PipelineSettings,
  PipelineSource,
  RunCause,
  RunState,
  SyncState,
} from '@amamba/backstage-plugin-amamba-common';
import type {
  EngineApproval,
  EnginePipelineRef,
} from '@amamba/backstage-plugin-amamba-node';

/** The newest run as the pipeline's row carries it, so that a list needs no second query. */
export interface LastRun {
  id: string;
  number?: number;
  state: RunState;
  cause: RunCause;
  branch?: string;
  commit?: string;
  /** epoch milliseconds, as all times of records */
  queuedAt: number;
  startedAt?: number;
  endedAt?: number;
  durationMs?: number;
  stage?: string;
}

/** A pipeline without its definition, which may be large: what lists need. */
export interface PipelineHead {
  id: string;
  /** name of the workspace in addresses and in the engine */
  workspace: string;
  workspaceRef: string;
  name: string;
  description: string;
  entityRef?: string;
  environment?: string;
  engine: string;
  sourceType: PipelineSource['type'];
  /** whether a run is asked for any */
  hasParameters: boolean;
  version: number;
  /** grows when the engine begins to count runs at 1 again */
  epoch: number;
  sync: { state: SyncState; problem?: string; at?: number; attempts: number };
  fingerprint?: string;
  /** set when deletion was decided and the engine has not confirmed it yet */
  deletingAt?: number;
  createdAt: number;
  createdBy: string;
  updatedAt: number;
  updatedBy: string;
  lastRun?: LastRun;
  /** states of up to ten finished runs, newest first */
  recent: RunState[];
  statistics: { total: number; succeeded: number; typicalDurationMs?: number };
}

/** A pipeline as the database has it; the source of what the engine shall have. */
export interface PipelineRecord extends PipelineHead {
  source: PipelineSource;
  settings: PipelineSettings;
  /** those that the script declares, and those of the settings besides */
  askedParameters: ParameterDefinition[];
  /** what the engine asks for because the Jenkinsfile says so */
  declaredParameters?: ParameterDefinition[];
}

/**
 * How far a run has come on its way to the engine: `sending` is being asked for, `accepted` waits in the engine's queue,
 * `lost` got no answer, so that nobody knows yet whether the engine has it, `done` has its number or needs none.
 */
export type RunDelivery = 'sending' | 'accepted' | 'lost' | 'done';

/** A run as the index has it. */
export interface RunRecord {
  id: string;
  pipelineId: string;
  epoch: number;
  number?: number;
  queueId?: string;
  delivery: RunDelivery;
  /** highest number that was known when the run was asked for: it gets a higher one */
  baseNumber: number;
  state: RunState;
  cause: RunCause;
  branch?: string;
  commit?: string;
  commitMessage?: string;
  queuedAt: number;
  startedAt?: number;
  endedAt?: number;
  durationMs?: number;
  parameters: ParameterValues;
  stage?: string;
  error?: string;
  queueReason?: string;
  tests?: { total: number; failed: number; skipped: number };
  artifacts?: number;
  approvals: EngineApproval[];
  seenAt?: number;
  /** how often it was looked at without finding a change */
  pollStep: number;
  /** somebody looks at it until then */
  watchedUntil: number;
}

/** Whether nobody knows if the engine has the run: its request got no answer, or whoever sent it died. */
export function isLost({
  number,
  queueId,
  delivery,
}: Pick<RunRecord, 'number' | 'queueId' | 'delivery'>): boolean {
  return (
    number === undefined &&
    queueId === undefined &&
    (delivery === 'lost' || delivery === 'sending')
  );
}

/** Where a pipeline lives in its engine. */
export function engineRef(pipeline: {
  workspace: string;
  name: string;
}): EnginePipelineRef {
  return { workspace: pipeline.workspace, name: pipeline.name };
}
