import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { FaultProxy } from './FaultProxy';

describe('FaultProxy', () => {
  let server: http.Server;
  let proxy: FaultProxy;

  beforeAll(async () => {
    server = http.createServer((request, response) => {
      response.end(`${request.method} ${request.url} ${'x'.repeat(100)}`);
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    proxy = await FaultProxy.start(`http://127.0.0.1:${port}`);
  });
  afterEach(() => proxy.heal());
  afterAll(async () => {
    await proxy.stop();
    await new Promise(resolve => server.close(resolve));
  });

  async function ask(path: string): Promise<string> {
    const answer = await fetch(`${proxy.url}${path}`);
    return `${answer.status} ${await answer.text()}`;
  }

  it('passes on what it shall not break', async () => {
    await expect(ask('/a?b=c')).resolves.toMatch(/^200 GET \/a\?b=c x{100}$/);
    expect(proxy.seen.at(-1)).toMatchObject({ method: 'GET', url: '/a?b=c' });
  });

  it('breaks what fits, as often as it shall', async () => {
    proxy.add({
      pattern: /^GET \/a/,
      times: 1,
      effect: { kind: 'answer', status: 410, body: '{}' },
    });
    await expect(ask('/b')).resolves.toMatch(/^200/);
    await expect(ask('/a')).resolves.toBe('410 {}');
    await expect(ask('/a')).resolves.toMatch(/^200/);
  });

  it.each([{ kind: 'drop' }, { kind: 'half', bytes: 50 }] as const)(
    'ends connections: %j',
    async effect => {
      proxy.add({ pattern: /./, effect });
      await expect(ask('/')).rejects.toThrow();
    },
  );

  it('is slow, down and up again', async () => {
    proxy.add({ pattern: /./, times: 1, effect: { kind: 'latency', ms: 80 } });
    const begin = Date.now();
    await ask('/');
    expect(Date.now() - begin).toBeGreaterThanOrEqual(75);
    proxy.down();
    await expect(ask('/')).rejects.toThrow();
    proxy.heal();
    await expect(ask('/')).resolves.toMatch(/^200/);
  });
});
