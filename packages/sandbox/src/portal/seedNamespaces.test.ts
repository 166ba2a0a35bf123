import { createServer, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { seedNamespaces } from './seedNamespaces';

/** What the portal would keep: namespaces by workspace and cluster. */
const bindings = new Map<string, string[]>();
const PATH = /^\/api\/amamba\/v1\/workspaces\/([^/]+)\/(.*)$/;

const binding = (cluster: string, namespaces: string[]) => ({
  cluster,
  title: cluster,
  mode: 'shared',
  quota: {},
  allocated: {},
  namespaces: namespaces.length,
  boundAt: '2026-01-01T00:00:00.000Z',
  boundBy: 'external:sandbox',
  version: 1,
});

function answer(
  method: string,
  workspace: string,
  rest: string,
): [number, unknown] {
  const [, kind, cluster, namespace] =
    /^(clusters|namespaces)(?:\/([^/]+))?(?:\/([^/]+)\/adopt)?$/.exec(rest) ??
    [];
  const key = `${workspace} ${cluster}`;
  if (method === 'GET') {
    const own = [...bindings].filter(([each]) =>
      each.startsWith(`${workspace} `),
    );
    const items = own.map(([each, list]) => binding(each.split(' ')[1], list));
    return [
      200,
      {
        items,
        setup: { state: 'ready' },
        available: [],
        ...{ can: [], managers: [] },
      },
    ];
  }
  if (kind === 'clusters') {
    bindings.set(key, []);
    return [200, binding(cluster, [])];
  }
  const owned = bindings.get(key);
  if (!owned) return [409, { error: { name: 'ConflictError', message: '' } }];
  owned.push(namespace);
  const detail = {
    workspace,
    cluster,
    name: namespace,
    state: 'active',
    quota: [],
    drift: [],
    createdAt: '2026-01-01T00:00:00.000Z',
    can: [],
    labels: {},
    wantedQuota: {},
    createdBy: 'external:sandbox',
    version: 1,
  };
  return [201, detail];
}

describe('namespaces of the samples', () => {
  let server: Server;
  const seed = (clusters: string[]) =>
    seedNamespaces({
      portalUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      token: 'secret',
      clusters,
      signal: AbortSignal.timeout(10_000),
    });

  beforeAll(async () => {
    server = createServer((request, response) => {
      request.resume();
      const [, workspace, rest] = PATH.exec(request.url ?? '') ?? [];
      const isKnown = request.headers.authorization === 'Bearer secret';
      const [status, body] = isKnown
        ? answer(request.method ?? '', workspace, rest)
        : [401, {}];
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(body));
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());

  it('go to the workspaces that they are made for, once', async () => {
    expect(await seed(['one', 'two'])).toEqual([
      'one/team-a-dev',
      'one/team-a-prod',
      'one/team-b-dev',
      'two/team-a-staging',
      'two/team-b-prod',
    ]);
    expect(await seed(['one', 'two'])).toEqual([]);
  });

  it('do not come back when one was released', async () => {
    bindings.set('team-a one', ['team-a-prod']);
    expect(await seed(['one'])).toEqual([]);
  });
});
