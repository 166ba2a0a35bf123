import type {
  KubeCondition,
  KubeEvent,
  KubeJob,
  KubeObject,
  KubePod,
} from '../objects';
import type { HealthContext } from './context';
import { healthSentence, type HealthCode, type HealthStatus } from './health';
import { objectHealth } from './object';

const NOW = Date.parse('2026-01-01T12:00:00Z');
const ago = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();

function object(
  kind: string,
  spec: object = {},
  status: object = {},
  metadata: object = {},
): KubeObject {
  const groups: Record<string, string> = {
    CronJob: 'batch/v1',
    HorizontalPodAutoscaler: 'autoscaling/v2',
    Ingress: 'networking.k8s.io/v1',
    Job: 'batch/v1',
    PersistentVolumeClaim: 'v1',
    PodDisruptionBudget: 'policy/v1',
    Service: 'v1',
    Widget: 'example.com/v1',
  };
  return {
    apiVersion: groups[kind] ?? 'apps/v1',
    kind,
    metadata: {
      name: 'web',
      namespace: 'n',
      generation: 1,
      creationTimestamp: ago(600),
      ...metadata,
    },
    ...{ spec, status: { observedGeneration: 1, ...status } },
  };
}

function pod(name: string, ready: boolean, more: object = {}): KubePod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'n', labels: { app: 'web' } },
    spec: { nodeName: 'x', containers: [{ name: 'c', image: 'i' }] },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      containerStatuses: [
        ready
          ? { name: 'c', ready, state: { running: {} } }
          : { name: 'c', state: { waiting: { reason: 'ErrImagePull' } } },
      ],
      ...more,
    },
  };
}

const condition = (
  type: string,
  status: string,
  reason: string,
  message = '',
): KubeCondition => ({ type, status, reason, message });

function event(kind: string, reason: string, message: string): KubeEvent {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: 'e', creationTimestamp: ago(1) },
    involvedObject: { kind, name: 'web', namespace: 'n' },
    reason,
    message,
  };
}

const all = (n: number) => ({
  replicas: n,
  readyReplicas: n,
  availableReplicas: n,
  updatedReplicas: n,
  currentReplicas: n,
});
const rolledOut = condition('Progressing', 'True', 'NewReplicaSetAvailable');
const job = (reason: string, more: object = {}) =>
  object(
    'Job',
    { activeDeadlineSeconds: 60 },
    {
      conditions: [
        condition('FailureTarget', 'True', reason, 'the words'),
        condition('Failed', 'True', 'Other'),
      ],
      failed: 3,
      ...more,
    },
  );
const QUOTA =
  'pods "p1" is forbidden: exceeded quota: team, requested: pods=1,requests.cpu=2, used: pods=6,requests.cpu=0, limited: pods=3,requests.cpu=1';

type Row = [
  code: HealthCode | undefined,
  status: HealthStatus,
  object: KubeObject,
  context?: Partial<HealthContext>,
  words?: string,
];

describe('objectHealth', () => {
  it.each<Row>([
    // Deployments
    [undefined, 'ok', object('Deployment', {}, all(1))],
    [
      'stopped',
      'paused',
      object('Deployment', { replicas: 0 }),
      {},
      'Stopped: no pods are wanted. Start it to get its pods back.',
    ],
    [
      'oldPods',
      'progressing',
      object('Deployment', { replicas: 0 }, { replicas: 2 }),
    ],
    ['rolloutPaused', 'paused', object('Deployment', { paused: true }, all(1))],
    [
      'notObserved',
      'progressing',
      object('Deployment', {}, all(1), { generation: 2 }),
    ],
    [
      'rollingOut',
      'progressing',
      object('Deployment', { replicas: 4 }, { ...all(4), updatedReplicas: 1 }),
      {},
      '1 of 4 pods are new.',
    ],
    [
      'oldPods',
      'progressing',
      object('Deployment', { replicas: 2 }, { ...all(2), replicas: 3 }),
    ],
    [
      'scaling',
      'progressing',
      object(
        'Deployment',
        { replicas: 2 },
        { ...all(2), availableReplicas: 1 },
      ),
    ],
    // 26
    [
      'quotaExceeded',
      'failed',
      object(
        'Deployment',
        {},
        {
          conditions: [
            condition('ReplicaFailure', 'True', 'FailedCreate', QUOTA),
          ],
        },
      ),
      {},
      'Over quota team: needs pods 1, requests.cpu 2, used pods 6, requests.cpu 0 of pods 3, requests.cpu 1. Ask for less, or have the quota raised.',
    ],
    [
      'quotaExceeded',
      'failed',
      object('StatefulSet'),
      { events: [event('StatefulSet', 'FailedCreate', QUOTA)] },
    ],
    [
      'rollingOut',
      'progressing',
      object(
        'StatefulSet',
        {},
        {
          updateRevision: 'b',
          currentRevision: 'a',
          ...all(1),
          updatedReplicas: 0,
        },
      ),
      { events: [event('StatefulSet', 'FailedCreate', QUOTA)] },
    ],
    // 27
    [
      'progressDeadline',
      'failed',
      object(
        'Deployment',
        { progressDeadlineSeconds: 30 },
        {
          ...all(1),
          conditions: [
            condition('Progressing', 'False', 'ProgressDeadlineExceeded'),
          ],
        },
      ),
      { pods: [pod('a', true), pod('b', false)] },
      'Not finished within 30 s; the old pods still serve. The pull of i failed; the node tries it again. Roll back, or correct the template; nothing rolls back by itself.',
    ],
    [
      'progressDeadlineDown',
      'failed',
      object(
        'Deployment',
        {},
        {
          conditions: [
            condition('Progressing', 'False', 'ProgressDeadlineExceeded'),
          ],
        },
      ),
    ],
    // 28
    [
      'unavailable',
      'failed',
      object(
        'Deployment',
        { replicas: 3 },
        {
          ...all(3),
          availableReplicas: 1,
          conditions: [
            rolledOut,
            condition('Available', 'False', 'MinimumReplicasUnavailable'),
          ],
        },
      ),
      {},
      '2 of 3 pods are not available.',
    ],
    // pods
    [
      'imagePullRetry',
      'failed',
      object('Deployment', {}, all(1)),
      { pods: [pod('a', true), pod('b', false)] },
    ],
    [
      undefined,
      'ok',
      object('Deployment', {}, all(1)),
      { pods: [pod('a', true), pod('b', false, { phase: 'Failed' })] },
    ],
    [
      'imagePullRetry',
      'failed',
      object('DaemonSet', {}, { desiredNumberScheduled: 1 }),
      { pods: [pod('a', false)] },
    ],
    // ReplicaSets
    [undefined, 'ok', object('ReplicaSet', { replicas: 2 }, all(2))],
    ['stopped', 'paused', object('ReplicaSet', { replicas: 0 })],
    [
      undefined,
      'ok',
      object(
        'ReplicaSet',
        { replicas: 0 },
        {},
        {
          ownerReferences: [
            {
              apiVersion: 'apps/v1',
              kind: 'Deployment',
              name: 'web',
              uid: '1',
              controller: true,
            },
          ],
        },
      ),
    ],
    // 41
    [
      'statefulSetBlocked',
      'failed',
      object(
        'StatefulSet',
        { replicas: 3 },
        {
          ...all(3),
          readyReplicas: 1,
          currentRevision: 'a',
          updateRevision: 'b',
        },
      ),
      { pods: [pod('web-0', true), pod('web-1', false)] },
      'Pod web-1 must get ready first. The pull of i failed; the node tries it again.',
    ],
    [
      'scaling',
      'progressing',
      object('StatefulSet', { replicas: 3 }, { ...all(1) }),
      { pods: [pod('web-0', true)] },
      '1 of 3 pods are ready. Pod web-1 must get ready first.',
    ],
    [
      'onDelete',
      'unstable',
      object(
        'StatefulSet',
        { replicas: 2, updateStrategy: { type: 'OnDelete' } },
        {
          ...all(2),
          updatedReplicas: 1,
          currentRevision: 'a',
          updateRevision: 'b',
        },
      ),
    ],
    [
      undefined,
      'ok',
      object(
        'StatefulSet',
        {
          replicas: 3,
          updateStrategy: { rollingUpdate: { partition: 2 } },
        },
        {
          ...all(3),
          updatedReplicas: 1,
          currentRevision: 'a',
          updateRevision: 'b',
        },
      ),
    ],
    // DaemonSets
    ['noNodes', 'ok', object('DaemonSet')],
    [
      'rollingOut',
      'progressing',
      object(
        'DaemonSet',
        {},
        {
          desiredNumberScheduled: 2,
          currentNumberScheduled: 2,
          updatedNumberScheduled: 1,
          numberAvailable: 2,
        },
      ),
    ],
    // 29
    [
      'jobDeadline',
      'failed',
      job('DeadlineExceeded'),
      {},
      'Ran longer than 60 s.',
    ],
    ['jobBackoffLimit', 'failed', job('BackoffLimitExceeded')],
    ['jobPodFailurePolicy', 'failed', job('PodFailurePolicy')],
    ['jobFailedIndexes', 'failed', job('MaxFailedIndexesExceeded')],
    ['jobFailed', 'failed', job('Else'), {}, 'The job failed: the words'],
    [
      undefined,
      'ok',
      object('Job', {}, { conditions: [condition('Complete', 'True', '')] }),
    ],
    ['suspended', 'paused', object('Job', { suspend: true })],
    [
      'jobRunning',
      'progressing',
      object('Job', { completions: 3 }, { active: 1, succeeded: 1 }),
      {},
      '1 of 3 are done, 1 pods run.',
    ],
    // CronJobs
    ['suspended', 'paused', object('CronJob', { suspend: true })],
    [undefined, 'ok', object('CronJob')],
    [
      'jobBackoffLimit',
      'failed',
      object('CronJob'),
      {
        jobs: [
          object(
            'Job',
            {},
            {
              startTime: ago(100),
              conditions: [condition('Complete', 'True', '')],
            },
          ),
          job('BackoffLimitExceeded', { startTime: ago(10) }),
        ] as KubeJob[],
      },
    ],
    // 33-35
    [undefined, 'ok', object('PersistentVolumeClaim', {}, { phase: 'Bound' })],
    ['claimPending', 'progressing', object('PersistentVolumeClaim')],
    [
      'claimLost',
      'failed',
      object('PersistentVolumeClaim', {}, { phase: 'Lost' }),
    ],
    [
      'claimResize',
      'unstable',
      object(
        'PersistentVolumeClaim',
        {},
        {
          phase: 'Bound',
          conditions: [condition('FileSystemResizePending', 'True', '')],
        },
      ),
    ],
    [
      'claimNoClass',
      'failed',
      object('PersistentVolumeClaim'),
      {
        events: [
          event(
            'PersistentVolumeClaim',
            'FailedBinding',
            'no persistent volumes available for this claim and no storage class is set',
          ),
        ],
      },
    ],
    [
      'claimClassMissing',
      'failed',
      object('PersistentVolumeClaim'),
      {
        events: [
          event(
            'PersistentVolumeClaim',
            'ProvisioningFailed',
            'storageclass.storage.k8s.io "missing" not found',
          ),
        ],
      },
    ],
    [
      'claimWaitsForPod',
      'progressing',
      object('PersistentVolumeClaim'),
      {
        events: [
          event('PersistentVolumeClaim', 'WaitForFirstConsumer', 'waiting'),
        ],
      },
    ],
    // 36
    [
      'disruptionBudget',
      'unstable',
      object(
        'PodDisruptionBudget',
        {},
        {
          desiredHealthy: 2,
          currentHealthy: 1,
          conditions: [
            condition('DisruptionAllowed', 'False', 'InsufficientPods'),
          ],
        },
      ),
    ],
    // 37
    [
      'noMetrics',
      'failed',
      object(
        'HorizontalPodAutoscaler',
        {},
        {
          conditions: [
            condition('AbleToScale', 'True', 'SucceededGetScale'),
            condition(
              'ScalingActive',
              'False',
              'FailedGetResourceMetric',
              'no',
            ),
          ],
        },
      ),
    ],
    [
      'atMaximum',
      'unstable',
      object(
        'HorizontalPodAutoscaler',
        { maxReplicas: 5 },
        {
          conditions: [
            condition('AbleToScale', 'True', ''),
            condition('ScalingActive', 'True', ''),
            condition('ScalingLimited', 'True', 'TooManyReplicas'),
          ],
        },
      ),
    ],
    [
      'scaleTargetMissing',
      'failed',
      object(
        'HorizontalPodAutoscaler',
        {
          scaleTargetRef: { kind: 'Deployment', name: 'x' },
        },
        { conditions: [condition('AbleToScale', 'False', 'FailedGetScale')] },
      ),
    ],
    // 38, 40
    [
      'noEndpoints',
      'unstable',
      object('Service', { selector: { app: 'web' } }),
      { pods: [pod('a', false)] },
    ],
    [
      undefined,
      'ok',
      object('Service', { selector: { app: 'web' } }),
      { pods: [pod('a', true)] },
    ],
    [undefined, 'ok', object('Service', { selector: { app: 'web' } })],
    [
      'noLoadBalancer',
      'progressing',
      object('Service', { type: 'LoadBalancer' }),
    ],
    // 39
    [
      'serviceMissing',
      'failed',
      object('Ingress', { defaultBackend: { service: { name: 'x' } } }),
      { services: new Set(['y']) },
    ],
    [
      'ingressClassMissing',
      'failed',
      object('Ingress', { ingressClassName: 'x' }),
      { ingressClasses: new Set(['y']) },
    ],
    ['noAddress', 'unstable', object('Ingress')],
    [
      undefined,
      'ok',
      object('Ingress', {}, { loadBalancer: { ingress: [{ ip: '1.1.1.1' }] } }),
    ],
    // others
    [undefined, 'ok', object('Widget')],
    [
      'condition',
      'failed',
      object(
        'Widget',
        {},
        {
          conditions: [condition('Ready', 'False', 'X', 'No disk')],
        },
      ),
      {},
      'No disk',
    ],
    [
      'terminating',
      'progressing',
      object('Job', {}, {}, { deletionTimestamp: ago(1) }),
    ],
  ])('%s, %s', (code, status, subject, context = {}, words = undefined) => {
    const health = objectHealth(subject, { now: NOW, ...context });
    expect([health.reason?.code, health.status]).toEqual([code, status]);
    const sentence = health.reason && healthSentence(health.reason);
    expect(sentence).toBe(words ?? sentence);
    expect(sentence ?? '').not.toMatch(/\?(?!$)|undefined|\{\{/);
  });

  it('names the pod that the reason is about', () => {
    const { reason } = objectHealth(object('Deployment', {}, all(1)), {
      now: NOW,
      pods: [pod('b', false)],
    });
    expect(reason?.about).toEqual({ kind: 'Pod', name: 'b' });
  });
});
