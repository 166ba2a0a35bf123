import type {
  Artifact,
  Change,
  NodeState,
  ParameterDefinition,
  ParameterValues,
  PipelineSettings,
  PipelineSource,
  RunCause,
  RunGraph,
  RunState,
  RunStep,
  TestCase,
} from '@amamba/backstage-plugin-amamba-common';
import type { Readable } from 'stream';

/** Where a pipeline lives in an engine. Both come from the database, never from a request. */
export interface EnginePipelineRef {
  /** name of the workspace; Jenkins: a folder, Tekton: a namespace */
  workspace: string;
  /** name of the pipeline */
  name: string;
}

/** What the engine shall have. */
export interface EnginePipelineSpec {
  description: string;
  source: PipelineSource;
  settings: PipelineSettings;
}

/** What the engine has. */
export interface EnginePipelineState {
  /** fingerprint of the definition as the engine stores it, to notice changes made elsewhere */
  fingerprint: string;
  /** parameters that a run will be asked for, whoever declared them */
  parameters: ParameterDefinition[];
  /**
   * names of those that the Jenkinsfile of the last run declared; the engine overwrites them at every run, so that
   * saving leaves them alone
   */
  declaredParameters?: string[];
}

/** Waiting, started or gone. */
export type EngineQueueItem =
  | { state: 'queued'; reason?: string }
  | { state: 'started'; number: number }
  | { state: 'cancelled' }
  /** the engine has forgotten it; look for the run by its queue id */
  | { state: 'gone' };

/** A run that the portal has asked for and that the engine has not begun. */
export interface EngineQueuedRun {
  ref: EnginePipelineRef;
  queueId: string;
  cause: RunCause;
  queuedAt: Date;
  /** why it waits */
  reason?: string;
  /** passwords left out */
  parameters: ParameterValues;
}

/** A run as the engine reports it. */
export interface EngineRun {
  number: number;
  /** correlates with {@link EngineStarted.queueId} */
  queueId?: string;
  /** never `queued`; `waiting` only when the engine's run list says so, else the graph does */
  state: RunState;
  cause: RunCause;
  branch?: string;
  commit?: string;
  commitMessage?: string;
  startedAt: Date;
  endedAt?: Date;
  /** milliseconds from start to end, while running until now */
  durationMs?: number;
  /** passwords left out */
  parameters: ParameterValues;
  tests?: { total: number; failed: number; skipped: number };
  artifacts: number;
}

/** An input step that waits. */
export interface EngineApproval {
  id: string;
  message: string;
  okLabel: string;
  /** names as the pipeline gives them; empty: everybody */
  approvers: string[];
  parameters: ParameterDefinition[];
  stage?: string;
  since?: Date;
}

/** The moving parts of a live run, read together. */
export interface EngineRunProgress {
  graph: RunGraph;
  approvals: EngineApproval[];
  /** stage that runs, waits, failed first or was cut off */
  stage?: string;
  /** message of the first step that failed */
  error?: string;
}

/** Answer to a start. */
export interface EngineStarted {
  queueId: string;
}

/** A part of a log. */
export interface EngineLog {
  /** the log from the asked offset on; the reader destroys it when it has enough. Lines end with LF */
  stream: Readable;
  /**
   * Size of the log now, and the offset to continue at after this stream. Engines count what they store, which can be
   * more than what they deliver (Jenkins hides notes), so never compute it from the bytes that came. Absent: the
   * offset is the asked one plus the bytes that came.
   */
  sizeBytes?: number;
  /** true while more may be written */
  more: boolean;
}

/** Something to stream to a user. */
export interface EngineFile {
  stream: Readable;
  sizeBytes?: number;
  contentType?: string;
}

/** Health of an engine. Never holds a secret. */
export interface EngineHealth {
  reachable: boolean;
  version?: string;
  /** what is wrong and what to do */
  problem?: string;
}

/** How much an engine has to do. */
export interface EngineLoad {
  /** what waits, whoever asked for it */
  queued: number;
  executors: { busy: number; total: number };
}

/** Options of every call. */
export interface EngineCallOptions {
  signal?: AbortSignal;
}

/**
 * What executes pipelines. Implementations speak with one instance, know nothing of users, workspaces' members or the
 * database, and throw `@backstage/errors`: `NotFoundError` for what the engine does not have, `ConflictError`,
 * `InputError` for what it refuses, `ServiceUnavailableError` when it does not answer; messages name the instance and
 * what to do, and never hold a secret.
 */
export interface PipelineEngine {
  readonly id: string;
  readonly title: string;
  readonly kind: 'jenkins';

  health(options?: EngineCallOptions): Promise<EngineHealth>;
  load(options?: EngineCallOptions): Promise<EngineLoad>;

  /**
   * Makes the engine have exactly this pipeline; what the specification does not know in an existing definition is
   * kept. May be repeated. `passwordDefaults` stay as they are.
   */
  savePipeline(
    ref: EnginePipelineRef,
    spec: EnginePipelineSpec,
    options?: EngineCallOptions,
  ): Promise<EnginePipelineState>;
  readPipeline(
    ref: EnginePipelineRef,
    options?: EngineCallOptions,
  ): Promise<EnginePipelineState>;
  /** Does nothing when it is gone already. */
  deletePipeline(
    ref: EnginePipelineRef,
    options?: EngineCallOptions,
  ): Promise<void>;
  /** Address of a pipeline or run in the engine's own UI. */
  url(ref: EnginePipelineRef, run?: number): string;

  start(
    ref: EnginePipelineRef,
    parameters: ParameterValues,
    options?: EngineCallOptions,
  ): Promise<EngineStarted>;
  queueItem(
    ref: EnginePipelineRef,
    queueId: string,
    options?: EngineCallOptions,
  ): Promise<EngineQueueItem>;
  /** What the portal itself has asked for and waits, of all pipelines, newest first, at most `limit`: one request. */
  listQueue(
    limit: number,
    options?: EngineCallOptions,
  ): Promise<EngineQueuedRun[]>;
  cancelQueued(
    ref: EnginePipelineRef,
    queueId: string,
    options?: EngineCallOptions,
  ): Promise<void>;
  cancelRun(
    ref: EnginePipelineRef,
    run: number,
    force: 'stop' | 'term' | 'kill',
    options?: EngineCallOptions,
  ): Promise<void>;
  restartFromStage(
    ref: EnginePipelineRef,
    run: number,
    stage: string,
    options?: EngineCallOptions,
  ): Promise<EngineStarted | undefined>;
  restartableStages(
    ref: EnginePipelineRef,
    run: number,
    options?: EngineCallOptions,
  ): Promise<string[]>;

  /** Newest first, at most `limit`. */
  listRuns(
    ref: EnginePipelineRef,
    limit: number,
    options?: EngineCallOptions,
  ): Promise<EngineRun[]>;
  getRun(
    ref: EnginePipelineRef,
    run: number,
    options?: EngineCallOptions,
  ): Promise<EngineRun>;
  progress(
    ref: EnginePipelineRef,
    run: number,
    options?: EngineCallOptions,
  ): Promise<EngineRunProgress>;
  steps(
    ref: EnginePipelineRef,
    run: number,
    stageId: string | undefined,
    options?: EngineCallOptions,
  ): Promise<RunStep[]>;
  /** @param start - byte offset; @param node - id of a stage or step, undefined for the whole log */
  log(
    ref: EnginePipelineRef,
    run: number,
    range: { start: number; node?: string },
    options?: EngineCallOptions,
  ): Promise<EngineLog>;

  decide(
    ref: EnginePipelineRef,
    run: number,
    approval: EngineApproval,
    decision: { approve: boolean; parameters: ParameterValues },
    options?: EngineCallOptions,
  ): Promise<void>;

  artifacts(
    ref: EnginePipelineRef,
    run: number,
    options?: EngineCallOptions,
  ): Promise<Artifact[]>;
  artifact(
    ref: EnginePipelineRef,
    run: number,
    path: string,
    options?: EngineCallOptions,
  ): Promise<EngineFile>;
  tests(
    ref: EnginePipelineRef,
    run: number,
    options?: EngineCallOptions,
  ): Promise<TestCase[]>;
  changes(
    ref: EnginePipelineRef,
    run: number,
    options?: EngineCallOptions,
  ): Promise<Change[]>;
}

/** What an engine's event says, in the portal's terms. */
export interface EngineEvent {
  /** unique id by which duplicates are known */
  id: string;
  type: 'runChanged' | 'runDeleted' | 'pipelineDeleted' | 'pipelineChanged';
  ref: EnginePipelineRef;
  run?: number;
  queueId?: string;
}

/** States that the graph of a live run can be in. */
export type { NodeState };
