import type {
  KubeConfigMap,
  KubeObject,
} from '@amamba/backstage-plugin-amamba-common';
import { FaultProxy } from 'sandbox';
import {
  describeCluster,
  eventually,
  withToken,
} from '../__testUtils__/testCluster';
import { HttpKubernetesClient } from '../client/HttpKubernetesClient';
import type { ResourceType } from '../client/types';
import { configMaps, secrets } from './kinds';
import { pick } from './pick';
import type { KindDescriptor, RowsChange } from './types';
import { WatchCache, type WatchCacheTimes } from './WatchCache';

const TIMES: WatchCacheTimes = {
  retryMinMs: 20,
  retryMaxMs: 200,
  absentMs: 100,
  gatherMs: 10,
  idleMs: 60_000,
};

/** Config maps with their data, which the real descriptor never has. */
const maps: KindDescriptor<KubeConfigMap> = {
  ...configMaps,
  metadataOnly: false,
  keep: pick<KubeConfigMap>(configMaps, { data: true }),
};

const GONE = JSON.stringify({
  type: 'ERROR',
  object: {
    kind: 'Status',
    status: 'Failure',
    message: 'too old resource version: 1 (25242)',
    reason: 'Expired',
    code: 410,
  },
});

function rbac(kind: 'Role' | 'RoleBinding'): ResourceType {
  return {
    group: 'rbac.authorization.k8s.io',
    version: 'v1',
    plural: `${kind.toLowerCase()}s`,
    kind,
    namespaced: true,
  };
}

// Many times a second or two on a machine that does other things too.
jest.setTimeout(30_000);

describeCluster('WatchCache', cluster => {
  let proxy: FaultProxy;
  const caches: { stop(): void }[] = [];
  const clients: HttpKubernetesClient[] = [];

  beforeAll(async () => {
    proxy = await FaultProxy.start(cluster().endpoint.baseUrl);
  });
  afterEach(async () => {
    caches.splice(0).forEach(cache => cache.stop());
    await Promise.all(clients.splice(0).map(client => client.close()));
    proxy.heal();
    proxy.seen.length = 0;
  });
  afterAll(() => proxy.stop());

  function through(
    options: { token?: string; url?: string; stallMs?: number } = {},
  ): HttpKubernetesClient {
    const { endpoint } = cluster();
    const there = { ...endpoint, baseUrl: options.url ?? proxy.url };
    const client = new HttpKubernetesClient(
      options.token ? withToken(there, options.token) : there,
      { watchStallMs: options.stallMs },
    );
    clients.push(client);
    return client;
  }

  /** The cache of the test's namespace. */
  function open<K extends KubeObject = KubeConfigMap>(
    options: {
      kind?: KindDescriptor<K>;
      client?: HttpKubernetesClient;
      times?: Partial<WatchCacheTimes>;
      namespaces?: () => Promise<string[]>;
    } = {},
  ): WatchCache<K> {
    const cache = new WatchCache<K>({
      client: options.client ?? through(),
      kind:
        options.kind ??
        (maps as KindDescriptor<KubeObject> as KindDescriptor<K>),
      namespaces: options.namespaces ?? (async () => []),
      times: { ...TIMES, ...options.times },
    });
    caches.push(cache);
    return cache;
  }

  const at = (name: string) => ({ namespace: cluster().namespace, name });

  /** Writes straight to the cluster. */
  async function put(name: string, value = '1'): Promise<void> {
    await cluster().client.apply(configMaps, at(name), {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name },
      data: { value },
    });
  }
  const remove = (name: string) =>
    cluster().client.delete(configMaps, at(name));

  async function names(cache: WatchCache<KubeConfigMap>): Promise<string[]> {
    const rows = await cache.rows(5_000);
    return rows
      .inNamespace(cluster().namespace)
      .map(({ metadata }) => metadata.name)
      .filter(name => name !== 'kube-root-ca.crt')
      .sort();
  }

  it('fills, follows, and tells what changed', async () => {
    await put('first');
    const cache = open();
    const changes: RowsChange<KubeConfigMap>[] = [];
    cache.subscribe(change => changes.push(change));
    const rows = await cache.rows(5_000);
    expect(rows.status).toMatchObject({ state: 'live', served: true });
    expect(rows.get(at('first'))).toMatchObject({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      data: { value: '1' },
    });
    await put('first', '2');
    await put('second');
    await eventually(() =>
      expect(rows.get(at('first'))?.data).toEqual({ value: '2' }),
    );
    await remove('first');
    await eventually(async () => {
      expect(await names(cache)).toEqual(['second']);
      const told = changes.flatMap(({ upserted, deleted }) => [
        ...upserted.map(({ metadata }) => `+${metadata.name}`),
        ...deleted.map(({ metadata }) => `-${metadata.name}`),
      ]);
      expect(told).toEqual(expect.arrayContaining(['+second', '-first']));
    });
    await remove('second');
  });

  it('keeps showing rows while the cluster is away, and is right when it is back', async () => {
    await put('stays');
    await put('goes');
    const cache = open();
    await expect(names(cache)).resolves.toEqual(['goes', 'stays']);
    proxy.down();
    await eventually(() =>
      expect(cache.status).toMatchObject({
        state: 'stale',
        asOf: expect.any(Date),
        problem: expect.stringContaining('could not be reached'),
      }),
    );
    await expect(names(cache)).resolves.toEqual(['goes', 'stays']);
    await remove('goes');
    await put('comes');
    proxy.heal();
    await eventually(async () => {
      expect(await names(cache)).toEqual(['comes', 'stays']);
      expect(cache.status).toMatchObject({ state: 'live' });
      expect(cache.status).not.toHaveProperty('problem');
    });
    await remove('stays');
    await remove('comes');
  });

  it('begins anew when the server forgot where it was, and sweeps what is gone', async () => {
    await put('stays');
    await put('goes');
    const cache = open();
    await expect(names(cache)).resolves.toEqual(['goes', 'stays']);
    proxy.add({
      pattern: /[?&]resourceVersion=\d/,
      effect: { kind: 'answer', status: 200, body: `${GONE}\n` },
      times: 1,
    });
    // The next list is slow: rows of before are shown meanwhile.
    proxy.add({
      pattern: /sendInitialEvents/,
      effect: { kind: 'latency', ms: 300 },
      times: 1,
    });
    await remove('goes');
    proxy.cut();
    await eventually(() =>
      expect(
        proxy.seen.filter(({ url }) => url.includes('sendInitialEvents'))
          .length,
      ).toBeGreaterThan(1),
    );
    expect((await names(cache)).length).toBeGreaterThan(0);
    await eventually(async () => expect(await names(cache)).toEqual(['stays']));
    await remove('stays');
  });

  it('fills by pages where the server does not know better', async () => {
    await put('one');
    proxy.add({
      pattern: /sendInitialEvents/,
      effect: {
        kind: 'answer',
        status: 422,
        body: '{"kind":"Status","message":"sendInitialEvents is forbidden for watch"}',
      },
    });
    const cache = open();
    await expect(names(cache)).resolves.toEqual(['one']);
    expect(proxy.seen.some(({ url }) => url.includes('limit=500'))).toBe(true);
    await put('two');
    await eventually(async () =>
      expect(await names(cache)).toEqual(['one', 'two']),
    );
    await remove('one');
    await remove('two');
  });

  it('bears half answers and errors of the server while filling', async () => {
    await put('whole');
    proxy.add({
      pattern: /sendInitialEvents/,
      effect: { kind: 'half', bytes: 700 },
      times: 2,
    });
    proxy.add({
      pattern: /selfsubjectaccessreviews/,
      effect: { kind: 'answer', status: 500, body: 'broken' },
      times: 1,
    });
    const cache = open();
    await eventually(async () => expect(await names(cache)).toEqual(['whole']));
    await remove('whole');
  });

  it('does not make anybody wait for a slow or a dead cluster', async () => {
    proxy.add({ pattern: /./, effect: { kind: 'latency', ms: 400 } });
    const slow = open();
    const rows = await slow.rows(50);
    expect(rows.status.state).toBe('filling');
    const dead = open({ client: through({ url: 'http://127.0.0.1:1' }) });
    const begin = Date.now();
    await expect(dead.rows(5_000)).resolves.toMatchObject({
      status: {
        state: 'stale',
        problem: expect.stringContaining('ECONNREFUSED'),
      },
    });
    await dead.rows(5_000);
    expect(Date.now() - begin).toBeLessThan(5_000);
    await eventually(() => expect(slow.status.state).toBe('live'));
  });

  it('takes silence for a sign, and begins anew', async () => {
    const cache = open({ client: through({ stallMs: 200 }) });
    await cache.rows(5_000);
    await eventually(() =>
      expect(
        proxy.seen.filter(({ url }) => url.includes('sendInitialEvents'))
          .length,
      ).toBeGreaterThan(2),
    );
    await put('after');
    await eventually(async () => expect(await names(cache)).toEqual(['after']));
    await remove('after');
  });

  it('says that a cluster does not have a kind', async () => {
    const type = {
      group: 'nope.example.com',
      version: 'v1',
      plural: 'nopes',
      kind: 'Nope',
      namespaced: true,
    };
    const cache = open({ kind: { ...type, keep: pick<KubeObject>(type) } });
    await expect(cache.rows(5_000)).resolves.toMatchObject({
      status: { state: 'live', served: false, objects: 0 },
    });
  });

  it('never holds what is in a Secret', async () => {
    await cluster().client.create(
      secrets,
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: {
          name: 'hidden',
          annotations: {
            'kubectl.kubernetes.io/last-applied-configuration': 'very-hidden',
          },
        },
        stringData: { password: 'very-hidden' },
      },
      { namespace: cluster().namespace },
    );
    const cache = open({ kind: secrets });
    const rows = await cache.rows(5_000);
    expect(rows.get(at('hidden'))).toMatchObject({ kind: 'Secret' });
    expect(JSON.stringify([...rows.all()])).not.toMatch(
      /very-hidden|dmVyeS1oaWRkZW4|"data"/,
    );
    expect(proxy.seen.at(-1)?.headers.accept).toContain(
      'PartialObjectMetadata',
    );
  });

  it('watches namespaces one by one with an account that may no more, and names the missing right', async () => {
    const { client, namespace } = cluster();
    await put('mine');
    const { token } = await client.issueToken(at('default'), {
      expirationSeconds: 600,
    });
    let owned = [namespace];
    const cache = open({
      client: through({ token }),
      namespaces: async () => owned,
    });
    const before = await cache.rows(5_000);
    expect(before.status).toMatchObject({
      state: 'stale',
      problem: expect.stringContaining(
        `lacks the right to watch configmaps in namespace ${namespace}`,
      ),
    });
    await client.create(
      rbac('Role'),
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata: { name: 'reader' },
        rules: [
          {
            apiGroups: [''],
            resources: ['configmaps'],
            verbs: ['list', 'watch'],
          },
        ],
      },
      { namespace },
    );
    await client.create(
      rbac('RoleBinding'),
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { name: 'reader' },
        roleRef: {
          apiGroup: 'rbac.authorization.k8s.io',
          kind: 'Role',
          name: 'reader',
        },
        subjects: [{ kind: 'ServiceAccount', name: 'default', namespace }],
      },
      { namespace },
    );
    await eventually(async () => {
      expect(await names(cache)).toEqual(['mine']);
      expect(cache.status.state).toBe('live');
    });
    const rows = await cache.rows(0);
    expect(
      new Set([...rows.all()].map(({ metadata }) => metadata.namespace)),
    ).toEqual(new Set([namespace]));
    owned = [];
    cache.namespacesChanged();
    await eventually(() => expect(cache.status.objects).toBe(0));
    await remove('mine');
  });

  it('stops when nobody asks, and begins when somebody does', async () => {
    await put('there');
    const cache = open({ times: { idleMs: 400 } });
    await expect(names(cache)).resolves.toEqual(['there']);
    await eventually(() =>
      expect(cache.status).toMatchObject({
        state: 'stopped',
        bytes: 0,
        objects: 0,
      }),
    );
    await expect(names(cache)).resolves.toEqual(['there']);
    const end = cache.subscribe(() => {});
    await new Promise(resolve => setTimeout(resolve, 1_000));
    expect(cache.status.state).toBe('live');
    end();
    await eventually(() => expect(cache.status.state).toBe('stopped'));
    await remove('there');
  });

  it('is right after any mess', async () => {
    const cache = open();
    await cache.rows(5_000);
    const expected = new Map<string, string>();
    for (let step = 0; step < 60; step++) {
      const name = `mess-${Math.floor(Math.random() * 8)}`;
      if (Math.random() < 0.6) {
        await put(name, String(step));
        expected.set(name, String(step));
      } else if (expected.delete(name)) await remove(name);
      const dice = Math.random();
      if (dice < 0.15) proxy.cut();
      else if (dice < 0.25) {
        proxy.add({
          pattern: /[?&]resourceVersion=\d/,
          effect: { kind: 'answer', status: 200, body: `${GONE}\n` },
          times: 1,
        });
        proxy.cut();
      } else if (dice < 0.35) {
        proxy.add({
          pattern: /watch=/,
          effect: { kind: 'half', bytes: Math.floor(Math.random() * 9_000) },
          times: 1,
        });
        proxy.cut();
      }
    }
    await eventually(async () => {
      const rows = await cache.rows(0);
      const found = rows
        .inNamespace(cluster().namespace)
        .filter(({ metadata }) => metadata.name.startsWith('mess-'))
        .map(({ metadata, data }) => [metadata.name, data?.value]);
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
    });
    await Promise.all([...expected.keys()].map(remove));
  });
});
