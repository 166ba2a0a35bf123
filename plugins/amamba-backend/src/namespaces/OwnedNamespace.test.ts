import type { KubeObject } from '@amamba/backstage-plugin-amamba-common';
import fc from 'fast-check';
import { FakeServer } from '../__testUtils__/fakeServer';
import type { Cluster, ResourceType } from '../clusters';
import { awayClusters } from '../__testUtils__/awayClusters';
import { HttpKubernetesClient } from '../clusters/client/HttpKubernetesClient';
import type { WorkspaceRecord } from '../workspaces';
import { OwnedNamespace } from './OwnedNamespace';
import type { NamespaceRecord } from './records';

jest.setTimeout(60_000);

const NAMESPACE = 'team';

const TYPES: ResourceType[] = [
  { group: '', version: 'v1', plural: 'pods', kind: 'Pod', namespaced: true },
  {
    ...{ group: 'apps', version: 'v1', plural: 'deployments' },
    ...{ kind: 'Deployment', namespaced: true },
  },
];
const OF_CLUSTER: ResourceType[] = [
  {
    ...{ group: '', version: 'v1', plural: 'namespaces' },
    ...{ kind: 'Namespace', namespaced: false },
  },
  {
    ...{ group: 'rbac.authorization.k8s.io', version: 'v1' },
    ...{ plural: 'clusterroles', kind: 'ClusterRole', namespaced: false },
  },
];

const TRICKS = [
  ...['', '.', '..', '../..', '../../kube-system/pods/x', 'kube-system/x'],
  ...['a/b', 'a%2Fb', '%2e%2e', 'a?labelSelector=', 'a#x', 'a&limit=0'],
  ...['a\\b', 'a\nb', 'a\u0000', '*', 'A', ' ', 'x'.repeat(300)],
  ...['a=b', 'a=b&fieldSelector=x', 'a in (b', 'a,', 'metadata.namespace=x'],
  ...['metadata.namespace!=team', 'a=b&namespace=x', 'watch=1'],
];
const TEXT = fc.oneof(
  fc.constantFrom(...TRICKS),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,10}[a-z0-9])?$/),
);

type Call = (
  namespace: OwnedNamespace,
  type: ResourceType,
  name: string,
  selector: string,
) => Promise<unknown>;

const CALLS: Record<string, Call> = {
  get: (namespace, type, name) => namespace.get(type, name),
  list: (namespace, type, name, labelSelector) =>
    namespace.list(type, { labelSelector, continue: name || undefined }),
  listFields: (namespace, type, _name, fieldSelector) =>
    namespace.list(type, { fieldSelector }),
  listUpTo: (namespace, type, _name, labelSelector) =>
    namespace.listUpTo(type, 10, { labelSelector }),
  create: (namespace, type, name, other) =>
    namespace.create(type, { metadata: { name, namespace: other } }),
  createSubresource: (namespace, type, name) =>
    namespace.createSubresource(type, name, 'eviction', {}),
  patch: (namespace, type, name) =>
    namespace.patch(type, name, { type: 'merge', patch: {} }),
  apply: (namespace, type, name) =>
    namespace.apply(type, name, { metadata: { name } }),
  scale: (namespace, type, name) => namespace.scale(type, name, 1),
  delete: (namespace, type, name) => namespace.delete(type, name),
  log: (namespace, _type, name, container) =>
    namespace.log(name, { container }),
  issueToken: (namespace, _type, name) =>
    namespace.issueToken(name, { expirationSeconds: 600 }),
};

/** What a request may ask for besides its path. */
const PARAMETERS = new Set([
  ...['labelSelector', 'fieldSelector', 'limit', 'continue', 'fieldManager'],
  ...['fieldValidation', 'dryRun', 'force', 'container', 'timestamps'],
]);

describe('whatever is asked of a namespace', () => {
  let server: FakeServer;
  let client: HttpKubernetesClient;
  let namespace: OwnedNamespace;

  beforeAll(async () => {
    server = await FakeServer.start();
    server.handler = (_request, response) => {
      response.setHeader('Content-Type', 'application/json');
      response.end('{"kind":"List","metadata":{},"items":[],"status":{}}');
    };
    client = new HttpKubernetesClient({
      ...{ name: 'c', baseUrl: server.url },
      ...{ skipTlsVerify: false, proxied: false },
      authorize: async () => ({ headers: {}, secrets: [] }),
    });
    const away = await awayClusters('c').get('c');
    const cluster: Cluster = { ...away, client };
    namespace = new OwnedNamespace(
      cluster,
      { cluster: 'c', name: NAMESPACE } as NamespaceRecord,
      { name: 'team-a' } as WorkspaceRecord,
    );
  });
  afterAll(async () => {
    await client.close();
    await server.stop();
  });

  it.each(Object.entries(CALLS))(
    '%s stays in it, and in what was asked for',
    async (_method, call) => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...TYPES),
          TEXT,
          TEXT,
          async (type, name, selector) => {
            server.seen.length = 0;
            // refused, or answered with something that is no object
            await call(namespace, type, name, selector).catch(() => {});
            for (const { url } of server.seen) {
              const { pathname, searchParams } = new URL(url, server.url);
              const [, api, ...rest] = pathname.split('/');
              const path = rest.slice(api === 'api' ? 1 : 2);
              expect(path.slice(0, 2)).toEqual(['namespaces', NAMESPACE]);
              expect(path.length).toBeLessThanOrEqual(5);
              const object =
                path.length > 3 ? decodeURIComponent(path[3]) : name;
              expect(object).toBe(name);
              const keys = [...searchParams.keys()];
              expect(keys.filter(key => !PARAMETERS.has(key))).toEqual([]);
              expect(new Set(keys).size).toBe(keys.length);
              const asked = ['labelSelector', 'fieldSelector', 'container']
                .map(key => searchParams.get(key))
                .filter(text => text !== null);
              for (const text of asked) expect(text).toBe(selector);
            }
          },
        ),
        { numRuns: 60 },
      );
    },
  );

  it.each(OF_CLUSTER)('does not reach $kind', async type => {
    server.seen.length = 0;
    const calls = Object.entries(CALLS).filter(
      ([method]) => !['log', 'issueToken'].includes(method),
    );
    const ends = await Promise.all(
      calls.map(async ([, call]) => {
        try {
          return await call(namespace, type, 'x', '');
        } catch (error) {
          return error instanceof Error ? error.name : 'thrown';
        }
      }),
    );
    expect(new Set(ends)).toEqual(new Set(['InputError']));
    await expect(
      namespace.rows<KubeObject>({
        ...type,
        keep: object => object,
      }),
    ).rejects.toMatchObject({ name: 'InputError' });
    expect(server.seen).toEqual([]);
  });
});
