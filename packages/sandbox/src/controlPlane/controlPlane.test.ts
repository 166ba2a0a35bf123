import { setTimeout as sleep } from 'node:timers/promises';
import { FAILS } from './manifests';
import { KubeClient, KubeError, KubeObject } from './KubeClient';
import { describeWithClusters } from './testing';

jest.setTimeout(120_000);

interface PodStatus {
  phase?: string;
  conditions?: { type: string; status: string }[];
  containerStatuses?: {
    ready: boolean;
    restartCount: number;
    state: { waiting?: { reason: string; message?: string } };
    lastState?: { terminated?: { reason: string; exitCode: number } };
  }[];
}

const WAYS = ['image-pull', 'config-error', 'crash-loop', 'oom', 'not-ready'];

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + 100_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error('it did not come');
    await sleep(300);
  }
}

const pod = (
  name: string,
  labels: Record<string, string> = {},
): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    labels,
    annotations: {
      'kwok.x-k8s.io/usage-cpu': '30m',
      'kwok.x-k8s.io/usage-memory': '40Mi',
    },
  },
  spec: { containers: [{ name: 'web', image: 'registry.example.com/web:1' }] },
});

describeWithClusters(2, 'the local clusters', clusters => {
  const first = () => clusters()[0];
  const podsUrl = () => `/api/v1/namespaces/${first().namespace}/pods`;

  function create(object: KubeObject): Promise<KubeObject> {
    object.metadata.namespace = first().namespace;
    return first().client.apply(object);
  }

  function statusOf(
    name: string,
    isWanted: (status: PodStatus) => unknown,
  ): Promise<PodStatus> {
    return until(async () => {
      const { status } = await first().client.get<{ status: PodStatus }>(
        `${podsUrl()}/${name}`,
      );
      return isWanted(status) ? status : undefined;
    });
  }

  // All at once, for each takes its time.
  beforeAll(async () => {
    await create(pod('well'));
    for (const way of WAYS) await create(pod(way, { [FAILS]: way }));
  });

  it('are two, apart from each other', async () => {
    const [a, b] = clusters();
    await a.client.apply({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'only-here', namespace: a.namespace },
    });
    expect(a.access.url).not.toBe(b.access.url);
    expect(await b.client.find(`/api/v1/namespaces/${a.namespace}`)).toBe(
      undefined,
    );
  });

  it('run pods, whose logs are there', async () => {
    await statusOf('well', ({ conditions }) =>
      conditions?.some(each => each.type === 'Ready' && each.status === 'True'),
    );
    const log = await first().client.request<string>(
      'GET',
      `${podsUrl()}/well/log?tailLines=2`,
    );
    expect(log.trim().split('\n')).toHaveLength(2);
  });

  it.each([
    ['image-pull', 'ImagePullBackOff', /401 Unauthorized/],
    ['config-error', 'CreateContainerConfigError', /not found/],
    ['crash-loop', 'CrashLoopBackOff', /back-off/],
    ['oom', 'CrashLoopBackOff', /back-off/],
  ])(
    'fail pods of the way %s as a kubelet would',
    async (way, reason, words) => {
      await create(pod(way, { [FAILS]: way }));
      const status = await statusOf(
        way,
        ({ containerStatuses: [container] = [] }) =>
          container?.state.waiting?.reason === reason,
      );
      expect(status.containerStatuses).toMatchObject([
        {
          ready: false,
          state: { waiting: { message: expect.stringMatching(words) } },
        },
      ]);
    },
  );

  it('keep a pod that is never ready running', async () => {
    const status = await statusOf(
      'not-ready',
      ({ phase }) => phase === 'Running',
    );
    expect(status.containerStatuses).toMatchObject([{ ready: false }]);
  });

  it('know the kind Application with its schema', async () => {
    const application = (spec: unknown): Promise<KubeObject> =>
      create({
        apiVersion: 'app.k8s.io/v1beta1',
        kind: 'Application',
        metadata: { name: 'store' },
        spec,
      });
    await expect(
      application({ componentKinds: [{ group: 'apps', kind: 'Deployment' }] }),
    ).resolves.toBeDefined();
    await expect(application({ componentKinds: 'all' })).rejects.toThrow(
      /componentKinds/,
    );
  });

  describe("the portal's account", () => {
    let account: KubeClient;
    const status = (work: Promise<unknown>) =>
      work.then(
        () => 200,
        (error: KubeError) => error.status,
      );
    const configMap = () =>
      account.apply({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'by-the-portal', namespace: first().namespace },
      });
    const bind = (role: string) =>
      account.apply({
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { name: role, namespace: first().namespace },
        roleRef: {
          apiGroup: 'rbac.authorization.k8s.io',
          kind: 'ClusterRole',
          name: role,
        },
        subjects: [
          { kind: 'ServiceAccount', name: 'amamba', namespace: 'amamba' },
        ],
      });

    beforeAll(() => {
      const { portal, access } = first();
      account = new KubeClient(portal ?? access);
    });
    afterAll(() => account.close());

    it('reads everywhere what it watches', async () => {
      for (const path of [
        '/api/v1/pods?limit=1',
        '/api/v1/secrets?limit=1',
        '/apis/apps/v1/deployments?limit=1',
        '/apis/app.k8s.io/v1beta1/applications?limit=1',
      ])
        expect(await status(account.get(path))).toBe(200);
    });

    it('writes only where it was bound, and hands out only its own roles', async () => {
      // A cluster of somebody's has its own account with rights of its own.
      if (!first().portal) return;
      expect(await status(configMap())).toBe(403);
      expect(await status(bind('cluster-admin'))).toBe(403);
      expect(await status(bind('amamba-write'))).toBe(200);
      await until(async () => (await status(configMap())) === 200 || undefined);
    });
  });

  it('measure pods', async () => {
    const metrics = await until(() =>
      first().client.find(
        `/apis/metrics.k8s.io/v1beta1/namespaces/${first().namespace}/pods/well`,
      ),
    );
    expect(metrics).toMatchObject({
      containers: [{ name: 'web', usage: { memory: '40Mi' } }],
    });
  });
});
