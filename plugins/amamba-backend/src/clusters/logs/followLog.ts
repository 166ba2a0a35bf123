import type { KubePod } from '@amamba/backstage-plugin-amamba-common';
import { toError } from '@backstage/errors';
import { setTimeout as sleep } from 'timers/promises';
import { UpstreamError } from '../../http';
import { pods } from '../cache/kinds';
import type { KubernetesClient, LogOptions, ObjectRef } from '../client/types';
import { LogCutter, LogPlace, type LogLine } from './logLines';

/** Lines of a log that came together, or why none come. */
export type LogBatch =
  | { type: 'lines'; lines: LogLine[] }
  /** of a log that is followed: what was there at the beginning has come */
  | { type: 'current' }
  /** the container has not begun yet */
  | { type: 'waiting' }
  /** in words; it goes on as soon as it can */
  | { type: 'interrupted'; problem: string };

export type FollowLogOptions = Pick<
  LogOptions,
  | 'container'
  | 'previous'
  | 'sinceTime'
  | 'sinceSeconds'
  | 'tailLines'
  | 'signal'
> & {
  /** true: goes on until the pod ended or the signal aborts; false: what there is now */
  follow: boolean;
  /** of the pod: ends when another pod has got its name */
  uid?: string;
  /** milliseconds of the first pause; for tests */
  retryMs?: number;
};

const RETRY_MS = 1_000;
const RETRY_MAX_MS = 15_000;
/** attempts for a log that is not followed */
const ATTEMPTS = 3;
/** what a node says of a container that has not begun */
const WAITING = /is waiting to start/;

type LogClient = Pick<KubernetesClient, 'get' | 'log'>;

/** Whether there will be more: the pod is there, and its containers are not done for good. */
async function goesOn(
  client: LogClient,
  ref: ObjectRef,
  { signal, previous, uid }: FollowLogOptions,
): Promise<boolean> {
  if (previous) return false;
  const pod = await client.get<KubePod>(pods, ref, { signal });
  if (uid && pod.metadata.uid !== uid) return false;
  const { phase } = pod.status ?? {};
  return phase !== 'Succeeded' && phase !== 'Failed';
}

/** Where reading begins when it was begun before. */
function resumeAt(
  { since }: LogPlace,
  { sinceTime, sinceSeconds, tailLines }: FollowLogOptions,
  begun: Date,
) {
  if (since !== undefined) return { sinceTime: since };
  if (tailLines === 0) return { sinceTime: begun.toISOString() };
  // It was empty, so that all is new.
  return { sinceTime, sinceSeconds };
}

/**
 * The log of a container by lines. Broken connections are resumed where they were, without losing or repeating a line; a container that
 * starts anew goes on in the same log. Lines are read only as fast as they are taken.
 *
 * @throws InputError, NotFoundError, UpstreamError as the client does, when the log cannot be opened at all
 */
export async function* followLog(
  client: LogClient,
  ref: ObjectRef,
  options: FollowLogOptions,
): AsyncGenerator<LogBatch> {
  const { follow, container, previous, signal, retryMs = RETRY_MS } = options;
  const { sinceTime, sinceSeconds, tailLines } = options;
  const place = new LogPlace({ tail: tailLines !== undefined });
  // What is there is read to its end first, so that whoever reads several can put them in order.
  let isCurrent = !follow || tailLines === 0;
  if (follow && isCurrent) yield { type: 'current' };
  let begun: Date | undefined;
  let failures = 0;
  for (;;) {
    const at = begun
      ? resumeAt(place, options, begun)
      : { sinceTime, sinceSeconds, tailLines };
    place.resume();
    let problem: Error | undefined;
    let isStarting = false;
    try {
      const body = await client.log(ref, {
        ...at,
        ...{ container, previous, follow: follow && isCurrent, signal },
      });
      begun ??= new Date();
      const cutter = new LogCutter();
      for await (const chunk of body) {
        const lines = place.fresh(cutter.push(chunk));
        if (lines.length === 0) continue;
        failures = 0;
        yield { type: 'lines', lines };
      }
      const rest = place.fresh(cutter.rest());
      if (rest.length > 0) yield { type: 'lines', lines: rest };
      if (!follow) return;
      if (!isCurrent) {
        isCurrent = true;
        yield { type: 'current' };
        continue;
      }
      if (!(await goesOn(client, ref, options))) return;
    } catch (error) {
      signal?.throwIfAborted();
      problem = toError(error);
      const isOver = failures + 1 >= ATTEMPTS && (!follow || !begun);
      isStarting = follow && WAITING.test(problem.message);
      const mayPass = problem instanceof UpstreamError && !isOver;
      if (!begun && !mayPass && !isStarting) throw problem;
      if (problem.name === 'NotFoundError') return;
      if (isOver && !isStarting) throw problem;
    }
    failures++;
    if (isStarting) yield { type: 'waiting' };
    else if (problem) yield { type: 'interrupted', problem: problem.message };
    const pauseMs = Math.min(RETRY_MAX_MS, retryMs * 2 ** (failures - 1));
    await sleep(pauseMs, undefined, { signal });
  }
}
