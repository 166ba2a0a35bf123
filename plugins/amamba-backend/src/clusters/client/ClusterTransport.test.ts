import { connect, createServer, type AddressInfo, type Socket } from 'net';
import { text } from 'stream/consumers';
import { createServer as createHttpServer } from 'http';
import { request } from 'undici';
import { gzipSync } from 'zlib';
import { FakeServer } from '../../__testUtils__/fakeServer';
import { path } from '../../http';
import { createAgents } from './agents';
import { ClusterTransport } from './ClusterTransport';

const TOKEN = 'very-secret-token';

describe('ClusterTransport', () => {
  let fake: FakeServer;
  const transports: ClusterTransport[] = [];

  function create(baseUrl = `${fake.url}/k8s/blue/`, stallMs = 200) {
    const transport = new ClusterTransport(
      {
        ...{ name: 'blue', baseUrl, skipTlsVerify: false, proxied: false },
        authorize: async () => ({
          headers: { authorization: `Bearer ${TOKEN}` },
          secrets: [TOKEN],
        }),
      },
      { watchStallMs: stallMs },
    );
    transports.push(transport);
    return transport;
  }

  const thing = { path: path`/api/v1/things/${'a b'}`, what: 'Thing a' };
  const failure = (promise: Promise<unknown>): Promise<Error> =>
    promise.then(
      () => new Error('it did not fail'),
      error => error,
    );

  beforeEach(async () => {
    fake = await FakeServer.start();
  });
  afterEach(async () => {
    await Promise.all(transports.splice(0).map(each => each.close()));
    await fake.stop();
  });

  it('keeps the path of the address, repeats lists in the query, and unpacks', async () => {
    fake.handler = (_request, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync('{"name":"x"}'));
    };
    await expect(
      create().json({
        ...thing,
        query: { command: ['a', 'b&c'], limit: 1, none: undefined },
      }),
    ).resolves.toEqual({ name: 'x' });
    expect(fake.seen[0]).toMatchObject({
      url: '/k8s/blue/api/v1/things/a%20b?command=a&command=b%26c&limit=1',
      headers: { 'accept-encoding': 'gzip', authorization: `Bearer ${TOKEN}` },
    });
  });

  it('does not unpack without end', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, '['));
    fake.handler = (_request, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(bomb);
    };
    await expect(
      create().json({ ...thing, limitBytes: 1_000_000 }),
    ).rejects.toMatchObject({
      reason: 'tooLarge',
      message:
        'Cluster "blue" answered with more than 1 MB, which the portal does not read',
    });
  });

  it('keeps the token out of messages even when the server repeats it', async () => {
    fake.handler = (seen, response) => {
      response.statusCode = 500;
      response.end(`you sent ${seen.headers.authorization}`);
    };
    const error = await failure(create().json(thing));
    expect(error.message).toContain('you sent Bearer ***');
    expect(JSON.stringify([error, error.message, error.stack])).not.toContain(
      TOKEN,
    );
  });

  it('follows no redirect, and sends the token nowhere else', async () => {
    const other = await FakeServer.start();
    fake.handler = (_request, response) => {
      response.writeHead(302, { location: `${other.url}/login` }).end();
    };
    await expect(create().json(thing)).rejects.toMatchObject({
      reason: 'redirect',
    });
    expect(other.seen).toHaveLength(0);
    await other.stop();
  });

  it.each([
    ['<!doctype html><p>Sign in', 'with a web page'],
    ['{"na', 'something that is not JSON'],
    ['"text"', 'something that is not JSON'],
  ])('knows that %j is no answer', async (answer, words) => {
    fake.handler = (_request, response) => {
      response.end(answer);
    };
    await expect(create().json(thing)).rejects.toThrow(words);
  });

  it('repeats reading, also a question that is posted, but never a change', async () => {
    fake.handler = (_request, response) => {
      response.destroy();
    };
    const transport = create();
    await expect(transport.json(thing)).rejects.toMatchObject({
      reason: 'unreachable',
    });
    expect(fake.seen).toHaveLength(2);
    await failure(
      transport.json({ ...thing, method: 'POST', isQuestion: true }),
    );
    expect(fake.seen).toHaveLength(4);
    await expect(transport.json({ ...thing, method: 'POST' })).rejects.toThrow(
      'whether it was carried out is not known',
    );
    expect(fake.seen).toHaveLength(5);
  });

  it('comes back when a busy server says when', async () => {
    let asked = 0;
    fake.handler = (_request, response) => {
      asked++;
      if (asked > 1) response.end('{}');
      else {
        response.statusCode = 429;
        response.end('{"kind":"Status","details":{"retryAfterSeconds":1}}');
      }
    };
    await expect(create().json(thing)).resolves.toEqual({});
    expect(asked).toBe(2);
  });

  it('waits neither for headers nor for the rest of an answer', async () => {
    const transport = create();
    fake.handler = () => {};
    await expect(
      transport.json({ ...thing, timeoutMs: 150 }),
    ).rejects.toMatchObject({ reason: 'timeout' });
    fake.handler = (_request, response) => {
      response.write('{');
    };
    await expect(
      transport.json({ ...thing, timeoutMs: 150 }),
    ).rejects.toMatchObject({ reason: 'timeout' });
  });

  it('ends a silent watch, but waits for a silent log', async () => {
    fake.handler = (_request, response) => {
      response.write('begin');
    };
    const transport = create();
    const watch = await transport.watch(thing);
    await expect(text(watch)).rejects.toMatchObject({ reason: 'timeout' });
    expect(fake.seen[0].headers['accept-encoding']).toBe('identity');
    const abort = new AbortController();
    const log = await transport.stream({ ...thing, signal: abort.signal });
    setTimeout(() => abort.abort(), 600);
    await expect(text(log)).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('createAgents', () => {
  it('goes through the HTTP proxy of the environment', async () => {
    const target = createHttpServer((_request, response) => {
      response.end('reached');
    });
    await new Promise<void>(resolve => target.listen(0, '127.0.0.1', resolve));
    const { port } = target.address() as AddressInfo;
    const asked: string[] = [];
    const sockets = new Set<Socket>();
    const proxy = createServer(socket => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.once('data', head => {
        asked.push(head.toString().split(' ').slice(0, 2).join(' '));
        const onward = connect(port, '127.0.0.1', () => {
          socket.write('HTTP/1.1 200 Connected\r\n\r\n');
          socket.pipe(onward).pipe(socket);
        });
        sockets.add(onward);
        onward.on('error', () => {});
      });
    });
    await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
    const proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const agents = createAgents(
      { skipVerify: false },
      { HTTP_PROXY: proxyUrl },
    );
    const answer = await request('http://cluster.test/version', {
      dispatcher: agents.calls,
    });
    await expect(answer.body.text()).resolves.toBe('reached');
    expect(asked).toEqual(['CONNECT cluster.test:80']);
    await agents.close();
    sockets.forEach(socket => socket.destroy());
    target.closeAllConnections();
    await new Promise(resolve => proxy.close(resolve));
    await new Promise(resolve => target.close(resolve));
  });
});
