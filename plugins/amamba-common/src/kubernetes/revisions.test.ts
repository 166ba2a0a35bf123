import type {
  KubeControllerRevision,
  KubeDaemonSet,
  KubeDeployment,
  KubeReplicaSet,
  KubeStatefulSet,
} from './objects';
import { workloadRevisions } from './revisions';

const owner = (uid: string) => [
  { apiVersion: 'apps/v1', kind: 'x', name: 'web', uid, controller: true },
];
const template = (image: string, labels = {}) => ({
  metadata: { labels: { app: 'web', ...labels } },
  spec: { containers: [{ name: 'c', image }] },
});

function replicaSet(
  name: string,
  revision: string,
  image: string,
  more: Record<string, string> = {},
  uid = 'u',
): KubeReplicaSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name,
      creationTimestamp: '2026-01-01T00:00:00Z',
      ownerReferences: owner(uid),
      annotations: { 'deployment.kubernetes.io/revision': revision, ...more },
    },
    spec: { template: template(image, { 'pod-template-hash': name }) },
    status: { replicas: name === 'a' ? 2 : 0 },
  };
}

describe('workloadRevisions', () => {
  it('lists those of a Deployment by number, with what changed', () => {
    const deployment: KubeDeployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: 'web',
        uid: 'u',
        annotations: { 'deployment.kubernetes.io/revision': '10' },
      },
    };
    expect(
      workloadRevisions(deployment, [
        replicaSet('b', '9', 'i:2', { 'kubernetes.io/change-cause': 'why' }),
        replicaSet('a', '10', 'i:1', {
          'deployment.kubernetes.io/revision-history': '1,4',
        }),
        replicaSet('c', '11', 'i:9', {}, 'other'),
        replicaSet('d', 'x', 'i:9'),
      ]),
    ).toEqual([
      {
        id: 'a',
        number: 10,
        earlier: [1, 4],
        current: true,
        images: ['i:1'],
        cause: undefined,
        createdAt: '2026-01-01T00:00:00Z',
        pods: 2,
        changes: [
          {
            path: 'spec.containers[name=c].image',
            before: 'i:2',
            after: 'i:1',
          },
        ],
      },
      expect.objectContaining({
        id: 'b',
        number: 9,
        current: false,
        cause: 'why',
        pods: 0,
        changes: [],
      }),
    ]);
  });

  const controllerRevision = (
    name: string,
    revision: number,
    image: string,
  ): KubeControllerRevision => ({
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: { name, ownerReferences: owner('u') },
    revision,
    data: {
      spec: { template: { ...template(image), ...{ $patch: 'replace' } } },
    },
  });
  const revisions = [
    controllerRevision('web-1', 1, 'i:1'),
    controllerRevision('web-2', 2, 'i:2'),
  ];

  it('knows the current one of a StatefulSet by name', () => {
    const set: KubeStatefulSet = {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'web', uid: 'u' },
      status: { updateRevision: 'web-1', currentRevision: 'web-2' },
    };
    expect(
      workloadRevisions(set, revisions).map(({ id, current }) => [id, current]),
    ).toEqual([
      ['web-2', false],
      ['web-1', true],
    ]);
  });

  it('takes the newest of a DaemonSet for the current one', () => {
    const set: KubeDaemonSet = {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'web', uid: 'u' },
    };
    expect(
      workloadRevisions(set, revisions).map(({ id, current }) => [id, current]),
    ).toEqual([
      ['web-2', true],
      ['web-1', false],
    ]);
  });
});
