import {
  pipelineSettingsSchema,
  type PipelineSource,
} from '@amamba/backstage-plugin-amamba-common';
import type {
  EnginePipelineRef,
  EnginePipelineSpec,
  EngineRun,
} from '@amamba/backstage-plugin-amamba-node';
import { mockServices } from '@backstage/backend-test-utils';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import path from 'path';
import { startSandbox, type Sandbox } from 'sandbox';
import { text } from 'stream/consumers';
import { setTimeout as sleep } from 'timers/promises';
import { createJenkinsEngine, type JenkinsEngine } from '..';

const POLL_MS = 50;
const PATIENCE_MS = 60_000;

/** Repeats until there is something; fails after a minute with what was waited for. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}`);
    await sleep(POLL_MS);
  }
}

/** A specification with the settings that a test is about. */
export function specOf(
  source: PipelineSource | string,
  settings: object = {},
): EnginePipelineSpec {
  return {
    description: 'Made by a test',
    source:
      typeof source === 'string' ? { type: 'script', script: source } : source,
    settings: pipelineSettingsSchema.parse(settings),
  };
}

/** The engine in front of a sandbox that executes. */
export class SandboxEngine {
  readonly sandbox: Sandbox;
  readonly engine: JenkinsEngine;
  readonly #directory: string;

  private constructor(sandbox: Sandbox, directory: string) {
    const { user, token, url } = sandbox.credentials.jenkins;
    this.sandbox = sandbox;
    this.#directory = directory;
    this.engine = createJenkinsEngine(
      {
        id: 'ci',
        title: 'CI',
        baseUrl: url,
        username: user,
        apiToken: token,
        rootFolder: 'portal',
      },
      { logger: mockServices.logger.mock() },
    );
  }

  static async start(): Promise<SandboxEngine> {
    const directory = mkdtempSync(path.join(tmpdir(), 'engine-'));
    const sandbox = await startSandbox({
      stateDirectory: directory,
      samples: false,
    });
    return new SandboxEngine(sandbox, directory);
  }

  async stop(): Promise<void> {
    await this.engine.close();
    await this.sandbox.stop();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  /** Number of the run that a queue item becomes. */
  numberOf(ref: EnginePipelineRef, queueId: string): Promise<number> {
    return until(`the run of queue item ${queueId}`, async () => {
      const item = await this.engine.queueItem(ref, queueId);
      return item.state === 'started' && item.number;
    });
  }

  /** The run when it has ended. */
  ended(ref: EnginePipelineRef, run: number): Promise<EngineRun> {
    return until(`the end of run ${run}`, async () => {
      const answer = await this.engine.getRun(ref, run);
      return answer.endedAt && answer;
    });
  }

  /** Starts a run and waits for its number. */
  async run(
    ref: EnginePipelineRef,
    parameters: Record<string, string | boolean> = {},
  ): Promise<number> {
    const { queueId } = await this.engine.start(ref, parameters);
    return this.numberOf(ref, queueId);
  }

  async log(
    ref: EnginePipelineRef,
    run: number,
    start = 0,
    node?: string,
  ): Promise<string> {
    const { stream } = await this.engine.log(ref, run, { start, node });
    return text(stream);
  }
}
