import { pipelineEnginesExtensionPoint } from '@amamba/backstage-plugin-amamba-node';
import { createBackendModule } from '@backstage/backend-plugin-api';
import type { TestBackend } from '@backstage/backend-test-utils';
import request from 'supertest';
import { as, startPortal } from '../__testUtils__/portal';
import { FakeEngine } from './__testUtils__/FakeEngine';

const BASE = '/api/amamba/v1/workspaces/team-a/pipelines';
const SOURCE = { type: 'script', script: 'pipeline { }' };

describe('bad input over HTTP', () => {
  let backend: TestBackend;
  let engine: FakeEngine;

  const get = (path: string) =>
    request(backend.server)
      .get(`${BASE}${path}`)
      .set('Authorization', as('ed'));
  const post = (path: string, body: unknown) =>
    request(backend.server)
      .post(`${BASE}${path}`)
      .set('Authorization', as('ed'))
      .set('Content-Type', 'application/json')
      .send(JSON.stringify(body));

  beforeAll(async () => {
    engine = new FakeEngine();
    backend = await startPortal({
      features: [
        createBackendModule({
          pluginId: 'amamba',
          moduleId: 'fake-engine',
          register(env) {
            env.registerInit({
              deps: { engines: pipelineEnginesExtensionPoint },
              async init({ engines }) {
                engines.addEngine(engine);
              },
            });
          },
        }),
      ],
    });
    await post('', {
      name: 'shop',
      source: SOURCE,
      settings: {
        parameters: [
          { type: 'boolean', name: 'DRY' },
          { type: 'string', name: 'TEXT' },
        ],
      },
    });
    const run = engine.addRun('team-a/shop');
    run.log = 'one\ntwo\n';
    await post('/shop/sync', {});
  });

  afterAll(() => backend.stop());

  it.each([
    'a/b',
    '..',
    'a b',
    'a"b',
    "a'b",
    'ü',
    '名',
    '',
    '.a',
    'a\u0000',
    '<x/>',
    'a'.repeat(300),
  ])('refuses the name %j and says which field', async name => {
    const answer = await post('', { name, source: SOURCE });
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toMatch(/^name: /);
  });

  it.each([
    [{ url: 'ftp://x/y' }, 'source.url'],
    [{ url: 'https://user:pass@x/y' }, 'source.url'],
    [{ url: 'https://x/y', branch: '--upload-pack=x' }, 'source.branch'],
    [{ url: 'https://x/y', scriptPath: '../etc' }, 'source.scriptPath'],
    [{ url: 'https://x/y', credentialId: 'a b' }, 'source.credentialId'],
  ])('refuses the repository %j', async (source, field) => {
    const answer = await post('', {
      name: 'repo',
      source: { type: 'repository', ...source },
    });
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toMatch(new RegExp(`^${field}: `));
  });

  it.each([
    [{ DRY: 'yes' }, /parameters\.DRY: must be true or false/],
    [{ TEXT: true }, /parameters\.TEXT: must be text/],
    [{ NOPE: 'x' }, /parameters\.NOPE: is not a parameter/],
    [{ 'a b': 'x' }, /parameters\.a b/],
    [{ TEXT: 7 }, /parameters\.TEXT/],
  ])('refuses the values %j', async (parameters, message) => {
    const answer = await post('/shop/runs', { parameters });
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toMatch(message);
    expect(engine.queue).toHaveLength(0);
  });

  it.each([
    ['?after=nonsense', /^after: /],
    ['?before=e30', /^before: /],
    ['?limit=0', /^limit: /],
    ['?limit=1000', /^limit: /],
    ['?state=green', /^state/],
    ['?sort=colour', /^sort: /],
    ['/shop/runs?state=failed,green', /^state/],
    ['/shop/runs?after=%00', /^after: /],
    ['/shop/runs/0', /^run: /],
    ['/shop/runs/-1', /^run: /],
    ['/shop/runs/1e3', /^run: /],
    ['/shop/runs/99999999999', /^run: /],
    ['/shop/runs/1/log?start=-5', /^start: /],
    ['/shop/runs/1/log?line=x', /^line: /],
    ['/shop/runs/1/log?node=../../x', /^node: /],
    ['/shop/runs/1/log/search?q=(&regex=true', /^q: /],
    ['/shop/runs/1/tests?limit=0', /^limit: /],
  ])('refuses GET %s', async (path, message) => {
    const answer = await get(path);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toMatch(message);
  });

  it.each([
    '/..%2f..%2fteam-b',
    '/shop/runs/2',
    '/shop/runs/9999999999',
    '/shop/runs/00000000-0000-4000-8000-000000000000',
    '/nope/runs/1',
    '/shop/runs/1/artifacts/content?path=../../config.xml',
    '/shop/runs/1/artifacts/content?path=%2Fetc%2Fpasswd',
  ])('does not find GET %s', async path => {
    const answer = await get(path);
    expect([400, 404]).toContain(answer.status);
  });

  it('gives nothing of a log beyond its end, and says where that is', async () => {
    const answer = await get('/shop/runs/1/log?start=999999999');
    expect(answer.body).toMatchObject({ text: '', end: 8, more: true });
  });

  it('refuses forged cursors before they reach the database', async () => {
    const forge = async (path: string, key: unknown[]) => {
      const page = await get(`${path}limit=1`);
      const cursor = page.body.nextCursor;
      if (!cursor) throw new Error('one page only');
      const real = JSON.parse(Buffer.from(cursor, 'base64url').toString());
      const forged = Buffer.from(JSON.stringify({ ...real, k: key }));
      return get(`${path}limit=1&after=${forged.toString('base64url')}`);
    };
    engine.addRun('team-a/shop');
    await post('/shop/sync', {});
    await post('', { name: 'second', source: SOURCE });
    for (const key of [['x', 'y'], [1e300, 'y'], [1], [null, null], [1, 2]]) {
      const answer = await forge('/shop/runs?', key);
      expect(answer.status).toBe(400);
    }
    for (const key of [
      [1, 'y'],
      ['a\u0000', 'y'],
      ['a', 'b\u0000'],
    ]) {
      expect((await forge('?', key)).status).toBe(400);
    }
  });

  it('keeps any text as text', async () => {
    const nasty = `a\u0000b</script><x>"'\\$\{7*7}\n名 ${'é'.repeat(100)}; rm -rf /`;
    const answer = await post('', {
      name: 'nasty',
      description: nasty,
      source: { type: 'script', script: nasty },
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      description: nasty.replace('\u0000', ''),
      source: { script: nasty },
    });
    expect((await get('?q=%00x')).status).toBe(200);
    expect((await get('/shop/runs?by=%00&branch=%00&q=%00')).status).toBe(200);
    const found = await get(`?q=${encodeURIComponent('rm -rf /')}`);
    expect(found.body.total).toBe(1);
  });

  it('refuses a body that is too large, broken or of another kind', async () => {
    const large = await post('', { name: 'x'.repeat(5_000_000) });
    expect(large.status).toBe(413);
    const send = (text: string, type: string) =>
      request(backend.server)
        .post(BASE)
        .set('Authorization', as('ed'))
        .set('Content-Type', type)
        .send(text);
    expect((await send('{"name": ', 'application/json')).status).toBe(400);
    expect((await send('<xml/>', 'application/xml')).status).toBe(400);
    expect((await send('[]', 'application/json')).status).toBe(400);
  });
});
