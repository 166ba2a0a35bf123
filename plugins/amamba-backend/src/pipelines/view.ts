import type {
  PipelineSummary,
  Pipeline,
} from '@amamba/backstage-plugin-amamba-common';
import type { PipelineTarget } from '../permissions';
import type { WorkspaceRecord } from '../workspaces';
import type { LastRun, PipelineHead, PipelineRecord } from './records';

/** Epoch milliseconds as they go over the wire. */
export function instant(at: number): string;
export function instant(at: number | undefined): string | undefined;
export function instant(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}

function lastRun(run: LastRun): NonNullable<PipelineSummary['lastRun']> {
  const { queuedAt, startedAt, endedAt, ...rest } = run;
  return {
    ...rest,
    queuedAt: instant(queuedAt),
    startedAt: instant(startedAt),
    endedAt: instant(endedAt),
  };
}

/** A pipeline as it is judged; it is in the environment of its workspace when it names none. */
export function targetOf(
  pipeline: PipelineHead,
  workspace: Pick<WorkspaceRecord, 'environment'> | undefined,
): PipelineTarget {
  const { id, workspaceRef, name, entityRef, createdBy } = pipeline;
  return {
    ...{ id, workspaceRef, name, entityRef, createdBy },
    environment: pipeline.environment ?? workspace?.environment,
  };
}

/** A row of the list. */
export function pipelineSummary(
  pipeline: PipelineHead,
  can: string[],
): PipelineSummary {
  const { sync, deletingAt } = pipeline;
  return {
    name: pipeline.name,
    workspace: pipeline.workspace,
    description: pipeline.description,
    entityRef: pipeline.entityRef,
    environment: pipeline.environment,
    engine: pipeline.engine,
    sourceType: pipeline.sourceType,
    lastRun: pipeline.lastRun && lastRun(pipeline.lastRun),
    recent: pipeline.recent,
    hasParameters: pipeline.hasParameters,
    can,
    sync: {
      state: sync.state,
      problem:
        deletingAt === undefined
          ? sync.problem
          : `It is being deleted. ${sync.problem ?? ''}`.trim(),
      at: instant(sync.at),
    },
    createdAt: instant(pipeline.createdAt),
    updatedAt: instant(pipeline.updatedAt),
  };
}

/** A pipeline with everything. */
export function pipelineDetail(
  pipeline: PipelineRecord,
  more: { can: string[]; engineUrl?: string },
): Pipeline {
  return {
    ...pipelineSummary(pipeline, more.can),
    source: pipeline.source,
    settings: pipeline.settings,
    declaredParameters: pipeline.declaredParameters,
    createdBy: pipeline.createdBy,
    updatedBy: pipeline.updatedBy,
    version: pipeline.version,
    engineUrl: more.engineUrl,
    statistics: pipeline.statistics,
  };
}
