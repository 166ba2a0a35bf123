import { describeWithClusters } from 'sandbox';
import {
  startTeamNamespace,
  until,
  type TeamNamespace,
} from '../__testUtils__/teamNamespace';

jest.setTimeout(120_000);

const CLUSTER = 'test-0';

const deployment = (name: string, image: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: 1 # one is enough here
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers:
        # the only one
        - { name: web, image: "${image}" }
`;
const service = (name: string) => `apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${name} }, ports: [{ port: 80 }] }
`;
const config = (name: string, value: string) => `apiVersion: v1
kind: ConfigMap
metadata: { name: ${name} }
data: { key: "${value}" }
`;

interface Problem {
  kind: string;
  message: string;
  path?: string;
  line?: number;
  manager?: string;
  remedy?: string;
}

describeWithClusters(1, 'manifests on a real cluster', clusters => {
  let team: TeamNamespace;
  let target: { cluster: string; namespace: string };

  beforeAll(async () => {
    team = await startTeamNamespace(clusters(), { podSecurity: 'baseline' });
    target = { cluster: CLUSTER, namespace: team.cluster.namespace };
  });
  afterAll(() => team.portal.stop());

  const core = (plural: string, name: string) =>
    `/api/v1/namespaces/${target.namespace}/${plural}/${name}`;
  const apps = (name: string) =>
    `/apis/apps/v1/namespaces/${target.namespace}/deployments/${name}`;
  const live = <T>(path: string) => team.cluster.client.request<T>('GET', path);
  const isThere = (path: string) =>
    live(path).then(
      () => true,
      () => false,
    );
  const check = (yaml: string, more: object = {}) =>
    team.portal.call('post', `${team.base}/check`, 'ed', {
      ...{ ...target, yaml },
      ...more,
    });
  const apply = (yaml: string, more: object = {}) =>
    team.portal.call('post', team.base, 'ed', {
      ...{ ...target, yaml },
      ...more,
    });
  const applied = (yaml: string) =>
    team.finish('post', team.base, 'ed', { ...target, yaml });
  const trail = async () => {
    const path = '/workspaces/team-a/audit?limit=1';
    const { body } = await team.portal.get(path, 'ann');
    return body.items[0];
  };

  it('are tried, written in one go, and listed', async () => {
    const yaml = [deployment('web', 'web:1'), service('web')].join('---\n');
    const tried = await check(yaml);
    expect(tried.body).toMatchObject({
      ok: true,
      diff: [{ change: 'create' }, { change: 'create' }],
    });
    expect(await isThere(apps('web'))).toBe(false);
    const { state, steps } = await applied(yaml);
    expect(state).toBe('done');
    expect(steps.map(({ text }) => text)).toEqual([
      'Service/web is created',
      'Deployment/web is created',
    ]);
    expect(await trail()).toMatchObject({
      action: 'application.apply',
      result: 'done',
      details: { objects: 'Service/web (new), Deployment/web (new)' },
    });
    const found = await until(
      () => team.portal.get(`${team.path}/deployment/web`, 'vi'),
      ({ status }) => status === 200,
    );
    expect(found.body.resources).toHaveLength(2);
  });

  it('are written all or not at all, and the operation says so', async () => {
    expect((await applied(config('kept', 'old'))).state).toBe('done');
    const { client } = team.cluster;
    // Room for one more, which each of the two has when it is tried alone.
    await client.request('POST', core('resourcequotas', '').slice(0, -1), {
      body: {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'few' },
        spec: { hard: { 'count/configmaps': '3' } },
      },
    });
    await until(
      () => live<{ status?: { used?: object } }>(core('resourcequotas', 'few')),
      ({ status }) => Object.keys(status?.used ?? {}).length > 0,
    );
    try {
      const yaml = [
        config('kept', 'new'),
        config('one', '1'),
        config('two', '2'),
      ].join('---\n');
      expect((await check(yaml)).body.ok).toBe(true);
      const { state, problem, steps } = await applied(yaml);
      expect(state).toBe('failed');
      expect(problem).toMatch(/ConfigMap\/two .* Quota "few" is exceeded/);
      expect(steps.map(({ text }) => text).slice(-2)).toEqual([
        'ConfigMap/one is deleted again',
        'ConfigMap/kept is made what it was',
      ]);
      expect(await isThere(core('configmaps', 'one'))).toBe(false);
      const kept = await live<{ data: object }>(core('configmaps', 'kept'));
      expect(kept.data).toEqual({ key: 'old' });
      expect(await trail()).toMatchObject({ result: 'failed' });
    } finally {
      await client.remove(core('resourcequotas', 'few'));
    }
  });

  const pod = (spec: string) => `apiVersion: v1
kind: Pod
metadata: { name: bad }
spec: ${spec}
`;
  const BOMB = `apiVersion: v1
kind: ConfigMap
metadata: { name: bomb }
data:
  a: &a [x,x,x,x,x,x,x,x,x]
  b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
  c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]
  d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]
`;

  it.each<[string, string, Partial<Problem>]>([
    ['no YAML', 'a: [', { kind: 'invalid', line: 1 }],
    ['a bomb', BOMB, { kind: 'invalid' }],
    ['text', 'hello', { kind: 'invalid' }],
    [
      'a kind that nobody serves',
      config('x', '1').replace('v1', 'v9'),
      { kind: 'invalid', path: 'apiVersion', line: 1 },
    ],
    [
      'a wrong kind',
      config('x', '1').replace('ConfigMap', 'ConfigMop'),
      { kind: 'forbidden', path: 'kind', line: 2 },
    ],
    [
      'a kind of the whole cluster',
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: mine}\n',
      { kind: 'forbidden', path: 'kind', line: 2 },
    ],
    [
      'rights',
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: x}\n',
      { kind: 'forbidden', path: 'kind' },
    ],
    [
      'a foreign namespace',
      config('x', '1').replace(
        '{ name: x }',
        '{ name: x, namespace: kube-system }',
      ),
      { kind: 'forbidden', path: 'metadata.namespace', line: 3 },
    ],
    [
      'a path of the node',
      pod(
        '{ containers: [{ name: c, image: i }], volumes: [{ name: v, hostPath: { path: / } }] }',
      ),
      { kind: 'forbidden', path: 'spec.volumes[0].hostPath' },
    ],
    [
      'privileges',
      pod(
        '{ containers: [{ name: c, image: i, securityContext: { privileged: true } }] }',
      ),
      {
        kind: 'forbidden',
        path: 'spec.containers[0].securityContext.privileged',
      },
    ],
    [
      'the network of the node',
      pod('{ hostNetwork: true, containers: [{ name: c, image: i }] }'),
      { kind: 'forbidden', path: 'spec.hostNetwork' },
    ],
    [
      'a field that is not there',
      service('x').replace('ports:', 'prots:'),
      { kind: 'invalid', path: 'spec.prots', line: 4 },
    ],
    [
      'a value that cannot be',
      service('x').replace('port: 80', 'port: 99999'),
      { kind: 'invalid', path: 'spec.ports[0].port', line: 4 },
    ],
    [
      'what cannot be changed',
      deployment('web', 'web:1').replaceAll('app: web', 'app: other'),
      {
        kind: 'invalid',
        path: 'spec.selector',
        message: expect.stringContaining('create it anew'),
      },
    ],
    [
      'a token of an account',
      'apiVersion: v1\nkind: Secret\nmetadata: {name: t, annotations: {kubernetes.io/service-account.name: default}}\ntype: kubernetes.io/service-account-token\n',
      { kind: 'forbidden', path: 'type' },
    ],
  ])(
    '%s is refused where it stands, and nothing is made',
    async (_what, yaml, problem) => {
      const tried = await check(yaml);
      expect(tried.status).toBe(200);
      expect(tried.body).toMatchObject({ ok: false, diff: [] });
      expect(tried.body.problems).toContainEqual(
        expect.objectContaining(problem),
      );
      const together = [config('beside', '1'), yaml].join('---\n');
      const sent = await apply(together);
      expect(sent.status).toBe(400);
      expect(sent.body.error.message.length).toBeGreaterThan(20);
      expect(await isThere(core('configmaps', 'beside'))).toBe(false);
      expect(await trail()).toMatchObject({
        action: 'application.apply',
        result: 'failed',
      });
    },
  );

  it('more than a namespace may have is refused in words', async () => {
    const { client } = team.cluster;
    await client.request('POST', core('resourcequotas', '').slice(0, -1), {
      body: {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'none' },
        spec: { hard: { 'count/services': '0' } },
      },
    });
    const tried = await until(
      () => check(service('much')),
      ({ body }) => !body.ok,
    );
    await client.remove(core('resourcequotas', 'none'));
    expect(tried.body.problems).toEqual([
      expect.objectContaining({
        kind: 'quota',
        message: expect.stringContaining('Quota "none" is exceeded'),
      }),
    ]);
  });

  it.each([
    ['a megabyte and more', 'x'.repeat(1_000_001), 400],
    ['ten megabytes', 'x'.repeat(10_000_000), 413],
  ])('%s is too much', async (_what, yaml, status) => {
    const answer = await apply(yaml);
    expect(answer.status).toBe(status);
  });

  it('are edited with their comments, whatever others change meanwhile', async () => {
    const path = `${team.path}/deployment/web`;
    const read = () => team.portal.get(`${path}/manifest`, 'vi');
    const first = await read();
    expect(first.body.yaml).toBe(deployment('web', 'web:1'));
    const scaled = await team.portal.call('post', `${path}/acts`, 'ed', {
      act: {
        act: 'scale',
        workload: { kind: 'Deployment', name: 'web' },
        replicas: 3,
      },
    });
    expect(scaled.status).toBe(202);
    const second = await read();
    expect(second.body.yaml).toBe(
      deployment('web', 'web:1').replace('replicas: 1', 'replicas: 3'),
    );
    const put = (yaml: string, resourceVersion: string, more: object = {}) =>
      team.portal.call('put', `${path}/manifest`, 'ed', {
        ...{ yaml, resourceVersion },
        ...more,
      });
    const edited = second.body.yaml.replace('web:1', 'web:2');
    const stale = await put(edited, first.body.resourceVersion);
    expect(stale.status).toBe(409);
    expect(stale.body.error.message).toContain('Load it again');
    const done = await put(edited, second.body.resourceVersion);
    expect([done.status, done.body.error]).toEqual([200, undefined]);
    expect(done.body.yaml).toBe(edited);
    expect(await trail()).toMatchObject({ action: 'application.edit' });
    // Pods start and stop meanwhile, which is no change of the text.
    const fewer = await put(
      edited.replace('replicas: 3', 'replicas: 2'),
      done.body.resourceVersion,
    );
    expect([fewer.status, fewer.body.error]).toEqual([200, undefined]);
  });

  it('name who owns a field, and take it over when they are told to', async () => {
    const path = `${team.path}/deployment/web`;
    const { client } = team.cluster;
    await client.request('PATCH', `${apps('web')}?fieldManager=kubectl`, {
      body: {
        metadata: { annotations: { owner: 'kubectl' } },
        spec: {
          template: {
            spec: {
              containers: [
                {
                  name: 'web',
                  image: 'web:9',
                  env: [{ name: 'A', value: '1' }],
                },
              ],
            },
          },
        },
      },
      type: 'application/strategic-merge-patch+json',
    });
    const { body } = await team.portal.get(`${path}/manifest`, 'vi');
    const draft = {
      yaml: body.yaml.replace('web:9', 'web:3'),
      resourceVersion: body.resourceVersion,
    };
    const call = (method: 'post' | 'put', more: object = {}) =>
      team.portal.call(
        method,
        `${path}/manifest${method === 'post' ? '/check' : ''}`,
        'ed',
        { ...draft, ...more },
      );
    const tried = await call('post');
    expect(tried.body).toMatchObject({ ok: false });
    expect(tried.body.problems).toEqual([
      expect.objectContaining({
        kind: 'conflict',
        manager: 'kubectl',
        path: 'spec.template.spec.containers[name="web"].image',
        line: 13,
      }),
    ]);
    const refused = await call('put');
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toContain('kubectl owns');
    const forced = await call('put', { force: true });
    expect([forced.status, forced.body.error]).toEqual([200, undefined]);
    expect(forced.body.yaml).toContain('web:3');
  });

  it('take out what another made, and no more', async () => {
    const path = `${team.path}/deployment/theirs`;
    const { client } = team.cluster;
    await client.request(
      'POST',
      `${apps('').slice(0, -1)}?fieldManager=kubectl`,
      {
        body: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: 'theirs', labels: { a: '1', b: '2' } },
          spec: {
            selector: { matchLabels: { app: 'theirs' } },
            template: {
              metadata: { labels: { app: 'theirs' } },
              spec: {
                containers: [
                  {
                    name: 'web',
                    image: 'web:1',
                    env: [
                      { name: 'A', value: '1' },
                      { name: 'B', value: '2' },
                    ],
                  },
                ],
              },
            },
          },
        },
      },
    );
    const read = await until(
      () => team.portal.get(`${path}/manifest`, 'ed'),
      ({ status }) => status === 200,
    );
    const yaml = read.body.yaml
      .replace('    a: "1"\n', '')
      .replace(/ +- name: A\n +value: "1"\n/, '');
    expect(yaml.length).toBeLessThan(read.body.yaml.length - 20);
    const draft = { yaml, resourceVersion: read.body.resourceVersion };
    const put = (more: object) =>
      team.portal.call('put', `${path}/manifest`, 'ed', { ...draft, ...more });
    const refused = await put({});
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toContain('metadata.labels.a stays');
    const tried = await team.portal.call(
      'post',
      `${path}/manifest/check`,
      'ed',
      { ...draft, force: true },
    );
    expect(tried.body.diff[0].hunks).toHaveLength(2);
    const forced = await put({ force: true });
    expect([forced.status, forced.body.error]).toEqual([200, undefined]);
    const now = await live<{
      metadata: { labels: object };
      spec: {
        template: { spec: { containers: { env: object[]; image: string }[] } };
      };
    }>(apps('theirs'));
    expect(now.metadata.labels).toEqual({ b: '2' });
    expect(now.spec.template.spec.containers[0]).toMatchObject({
      image: 'web:1',
      env: [{ name: 'B', value: '2' }],
    });
  });

  it('keep the values of a Secret that nobody saw', async () => {
    const secret = `apiVersion: v1
kind: Secret
metadata: { name: keys, labels: { app.kubernetes.io/part-of: safe } }
stringData: { user: ann, password: hunter2 }
---
apiVersion: app.k8s.io/v1beta1
kind: Application
metadata: { name: safe }
spec:
  selector: { matchLabels: { app.kubernetes.io/part-of: safe } }
  componentKinds: [{ group: v1, kind: Secret }]
`;
    const tried = await check(secret);
    expect(JSON.stringify(tried.body)).not.toMatch(/hunter2|aHVudGVyMg/);
    expect((await applied(secret)).state).toBe('done');
    const address = `${team.path}/application/safe/manifest`;
    const named = { objectKind: 'Secret', objectName: 'keys' };
    const read = await until(
      () =>
        team.portal.get(`${address}?objectKind=Secret&objectName=keys`, 'ed'),
      ({ status }) => status === 200,
    );
    expect(read.body.yaml).not.toMatch(/hunter2|aHVudGVyMg/);
    const done = await team.portal.call('put', address, 'ed', {
      ...named,
      yaml: read.body.yaml.replace(/ {2}user: .*/, '  user: Ym9i'),
      resourceVersion: read.body.resourceVersion,
      force: true,
    });
    expect([done.status, done.body.error]).toEqual([200, undefined]);
    expect(JSON.stringify(done.body)).not.toMatch(/hunter2|aHVudGVyMg/);
    const now = await live<{ data: object }>(core('secrets', 'keys'));
    expect(now.data).toEqual({ user: 'Ym9i', password: 'aHVudGVyMg==' });
  });

  it.each([
    ['a viewer', 'vi', 403],
    ['a stranger', 'sam', 404],
  ])('are not for %s', async (_who, user, status) => {
    const yaml = config('theirs', '1');
    const body = { ...target, yaml };
    for (const path of [team.base, `${team.base}/check`]) {
      const answer = await team.portal.call('post', path, user, body);
      expect(answer.status).toBe(status);
    }
    expect(await isThere(core('configmaps', 'theirs'))).toBe(false);
  });
});
