import { describeWithClusters } from 'sandbox';
import {
  startTeamNamespace,
  until,
  type TeamNamespace,
} from '../__testUtils__/teamNamespace';

jest.setTimeout(120_000);

const CLUSTER = 'test-0';

interface Row {
  kind: string;
  name: string;
  health: { status: string };
  ready: number;
}

const deployment = (name: string, image: string) => `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels: {app.kubernetes.io/part-of: store, backstage.io/kubernetes-id: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: web, image: "${image}"}]}
`;

describeWithClusters(1, 'applications on a real cluster', clusters => {
  let portal: TeamNamespace['portal'];
  let base: string;
  let path: string;

  beforeAll(async () => {
    const team = await startTeamNamespace(clusters());
    ({ portal, base, path } = team);
    const { namespace, client } = team.cluster;
    await client.applyYaml(
      [
        deployment('shop', 'shop:1.0'),
        deployment('cart', 'cart:1.0'),
        `
apiVersion: app.k8s.io/v1beta1
kind: Application
metadata: {name: store}
spec:
  selector: {matchLabels: {app.kubernetes.io/part-of: store}}
  componentKinds: [{group: apps, kind: Deployment}]
`,
        deployment('lone', 'lone:1.0').replace('part-of: store', 'part-of: x'),
      ].join('---'),
      namespace,
    );
  });
  afterAll(() => portal.stop());

  const list = (user: string, query = '') =>
    portal.get(`${base}${query}`, user);
  const names = (items: Row[]) => items.map(row => `${row.kind}/${row.name}`);

  it('lists applications and plain workloads with one health', async () => {
    const { body } = await until(
      () => list('vi'),
      answer =>
        answer.body.items?.length === 2 &&
        answer.body.items.every((row: Row) => row.health.status === 'ok'),
    );
    expect(names(body.items)).toEqual(['deployment/lone', 'application/store']);
    expect(body.items[1]).toMatchObject({
      ready: 4,
      desired: 4,
      images: ['cart:1.0', 'shop:1.0'],
      environment: 'dev',
      health: { status: 'ok' },
    });
    expect(body.counts).toEqual({ ok: 2 });
  });

  it.each([
    ['?q=lone', ['deployment/lone']],
    ['?kind=application', ['application/store']],
    ['?health=failed', []],
    [
      '?entity=component:default/shop',
      ['deployment/lone', 'application/store'],
    ],
    ['?sort=-name&limit=1', ['application/store']],
  ])('filters and sorts on the server: %s', async (query, found) => {
    const { status, body } = await list('ed', query);
    expect(status).toBe(200);
    // The entity of the test organisation has no annotation of Kubernetes.
    expect(names(body.items)).toEqual(query.includes('entity') ? [] : found);
  });

  it('shows how its objects hang together', async () => {
    const { status, body } = await portal.get(
      `${path}/application/store/topology`,
      'vi',
    );
    expect(status).toBe(200);
    const ids = body.nodes.map((node: { id: string }) => node.id);
    expect(ids).toEqual(
      expect.arrayContaining(['Deployment/shop', 'Deployment/cart']),
    );
    expect(ids).not.toContain('Deployment/lone');
    const relations = body.edges.map(
      (edge: { from: string; relation: string }) =>
        `${edge.from.split('-')[0]} ${edge.relation}`,
    );
    expect(relations).toEqual(
      expect.arrayContaining(['Deployment/shop owns', 'ReplicaSet/shop owns']),
    );
  });

  it.each([
    ['nobody of another workspace', 'sam', 404],
    ['a viewer', 'vi', 200],
  ])('is for %s', async (_who, user, status) => {
    const answer = await portal.get(`${path}/application/store`, user);
    expect(answer.status).toBe(status);
  });

  it.each([
    'kube-system/deployment/coredns',
    '..%2Fkube-system/deployment/x',
    'team-b/deployment/x',
  ])('does not look into %s', async foreign => {
    const answer = await portal.get(`${base}/${CLUSTER}/${foreign}`, 'ann');
    expect([400, 404]).toContain(answer.status);
  });

  it('says what an act will do, does it, and goes back', async () => {
    const act = {
      act: 'image',
      workload: { kind: 'Deployment', name: 'shop' },
      images: [{ container: 'web', image: 'shop:2.0' }],
    };
    const acts = `${path}/application/store/acts`;
    expect((await portal.call('post', acts, 'vi', { act })).status).toBe(403);
    const preview = await portal.call('post', `${acts}/preview`, 'ed', { act });
    expect([preview.status, preview.body.error]).toEqual([200, undefined]);
    expect(preview.body.diff[0].hunks).toContainEqual(
      expect.objectContaining({ before: 'shop:1.0', after: 'shop:2.0' }),
    );
    const { basis } = preview.body;
    const done = await portal.call('post', acts, 'ed', { act, basis });
    expect(done.status).toBe(202);
    const again = await portal.call('post', acts, 'ed', { act, basis });
    expect([400, 409]).toContain(again.status);
    const revisions = await until(
      () => portal.get(`${path}/application/store/revisions`, 'vi'),
      ({ body }) =>
        body.items.filter((row: { workload: string }) =>
          row.workload.endsWith('/shop'),
        ).length === 2,
    );
    const old = revisions.body.items.find(
      (row: { images: string[] }) => row.images[0] === 'shop:1.0',
    );
    const back = await portal.call('post', acts, 'ed', {
      act: {
        act: 'rollback',
        workload: { kind: 'Deployment', name: 'shop' },
        revision: old.id,
      },
    });
    expect(back.body).toMatchObject({ containers: [{ image: 'shop:1.0' }] });
  });

  it('shows events and a manifest without what the API server adds', async () => {
    const events = await portal.get(`${path}/application/store/events`, 'vi');
    expect([events.status, events.body.error]).toEqual([200, undefined]);
    expect(
      events.body.items.some(
        (row: { reason: string }) => row.reason === 'ScalingReplicaSet',
      ),
    ).toBe(true);
    const { body } = await portal.get(
      `${path}/application/store/manifest?objectKind=Deployment&objectName=cart`,
      'vi',
    );
    expect(body.yaml).toContain('cart:1.0');
    expect(body.yaml).not.toMatch(/managedFields|resourceVersion|^status/m);
  });
});
