import { describeWithClusters } from 'sandbox';
import {
  startTeamNamespace,
  until,
  type TeamNamespace,
} from '../__testUtils__/teamNamespace';

jest.setTimeout(120_000);

const TEMPLATE = `{ metadata: { labels: { app: NAME } }, spec: { containers: [{ name: web, image: "web:1" }] } }`;
const workload = (kind: string, name: string) => `
apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${name} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template: ${TEMPLATE.replace('NAME', name)}
`;
const job = `{ template: { spec: { restartPolicy: Never, containers: [{ name: web, image: "web:1" }] } } }`;
const cronJob = (name: string) => `
apiVersion: batch/v1
kind: CronJob
metadata: { name: ${name} }
spec: { schedule: "0 0 1 1 *", jobTemplate: { spec: ${job} } }
`;

type Act = Record<string, unknown> & { act: string };

describeWithClusters(1, 'acts on workloads of a real cluster', clusters => {
  let team: TeamNamespace;

  beforeAll(async () => {
    team = await startTeamNamespace(clusters());
    const { client, namespace } = team.cluster;
    await client.applyYaml(
      [
        workload('Deployment', 'web'),
        workload('StatefulSet', 'set'),
        workload('DaemonSet', 'agent'),
        cronJob('nightly'),
      ].join('---'),
      namespace,
    );
    await until(
      () => team.portal.get(team.base, 'ed'),
      ({ body }) =>
        body.items?.length === 4 &&
        body.items.every(
          ({ health }: { health: { status: string } }) =>
            health.status === 'ok',
        ),
    );
  });
  afterAll(() => team.portal.stop());

  const KINDS: Record<string, [string, string]> = {
    web: ['Deployment', 'deployments'],
    set: ['StatefulSet', 'statefulsets'],
    agent: ['DaemonSet', 'daemonsets'],
    nightly: ['CronJob', 'cronjobs'],
  };
  const address = (name: string) =>
    `${team.path}/${KINDS[name][0].toLocaleLowerCase('en-US')}/${name}`;
  const call = (name: string, act: Act, path = '', user = 'ed') => {
    const body = { act: { ...act, workload: { kind: KINDS[name][0], name } } };
    return team.portal.call('post', `${address(name)}/acts${path}`, user, body);
  };
  const live = (name: string) => {
    const group = name === 'nightly' ? 'batch' : 'apps';
    return team.cluster.client.get<object>(
      `/apis/${group}/v1/namespaces/${team.cluster.namespace}/${KINDS[name][1]}/${name}`,
    );
  };
  const restarted = {
    spec: {
      template: {
        metadata: {
          annotations: {
            'kubectl.kubernetes.io/restartedAt': expect.any(String),
          },
        },
      },
    },
  };

  it.each<[string, Act, object]>([
    ['web', { act: 'scale', replicas: 3 }, { spec: { replicas: 3 } }],
    ['web', { act: 'restart' }, restarted],
    ['web', { act: 'stop' }, { spec: { replicas: 0 } }],
    ['web', { act: 'start' }, { spec: { replicas: 3 } }],
    ['web', { act: 'pause' }, { spec: { paused: true } }],
    ['web', { act: 'resume' }, {}],
    ['set', { act: 'scale', replicas: 2 }, { spec: { replicas: 2 } }],
    ['set', { act: 'restart' }, restarted],
    ['set', { act: 'stop' }, { spec: { replicas: 0 } }],
    ['set', { act: 'start' }, { spec: { replicas: 2 } }],
    ['agent', { act: 'restart' }, restarted],
    [
      'agent',
      { act: 'image', images: [{ container: 'web', image: 'web:2' }] },
      { spec: { template: { spec: { containers: [{ image: 'web:2' }] } } } },
    ],
    ['nightly', { act: 'suspend' }, { spec: { suspend: true } }],
    ['nightly', { act: 'unsuspend' }, { spec: { suspend: false } }],
    ['nightly', { act: 'trigger' }, {}],
  ])('%s: %j', async (name, act, wanted) => {
    const preview = await call(name, act, '/preview');
    expect([preview.status, preview.body.error]).toEqual([200, undefined]);
    expect(preview.body.will.length).toBeGreaterThan(0);
    const before = await live(name);
    expect((await call(name, act, '', 'vi')).status).toBe(403);
    expect(await live(name)).toMatchObject({
      spec: (before as { spec: object }).spec,
    });
    const done = await call(name, act);
    expect([done.status, done.body.error]).toEqual([202, undefined]);
    expect(await live(name)).toMatchObject(wanted);
    const { body: trail } = await team.portal.get(
      '/workspaces/team-a/audit?limit=2',
      'ann',
    );
    expect(trail.items).toMatchObject([
      { action: `application.${act.act}`, result: 'done' },
      { action: `application.${act.act}`, result: 'refused' },
    ]);
  });

  it('started the job once', async () => {
    const jobs = await team.cluster.client.list(
      `/apis/batch/v1/namespaces/${team.cluster.namespace}/jobs`,
    );
    expect(jobs.map(({ metadata }) => metadata.name)).toEqual([
      expect.stringMatching(/^nightly-/),
    ]);
  });

  it.each<[string, Act, number, string]>([
    ['web', { act: 'start' }, 400, 'not stopped'],
    ['web', { act: 'resume' }, 400, 'not paused'],
    ['web', { act: 'trigger' }, 400, 'can’t do this'],
    ['web', { act: 'scale', replicas: -1 }, 400, 'replicas'],
    ['web', { act: 'scale', replicas: 1e9 }, 400, 'replicas'],
    [
      'web',
      { act: 'image', images: [{ container: 'no', image: 'web:2' }] },
      400,
      'no container',
    ],
    [
      'web',
      { act: 'image', images: [{ container: 'web', image: 'web:2 --rm' }] },
      400,
      'image',
    ],
    ['web', { act: 'rollback', revision: 'agent-1' }, 404, 'no revision'],
    ['agent', { act: 'scale', replicas: 2 }, 400, 'can’t do this'],
    ['nightly', { act: 'unsuspend' }, 400, 'not suspended'],
  ])('%s: %j is refused in words', async (name, act, status, words) => {
    const before = await live(name);
    const answer = await call(name, act);
    expect(answer.status).toBe(status);
    expect(answer.body.error.message).toContain(words);
    expect(await live(name)).toMatchObject({
      spec: (before as { spec: object }).spec,
    });
  });

  it('goes back to an earlier revision of a StatefulSet', async () => {
    const image = (text: string) =>
      call('set', {
        act: 'image',
        images: [{ container: 'web', image: text }],
      });
    expect((await image('web:7')).status).toBe(202);
    const seen = await until(
      () => team.portal.get(`${address('set')}/revisions`, 'vi'),
      ({ body }) => body.items.length >= 3,
    );
    const old = seen.body.items.find(
      ({ images }: { images: string[] }) => images[0] === 'web:1',
    );
    const compared = await team.portal.get(
      `${address('set')}/revisions/compare?from=${old.id}&to=${seen.body.items[0].id}`,
      'vi',
    );
    expect(compared.body.items[0].hunks).toContainEqual(
      expect.objectContaining({ before: 'web:1', after: 'web:7' }),
    );
    const back = await call('set', { act: 'rollback', revision: old.id });
    expect([back.status, back.body.error]).toEqual([202, undefined]);
    expect(await live('set')).toMatchObject({
      spec: { template: { spec: { containers: [{ image: 'web:1' }] } } },
    });
  });

  it('does not reach a workload of another application', async () => {
    const act = {
      act: 'restart',
      workload: { kind: 'DaemonSet', name: 'agent' },
    };
    const answer = await team.portal.call(
      'post',
      `${address('web')}/acts`,
      'ed',
      { act },
    );
    expect(answer.status).toBe(404);
  });
});
