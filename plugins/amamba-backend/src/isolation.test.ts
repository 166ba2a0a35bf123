import {
  endpoints,
  type Endpoint,
} from '@amamba/backstage-plugin-amamba-common';
import { describeWithClusters } from 'sandbox';
import { z } from 'zod';
import { clusterName } from './__testUtils__/clusterPortal';
import {
  startTeamNamespace,
  type TeamNamespace,
} from './__testUtils__/teamNamespace';

jest.setTimeout(180_000);

/** A place in a cluster that an operation is called for. */
interface Place {
  cluster: string;
  namespace: string;
}

const keysOf = (schema: unknown): string[] =>
  schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];

/** Whether an operation names a namespace of a cluster, wherever in the request. */
function namesPlace({ params, query, body }: Endpoint): boolean {
  const keys = [params, query, body].flatMap(keysOf);
  return keys.includes('cluster') && keys.includes('namespace');
}

/** Platform engineers give namespaces to workspaces: these name what is nobody's yet, on purpose. */
const GIVES = 'amamba.platform.manage';

const OPERATIONS = Object.entries<Endpoint>(endpoints).filter(
  ([, endpoint]) =>
    namesPlace(endpoint) && !endpoint.permissions.includes(GIVES),
);

const YAML = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: mine }\n';
const EDIT = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\n';
const RESTART = {
  act: 'restart',
  workload: { kind: 'Deployment', name: 'web' },
};
const CHART = { repository: 'r', chart: 'web', version: '0.1.0' };

/** What an operation is called with besides the place, so that nothing but the place is wrong. */
const REQUESTS: Record<string, { query?: object; body?: object }> = {
  compareRevisions: { query: { from: 'a', to: 'b' } },
  downloadPodLogs: { query: { pod: 'web' } },
  openTerminal: { body: { pod: 'web' } },
  writeTerminal: { body: { type: 'data', data: 'id\n' } },
  previewAct: { body: { act: RESTART } },
  act: { body: { act: RESTART } },
  checkManifests: { body: { yaml: YAML } },
  applyManifests: { body: { yaml: YAML } },
  checkManifest: { body: { yaml: EDIT, force: true } },
  applyManifest: { body: { yaml: EDIT, force: true } },
  importApplication: { body: { name: 'mine', workloads: ['Deployment/web'] } },
  previewApplicationDeletion: { body: {} },
  deleteApplication: { body: { confirm: 'web' } },
  updateNamespace: { body: { version: 1, labels: { mine: 'yes' } } },
  deleteNamespace: { body: { confirm: 'web' } },
  compareReleaseRevisions: { query: { from: 1, to: 2 } },
  previewRelease: { body: { ...CHART, name: 'web' } },
  installRelease: { body: { ...CHART, name: 'web' } },
  upgradeRelease: { body: { ...CHART, basis: 1 } },
  rollbackRelease: { body: { revision: 1, basis: 1 } },
  uninstallRelease: { body: { confirm: 'web' } },
};
const NAMES: Record<string, string> = {
  workspace: 'team-a',
  kind: 'deployment',
  name: 'web',
  revision: '1',
  terminal: '6f1ae1a0-7d0c-4f34-8f6a-111111111111',
};

describeWithClusters(2, 'no operation leaves the workspace', clusters => {
  let team: TeamNamespace;
  let places: Record<string, Place>;

  beforeAll(async () => {
    // team-b owns a namespace on the first cluster, which team-a may use too; the second is bound to nobody
    team = await startTeamNamespace(clusters(), {}, { team: 'team-b' });
    const [first, second] = clusters();
    await team.portal.call(
      'put',
      `/workspaces/team-a/clusters/${clusterName(0)}`,
      'pat',
      {},
    );
    const web = (text: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, labels: { of: "${text}" } }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "web:1" }] }
`;
    await first.client.applyYaml(web('b'), first.namespace);
    await second.client.applyYaml(web('nobody'), second.namespace);
    places = {
      foreign: { cluster: clusterName(0), namespace: first.namespace },
      unowned: { cluster: clusterName(0), namespace: 'kube-system' },
      unbound: { cluster: clusterName(1), namespace: second.namespace },
      unknown: { cluster: 'nowhere', namespace: first.namespace },
    };
  });
  afterAll(() => team.portal.stop());

  /** Everything in both namespaces that anybody could have changed. */
  const seen = async () => {
    const all = await Promise.all(
      clusters().flatMap(({ client, namespace }) =>
        [
          `/apis/apps/v1/namespaces/${namespace}/deployments`,
          `/api/v1/namespaces/${namespace}/configmaps`,
          `/api/v1/namespaces/${namespace}/secrets`,
          `/apis/app.k8s.io/v1beta1/namespaces/${namespace}/applications`,
          `/apis/batch/v1/namespaces/${namespace}/jobs`,
        ].map(path => client.list(path)),
      ),
    );
    return all
      .flat()
      .map(({ kind, metadata }) => [
        ...[kind, metadata.name, metadata.generation, metadata.labels],
      ]);
  };

  function requestOf([id, endpoint]: [string, Endpoint], place: Place) {
    const params = keysOf(endpoint.params);
    const names: Record<string, string> = { ...NAMES, ...place };
    const path = endpoint.path.replace(
      /:([a-zA-Z]+)/g,
      (_all, name: string) => names[name],
    );
    const missing = (schema: unknown) =>
      Object.fromEntries(
        (['cluster', 'namespace'] as const)
          .filter(key => keysOf(schema).includes(key) && !params.includes(key))
          .map(key => [key, place[key]]),
      );
    const { query = {}, body = {} } = REQUESTS[id] ?? {};
    const search = new URLSearchParams({
      ...missing(endpoint.query),
      ...query,
    }).toString();
    return {
      method: endpoint.method.toLocaleLowerCase('en-US') as 'get',
      path: `${path.replace(/^\/v1/, '')}${search && `?${search}`}`,
      body: endpoint.body ? { ...missing(endpoint.body), ...body } : undefined,
    };
  }

  it('is tried with all of them', () => {
    expect(OPERATIONS.length).toBeGreaterThan(35);
    const ids = OPERATIONS.map(([id]) => id);
    expect(Object.keys(REQUESTS).filter(id => !ids.includes(id))).toEqual([]);
  });

  it.each(OPERATIONS)('%s', async (id, endpoint) => {
    const before = await seen();
    for (const [what, place] of Object.entries(places)) {
      const { method, path, body } = requestOf([id, endpoint], place);
      for (const user of ['ann', 'pat']) {
        const answer = await team.portal.call(method, path, user, body);
        // what is not mounted is 404 too, without a name
        expect([what, user, answer.status, answer.body.error?.name]).toEqual([
          ...[what, user, 404, 'NotFoundError'],
        ]);
      }
    }
    expect(await seen()).toEqual(before);
  });

  it('filters of lists find nothing elsewhere', async () => {
    for (const { cluster, namespace } of Object.values(places)) {
      const query = `?cluster=${cluster}&ns=${namespace}`;
      const path = `/workspaces/team-a/applications${query}`;
      const { status, body } = await team.portal.get(path, 'ann');
      expect([status, body.items]).toEqual([200, []]);
    }
  });

  it.each([
    '..',
    '%2e%2e',
    '..%2fkube-system',
    'a%2f..%2fkube-system',
    'kube-system%00',
    'kube-system%3fx',
    'KUBE-SYSTEM',
    'kube-system.',
    ' kube-system',
    'kube-system%0a',
    '*',
    'default,kube-system',
  ])('a namespace called %s is none', async namespace => {
    const path = `/workspaces/team-a/applications/${clusterName(0)}/${namespace}/deployment/coredns`;
    const { status } = await team.portal.get(path, 'ann');
    expect([400, 404]).toContain(status);
  });
});
