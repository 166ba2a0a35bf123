import type {
  KubeContainer,
  KubeContainerStatus,
  KubeEvent,
  KubePod,
} from '../objects';
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

const container = (
  more: Partial<KubeContainerStatus>,
): KubeContainerStatus => ({
  name: 'c',
  ...more,
});
const waiting = (reason: string, message?: string) =>
  container({ state: { waiting: { reason, message } } });
const one = (status: KubeContainerStatus, spec: Partial<KubeContainer> = {}) =>
  pod(
    { phase: 'Running', containerStatuses: [status] },
    { containers: [{ name: 'c', image: 'i:1', ...spec }] },
  );
const crashed = (
  terminated: NonNullable<KubeContainerStatus['state']>['terminated'],
) =>
  container({
    restartCount: 4,
    state: { waiting: { reason: 'CrashLoopBackOff' } },
    lastState: { terminated },
  });
type Row = [
  code: HealthCode | undefined,
  status: HealthStatus,
  pod: KubePod,
  events?: KubeEvent[],
  words?: string,
];

// The numbers are those of the table of states in words.
describe('podHealth', () => {
  it.each<Row>([
    // 1
    [
      'imagePull',
      'failed',
      one(
        waiting(
          'ImagePullBackOff',
          'Back-off pulling image "i:1": ErrImagePull: rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/i:1": failed to resolve reference "docker.io/library/i:1": docker.io/library/i:1: not found',
        ),
      ),
      [],
      'The registry refused the pull of i:1: docker.io/library/i:1: not found. Check the image’s name and tag.',
    ],
    [
      'imagePull',
      'failed',
      one(waiting('ImagePullBackOff', 'Back-off pulling image "i:1"')),
      [
        event('Failed', 'Error: ImagePullBackOff', 1),
        event(
          'Failed',
          'Failed to pull image "i:1": failed to authorize: 401 Unauthorized',
          5,
        ),
      ],
      'The registry refused the pull of i:1: failed to authorize: 401 Unauthorized. Add a pull secret for this registry, or check the one in use.',
    ],
    [
      'imagePullUnreachable',
      'failed',
      one(
        waiting(
          'ErrImagePull',
          'failed to pull and unpack image "r.x/i:1": failed to resolve reference "r.x/i:1": failed to do request: Head "https://r.x/v2/i/manifests/1": dial tcp: lookup r.x: no such host',
        ),
      ),
      [],
      'The registry of i:1 can’t be reached from the node: dial tcp: lookup r.x: no such host. Check the registry’s address, DNS and the node’s way out.',
    ],
    ['imagePullRetry', 'failed', one(waiting('ErrImagePull'))],
    // 2-4
    ['invalidImageName', 'failed', one(waiting('InvalidImageName', 'x'))],
    ['imageNeverPull', 'failed', one(waiting('ErrImageNeverPull', 'x'))],
    ['imageInspect', 'failed', one(waiting('ImageInspectError', 'x'))],
    // 5-7
    [
      'crashLoop',
      'failed',
      one(crashed({ exitCode: 1, reason: 'Error', message: 'no config\n' })),
      [],
      'c ended with code 1 and was restarted 4×; the next try comes within 5 min. Its last words: no config Read the log of the previous container.',
    ],
    [
      'crashLoop',
      'failed',
      one(crashed({ exitCode: 137, reason: 'OOMKilled' }), {
        resources: { limits: { memory: '128Mi' } },
      }),
      [],
      'c ended with code 137 and was restarted 4×; the next try comes within 5 min. c used more than its memory limit 128 MiB. Raise the memory limit, or find the leak.',
    ],
    ['crashLoopUnknown', 'failed', one(waiting('CrashLoopBackOff'))],
    [
      'exited',
      'failed',
      one(
        container({ state: { terminated: { exitCode: 3, reason: 'Error' } } }),
      ),
    ],
    [
      'commandNotFound',
      'failed',
      one(container({ state: { terminated: { exitCode: 127 } } })),
    ],
    [
      'notExecutable',
      'failed',
      one(container({ state: { terminated: { exitCode: 126 } } })),
    ],
    [
      'segmentationFault',
      'failed',
      one(container({ state: { terminated: { exitCode: 0, signal: 11 } } })),
    ],
    [
      'killed',
      'failed',
      one(container({ state: { terminated: { exitCode: 137 } } })),
    ],
    [
      'cannotStart',
      'failed',
      one(waiting('RunContainerError', 'exec: "nope": not found')),
      [],
      'The command of c does not start: exec: "nope": not found. Check command, arguments and user.',
    ],
    // 8
    [
      'referenceMissing',
      'failed',
      one(waiting('CreateContainerConfigError', 'secret "x" not found')),
      [],
      'Secret x does not exist. Create it, or correct the name.',
    ],
    [
      'referenceKeyMissing',
      'failed',
      one(
        waiting(
          'CreateContainerConfigError',
          "couldn't find key k in ConfigMap n/x",
        ),
      ),
      [],
      'ConfigMap x has no key k. Create it, or correct the name.',
    ],
    [
      'runsAsRoot',
      'failed',
      one(
        waiting(
          'CreateContainerConfigError',
          'container has runAsNonRoot and image will run as root',
        ),
      ),
    ],
    [
      'configuration',
      'failed',
      one(waiting('CreateContainerConfigError', 'x')),
    ],
    // 9
    ['createContainer', 'failed', one(waiting('CreateContainerError', 'x'))],
    ['hookFailed', 'failed', one(waiting('PostStartHookError', 'x'))],
    // 10
    [
      'volumeMount',
      'failed',
      one(waiting('ContainerCreating')),
      [
        event(
          'FailedMount',
          'MountVolume.SetUp failed for volume "cfg" : configmap "x" not found',
        ),
      ],
      'Volume cfg can’t be mounted: configmap "x" not found. Create it, or correct the name.',
    ],
    [
      'volumeAttached',
      'failed',
      one(waiting('ContainerCreating')),
      [
        event(
          'FailedAttachVolume',
          'Multi-Attach error for volume "pvc-1" Volume is already used by pod(s) a',
        ),
      ],
    ],
    [
      'noPodNetwork',
      'failed',
      one(waiting('ContainerCreating')),
      [event('FailedCreatePodSandBox', 'plugin type="calico" failed')],
    ],
    ['starting', 'progressing', one(waiting('ContainerCreating'))],
    [
      'creatingLong',
      'failed',
      pod({
        phase: 'Pending',
        startTime: ago(300),
        containerStatuses: [waiting('ContainerCreating')],
      }),
      [],
      'Its containers have been in creation for 5 min.',
    ],
    // 11
    [
      'crashLoop',
      'failed',
      one(crashed({ exitCode: 137, reason: 'Error' })),
      [event('Unhealthy', 'Liveness probe failed: HTTP 500')],
      'c ended with code 137 and was restarted 4×; the next try comes within 5 min. c is restarted because its liveness probe fails: HTTP 500. Check path, port, delay and time limit of the probe.',
    ],
    [
      'livenessProbe',
      'unstable',
      one(
        container({
          ready: true,
          state: { running: { startedAt: ago(20) } },
          lastState: { terminated: { exitCode: 143, finishedAt: ago(22) } },
        }),
      ),
      [event('Unhealthy', 'Liveness probe failed: HTTP 500')],
    ],
    // 12
    [
      'readinessProbe',
      'failed',
      one(
        container({ ready: false, state: { running: { startedAt: ago(90) } } }),
      ),
      [event('Unhealthy', 'Readiness probe failed: connection refused')],
    ],
    [
      'readinessProbe',
      'progressing',
      one(
        container({ ready: false, state: { running: { startedAt: ago(9) } } }),
      ),
      [event('Unhealthy', 'Readiness probe failed: connection refused')],
    ],
    [
      'notReady',
      'progressing',
      one(
        container({ ready: false, state: { running: { startedAt: ago(90) } } }),
      ),
    ],
    // 13
    [
      'startupProbe',
      'failed',
      one(
        container({
          ready: false,
          started: false,
          state: { running: { startedAt: ago(3) } },
          lastState: { terminated: { exitCode: 137, finishedAt: ago(4) } },
        }),
        { startupProbe: { failureThreshold: 30, periodSeconds: 2 } },
      ),
      [event('Unhealthy', 'Startup probe failed: no')],
      'c did not start within 60 s: no. Check path, port, delay and time limit of the probe.',
    ],
    // 14
    [
      'initContainer',
      'failed',
      pod(
        {
          phase: 'Pending',
          initContainerStatuses: [
            { name: 'a', state: { terminated: { exitCode: 0 } } },
            { name: 'b', state: { terminated: { exitCode: 2 } } },
          ],
          containerStatuses: [waiting('PodInitializing')],
        },
        { initContainers: [{ name: 'a' }, { name: 'b' }] },
      ),
      [],
      'Init container 2 of 2, b: b ended with code 2. Read its log.',
    ],
    [
      'initRunning',
      'progressing',
      pod(
        {
          phase: 'Pending',
          initContainerStatuses: [{ name: 'a', state: { running: {} } }],
        },
        { initContainers: [{ name: 'a' }] },
      ),
    ],
    // 30
    [
      'evicted',
      'failed',
      pod({
        phase: 'Failed',
        reason: 'Evicted',
        message:
          'The node was low on resource: memory. Container c was using 1Gi.',
      }),
      [],
      'Evicted: node node-1 ran short of memory.',
    ],
    [
      'preempted',
      'failed',
      pod({
        phase: 'Failed',
        conditions: [
          {
            type: 'DisruptionTarget',
            status: 'True',
            reason: 'PreemptionByScheduler',
          },
        ],
      }),
    ],
    [
      'nodeRefused',
      'failed',
      pod({ phase: 'Failed', reason: 'OutOfcpu', message: 'Node full' }),
    ],
    [
      'nodeShutdown',
      'failed',
      pod({ phase: 'Failed', reason: 'NodeShutdown' }),
    ],
    ['podFailed', 'failed', pod({ phase: 'Failed' })],
    // 31
    [
      'nodeLost',
      'failed',
      pod({
        phase: 'Running',
        conditions: [{ type: 'Ready', status: 'Unknown' }],
      }),
    ],
    // 32
    [
      'terminating',
      'progressing',
      pod({ phase: 'Running' }, {}, { deletionTimestamp: ago(5) }),
    ],
    [
      'finalizers',
      'failed',
      pod(
        { phase: 'Running' },
        {},
        { deletionTimestamp: ago(300), finalizers: ['a.io/hold'] },
      ),
      [],
      'Has been in deletion for 5 min; it waits for finalizer a.io/hold. Find the controller of the finalizer; do not remove it by hand.',
    ],
    [
      'terminatingLong',
      'failed',
      pod({ phase: 'Running' }, {}, { deletionTimestamp: ago(300) }),
    ],
    // what is fine
    [undefined, 'ok', pod({ phase: 'Succeeded' })],
    [
      undefined,
      'ok',
      one(
        container({ ready: true, state: { running: { startedAt: ago(90) } } }),
      ),
    ],
  ])('%s, %s', (code, status, object, events = [], words = undefined) => {
    const health = podHealth(object, { now: NOW, events });
    expect([health.reason?.code, health.status]).toEqual([code, status]);
    const sentence = health.reason && healthSentence(health.reason);
    expect(sentence).toBe(words ?? sentence);
    expect(sentence ?? '').not.toMatch(/\?(?!$)|undefined|\{\{/);
  });

  it('takes the most pressing container', () => {
    const object = pod({
      phase: 'Running',
      containerStatuses: [
        container({ ready: true, state: { running: {} } }),
        {
          name: 'd',
          state: { waiting: { reason: 'ErrImagePull', message: 'denied' } },
        },
      ],
    });
    expect(podHealth(object, { now: NOW }).status).toBe('failed');
  });

  it('does not mind events of other pods and containers', () => {
    const object = one(
      container({ ready: false, state: { running: { startedAt: ago(90) } } }),
    );
    const probe = event('Unhealthy', 'Readiness probe failed: x');
    const others: KubeEvent[] = [
      { ...probe, involvedObject: { ...probe.involvedObject, name: 'q' } },
      { ...probe, involvedObject: { ...probe.involvedObject, namespace: 'm' } },
      {
        ...probe,
        involvedObject: {
          ...probe.involvedObject,
          fieldPath: 'spec.containers{d}',
        },
      },
    ];
    expect(podHealth(object, { now: NOW, events: others }).reason?.code).toBe(
      'notReady',
    );
  });
});
