import type {
  Artifact,
  Change,
  ParameterDefinition,
  ParameterValues,
  RunStep,
  TestCase,
} from '@amamba/backstage-plugin-amamba-common';
import type {
  EngineApproval,
  EngineFile,
  EngineHealth,
  EngineLoad,
  EngineLog,
  EnginePipelineRef,
  EnginePipelineSpec,
  EnginePipelineState,
  EngineQueuedRun,
  EngineQueueItem,
  EngineRun,
  EngineRunProgress,
  EngineStarted,
  PipelineEngine,
} from '@amamba/backstage-plugin-amamba-node';
import {
  ConflictError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { Readable } from 'stream';

/** A run of the fake, to be moved on by a test. */
export interface FakeRun extends EngineRun {
  approvals: EngineApproval[];
  stage?: string;
  error?: string;
  log: string;
}

interface FakeJob {
  spec: EnginePipelineSpec;
  declared?: ParameterDefinition[];
  version: number;
  runs: FakeRun[];
  nextNumber: number;
}

interface FakeQueueItem {
  id: string;
  job: string;
  parameters: ParameterValues;
  cause: EngineRun['cause'];
  queuedAt: Date;
  cancelled?: boolean;
  number?: number;
}

function key(ref: EnginePipelineRef): string {
  return `${ref.workspace}/${ref.name}`;
}

/** An engine in memory behind our own interface. Nothing moves unless a test moves it. */
export class FakeEngine implements PipelineEngine {
  readonly id: string;
  readonly title: string;
  readonly kind = 'jenkins';
  readonly jobs = new Map<string, FakeJob>();
  readonly queue: FakeQueueItem[] = [];
  /** names of the methods that were called, in order */
  readonly calls: string[] = [];
  /** thrown instead of answering; by name of the method, or `*` */
  readonly faults = new Map<string, () => Error>();
  /** called before the engine hears of it: here a backend can die */
  beforehand: (method: string) => void = () => {};
  /** called after the engine has done its work and before it answers: here a backend can die */
  afterwards: (method: string) => void | Promise<void> = () => {};
  testCases: TestCase[] = [];
  files = new Map<string, string>();
  #nextQueueId = 100;

  constructor(id = 'ci') {
    this.id = id;
    this.title = `Jenkins "${id}"`;
  }

  /** Stops answering. */
  goDown(): void {
    this.faults.set(
      '*',
      () => new ServiceUnavailableError(`${this.title} does not answer`),
    );
  }

  comeBack(): void {
    this.faults.clear();
  }

  job(ref: EnginePipelineRef): FakeJob {
    const job = this.jobs.get(key(ref));
    if (!job) throw new NotFoundError(`${this.title} has no ${key(ref)}`);
    return job;
  }

  run(ref: EnginePipelineRef, number: number): FakeRun {
    const run = this.job(ref).runs.find(item => item.number === number);
    if (!run) throw new NotFoundError(`${key(ref)} has no run ${number}`);
    return run;
  }

  /** Starts everything that waits in the queue. */
  startQueued(at = new Date()): FakeRun[] {
    return this.queue
      .filter(item => !item.cancelled && item.number === undefined)
      .map(item => {
        const run = this.addRun(item.job, {
          queueId: item.id,
          parameters: item.parameters,
          cause: item.cause,
          startedAt: at,
        });
        item.number = run.number;
        return run;
      });
  }

  /** Adds a run as a trigger would. */
  addRun(job: string, run: Partial<FakeRun> = {}): FakeRun {
    const owner = this.jobs.get(job);
    if (!owner) throw new Error(`no job ${job}`);
    const added: FakeRun = {
      number: owner.nextNumber++,
      state: 'running',
      cause: { type: 'push', text: 'a push' },
      startedAt: new Date(),
      parameters: {},
      artifacts: 0,
      approvals: [],
      log: '',
      ...run,
    };
    owner.runs.unshift(added);
    return added;
  }

  /** Ends a run. */
  finish(run: FakeRun, state: FakeRun['state'] = 'succeeded'): void {
    run.state = state;
    run.approvals = [];
    run.endedAt = new Date(run.startedAt.getTime() + 5_000);
    run.durationMs = 5_000;
  }

  async health(): Promise<EngineHealth> {
    this.calls.push('health');
    const fault = this.faults.get('health') ?? this.faults.get('*');
    return fault
      ? { reachable: false, problem: fault().message }
      : { reachable: true, version: '2.502' };
  }

  load(): Promise<EngineLoad> {
    return this.#answer('load', () => ({
      queued: this.queue.length,
      executors: { busy: 0, total: 2 },
    }));
  }

  savePipeline(
    ref: EnginePipelineRef,
    spec: EnginePipelineSpec,
  ): Promise<EnginePipelineState> {
    return this.#answer('savePipeline', () => {
      const job = this.jobs.get(key(ref)) ?? {
        ...{ spec, version: 0, runs: [], nextNumber: 1 },
      };
      job.spec = spec;
      job.version += 1;
      this.jobs.set(key(ref), job);
      return this.#state(job);
    });
  }

  readPipeline(ref: EnginePipelineRef): Promise<EnginePipelineState> {
    return this.#answer('readPipeline', () => this.#state(this.job(ref)));
  }

  deletePipeline(ref: EnginePipelineRef): Promise<void> {
    return this.#answer('deletePipeline', () => {
      this.jobs.delete(key(ref));
    });
  }

  url(ref: EnginePipelineRef, run?: number): string {
    return `http://ci.example/job/${key(ref)}/${run ?? ''}`;
  }

  start(
    ref: EnginePipelineRef,
    parameters: ParameterValues,
  ): Promise<EngineStarted> {
    return this.#answer('start', () => {
      this.job(ref);
      return this.#enqueue(ref, parameters, { type: 'manual', by: 'amamba' });
    });
  }

  queueItem(ref: EnginePipelineRef, queueId: string): Promise<EngineQueueItem> {
    return this.#answer('queueItem', () => {
      const item = this.queue.find(({ id }) => id === queueId);
      if (!item) {
        const run = this.job(ref).runs.find(r => r.queueId === queueId);
        return run
          ? { state: 'started', number: run.number }
          : { state: 'gone' };
      }
      if (item.cancelled) return { state: 'cancelled' };
      return item.number === undefined
        ? { state: 'queued', reason: 'In the quiet period' }
        : { state: 'started', number: item.number };
    });
  }

  listQueue(limit: number): Promise<EngineQueuedRun[]> {
    return this.#answer('listQueue', () =>
      this.queue
        .filter(item => item.number === undefined && !item.cancelled)
        .slice(-limit)
        .map(({ id, job, cause, parameters, queuedAt }) => {
          const [workspace, name] = job.split('/');
          const ref = { workspace, name };
          return { ref, queueId: id, cause, parameters, queuedAt };
        }),
    );
  }

  cancelQueued(_ref: EnginePipelineRef, queueId: string): Promise<void> {
    return this.#answer('cancelQueued', () => {
      const item = this.queue.find(({ id }) => id === queueId);
      if (!item || item.number !== undefined) {
        throw new ConflictError('it has started already');
      }
      item.cancelled = true;
    });
  }

  cancelRun(ref: EnginePipelineRef, number: number): Promise<void> {
    return this.#answer('cancelRun', () =>
      this.finish(this.run(ref, number), 'cancelled'),
    );
  }

  restartFromStage(
    ref: EnginePipelineRef,
    number: number,
    stage: string,
  ): Promise<EngineStarted | undefined> {
    return this.#answer('restartFromStage', () => {
      const { parameters } = this.run(ref, number);
      this.#enqueue(ref, parameters, {
        type: 'restart',
        text: `Restarted from build #${number}, stage ${stage}`,
      });
      return undefined;
    });
  }

  restartableStages(): Promise<string[]> {
    return this.#answer('restartableStages', () => ['Build', 'Test']);
  }

  listRuns(ref: EnginePipelineRef, limit: number): Promise<EngineRun[]> {
    return this.#answer('listRuns', () =>
      this.job(ref).runs.slice(0, limit).map(toEngineRun),
    );
  }

  getRun(ref: EnginePipelineRef, number: number): Promise<EngineRun> {
    return this.#answer('getRun', () => toEngineRun(this.run(ref, number)));
  }

  progress(ref: EnginePipelineRef, number: number): Promise<EngineRunProgress> {
    return this.#answer('progress', () => {
      const { approvals, stage, error, state } = this.run(ref, number);
      return {
        graph: { stages: [], complete: state !== 'running' },
        approvals: [...approvals],
        stage,
        error,
      };
    });
  }

  steps(): Promise<RunStep[]> {
    return this.#answer('steps', () => []);
  }

  log(
    ref: EnginePipelineRef,
    number: number,
    { start }: { start: number; node?: string },
  ): Promise<EngineLog> {
    return this.#answer('log', () => {
      const { log, state } = this.run(ref, number);
      const bytes = Buffer.from(log);
      return {
        stream: Readable.from([bytes.subarray(start)]),
        sizeBytes: bytes.length,
        more: state === 'running',
      };
    });
  }

  decide(
    ref: EnginePipelineRef,
    number: number,
    approval: EngineApproval,
    decision: { approve: boolean },
  ): Promise<void> {
    return this.#answer('decide', () => {
      const run = this.run(ref, number);
      if (!run.approvals.some(({ id }) => id === approval.id)) {
        throw new ConflictError('somebody has decided');
      }
      run.approvals = run.approvals.filter(({ id }) => id !== approval.id);
      if (!decision.approve) this.finish(run, 'cancelled');
    });
  }

  artifacts(): Promise<Artifact[]> {
    return this.#answer('artifacts', () =>
      [...this.files].map(([path, text]) => ({
        ...{ path, name: path.split('/').pop() ?? path },
        sizeBytes: text.length,
      })),
    );
  }

  artifact(
    _ref: EnginePipelineRef,
    _run: number,
    path: string,
  ): Promise<EngineFile> {
    return this.#answer('artifact', () => ({
      stream: Readable.from([this.files.get(path) ?? '']),
      sizeBytes: this.files.get(path)?.length,
    }));
  }

  tests(): Promise<TestCase[]> {
    return this.#answer('tests', () => this.testCases);
  }

  changes(): Promise<Change[]> {
    return this.#answer('changes', () => []);
  }

  #enqueue(
    ref: EnginePipelineRef,
    parameters: ParameterValues,
    cause: EngineRun['cause'],
  ): EngineStarted {
    // equal requests that wait become one, as in Jenkins
    const same = this.queue.find(
      item =>
        item.job === key(ref) &&
        item.number === undefined &&
        !item.cancelled &&
        JSON.stringify(item.parameters) === JSON.stringify(parameters),
    );
    if (same) return { queueId: same.id };
    const id = String(this.#nextQueueId++);
    this.queue.push({
      ...{ id, job: key(ref), parameters, cause, queuedAt: new Date() },
    });
    return { queueId: id };
  }

  #state(job: FakeJob): EnginePipelineState {
    return {
      fingerprint: `v${job.version}-${JSON.stringify(job.declared ?? [])}`,
      parameters: job.declared ?? job.spec.settings.parameters,
      declaredParameters: job.declared?.map(({ name }) => name),
    };
  }

  async #answer<T>(method: string, act: () => T): Promise<T> {
    this.beforehand(method);
    this.calls.push(method);
    const fault = this.faults.get(method) ?? this.faults.get('*');
    if (fault) throw fault();
    const result = act();
    await this.afterwards(method);
    return result;
  }
}

function toEngineRun({
  approvals: _approvals,
  stage: _stage,
  error: _error,
  log: _log,
  ...run
}: FakeRun): EngineRun {
  return { ...run };
}
