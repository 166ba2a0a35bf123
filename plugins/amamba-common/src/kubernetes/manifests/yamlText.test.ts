import fc from 'fast-check';
import { parse, parseAllDocuments } from 'yaml';
import type { KubeJson } from '../words';
import { toYaml, toYamlDocuments } from './yamlText';

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    ...['yes', 'No', 'y', 'null', '~', '1', '0755', '0x1f', '1e3', '1_000'],
    ...['12:30', '2026-01-01', '- a', 'a: b', 'a #b', '#', '---', '...', '|'],
    ...['&a', '*a', '!x', '%y', '@z', '`', '"', "'", ' a', 'a ', '', '=', '<<'],
    ...['a\nb', 'a\n', 'a\n\n', '\na', ' a\nb', 'a\n b', 'a\tb\nc', 'a \nb'],
    ...['a\n---\nb', 'a:\nb', '\u2028', '\u0085', '\ufeff', '\ud800', '\u007f'],
    ...['.inf', '.NaN', '-.inf', 'nginx:1.2', '80:8080', '__proto__x', '0o7'],
  ),
);
const value: fc.Arbitrary<KubeJson> = fc.letrec<{ node: KubeJson }>(tie => ({
  node: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.oneof(
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(n => n + 0),
    ),
    fc.array(tie('node'), { maxLength: 4 }),
    fc.dictionary(
      text.filter(key => key !== '__proto__'),
      tie('node'),
      {
        maxKeys: 4,
        noNullPrototype: true,
      },
    ),
  ),
})).node;

describe('toYaml', () => {
  it.each(['1.1', '1.2'] as const)('is read back by YAML %s', version => {
    fc.assert(
      fc.property(value, object => {
        expect(parse(toYaml(object), { version, merge: false })).toEqual(
          object,
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('stays one document', () => {
    fc.assert(
      fc.property(fc.array(value), objects => {
        expect(
          objects.length === 0 ||
            parseAllDocuments(toYamlDocuments(objects)).length ===
              objects.length,
        ).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('reads well', () => {
    expect(
      toYaml({
        apiVersion: 'apps/v1',
        metadata: {
          name: 'web',
          labels: {},
          annotations: { a: 'yes', b: '1' },
        },
        spec: {
          replicas: 2,
          list: [],
          containers: [
            { name: 'c', image: 'nginx:1.2', args: ['--a', 'b c'] },
            { name: 'd' },
          ],
        },
        data: { 'a.conf': 'x {\n  y\n}\n' },
      }),
    ).toBe(
      [
        'apiVersion: apps/v1',
        'metadata:',
        '  name: web',
        '  labels: {}',
        '  annotations:',
        '    a: "yes"',
        '    b: "1"',
        'spec:',
        '  replicas: 2',
        '  list: []',
        '  containers:',
        '  - name: c',
        '    image: nginx:1.2',
        '    args:',
        '    - "--a"',
        '    - b c',
        '  - name: d',
        'data:',
        '  a.conf: |',
        '    x {',
        '      y',
        '    }',
        '',
      ].join('\n'),
    );
  });
});
