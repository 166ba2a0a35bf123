import type {
  Artifact,
  Change,
  ParameterValues,
  RunStep,
  TestCase,
} from '@amamba/backstage-plugin-amamba-common';
import type {
  EngineApproval,
  EngineCallOptions,
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
import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { z } from 'zod';
import { path } from '../../../http';
import { JenkinsAddresses } from './addresses';
import { JenkinsInputs } from './inputs';
import { JenkinsClient, type JenkinsOptions } from './JenkinsClient';
import { JenkinsJobs } from './jobs';
import { JenkinsLogs } from './logs';
import { JenkinsProgress } from './progress';
import { JenkinsQueue } from './queue';
import { JenkinsRestarts } from './restart';
import { JenkinsResults } from './results';
import { JenkinsRuns } from './runs';
import { JenkinsStages } from './stages/JenkinsStages';

const HEALTH_TIMEOUT_MS = 10_000;
const whoAmISchema = z.object({ anonymous: z.boolean() });

/** Jenkins as an engine; each method is one call of the part that knows it. */
export class JenkinsEngine implements PipelineEngine {
  readonly id: string;
  readonly title: string;
  readonly kind = 'jenkins';
  readonly #client: JenkinsClient;
  readonly #addresses: JenkinsAddresses;
  readonly #jobs: JenkinsJobs;
  readonly #queue: JenkinsQueue;
  readonly #runs: JenkinsRuns;
  readonly #restarts: JenkinsRestarts;
  readonly #stages: JenkinsStages;
  readonly #progress: JenkinsProgress;
  readonly #logs: JenkinsLogs;
  readonly #inputs: JenkinsInputs;
  readonly #results: JenkinsResults;

  /** @throws InputError when the address or the certificates cannot be used */
  constructor(config: JenkinsOptions, logger: LoggerService) {
    this.id = config.id;
    this.title = config.title;
    const client = new JenkinsClient(config, logger);
    const addresses = new JenkinsAddresses(config);
    const stages = new JenkinsStages(client, addresses);
    this.#client = client;
    this.#addresses = addresses;
    this.#stages = stages;
    this.#jobs = new JenkinsJobs(client, addresses);
    this.#queue = new JenkinsQueue(client, addresses, config.username);
    this.#runs = new JenkinsRuns(client, addresses);
    this.#restarts = new JenkinsRestarts(client, addresses);
    this.#progress = new JenkinsProgress(client, addresses, stages);
    this.#logs = new JenkinsLogs(client, addresses, stages);
    this.#inputs = new JenkinsInputs(client, addresses);
    this.#results = new JenkinsResults(client, addresses);
  }

  /** Ends all connections. */
  close(): Promise<void> {
    return this.#client.close();
  }

  /** Never throws: what is wrong is the answer. */
  async health(options: EngineCallOptions = {}): Promise<EngineHealth> {
    const { system } = this.#client;
    try {
      const what = 'who the portal is';
      const { headers, text } = await this.#client.get({
        path: path`/whoAmI/api/json`,
        query: { tree: 'anonymous' },
        what,
        timeoutMs: HEALTH_TIMEOUT_MS,
        ...options,
      });
      const version = headers['x-jenkins'];
      if (!version) {
        const problem = `Something answers in the place of ${system} that is not Jenkins. Check its address in the configuration`;
        return { reachable: false, problem };
      }
      const { anonymous } = this.#client.parse(whoAmISchema, text, what);
      return anonymous
        ? {
            reachable: false,
            version,
            problem: `${system} does not know the portal's user. Check username and API token in the configuration`,
          }
        : { reachable: true, version };
    } catch (error) {
      const problem = isError(error) ? error.message : String(error);
      return { reachable: false, problem };
    }
  }

  load(options?: EngineCallOptions): Promise<EngineLoad> {
    return this.#queue.load(options);
  }

  savePipeline(
    ref: EnginePipelineRef,
    spec: EnginePipelineSpec,
    options?: EngineCallOptions,
  ): Promise<EnginePipelineState> {
    return this.#jobs.save(ref, spec, options);
  }

  readPipeline(
    ref: EnginePipelineRef,
    options?: EngineCallOptions,
  ): Promise<EnginePipelineState> {
    return this.#jobs.read(ref, options);
  }

  deletePipeline(
    ref: EnginePipelineRef,
    options?: EngineCallOptions,
  ): Promise<void> {
    return this.#jobs.delete(ref, options);
  }

  url(ref: EnginePipelineRef, run?: number): string {
    return this.#addresses.url(ref, run);
  }

  start(
    ref: EnginePipelineRef,
    parameters: ParameterValues,
    options?: EngineCallOptions,
  ): Promise<EngineStarted> {
    return this.#queue.start(ref, parameters, options);
  }

  queueItem(
    ref: EnginePipelineRef,
    queueId: string,
    options?: EngineCallOptions,
  ): Promise<EngineQueueItem> {
    return this.#queue.item(ref, queueId, options);
  }

  listQueue(
    limit: number,
    options?: EngineCallOptions,
  ): Promise<EngineQueuedRun[]> {
    return this.#queue.list(limit, options);
  }

  cancelQueued(
    _ref: EnginePipelineRef,
    queueId: string,
    options?: EngineCallOptions,
  ): Promise<void> {
    return this.#queue.cancel(queueId, options);
  }

  cancelRun(
    ref: EnginePipelineRef,
    run: number,
    force: 'stop' | 'term' | 'kill',
    options?: EngineCallOptions,
  ): Promise<void> {
    return this.#runs.cancel(ref, run, force, options);
  }

  restartFromStage(
    ref: EnginePipelineRef,
    run: number,
    stage: string,
    options?: EngineCallOptions,
  ): Promise<EngineStarted | undefined> {
    return this.#restarts.restart(ref, run, stage, options);
  }

  restartableStages(
    ref: EnginePipelineRef,
    run: number,
    options?: EngineCallOptions,
  ): Promise<string[]> {
    return this.#restarts.stages(ref, run, options);
  }

  listRuns(
    ref: EnginePipelineRef,
    limit: number,
    options?: EngineCallOptions,
  ): Promise<EngineRun[]> {
    return this.#runs.list(ref, limit, options);
  }

  getRun(
    ref: EnginePipelineRef,
    run: number,
    options?: EngineCallOptions,
  ): Promise<EngineRun> {
    return this.#runs.get(ref, run, options);
  }

  progress(
    ref: EnginePipelineRef,
    run: number,
    options?: EngineCallOptions,
  ): Promise<EngineRunProgress> {
    return this.#progress.read(ref, run, options);
  }

  steps(
    ref: EnginePipelineRef,
    run: number,
    stageId: string | undefined,
    options?: EngineCallOptions,
  ): Promise<RunStep[]> {
    return this.#stages.stepsWithErrors(ref, run, stageId, options);
  }

  log(
    ref: EnginePipelineRef,
    run: number,
    range: { start: number; node?: string },
    options?: EngineCallOptions,
  ): Promise<EngineLog> {
    return this.#logs.open(ref, run, range, options);
  }

  decide(
    ref: EnginePipelineRef,
    run: number,
    approval: EngineApproval,
    decision: { approve: boolean; parameters: ParameterValues },
    options?: EngineCallOptions,
  ): Promise<void> {
    return this.#inputs.decide(ref, run, approval, decision, options);
  }

  artifacts(
    ref: EnginePipelineRef,
    run: number,
    options?: EngineCallOptions,
  ): Promise<Artifact[]> {
    return this.#results.artifacts(ref, run, options);
  }

  artifact(
    ref: EnginePipelineRef,
    run: number,
    file: string,
    options?: EngineCallOptions,
  ): Promise<EngineFile> {
    return this.#results.artifact(ref, run, file, options);
  }

  tests(
    ref: EnginePipelineRef,
    run: number,
    options?: EngineCallOptions,
  ): Promise<TestCase[]> {
    return this.#results.tests(ref, run, options);
  }

  changes(
    ref: EnginePipelineRef,
    run: number,
    options?: EngineCallOptions,
  ): Promise<Change[]> {
    return this.#results.changes(ref, run, options);
  }
}

/** Creates the engine of one configured instance. */
export function createJenkinsEngine(
  config: JenkinsOptions,
  { logger }: { logger: LoggerService },
): JenkinsEngine {
  return new JenkinsEngine(config, logger);
}
