import type { TestBackend } from '@backstage/backend-test-utils';
import request from 'supertest';
import { FakeServer, type FakeHandler } from '../__testUtils__/fakeServer';
import { as, startPortal } from '../__testUtils__/portal';
import { chart, pack } from './__testUtils__/charts';
import { ChartServer } from './__testUtils__/ChartServer';

// Starting a portal takes its time on a busy machine.
jest.setTimeout(60_000);

const BASE = '/api/amamba/v1/workspaces/team-a/helm';
const PASSWORD = 'a-password-of-ann';

describe('chart repositories over HTTP', () => {
  let charts: ChartServer;
  let odd: FakeServer;
  let portal: TestBackend;
  let count = 0;

  beforeAll(async () => {
    charts = await ChartServer.start();
    odd = await FakeServer.start();
    charts.add('web', '1.0.0');
    charts.add('web', '1.2.0', {
      'values.schema.json': '{"type":"object"}',
    });
    charts.add('web', '1.3.0-rc.1');
    charts.add('store', '0.1.0');
    portal = await startPortal({
      amamba: {
        secrets: { keys: ['0123456789abcdef0123456789abcdef'] },
        helm: {
          allow: [charts.host, new URL(odd.url).host],
          repositories: [{ name: 'platform', url: charts.url }],
        },
      },
    });
  });
  afterAll(async () => {
    await portal.stop();
    await charts.stop();
    await odd.stop();
  });
  afterEach(() => {
    charts.credentials = undefined;
  });

  const get = (path: string, user = 'ed') =>
    request(portal.server).get(`${BASE}${path}`).set('Authorization', as(user));
  const send = (
    method: 'post' | 'put' | 'delete',
    path: string,
    body: object = {},
    user = 'ed',
  ) =>
    request(portal.server)
      [method](`${BASE}${path}`)
      .set('Authorization', as(user))
      .send(body);
  const add = (name: string, more: object = {}, user = 'ed') =>
    send(
      'post',
      '/repositories',
      { name, type: 'http', url: charts.url, ...more },
      user,
    );

  it('lists charts of all repositories, paged, searched and with finished versions first', async () => {
    expect((await add('own')).status).toBe(201);
    const first = await get('/charts?limit=3');
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({
      total: 4,
      warnings: [],
      items: [
        { name: 'store', repository: 'own', version: '0.1.0' },
        { name: 'store', repository: 'platform' },
        { name: 'web', repository: 'own', version: '1.2.0' },
      ],
    });
    const { nextCursor } = first.body;
    const second = await get(`/charts?limit=3&after=${nextCursor}`);
    expect(second.body.items).toMatchObject([{ repository: 'platform' }]);
    const found = await get('/charts?q=STORE&repository=own');
    expect(found.body.items).toMatchObject([{ name: 'store' }]);
    expect((await get('/repositories')).body.items).toMatchObject([
      { name: 'platform', scope: 'platform', chartCount: 2 },
      { name: 'own', scope: 'workspace', version: 1, chartCount: 2 },
    ]);
    expect((await send('delete', '/repositories/own')).status).toBe(204);
  });

  it('shows a chart with its readme, values with comments, schema and versions', async () => {
    const { status, body } = await get('/charts/platform/web', 'vi');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      version: '1.2.0',
      readme: '# web\n',
      defaultValues: '# How it greets\ngreeting: hello\n',
      schema: { type: 'object' },
      versions: [
        { version: '1.3.0-rc.1' },
        { version: '1.2.0', createdAt: '2026-11-01T00:00:00.123Z' },
        { version: '1.0.0' },
      ],
    });
    const old = await get('/charts/platform/web?version=1.0.0');
    expect([old.body.version, old.body.schema]).toEqual(['1.0.0', undefined]);
    expect((await get('/charts/platform/web?version=9.9.9')).status).toBe(404);
    expect((await get('/charts/platform/nothing')).status).toBe(404);
    expect((await get('/charts/nowhere/web')).status).toBe(404);
    expect((await get('/charts/platform/web', 'sam')).status).toBe(404);
  });

  it('keeps a password, never gives it back and sends it to one place only', async () => {
    charts.credentials = `ann:${PASSWORD}`;
    const refused = await add('locked');
    expect(refused.status).toBe(503);
    expect(JSON.stringify(refused.body)).not.toContain('secret words');
    const added = await add('locked', { username: 'ann', password: PASSWORD });
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({ username: 'ann', hasPassword: true });
    const listed = await get('/repositories', 'ann');
    expect(JSON.stringify(listed.body)).not.toContain(PASSWORD);
    const page = await get('/charts?repository=locked');
    expect(page.body).toMatchObject({ total: 2, warnings: [] });
    const change = { type: 'http', username: 'ann', version: 1 };
    // somebody else's server would see it
    const moved = await send('put', '/repositories/locked', {
      ...{ ...change, url: odd.url },
    });
    expect(moved.status).toBe(400);
    expect(moved.body.error.message).toContain('password:');
    expect(odd.seen).toEqual([]);
    const stays = await send('put', '/repositories/locked', {
      ...{ ...change, url: `${charts.url}/` },
    });
    expect([stays.status, stays.body.version]).toEqual([200, 2]);
    const old = await send('put', '/repositories/locked', {
      ...{ ...change, url: charts.url },
    });
    expect(old.status).toBe(409);
    const audit = await request(portal.server)
      .get('/api/amamba/v1/workspaces/team-a/audit')
      .set('Authorization', as('ann'));
    expect(JSON.stringify(audit.body)).toContain('helm-repository.create');
    expect(JSON.stringify(audit.body)).not.toContain(PASSWORD);
  });

  it.each([
    ['one of the platform', { name: 'platform' }, 409],
    ['a user name in the address', { url: 'http://a:b@127.0.0.1/' }, 400],
    ['another scheme', { url: 'file:///etc' }, 400],
    ['a registry without charts', { type: 'oci' }, 400],
    ['a password for nobody', { password: 'x' }, 400],
    ['this machine', { url: 'http://127.0.0.1:1/' }, 400],
    ['this machine by name', { url: 'http://localhost:1/' }, 400],
    ['this machine in other figures', { url: 'http://2130706433:1/' }, 400],
    ['this machine in IPv6', { url: 'http://[::ffff:7f00:1]:1/' }, 400],
    ['metadata of a cloud', { url: 'http://169.254.169.254/latest' }, 400],
    ['a private network', { url: 'https://10.0.0.1/' }, 400],
  ])('is not %s', async (_what, more, status) => {
    const answer = await add('new', more);
    expect([answer.status, answer.body.error?.message]).toEqual([
      status,
      expect.any(String),
    ]);
  });

  it('is added by who may, and changed where it stands', async () => {
    expect((await add('x', {}, 'vi')).status).toBe(403);
    expect((await add('x', {}, 'sam')).status).toBe(404);
    const platform = await send('delete', '/repositories/platform');
    expect(platform.status).toBe(400);
    expect(platform.body.error.message).toContain('configuration');
    expect((await send('delete', '/repositories/nowhere')).status).toBe(404);
  });

  const answer =
    (status: number, body: string | Buffer, headers = {}): FakeHandler =>
    (_request, response) => {
      response.writeHead(status, headers);
      response.end(body);
    };

  it.each<[string, FakeHandler, RegExp]>([
    ['HTML', answer(200, '<html>Sign in</html>'), /web page/],
    ['401', answer(401, 'who are you'), /user name and password/],
    ['nothing', answer(404, ''), /does not have its index/],
    ['no YAML', answer(200, 'a: [b'), /cannot be read/],
    ['no index', answer(200, 'just: this'), /no entries/],
    [
      'a redirect to this machine',
      answer(302, '', { location: 'http://127.0.0.1:9/' }),
      /inside of the portal's own network/,
    ],
    [
      'a redirect to a file',
      answer(302, '', { location: 'file:///etc/passwd' }),
      /redirects/,
    ],
    [
      'a YAML bomb',
      answer(
        200,
        `${Array.from(
          { length: 12 },
          (_, i) =>
            `a${i}: &a${i} [${
              i === 0
                ? 'x'
                : Array(10)
                    .fill(`*a${i - 1}`)
                    .join()
            }]`,
        ).join('\n')}\nentries: {web: [{version: *a11}]}`,
      ),
      /takes too (?:much|long)|cannot be read/,
    ],
    [
      'too much',
      (_request, response) => {
        const more = () => {
          while (response.write(Buffer.alloc(1_000_000, 'x')))
            if (response.destroyed) return;
          response.once('drain', more);
        };
        response.on('error', () => {});
        more();
      },
      /more than 40 MB/,
    ],
  ])(
    'says what is wrong when it answers %s',
    async (_what, handler, words) => {
      odd.handler = handler;
      const { status, body } = await add('odd', { url: odd.url });
      expect(body.error.message).toMatch(words);
      expect(status).toBeGreaterThanOrEqual(400);
      expect((await get('/repositories')).body.items).not.toContainEqual(
        expect.objectContaining({ name: 'odd' }),
      );
    },
    60_000,
  );

  it.each([
    [
      'a path out of it',
      pack([{ path: 'bad/../../etc/passwd', content: 'x' }]),
      /outside/,
    ],
    ['an absolute path', pack([{ path: '/etc/passwd' }]), /outside/],
    [
      'a link',
      pack([{ path: 'bad/leak', type: 'SymbolicLink', link: '/etc/passwd' }]),
      /SymbolicLink/,
    ],
    ['no chart', pack([{ path: 'bad/x', content: 'x' }]), /Chart\.yaml/],
    ['no archive', Buffer.from('hello'), /not a \.tgz/],
    [
      'a bomb',
      pack([{ path: 'bad/x', content: ' '.repeat(70_000_000) }]),
      /too large/,
    ],
  ])('refuses an archive with %s', async (_what, archive, words) => {
    const bad = await ChartServer.start();
    bad.add('bad', '1.0.0', archive);
    // the very server that the portal trusts tells of it
    const handler = charts.server.handler;
    charts.server.handler = bad.server.handler;
    const name = `bad-${count++}`;
    const added = await add(name);
    const { status, body } = await get(`/charts/${name}/bad`);
    charts.server.handler = handler;
    await send('delete', `/repositories/${name}`);
    await bad.stop();
    expect([added.status, status, body.error?.message]).toEqual([
      ...[201, 400],
      expect.stringMatching(words),
    ]);
  });

  it('refuses an archive that is another one than the index says', async () => {
    odd.handler = ({ url }, response) => {
      response.end(
        url.endsWith('index.yaml')
          ? JSON.stringify({
              entries: {
                web: [{ version: '1.0.0', digest: 'ab', urls: ['web.tgz'] }],
              },
            })
          : chart('web', '1.0.0'),
      );
    };
    expect((await add('other', { url: odd.url })).status).toBe(201);
    const { status, body } = await get('/charts/other/web');
    expect(status).toBe(503);
    expect(body.error.message).toContain('checksum differs');
  });

  it('shows the charts of others when one repository fails', async () => {
    odd.handler = answer(500, '');
    const { body } = await get('/charts?repository=other');
    expect(body).toMatchObject({ total: 1, warnings: [] });
  });
});
