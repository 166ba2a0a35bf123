import {
  runApprovePermission,
  runCancelPermission,
  runStartPermission,
  type Artifact,
  type CancelRequest,
  type Change,
  type Decision,
  type LogChunk,
  type LogQuery,
  type LogSearchQuery,
  type LogSearchResult,
  type RerunRequest,
  type Run,
  type RunDetail,
  type RunForm,
  type RunGraph,
  type RunPage,
  type RunQuery,
  type RunRequest,
  type RunStep,
  type TestQuery,
  type TestReport,
} from '@amamba/backstage-plugin-amamba-common';
import type { EngineFile } from '@amamba/backstage-plugin-amamba-node';
import type { Readable } from 'stream';
import type { ActEvent, AuditService, CallersAct } from '../../audit';
import type { CallOptions } from '../../http';
import type { Authorizer } from '../../permissions';
import type {
  PipelineAccess,
  PipelineNames,
  PipelineOfCaller,
  RunNames,
  RunOfCaller,
} from '../PipelineAccess';
import type { PipelinesService } from '../PipelinesService';
import type { EngineDirectory } from '../sync/EngineDirectory';
import { instant, targetOf } from '../view';
import type { ApprovalsService } from './ApprovalsService';
import { refusal, type Decider } from './approvers';
import type { RunActsService } from './RunActsService';
import type { RunsService } from './RunsService';
import { approvalView, runName, runView } from './view';

/** Runs as callers get them: names come in, and every method asks the authoriser before it does anything. */
export class AuthorizedRuns {
  readonly #access: PipelineAccess;
  readonly #authorizer: Authorizer;
  readonly #audit: AuditService;
  readonly #runs: RunsService;
  readonly #acts: RunActsService;
  readonly #approvals: ApprovalsService;
  readonly #pipelines: PipelinesService;
  readonly #engines: EngineDirectory;

  constructor(options: {
    access: PipelineAccess;
    authorizer: Authorizer;
    audit: AuditService;
    runs: RunsService;
    acts: RunActsService;
    approvals: ApprovalsService;
    pipelines: PipelinesService;
    engines: EngineDirectory;
  }) {
    this.#access = options.access;
    this.#authorizer = options.authorizer;
    this.#audit = options.audit;
    this.#runs = options.runs;
    this.#acts = options.acts;
    this.#approvals = options.approvals;
    this.#pipelines = options.pipelines;
    this.#engines = options.engines;
  }

  /** One page, from the database alone. */
  async list(
    names: PipelineNames,
    query: RunQuery,
    options: CallOptions,
  ): Promise<RunPage> {
    const { pipeline } = await this.#access.pipeline(names, options);
    return this.#runs.list(pipeline, query);
  }

  async form(names: PipelineNames, options: CallOptions): Promise<RunForm> {
    const target = await this.#access.pipeline(names, options);
    const { workspace, pipeline } = target;
    await this.#authorizer.require(
      runStartPermission,
      { workspace, pipeline: targetOf(pipeline, workspace) },
      options,
    );
    return this.#runs.form(target.pipeline);
  }

  async start(
    names: PipelineNames,
    request: RunRequest,
    options: CallOptions,
  ): Promise<Run> {
    const target = await this.#access.pipeline(names, options);
    const details = { parameters: Object.keys(request.parameters).join(', ') };
    return this.#act(
      { action: 'run.start', permission: runStartPermission, details },
      target,
      options,
      async event => {
        const { run, isNew } = await this.#acts.start(
          target.pipeline,
          request,
          event.actor,
        );
        event.add({ run: run.id, ...(!isNew && { joined: true }) });
        return runView(run);
      },
    );
  }

  async get(names: RunNames, options: CallOptions): Promise<RunDetail> {
    const found = await this.#access.run(names, options);
    return this.#detail(found, options);
  }

  async graph(names: RunNames, options: CallOptions): Promise<RunGraph> {
    const { pipeline, run } = await this.#access.run(names, options);
    return this.#runs.graph(pipeline, run, options.signal);
  }

  /** @param stage - id of a stage; undefined: of the whole run */
  async steps(
    names: RunNames,
    stage: string | undefined,
    options: CallOptions,
  ): Promise<{ items: RunStep[] }> {
    const { pipeline, run } = await this.#access.run(names, options);
    return {
      items: await this.#runs.steps(pipeline, run, stage, options.signal),
    };
  }

  async log(
    names: RunNames,
    query: LogQuery,
    options: CallOptions,
  ): Promise<LogChunk> {
    const { pipeline, run } = await this.#access.run(names, options);
    return this.#runs.log(pipeline, run, query, options.signal);
  }

  async searchLog(
    names: RunNames,
    query: LogSearchQuery,
    options: CallOptions,
  ): Promise<LogSearchResult> {
    const { pipeline, run } = await this.#access.run(names, options);
    return this.#runs.searchLog(pipeline, run, query, options.signal);
  }

  /** @param node - id of a stage or step; undefined: the whole log */
  async rawLog(
    names: RunNames,
    node: string | undefined,
    options: CallOptions,
  ): Promise<Readable> {
    const { pipeline, run } = await this.#access.run(names, options);
    return this.#runs.rawLog(pipeline, run, node, options.signal);
  }

  async cancel(
    names: RunNames,
    request: CancelRequest,
    options: CallOptions,
  ): Promise<Run> {
    const target = await this.#access.run(names, options);
    const details = { force: request.force };
    return this.#act(
      { action: 'run.cancel', permission: runCancelPermission, details },
      target,
      options,
      async () =>
        runView(await this.#acts.cancel(target.pipeline, target.run, request)),
    );
  }

  async rerun(
    names: RunNames,
    request: RerunRequest,
    options: CallOptions,
  ): Promise<Run> {
    const target = await this.#access.run(names, options);
    const { fromStage } = request;
    return this.#act(
      {
        action: 'run.rerun',
        permission: runStartPermission,
        details: fromStage === undefined ? {} : { fromStage },
      },
      target,
      options,
      async event => {
        const { run, isNew } = await this.#acts.rerun(
          target.pipeline,
          target.run,
          request,
          event.actor,
        );
        event.add({ run: run.id, ...(!isNew && { joined: true }) });
        return runView(run);
      },
    );
  }

  /** @param approval - id of what the run waits for */
  async decide(
    names: RunNames,
    approval: string,
    decision: Decision,
    options: CallOptions,
  ): Promise<RunDetail> {
    const target = await this.#access.run(names, options);
    const details = {
      approval,
      parameters: Object.keys(decision.parameters).join(', '),
      ...(decision.reason !== undefined && { reason: decision.reason }),
    };
    await this.#act(
      {
        action: `run.${decision.decision}`,
        permission: runApprovePermission,
        details,
      },
      target,
      options,
      async ({ actor }) =>
        this.#approvals.decide(
          target.pipeline,
          target.run,
          approval,
          decision,
          { actor, ...(await this.#decider(target, options)) },
        ),
    );
    return this.get({ ...names, run: target.run.id }, options);
  }

  async artifacts(
    names: RunNames,
    options: CallOptions,
  ): Promise<{ items: Artifact[] }> {
    const { pipeline, run } = await this.#access.run(names, options);
    return { items: await this.#runs.artifacts(pipeline, run, options.signal) };
  }

  async artifact(
    names: RunNames,
    path: string,
    options: CallOptions,
  ): Promise<EngineFile> {
    const { pipeline, run } = await this.#access.run(names, options);
    return this.#runs.artifact(pipeline, run, path, options.signal);
  }

  async tests(
    names: RunNames,
    query: TestQuery,
    options: CallOptions,
  ): Promise<TestReport> {
    const { pipeline, run } = await this.#access.run(names, options);
    return this.#runs.tests(pipeline, run, query, options.signal);
  }

  async changes(
    names: RunNames,
    options: CallOptions,
  ): Promise<{ items: Change[] }> {
    const { pipeline, run } = await this.#access.run(names, options);
    return { items: await this.#runs.changes(pipeline, run, options.signal) };
  }

  async #detail(found: RunOfCaller, options: CallOptions): Promise<RunDetail> {
    const { pipeline, run } = found;
    await this.#runs.watch(run);
    const [neighbours, restartableStages, warnings] = await Promise.all([
      this.#runs.neighbours(run),
      this.#runs.restartableStages(pipeline, run),
      this.#engines.warnings(),
    ]);
    const warning = warnings.find(
      ({ engine }) => engine === pipeline.engine,
    )?.warning;
    const decider =
      run.approvals.length > 0
        ? await this.#decider(found, options)
        : undefined;
    return {
      ...runView(run),
      pipeline: pipeline.name,
      ...neighbours,
      approvals: decider
        ? run.approvals.map(item => approvalView(item, refusal(item, decider)))
        : [],
      restartableStages,
      queueReason: run.queueReason,
      typicalDurationMs: pipeline.statistics.typicalDurationMs,
      engineUrl: this.#pipelines.engineUrl(pipeline, run.number),
      stale: warning && {
        problem: warning.message,
        since: instant(run.seenAt) ?? warning.since,
      },
    };
  }

  async #decider(
    { workspace, pipeline }: PipelineOfCaller,
    options: CallOptions,
  ): Promise<Decider> {
    const { subjects } = await this.#authorizer.identity(options.credentials);
    const can = await this.#authorizer.can(
      [runApprovePermission],
      { workspace, pipeline: targetOf(pipeline, workspace) },
      options,
    );
    return {
      subjects,
      role: await this.#authorizer.role(workspace, options),
      isPermitted: can.has(runApprovePermission.name),
    };
  }

  #act<T>(
    act: Pick<CallersAct, 'action' | 'permission' | 'details'>,
    target: PipelineOfCaller & Partial<RunOfCaller>,
    options: CallOptions,
    fn: (event: ActEvent) => Promise<T>,
  ): Promise<T> {
    const { workspace, pipeline, run } = target;
    const name = run ? runName(pipeline.name, run) : pipeline.name;
    return this.#audit.act(
      {
        ...act,
        workspace,
        object: { kind: 'run', name },
        target: { pipeline: targetOf(pipeline, workspace) },
      },
      options,
      fn,
    );
  }
}
