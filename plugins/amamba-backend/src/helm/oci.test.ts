import type { TestBackend } from '@backstage/backend-test-utils';
import { createHash } from 'crypto';
import request from 'supertest';
import { FakeServer } from '../__testUtils__/fakeServer';
import { as, startPortal } from '../__testUtils__/portal';
import { chart } from './__testUtils__/charts';
import { DebianRegistry, hasRegistry } from './__testUtils__/DebianRegistry';

// Starting a portal takes its time on a busy machine.
jest.setTimeout(60_000);

const BASE = '/api/amamba/v1/workspaces/team-a/helm';
const sha = (bytes: Buffer) =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

async function startPortalWith(host: string): Promise<TestBackend> {
  return startPortal({
    amamba: {
      secrets: { keys: ['0123456789abcdef0123456789abcdef'] },
      helm: { allow: [host] },
    },
  });
}

function callerOf(portal: TestBackend) {
  return {
    get: (path: string) =>
      request(portal.server)
        .get(`${BASE}${path}`)
        .set('Authorization', as('ed')),
    add: (body: object) =>
      request(portal.server)
        .post(`${BASE}/repositories`)
        .set('Authorization', as('ed'))
        .send({ name: 'oci', type: 'oci', ...body }),
  };
}

const describeWithRegistry = hasRegistry() ? describe : describe.skip;

describeWithRegistry('charts of an OCI registry (docker-registry)', () => {
  let registry: DebianRegistry;
  let portal: TestBackend;

  beforeAll(async () => {
    registry = await DebianRegistry.start();
    for (const version of ['1.0.0', '1.10.0', '1.9.0', '2.0.0-rc.1+build.5']) {
      await registry.push('team/web', version, chart('web', version));
    }
    portal = await startPortalWith(new URL(registry.url).host);
  });
  afterAll(async () => {
    await portal.stop();
    await registry.stop();
  });

  it('are listed, shown and downloaded, with user and password', async () => {
    const { get, add } = callerOf(portal);
    const url = `${registry.url}/team`;
    const refused = await add({ url, charts: ['web'] });
    expect(refused.status).toBe(404);
    expect(refused.body.error.message).toContain('user name and password');
    const { user: username, password } = registry;
    const added = await add({ url, charts: ['web'], username, password });
    expect([added.status, added.body.error?.message]).toEqual([201, undefined]);
    const list = await get('/charts');
    expect(list.body).toMatchObject({
      warnings: [],
      items: [{ name: 'web', version: '1.10.0', repository: 'oci' }],
    });
    const { status, body } = await get('/charts/oci/web');
    expect(status).toBe(200);
    expect(body).toMatchObject({ readme: '# web\n', version: '1.10.0' });
    expect(
      body.versions.map(({ version }: { version: string }) => version),
    ).toEqual(['2.0.0-rc.1+build.5', '1.10.0', '1.9.0', '1.0.0']);
    const newest = await get(
      `/charts/oci/web?version=${encodeURIComponent('2.0.0-rc.1+build.5')}`,
    );
    expect(newest.body.version).toBe('2.0.0-rc.1+build.5');
  });
});

describe('charts of an OCI registry that gives tokens, pages and redirects', () => {
  let registry: FakeServer;
  let store: FakeServer;
  let portal: TestBackend;

  beforeAll(async () => {
    registry = await FakeServer.start();
    store = await FakeServer.start();
    portal = await startPortal({
      amamba: {
        secrets: { keys: ['0123456789abcdef0123456789abcdef'] },
        helm: {
          allow: [registry.url, store.url].map(url => new URL(url).host),
        },
      },
    });
  });
  afterAll(async () => {
    await portal.stop();
    await registry.stop();
    await store.stop();
  });

  it('are read with a token that goes to nobody else', async () => {
    const archive = chart('web', '1.1.0');
    const config = Buffer.from('{"name":"web","description":"Of the test"}');
    const manifest = JSON.stringify({
      config: {
        mediaType: 'application/vnd.cncf.helm.config.v1+json',
        digest: sha(config),
      },
      layers: [
        {
          mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
          digest: sha(archive),
        },
      ],
    });
    store.handler = (_request, response) => {
      response.end(archive);
    };
    registry.handler = ({ url, headers }, response) => {
      if (url.startsWith('/token')) {
        const basic = Buffer.from('ann:a password').toString('base64');
        const isRight =
          headers.authorization === `Basic ${basic}` &&
          url.includes('scope=repository%3Aweb%3Apull');
        response.statusCode = isRight ? 200 : 401;
        response.end('{"token":"a-token"}');
        return;
      }
      if (headers.authorization !== 'Bearer a-token') {
        response.writeHead(401, {
          'www-authenticate': `Bearer realm="${registry.url}/token",service="r",scope="repository:web:pull"`,
        });
        response.end();
        return;
      }
      if (url === '/v2/web/tags/list') {
        response.setHeader('link', '</v2/web/tags/list?last=x>; rel="next"');
        response.end('{"tags":["1.0.0","latest"]}');
      } else if (url === '/v2/web/tags/list?last=x') {
        response.end('{"tags":["1.1.0"]}');
      } else if (url.endsWith(sha(config))) {
        response.end(config);
      } else if (url.endsWith(sha(archive))) {
        response.writeHead(307, { location: `${store.url}/blob?signed` });
        response.end();
      } else {
        response.end(manifest);
      }
    };
    const { get, add } = callerOf(portal);
    const added = await add({
      ...{ url: registry.url, charts: ['web'] },
      ...{ username: 'ann', password: 'a password' },
    });
    expect([added.status, added.body.error?.message]).toEqual([201, undefined]);
    const { status, body } = await get('/charts/oci/web');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ version: '1.1.0', description: 'Of the test' },
      versions: [{ version: '1.1.0' }, { version: '1.0.0' }],
    });
    expect(store.seen).toHaveLength(1);
    expect(store.seen[0].headers.authorization).toBeUndefined();
  });
});
