import fc from 'fast-check';
import type { KubeJson } from '../words';
import { readYaml } from './yamlDocuments';
import { reviseYaml } from './reviseYaml';
import { toYaml } from './yamlText';

function valueOf(text: string | undefined, index = 0): KubeJson | undefined {
  const reading = readYaml(text ?? '');
  return 'problem' in reading ? undefined : reading.documents[index]?.value;
}

const TEXT = `# the shop
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop # short
  labels: {app: shop, tier: 'front'}
spec:
  replicas: 2

  template:
    spec:
      containers:
        # the one that serves
        - name: web
          image: "shop:1.4.1"   # pinned
          env:
          - name: A
            value: "0755"
          x-unknown: [1, 0755]
        - name: side
          image: side:1
      # at the end
      nodeSelector:
        disk: ssd
---
# second
kind: Service
`;

interface Change {
  readonly [key: string]: KubeJson;
}

function changed(change: (value: Change) => Change): string {
  const value = valueOf(TEXT) as Change;
  const made = reviseYaml(TEXT, 0, change(structuredClone(value)));
  if (made === undefined) throw new Error('not readable');
  return made;
}

/** Lines that one text has and the other has not. */
function lines(before: string, after: string): [string[], string[]] {
  const [old, young] = [before.split('\n'), after.split('\n')];
  return [
    old.filter(line => !young.includes(line)),
    young.filter(line => !old.includes(line)),
  ];
}

function put(value: Change, path: readonly (string | number)[], to: unknown) {
  const last = path[path.length - 1];
  let at: unknown = value;
  for (const step of path.slice(0, -1)) at = Reflect.get(Object(at), step);
  if (to === undefined) Reflect.deleteProperty(Object(at), last);
  else Reflect.set(Object(at), last, to);
  return value;
}

const WEB = ['spec', 'template', 'spec', 'containers', 0];

describe('revising YAML', () => {
  it.each<[string, (string | number)[], unknown, string[], string[]]>([
    [
      'a text in quotes with a comment',
      [...WEB, 'image'],
      'shop:1.4.2',
      ['          image: "shop:1.4.1"   # pinned'],
      ['          image: shop:1.4.2   # pinned'],
    ],
    ['a number', ['spec', 'replicas'], 3, ['  replicas: 2'], ['  replicas: 3']],
    [
      'a value between brackets',
      ['metadata', 'labels', 'tier'],
      'a: b',
      ["  labels: {app: shop, tier: 'front'}"],
      ['  labels: {app: shop, tier: "a: b"}'],
    ],
    [
      'a new key between brackets',
      ['metadata', 'labels', 'new'],
      'x',
      ["  labels: {app: shop, tier: 'front'}"],
      ['  labels: {app: shop, tier: \'front\', "new": "x"}'],
    ],
    [
      'a new map',
      [...WEB, 'resources'],
      { limits: { cpu: '1' } },
      [],
      ['          resources:', '            limits:', '              cpu: "1"'],
    ],
    [
      'a new item',
      [...WEB, 'env', 1],
      { name: 'B', value: 'b\nc' },
      [],
      [
        '          - name: B',
        '            value: |-',
        '              b',
        '              c',
      ],
    ],
    [
      'an item that goes',
      ['spec', 'template', 'spec', 'containers'],
      'drop-last',
      ['        - name: side', '          image: side:1'],
      [],
    ],
    [
      'a key that goes',
      ['spec', 'template', 'spec', 'nodeSelector'],
      undefined,
      ['      nodeSelector:', '        disk: ssd'],
      [],
    ],
  ])('changes %s, and nothing else', (_name, path, to, gone, come) => {
    const after = changed(value =>
      to === 'drop-last'
        ? put(value, path, [
            Reflect.get(
              Object(
                Reflect.get(
                  Object(
                    Reflect.get(
                      Object(Reflect.get(Object(value), 'spec')),
                      'template',
                    ),
                  ),
                  'spec',
                ),
              ),
              'containers',
            )[0],
          ])
        : put(value, path, to),
    );
    expect(lines(TEXT, after)).toEqual([gone, come]);
  });

  it('changes the document that is meant', () => {
    const after = reviseYaml(TEXT, 1, { kind: 'Service', spec: { x: 1 } });
    expect(after).toBe(`${TEXT}spec:\n  x: 1\n`);
  });

  it('leaves a text alone that says so already', () => {
    const value = valueOf(TEXT);
    expect(value && reviseYaml(TEXT, 0, value)).toBe(TEXT);
  });

  it('fills what is empty', () => {
    expect(reviseYaml('a:\nb: 1\n', 0, { a: [1], b: 1 })).toBe(
      'a:\n- 1\nb: 1\n',
    );
    expect(reviseYaml('a: {} # none\n', 0, { a: { b: 1 } })).toBe(
      'a:\n  b: 1 # none\n',
    );
  });

  it('does not touch what cannot be read', () => {
    expect(reviseYaml('a: [', 0, { a: 1 })).toBeUndefined();
  });

  it('makes any document of any other, and adds none', () => {
    const text = fc.oneof(
      fc.constantFrom(
        ...['a', 'yes', '- a', 'a: b', '---', '...', '#', 'a\n---\nb: 1'],
        ...[' a', 'a ', '', '0755', '"', "'", '{', ']', '&a', '*a', '!x', '|'],
      ),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
    );
    const json: fc.Arbitrary<KubeJson> = fc.letrec<{ node: KubeJson }>(tie => ({
      node: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.oneof(fc.integer(), fc.boolean(), fc.constant(null)),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(
          text.filter(key => key !== '__proto__' && key !== '<<'),
          tie('node'),
          { maxKeys: 4, noNullPrototype: true },
        ),
      ),
    })).node;
    const map = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), json, {
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(map, map, fc.boolean(), (before, after, two) => {
        const first = `# first\n${toYaml(before)}`;
        const second = two ? '---\nkind: Service # kept\n' : '';
        const made = reviseYaml(first + second, 0, after);
        expect(valueOf(made)).toEqual(after);
        if (!two) return;
        expect(valueOf(made, 1)).toEqual({ kind: 'Service' });
        expect(made).toContain('kind: Service # kept');
      }),
      { numRuns: 300 },
    );
  });
});
