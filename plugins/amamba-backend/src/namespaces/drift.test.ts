import type { KubeNamespace } from '@amamba/backstage-plugin-amamba-common';
import { differences, type NamespaceSight } from './drift';
import { ownLabels } from './marks';
import type { NamespaceRecord } from './records';

const RECORD: NamespaceRecord = {
  workspaceRef: 'group:default/team-a',
  cluster: 'east',
  name: 'prod',
  state: 'active',
  uid: 'u1',
  labels: { tier: 'web' },
  quota: { 'requests.cpu': '4', pods: '10' },
  containerLimits: {
    default: { cpu: '200m' },
    max: { cpu: '1', memory: '1Gi' },
  },
  podSecurity: 'baseline',
  createdAt: new Date(0),
  createdBy: 'user:default/ann',
  changedAt: new Date(0),
  version: 1,
};

const NAMESPACE: KubeNamespace = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name: 'prod',
    uid: 'u1',
    labels: { tier: 'web', other: 'kept', ...ownLabels(RECORD) },
  },
};

const kept = (kind: string, spec: object) => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'amamba', namespace: 'prod' },
  spec,
});

const RIGHT: NamespaceSight = {
  namespace: NAMESPACE,
  quotas: [
    kept('ResourceQuota', { hard: { 'requests.cpu': '4000m', pods: '10' } }),
  ],
  limits: [
    kept('LimitRange', {
      limits: [
        {
          type: 'Container',
          // memory was filled in by the API server, from the most
          default: { cpu: '0.2', memory: '1Gi' },
          defaultRequest: { cpu: '0.2', memory: '1Gi' },
          max: { cpu: '1', memory: '1024Mi' },
        },
      ],
    }),
  ],
  mayWrite: true,
};

const labelled = (labels: Record<string, string>): NamespaceSight => ({
  ...RIGHT,
  namespace: { ...NAMESPACE, metadata: { ...NAMESPACE.metadata, labels } },
});

describe('differences', () => {
  it.each<[string, NamespaceSight, [string, string][]]>([
    ['nothing', RIGHT, []],
    [
      'a label',
      labelled({ ...ownLabels(RECORD), tier: 'db' }),
      [['label', 'Changed by hand: tier is db, should be web.']],
    ],
    [
      'the level of pod security',
      labelled({
        ...ownLabels(RECORD),
        tier: 'web',
        'pod-security.kubernetes.io/enforce': 'privileged',
      }),
      [
        [
          'podSecurity',
          'Changed by hand: pod-security.kubernetes.io/enforce is privileged, should be baseline.',
        ],
      ],
    ],
    [
      'the owner',
      labelled({ ...ownLabels(RECORD), 'amamba.io/workspace': 'other' }),
      [['owner', expect.stringContaining('another workspace')]],
    ],
    [
      'an amount of the quota',
      {
        ...RIGHT,
        quotas: [kept('ResourceQuota', { hard: { 'requests.cpu': '8' } })],
      },
      [
        [
          'quota',
          'Changed by hand: requests.cpu is 8, should be 4; pods is gone, should be 10.',
        ],
      ],
    ],
    [
      'the quota',
      { ...RIGHT, quotas: [] },
      [['quota', 'It was deleted by hand.']],
    ],
    [
      'the limits',
      { ...RIGHT, limits: [] },
      [
        [
          'limits',
          'Changed by hand: default of cpu is gone, should be 200m; max of cpu is gone, should be 1; max of memory is gone, should be 1Gi.',
        ],
      ],
    ],
    [
      'the right to write',
      { ...RIGHT, mayWrite: false },
      [['access', 'The portal may not write in it.']],
    ],
    ['what was not looked at', { namespace: NAMESPACE }, []],
    [
      'a namespace that is gone',
      { namespace: undefined },
      [['missing', 'It was deleted from the cluster by somebody else.']],
    ],
    [
      'another namespace of the name',
      {
        namespace: {
          ...NAMESPACE,
          metadata: { ...NAMESPACE.metadata, uid: 'u2' },
        },
      },
      [['missing', expect.stringContaining('made again')]],
    ],
  ])('finds %s', (_name, sight, found) => {
    expect(
      differences(RECORD, sight).map(({ code, message }) => [code, message]),
    ).toEqual(found);
  });
});
