import fc from 'fast-check';
import type { KubeJson } from '../words';
import { cleanManifest, templateManifest } from './clean';
import { diffManifests, diffValues, equalJson, maskSecret } from './diff';
import { fieldManagers, ownedManifest } from './managedFields';
import { pathText, type JsonObject } from './paths';

const deployment: JsonObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'web',
    namespace: 'n',
    uid: 'u',
    resourceVersion: '1',
    generation: 3,
    creationTimestamp: 'x',
    managedFields: [],
    labels: { app: 'web' },
    annotations: { 'deployment.kubernetes.io/revision': '3', mine: 'yes' },
  },
  spec: {
    replicas: 2,
    template: {
      metadata: { creationTimestamp: null, labels: { app: 'web' } },
      spec: {
        restartPolicy: 'Always',
        dnsPolicy: 'ClusterFirst',
        securityContext: {},
        containers: [
          {
            name: 'c',
            image: 'i:1',
            resources: {},
            terminationMessagePath: '/dev/termination-log',
            args: ['a', 'b'],
            ports: [{ containerPort: 80, protocol: 'TCP' }],
          },
          { name: 'd', image: 'j:1' },
        ],
      },
    },
  },
  status: { replicas: 2 },
};

describe('cleanManifest', () => {
  it('leaves out what the API server adds', () => {
    expect(cleanManifest(deployment)).toEqual({
      ...deployment,
      status: undefined,
      metadata: {
        name: 'web',
        namespace: 'n',
        labels: { app: 'web' },
        annotations: { 'deployment.kubernetes.io/revision': '3', mine: 'yes' },
      },
    });
  });
});

describe('templateManifest', () => {
  it('leaves out what belongs to this cluster', () => {
    expect(templateManifest(deployment)).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: 'web',
        labels: { app: 'web' },
        annotations: { mine: 'yes' },
      },
      spec: {
        replicas: 2,
        template: {
          metadata: { labels: { app: 'web' } },
          spec: {
            containers: [
              {
                name: 'c',
                image: 'i:1',
                args: ['a', 'b'],
                ports: [{ containerPort: 80, protocol: 'TCP' }],
              },
              { name: 'd', image: 'j:1' },
            ],
          },
        },
      },
    });
  });

  it('gives a Service no addresses', () => {
    const service = {
      kind: 'Service',
      spec: {
        clusterIP: '10.0.0.1',
        clusterIPs: ['10.0.0.1'],
        ports: [{ port: 80, nodePort: 30000 }],
      },
    };
    expect(templateManifest(service).spec).toEqual({ ports: [{ port: 80 }] });
    const headless = { kind: 'Service', spec: { clusterIP: 'None' } };
    expect(templateManifest(headless).spec).toEqual({ clusterIP: 'None' });
  });

  it('keeps the keys of a Secret and none of its values', () => {
    expect(
      templateManifest({
        kind: 'Secret',
        type: 'Opaque',
        data: { a: 'aHVudGVyMg==' },
        stringData: { b: 'hunter2' },
      }),
    ).toEqual({ kind: 'Secret', type: 'Opaque', stringData: { a: '', b: '' } });
  });
});

interface Editable {
  metadata: { resourceVersion: string; annotations: Record<string, string> };
  spec: {
    replicas: number;
    template: {
      spec: { containers: { image: string; args?: string[] }[] };
    };
  };
  status: { replicas: number };
}

function changed(change: (copy: Editable) => void): JsonObject {
  const copy = JSON.parse(JSON.stringify(deployment));
  change(copy);
  return copy;
}

describe('diffManifests', () => {
  type Row = [string, JsonObject, object[]];
  it.each<Row>([
    [
      'what the server adds',
      changed(copy => {
        copy.metadata.resourceVersion = '2';
        copy.status.replicas = 1;
      }),
      [],
    ],
    [
      'a scalar',
      changed(copy => {
        copy.spec.replicas = 3;
      }),
      [{ path: 'spec.replicas', before: '2', after: '3' }],
    ],
    [
      'an item that moved and changed',
      changed(copy => {
        copy.spec.template.spec.containers.reverse();
        copy.spec.template.spec.containers[0].image = 'j:2';
      }),
      [
        {
          path: 'spec.template.spec.containers[name=d].image',
          before: 'j:1',
          after: 'j:2',
        },
        {
          path: 'spec.template.spec.containers[order]',
          before: '- name=c\n- name=d',
          after: '- name=d\n- name=c',
        },
      ],
    ],
    [
      'an item that is gone',
      changed(copy => {
        copy.spec.template.spec.containers.pop();
      }),
      [
        {
          path: 'spec.template.spec.containers[name=d]',
          before: 'name: d\nimage: j:1',
          after: undefined,
        },
      ],
    ],
    [
      'a list of scalars',
      changed(copy => {
        copy.spec.template.spec.containers[0].args = ['a'];
      }),
      [
        {
          path: 'spec.template.spec.containers[name=c].args',
          before: '- a\n- b',
          after: '- a',
        },
      ],
    ],
    [
      'a key that needs quotes',
      changed(copy => {
        copy.metadata.annotations['a/b.c'] = '1';
      }),
      [
        {
          path: 'metadata.annotations["a/b.c"]',
          before: undefined,
          after: '"1"',
        },
      ],
    ],
  ])('%s', (_name, after, hunks) => {
    const diff = diffManifests(deployment, after);
    expect(diff.hunks).toEqual(hunks);
    expect(diff.change).toBe(hunks.length > 0 ? 'update' : 'none');
  });

  it('creates and deletes', () => {
    const object = { kind: 'ConfigMap', metadata: { name: 'a', uid: 'u' } };
    const text = 'kind: ConfigMap\nmetadata:\n  name: a';
    expect(diffManifests(undefined, object)).toEqual({
      change: 'create',
      hunks: [{ path: '', before: undefined, after: text }],
    });
    expect(diffManifests(object, undefined)).toEqual({
      change: 'delete',
      hunks: [{ path: '', before: text, after: undefined }],
    });
  });

  it('says that a secret changed and not to what', () => {
    const secret = (password: string, more: JsonObject = {}) => ({
      kind: 'Secret',
      metadata: { name: 's' },
      data: { password, ...more },
    });
    expect(diffManifests(secret('a'), secret('b', { c: 'd' })).hunks).toEqual([
      { path: 'data.password', before: '"••••"', after: '•••• changed' },
      { path: 'data.c', before: undefined, after: '"••••"' },
    ]);
  });

  const SECRET = 'hunter2';
  const secretValue = fc.oneof(
    fc.constant<KubeJson>(SECRET),
    fc.constant<KubeJson>({ a: SECRET, [SECRET.slice(0, 3)]: SECRET }),
    fc.constant<KubeJson>([SECRET]),
    fc.constant<KubeJson>(null),
  );
  const secretObject = fc.record(
    {
      metadata: fc.record(
        {
          annotations: fc.constant({
            'kubectl.kubernetes.io/last-applied-configuration': SECRET,
          }),
        },
        { requiredKeys: [] },
      ),
      data: secretValue,
      stringData: secretValue,
    },
    { requiredKeys: [] },
  );

  it('shows no secret in any diff', () => {
    fc.assert(
      fc.property(
        fc.option(secretObject, { nil: undefined }),
        fc.option(secretObject, { nil: undefined }),
        (before, after) => {
          const kind = (object?: JsonObject) =>
            object && { kind: 'Secret', ...object };
          const diff = diffManifests(kind(before), kind(after));
          expect(JSON.stringify(diff)).not.toContain(SECRET);
          expect(JSON.stringify(maskSecret(kind(before) ?? {}))).not.toContain(
            SECRET,
          );
        },
      ),
    );
  });
});

const json: fc.Arbitrary<KubeJson> = fc.letrec<{ node: KubeJson }>(tie => ({
  node: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<KubeJson>('a', 'b', 1, 2, true, null),
    fc.array(tie('node'), { maxLength: 3 }),
    fc.array(
      fc.record({ name: fc.constantFrom('a', 'b', 'c'), value: tie('node') }),
      { maxLength: 3 },
    ),
    fc.dictionary(fc.constantFrom('a', 'b', 'constructor'), tie('node'), {
      noNullPrototype: true,
    }),
  ),
})).node;

describe('diffValues', () => {
  it('finds a difference exactly when there is one', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(diffValues(a, b).length === 0).toBe(equalJson(a, b));
        expect(diffValues(a, a)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('pathText', () => {
  it('writes keys and places', () => {
    expect(pathText(['a', '[name=b]', 0, 'c d', 'e-f'])).toBe(
      'a[name=b][0]["c d"].e-f',
    );
  });
});

describe('managed fields', () => {
  const live: JsonObject = {
    ...deployment,
    metadata: {
      name: 'web',
      namespace: 'n',
      uid: 'u',
      labels: { app: 'web', other: 'x' },
      finalizers: ['a', 'b'],
      managedFields: [
        {
          manager: 'portal',
          operation: 'Apply',
          time: '2026-01-01T00:00:00Z',
          fieldsV1: {
            'f:metadata': {
              'f:labels': { 'f:app': {} },
              'f:finalizers': { 'v:"b"': {} },
            },
            'f:spec': {
              'f:template': {
                'f:spec': {
                  'f:containers': {
                    'k:{"name":"c"}': {
                      '.': {},
                      'f:name': {},
                      'f:image': {},
                      'f:args': {},
                      'f:ports': {
                        'k:{"containerPort":80,"protocol":"TCP"}': {
                          '.': {},
                          'f:containerPort': {},
                        },
                      },
                    },
                  },
                },
              },
            },
          },
        },
        {
          manager: 'kubectl',
          operation: 'Update',
          subresource: 'scale',
          time: '2026-01-02T00:00:00Z',
          fieldsV1: { 'f:spec': { 'f:replicas': {} } },
        },
        { manager: 'controller', operation: 'Update', subresource: 'status' },
      ],
    },
  };

  it('cuts out what a manager applied', () => {
    expect(ownedManifest(live, 'portal')).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: 'web',
        namespace: 'n',
        labels: { app: 'web' },
        finalizers: ['b'],
      },
      spec: {
        template: {
          spec: {
            containers: [
              {
                name: 'c',
                image: 'i:1',
                args: ['a', 'b'],
                ports: [{ containerPort: 80 }],
              },
            ],
          },
        },
      },
    });
  });

  it('has nothing of somebody who only updated', () => {
    expect(ownedManifest(live, 'kubectl')).toBeUndefined();
  });

  it('says who writes what', () => {
    const { managedFields } = live.metadata as { managedFields: [] };
    expect(fieldManagers(managedFields)).toEqual([
      {
        manager: 'kubectl',
        operation: 'Update',
        subresource: 'scale',
        time: '2026-01-02T00:00:00Z',
        fields: ['spec.replicas'],
      },
      {
        manager: 'portal',
        operation: 'Apply',
        subresource: undefined,
        time: '2026-01-01T00:00:00Z',
        fields: [
          'metadata.labels.app',
          'metadata.finalizers["b"]',
          'spec.template.spec.containers[name=c].name',
          'spec.template.spec.containers[name=c].image',
          'spec.template.spec.containers[name=c].args',
          'spec.template.spec.containers[name=c].ports[containerPort=80,protocol=TCP].containerPort',
        ],
      },
    ]);
  });
});
