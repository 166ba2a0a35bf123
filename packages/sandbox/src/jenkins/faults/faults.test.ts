import {
  createItem,
  FOLDER_XML,
  stopTestSandboxes,
  TestSandbox,
  testSandbox,
} from '../../testing/testSandbox';
import type { FaultRule } from './FaultInjector';

describe('faults on demand', () => {
  let sandbox: TestSandbox;

  beforeAll(async () => {
    sandbox = await testSandbox();
  });
  afterAll(stopTestSandboxes);
  afterEach(() => sandbox.jenkins.faults.remove());

  const control = (
    method: string,
    path: string,
    body?: unknown,
    token = sandbox.credentials.controlToken,
  ) =>
    fetch(`${sandbox.jenkinsUrl}/sandbox/${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}` },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  const set = async (rule: FaultRule) => {
    const answer = await control('POST', 'faults', rule);
    expect(answer.status).toBe(201);
  };
  const get = () => sandbox.call('GET', 'api/json');

  it('need the token', async () => {
    expect((await control('GET', 'faults', undefined, 'x')).status).toBe(401);
    expect((await control('GET', 'nothing')).status).toBe(404);
    expect(
      (await control('POST', 'faults', { effect: { kind: 'x' } })).status,
    ).toBe(400);
    expect(
      (await control('POST', 'faults', { effect: { kind: 'latency' } })).status,
    ).toBe(400);
    expect(
      (
        await control('POST', 'faults', {
          effect: { kind: 'hang' },
          pattern: '(',
        })
      ).status,
    ).toBe(400);
  });

  it.each([401, 403, 404, 500, 503])('answer %d', async status => {
    await set({ effect: { kind: 'status', status } });
    const answer = await get();
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(/html/);
  });

  it('answer a page, and a redirect to another host', async () => {
    await set({ effect: { kind: 'html' }, times: 1 });
    expect(await (await get()).text()).toContain('sign in');
    await set({
      effect: { kind: 'redirect', to: 'http://elsewhere.example/' },
      times: 1,
    });
    expect((await get()).headers.get('location')).toBe(
      'http://elsewhere.example/',
    );
    expect((await get()).status).toBe(200);
  });

  it('slow down only what is meant, as often as is said', async () => {
    await set({
      effect: { kind: 'latency', ms: 300 },
      pattern: '^/login',
      method: 'get',
      times: 1,
    });
    const took = async (path: string) => {
      const before = Date.now();
      await sandbox.call('GET', path);
      return Date.now() - before;
    };
    expect(await took('api/json')).toBeLessThan(250);
    expect(await took('login')).toBeGreaterThanOrEqual(295);
    expect(await took('login')).toBeLessThan(250);
  });

  it('drop a connection, break a body off, never answer', async () => {
    await set({ effect: { kind: 'drop' }, times: 1 });
    await expect(get()).rejects.toThrow();
    await set({ effect: { kind: 'half' }, times: 1 });
    const half = await get();
    expect(half.status).toBe(200);
    await expect(half.text()).rejects.toThrow();
    await set({ effect: { kind: 'hang' }, times: 1 });
    await expect(
      fetch(`${sandbox.jenkinsUrl}/login`, {
        signal: AbortSignal.timeout(200),
      }),
    ).rejects.toThrow(/aborted|timeout/i);
    expect((await get()).status).toBe(200);
  });

  it('do what is asked for and lose the answer', async () => {
    await set({ effect: { kind: 'loseAnswer' }, method: 'POST', times: 1 });
    await expect(createItem(sandbox, 'made', FOLDER_XML)).rejects.toThrow();
    expect(await sandbox.get('job/made/api/json?tree=name')).toMatchObject({
      name: 'made',
    });
  });

  it('answer very much JSON', async () => {
    await set({ effect: { kind: 'huge', bytes: 3_000_000 }, times: 1 });
    const text = await (await get()).text();
    expect(text.length).toBeGreaterThan(3_000_000);
    expect(JSON.parse(text)._class).toBe('hudson.model.Hudson');
  });

  it('are listed and removed', async () => {
    await set({ effect: { kind: 'html' }, pattern: 'x' });
    const [rule] = await (await control('GET', 'faults')).json();
    expect(rule).toMatchObject({
      effect: { kind: 'html' },
      pattern: 'x',
      struck: 0,
    });
    expect((await control('DELETE', `faults/${rule.id}`)).status).toBe(204);
    expect(await (await control('GET', 'faults')).json()).toEqual([]);
  });

  it('count requests, and seed jobs without running them', async () => {
    const total = async () =>
      (await (await control('GET', 'requests')).json()).total;
    const before = await total();
    const seeded = await control('POST', 'seed/jobs', {
      folder: 'bench',
      jobs: 50,
      builds: 3,
      prefix: 'j',
    });
    expect(await seeded.json()).toEqual({ jobs: 50 });
    expect(await total()).toBe(before);
    const { jobs } = await sandbox.get<{
      jobs: { name: string; lastBuild: { number: number } }[];
    }>('job/bench/api/json?tree=jobs[name,lastBuild[number]]{0,1000}');
    expect(jobs).toHaveLength(50);
    expect(jobs[0].lastBuild.number).toBe(3);
    expect(await total()).toBe(before + 1);
    await sandbox.jenkins.restart(true);
    expect(await sandbox.get('job/bench/job/j7/3/stages/tree')).toMatchObject({
      data: { stages: [{ name: 'Build' }] },
    });
  });
});
