import type { KubeApplication, KubeObject } from '../objects';
import {
  applicationGroup,
  applicationPartState,
  applicationStatus,
  isApplicationPart,
  type ApplicationPart,
  type ApplicationPhase,
} from './application';
import { healthReason, healthSentence, type HealthStatus } from './health';

function application(spec: KubeApplication['spec']): KubeApplication {
  return {
    apiVersion: 'app.k8s.io/v1beta1',
    kind: 'Application',
    metadata: { name: 'shop', namespace: 'n' },
    spec,
  };
}

function object(
  apiVersion: string,
  kind: string,
  status: object = {},
  spec: object = {},
): KubeObject {
  return {
    apiVersion,
    kind,
    metadata: {
      name: 'web',
      namespace: 'n',
      generation: 2,
      labels: { a: 'b' },
    },
    ...{ spec, status: { observedGeneration: 2, ...status } },
  };
}

const all = (n: number) => ({
  replicas: n,
  readyReplicas: n,
  availableReplicas: n,
  currentReplicas: n,
});
const yes = (type: string, reason?: string) => ({
  type,
  status: 'True',
  reason,
});

describe('applicationGroup', () => {
  it.each([
    ['apps', 'apps'],
    ['apps/v1', 'apps'],
    ['v1', ''],
    ['V1', ''],
    ['', ''],
    [undefined, ''],
    ['core', ''],
    ['networking.k8s.io', 'networking.k8s.io'],
  ])('%s is %j', (group, expected) => {
    expect(applicationGroup(group)).toBe(expected);
  });
});

describe('isApplicationPart', () => {
  const kinds = [
    { group: 'v1', kind: 'Service' },
    { group: 'apps', kind: 'Deployment' },
  ];
  const selector = { matchLabels: { a: 'b' } };

  it.each<[string, KubeApplication['spec'], KubeObject, boolean]>([
    [
      'fits',
      { selector, componentKinds: kinds },
      object('v1', 'Service'),
      true,
    ],
    ['no selector', { componentKinds: kinds }, object('v1', 'Service'), false],
    [
      'another kind',
      { selector, componentKinds: kinds },
      object('v1', 'Secret'),
      false,
    ],
    [
      'the same kind of another group',
      { selector, componentKinds: kinds },
      object('serving.knative.dev/v1', 'Service'),
      false,
    ],
    [
      'expressions are honoured',
      {
        selector: {
          ...selector,
          matchExpressions: [{ key: 'a', operator: 'NotIn', values: ['b'] }],
        },
        componentKinds: kinds,
      },
      object('v1', 'Service'),
      false,
    ],
    [
      'another namespace',
      { selector, componentKinds: kinds },
      {
        ...object('v1', 'Service'),
        metadata: { name: 'x', namespace: 'm', labels: { a: 'b' } },
      },
      false,
    ],
  ])('%s', (_name, spec, part, expected) => {
    expect(isApplicationPart(application(spec), part)).toBe(expected);
  });
});

describe('applicationPartState', () => {
  it.each<[KubeObject, boolean]>([
    [object('apps/v1', 'StatefulSet', all(1)), true],
    [
      object('apps/v1', 'StatefulSet', { ...all(1), currentReplicas: 0 }),
      false,
    ],
    [object('apps/v1', 'Deployment', all(1)), false],
    [
      object('apps/v1', 'Deployment', {
        ...all(1),
        conditions: [yes('Available')],
      }),
      true,
    ],
    [
      object('apps/v1', 'Deployment', {
        ...all(1),
        conditions: [yes('Available'), yes('ReplicaFailure')],
      }),
      false,
    ],
    [
      object('apps/v1', 'Deployment', {
        ...all(1),
        observedGeneration: 1,
        conditions: [yes('Available')],
      }),
      false,
    ],
    [object('apps/v1', 'ReplicaSet', all(2), { replicas: 2 }), true],
    [object('apps/v1', 'ReplicaSet', all(2), { replicas: 3 }), false],
    [
      object('apps/v1', 'DaemonSet', {
        desiredNumberScheduled: 1,
        numberAvailable: 1,
        numberReady: 1,
      }),
      true,
    ],
    [object('v1', 'PersistentVolumeClaim', { phase: 'Pending' }), false],
    [object('v1', 'Service'), true],
    [
      object('v1', 'Service', {}, { type: 'LoadBalancer', clusterIP: 'x' }),
      false,
    ],
    [
      object(
        'v1',
        'Service',
        { loadBalancer: { ingress: [{ hostname: 'x' }] } },
        { type: 'LoadBalancer', clusterIP: 'x' },
      ),
      true,
    ],
    [object('v1', 'Pod', { conditions: [yes('Ready')] }), true],
    [object('v1', 'Pod'), false],
    [
      object('policy/v1', 'PodDisruptionBudget', {
        currentHealthy: 1,
        desiredHealthy: 2,
      }),
      false,
    ],
    [object('batch/v1', 'Job', { startTime: 'x' }), true],
    [object('batch/v1', 'Job'), false],
    [
      object('batch/v1', 'Job', {
        startTime: 'x',
        conditions: [yes('Failed')],
      }),
      false,
    ],
    [object('example.com/v1', 'Widget'), true],
    [
      object('example.com/v1', 'Widget', { conditions: [yes('InProgress')] }),
      false,
    ],
  ])('%#', (part, ready) => {
    expect(applicationPartState(part)).toBe(ready ? 'Ready' : 'InProgress');
  });
});

describe('applicationStatus', () => {
  const kinds = [{ group: 'apps', kind: 'Deployment' }];
  const ready = object('v1', 'Service');
  const open = object('v1', 'PersistentVolumeClaim');
  const part = (
    status: HealthStatus,
    subject: KubeObject = ready,
  ): ApplicationPart => ({
    object: subject,
    health: { status, reason: healthReason('noAddress') },
  });

  it.each<
    [
      ApplicationPhase,
      HealthStatus,
      string,
      KubeApplication['spec'],
      ApplicationPart[] | undefined,
    ]
  >([
    ['unknown', 'unknown', '0/0', {}, undefined],
    ['ready', 'ok', '0/0', {}, []],
    ['missing', 'missing', '0/0', { componentKinds: kinds }, []],
    ['ready', 'ok', '1/1', {}, [part('ok')]],
    ['progressing', 'progressing', '0/1', {}, [part('ok', open)]],
    ['degraded', 'failed', '1/2', {}, [part('ok'), part('failed')]],
    [
      'progressing',
      'progressing',
      '1/1',
      { assemblyPhase: 'Pending' },
      [part('ok')],
    ],
    ['degraded', 'failed', '1/1', { assemblyPhase: 'Failed' }, [part('ok')]],
    ['ready', 'unstable', '1/1', {}, [part('unstable')]],
    ['ready', 'paused', '2/2', {}, [part('ok'), part('paused')]],
    ['progressing', 'progressing', '1/1', {}, [part('progressing')]],
  ])('%s, %s, %s', (phase, status, componentsReady, spec, parts) => {
    const result = applicationStatus(application(spec), parts, 'prod');
    expect([
      result.phase,
      result.health.status,
      result.componentsReady,
    ]).toEqual([phase, status, componentsReady]);
    expect(result.health.status === 'ok').toBe(!result.health.reason);
  });

  it('says which part is in trouble', () => {
    const { health } = applicationStatus(application({}), [part('failed')]);
    expect(healthSentence(health.reason!)).toBe(
      'Service web: Has no address yet.',
    );
  });
});
