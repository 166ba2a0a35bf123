import { describeWithClusters, localHelm } from 'sandbox';
import { randomBytes } from 'crypto';
import { clusterName } from '../__testUtils__/clusterPortal';
import {
  startTeamNamespace,
  until,
  type TeamNamespace,
} from '../__testUtils__/teamNamespace';
import { ChartServer } from './__testUtils__/ChartServer';
import { pendingRevision } from './__testUtils__/storage';

jest.setTimeout(240_000);

const CLUSTER = clusterName(0);
const WORKSPACE = '/workspaces/team-a';

const DEPLOYMENT = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: {{ .Release.Name }}}
spec:
  replicas: {{ .Values.replicas }}
  selector: {matchLabels: {app: {{ .Release.Name }}}}
  template:
    metadata: {labels: {app: {{ .Release.Name }}{{ with .Values.fails }}, sandbox.amamba.io/fails: {{ . }}{{ end }}}}
    spec: {containers: [{name: web, image: "{{ .Values.image }}"}]}
`;
const SECRET = `
apiVersion: v1
kind: Secret
metadata: {name: {{ .Release.Name }}-key}
stringData: {key: {{ .Values.key | quote }}}
`;
const HOOK = `
{{- if .Values.hook }}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ .Release.Name }}-check
  annotations: {helm.sh/hook: "pre-install,pre-upgrade", helm.sh/hook-delete-policy: before-hook-creation}
spec:
  backoffLimit: 0
  activeDeadlineSeconds: {{ .Values.hookSeconds }}
  template:
    metadata: {labels: {sandbox.amamba.io/fails: "{{ .Values.hookFails }}"}}
    spec: {restartPolicy: Never, containers: [{name: x, image: "check:1"}]}
{{- end }}
`;
const VALUES = `replicas: 1
image: web:1.0
key: secret-key-of-the-test
fails: ''
hook: false
hookSeconds: 60
hookFails: ''
`;

describeWithClusters(1, 'releases of Helm on a real cluster', clusters => {
  let charts: ChartServer;
  let team: TeamNamespace;

  beforeAll(async () => {
    charts = await ChartServer.start();
    const files = {
      'values.yaml': VALUES,
      'templates/deployment.yaml': DEPLOYMENT,
      'templates/secret.yaml': SECRET,
      'templates/hook.yaml': HOOK,
      'templates/NOTES.txt': 'Runs {{ .Values.replicas }}.',
      'values.schema.json': JSON.stringify({
        type: 'object',
        properties: { replicas: { type: 'integer', minimum: 1 } },
      }),
    };
    charts.add('web', '1.0.0', files);
    charts.add('web', '1.1.0', {
      ...files,
      'templates/config.yaml': '{{- /* gone */ -}}',
    });
    charts.add('greedy', '1.0.0', {
      'templates/role.yaml':
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: greedy}\nrules: []\n',
    });
    charts.add('spy', '1.0.0', {
      'templates/config.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: spy}\ndata: {found: "{{ lookup "v1" "Secret" "kube-system" "x" }}"}\n',
    });
    charts.add('quota', '1.0.0', {
      'templates/quota.yaml':
        'apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: amamba}\nspec: {hard: {pods: "99"}}\n',
    });
    charts.add('foreign', '1.0.0', {
      'templates/config.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: f, namespace: default}\n',
    });
    const program = localHelm();
    const repositories = [{ name: 'charts', url: charts.url }];
    team = await startTeamNamespace(
      clusters(),
      {},
      { amamba: { helm: { ...(program && { program }), repositories } } },
    );
  });
  afterAll(async () => {
    await team.portal.stop();
    await charts.stop();
  });

  const draft = (name: string, values = '', more: object = {}) => ({
    ...{ repository: 'charts', chart: 'web', version: '1.0.0', name, values },
    ...{ cluster: CLUSTER, namespace: team.cluster.namespace },
    ...{ timeoutSeconds: 60, ...more },
  });
  const unique = (name: string) => `${name}-${randomBytes(3).toString('hex')}`;
  const releasePath = (name: string) => `${team.path}/helm/${name}/release`;
  const get = (path: string, user = 'ed') => team.portal.get(path, user);
  const preview = (body: object, user = 'ed') =>
    team.portal.call('post', `${WORKSPACE}/helm/releases/preview`, user, body);
  const install = (body: object, user = 'ed') =>
    team.finish('post', `${WORKSPACE}/helm/releases`, user, body);
  const texts = ({ steps }: { steps: { text: string }[] }) =>
    steps.map(({ text }) => text);

  async function installed(name: string, values = '') {
    const operation = await install(draft(name, values));
    expect([operation.state, operation.problem]).toEqual(['done', undefined]);
    await until(
      () => get(releasePath(name)),
      ({ status }) => status === 200,
    );
  }

  it('is previewed, installed, upgraded, compared, rolled back and uninstalled', async () => {
    const name = unique('shop');
    const before = await preview(draft(name, 'replicas: 2'));
    expect([before.status, before.body.problems]).toEqual([200, []]);
    expect(before.body).toMatchObject({
      ok: true,
      action: 'install',
      notes: 'Runs 2.',
    });
    const objects = before.body.diff.map(
      (each: { object: string; change: string }) =>
        `${each.change} ${each.object}`,
    );
    expect(objects.sort()).toEqual([
      `create ConfigMap/${name}`,
      `create Deployment/${name}`,
      `create Secret/${name}-key`,
    ]);
    expect(JSON.stringify(before.body)).not.toContain('secret-key');
    expect((await get(releasePath(name))).status).toBe(404);

    const operation = await install(draft(name, 'replicas: 2'));
    expect([operation.state, operation.problem]).toEqual(['done', undefined]);
    expect(texts(operation)).toEqual(
      expect.arrayContaining([
        'Check what will be made',
        `Create Deployment ${name}`,
      ]),
    );
    const first = await until(
      () => get(releasePath(name)),
      ({ status }) => status === 200,
    );
    expect(first.body).toMatchObject({
      latest: { revision: 1, status: 'deployed', chartVersion: '1.0.0' },
      ...{ repository: 'charts', locked: false, notes: 'Runs 2.' },
    });
    expect(first.body.readOnly).toBeUndefined();

    const change = { ...draft(name, 'replicas: 3\nimage: web:2.0'), basis: 1 };
    const next = await preview({ ...change, version: '1.1.0' });
    expect(next.body).toMatchObject({ ok: true, action: 'upgrade', basis: 1 });
    expect(next.body.diff).toContainEqual(
      expect.objectContaining({
        object: `ConfigMap/${name}`,
        change: 'delete',
      }),
    );
    const deployment = next.body.diff.find(
      (each: { object: string }) => each.object === `Deployment/${name}`,
    );
    expect(deployment.hunks).toEqual([
      { path: 'spec.replicas', before: '2', after: '3' },
      expect.objectContaining({ before: 'web:1.0', after: 'web:2.0' }),
    ]);
    const upgrade = await team.portal.call('put', releasePath(name), 'ed', {
      ...change,
      version: '1.1.0',
    });
    expect([upgrade.status, upgrade.body.kind]).toEqual([202, 'helm.upgrade']);
    const busy = await team.portal.call('put', releasePath(name), 'ed', change);
    expect(busy.status).toBe(409);
    await until(
      () => get(`${WORKSPACE}/operations/${upgrade.body.id}`),
      ({ body }) => body.state !== 'running',
      120_000,
    );
    const stale = await team.portal.call(
      'put',
      releasePath(name),
      'ed',
      change,
    );
    expect(stale.status).toBe(409);
    expect(stale.body.error.message).toContain('revision 2');

    const compared = await get(`${releasePath(name)}/compare?from=1&to=2`);
    expect(compared.body.values[0].hunks).toContainEqual(
      expect.objectContaining({ path: 'replicas', before: '2', after: '3' }),
    );
    const seen = await get(`${releasePath(name)}/compare?from=1&to=2`, 'vi');
    expect([seen.status, seen.body.values]).toEqual([200, []]);

    const back = await team.finish(
      'post',
      `${releasePath(name)}/rollback`,
      'ed',
      { revision: 1, basis: 2 },
    );
    expect([back.state, back.problem]).toEqual(['done', undefined]);
    const third = await until(
      () => get(releasePath(name)),
      ({ body }) => body.latest?.revision === 3,
    );
    expect(third.body.history).toMatchObject([
      { revision: 3, chartVersion: '1.0.0', status: 'deployed' },
      { revision: 2, status: 'superseded' },
      { revision: 1, status: 'superseded' },
    ]);

    const wrong = await team.portal.call('delete', releasePath(name), 'ed', {
      confirm: 'another',
    });
    expect(wrong.status).toBe(400);
    const gone = await team.finish('delete', releasePath(name), 'ed', {
      confirm: name,
    });
    expect([gone.state, gone.problem]).toEqual(['done', undefined]);
    const after = await until(
      () => get(releasePath(name)),
      ({ status }) => status === 404,
    );
    expect(after.status).toBe(404);
  });

  it('shows a revision with its Secrets masked, and values to those who may edit', async () => {
    const name = unique('masked');
    await installed(name, 'replicas: 2 # as it was typed');
    const edit = await get(`${releasePath(name)}/revisions/1`);
    expect(edit.body).toMatchObject({ values: 'replicas: 2\n' });
    expect(edit.body.computedValues).toContain('image: web:1.0');
    expect(edit.body.manifest).toContain('kind: Deployment');
    expect(edit.body.manifest).toContain('kind: Secret');
    expect(edit.body.manifest).not.toContain('secret-key-of');
    const read = await get(`${releasePath(name)}/revisions/1`, 'vi');
    expect(read.body.values).toBeUndefined();
    expect(JSON.stringify(read.body)).not.toContain('secret-key-of');
    expect((await get(`${releasePath(name)}/revisions/9`)).status).toBe(404);
    expect((await get(`${releasePath(name)}/revisions/1`, 'sam')).status).toBe(
      404,
    );
  });

  it.each([
    ['no YAML', 'replicas: 1\na: [b', /not YAML/],
    ['a text', 'just text', /one map/],
    ['a value that the schema refuses', 'replicas: 0', /replicas.*minimum/],
    [
      'a YAML bomb',
      `${Array.from(
        { length: 10 },
        (_, i) =>
          `a${i}: &a${i} [${
            i === 0
              ? 'x'
              : Array(10)
                  .fill(`*a${i - 1}`)
                  .join()
          }]`,
      ).join('\n')}`,
      /[Aa]liases/,
    ],
  ])('refuses values that are %s', async (_what, values, words) => {
    const { status, body } = await preview(draft(unique('bad'), values));
    expect(status).toBe(200);
    expect(body).toMatchObject({ ok: false, diff: [] });
    expect(body.problems[0].message).toMatch(words);
  });

  it.each([
    ['greedy', /whole cluster|wants to/],
    ['quota', /for the portal to set|wants to/],
    ['foreign', /namespace default|stays in its own|wants to/],
    ['spy', /wants to get secrets/],
  ])('keeps chart %s in its namespace', async (chart, words) => {
    const name = unique(chart);
    const { body } = await preview(draft(name, '', { chart }));
    expect(body.ok).toBe(false);
    expect(body.problems[0].message).toMatch(words);
    const operation = await install(draft(name, '', { chart }));
    expect(operation.state).toBe('failed');
    expect(operation.problem).toMatch(words);
    expect((await get(releasePath(name))).status).toBe(404);
  });

  it('explains a hook that fails, and leaves nothing half-made', async () => {
    const name = unique('hook');
    const values = 'hook: true\nhookFails: crash-loop\nhookSeconds: 3';
    const { body } = await preview(draft(name, values));
    expect(body.diff).toContainEqual(
      expect.objectContaining({
        object: `Job/${name}-check`,
        warnings: ['Hook: pre-install, pre-upgrade'],
      }),
    );
    const operation = await install(draft(name, values));
    expect(operation.state).toBe('failed');
    expect(operation.problem).toMatch(
      new RegExp(`pre-install hook Job ${name}-check failed`),
    );
    expect(texts(operation)).toContain(
      `Create Job ${name}-check (hook pre-install, pre-upgrade)`,
    );
    const after = await until(
      () => get(releasePath(name)),
      ({ status }) => status === 404,
    );
    expect(after.status).toBe(404);
    // its Job is still there, and in no one's way
    const again = await preview(draft(name, 'hook: true'));
    expect([again.body.ok, again.body.problems]).toEqual([true, []]);
  });

  it('says what its pods complained of when it does not get ready in time', async () => {
    const name = unique('slow');
    const operation = await install(
      draft(name, 'fails: image-pull', { timeoutSeconds: 12 }),
    );
    expect(operation.state).toBe('failed');
    expect(operation.problem).toMatch(/did not become ready/);
    expect(operation.problem).toMatch(/image/i);
  });

  it('is unlocked when its client died', async () => {
    const name = unique('stuck');
    await installed(name);
    const { namespace, client } = team.cluster;
    const path = `/api/v1/namespaces/${namespace}/secrets`;
    const { body: at } = await get(releasePath(name));
    expect(at.latest.revision).toBe(1);
    const again = await team.portal.call(
      ...(['post', `${releasePath(name)}/unlock`, 'ed'] as const),
    );
    expect(again.status).toBe(409);
    // As a client leaves it that is killed in the middle of an upgrade.
    await killedUpgrade(name);
    const stuck = await until(
      () => get(releasePath(name)),
      ({ body }) => body.latest?.status === 'pending-upgrade',
    );
    expect(stuck.body).toMatchObject({
      locked: true,
      deployed: { revision: 1 },
    });
    const refused = await team.portal.call('put', releasePath(name), 'ed', {
      ...draft(name, 'replicas: 2'),
      basis: 2,
    });
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toContain('Unlock');
    const operation = await team.finish(
      'post',
      `${releasePath(name)}/unlock`,
      'ed',
      {},
    );
    expect([operation.state, operation.problem]).toEqual(['done', undefined]);
    const free = await until(
      () => get(releasePath(name)),
      ({ body }) => body.latest?.status === 'deployed',
    );
    expect(free.body).toMatchObject({ locked: false, latest: { revision: 3 } });
    expect(
      await client.find(`${path}/sh.helm.release.v1.${name}.v3`),
    ).toBeDefined();
  });

  /** Writes the Secret of a revision that is under way, as Helm does before it begins. */
  async function killedUpgrade(name: string): Promise<void> {
    const { namespace, client } = team.cluster;
    const path = `/api/v1/namespaces/${namespace}/secrets`;
    const first = await client.request<{
      data: { release: string };
      metadata: { labels: object };
    }>('GET', `${path}/sh.helm.release.v1.${name}.v1`);
    await client.request('POST', path, {
      body: {
        ...{ apiVersion: 'v1', kind: 'Secret', type: 'helm.sh/release.v1' },
        metadata: {
          name: `sh.helm.release.v1.${name}.v2`,
          labels: {
            ...first.metadata.labels,
            ...{ status: 'pending-upgrade', version: '2' },
          },
        },
        data: { release: pendingRevision(first.data.release, 2) },
      },
    });
  }

  it('takes over what is there, or leaves it', async () => {
    const name = unique('taken');
    await team.cluster.client.applyYaml(
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {greeting: mine}\n`,
      team.cluster.namespace,
    );
    const { body } = await preview(draft(name));
    expect(body).toMatchObject({
      ok: false,
      problems: [{ kind: 'conflict', remedy: expect.stringContaining('own') }],
    });
    const taken = await preview(
      draft(name, '', { takeOwnership: true, forceConflicts: true }),
    );
    expect([taken.body.ok, taken.body.problems]).toEqual([true, []]);
  });

  it('is changed by those who may, with a trail', async () => {
    const name = unique('roles');
    const body = draft(name);
    const path = `${WORKSPACE}/helm/releases`;
    for (const [user, status] of [
      ['vi', 403],
      ['sam', 404],
    ] as const) {
      expect((await preview(body, user)).status).toBe(status);
      expect((await team.portal.call('post', path, user, body)).status).toBe(
        status,
      );
    }
    const foreign = { ...body, namespace: 'kube-system' };
    expect((await team.portal.call('post', path, 'ann', foreign)).status).toBe(
      404,
    );
    const trail = await get(`${WORKSPACE}/audit`, 'ann');
    expect(
      trail.body.items.map(
        ({ action, result }: { action: string; result: string }) =>
          `${action} ${result}`,
      ),
    ).toContain('release.install refused');
  });
});
