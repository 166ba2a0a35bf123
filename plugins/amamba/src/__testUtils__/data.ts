import type {
  Approval,
  AuditRecord,
  Overview,
  OverviewRun,
  Pipeline,
  PipelinePage,
  PipelineSummary,
  Run,
  RunPage,
  WorkspaceDetail,
} from '@amamba/backstage-plugin-amamba-common';

/** Everything that an editor may do. */
export const EDITOR = [
  'amamba.workspace.read',
  'amamba.pipeline.read',
  'amamba.pipeline.create',
  'amamba.pipeline.update',
  'amamba.pipeline.delete',
  'amamba.run.start',
  'amamba.run.cancel',
  'amamba.run.approve',
  'amamba.application.read',
  'amamba.application.create',
  'amamba.application.update',
  'amamba.application.delete',
  'amamba.application.exec',
];
/** Everything that a viewer may do. */
export const VIEWER = [
  'amamba.workspace.read',
  'amamba.pipeline.read',
  'amamba.application.read',
];

const T0 = '2026-11-03T13:00:00.000Z';

/** A workspace, of an editor. */
export function aWorkspace(
  values: Partial<WorkspaceDetail> = {},
): WorkspaceDetail {
  return {
    name: 'team-a',
    ref: 'group:default/team-a',
    title: 'Team A',
    role: 'editor',
    can: EDITOR,
    admins: [{ ref: 'user:default/bo', title: 'Bo' }],
    ...values,
  };
}

/** A row of the list of pipelines, never run. */
export function aSummary(
  values: Partial<PipelineSummary> = {},
): PipelineSummary {
  return {
    name: 'shop',
    workspace: 'team-a',
    description: '',
    engine: 'ci',
    sourceType: 'repository',
    recent: [],
    hasParameters: false,
    can: EDITOR,
    sync: { state: 'synced' },
    createdAt: T0,
    updatedAt: T0,
    ...values,
  };
}

/** A pipeline of a repository, with nothing set. */
export function aPipeline(values: Partial<Pipeline> = {}): Pipeline {
  return {
    ...aSummary(),
    source: {
      type: 'repository',
      url: 'https://git.example/shop.git',
      branch: 'main',
      scriptPath: 'Jenkinsfile',
    },
    settings: { parameters: [], triggers: {}, disableConcurrentRuns: false },
    createdBy: 'user:default/ann',
    updatedBy: 'user:default/ann',
    version: 1,
    statistics: { total: 3, succeeded: 2 },
    ...values,
  };
}

/** A run that failed in its unit tests. */
export function aRun(values: Partial<Run> = {}): Run {
  return {
    id: '00000000-0000-4000-8000-000000000042',
    number: 42,
    state: 'failed',
    cause: { type: 'manual', by: 'user:default/ann' },
    branch: 'main',
    commit: '3f2a1c0d9e8b7a6f5e4d3c2b1a09f8e7d6c5b4a3',
    commitMessage: 'Fix total',
    queuedAt: T0,
    startedAt: T0,
    endedAt: '2026-11-03T13:06:12.000Z',
    durationMs: 372_000,
    parameters: { ENV: 'staging' },
    stage: 'Unit tests',
    ...values,
  };
}

/** A page of the list of pipelines. */
export function pipelinePage(
  items: PipelineSummary[],
  values: Partial<PipelinePage> = {},
): PipelinePage {
  return { items, total: items.length, warnings: [], ...values };
}

/** A page of the list of runs. */
export function runPage(items: Run[], values: Partial<RunPage> = {}): RunPage {
  return { items, total: items.length, ...values };
}

/** A run of the overview. */
export function anOverviewRun(values: Partial<OverviewRun> = {}): OverviewRun {
  return { ...aRun(), workspace: 'team-a', pipeline: 'shop', ...values };
}

/** An approval that the reader may decide. */
export function anApproval(values: Partial<Approval> = {}): Approval {
  return {
    id: 'Deploy',
    message: 'Deploy to prod?',
    okLabel: 'Deploy',
    since: T0,
    approvers: [],
    parameters: [],
    mayDecide: true,
    ...values,
  };
}

/** An overview with nothing in it. */
export function anOverview(values: Partial<Overview> = {}): Overview {
  return {
    waiting: [],
    broken: [],
    running: [],
    results: [],
    counts: { pipelines: 0, waiting: 0, broken: 0, running: 0 },
    warnings: [],
    ...values,
  };
}

/** A change that was made. */
export function anAuditRecord(values: Partial<AuditRecord> = {}): AuditRecord {
  return {
    id: 'a1',
    at: T0,
    actor: 'user:default/ann',
    workspace: 'team-a',
    action: 'run.start',
    objectKind: 'run',
    objectName: 'shop #42',
    result: 'done',
    details: {},
    ...values,
  };
}
