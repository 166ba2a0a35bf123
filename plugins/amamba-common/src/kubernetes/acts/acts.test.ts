import type {
  KubeHorizontalPodAutoscaler,
  KubeObject,
  KubeReplicaSet,
} from '../objects';
import {
  actMessages,
  actOffers,
  actSentence,
  planAct,
  type ActContext,
  type ActPlan,
  type KubeAct,
} from './index';

const context: ActContext = { now: '2026-01-01T00:00:00Z', suffix: 'abcde' };

function object(
  kind: string,
  spec: object = {},
  metadata: object = {},
  status: object = {},
): KubeObject {
  return {
    apiVersion: /Job/.test(kind) ? 'batch/v1' : 'apps/v1',
    kind,
    metadata: {
      name: 'web',
      namespace: 'n',
      uid: 'u',
      generation: 7,
      ...metadata,
    },
    ...{ spec, status },
  };
}

const template = {
  metadata: { labels: { app: 'web' } },
  spec: {
    containers: [
      { name: 'c', image: 'i:1' },
      { name: 'd', image: 'j:1' },
    ],
    initContainers: [{ name: 'init', image: 'k:1' }],
  },
};
const owner = (kind: string) => [
  { apiVersion: 'apps/v1', kind, name: 'web', uid: 'u', controller: true },
];
const replicaSet = (revision: string, more: object = {}): KubeReplicaSet => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: {
    name: `web-${revision}`,
    ownerReferences: owner('Deployment'),
    annotations: {
      'deployment.kubernetes.io/revision': revision,
      'kubernetes.io/change-cause': `cause ${revision}`,
    },
  },
  spec: {
    template: {
      metadata: { labels: { app: 'web', 'pod-template-hash': '1' } },
      spec: { containers: [{ name: 'c', image: 'old' }] },
    },
  },
  ...more,
});

function plan(subject: KubeObject, act: KubeAct, more = {}): ActPlan {
  const result = planAct(subject, act, { ...context, ...more });
  if ('refusal' in result) throw new Error(actSentence(result.refusal));
  return result;
}

const deployment = object('Deployment', { replicas: 3, template });
const MERGE = 'application/merge-patch+json';
const STRATEGIC = 'application/strategic-merge-patch+json';

// Bodies as kubectl sends them.
describe('planAct', () => {
  it.each<[string, KubeObject, KubeAct, object, string]>([
    [
      'scale up',
      deployment,
      { act: 'scale', replicas: 5 },
      {
        contentType: MERGE,
        subresource: 'scale',
        body: { spec: { replicas: 5 } },
      },
      'From 3 to 5 pods: 2 start.',
    ],
    [
      'scale down',
      object('StatefulSet'),
      { act: 'scale', replicas: 0 },
      {
        contentType: MERGE,
        subresource: 'scale',
        body: { spec: { replicas: 0 } },
      },
      'From 1 to 0 pods: 1 stop.',
    ],
    [
      'restart',
      object('DaemonSet', {}, {}, { desiredNumberScheduled: 4 }),
      { act: 'restart' },
      {
        contentType: STRATEGIC,
        body: {
          spec: {
            template: {
              metadata: {
                annotations: {
                  'kubectl.kubernetes.io/restartedAt': '2026-01-01T00:00:00Z',
                },
              },
            },
          },
        },
      },
      'All 4 pods are replaced, one after the other.',
    ],
    [
      'pause',
      deployment,
      { act: 'pause' },
      { contentType: STRATEGIC, body: { spec: { paused: true } } },
      'Changes of the template wait until it is resumed. Pods go on running.',
    ],
    [
      'resume',
      object('Deployment', { paused: true }),
      { act: 'resume' },
      { body: { spec: { paused: null } } },
      'Changes that have waited roll out now.',
    ],
    [
      'stop',
      deployment,
      { act: 'stop' },
      {
        contentType: MERGE,
        body: {
          metadata: { annotations: { 'amamba.io/replicas': '3' } },
          spec: { replicas: 0 },
        },
      },
      'All 3 pods stop. The number is remembered.',
    ],
    [
      'start',
      object(
        'Deployment',
        { replicas: 0 },
        { annotations: { 'amamba.io/replicas': '3' } },
      ),
      { act: 'start' },
      {
        contentType: MERGE,
        body: {
          metadata: { annotations: { 'amamba.io/replicas': null } },
          spec: { replicas: 3 },
        },
      },
      '3 pods start.',
    ],
    [
      'image',
      deployment,
      {
        act: 'image',
        images: [
          { container: 'c', image: 'i:2' },
          { container: 'd', image: 'j:1' },
          { container: 'init', image: 'k:2' },
        ],
      },
      {
        contentType: STRATEGIC,
        body: {
          spec: {
            template: {
              spec: {
                containers: [{ name: 'c', image: 'i:2' }],
                initContainers: [{ name: 'init', image: 'k:2' }],
              },
            },
          },
        },
      },
      'c: i:1 becomes i:2.',
    ],
    [
      'suspend a CronJob',
      object('CronJob'),
      { act: 'suspend' },
      { contentType: STRATEGIC, body: { spec: { suspend: true } } },
      'No more jobs start by the schedule. Running ones go on.',
    ],
    [
      'unsuspend a Job',
      object('Job', { suspend: true }),
      { act: 'unsuspend' },
      { body: { spec: { suspend: false } } },
      'Its pods start.',
    ],
  ])('%s', (_name, subject, act, request, words) => {
    const { requests, will } = plan(subject, act);
    expect(requests).toEqual([
      {
        method: 'PATCH',
        contentType: STRATEGIC,
        apiVersion: subject.apiVersion,
        kind: subject.kind,
        name: 'web',
        ...request,
      },
    ]);
    expect(actSentence(will[0])).toBe(words);
  });

  it('rolls a Deployment back with template and annotations of the revision', () => {
    const subject = object(
      'Deployment',
      { template },
      {
        annotations: {
          'deployment.kubernetes.io/revision': '5',
          'kubernetes.io/change-cause': 'cause 5',
          'amamba.io/keep': 'me',
          gone: 'yes',
        },
      },
    );
    const { requests, will } = plan(subject, {
      act: 'rollback',
      revision: replicaSet('2'),
    });
    expect(requests[0]).toMatchObject({
      contentType: 'application/json-patch+json',
      body: [
        {
          op: 'replace',
          path: '/spec/template',
          value: {
            metadata: { labels: { app: 'web' } },
            spec: { containers: [{ name: 'c', image: 'old' }] },
          },
        },
        {
          op: 'replace',
          path: '/metadata/annotations',
          value: {
            'kubernetes.io/change-cause': 'cause 2',
            'deployment.kubernetes.io/revision': '5',
            'amamba.io/keep': 'me',
          },
        },
      ],
    });
    expect(JSON.stringify(requests)).not.toMatch(/pod-template-hash|gone/);
    expect(actSentence(will[0])).toBe(
      'The pods of web become those of revision 2.',
    );
  });

  it('rolls a StatefulSet back with the data of the revision as they are', () => {
    const data = { spec: { template: { $patch: 'replace', spec: {} } } };
    const revision = {
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
      metadata: { name: 'web-1', ownerReferences: owner('StatefulSet') },
      revision: 3,
      data,
    };
    const { requests } = plan(object('StatefulSet'), {
      act: 'rollback',
      revision,
    });
    expect(requests).toMatchObject([{ contentType: STRATEGIC, body: data }]);
  });

  it('makes a Job of a CronJob', () => {
    const subject = object('CronJob', {
      jobTemplate: {
        metadata: { labels: { a: 'b' }, annotations: { c: 'd' } },
        spec: { backoffLimit: 1, template },
      },
    });
    const { requests } = plan(subject, { act: 'trigger' });
    expect(requests).toEqual([
      {
        method: 'POST',
        apiVersion: 'batch/v1',
        kind: 'Job',
        body: {
          apiVersion: 'batch/v1',
          kind: 'Job',
          metadata: {
            name: 'web-manual-abcde',
            labels: { a: 'b' },
            annotations: {
              c: 'd',
              'cronjob.kubernetes.io/instantiate': 'manual',
            },
            ownerReferences: [
              {
                apiVersion: 'batch/v1',
                kind: 'CronJob',
                name: 'web',
                uid: 'u',
                controller: true,
              },
            ],
          },
          spec: { backoffLimit: 1, template },
        },
      },
    ]);
  });

  it('cuts the name of a Job', () => {
    const subject = object('CronJob', {}, { name: 'a'.repeat(52) });
    const [{ body }] = plan(subject, { act: 'trigger' }).requests;
    expect(body).toMatchObject({
      metadata: { name: `${'a'.repeat(44)}-manual-abcde` },
    });
  });

  it.each<[string, KubeObject, KubeAct]>([
    ['notForKind', object('DaemonSet'), { act: 'scale', replicas: 2 }],
    ['notForKind', object('Job'), { act: 'trigger' }],
    ['notForKind', object('StatefulSet'), { act: 'pause' }],
    [
      'notForKind',
      { ...deployment, apiVersion: 'example.com/v1' },
      { act: 'restart' },
    ],
    [
      'beingDeleted',
      object('Job', {}, { deletionTimestamp: 'x' }),
      { act: 'suspend' },
    ],
    ['sameReplicas', deployment, { act: 'scale', replicas: 3 }],
    [
      'pausedRestart',
      object('Deployment', { paused: true }),
      { act: 'restart' },
    ],
    [
      'pausedRollback',
      object('Deployment', { paused: true }),
      { act: 'rollback', revision: replicaSet('1') },
    ],
    ['alreadyPaused', object('Deployment', { paused: true }), { act: 'pause' }],
    ['notPaused', deployment, { act: 'resume' }],
    ['alreadyStopped', object('Deployment', { replicas: 0 }), { act: 'stop' }],
    ['notStopped', deployment, { act: 'start' }],
    [
      'noContainer',
      deployment,
      { act: 'image', images: [{ container: 'x', image: 'y' }] },
    ],
    [
      'sameImages',
      deployment,
      { act: 'image', images: [{ container: 'c', image: 'i:1' }] },
    ],
    [
      'foreignRevision',
      object('Deployment', {}, { uid: 'other' }),
      { act: 'rollback', revision: replicaSet('1') },
    ],
    [
      'currentRevision',
      object(
        'Deployment',
        {},
        {
          annotations: { 'deployment.kubernetes.io/revision': '1' },
        },
      ),
      { act: 'rollback', revision: replicaSet('1') },
    ],
    [
      'emptyRevision',
      deployment,
      { act: 'rollback', revision: replicaSet('1', { spec: {} }) },
    ],
    [
      'alreadySuspended',
      object('CronJob', { suspend: true }),
      { act: 'suspend' },
    ],
    ['notSuspended', object('CronJob'), { act: 'unsuspend' }],
    [
      'finished',
      object(
        'Job',
        {},
        {},
        { conditions: [{ type: 'Complete', status: 'True' }] },
      ),
      { act: 'suspend' },
    ],
  ])('refuses: %s', (code, subject, act) => {
    const result = planAct(subject, act, context);
    expect(result).toMatchObject({ refusal: { code } });
    expect('refusal' in result && actSentence(result.refusal)).not.toMatch(
      /\?|\{\{/,
    );
  });

  it.each<[string, KubeObject, KubeAct]>([
    [
      'outage',
      object('Deployment', { strategy: { type: 'Recreate' } }),
      { act: 'restart' },
    ],
    [
      'onDelete',
      object('DaemonSet', { updateStrategy: { type: 'OnDelete' } }),
      { act: 'restart' },
    ],
    ['autoscaler', deployment, { act: 'scale', replicas: 5 }],
    ['autoscalerOff', deployment, { act: 'stop' }],
    [
      'replicasForgotten',
      object('Deployment', { replicas: 0 }),
      { act: 'start' },
    ],
    ['autoscalerOn', object('Deployment', { replicas: 0 }), { act: 'start' }],
    [
      'argoReverts',
      object(
        'Deployment',
        {},
        { annotations: { 'argocd.argoproj.io/tracking-id': 'x' } },
      ),
      { act: 'pause' },
    ],
    [
      'helmReverts',
      object(
        'Deployment',
        {},
        { labels: { 'app.kubernetes.io/managed-by': 'Helm' } },
      ),
      { act: 'pause' },
    ],
    [
      'concurrent',
      object('CronJob', {}, {}, { active: [{}] }),
      { act: 'trigger' },
    ],
    [
      'pausedImage',
      object('Deployment', { template, paused: true }),
      { act: 'image', images: [{ container: 'c', image: 'i:2' }] },
    ],
  ])('warns: %s', (code, subject, act) => {
    const autoscaler: KubeHorizontalPodAutoscaler = {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'hpa', namespace: 'n' },
      spec: {
        scaleTargetRef: { kind: 'Deployment', name: 'web' },
        maxReplicas: 9,
      },
    };
    const { warnings } = plan(subject, act, { autoscalers: [autoscaler] });
    expect(warnings.map(warning => warning.code)).toContain(code);
  });
});

describe('actOffers', () => {
  const names = (subject: KubeObject) =>
    actOffers(subject).map(({ act, refusal }) =>
      refusal ? `${act}:${refusal.code}` : act,
    );

  it.each<[KubeObject, string[]]>([
    [
      deployment,
      [
        'scale',
        'restart',
        'stop',
        'start:notStopped',
        'pause',
        'resume:notPaused',
        'image',
        'rollback',
      ],
    ],
    [object('DaemonSet'), ['restart', 'image', 'rollback']],
    [object('CronJob'), ['trigger', 'suspend', 'unsuspend:notSuspended']],
    [object('Widget'), []],
  ])('%#', (subject, offers) => {
    expect(names(subject)).toEqual(offers);
  });

  it('says why a paused Deployment can’t be rolled back', () => {
    expect(names(object('Deployment', { paused: true }))).toContain(
      'rollback:pausedRollback',
    );
  });
});

it('has the same parameters in both languages', () => {
  const params = (text: string) =>
    [...text.matchAll(/\{\{(\w+)\}\}/g)].map(match => match[1]).sort();
  expect(Object.values(actMessages.zh).map(params)).toEqual(
    Object.values(actMessages.en).map(params),
  );
});
