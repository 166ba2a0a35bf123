import {
  AmambaClient,
  type PipelineDraftInput,
  type Run,
  type RunDetail,
  type RunGraph,
  type RunStage,
} from '@amamba/backstage-plugin-amamba-common';
import { mockServices, type TestBackend } from '@backstage/backend-test-utils';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import path from 'path';
import { startSandbox, type Sandbox, type SandboxOptions } from 'sandbox';
import { setTimeout as sleep } from 'timers/promises';
import { as, startPortal } from './portal';

const WORKSPACE = 'team-a';
const EVENT_TOKEN = 'a-secret-of-at-least-16-characters';
const POLL_MS = 50;
const PATIENCE_MS = 60_000;

/** Looks until it is right; fails after a minute with what was waited for and what was seen last. */
export async function untilRight<T>(
  what: string,
  look: () => Promise<T>,
  isRight: (seen: T) => boolean,
): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const seen = await look();
    if (isRight(seen)) return seen;
    if (Date.now() > deadline) {
      throw new Error(`Waited in vain for ${what}: ${JSON.stringify(seen)}`);
    }
    await sleep(POLL_MS);
  }
}

/** All stages of a graph, also those inside others. */
export function allStages(stages: readonly RunStage[]): RunStage[] {
  return stages.flatMap(stage => [stage, ...allStages(stage.children)]);
}

/** The plugin over HTTP, in front of a Jenkins that executes; `ed`, an editor of team-a, calls. */
export class SandboxPortal {
  readonly sandbox: Sandbox;
  readonly backend: TestBackend;
  readonly client: AmambaClient;
  readonly #directory: string;
  readonly #tasks: ReadonlyMap<string, () => unknown>;

  private constructor(
    sandbox: Sandbox,
    backend: TestBackend,
    directory: string,
    tasks: ReadonlyMap<string, () => unknown>,
  ) {
    this.sandbox = sandbox;
    this.backend = backend;
    this.#directory = directory;
    this.#tasks = tasks;
    this.client = new AmambaClient({
      baseUrl: `http://127.0.0.1:${backend.server.port()}/api/amamba`,
      fetch: (url, init) => {
        const headers = new Headers(init?.headers);
        headers.set('Authorization', as('ed'));
        return fetch(url, { ...init, headers });
      },
    });
  }

  static async start(
    options: {
      sandbox?: Partial<SandboxOptions>;
      portal?: Parameters<typeof startPortal>[0];
    } = {},
  ): Promise<SandboxPortal> {
    const directory = mkdtempSync(path.join(tmpdir(), 'sandbox-portal-'));
    const sandbox = await startSandbox({
      samples: false,
      eventToken: EVENT_TOKEN,
      restartMs: 1_000,
      ...options.sandbox,
      stateDirectory: directory,
    });
    const { user, token, url } = sandbox.credentials.jenkins;
    const tasks = new Map<string, () => unknown>();
    const scheduler = mockServices.scheduler.mock({
      async scheduleTask({ id, fn }) {
        tasks.set(id, () => fn(new AbortController().signal));
      },
    });
    const backend = await startPortal({
      ...options.portal,
      features: [scheduler.factory, ...(options.portal?.features ?? [])],
      amamba: {
        jenkins: {
          instances: [
            {
              ...{ id: 'ci', baseUrl: url, username: user, apiToken: token },
              eventToken: EVENT_TOKEN,
            },
          ],
        },
        ...options.portal?.amamba,
      },
    });
    sandbox.jenkins.sendEventsTo({
      receiver: `http://127.0.0.1:${backend.server.port()}/api/amamba/v1/events/jenkins/ci`,
      token: EVENT_TOKEN,
    });
    return new SandboxPortal(sandbox, backend, directory, tasks);
  }

  async stop(): Promise<void> {
    await this.backend.stop();
    await this.sandbox.stop();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  create(draft: PipelineDraftInput) {
    return this.client.call('createPipeline', {
      params: { workspace: WORKSPACE },
      body: draft,
    });
  }

  pipelines() {
    return this.client.call('listPipelines', {
      params: { workspace: WORKSPACE },
    });
  }

  pipeline(pipeline: string) {
    return this.client.call('getPipeline', {
      params: { workspace: WORKSPACE, pipeline },
    });
  }

  /** What a portal does every 30 seconds. */
  async reconcile(): Promise<void> {
    await this.#tasks.get('amamba-pipelines-reconcile')?.();
  }

  form(pipeline: string) {
    return this.client.call('getRunForm', {
      params: { workspace: WORKSPACE, pipeline },
    });
  }

  start(
    pipeline: string,
    parameters: Record<string, string | boolean> = {},
    idempotencyKey?: string,
  ): Promise<Run> {
    return this.client.call('startRun', {
      params: { workspace: WORKSPACE, pipeline },
      body: { parameters, idempotencyKey },
    });
  }

  cancel(pipeline: string, run: string): Promise<Run> {
    return this.client.call('cancelRun', {
      params: { workspace: WORKSPACE, pipeline, run },
      body: {},
    });
  }

  approve(pipeline: string, run: string, approval: string): Promise<RunDetail> {
    return this.client.call('decide', {
      params: { workspace: WORKSPACE, pipeline, run, approval },
      body: { decision: 'approve' },
    });
  }

  async runs(pipeline: string): Promise<Run[]> {
    const { items } = await this.client.call('listRuns', {
      params: { workspace: WORKSPACE, pipeline },
    });
    return items;
  }

  run(pipeline: string, run: string): Promise<RunDetail> {
    return this.client.call('getRun', {
      params: { workspace: WORKSPACE, pipeline, run },
    });
  }

  graph(pipeline: string, run: string): Promise<RunGraph> {
    return this.client.call('getRunGraph', {
      params: { workspace: WORKSPACE, pipeline, run },
    });
  }

  /** State of each stage, by name. */
  async states(pipeline: string, run: string): Promise<Record<string, string>> {
    const { stages } = await this.graph(pipeline, run);
    return Object.fromEntries(
      allStages(stages).map(({ name, state }) => [name, state]),
    );
  }

  async log(pipeline: string, run: string): Promise<string> {
    const answer = await this.client.open('downloadRunLog', {
      params: { workspace: WORKSPACE, pipeline, run },
    });
    return answer.text();
  }

  /** The run when it is in one of these states. */
  inState(
    pipeline: string,
    run: string,
    ...states: RunDetail['state'][]
  ): Promise<RunDetail> {
    return untilRight(
      `${pipeline} to be ${states.join(' or ')}`,
      () => this.run(pipeline, run),
      ({ state }) => states.includes(state),
    );
  }
}
