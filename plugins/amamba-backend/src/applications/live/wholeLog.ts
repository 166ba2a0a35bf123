import type { FollowLogOptions, LogBatch } from '../../clusters';
import type { OwnedNamespace } from '../../namespaces';

function textOf(batch: LogBatch): string {
  return batch.type === 'lines'
    ? batch.lines.map(({ text }) => `${text}\n`).join('')
    : '';
}

async function* all(
  first: IteratorResult<LogBatch>,
  rest: AsyncGenerator<LogBatch>,
): AsyncGenerator<string> {
  if (first.done) return;
  yield textOf(first.value);
  for await (const batch of rest) yield textOf(batch);
}

/**
 * The log of a container as text. Waits for its beginning, so that one that cannot be read is an error and no half file.
 * @throws InputError, NotFoundError, UpstreamError
 */
export async function wholeLog(
  namespace: Pick<OwnedNamespace, 'followLog'>,
  pod: string,
  options: Omit<FollowLogOptions, 'follow'>,
): Promise<AsyncGenerator<string>> {
  const batches = namespace.followLog(pod, { ...options, follow: false });
  return all(await batches.next(), batches);
}
