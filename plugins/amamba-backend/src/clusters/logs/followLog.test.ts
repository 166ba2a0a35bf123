import type { KubePod } from '@amamba/backstage-plugin-amamba-common';
import { InputError, NotFoundError } from '@backstage/errors';
import { Readable } from 'stream';
import { UpstreamError } from '../../http';
import type { KubernetesClient, LogOptions } from '../client/types';
import { followLog, type FollowLogOptions, type LogBatch } from './followLog';

const REF = { namespace: 'team', name: 'web' };

function lines(...numbers: number[]): string {
  return numbers.map(n => `2026-11-24T00:00:0${n}.5Z line ${n}\n`).join('');
}

const BROKEN = new UpstreamError('the cluster broke off', {
  reason: 'unreachable',
});

type Body = string | Error | [string, Error];

/** A client whose logs are these, one after the other. */
function clientWith(bodies: Body[], phases: string[] = []) {
  const asked: LogOptions[] = [];
  const client: Pick<KubernetesClient, 'log' | 'get'> = {
    async log(_ref, options = {}) {
      asked.push(options);
      const body = bodies.shift() ?? '';
      if (body instanceof Error) throw body;
      const [text, error] = Array.isArray(body) ? body : [body];
      return Readable.from(
        (async function* chunks() {
          yield Buffer.from(text);
          if (error) throw error;
        })(),
        { objectMode: false },
      );
    },
    async get<K>() {
      const pod: Pick<KubePod, 'metadata' | 'status'> = {
        metadata: { name: 'web', uid: 'its own' },
        status: { phase: phases.shift() ?? 'Succeeded' },
      };
      return pod as K;
    },
  };
  return { client: client as KubernetesClient, asked };
}

async function read(
  client: KubernetesClient,
  options: Partial<FollowLogOptions> = {},
): Promise<string[]> {
  const found: string[] = [];
  const log = followLog(client, REF, { follow: true, retryMs: 1, ...options });
  for await (const batch of log) found.push(...textsOf(batch));
  return found;
}

function textsOf(batch: LogBatch): string[] {
  switch (batch.type) {
    case 'lines':
      return batch.lines.map(({ text }) => text);
    case 'current':
      return ['='];
    case 'waiting':
      return ['…'];
    default:
      return [`! ${batch.problem}`];
  }
}

describe('followLog', () => {
  it('reads what is there, says so, and then until the pod ended', async () => {
    const { client, asked } = clientWith([lines(1, 2), lines(1, 2, 3)]);
    await expect(read(client, { tailLines: 5 })).resolves.toEqual([
      ...['line 1', 'line 2', '=', 'line 3'],
    ]);
    expect(asked).toEqual([
      expect.objectContaining({ tailLines: 5, follow: false }),
      expect.objectContaining({
        sinceTime: '2026-11-24T00:00:01.000Z',
        follow: true,
      }),
    ]);
    expect(asked[1]).not.toHaveProperty('tailLines');
  });

  it('does not take for new what stood before the end that was asked for', async () => {
    const { client } = clientWith([lines(3, 4), lines(2, 3, 4, 5)]);
    await expect(read(client, { tailLines: 2 })).resolves.toEqual([
      ...['line 3', 'line 4', '=', 'line 5'],
    ]);
  });

  it('loses nothing of a log that was empty, nor when only new lines were wanted', async () => {
    const empty = clientWith(['', lines(1)]);
    await expect(read(empty.client, { tailLines: 2 })).resolves.toEqual([
      ...['=', 'line 1'],
    ]);
    expect(empty.asked[1]).not.toHaveProperty('tailLines');
    const fresh = clientWith([['', BROKEN], lines(1)]);
    await expect(read(fresh.client, { tailLines: 0 })).resolves.toEqual([
      ...['=', '! the cluster broke off', 'line 1'],
    ]);
    expect(fresh.asked).toEqual([
      expect.objectContaining({ tailLines: 0, follow: true }),
      expect.objectContaining({ sinceTime: expect.any(String) }),
    ]);
  });

  it('resumes a broken connection where it was', async () => {
    const { client, asked } = clientWith([
      [lines(1, 2), BROKEN],
      BROKEN,
      lines(1, 2, 3),
      ['', BROKEN],
      lines(3, 4),
    ]);
    await expect(read(client, { tailLines: 5 })).resolves.toEqual([
      'line 1',
      'line 2',
      '! the cluster broke off',
      '! the cluster broke off',
      'line 3',
      '=',
      '! the cluster broke off',
      'line 4',
    ]);
    expect(asked.at(2)).toMatchObject({
      sinceTime: '2026-11-24T00:00:01.000Z',
    });
    expect(asked.at(2)).not.toHaveProperty('tailLines');
  });

  it('goes on when the container starts anew', async () => {
    const { client } = clientWith([lines(1), lines(2), lines(3)], ['Running']);
    await expect(read(client)).resolves.toEqual([
      ...['line 1', '=', 'line 2', 'line 3'],
    ]);
  });

  it('ends when the pod is gone', async () => {
    const { client } = clientWith(
      [lines(1), lines(1), new NotFoundError('gone')],
      ['Running'],
    );
    await expect(read(client)).resolves.toEqual(['line 1', '=']);
  });

  it('ends when another pod has its name', async () => {
    const { client } = clientWith([lines(1), lines(1), lines(2)], ['Running']);
    await expect(read(client, { uid: 'of another' })).resolves.toEqual([
      ...['line 1', '='],
    ]);
  });

  it('reads once what is not followed, and does not ask for the pod', async () => {
    const { client, asked } = clientWith([[lines(1), BROKEN], lines(1, 2)]);
    await expect(read(client, { follow: false })).resolves.toEqual([
      'line 1',
      '! the cluster broke off',
      'line 2',
    ]);
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['a pod that is not there', [new NotFoundError('no pod')], 'no pod'],
    ['a cluster that is away', [BROKEN, BROKEN, BROKEN], 'broke off'],
  ])('throws for %s', async (_name, bodies, words) => {
    const { client } = clientWith(bodies);
    await expect(read(client)).rejects.toThrow(words);
  });

  it('waits for a container that has not begun', async () => {
    const starting = new InputError(
      'container "web" in pod "web" is waiting to start: ContainerCreating',
    );
    const { client } = clientWith([
      ...[starting, starting, starting, starting],
      lines(1),
    ]);
    const found = await read(client);
    expect(found).toEqual(['…', '…', '…', '…', 'line 1', '=']);
    await expect(
      read(clientWith([starting]).client, { follow: false }),
    ).rejects.toThrow('waiting to start');
  });

  it('ends by its signal', async () => {
    const abort = new AbortController();
    const { client } = clientWith([lines(1), lines(1)], ['Running']);
    const log = followLog(client, REF, {
      ...{ follow: true, retryMs: 60_000, signal: abort.signal },
    });
    await log.next();
    await log.next();
    setTimeout(() => abort.abort(), 10);
    await expect(log.next()).rejects.toMatchObject({ name: 'AbortError' });
  });
});
