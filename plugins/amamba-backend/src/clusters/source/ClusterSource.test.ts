import {
  createKubernetesAccessSlot,
  type KubernetesAccessCredential,
  type KubernetesConnection,
} from '@amamba/backstage-plugin-amamba-node';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { FakeServer } from '../../__testUtils__/fakeServer';
import { ClusterSource } from './ClusterSource';
import { keepAuthorization } from './ways';

const BLUE: KubernetesConnection = { name: 'blue', url: 'https://blue.test' };

function fakeAccess() {
  const state = {
    clusters: [BLUE],
    problem: undefined as Error | undefined,
    credential: { type: 'token', token: 'one\n' } as KubernetesAccessCredential,
    listed: 0,
  };
  const slot = createKubernetesAccessSlot();
  const provide = () =>
    slot.provide({
      async listClusters() {
        state.listed++;
        if (state.problem) throw state.problem;
        return structuredClone(state.clusters);
      },
      getCredential: async () => state.credential,
    });
  return { slot, state, provide };
}

describe('ClusterSource', () => {
  const { slot: emptySlot } = fakeAccess();

  function create(
    slot = emptySlot,
    config: JsonObject = { kubernetes: {} },
    url = 'http://127.0.0.1:1',
  ) {
    return new ClusterSource({
      ...{ slot, config: new ConfigReader(config), bridgeWaitMs: 30 },
      discovery: mockServices.discovery.mock({ getBaseUrl: async () => url }),
      auth: mockServices.auth(),
      logger: mockServices.logger.mock(),
    });
  }

  afterEach(() => jest.useRealTimers());

  it('takes clusters and credentials from the bridge, and keeps the list for a while', async () => {
    const { slot, state, provide } = fakeAccess();
    const source = create(slot);
    setTimeout(provide, 5);
    const { clusters, problem } = await source.list();
    expect(problem).toBeUndefined();
    expect(clusters[0].endpoint).toMatchObject({
      name: 'blue',
      baseUrl: 'https://blue.test',
      proxied: false,
    });
    await expect(clusters[0].endpoint.authorize()).resolves.toMatchObject({
      headers: { authorization: 'Bearer one' },
      secrets: ['one'],
    });
    await Promise.all([source.list(), source.list()]);
    expect(state.listed).toBe(1);
  });

  it('keeps the last good list, says what is wrong, and knows which clusters are the same', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] });
    const { slot, state, provide } = fakeAccess();
    provide();
    const source = create(slot);
    const first = await source.list();
    state.problem = new Error('the catalog is away');
    jest.advanceTimersByTime(61_000);
    await expect(source.list()).resolves.toMatchObject({
      clusters: first.clusters,
      asOf: first.asOf,
      problem: expect.stringContaining('the catalog is away'),
    });
    state.problem = undefined;
    state.clusters = [BLUE, { name: 'red', url: 'https://red.test' }];
    jest.advanceTimersByTime(11_000);
    const third = await source.list();
    expect(third.problem).toBeUndefined();
    expect(third.clusters).toHaveLength(2);
    expect(third.clusters[0].endpoint).toBe(first.clusters[0].endpoint);
    state.clusters = [{ ...BLUE, ca: 'another' }];
    jest.advanceTimersByTime(61_000);
    const fourth = await source.list();
    expect(fourth.clusters[0].endpoint).not.toBe(first.clusters[0].endpoint);
  });

  it('goes through the proxy of the kubernetes plugin where there is no bridge, until there is', async () => {
    const fake = await FakeServer.start();
    fake.handler = (_request, response) => {
      response.end(
        '{"items":[{"name":"far","title":"Far","authProvider":"aws","auth":{}}]}',
      );
    };
    const source = create(emptySlot, { kubernetes: {} }, fake.url);
    const { clusters } = await source.list();
    expect(clusters[0]).toMatchObject({
      connection: { name: 'far', title: 'Far', authProvider: 'aws' },
      endpoint: { baseUrl: `${fake.url}/proxy`, proxied: true },
    });
    const { headers } = await clusters[0].endpoint.authorize();
    expect(headers).toMatchObject({
      'backstage-kubernetes-cluster': 'far',
      authorization: expect.stringContaining('Bearer mock-service-token'),
    });
    expect(fake.seen[0]).toMatchObject({ url: '/clusters' });

    fake.handler = (_request, response) => {
      response.statusCode = 503;
      response.end('{}');
    };
    await expect(
      create(emptySlot, { kubernetes: {} }, fake.url).list(),
    ).resolves.toMatchObject({
      clusters: [],
      problem: expect.stringContaining('cannot be listed'),
    });
    await fake.stop();
  });

  it('has no clusters where the portal has none, and says what to do', async () => {
    const { problem, clusters } = await create(emptySlot, {}).list();
    expect(clusters).toEqual([]);
    expect(problem).toMatch(
      /^The portal has no clusters: add a kubernetes section/,
    );
  });

  it('refuses a way that it does not know', () => {
    expect(() =>
      create(emptySlot, { amamba: { kubernetes: { access: 'magic' } } }),
    ).toThrow(/amamba\.kubernetes\.access: must be auto or proxy/);
  });
});

describe('keepAuthorization', () => {
  it('fetches once for many, keeps it, and another one when it was refused', async () => {
    let fetched = 0;
    const authorize = keepAuthorization(async () => {
      fetched++;
      return { headers: { n: String(fetched) }, secrets: [] };
    });
    const [one, two] = await Promise.all([authorize(), authorize()]);
    expect(one).toBe(two);
    expect(fetched).toBe(1);
    const refreshed = await Promise.all([authorize(one), authorize(one)]);
    expect(refreshed[0].headers.n).toBe('2');
    expect(refreshed[1]).toBe(refreshed[0]);
    // Who comes late with the old one gets the new one.
    await expect(authorize(one)).resolves.toBe(refreshed[0]);
    expect(fetched).toBe(2);
  });

  it('does not keep a failure, nor anything for long', async () => {
    let fetched = 0;
    const authorize = keepAuthorization(async () => {
      fetched++;
      if (fetched === 1) throw new Error('no');
      return { headers: {}, secrets: [] };
    }, 20);
    await expect(authorize()).rejects.toThrow('no');
    await authorize();
    await new Promise(resolve => setTimeout(resolve, 40));
    await authorize();
    expect(fetched).toBe(3);
  });
});
