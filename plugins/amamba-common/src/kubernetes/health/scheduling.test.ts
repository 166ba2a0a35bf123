import type { KubeEvent, KubePod } from '../objects';
import { healthSentence, type HealthCode, type HealthStatus } from './health';
import { podHealth } from './pods';

const NOW = Date.parse('2026-01-01T12:00:00Z');
const ago = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();

type Spec = NonNullable<KubePod['spec']>;
type Status = NonNullable<KubePod['status']>;

function pod(
  status: Status,
  spec: Spec = {},
  metadata: Partial<KubePod['metadata']> = {},
): KubePod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'p',
      namespace: 'n',
      creationTimestamp: ago(30),
      ...metadata,
    },
    spec: {
      nodeName: 'node-1',
      containers: [{ name: 'c', image: 'i:1' }],
      ...spec,
    },
    status: { startTime: ago(30), ...status },
  };
}

function event(reason: string, message: string, seconds = 10): KubeEvent {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: 'e' },
    involvedObject: {
      kind: 'Pod',
      name: 'p',
      namespace: 'n',
      fieldPath: 'spec.containers{c}',
    },
    reason,
    message,
    type: 'Warning',
    lastTimestamp: ago(seconds),
  };
}

const unscheduled = (message: string, spec: Spec = {}) =>
  pod(
    {
      phase: 'Pending',
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'Unschedulable',
          message,
        },
      ],
    },
    { nodeName: undefined, ...spec },
  );
const none = (reason: string) =>
  `0/3 nodes are available: 3 ${reason}. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.`;

type Row = [
  code: HealthCode | undefined,
  status: HealthStatus,
  pod: KubePod,
  events?: KubeEvent[],
  words?: string,
];

// Rows 15 to 25 of the table of states in words.
describe('podHealth of a pod without a node', () => {
  it.each<Row>([
    // 15-23
    [
      'insufficient',
      'failed',
      unscheduled(
        '0/3 nodes are available: 3 Insufficient cpu, 3 Insufficient memory. preemption: not eligible.',
        {
          containers: [
            { name: 'a', resources: { requests: { cpu: '500m' } } },
            { name: 'b', resources: { requests: { cpu: 64 } } },
          ],
        },
      ),
      [],
      'No node has 64.5 of cpu free. Lower the request, or add nodes.',
    ],
    [
      'nodeSelector',
      'failed',
      unscheduled(none("node(s) didn't match Pod's node affinity/selector"), {
        nodeSelector: { disk: 'ssd' },
      }),
      [],
      'No node carries disk=ssd. Change the selector, or label a node.',
    ],
    [
      'nodeAffinity',
      'failed',
      unscheduled(none("node(s) didn't match Pod's node affinity/selector")),
    ],
    ['taint', 'failed', unscheduled(none('node(s) had untolerated taint(s)'))],
    [
      'taint',
      'failed',
      unscheduled(none('node(s) had untolerated taint {a: b}')),
    ],
    [
      'podAffinity',
      'failed',
      unscheduled(none("node(s) didn't match pod anti-affinity rules")),
    ],
    [
      'podAffinity',
      'failed',
      unscheduled(
        none("node(s) didn't satisfy existing pods anti-affinity rules"),
      ),
    ],
    [
      'topologyLabel',
      'failed',
      unscheduled(
        none(
          "node(s) didn't match pod topology spread constraints (missing required label)",
        ),
      ),
    ],
    [
      'topologySpread',
      'failed',
      unscheduled(none("node(s) didn't match pod topology spread constraints")),
    ],
    [
      'claimMissing',
      'failed',
      unscheduled('persistentvolumeclaim "nope" not found. not found'),
      [],
      'Volume claim nope does not exist. Create it, or correct the name.',
    ],
    [
      'claimUnbound',
      'failed',
      unscheduled(
        '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found',
      ),
    ],
    [
      'volumeZone',
      'failed',
      unscheduled(none('node(s) had no available volume zone')),
    ],
    [
      'volumeNode',
      'failed',
      unscheduled(
        none("node(s) didn't match PersistentVolume's node affinity"),
      ),
    ],
    [
      'volumeLimit',
      'failed',
      unscheduled(none('node(s) exceed max volume count')),
    ],
    [
      'volumeInUse',
      'failed',
      unscheduled(
        none(
          'node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode already in-use by another pod',
        ),
      ),
    ],
    [
      'hostPort',
      'failed',
      unscheduled(
        none("node(s) didn't have free ports for the requested pod ports"),
      ),
    ],
    ['cordoned', 'failed', unscheduled(none('node(s) were unschedulable'))],
    ['nodesFull', 'failed', unscheduled(none('Too many pods'))],
    [
      'unschedulable',
      'failed',
      unscheduled('no nodes available to schedule pods'),
    ],
    [
      'taint',
      'failed',
      pod({ phase: 'Pending' }, { nodeName: undefined }),
      [event('FailedScheduling', none('node(s) had untolerated taint(s)'))],
    ],
    [
      'scheduling',
      'progressing',
      pod({ phase: 'Pending' }, { nodeName: undefined }),
    ],
    // 24, 25
    [
      'schedulingGated',
      'paused',
      pod(
        {
          phase: 'Pending',
          conditions: [
            {
              type: 'PodScheduled',
              status: 'False',
              reason: 'SchedulingGated',
            },
          ],
        },
        { nodeName: undefined, schedulingGates: [{ name: 'a.io/wait' }] },
      ),
    ],
    [
      'noScheduler',
      'failed',
      pod(
        { phase: 'Pending' },
        { nodeName: undefined, schedulerName: 'mine' },
        { creationTimestamp: ago(60) },
      ),
    ],
  ])('%s, %s', (code, status, object, events = [], words = undefined) => {
    const health = podHealth(object, { now: NOW, events });
    expect([health.reason?.code, health.status]).toEqual([code, status]);
    const sentence = health.reason && healthSentence(health.reason);
    expect(sentence).toBe(words ?? sentence);
    expect(sentence ?? '').not.toMatch(/\?(?!$)|undefined|\{\{/);
  });
});
