import type { PipelineDraftInput } from '@amamba/backstage-plugin-amamba-common';
import { pipelineEnginesExtensionPoint } from '@amamba/backstage-plugin-amamba-node';
import { createBackendModule } from '@backstage/backend-plugin-api';
import type { TestBackend } from '@backstage/backend-test-utils';
import request from 'supertest';
import { setTimeout as sleep } from 'timers/promises';
import { as, startPortal } from '../__testUtils__/portal';
import { FakeEngine } from './__testUtils__/FakeEngine';

const BASE = '/api/amamba/v1/workspaces';
const DRAFT: PipelineDraftInput = {
  name: 'shop',
  source: {
    type: 'script',
    script: `pipeline {
  agent any
  parameters { string(name: 'VERSION', defaultValue: '1') }
  stages { stage('Build') { steps { echo 'hi' } } }
}`,
  },
  settings: {
    parameters: [
      { type: 'choice', name: 'WHERE', choices: ['dev', 'prod'] },
      { type: 'password', name: 'KEY', hasDefault: true },
    ],
  },
};

function engineModule(engine: FakeEngine) {
  return createBackendModule({
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
  });
}

async function eventually<T>(
  read: () => Promise<T>,
  isRight: (value: T) => boolean,
): Promise<T> {
  for (let i = 0; ; i++) {
    const value = await read();
    if (isRight(value) || i > 60) return value;
    await sleep(100);
  }
}

describe('pipelines over HTTP', () => {
  let backend: TestBackend;
  let engine: FakeEngine;

  const get = (path: string, user = 'ed') =>
    request(backend.server)
      .get(`${BASE}/${path}`)
      .set('Authorization', as(user));
  const post = (path: string, body: object = {}, user = 'ed') =>
    request(backend.server)
      .post(`${BASE}/${path}`)
      .set('Authorization', as(user))
      .send(body);

  beforeAll(async () => {
    engine = new FakeEngine();
    backend = await startPortal({ features: [engineModule(engine)] });
  });

  afterAll(() => backend.stop());

  it('leads from a Jenkinsfile to a run, its log, an approval and the overview', async () => {
    const created = await post('team-a/pipelines', DRAFT);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      name: 'shop',
      sync: { state: 'synced' },
      version: 1,
      hasParameters: true,
    });
    expect(created.body.can).toContain('amamba.run.start');

    const form = await get('team-a/pipelines/shop/run-form');
    expect(
      form.body.parameters.map(({ name }: { name: string }) => name),
    ).toEqual(['VERSION', 'WHERE', 'KEY']);

    const wrong = await post('team-a/pipelines/shop/runs', {
      parameters: { WHERE: 'moon', NOPE: 'x', VERSION: true },
    });
    expect(wrong.status).toBe(400);
    expect(wrong.body.error.message).toMatch(/parameters\.WHERE: must be one/);
    expect(wrong.body.error.message).toMatch(/parameters\.NOPE: is not/);
    expect(wrong.body.error.message).toMatch(/parameters\.VERSION: must be/);

    const started = await post('team-a/pipelines/shop/runs', {
      parameters: { WHERE: 'prod', KEY: 'hush' },
      idempotencyKey: 'only-once',
    });
    expect(started.status).toBe(202);
    expect(started.body).toMatchObject({
      state: 'queued',
      cause: { type: 'manual', by: 'user:default/ed' },
      parameters: { WHERE: 'prod' },
    });
    expect(JSON.stringify(started.body)).not.toContain('hush');
    const again = await post('team-a/pipelines/shop/runs', {
      parameters: { WHERE: 'prod' },
      idempotencyKey: 'only-once',
    });
    expect(again.body.id).toBe(started.body.id);
    expect(engine.queue).toHaveLength(1);

    const [run] = engine.startQueued();
    run.log = 'one\ntwo\n';
    run.stage = 'Deploy';
    run.approvals = [
      {
        id: 'Deploy',
        message: 'Deploy?',
        okLabel: 'Go',
        approvers: ['release-managers'],
        parameters: [],
        stage: 'Deploy',
      },
    ];
    const waiting = await eventually(
      () => get(`team-a/pipelines/shop/runs/${started.body.id}`),
      ({ body }) => body.state === 'waiting',
    );
    expect(waiting.body).toMatchObject({ number: 1, stage: 'Deploy' });
    expect(waiting.body.approvals[0]).toMatchObject({ mayDecide: false });

    const log = await get('team-a/pipelines/shop/runs/1/log');
    expect(log.body).toMatchObject({ text: 'one\ntwo\n', end: 8, more: true });
    const raw = await get('team-a/pipelines/shop/runs/1/log/raw');
    expect(raw.text).toBe('one\ntwo\n');
    expect(raw.headers['content-disposition']).toContain('shop-1.log');

    const decide = (user: string) =>
      post(
        'team-a/pipelines/shop/runs/1/approvals/Deploy',
        { decision: 'approve' },
        user,
      );
    expect((await decide('ed')).status).toBe(403);
    expect((await decide('vi')).status).toBe(403);
    expect((await decide('sam')).status).toBe(404);
    const overview = await get('~all/overview', 'rel');
    expect(overview.body).toMatchObject({
      waiting: [{ run: { pipeline: 'shop', number: 1 } }],
      counts: { waiting: 1, pipelines: 1 },
    });
    expect((await decide('rel')).status).toBe(200);
    const late = await decide('ann');
    expect(late.status).toBe(409);
    expect(late.body.error.message).toMatch(/user:default\/rel approved/);

    engine.finish(run);
    const done = await eventually(
      () => get('team-a/pipelines/shop'),
      ({ body }) => body.lastRun?.state === 'succeeded',
    );
    expect(done.body).toMatchObject({
      recent: ['succeeded'],
      statistics: { total: 1, succeeded: 1, typicalDurationMs: 5000 },
    });
  });

  it('lists without asking the engine, and says that it does not answer', async () => {
    engine.goDown();
    const failed = await post('team-a/pipelines/shop/runs');
    expect(failed.status).toBe(503);
    engine.calls.length = 0;
    const list = await get('team-a/pipelines?sort=lastRun&order=desc');
    expect(list.status).toBe(200);
    expect(list.body.items).toHaveLength(1);
    expect(list.body.warnings).toMatchObject([
      { source: 'jenkins:ci', message: 'Jenkins "ci" does not answer' },
    ]);
    const runs = await get('team-a/pipelines/shop/runs');
    expect(runs.body.items.length).toBeGreaterThan(0);
    expect(engine.calls.filter(call => call !== 'health')).toEqual([]);
    engine.comeBack();
  });

  it('shows the tab of an entity with one answer', async () => {
    const entityRef = 'component:default/shop';
    await post('team-a/pipelines', { ...DRAFT, name: 'ours', entityRef });
    const tab = (user: string, entity = 'shop', query = '') =>
      request(backend.server)
        .get(
          `/api/amamba/v1/entities/component/default/${entity}/pipelines${query}`,
        )
        .set('Authorization', as(user));
    const { status, body } = await tab('ed');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      items: [{ name: 'ours', entityRef }],
      total: 1,
      place: {
        ...{ entityRef, by: 'owner' },
        workspace: { name: 'team-a', role: 'editor', admins: [{}, {}] },
      },
    });
    const list = await get(`team-a/pipelines?entity=${entityRef}`);
    const { place, ...page } = body;
    expect(list.body).toEqual(page);
    const alone = await request(backend.server)
      .get('/api/amamba/v1/entities/component/default/shop/workspace')
      .set('Authorization', as('ed'));
    expect(alone.body).toEqual(place);

    // the same entity for somebody else at the same moment
    expect((await tab('vi')).body.items[0].can).toEqual([
      'amamba.pipeline.read',
    ]);
    expect((await tab('sam')).status).toBe(404);
    expect((await tab('ed', 'search')).status).toBe(404);
    expect((await tab('ed', 'missing')).status).toBe(404);
    expect((await tab('ed', 'shop', '?q=other')).body).toMatchObject({
      ...{ items: [], total: 0, place: { workspace: { name: 'team-a' } } },
    });
    expect((await tab('ed', 'shop', '?limit=0')).status).toBe(400);
  });

  it('keeps what it cannot write yet, and deletes', async () => {
    engine.goDown();
    const created = await post('team-a/pipelines', { ...DRAFT, name: 'cart' });
    expect(created.status).toBe(201);
    expect(created.body.sync).toMatchObject({ state: 'pending' });
    engine.comeBack();
    expect((await post('team-a/pipelines/cart/sync')).status).toBe(200);
    expect([...engine.jobs.keys()]).toContain('team-a/cart');
    const deleted = await request(backend.server)
      .delete(`${BASE}/team-a/pipelines/cart`)
      .set('Authorization', as('ed'));
    expect(deleted.status).toBe(204);
    expect([...engine.jobs.keys()]).not.toContain('team-a/cart');
    expect((await get('team-a/pipelines/cart')).status).toBe(404);
  });

  it('tells who was faster', async () => {
    const change = { source: DRAFT.source, version: 1 };
    const put = () =>
      request(backend.server)
        .put(`${BASE}/team-a/pipelines/shop`)
        .set('Authorization', as('ann'))
        .send(change);
    expect((await put()).body).toMatchObject({ version: 2 });
    const second = await put();
    expect(second.status).toBe(409);
    expect(second.body.error.message).toMatch(/^user:default\/ann changed/);
  });
});
