import fc from 'fast-check';
import type { Health } from '../health';
import type { KubeObject } from '../objects';
import { objectTopology, type TopologyOptions } from './topology';

function object(
  kind: string,
  name: string,
  spec: object = {},
  owner?: string,
  more: object = {},
): KubeObject {
  const groups: Record<string, string> = {
    Deployment: 'apps/v1',
    ReplicaSet: 'apps/v1',
    StatefulSet: 'apps/v1',
    CronJob: 'batch/v1',
    Job: 'batch/v1',
    Ingress: 'networking.k8s.io/v1',
    HorizontalPodAutoscaler: 'autoscaling/v2',
    PodDisruptionBudget: 'policy/v1',
    Application: 'app.k8s.io/v1beta1',
  };
  return {
    apiVersion: groups[kind] ?? 'v1',
    kind,
    metadata: {
      name,
      uid: `${kind}/${name}`,
      ownerReferences: owner
        ? [
            {
              apiVersion: 'x',
              kind: 'x',
              name: 'x',
              uid: owner,
              controller: true,
            },
          ]
        : undefined,
    },
    ...{ spec },
    ...more,
  };
}

const template = (app: string, spec: object = {}) => ({
  template: { metadata: { labels: { app } }, spec },
});
const shop: KubeObject[] = [
  object('Ingress', 'shop', {
    rules: [{ http: { paths: [{ backend: { service: { name: 'web' } } }] } }],
    tls: [{ secretName: 'cert' }],
  }),
  object('Service', 'web', { selector: { app: 'web' } }),
  object('Service', 'headless', {}),
  object(
    'Deployment',
    'web',
    template('web', {
      containers: [
        {
          name: 'c',
          env: [
            {
              name: 'A',
              valueFrom: { secretKeyRef: { name: 'db', key: 'k' } },
            },
          ],
          envFrom: [{ configMapRef: { name: 'settings' } }],
        },
      ],
      volumes: [
        { name: 'v', persistentVolumeClaim: { claimName: 'data' } },
        {
          name: 'w',
          projected: { sources: [{ configMap: { name: 'gone' } }] },
        },
      ],
    }),
  ),
  object(
    'ReplicaSet',
    'web-2',
    { replicas: 1, ...template('web') },
    'Deployment/web',
  ),
  object('ReplicaSet', 'web-1', { replicas: 0 }, 'Deployment/web'),
  object('Pod', 'web-2-a', {}, 'ReplicaSet/web-2'),
  object('ConfigMap', 'settings'),
  object('Secret', 'db'),
  object('PersistentVolumeClaim', 'data'),
  object('HorizontalPodAutoscaler', 'web', {
    scaleTargetRef: { kind: 'Deployment', name: 'web' },
  }),
  object('PodDisruptionBudget', 'web', {
    selector: { matchLabels: { app: 'web' } },
  }),
];
const other: KubeObject[] = [
  object(
    'Deployment',
    'other',
    template('other', {
      containers: [
        { name: 'c', envFrom: [{ configMapRef: { name: 'settings' } }] },
      ],
    }),
  ),
  object('StatefulSet', 'db', {
    ...template('db'),
    volumeClaimTemplates: [{ metadata: { name: 'disk' } }],
  }),
  object('PersistentVolumeClaim', 'disk-db-0'),
  object('PersistentVolumeClaim', 'disk-db-x'),
  object('CronJob', 'nightly', { jobTemplate: { spec: template('nightly') } }),
  object('Job', 'nightly-1', template('nightly'), 'CronJob/nightly'),
  object('Pod', 'nightly-1-a', {}, 'Job/nightly-1'),
  object('Pod', 'by-hand', {}, undefined),
];

const edges = (objects: KubeObject[], options: TopologyOptions = {}) =>
  objectTopology(objects, options).edges.map(
    ({ from, to, relation }) => `${from} ${relation} ${to}`,
  );
const ids = (objects: KubeObject[], options: TopologyOptions = {}) =>
  objectTopology(objects, options).nodes.map(({ id }) => id);

describe('objectTopology', () => {
  it('goes from what traffic enters by to what is used', () => {
    expect(edges(shop).sort()).toEqual(
      [
        'Deployment/web mounts ConfigMap/gone',
        'Deployment/web mounts ConfigMap/settings',
        'Deployment/web mounts PersistentVolumeClaim/data',
        'Deployment/web mounts Secret/db',
        'Deployment/web owns ReplicaSet/web-2',
        'HorizontalPodAutoscaler/web scales Deployment/web',
        'Ingress/shop mounts Secret/cert',
        'Ingress/shop routes Service/web',
        'PodDisruptionBudget/web guards Deployment/web',
        'ReplicaSet/web-2 owns Pod/web-2-a',
        'Service/web selects Deployment/web',
      ].sort(),
    );
  });

  it('knows claims of a StatefulSet, and jobs of a CronJob', () => {
    expect(edges(other).sort()).toEqual([
      'CronJob/nightly owns Job/nightly-1',
      'Deployment/other mounts ConfigMap/settings',
      'Job/nightly-1 owns Pod/nightly-1-a',
      'StatefulSet/db mounts PersistentVolumeClaim/disk-db-0',
    ]);
  });

  it('keeps to what belongs to the roots', () => {
    const found = ids([...shop, ...other], {
      isRoot: ({ kind, metadata }) =>
        kind === 'Deployment' && metadata.name === 'web',
    });
    expect(found).toEqual(
      expect.arrayContaining([
        'Ingress/shop',
        'Service/web',
        'Pod/web-2-a',
        'Secret/db',
      ]),
    );
    expect(found).not.toContain('Deployment/other');
    expect(found).not.toContain('Service/headless');
  });

  it('says what is missing only of kinds that it knows all of', () => {
    const { nodes } = objectTopology(shop, {
      complete: new Set(['ConfigMap']),
    });
    expect(nodes.filter(({ missing }) => missing).map(({ id }) => id)).toEqual([
      'ConfigMap/gone',
    ]);
  });

  const many = (pods: number) => [
    object('ReplicaSet', 'web-2', { replicas: pods }),
    ...Array.from({ length: pods }, (_, index) =>
      object('Pod', `p${index}`, {}, 'ReplicaSet/web-2'),
    ),
  ];
  const healthOf = ({ metadata }: KubeObject): Health => ({
    status: metadata.name === 'p3' ? 'failed' : 'ok',
  });

  it('folds the healthy pods of a large set', () => {
    expect(ids(many(12), { healthOf })).toEqual([
      'ReplicaSet/web-2',
      'Pod/p3',
      'Pods/ReplicaSet/web-2',
    ]);
    const [, , folded] = objectTopology(many(12), { healthOf }).nodes;
    expect(folded).toMatchObject({ count: 11, name: 'web-2', layer: 4 });
    expect(ids(many(8), { healthOf })).toHaveLength(9);
  });

  it('loses no pod', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(10), (pods, foldAbove) => {
        const { nodes, edges: kept } = objectTopology(many(pods), {
          healthOf,
          foldAbove,
        });
        const counted = nodes
          .filter(({ kind }) => kind === 'Pod')
          .reduce((sum, { count = 1 }) => sum + count, 0);
        expect(counted).toBe(pods);
        const known = new Set(nodes.map(({ id }) => id));
        expect(
          kept.every(({ from, to }) => known.has(from) && known.has(to)),
        ).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('leaves an Application out of the flow', () => {
    const owned = object('Service', 'a', {}, 'Application/shop');
    expect(edges([object('Application', 'shop'), owned])).toEqual([]);
  });

  it('draws 500 nodes in less than 50 ms', () => {
    const objects = Array.from({ length: 50 }, (_, n) => [
      object('Service', `s${n}`, { selector: { app: `a${n}` } }),
      object('Deployment', `d${n}`, template(`a${n}`)),
      object('ReplicaSet', `r${n}`, {}, `Deployment/d${n}`),
      ...Array.from({ length: 7 }, (_x, p) =>
        object('Pod', `p${n}-${p}`, {}, `ReplicaSet/r${n}`),
      ),
    ]).flat();
    const times = Array.from({ length: 10 }, () => {
      const start = process.cpuUsage();
      expect(objectTopology(objects).nodes).toHaveLength(500);
      return process.cpuUsage(start).user / 1000;
    });
    expect(Math.min(...times)).toBeLessThan(50);
  });
});
