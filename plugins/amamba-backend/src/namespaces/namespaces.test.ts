import { describeWithClusters } from 'sandbox';
import { randomBytes } from 'crypto';
import {
  startClusterPortal,
  type ClusterPortal,
} from '../__testUtils__/clusterPortal';

jest.setTimeout(120_000);

const CLUSTER = 'test-0';
const unique = (name: string) => `${name}-${randomBytes(3).toString('hex')}`;

async function until<T>(
  look: () => Promise<T>,
  isRight: (value: T) => boolean,
): Promise<T> {
  const end = Date.now() + 20_000;
  for (;;) {
    const value = await look();
    if (isRight(value) || Date.now() > end) return value;
    await new Promise(resolve => setTimeout(resolve, 200));
  }
}

describeWithClusters(1, 'namespaces on a real cluster', clusters => {
  let portal: ClusterPortal;
  const made: string[] = [];

  beforeAll(async () => {
    portal = await startClusterPortal(clusters());
    const bound = await portal.call(
      'put',
      `/workspaces/team-a/clusters/${CLUSTER}`,
      'pat',
      { quota: { 'requests.cpu': '4' } },
    );
    expect(bound.status).toBe(200);
  });
  afterAll(async () => {
    const [{ client }] = clusters();
    for (const name of made) {
      await client.remove(`/api/v1/namespaces/${name}`);
    }
    await portal.stop();
  });

  async function create(user: string, name: string, more: object = {}) {
    made.push(name);
    return portal.call('post', '/workspaces/team-a/namespaces', user, {
      cluster: CLUSTER,
      name,
      quota: { 'requests.cpu': '1' },
      ...more,
    });
  }

  it('is made with its labels, quota and limits, for an admin of the workspace only', async () => {
    const name = unique('made');
    expect((await create('ed', name)).status).toBe(403);
    expect((await create('sam', name)).status).toBe(404);
    const { status, body } = await create('ann', name, {
      environment: 'dev',
      labels: { tier: 'web' },
      containerLimits: { default: { cpu: '500m' } },
    });
    expect([status, body.error?.message]).toEqual([201, undefined]);
    const [{ client }] = clusters();
    const found = await client.request<{
      metadata: { labels: Record<string, string> };
    }>('GET', `/api/v1/namespaces/${name}`);
    expect(found.metadata.labels).toMatchObject({
      tier: 'web',
      'amamba.io/environment': 'dev',
      'amamba.io/workspace': expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    const quota = await client.request<{ spec: object }>(
      'GET',
      `/api/v1/namespaces/${name}/resourcequotas/amamba`,
    );
    expect(quota.spec).toEqual({ hard: { 'requests.cpu': '1' } });
    const page = await until(
      () => portal.get('/workspaces/team-a/namespaces', 'vi'),
      ({ body: { items } }) =>
        items.some(
          (item: { name: string; state: string; quota: unknown[] }) =>
            item.name === name &&
            item.state === 'active' &&
            item.quota.length > 0,
        ),
    );
    expect(
      page.body.items.find((item: { name: string }) => item.name === name),
    ).toMatchObject({ environment: 'dev', drift: [], can: [] });
  });

  it('has one owner', async () => {
    const name = unique('one');
    expect((await create('ann', name)).status).toBe(201);
    await portal.call(
      'put',
      `/workspaces/team-b/clusters/${CLUSTER}`,
      'pat',
      {},
    );
    const again = await portal.call(
      'post',
      '/workspaces/team-b/namespaces',
      'pat',
      { cluster: CLUSTER, name },
    );
    expect(again.status).toBe(409);
    const foreign = await portal.get(
      `/workspaces/team-b/namespaces/${CLUSTER}/${name}`,
      'sam',
    );
    expect(foreign.status).toBe(404);
  });

  it('cannot ask for more than the workspace has', async () => {
    const { status, body } = await create('ann', unique('much'), {
      quota: { 'requests.cpu': '40' },
    });
    expect(status).toBe(400);
    expect(body.error.message).toContain('quota.requests.cpu');
  });

  it.each(['kube-system', 'default', 'argocd'])('cannot be %s', async name => {
    const { status, body } = await portal.call(
      'post',
      '/workspaces/team-a/namespaces',
      'ann',
      { cluster: CLUSTER, name, quota: { 'requests.cpu': '1' } },
    );
    expect(status).toBe(400);
    expect(body.error.message).toContain('reserved');
  });

  it('shows what somebody changed by hand, and mends it', async () => {
    const name = unique('drift');
    expect((await create('ann', name)).status).toBe(201);
    const [{ client }] = clusters();
    await client.request('PATCH', `/api/v1/namespaces/${name}`, {
      body: { metadata: { labels: { 'amamba.io/workspace': null } } },
      type: 'application/merge-patch+json',
    });
    const path = `/workspaces/team-a/namespaces/${CLUSTER}/${name}`;
    const drifted = await until(
      () => portal.get(path, 'ann'),
      ({ body }) => body.drift.length > 0,
    );
    expect(drifted.body.drift).toMatchObject([
      { code: 'label', mendable: true },
    ]);
    expect((await portal.call('post', `${path}/mend`, 'ann')).status).toBe(200);
    const mended = await until(
      () => portal.get(path, 'ann'),
      ({ body }) => body.drift.length === 0,
    );
    expect(mended.body.drift).toEqual([]);
  });

  it('says what deleting it would lose, and asks for its name', async () => {
    const name = unique('gone');
    expect((await create('ann', name)).status).toBe(201);
    const [{ client }] = clusters();
    await client.request('POST', `/api/v1/namespaces/${name}/configmaps`, {
      body: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'mine' },
      },
    });
    const path = `/workspaces/team-a/namespaces/${CLUSTER}/${name}`;
    const preview = await portal.get(`${path}/deletion`, 'ann');
    expect(preview.body.counts).toContainEqual({ kind: 'ConfigMap', count: 1 });
    // kinds that the portal's account may not list are named together
    expect(preview.body.warnings.length).toBeLessThanOrEqual(1);
    const wrong = await portal.call('delete', path, 'ann', { confirm: 'x' });
    expect(wrong.status).toBe(400);
    expect(
      (await portal.call('delete', path, 'ed', { confirm: name })).status,
    ).toBe(403);
    const right = await portal.call('delete', path, 'ann', { confirm: name });
    expect([right.status, right.body.state]).toEqual([202, 'terminating']);
  });
});
