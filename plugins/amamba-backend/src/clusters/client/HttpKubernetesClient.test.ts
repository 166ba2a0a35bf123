import type {
  KubeConfigMap,
  KubeDeployment,
  KubePod,
} from '@amamba/backstage-plugin-amamba-common';
import { FaultProxy } from 'sandbox';
import { text } from 'stream/consumers';
import { setTimeout as sleep } from 'timers/promises';
import { describeCluster } from '../__testUtils__/testCluster';
import { configMaps, deployments, namespaces, pods } from '../cache/kinds';
import { kubernetesDetails } from './errors';
import { HttpKubernetesClient } from './HttpKubernetesClient';
import type { WatchEvent } from './types';

async function failure(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => new Error('it did not fail'),
    error => error,
  );
}

function configMap(name: string, data: Record<string, unknown> = {}) {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data };
}

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {app: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: nginx:1.27 # the comment is ours
`;

jest.setTimeout(60_000);

describeCluster('HttpKubernetesClient', cluster => {
  const at = (name: string) => ({ namespace: cluster().namespace, name });

  it('creates, reads, lists page by page, counts and deletes', async () => {
    const { client, namespace } = cluster();
    for (const name of ['one', 'two', 'three']) {
      await client.create(configMaps, configMap(name, { a: name }), {
        namespace,
      });
    }
    await expect(
      client.get<KubeConfigMap>(configMaps, at('two')),
    ).resolves.toMatchObject({ kind: 'ConfigMap', data: { a: 'two' } });

    const first = await client.list(configMaps, { namespace, limit: 2 });
    expect(first.items).toHaveLength(2);
    expect(first.items[0]).toMatchObject({
      apiVersion: 'v1',
      kind: 'ConfigMap',
    });
    expect(first.remaining).toBeGreaterThan(0);
    const names: string[] = [];
    const all = client.listAll(configMaps, { namespace, limit: 1 });
    for await (const { metadata } of all) names.push(metadata.name);
    expect(names).toEqual(expect.arrayContaining(['one', 'two', 'three']));
    await expect(client.count(configMaps, { namespace })).resolves.toBe(
      names.length,
    );
    const { items } = await client.listMetadata(configMaps, { namespace });
    expect(
      items.find(({ metadata }) => metadata.name === 'one'),
    ).not.toHaveProperty('data');
    const one = await client.list(configMaps, {
      namespace,
      fieldSelector: 'metadata.name=one',
    });
    expect(one.items).toHaveLength(1);

    await client.delete(configMaps, at('one'), { dryRun: true });
    await client.delete(configMaps, at('one'));
    await expect(client.get(configMaps, at('one'))).rejects.toMatchObject({
      name: 'NotFoundError',
      message: expect.stringMatching(
        /^Cluster ".+", ConfigMap test-\w+\/one: configmaps "one" not found$/,
      ),
    });
  });

  it('applies text, tries it before, and names who owns a field', async () => {
    const { client } = cluster();
    const tried = await client.apply<KubeDeployment>(
      deployments,
      at('web'),
      WEB,
      { dryRun: true },
    );
    expect(tried.object.metadata.uid).toBeTruthy();
    await expect(client.get(deployments, at('web'))).rejects.toThrow(
      'not found',
    );
    await client.apply(deployments, at('web'), WEB);
    await expect(client.scale(deployments, at('web'), 2)).resolves.toEqual(
      expect.objectContaining({ wanted: 2 }),
    );
    await expect(
      client.getScale(deployments, at('web')),
    ).resolves.toMatchObject({ wanted: 2, selector: 'app=web' });

    const error = await failure(client.apply(deployments, at('web'), WEB));
    expect(error).toMatchObject({ name: 'ConflictError' });
    expect(kubernetesDetails(error)).toMatchObject({
      type: 'conflict',
      conflicts: [
        { manager: 'amamba', field: 'spec.replicas', subresource: 'scale' },
      ],
    });
    await client.apply(deployments, at('web'), WEB, { force: true });
    await expect(
      client.getScale(deployments, at('web')),
    ).resolves.toMatchObject({ wanted: 1 });
  });

  it.each<[string, string, string, string]>([
    [
      'an unknown field',
      'replicas: 1',
      'replicaz: 1',
      'spec.replicaz: is not a field of this kind',
    ],
    [
      'a wrong type',
      'replicas: 1',
      'replicas: many',
      'spec.replicas: must be a number, but is',
    ],
    [
      'a key that stands twice',
      'replicas: 1',
      'replicas: 1\n  replicas: 2',
      'the key "replicas" stands twice',
    ],
    ['broken YAML', 'spec:', 'spec: [', 'The text is not YAML'],
    [
      'another name',
      'name: web\n  labels',
      'name: other\n  labels',
      'A name cannot be changed',
    ],
    [
      'an invalid value',
      'nginx:1.27',
      'nginx:1.27\n          ports: [{containerPort: 99999}]',
      'containerPort: 99999: must be between 1 and 65535',
    ],
    [
      'an immutable field',
      'matchLabels: {app: web}',
      'matchLabels: {app: wob}',
      'does not match template `labels`',
    ],
    [
      'several documents',
      'apiVersion',
      '---\na: 1\n---\napiVersion',
      'has several documents',
    ],
  ])('explains %s of an apply', async (_name, from, to, words) => {
    const error = await failure(
      cluster().client.apply(deployments, at('web'), WEB.replace(from, to)),
    );
    expect(error).toMatchObject({
      name: 'InputError',
      message: expect.stringContaining(words),
    });
  });

  it('patches in all ways, and refuses without a dump of the object', async () => {
    const { client, namespace } = cluster();
    const made = await client.create<KubeConfigMap>(
      configMaps,
      configMap('patched', { secret: 'hidden-value' }),
      { namespace },
    );
    const merged = await client.patch<KubeConfigMap>(
      configMaps,
      at('patched'),
      { type: 'merge', patch: { data: { b: '2' } } },
    );
    expect(merged.object.data).toMatchObject({ b: '2' });
    await client.patch(configMaps, at('patched'), {
      type: 'strategic',
      patch: { metadata: { labels: { c: 'd' } } },
    });
    await client.patch(configMaps, at('patched'), {
      type: 'json',
      patch: [{ op: 'replace', path: '/data/b', value: '3' }],
    });
    const stale = {
      metadata: { resourceVersion: made.object.metadata.resourceVersion ?? '' },
    };
    await expect(
      client.patch(configMaps, at('patched'), { type: 'merge', patch: stale }),
    ).rejects.toThrow(/It was changed meanwhile\. Load it again/);
    const error = await failure(
      client.patch(configMaps, at('patched'), {
        type: 'merge',
        patch: { data: { d: 5 }, datas: {} },
      }),
    );
    expect(error).toMatchObject({ name: 'InputError' });
    expect(JSON.stringify([error, error.message])).not.toContain('hidden');
    await expect(
      client.delete(configMaps, at('patched'), { uid: 'another' }),
    ).rejects.toThrow('deleted and created anew');
    await expect(
      client.create(configMaps, configMap('patched'), { namespace }),
    ).rejects.toMatchObject({ name: 'ConflictError' });
  });

  it('knows what the cluster serves, once', async () => {
    const { client } = cluster();
    const found = await client.discovery();
    expect(found.find({ group: 'apps', kind: 'Deployment' })).toMatchObject({
      version: 'v1',
      plural: 'deployments',
      namespaced: true,
      subresources: expect.arrayContaining(['scale', 'status']),
    });
    expect(found.hasGroup('nope.example.com')).toBe(false);
    await expect(client.discovery({ fresh: true })).resolves.toBe(found);
    await expect(client.version()).resolves.toMatch(/^v1\.\d+/);
    await expect(
      client.list({
        group: 'nope.example.com',
        version: 'v1',
        plural: 'nopes',
        kind: 'Nope',
        namespaced: true,
      }),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  it('gives a short token to an account, and knows what that may', async () => {
    const { client, endpoint, namespace } = cluster();
    const token = await client.issueToken(at('default'), {
      expirationSeconds: 600,
    });
    expect(token.expiresAt.getTime()).toBeGreaterThan(Date.now());
    const small = new HttpKubernetesClient({
      ...endpoint,
      authorize: async () => ({
        headers: { authorization: `Bearer ${token.token}` },
        secrets: [token.token],
      }),
    });
    const account = `system:serviceaccount:${namespace}:default`;
    await expect(small.whoAmI()).resolves.toBe(account);
    const question = { verb: 'list', group: '', plural: 'pods', namespace };
    await expect(small.mayI(question)).resolves.toBe(false);
    await expect(client.mayI(question)).resolves.toBe(true);
    const rules = await small.rules(namespace);
    expect(rules.allow(question)).toBe(false);
    expect((await client.rules(namespace)).allow(question)).toBe(true);
    const error = await failure(small.list(pods, { namespace }));
    expect(error).toMatchObject({
      name: 'ServiceUnavailableError',
      reason: 'permission',
      message: expect.stringContaining(
        `The account ${account} lacks the right to list pods in namespace ${namespace}. Grant it`,
      ),
    });
    await small.close();
  });

  it('asks for another credential when one is refused, once', async () => {
    const { endpoint } = cluster();
    const asked: boolean[] = [];
    const client = new HttpKubernetesClient({
      ...endpoint,
      authorize: async refused => {
        asked.push(refused !== undefined);
        return refused
          ? endpoint.authorize()
          : {
              headers: { authorization: 'Bearer old-token' },
              secrets: ['old-token'],
            };
      },
    });
    await expect(client.version()).resolves.toMatch(/^v/);
    await expect(client.list(namespaces)).resolves.toBeDefined();
    expect(asked).toContain(true);
    await client.close();

    const refused = new HttpKubernetesClient({
      ...endpoint,
      authorize: async () => ({
        headers: { authorization: 'Bearer old-token' },
        secrets: ['old-token'],
      }),
    });
    const error = await failure(refused.list(namespaces));
    expect(error).toMatchObject({ reason: 'credentials' });
    expect(JSON.stringify([error.message, error])).not.toContain('old-token');
    await refused.close();
  });

  it('watches: what is there, the end of that, and what changes', async () => {
    const { client, namespace } = cluster();
    const abort = new AbortController();
    const seen: WatchEvent[] = [];
    const watching = (async () => {
      const events = client.watch(configMaps, {
        namespace,
        initialEvents: true,
        signal: abort.signal,
      });
      for await (const event of events) seen.push(event);
    })();
    const until = async (test: () => boolean) => {
      for (let n = 0; n < 100 && !test(); n++) await sleep(50);
      expect(test()).toBe(true);
    };
    await until(() =>
      seen.some(event => event.type === 'BOOKMARK' && event.initial),
    );
    await client.create(configMaps, configMap('fresh'), { namespace });
    await until(() =>
      seen.some(
        event =>
          event.type === 'ADDED' && event.object.metadata.name === 'fresh',
      ),
    );
    abort.abort();
    await expect(watching).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('says when a cluster is away', async () => {
    const { endpoint } = cluster();
    const away = new HttpKubernetesClient({
      ...endpoint,
      name: 'away',
      baseUrl: 'https://127.0.0.1:1',
    });
    await expect(away.version()).rejects.toThrow(
      /^Cluster "away" could not be reached.*ECONNREFUSED/,
    );
    await away.close();
  });

  it('reads a log and runs a command in a pod', async () => {
    const { client } = cluster();
    await client.apply(deployments, at('web'), WEB, { force: true });
    let pod: KubePod | undefined;
    for (let n = 0; n < 200 && pod?.status?.phase !== 'Running'; n++) {
      await sleep(200);
      const { items } = await client.list<KubePod>(pods, {
        namespace: cluster().namespace,
        labelSelector: 'app=web',
      });
      [pod] = items;
    }
    const name = pod?.metadata.name ?? '';
    const log = await text(await client.log(at(name), { tailLines: 3 }));
    expect(log.split('\n').length).toBeLessThanOrEqual(4);
    await expect(
      client.log(at(name), { container: 'nope' }),
    ).rejects.toMatchObject({ name: 'InputError' });

    const echo = await client.exec(at(name), {
      command: ['sh', '-c', 'echo out; echo err >&2; exit 3'],
    });
    const [out, err, done] = await Promise.all([
      text(echo.stdout),
      text(echo.stderr),
      echo.done,
    ]);
    expect([out, err]).toEqual(['out\n', 'err\n']);
    expect(done).toEqual({ type: 'exited', code: 3 });

    const cat = await client.exec(at(name), {
      command: ['head', '-n', '1'],
      stdin: true,
    });
    cat.stdin.write('hello\n');
    await expect(text(cat.stdout)).resolves.toBe('hello\n');
    await expect(cat.done).resolves.toEqual({ type: 'exited', code: 0 });

    const proxy = await FaultProxy.start(cluster().endpoint.baseUrl);
    const distant = new HttpKubernetesClient({
      ...cluster().endpoint,
      baseUrl: proxy.url,
    });
    const lasting = await distant.exec(at(name), { command: ['sleep', '60'] });
    proxy.cut();
    await expect(lasting.done).resolves.toMatchObject({
      type: 'failed',
      message: expect.stringContaining('broke'),
    });
    await distant.close();
    await proxy.stop();

    await expect(
      client.exec(at('nope'), { command: ['true'] }),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
  });
});
