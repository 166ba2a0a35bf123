import fc from 'fast-check';
import { editableManifest } from './clean';
import { equalJson } from './diff';
import { followManifest } from './follow';
import { withResourceVersion } from './lock';
import { otherOwners, takenOver } from './managedFields';
import { stepsIn, type JsonObject } from './paths';
import { keptFields, withoutFields } from './removed';
import { readYaml } from './yamlDocuments';

const TEXT = `# who to ask: ann
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web # short
spec:
  replicas: 0x2
  template:
    spec:
      containers:
        - name: c
          image: 'i:1'
          resources: { limits: { cpu: 1000m } }
        - { name: d, image: "j:1" }
`;

function valueOf(text: string): JsonObject {
  const reading = readYaml(text);
  if ('problem' in reading) throw new Error(reading.problem.code);
  return reading.documents[0].value as JsonObject;
}

const live = (change: (text: string) => string): JsonObject =>
  valueOf(change(TEXT.replace('1000m', '"1"')));

describe('followManifest', () => {
  it.each<[string, (text: string) => string, string]>([
    ['nothing changed', text => text, TEXT],
    [
      'a number did',
      text => text.replace('0x2', '5'),
      TEXT.replace('0x2', '5'),
    ],
    [
      'texts did, in another order, beside what the cluster adds',
      text =>
        text
          .replace(
            "- name: c\n          image: 'i:1'",
            '- name: c\n          image: i:2\n          tty: true',
          )
          .replace('j:1', 'yes'),
      TEXT.replace("'i:1'", '"i:2"').replace('"j:1"', '"yes"'),
    ],
  ])('keeps the text when %s', (_what, change, wanted) => {
    const text = followManifest(TEXT, live(change));
    expect(text && valueOf(text)).toEqual(valueOf(wanted));
    const comments = (all: string | undefined) => all?.match(/#.*/g);
    expect(comments(text)).toEqual(comments(TEXT));
  });

  it.each<[string, string, (text: string) => string]>([
    ['something is gone', TEXT, text => text.replace('  replicas: 0x2\n', '')],
    [
      'a container is gone',
      TEXT,
      text => text.replace(/ +- \{ name: d.*\n/, ''),
    ],
    ['there are two documents', `${TEXT}---\na: 1\n`, text => text],
    ['it is no YAML', 'a: [', text => text],
    [
      'a block of lines changed',
      TEXT.replace("'i:1'", '|-\n            i:1'),
      text => text.replace('i:1', 'i:2'),
    ],
  ])('gives up when %s', (_what, text, change) => {
    expect(followManifest(text, live(change))).toBeUndefined();
  });

  it('says what the cluster has, whatever the values', () => {
    const scalar = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constantFrom('yes', 'null', '0755', '1e3', '# no', ': x', '- y'),
    );
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), scalar),
        fc.array(scalar, { minLength: 5, maxLength: 5 }),
        (data, values) => {
          const said = { kind: 'X', data };
          const now = {
            kind: 'X',
            data: Object.fromEntries(
              Object.keys(data).map((key, i) => [key, values[i % 5]]),
            ),
          };
          const text = followManifest(JSON.stringify(said), now);
          expect(text === undefined || equalJson(valueOf(text), now)).toBe(
            true,
          );
        },
      ),
    );
  });
});

describe('withResourceVersion', () => {
  it.each([
    TEXT,
    TEXT.replace('metadata:\n  name: web # short', 'metadata: { name: web }'),
    TEXT.replace(
      'metadata:\n',
      'metadata:\n    # first\n    labels: {}\n  ',
    ).replace(
      '    # first\n    labels: {}\n    name',
      '  # first\n  labels: {}\n  name',
    ),
    `---\n${TEXT}`,
    '{"apiVersion":"v1","kind":"X","metadata":{"name":"x"}}',
    'apiVersion: v1\nkind: X\nmetadata: &m\n  name: x\nother: *m\n',
  ])('puts it into %j', text => {
    const locked = withResourceVersion(text, '17');
    expect(valueOf(locked).metadata).toMatchObject({ resourceVersion: '17' });
    const { metadata, ...rest } = valueOf(locked);
    const { metadata: old, ...before } = valueOf(text);
    expect(metadata).toEqual({ ...(old as JsonObject), resourceVersion: '17' });
    // what an alias stands for changes with it
    expect({ ...rest, other: 0 }).toEqual({ ...before, other: 0 });
  });

  it('leaves one that is there', () => {
    const text = 'kind: X\nmetadata: {name: x, resourceVersion: "3"}\n';
    expect(withResourceVersion(text, '17')).toBe(text);
  });
});

const OWNED: JsonObject = {
  metadata: {
    name: 'web',
    labels: { a: '1', b: '2' },
    managedFields: [
      {
        manager: 'kubectl',
        operation: 'Update',
        fieldsV1: {
          'f:metadata': { 'f:labels': { '.': {}, 'f:a': {} } },
          'f:spec': { 'f:list': { 'k:{"name":"x"}': { '.': {}, 'f:v': {} } } },
        },
      },
      {
        manager: 'amamba',
        operation: 'Apply',
        fieldsV1: { 'f:metadata': { 'f:labels': { 'f:b': {} } } },
      },
      {
        manager: 'kubelet',
        operation: 'Update',
        subresource: 'status',
        fieldsV1: {},
      },
    ],
  },
  spec: { list: [{ name: 'x', v: 1, w: 2 }] },
};

describe('fields that others own', () => {
  it.each([
    [['metadata', 'labels', 'a'], ['kubectl']],
    [['metadata', 'labels', 'b'], []],
    [['metadata', 'labels'], ['kubectl']],
    [['spec', 'list', 0], ['kubectl']],
    [['spec', 'list', 0, 'v'], ['kubectl']],
    [['spec', 'list', 0, 'w'], []],
  ])('%j: %j', (path, owners) => {
    expect(otherOwners(OWNED, path, 'amamba')).toEqual(owners);
  });

  it('can be taken over, and the status cannot', () => {
    expect(takenOver(OWNED, ['kubectl'], 'amamba')).toEqual([
      expect.objectContaining({ manager: 'kubelet' }),
      {
        manager: 'amamba',
        operation: 'Apply',
        fieldsV1: {
          'f:metadata': { 'f:labels': { '.': {}, 'f:a': {}, 'f:b': {} } },
          'f:spec': { 'f:list': { 'k:{"name":"x"}': { '.': {}, 'f:v': {} } } },
        },
      },
    ]);
  });

  it('are found when they stay although they were taken out', () => {
    const shown: JsonObject = {
      a: 1,
      list: [{ name: 'x', v: 1 }, { name: 'y' }],
      gone: 1,
    };
    const made: JsonObject = {
      a: 1,
      list: [{ name: 'y' }, { name: 'x', v: 1 }],
    };
    const kept = keptFields(shown, { list: [{ name: 'x' }] }, made);
    expect(kept).toEqual([['a'], ['list', 1, 'v'], ['list', 0]]);
    expect(withoutFields(made, kept)).toEqual({ list: [{ name: 'x' }] });
  });
});

it.each([
  ['spec.list[0].v', ['spec', 'list', 0, 'v']],
  ['.spec.list[name="x"].v', ['spec', 'list', 0, 'v']],
  ['spec.list[name="z"].v', ['spec', 'list']],
  ['spec.nothing.more', ['spec']],
  ['', []],
])('stepsIn %s', (text, steps) => {
  expect(stepsIn(OWNED, text)).toEqual(steps);
});

it('editableManifest leaves out the books of controllers', () => {
  expect(
    editableManifest({
      kind: 'Deployment',
      metadata: {
        name: 'x',
        uid: 'u',
        annotations: { 'deployment.kubernetes.io/revision': '1' },
      },
      status: {},
    }),
  ).toEqual({ kind: 'Deployment', metadata: { name: 'x' } });
});
