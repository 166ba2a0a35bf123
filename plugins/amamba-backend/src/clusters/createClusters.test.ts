import {
  createKubernetesAccessSlot,
  type KubernetesConnection,
} from '@amamba/backstage-plugin-amamba-node';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type { KubeObject } from '@amamba/backstage-plugin-amamba-common';
import { describeCluster, eventually } from './__testUtils__/testCluster';
import { WATCH_CACHE_TIMES } from './cache/WatchCache';
import { createClusters } from './createClusters';
import { kinds, type Clusters } from '.';

jest.setTimeout(30_000);

describeCluster('the clusters of the portal', cluster => {
  let clusters: Clusters;
  let connections: KubernetesConnection[];

  beforeEach(async () => {
    const { baseUrl, ca, skipTlsVerify } = cluster().endpoint;
    connections = [
      { name: 'near', title: 'Near', url: baseUrl, ca, skipTlsVerify },
      { name: 'dead', url: 'https://127.0.0.1:1' },
    ];
    const slot = createKubernetesAccessSlot();
    const { headers, cert, key } = await cluster().endpoint.authorize();
    slot.provide({
      listClusters: async () => connections,
      getCredential: async () =>
        cert && key
          ? { type: 'certificate', cert, key }
          : {
              type: 'token',
              token: headers.authorization.replace('Bearer ', ''),
            },
    });
    clusters = createClusters({
      ...{ slot, config: new ConfigReader({ kubernetes: {} }) },
      discovery: mockServices.discovery(),
      auth: mockServices.auth(),
      logger: mockServices.logger.mock(),
      ownedNamespaces: async () => [],
      times: WATCH_CACHE_TIMES,
    });
  });
  afterEach(() => clusters.stop());

  it('gives what is there, and nothing else', async () => {
    const near = await clusters.get('near');
    expect(near.title).toBe('Near');
    await expect(clusters.get('near')).resolves.toBe(near);
    for (const name of ['nope', '', '../near', 'NEAR', '__proto__']) {
      await expect(clusters.get(name)).rejects.toMatchObject({
        name: 'NotFoundError',
      });
    }
  });

  it('shows the rows of one while another is dead', async () => {
    const { clusters: all } = await clusters.list();
    const found = await Promise.all(
      all.map(async each => (await each.rows(kinds.namespaces)).status),
    );
    expect(found).toEqual([
      expect.objectContaining({ state: 'live', objects: expect.any(Number) }),
      expect.objectContaining({ state: 'stale', objects: 0 }),
    ]);
  });

  it('watches all built-in kinds, and reports how it is', async () => {
    const near = await clusters.get('near');
    await Promise.all(
      Object.values(kinds).map(kind => near.rows<KubeObject>(kind)),
    );
    await eventually(() => {
      const states = [...near.watches().values()].map(({ state }) => state);
      expect(new Set(states)).toEqual(new Set(['live']));
    });
    const report = await near.report();
    expect(report).toMatchObject({
      name: 'near',
      state: 'ok',
      version: expect.stringMatching(/^v1\./),
      latencyMs: expect.any(Number),
      checkedAt: expect.any(String),
    });
    expect(report.watches).toHaveLength(Object.keys(kinds).length);
    expect(
      report.capabilities.find(({ id }) => id === 'own-namespaces'),
    ).toEqual({ id: 'own-namespaces', present: true });

    const dead = await clusters.get('dead');
    await expect(dead.report()).resolves.toMatchObject({
      state: 'unreachable',
      problem: expect.stringContaining('could not be reached'),
      capabilities: [],
    });
  });

  it('says where programs find the API server', async () => {
    const near = await clusters.get('near');
    await expect(near.apiServer()).resolves.toMatchObject({
      url: cluster().endpoint.baseUrl,
    });
  });

  it('refuses two descriptors of one kind', async () => {
    const near = await clusters.get('near');
    await near.rows(kinds.pods);
    await expect(near.rows({ ...kinds.pods })).rejects.toThrow(
      'two descriptors of v1/pods',
    );
  });
});
