import type { KubeContainerStatus, KubePod } from './objects';
import { podPhrase, podReadiness, podRestarts } from './podPhrase';

type Status = NonNullable<KubePod['status']>;

function pod(
  status: Status,
  spec: KubePod['spec'] = {},
  metadata: Partial<KubePod['metadata']> = {},
): KubePod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', ...metadata },
    spec,
    status,
  };
}

const waiting = (reason: string, name = 'a'): KubeContainerStatus => ({
  name,
  ready: false,
  state: { waiting: { reason } },
});
const ended = (
  terminated: NonNullable<KubeContainerStatus['state']>['terminated'],
  name = 'a',
): KubeContainerStatus => ({ name, ready: false, state: { terminated } });
const running = (name = 'a', ready = true): KubeContainerStatus => ({
  name,
  ready,
  state: { running: {} },
});
const gone = { deletionTimestamp: '2026-01-01T00:00:00Z' };
const two = { initContainers: [{ name: 'i' }, { name: 'j' }] };

// As printed by kubectl for the same status.
describe('podPhrase', () => {
  it.each<[string, KubePod]>([
    ['Pending', pod({ phase: 'Pending' })],
    ['Running', pod({ phase: 'Running', containerStatuses: [running()] })],
    ['Evicted', pod({ phase: 'Failed', reason: 'Evicted' })],
    [
      'SchedulingGated',
      pod({
        phase: 'Pending',
        conditions: [
          { type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' },
        ],
      }),
    ],
    [
      'ImagePullBackOff',
      pod({
        phase: 'Pending',
        containerStatuses: [waiting('ImagePullBackOff')],
      }),
    ],
    [
      'ErrImagePull',
      pod({
        phase: 'Pending',
        containerStatuses: [
          waiting('ErrImagePull'),
          waiting('CrashLoopBackOff', 'b'),
        ],
      }),
    ],
    [
      'CrashLoopBackOff',
      pod({
        phase: 'Running',
        containerStatuses: [running(), waiting('CrashLoopBackOff', 'b')],
      }),
    ],
    [
      'ExitCode:3',
      pod({ phase: 'Failed', containerStatuses: [ended({ exitCode: 3 })] }),
    ],
    [
      'Signal:9',
      pod({
        phase: 'Failed',
        containerStatuses: [ended({ exitCode: 137, signal: 9 })],
      }),
    ],
    [
      'OOMKilled',
      pod({
        phase: 'Failed',
        containerStatuses: [ended({ exitCode: 137, reason: 'OOMKilled' })],
      }),
    ],
    [
      'Completed',
      pod({
        phase: 'Succeeded',
        containerStatuses: [ended({ exitCode: 0, reason: 'Completed' })],
      }),
    ],
    [
      'Running',
      pod({
        phase: 'Running',
        conditions: [{ type: 'Ready', status: 'True' }],
        containerStatuses: [
          ended({ exitCode: 0, reason: 'Completed' }),
          running('b'),
        ],
      }),
    ],
    [
      'NotReady',
      pod({
        phase: 'Running',
        conditions: [{ type: 'Ready', status: 'False' }],
        containerStatuses: [
          ended({ exitCode: 0, reason: 'Completed' }),
          running('b'),
        ],
      }),
    ],
    [
      'Init:0/2',
      pod(
        {
          phase: 'Pending',
          initContainerStatuses: [waiting('PodInitializing', 'i')],
          containerStatuses: [waiting('PodInitializing')],
        },
        two,
      ),
    ],
    [
      'Init:1/2',
      pod(
        {
          phase: 'Pending',
          initContainerStatuses: [
            ended({ exitCode: 0 }, 'i'),
            running('j', false),
          ],
        },
        two,
      ),
    ],
    [
      'Init:Error',
      pod(
        {
          phase: 'Pending',
          initContainerStatuses: [ended({ exitCode: 1, reason: 'Error' }, 'i')],
        },
        two,
      ),
    ],
    [
      'Init:ExitCode:1',
      pod(
        {
          phase: 'Pending',
          initContainerStatuses: [ended({ exitCode: 1 }, 'i')],
        },
        two,
      ),
    ],
    [
      'Init:CrashLoopBackOff',
      pod(
        {
          phase: 'Pending',
          initContainerStatuses: [waiting('CrashLoopBackOff', 'i')],
        },
        two,
      ),
    ],
    [
      'Running',
      pod(
        {
          phase: 'Running',
          initContainerStatuses: [
            { name: 'i', started: true, ready: true, state: { running: {} } },
          ],
          containerStatuses: [running()],
        },
        { initContainers: [{ name: 'i', restartPolicy: 'Always' }] },
      ),
    ],
    [
      'Terminating',
      pod({ phase: 'Running', containerStatuses: [running()] }, {}, gone),
    ],
    ['Unknown', pod({ phase: 'Running', reason: 'NodeLost' }, {}, gone)],
    [
      'Completed',
      pod(
        {
          phase: 'Succeeded',
          containerStatuses: [ended({ exitCode: 0, reason: 'Completed' })],
        },
        {},
        gone,
      ),
    ],
  ])('%s', (word, object) => {
    expect(podPhrase(object)).toBe(word);
  });
});

describe('podReadiness and podRestarts', () => {
  const object = pod(
    {
      phase: 'Running',
      initContainerStatuses: [
        {
          name: 'proxy',
          started: true,
          ready: true,
          restartCount: 1,
          state: { running: {} },
        },
        { ...ended({ exitCode: 0 }, 'init'), restartCount: 2 },
      ],
      containerStatuses: [running(), { ...waiting('X', 'b'), restartCount: 4 }],
    },
    {
      initContainers: [
        { name: 'proxy', restartPolicy: 'Always' },
        { name: 'init' },
      ],
      containers: [{ name: 'a' }, { name: 'b' }],
    },
  );

  it('count sidecars, and init containers only when they restart', () => {
    expect(podReadiness(object)).toEqual({ ready: 2, total: 3 });
    expect(podRestarts(object)).toBe(7);
  });
});
