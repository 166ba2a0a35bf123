import type { KubeObject } from '@amamba/backstage-plugin-amamba-common';
import * as kinds from '.';

/** As an API server sends it, with all that nobody needs. */
function object(parts: object): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'X',
    metadata: {
      name: 'web',
      namespace: 'team',
      uid: 'u',
      annotations: {
        'kubectl.kubernetes.io/last-applied-configuration': 'hidden',
        'deployment.kubernetes.io/revision': '3',
        'amamba.io/title': 'x'.repeat(2_000),
      },
      managedFields: [{ manager: 'hidden' }],
    },
    ...parts,
  };
}

const SPEC = {
  containers: [
    {
      name: 'web',
      image: 'nginx',
      args: ['hidden'],
      env: [
        { name: 'PASSWORD', value: 'hidden' },
        { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
        { name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
      ],
      resources: { limits: { cpu: '1' }, claims: ['hidden'] },
    },
  ],
  volumes: [
    {
      name: 'kube-api-access-abcde',
      projected: {
        sources: [
          { serviceAccountToken: { path: 'token' } },
          { configMap: { name: 'kube-root-ca.crt', items: [] } },
          { downwardAPI: {} },
        ],
      },
    },
    { name: 'config', configMap: { name: 'c', defaultMode: 420 } },
    { name: 'scratch', emptyDir: {} },
  ],
};

describe('what is kept of objects', () => {
  it.each(Object.entries(kinds))(
    '%s: nothing of what is not needed',
    (_name, kind) => {
      const kept = kind.keep(
        object({
          spec: { ...SPEC, template: { spec: SPEC } },
          data: { password: 'hidden' },
          stringData: { password: 'hidden' },
          status: { unknown: 'hidden' },
        }),
      );
      expect(JSON.stringify(kept)).not.toContain('hidden');
      expect(kept).toMatchObject({
        kind: kind.kind,
        metadata: {
          name: 'web',
          annotations: { 'deployment.kubernetes.io/revision': '3' },
        },
      });
      expect(kept.metadata).not.toHaveProperty('managedFields');
      expect(kept.metadata.annotations).not.toHaveProperty(['amamba.io/title']);
    },
  );

  it('pods: containers, references to other objects, and why one waits', () => {
    const status = {
      phase: 'Pending',
      conditions: [
        {
          type: 'Initialized',
          status: 'True',
          lastTransitionTime: 't1',
          observedGeneration: 1,
        },
        {
          type: 'Ready',
          status: 'False',
          reason: 'R',
          lastTransitionTime: 't2',
          message: 'm',
        },
      ],
      containerStatuses: [
        {
          name: 'web',
          containerID: 'containerd://1',
          imageID: 'sha256:1',
          ready: false,
          restartCount: 4,
          state: { waiting: { reason: 'ImagePullBackOff', message: 'no' } },
          lastState: {},
        },
      ],
    };
    expect(kinds.pods.keep(object({ spec: SPEC, status }))).toMatchObject({
      apiVersion: 'v1',
      kind: 'Pod',
      spec: {
        containers: [
          {
            name: 'web',
            image: 'nginx',
            env: [
              {
                name: 'TOKEN',
                valueFrom: { secretKeyRef: { name: 's', key: 'k' } },
              },
            ],
            resources: { limits: { cpu: '1' } },
          },
        ],
        volumes: [{ name: 'config', configMap: { name: 'c' } }],
      },
      status: {
        phase: 'Pending',
        conditions: [
          { type: 'Initialized', status: 'True' },
          {
            type: 'Ready',
            status: 'False',
            reason: 'R',
            message: 'm',
            lastTransitionTime: 't2',
          },
        ],
        containerStatuses: [
          {
            name: 'web',
            ready: false,
            restartCount: 4,
            state: { waiting: { reason: 'ImagePullBackOff', message: 'no' } },
          },
        ],
      },
    });
  });

  it('ReplicaSets: the template only while it runs', () => {
    const template = { spec: SPEC };
    const keep = (replicas: number) =>
      kinds.replicaSets.keep(object({ spec: { replicas, template } })).spec;
    expect(keep(0)).toEqual({ replicas: 0 });
    expect(keep(1)?.template?.spec?.containers).toHaveLength(1);
  });

  it('selectors that are empty, which match everything, stay', () => {
    const spec = { selector: {}, template: {} };
    expect(kinds.deployments.keep(object({ spec })).spec?.selector).toEqual({});
  });

  it('gives the same for what it gave', () => {
    const once = kinds.pods.keep(
      object({ spec: SPEC, status: { phase: 'Running' } }),
    );
    expect(kinds.pods.keep(once)).toEqual(once);
  });
});
