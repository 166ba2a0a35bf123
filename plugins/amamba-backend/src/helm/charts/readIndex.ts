import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { Worker } from 'worker_threads';
import { UpstreamError } from '../../http';
import type { ChartEntry } from './types';

const WORKER = resolvePackagePath(
  '@amamba/backstage-plugin-amamba-backend',
  'workers/chartIndex.js',
);
const TIMEOUT_MS = 15_000;
const MEMORY_MB = 512;

type Reading = { charts?: ChartEntry[]; problem?: string };

/**
 * Reads an index.yaml in a thread, with bounded time and memory.
 * @param system - as messages name it
 * @throws UpstreamError when it is no index
 */
export async function readIndex(
  source: string,
  system: string,
): Promise<ChartEntry[]> {
  const unreadable = (problem: string) =>
    new UpstreamError(`${system} ${problem}`, { reason: 'unreadable' });
  if (/^\s*</.test(source)) {
    throw unreadable(
      'answered with a web page instead of an index. Check its address, and that no sign-in page stands in front of it',
    );
  }
  const { charts, problem } = await inThread(source, unreadable);
  if (charts) return charts;
  throw unreadable(
    `has an index.yaml that cannot be read${problem ? `: ${problem}` : ': it has no entries'}`,
  );
}

function inThread(
  source: string,
  unreadable: (problem: string) => Error,
): Promise<Reading> {
  const worker = new Worker(WORKER, {
    workerData: source,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    stdout: true,
    stderr: true,
  });
  return new Promise<Reading>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(unreadable('has an index.yaml that takes too long to read')),
      TIMEOUT_MS,
    );
    worker.once('message', (reading: Reading) => resolve(reading));
    worker.once('error', () =>
      reject(unreadable('has an index.yaml that takes too much to read')),
    );
    worker.once('exit', () => clearTimeout(timer));
  }).finally(() => worker.terminate());
}
