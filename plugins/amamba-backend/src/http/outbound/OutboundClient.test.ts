import type { AddressInfo } from 'net';
import { createServer } from 'net';
import { Readable } from 'stream';
import { buffer, text } from 'stream/consumers';
import { pipeline } from 'stream/promises';
import { setTimeout as sleep } from 'timers/promises';
import { z } from 'zod';
import { FakeServer } from '../../__testUtils__/fakeServer';
import { OutboundClient, path } from '.';
import type { OutboundOptions } from './types';

const TOKEN = 'very-secret-token';

describe('OutboundClient', () => {
  let fake: FakeServer;
  let client: OutboundClient;
  const clients: OutboundClient[] = [];

  function create(options: Partial<OutboundOptions> = {}): OutboundClient {
    const created = new OutboundClient({
      system: 'Builder "ci"',
      baseUrl: `${fake.url}/root/`,
      headers: { authorization: `Basic ${TOKEN}` },
      secrets: [TOKEN],
      credentialsAdvice: 'Check the token of "ci"',
      timeouts: { headersMs: 300, idleMs: 300, totalMs: 1_500 },
      ...options,
    });
    clients.push(created);
    return created;
  }

  const thing = { path: path`/things/${'a b'}`, what: 'the thing "a b"' };
  const anything = z.object({ name: z.string() });

  beforeEach(async () => {
    fake = await FakeServer.start();
    client = create();
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map(item => item.close()));
    await fake.stop();
  });

  it('sends credentials, query and forms below the base address', async () => {
    fake.handler = (_request, response) => {
      response.end('{"name":"x"}');
    };
    await expect(
      client.json(anything, {
        ...thing,
        query: { tree: 'a[b]', depth: 1, none: undefined },
      }),
    ).resolves.toEqual({ name: 'x' });
    await client.text({
      ...thing,
      method: 'POST',
      body: { form: { value: 'a&b=ü' } },
    });
    expect(fake.seen[0].url).toBe('/root/things/a%20b?tree=a%5Bb%5D&depth=1');
    expect(fake.seen[0].headers.authorization).toBe(`Basic ${TOKEN}`);
    expect(fake.seen[1].body).toBe('value=a%26b%3D%C3%BC');
    expect(fake.seen[1].headers['content-type']).toBe(
      'application/x-www-form-urlencoded',
    );
  });

  it.each([
    [400, 'InputError', 'Builder "ci" refused the thing "a b": no good'],
    [
      401,
      'ServiceUnavailableError',
      'refused the portal\'s credentials: no good. Check the token of "ci"',
    ],
    [403, 'ServiceUnavailableError', "does not allow the portal's account"],
    [404, 'NotFoundError', 'Builder "ci" does not have the thing "a b"'],
    [409, 'ConflictError', 'cannot do this now with the thing "a b": no good'],
    [429, 'ServiceUnavailableError', 'asked too often'],
    [500, 'ServiceUnavailableError', 'failed at the thing "a b" (HTTP 500)'],
    [503, 'ServiceUnavailableError', 'is starting or overloaded'],
  ])('explains HTTP %d', async (status, name, message) => {
    client = create({
      explain: answer => answer.headers['x-error'] ?? answer.text,
    });
    fake.handler = (_request, response) => {
      response.statusCode = status;
      response.setHeader('x-error', 'no\tgood');
      response.end('x'.repeat(1000));
    };
    await expect(client.text(thing)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
    expect(fake.seen).toHaveLength(1);
  });

  it('keeps secrets out of messages even when the system repeats them', async () => {
    client = create({ explain: answer => answer.text });
    fake.handler = (request, response) => {
      response.statusCode = 500;
      response.end(`you sent ${request.headers.authorization}`);
    };
    const error = await client.text(thing).catch((e: Error) => e);
    expect(String(error)).toContain('you sent Basic ***');
    expect(JSON.stringify(error)).not.toContain(TOKEN);
  });

  it('tells a web page from broken and from unknown JSON', async () => {
    const answers = ['<!DOCTYPE html><p>', '{"na', '{"name":7}', ''];
    const messages: string[] = [];
    for (const answer of answers) {
      fake.handler = (_request, response) => {
        response.end(answer);
      };
      const error: Error = await client.json(anything, thing).then(
        () => new Error('no error'),
        e => e,
      );
      messages.push(error.message);
    }
    expect(messages).toEqual([
      expect.stringContaining('with a web page instead of data'),
      expect.stringContaining('with broken JSON'),
      expect.stringContaining('in an unknown form'),
      expect.stringContaining('with broken JSON'),
    ]);
  });

  it('never follows a redirect to another host', async () => {
    const other = await FakeServer.start();
    for (const status of [301, 302, 307, 308]) {
      fake.handler = (_request, response) => {
        response.writeHead(status, { location: `${other.url}/login` });
        response.end();
      };
      const refused = {
        name: 'ServiceUnavailableError',
        message: expect.stringContaining(`another address, ${other.url}`),
      };
      await expect(client.json(anything, thing)).rejects.toMatchObject(refused);
      await expect(client.open(thing)).rejects.toMatchObject(refused);
      await expect(
        client.text({ ...thing, method: 'POST', accept: [302] }),
      ).rejects.toMatchObject(refused);
    }
    expect(other.seen).toHaveLength(0);
    await other.stop();
  });

  it('follows a few redirects of a GET on the same host, none of a POST', async () => {
    fake.handler = (request, response) => {
      if (request.url === '/moved') response.end('{"name":"moved"}');
      else response.writeHead(302, { location: '/moved' }).end();
    };
    await expect(client.json(anything, thing)).resolves.toEqual({
      name: 'moved',
    });
    await expect(client.text({ ...thing, method: 'POST' })).rejects.toThrow(
      'redirects instead of answering',
    );
    await expect(
      client.text({ ...thing, method: 'POST', accept: [302] }),
    ).resolves.toMatchObject({ status: 302, headers: { location: '/moved' } });
    fake.handler = (_request, response) => {
      response.writeHead(302, { location: '/circle' }).end();
    };
    await expect(client.text(thing)).rejects.toThrow('redirects instead');
  });

  it('repeats a GET whose connection breaks, but never a POST', async () => {
    let failures = 2;
    fake.handler = (_request, response) => {
      if (failures-- > 0) {
        response.writeHead(200, { 'content-length': 100 });
        response.write('{"name":');
        setImmediate(() => response.destroy());
      } else response.end('{"name":"x"}');
    };
    await expect(client.json(anything, thing)).resolves.toEqual({ name: 'x' });
    expect(fake.seen).toHaveLength(3);
    failures = 1;
    await expect(
      client.json(anything, { ...thing, method: 'POST' }),
    ).rejects.toThrow(/broke off.*whether it was carried out is not known/);
    expect(fake.seen).toHaveLength(4);
  });

  it('gives up a GET that always breaks', async () => {
    fake.handler = (_request, response) => {
      response.destroy();
    };
    await expect(client.text(thing)).rejects.toMatchObject({
      reason: 'unreachable',
    });
    expect(fake.seen).toHaveLength(3);
  });

  it('names a host that cannot be reached', async () => {
    client = create({ baseUrl: 'http://127.0.0.1:1' });
    await expect(client.text(thing)).rejects.toMatchObject({
      message: expect.stringMatching(
        /^Builder "ci" could not be reached.* \(ECONNREFUSED\)\. Check .* is right$/,
      ),
      origin: expect.objectContaining({ code: 'ECONNREFUSED' }),
    });
  });

  it('waits neither for headers nor for a body that does not come', async () => {
    fake.handler = () => {};
    await expect(client.text(thing)).rejects.toMatchObject({
      reason: 'timeout',
    });
    fake.handler = (_request, response) => {
      response.write('{');
    };
    await expect(client.text(thing)).rejects.toMatchObject({
      reason: 'timeout',
    });
  });

  it('has a limit for everything together, so that drops of data do not help', async () => {
    fake.handler = (_request, response) => {
      const timer = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(timer));
    };
    const begin = Date.now();
    await expect(client.text(thing)).rejects.toMatchObject({
      reason: 'timeout',
    });
    expect(Date.now() - begin).toBeLessThan(3_000);
  });

  it('does not read 200 MB of JSON', async () => {
    let written = 0;
    const chunk = Buffer.alloc(1_000_000, '[');
    fake.handler = async (_request, response) => {
      const all = Readable.from(
        (function* chunks() {
          for (; written < 200_000_000; written += chunk.length) yield chunk;
        })(),
      );
      await pipeline(all, response).catch(() => {});
    };
    const before = process.memoryUsage().rss;
    await expect(client.json(anything, thing)).rejects.toMatchObject({
      reason: 'tooLarge',
      message:
        'Builder "ci" answered with more than 8 MB, which the portal does not read',
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
    expect(written).toBeLessThan(40_000_000);
  });

  it('streams, and stops the transfer when the reader goes', async () => {
    fake.handler = (_request, response) => {
      response.writeHead(200, { 'x-size': '3' });
      response.end('abc');
    };
    const answer = await client.open(thing);
    expect(answer.headers['x-size']).toBe('3');
    await expect(text(answer.stream)).resolves.toBe('abc');

    const closed = new Promise<void>(resolve => {
      fake.handler = (_request, response) => {
        response.on('close', resolve);
        response.write('beginning');
      };
    });
    const endless = await client.open(thing);
    endless.stream.destroy();
    await expect(closed).resolves.toBeUndefined();
  });

  it('ends a stream by its signal, also after the headers', async () => {
    fake.handler = (_request, response) => {
      response.write('beginning');
    };
    const abort = new AbortController();
    const { stream } = await client.open({ ...thing, signal: abort.signal });
    setTimeout(() => abort.abort(), 20);
    await expect(buffer(stream)).rejects.toMatchObject({ name: 'AbortError' });
    await expect(
      client.text({ ...thing, signal: abort.signal }),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('explains a stream that breaks off or stops', async () => {
    fake.handler = async (_request, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('half');
      await sleep(20);
      response.destroy();
    };
    const broken = await client.open(thing);
    await expect(buffer(broken.stream)).rejects.toThrow(/broke off/);
    fake.handler = (_request, response) => {
      response.write('then nothing');
    };
    const silent = await client.open(thing);
    await expect(buffer(silent.stream)).rejects.toMatchObject({
      reason: 'timeout',
    });
  });

  it('knows what is not HTTP', async () => {
    const server = createServer(socket => {
      socket.on('error', () => {});
      socket.once('data', () => socket.write('SSH-2.0-OpenSSH\r\n'));
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    client = create({ baseUrl: `http://127.0.0.1:${port}` });
    await expect(client.text(thing)).rejects.toMatchObject({
      reason: 'unreadable',
    });
    await new Promise(resolve => server.close(resolve));
  });

  it.each(['ftp://host', 'host', 'http://user:pw@host', ''])(
    'refuses the address %j',
    baseUrl => {
      expect(() => create({ baseUrl })).toThrow('The address of Builder "ci"');
    },
  );
});
