import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { startGroup } from '../../scripts/lib/process.mjs';
import { startSandbox } from '../../scripts/lib/sandbox.mjs';
import type { FaultRule } from '../../packages/sandbox/src/jenkins/faults/FaultInjector';
import type { SandboxCredentials } from '../../packages/sandbox/src/credentials';
import type { Resources } from './resources';

const IDLE_TIMEOUT_MS = 180_000;
const LOOK_EVERY_MS = 200;

/** The sandbox's Git and Jenkins in a process of their own. */
export type BenchSandbox = {
  readonly credentials: SandboxCredentials;
  /** Makes something go wrong with requests to Jenkins, until the returned function is called. */
  fault(rule: FaultRule): Promise<() => Promise<void>>;
  /** How many requests Jenkins has had. */
  requests(): Promise<number>;
  /** Resolves when Jenkins has had none for so long: what the portal does by itself is over for now. */
  untilIdle(quietMs: number): Promise<void>;
  /** Adds jobs `<prefix>1` … with finished runs to a folder, without executing anything. */
  seedJobs(options: {
    folder: string;
    jobs: number;
    builds: number;
    prefix: string;
  }): Promise<void>;
  /** Adds a finished run with a log of about `bytes` to the job `folder/name`; resolves with its number. */
  seedLog(options: { job: string; bytes: number }): Promise<number>;
  /** `Authorization` header of the portal's account in Jenkins. */
  readonly authorization: string;
};

/** Starts a sandbox, with empty state, that sends its events to the backend at `backendUrl`. */
export async function startBenchSandbox(
  resources: Resources,
  { backendUrl }: { backendUrl: string },
): Promise<BenchSandbox> {
  const credentials: SandboxCredentials = await startSandbox({
    folder: join(resources.folder(), 'sandbox'),
    jenkinsPort: 0,
    gitPort: 0,
    backendUrl,
    onStart: (group: ReturnType<typeof startGroup>) => {
      resources.add(() => group.stop());
      group.child.stdout.resume();
      group.child.stderr.pipe(process.stderr);
    },
  });
  const { url, user, token } = credentials.jenkins;
  const control = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${url}/sandbox/${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${credentials.controlToken}`,
        'Content-Type': 'application/json',
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${text}`);
    }
    return text ? JSON.parse(text) : undefined;
  };
  const requests = async () => (await control('GET', 'requests')).total;
  return {
    credentials,
    requests,
    async untilIdle(quietMs) {
      const until = Date.now() + IDLE_TIMEOUT_MS;
      let seen = await requests();
      let since = Date.now();
      while (Date.now() - since < quietMs) {
        if (Date.now() > until) throw new Error('Jenkins is never idle');
        await sleep(LOOK_EVERY_MS);
        const now = await requests();
        if (now !== seen) since = Date.now();
        seen = now;
      }
    },
    async fault(rule) {
      const { id } = await control('POST', 'faults', rule);
      return () => control('DELETE', `faults/${id}`);
    },
    seedJobs: options => control('POST', 'seed/jobs', options),
    seedLog: async options =>
      (await control('POST', 'seed/log', options)).number,
    authorization: `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`,
  };
}
