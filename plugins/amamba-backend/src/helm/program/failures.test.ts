import { errorText, failuresOf } from './failures';

const of = (...stderr: string[]) => failuresOf({ stderr, isTimedOut: false });

describe('why Helm failed', () => {
  it('is what it says at last, without its log and without folders of the portal', () => {
    expect(
      errorText([
        'level=DEBUG msg="Error: of a log"',
        'E1124 10:00:00 something',
        'Error: UPGRADE FAILED: cannot read /tmp/amamba-helm-Ab1/values.yaml',
        'second line',
      ]),
    ).toBe('cannot read values.yaml\nsecond line');
  });

  it.each([
    [
      "Error: values don't meet the specifications of the schema(s) in the following chart(s):\nweb:\n- at '/replicas': minimum: got 0, want 1\n- at '/a/b': got string, want integer",
      [
        { path: '/replicas', kind: 'invalid' },
        { path: '/a/b', problem: expect.stringContaining('got string') },
      ],
    ],
    [
      'Error: INSTALLATION FAILED: failed pre-install: resource Job/ns/check not ready. status: Failed, message: Job Failed. failed: 1/1',
      [
        {
          problem:
            'The pre-install hook Job check failed: Job Failed. failed: 1/1.',
          remedy: expect.stringContaining('log of Job check'),
        },
      ],
    ],
    [
      'Error: UPGRADE FAILED: resource Deployment/ns/web not ready. status: InProgress, message: Available: 0/1\ncontext deadline exceeded',
      [
        {
          problem:
            'Deployment web did not become ready in time (Available: 0/1).',
        },
      ],
    ],
    [
      'Error: conflict occurred while applying object ns/web apps/v1, Kind=Deployment: Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas',
      [
        {
          problem:
            'Deployment web: kubectl manages fields that the chart sets (.spec.replicas).',
          kind: 'conflict',
          manager: 'kubectl',
        },
      ],
    ],
    [
      'Error: INSTALLATION FAILED: unable to continue with install: ConfigMap "taken" in namespace "x" exists and cannot be imported into the current release: invalid ownership metadata; annotation validation error',
      [
        {
          problem:
            'ConfigMap taken is there already and does not belong to this release.',
          kind: 'conflict',
        },
      ],
    ],
    [
      'Error: INSTALLATION FAILED: clusterroles.rbac.authorization.k8s.io "greedy" is forbidden: User "system:serviceaccount:ns:amamba-helm" cannot get resource "clusterroles" in API group "rbac.authorization.k8s.io" at the cluster scope',
      [
        {
          problem:
            'The chart wants to get clusterroles.rbac.authorization.k8s.io at the cluster scope, which releases of a workspace may not.',
          kind: 'forbidden',
        },
      ],
    ],
    [
      'Error: UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress',
      [{ kind: 'conflict', remedy: expect.stringContaining('unlock') }],
    ],
    [
      'Error: pods "x" is forbidden: exceeded quota: amamba, requested: requests.cpu=2, used: requests.cpu=1, limited: requests.cpu=2',
      [{ kind: 'quota', problem: expect.stringContaining('quota amamba') }],
    ],
    [
      'Error: something new\nand more',
      [{ problem: 'Helm says: something new\nand more' }],
    ],
    ['', [{ problem: 'Helm ended without a word.' }]],
  ])('%s', (text, failures) => {
    expect(of(...text.split('\n'))).toMatchObject(failures);
  });

  it('names the time that was too short', () => {
    expect(failuresOf({ stderr: [], isTimedOut: true })).toMatchObject([
      { problem: 'Helm took too long and was ended.' },
    ]);
  });
});
