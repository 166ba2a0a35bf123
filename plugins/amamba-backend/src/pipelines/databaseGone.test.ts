import { pipelineEnginesExtensionPoint } from '@amamba/backstage-plugin-amamba-node';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { TestDatabases, type TestBackend } from '@backstage/backend-test-utils';
import createKnex, { type Knex } from 'knex';
import { randomUUID } from 'crypto';
import request from 'supertest';
import { setTimeout as sleep } from 'timers/promises';
import { as, startPortal } from '../__testUtils__/portal';
import { TcpProxy } from '../__testUtils__/TcpProxy';
import { FakeEngine } from './__testUtils__/FakeEngine';

jest.setTimeout(120_000);

const BASE = '/api/amamba/v1/workspaces/team-a/pipelines';
const SOURCE = { type: 'script', script: 'pipeline { }' };
const APPROVAL = {
  ...{ id: 'Go', message: 'Go?', okLabel: 'Go' },
  ...{ approvers: [], parameters: [] },
};
/** As docs/database.md advises, in milliseconds; shorter, so that the tests are. */
const PATIENCE = { connectionTimeoutMillis: 1_000, query_timeout: 1_500 };
const TROUBLE = /^The database of the portal does not answer\./;

const databases = TestDatabases.create({ ids: ['POSTGRES_15'] });
const withPostgres = databases.supports('POSTGRES_15')
  ? describe
  : describe.skip;

withPostgres('a PostgreSQL that goes away', () => {
  let direct: Knex;
  let knex: Knex;
  let proxy: TcpProxy;
  let backend: TestBackend;
  let engine: FakeEngine;
  let count = 0;
  let name: string;
  const unhandled = jest.fn();

  const get = (path: string, user = 'ed') =>
    request(backend.server)
      .get(`${BASE}${path}`)
      .set('Authorization', as(user));
  const post = (path: string, body: object = {}, user = 'ed') =>
    request(backend.server)
      .post(`${BASE}${path}`)
      .set('Authorization', as(user))
      .send(body);

  beforeAll(async () => {
    process.on('unhandledRejection', unhandled);
    direct = await databases.init('POSTGRES_15');
    const { host, port, user, password, database } =
      direct.client.connectionSettings;
    proxy = await TcpProxy.start({ host, port: Number(port) });
    knex = createKnex({
      client: 'pg',
      connection: {
        ...{ user, password, database, ...PATIENCE },
        ...{ host: '127.0.0.1', port: proxy.port },
      },
      pool: { min: 0, max: 10 },
      log: { error() {}, warn() {} },
    });
    engine = new FakeEngine();
    backend = await startPortal({
      knex,
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
  });

  beforeEach(async () => {
    name = `p${count++}`;
    const created = await post('', { name, source: SOURCE });
    expect(created.status).toBe(201);
  });

  afterEach(async () => {
    engine.afterwards = () => {};
    await proxy.heal();
    expect(unhandled).not.toHaveBeenCalled();
  });

  afterAll(async () => {
    process.off('unhandledRejection', unhandled);
    await backend.stop();
    await knex.destroy();
    await proxy.stop();
  });

  /** The first run of the pipeline, when it is as it should be. */
  const until = async (isRight: (run: Record<string, unknown>) => boolean) => {
    const deadline = Date.now() + 60_000;
    for (;;) {
      const { body } = await get(`/${name}/runs`);
      const [run] = body.items ?? [];
      if (run && isRight(run)) return run;
      if (Date.now() > deadline) throw new Error(JSON.stringify(body));
      await sleep(100);
    }
  };

  const running = async (more: object = {}) => {
    const started = await post(`/${name}/runs`);
    expect(started.status).toBe(202);
    engine.startQueued();
    const run = engine.run({ workspace: 'team-a', name }, 1);
    Object.assign(run, more);
    await until(({ state }) => state !== 'queued');
    return run;
  };

  const expectTrouble = (answer: request.Response) => {
    expect(answer.status).toBe(503);
    expect(answer.body.error).toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(TROUBLE),
    });
    expect(JSON.stringify(answer.body)).not.toContain('127.0.0.1');
  };

  it.each(['refuse', 'silence'] as const)(
    'answers 503 to everything while it is gone (%s), changes nothing, and is right soon after',
    async how => {
      const run = await running();
      await proxy[how]();
      const begun = Date.now();
      const answers = await Promise.all([
        get(''),
        get(`/${name}`),
        get(`/${name}/runs`),
        get(`/${name}/runs/1/log`),
        post('', { name: 'never', source: SOURCE }),
        post(`/${name}/runs`),
        post(`/${name}/runs/1/cancel`),
        request(backend.server)
          .delete(`${BASE}/${name}`)
          .set('Authorization', as('ann')),
      ]);
      answers.forEach(expectTrouble);
      expect(Date.now() - begun).toBeLessThan(15_000);
      expect(engine.queue.filter(({ number }) => !number)).toEqual([]);
      expect(run.state).toBe('running');
      engine.finish(run);
      // meanwhile the loops in the background try again and again
      await sleep(2_000);
      await proxy.heal();
      const healed = Date.now();
      await until(({ state }) => state === 'succeeded');
      expect(Date.now() - healed).toBeLessThan(30_000);
      expect((await get('/never')).status).toBe(404);
      expect((await post(`/${name}/runs`)).status).toBe(202);
      engine.startQueued();
    },
  );

  /** The engine does it, and then the portal cannot write that it is done. */
  const goneAfter = (method: string) => {
    engine.afterwards = async called => {
      if (called === method) await proxy.refuse();
    };
  };

  it('gone after the engine took a start: 503, then the run is there, once', async () => {
    goneAfter('start');
    const idempotencyKey = randomUUID();
    expectTrouble(await post(`/${name}/runs`, { idempotencyKey }));
    engine.afterwards = () => {};
    expect(engine.queue.at(-1)?.job).toBe(`team-a/${name}`);
    await proxy.heal();
    // the lease of the request, 45 s, is over
    await direct('amamba_runs')
      .where({ delivery: 'sending' })
      .update({ lease_until: 0, next_poll_at: 0 });
    const queued = await until(({ state }) => state === 'queued');
    const again = await post(`/${name}/runs`, { idempotencyKey });
    expect(again.body.id).toBe(queued.id);
    engine.startQueued();
    await until(({ state, number }) => state === 'running' && number === 1);
    expect((await get(`/${name}/runs`)).body.total).toBe(1);
  });

  it('gone after the engine took a decision: 503, then it is decided, by whom it was', async () => {
    const run = await running({ approvals: [APPROVAL] });
    await until(({ state }) => state === 'waiting');
    goneAfter('decide');
    const decide = (user: string) =>
      post(`/${name}/runs/1/approvals/Go`, { decision: 'approve' }, user);
    expectTrouble(await decide('ed'));
    engine.afterwards = () => {};
    await proxy.heal();
    expect(run.approvals).toEqual([]);
    await until(({ state }) => state === 'running');
    const late = await decide('rel');
    expect(late.status).toBe(409);
    expect(late.body.error.message).toMatch(/^user:default\/ed approved this/);
  });

  it('gone after the engine took a cancellation: 503, then it is cancelled', async () => {
    await running();
    goneAfter('cancelRun');
    const cancel = () => post(`/${name}/runs/1/cancel`);
    const answer = await cancel();
    // whether the run is looked at again before the answer is a matter of time
    expect([202, 503]).toContain(answer.status);
    engine.afterwards = () => {};
    await proxy.heal();
    await until(({ state }) => state === 'cancelled');
    expect((await cancel()).status).toBe(409);
  });

  it('gone after the engine took a pipeline: 503, then it is there and runs', async () => {
    goneAfter('savePipeline');
    const draft = { name: `${name}-late`, source: SOURCE };
    expectTrouble(await post('', draft));
    engine.afterwards = () => {};
    await proxy.heal();
    expect((await get(`/${draft.name}`)).status).toBe(200);
    expect((await post(`/${draft.name}/runs`)).status).toBe(202);
  });

  it('a run that begins and ends while it is gone is found by the comparison with the engine', async () => {
    await proxy.refuse();
    const run = engine.addRun(`team-a/${name}`);
    engine.finish(run);
    expectTrouble(await post(`/${name}/sync`));
    await proxy.heal();
    expect((await post(`/${name}/sync`)).status).toBe(200);
    await until(({ number, state }) => number === 1 && state === 'succeeded');
  });
});
