import { WORKSPACE, type BenchPortal } from './portal';
import type { BenchSandbox } from './sandbox';

const AT_ONCE = 4;
const SETTLE_TIMEOUT_MS = 60_000;
const SCRIPT =
  "pipeline { agent any; stages { stage('Build') { steps { echo 'built' } } } }";

/** Name of the `n`th pipeline, from 1 on. */
export const pipelineName = (n: number) => `job-${n}`;

/**
 * Pipelines `job-1` … with finished runs, in Jenkins and in the portal, which has read the runs when this resolves.
 * `entity` shows them on its tab.
 */
export async function createSeededPipelines(
  portal: BenchPortal,
  sandbox: BenchSandbox,
  options: { pipelines: number; runs: number; entityRef?: string },
): Promise<void> {
  const { pipelines, runs, entityRef } = options;
  await sandbox.seedJobs({
    folder: WORKSPACE,
    jobs: pipelines,
    builds: runs,
    prefix: 'job-',
  });
  const params = { workspace: WORKSPACE };
  await forEach(pipelines, async n => {
    const pipeline = pipelineName(n);
    await portal.client.call('createPipeline', {
      params,
      body: {
        name: pipeline,
        entityRef,
        source: { type: 'script', script: SCRIPT },
      },
    });
    await portal.client.call('syncPipeline', {
      params: { ...params, pipeline },
    });
  });
  const until = Date.now() + SETTLE_TIMEOUT_MS;
  for (;;) {
    const { items } = await portal.client.call('listPipelines', {
      params,
      query: { sort: 'lastRun', order: 'asc', limit: 1 },
    });
    if (items[0]?.lastRun) return;
    if (Date.now() > until) throw new Error('The portal does not see the runs');
    await new Promise(resolve => setTimeout(resolve, 200));
  }
}

/** Calls `act` with 1 … `count`, a few at a time. */
async function forEach(count: number, act: (n: number) => Promise<void>) {
  let next = 1;
  const worker = async () => {
    while (next <= count) await act(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
