import type {
  PipelineSource,
  RunState,
  SyncState,
} from '@amamba/backstage-plugin-amamba-common';
import { optionalNumber, type BigIntColumn } from '../database';
import type { LastRun, PipelineHead, PipelineRecord } from './records';

/** A row of `amamba_pipelines`. */
export interface PipelineRow {
  id: string;
  workspace_ref: string;
  workspace: string;
  name: string;
  name_key: string;
  description: string;
  entity_ref: string | null;
  environment: string | null;
  engine: string;
  source_type: PipelineSource['type'];
  source: string;
  settings: string;
  asked_parameters: string;
  declared_parameters: string | null;
  /** SQLite has no booleans */
  has_parameters: boolean | number;
  version: number;
  epoch: number;
  sync_state: SyncState;
  sync_problem: string | null;
  synced_at: BigIntColumn | null;
  next_sync_at: BigIntColumn | null;
  sync_attempts: number;
  fingerprint: string | null;
  deleting_at: BigIntColumn | null;
  checked_at: BigIntColumn;
  lease_owner: string | null;
  lease_until: BigIntColumn | null;
  created_at: BigIntColumn;
  created_by: string;
  updated_at: BigIntColumn;
  updated_by: string;
  last_run: string | null;
  last_run_at: BigIntColumn;
  last_state: RunState | null;
  last_state_rank: number;
  finished_run_id: string | null;
  finished_state: RunState | null;
  finished_at: BigIntColumn | null;
  recent: string;
  runs_total: number;
  runs_succeeded: number;
  typical_ms: BigIntColumn | null;
}

/** Order of the list by state: what needs a person comes first. */
const STATE_ORDER: readonly RunState[] = [
  'waiting',
  'failed',
  'unstable',
  'unknown',
  'running',
  'queued',
  'cancelled',
  'notBuilt',
  'succeeded',
];

/** Rank of a last state; pipelines that never ran come last. */
export function stateRank(state: RunState | undefined): number {
  return state ? STATE_ORDER.indexOf(state) : STATE_ORDER.length;
}

/** Columns of the definition, which lists leave out. */
const DEFINITION = [
  'source',
  'settings',
  'asked_parameters',
  'declared_parameters',
] as const;
type DefinitionColumn = (typeof DEFINITION)[number];

/** What lists read of a row. */
export type PipelineHeadRow = Omit<PipelineRow, DefinitionColumn>;

/** Columns of {@link PipelineHeadRow}. */
export const HEAD_COLUMNS: readonly (keyof PipelineHeadRow)[] = [
  ...(['id', 'workspace_ref', 'workspace', 'name', 'name_key'] as const),
  ...(['description', 'entity_ref', 'environment', 'engine'] as const),
  ...(['source_type', 'has_parameters', 'version', 'epoch'] as const),
  ...(['sync_state', 'sync_problem', 'synced_at', 'next_sync_at'] as const),
  ...(['sync_attempts', 'fingerprint', 'deleting_at', 'checked_at'] as const),
  ...(['created_at', 'created_by', 'updated_at', 'updated_by'] as const),
  ...(['last_run', 'last_run_at', 'last_state', 'last_state_rank'] as const),
  ...(['finished_run_id', 'finished_state', 'finished_at'] as const),
  ...(['recent', 'runs_total', 'runs_succeeded', 'typical_ms'] as const),
];

export function toPipelineHead(row: PipelineHeadRow): PipelineHead {
  return {
    id: row.id,
    workspace: row.workspace,
    workspaceRef: row.workspace_ref,
    name: row.name,
    description: row.description,
    entityRef: row.entity_ref ?? undefined,
    environment: row.environment ?? undefined,
    engine: row.engine,
    sourceType: row.source_type,
    hasParameters: Boolean(row.has_parameters),
    version: row.version,
    epoch: row.epoch,
    sync: {
      state: row.sync_state,
      problem: row.sync_problem ?? undefined,
      at: optionalNumber(row.synced_at),
      attempts: row.sync_attempts,
    },
    fingerprint: row.fingerprint ?? undefined,
    deletingAt: optionalNumber(row.deleting_at),
    createdAt: Number(row.created_at),
    createdBy: row.created_by,
    updatedAt: Number(row.updated_at),
    updatedBy: row.updated_by,
    lastRun: row.last_run ? (JSON.parse(row.last_run) as LastRun) : undefined,
    recent: JSON.parse(row.recent),
    statistics: {
      total: row.runs_total,
      succeeded: row.runs_succeeded,
      typicalDurationMs: optionalNumber(row.typical_ms),
    },
  };
}

export function toPipelineRecord(row: PipelineRow): PipelineRecord {
  return {
    ...toPipelineHead(row),
    source: JSON.parse(row.source),
    settings: JSON.parse(row.settings),
    askedParameters: JSON.parse(row.asked_parameters),
    declaredParameters: row.declared_parameters
      ? JSON.parse(row.declared_parameters)
      : undefined,
  };
}
