import fc from 'fast-check';
import { readYaml } from '../manifests';
import { checkManifests } from '../manifests';
import {
  addDocument,
  applicationStartSchema,
  askedResources,
  buildManifests,
  buildYaml,
  editForm,
  formProblems,
  quotaAsked,
  readForm,
  removeDocument,
  renameApplication,
  switchKind,
  valueAt,
  type ApplicationStartInput,
  type FormDocument,
} from './index';

function start(values: Partial<ApplicationStartInput> = {}) {
  return applicationStartSchema.parse({
    name: 'shop',
    image: 'registry.example.com/shop:1.4.2',
    ports: [{ name: 'http', port: 8080 }],
    ...values,
  });
}

function documents(text: string): FormDocument[] {
  const read = readForm(text);
  if (!read) throw new Error(`can't be read:\n${text}`);
  return read;
}

/** Problems as `Kind path code`. */
function said(text: string): string[] {
  const read = documents(text);
  return formProblems(read).map(
    ({ document, path, code }) =>
      `${read.find(({ index }) => index === document)?.kind} ${path} ${code}`,
  );
}

const CONTAINER = ['spec', 'template', 'spec', 'containers', 0];

/** The Deployment of a text, which is its second document. */
const DEPLOYMENT = 1;

function edited(
  path: (string | number)[],
  value: Parameters<typeof editForm>[3],
) {
  return editForm(buildYaml(start()), DEPLOYMENT, path, value);
}

const hostile = fc.oneof(
  fc.constantFrom(
    ...[
      'a\n---\nkind: Secret',
      'x: y',
      '- z',
      '{a: b}',
      '*a',
      '&a',
      '!!x',
      "'",
    ],
    ...['"', '#', 'yes', '0755', '${A}', '{{ .Values }}', ' ', '|', '\u2028'],
  ),
  fc.string({ unit: 'grapheme' }),
);

describe('what an application begins as', () => {
  it('is taken by the checks of manifests and has no problem', () => {
    const text = buildYaml(start({ host: 'shop.example.com' }));
    expect(checkManifests(text, { namespace: 'prod' })).toMatchObject({
      ok: true,
      issues: [],
    });
    expect(said(text)).toEqual([]);
    expect(documents(text).map(({ kind }) => kind)).toEqual([
      'Application',
      'Deployment',
      'Service',
      'Ingress',
    ]);
  });

  it('is read back as it was built, whatever the values are: no value becomes a field or a document', () => {
    fc.assert(
      fc.property(
        hostile,
        hostile,
        fc.dictionary(fc.constantFrom('A', 'B_C', 'x.y'), hostile, {
          noNullPrototype: true,
        }),
        (image, description, env) => {
          const made = { ...start(), image, description, env };
          const objects = buildManifests(made);
          const read = documents(buildYaml(made));
          expect(read.map(({ value }) => value)).toEqual(
            JSON.parse(JSON.stringify(objects)),
          );
        },
      ),
    );
  });

  it('refuses names that the API server would refuse', () => {
    for (const name of ['Shop', '-a', 'a_b', '9a', 'a'.repeat(64), 'a\nb']) {
      expect(
        applicationStartSchema.safeParse({ ...start(), name }).success,
      ).toBe(false);
    }
  });
});

describe('editing a field', () => {
  it('keeps comments and fields that no form knows', () => {
    const text = `# mine
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  template:
    spec:
      containers:
      - name: web
        image: a:1 # pinned
        x-unknown: 1
`;
    const path = ['spec', 'template', 'spec', 'containers', 0, 'image'];
    expect(editForm(text, 0, path, 'a:2')).toBe(text.replace('a:1', 'a:2'));
  });

  it('puts any value in as a value', () => {
    fc.assert(
      fc.property(hostile, value => {
        const made = edited([...CONTAINER, 'image'], value);
        const read = documents(made);
        expect(read).toHaveLength(3);
        expect(valueAt(read[1].value, [...CONTAINER, 'image'])).toBe(value);
        const before = documents(buildYaml(start()))[1].value;
        const undone = editForm(
          made,
          1,
          [...CONTAINER, 'image'],
          valueAt(before, [...CONTAINER, 'image']),
        );
        expect(documents(undone)[1].value).toEqual(before);
      }),
    );
  });

  it('takes away what it leaves empty', () => {
    const path = [...CONTAINER, 'resources', 'limits', 'cpu'];
    const made = editForm(edited(path, '1'), DEPLOYMENT, path, undefined);
    expect(made).toBe(buildYaml(start()));
  });

  it('adds and removes objects', () => {
    const text = buildYaml(start({ ports: [] }));
    const more = addDocument(text, {
      kind: 'ConfigMap',
      metadata: { name: 'a' },
    });
    expect(documents(more)).toHaveLength(3);
    expect(documents(removeDocument(more, 0)).map(({ kind }) => kind)).toEqual([
      'Deployment',
      'ConfigMap',
    ]);
    expect(documents(removeDocument(more, 2))).toHaveLength(2);
  });

  it('leaves a text alone that cannot be read', () => {
    expect(editForm('a: [', 0, ['a'], 1)).toBe('a: [');
  });
});

describe('the application as a whole', () => {
  it('gets another name everywhere', () => {
    const made = renameApplication(
      buildYaml(start({ host: 'shop.example.com' })),
      'shop',
      'cart',
    );
    const wanted = buildYaml(start({ name: 'cart', host: 'shop.example.com' }));
    expect(made).toBe(wanted);
    // a port that has the same name keeps it
    const http = buildYaml(start({ name: 'http' }));
    expect(renameApplication(http, 'http', 'cart')).toBe(
      buildYaml(start({ name: 'cart' })),
    );
  });

  it('becomes another kind, without fields that this one does not know', () => {
    const text = buildYaml(start());
    for (const kind of ['StatefulSet', 'DaemonSet'] as const) {
      const made = switchKind(text, DEPLOYMENT, kind);
      const read = documents(made).map(({ value }) => value);
      expect(read).toEqual(
        documents(buildYaml(start({ kind }))).map(({ value }) => value),
      );
      expect(
        documents(switchKind(made, DEPLOYMENT, 'Deployment'))[1].value,
      ).toEqual(documents(text)[1].value);
    }
  });
});

describe('problems of fields', () => {
  it.each<[(string | number)[], Parameters<typeof editForm>[3], string]>([
    [[...CONTAINER, 'image'], 'a b', 'containers[0].image image'],
    [[...CONTAINER, 'image'], '', 'containers[0].image needed'],
    [[...CONTAINER, 'name'], 'A', 'containers[0].name name'],
    [
      [...CONTAINER, 'ports', 0, 'containerPort'],
      70_000,
      'containers[0].ports[0].containerPort range',
    ],
    [
      [...CONTAINER, 'resources'],
      { requests: { cpu: '2' }, limits: { cpu: '1' } },
      'containers[0].resources.requests.cpu aboveLimit',
    ],
    [
      [...CONTAINER, 'resources'],
      { limits: { memory: 'much' } },
      'containers[0].resources.limits.memory quantity',
    ],
    [
      [...CONTAINER, 'env'],
      [{ name: 'A=B', value: '' }],
      'containers[0].env[0].name name',
    ],
    [
      [...CONTAINER, 'env'],
      [{ name: 'A', valueFrom: { secretKeyRef: { name: 's' } } }],
      'containers[0].env[0].valueFrom.secretKeyRef.key needed',
    ],
    [
      [...CONTAINER, 'livenessProbe'],
      { httpGet: { port: 'admin' } },
      'containers[0].livenessProbe.httpGet.port unknownPort',
    ],
    [
      [...CONTAINER, 'startupProbe'],
      { tcpSocket: { port: 1 }, successThreshold: 2 },
      'containers[0].startupProbe.successThreshold successThreshold',
    ],
    [
      [...CONTAINER, 'volumeMounts'],
      [{ name: 'data', mountPath: '/data' }],
      'containers[0].volumeMounts[0].name unknownVolume',
    ],
    [
      ['spec', 'template', 'spec', 'volumes'],
      [{ name: 'data' }],
      'volumes[0] oneSource',
    ],
  ])('at %j', (path, value, problem) => {
    const [only, ...others] = said(edited(path, value));
    expect(only).toBe(`Deployment spec.template.spec.${problem}`);
    expect(others).toEqual([]);
  });

  it('find what does not fit together', () => {
    expect(
      said(edited(['spec', 'template', 'metadata', 'labels'], { a: 'b' })),
    ).toEqual(['Deployment spec.template.metadata.labels selector']);
    expect(
      said(
        edited(['spec', 'strategy'], {
          rollingUpdate: { maxSurge: 0, maxUnavailable: '0%' },
        }),
      ),
    ).toEqual([
      'Deployment spec.strategy.rollingUpdate.maxUnavailable bothZero',
    ]);
    const text = buildYaml(start({ host: 'a.example.com' }));
    expect(said(removeDocument(text, 2))).toEqual([
      'Ingress spec.rules[0].http.paths[0].backend.service.name unknownService',
    ]);
  });

  it('never throw, whatever stands in the text', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), json => {
        for (const kind of ['Deployment', 'Service', 'Ingress']) {
          const value = {
            kind,
            metadata: { name: 'a' },
            spec: JSON.parse(json),
          };
          const document = { index: 0, kind, name: 'a', value };
          expect(Array.isArray(formProblems([document]))).toBe(true);
          expect(askedResources([value])).toBeInstanceOf(Map);
        }
      }),
    );
  });
});

describe('what is asked of the quota', () => {
  it('counts replicas and says what is not left', () => {
    const asked = askedResources(
      buildManifests(
        start({
          replicas: 2,
          requests: { cpu: '500m' },
          limits: { memory: '1Gi' },
        }),
      ),
    );
    expect(
      quotaAsked(
        [
          { key: 'cpu', hard: '4', used: '3200m' },
          { key: 'limits.memory', hard: '4Gi', used: '1Gi' },
          { key: 'requests.memory', hard: '4Gi', used: '0' },
          { key: 'pods', hard: '10', used: '1' },
          { key: 'secrets', hard: '10', used: '10' },
        ],
        asked,
      ),
    ).toEqual([
      { key: 'requests.cpu', left: '800m', asked: '1', over: true },
      { key: 'limits.memory', left: '3Gi', asked: '2Gi', over: false },
      { key: 'requests.memory', left: '4Gi', asked: '2Gi', over: false },
      { key: 'pods', left: '9', asked: '2', over: false },
    ]);
  });

  it('reads what it built', () => {
    const reading = readYaml(buildYaml(start()));
    expect('problem' in reading).toBe(false);
  });
});
