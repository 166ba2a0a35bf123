import fc from 'fast-check';
import type { KubeResourceQuota } from './objects';
import {
  namespaceQuotaBars,
  quotaAmounts,
  quotaKeyKind,
  quotaProblems,
  RESOURCE_QUOTA_KEYS,
  sumQuotas,
  workspaceQuotaProblems,
  type QuotaHard,
} from './quota';

describe('quotaKeyKind', () => {
  it.each<[string, string | undefined]>([
    ...RESOURCE_QUOTA_KEYS.map((key): [string, string] => [key, 'fixed']),
    ['cpu', 'fixed'],
    ['requests.nvidia.com/gpu', 'extended'],
    ['limits.nvidia.com/gpu', undefined],
    ['nvidia.com/gpu', undefined],
    ['hugepages-2Mi', 'hugepages'],
    ['requests.hugepages-1Gi', 'hugepages'],
    ['fast.storageclass.storage.k8s.io/requests.storage', 'storageClass'],
    ['fast.storageclass.storage.k8s.io/persistentvolumeclaims', 'storageClass'],
    ['fast.storageclass.storage.k8s.io/pods', undefined],
    ['.storageclass.storage.k8s.io/requests.storage', undefined],
    ['count/deployments.apps', 'count'],
    ['count/pods', 'count'],
    ['count/', undefined],
    ['count/a/b', undefined],
    ['gpu.deviceclass.resource.k8s.io/devices', 'deviceClass'],
    ['requests.kubernetes.io/x', undefined],
    ['deployments', undefined],
    ['constructor', undefined],
  ])('%s: %s', (key, kind) => {
    expect(quotaKeyKind(key)).toBe(kind);
  });
});

describe('quotaProblems', () => {
  it.each<[QuotaHard, readonly [string, string][]]>([
    [{ 'requests.cpu': '2', 'limits.cpu': '4', pods: 10 }, []],
    [{ cpus: 1 }, [['cpus', 'key']]],
    [{ pods: 'many' }, [['pods', 'quantity']]],
    [{ pods: '1500m' }, [['pods', 'whole']]],
    [{ pods: '2k' }, []],
    [{ 'requests.memory': '-1Gi' }, [['requests.memory', 'negative']]],
    [{ cpu: 1, 'requests.cpu': 2 }, [['requests.cpu', 'twice']]],
    [
      { 'requests.memory': '2Gi', 'limits.memory': '2G' },
      [['limits.memory', 'limitBelowRequest']],
    ],
  ])('%j', (hard, problems) => {
    expect(quotaProblems(hard).map(({ key, code }) => [key, code])).toEqual(
      problems,
    );
  });
});

const quota = (
  name: string,
  hard: QuotaHard,
  used: QuotaHard,
): KubeResourceQuota => ({
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name },
  spec: { hard },
  status: { hard, used },
});

describe('namespaceQuotaBars', () => {
  it('shows the tightest limit of each key, the fullest first', () => {
    expect(
      namespaceQuotaBars([
        quota('a', { cpu: '4', pods: '3' }, { cpu: '500m', pods: '6' }),
        quota(
          'b',
          { 'requests.cpu': '2', secrets: '0' },
          { 'requests.cpu': '0.5' },
        ),
      ]),
    ).toEqual([
      { key: 'pods', unit: 'count', used: '6', hard: '3', share: 2 },
      {
        key: 'requests.cpu',
        unit: 'cpu',
        used: '500m',
        hard: '2',
        share: 0.25,
      },
      { key: 'secrets', unit: 'count', used: '0', hard: '0', share: 0 },
    ]);
  });
});

describe('workspaceQuotaProblems', () => {
  const workspace = { 'requests.cpu': '8', 'requests.memory': '16Gi' };

  it.each<[string, QuotaHard[], QuotaHard, [string, string][]]>([
    ['fits', [{ cpu: '5' }], { cpu: '3', memory: '16Gi' }, []],
    [
      'is too much together',
      [{ cpu: '5' }],
      { cpu: '3001m', memory: '1Gi' },
      [['requests.cpu', 'aboveWorkspace']],
    ],
    ['limits too little', [], { cpu: '1' }, [['requests.memory', 'missing']]],
  ])('%s', (_name, others, wanted, problems) => {
    expect(
      workspaceQuotaProblems(workspace, others, wanted).map(({ key, code }) => [
        key,
        code,
      ]),
    ).toEqual(problems);
  });

  it('lets through exactly what keeps the sum within the limit', () => {
    const amount = fc.integer({ min: 0, max: 20 });
    fc.assert(
      fc.property(fc.array(amount), amount, amount, (others, wanted, limit) => {
        const hard = (pods: number) => ({ pods });
        const all = [...others, wanted].map(pods => quotaAmounts({ pods }));
        const fits =
          sumQuotas(all).get('pods')! <= BigInt(limit) * 1_000_000_000n;
        expect(
          workspaceQuotaProblems(hard(limit), others.map(hard), hard(wanted))
            .length === 0,
        ).toBe(fits);
      }),
    );
  });
});
