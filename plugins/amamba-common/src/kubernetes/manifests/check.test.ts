import fc from 'fast-check';
import { checkManifests, type ManifestRules } from './check';
import {
  manifestMessages,
  manifestSentence,
  type ManifestCode,
} from './messages';
import { readYaml } from './yamlDocuments';
import { toYaml } from './yamlText';

const rules: ManifestRules = { namespace: 'team', podSecurity: 'baseline' };
const codes = (text: string, more: Partial<ManifestRules> = {}) =>
  checkManifests(text, { ...rules, ...more }).issues.map(
    ({ code, line, path }) => `${line} ${code}${path ? ` ${path}` : ''}`,
  );

const config = (name: string, more = '') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${more}`;
const pod = (spec: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n${spec}`;
const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
  .split('')
  .map((key, index) => {
    const before = 'abcdefgh'[index];
    return `${key}: &${key} [${Array(9).fill(`*${before}`).join(',')}]\n`;
  })
  .join('')}`;

describe('checkManifests', () => {
  it.each<[string, string, string[], Partial<ManifestRules>?]>([
    ['a ConfigMap', config('a', 'data: {k: v}\n'), []],
    [
      'its own namespace',
      config('a').replace('name', 'namespace: team\n  name'),
      [],
    ],
    ['nothing', '', ['1 empty']],
    ['only a comment', '# nothing\n---\n', ['1 empty']],
    ['no YAML', 'a: [', ['1 syntax']],
    ['text', 'hello', ['1 notMap']],
    ['a list', '- a', ['1 notMap']],
    ['a second key', config('a', 'kind: Secret\n'), ['5 duplicateKey']],
    ['an unknown tag', config('!evil a'), ['4 tag']],
    ['a bomb', bomb, ['1 aliases']],
    ['brackets', '['.repeat(100_000), ['1 tooDeep']],
    ['dashes', '- '.repeat(10_000), ['1 tooDeep']],
    ['too much', `a: ${'x'.repeat(1_048_576)}`, ['1 tooLarge']],
    ['no kind', 'apiVersion: v1', ['1 noKind kind']],
    ['no version', 'kind: Pod', ['1 noApiVersion apiVersion']],
    [
      'no name',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {}',
      ['3 noName metadata.name'],
    ],
    ['a name with tricks', config('../x'), ['4 name metadata.name']],
    [
      'another namespace',
      config('a').replace('name', 'namespace: kube-system\n  name'),
      ['4 foreignNamespace metadata.namespace'],
    ],
    ['a List', 'apiVersion: v1\nkind: List\nitems: []', ['2 list kind']],
    [
      'a ClusterRole',
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: a}',
      ['2 clusterScoped kind'],
    ],
    [
      'a Namespace',
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}',
      ['2 clusterScoped kind'],
    ],
    [
      'a RoleBinding',
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: a}',
      ['2 kindNotAllowed kind'],
    ],
    [
      'a quota',
      'apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: a}',
      ['2 kindOfPortal kind'],
    ],
    [
      'an unknown kind',
      'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a}',
      ['2 kindNotAllowed kind'],
    ],
    [
      'a kind that was added',
      'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a}',
      [],
      { moreKinds: { 'example.com': ['Widget'] } },
    ],
    [
      'managedFields',
      config('a', '  managedFields: []\n'),
      ['5 managedFields metadata.managedFields'],
    ],
    [
      'what the server sets',
      config('a', '  uid: x\nstatus: {}\n'),
      ['5 serverField metadata.uid', '6 serverField status'],
    ],
    [
      'labels that are no text',
      config(
        'a',
        '  labels:\n    on: yes\n    b: "1"\n    c: 1\n    d: "a b"\n',
      ),
      [
        '6 notText metadata.labels.true',
        '8 notText metadata.labels.c',
        '9 labelValue metadata.labels.d',
      ],
    ],
    [
      'two documents in an editor',
      `${config('a')}---\n${config('b')}`,
      ['6 documents'],
      { maxDocuments: 1 },
    ],
    ['the same object twice', `${config('a')}---\n${config('a')}`, ['9 twice']],
    [
      'another object than the edited one',
      config('b'),
      ['2 otherKind kind'],
      { object: { apiVersion: 'v1', kind: 'ConfigMap', name: 'a' } },
    ],
    ['hostNetwork', pod('  hostNetwork: true\n'), []],
    [
      'hostNetwork',
      pod('  hostNetwork: true\n  containers: []\n'),
      ['5 hostNamespace spec.hostNetwork'],
    ],
    [
      'hostPath',
      pod(
        '  containers: []\n  volumes:\n  - name: v\n    hostPath: {path: /}\n',
      ),
      ['8 hostPath spec.volumes[0].hostPath'],
    ],
    [
      'a privileged container',
      pod(
        '  containers:\n  - name: c\n    ports: [{hostPort: 80}]\n    securityContext:\n      privileged: true\n      capabilities: {add: [SYS_ADMIN]}\n',
      ),
      [
        '9 privileged spec.containers[0].securityContext.privileged',
        '7 hostPort spec.containers[0].ports[0].hostPort',
        '10 capabilities spec.containers[0].securityContext.capabilities.add',
      ],
    ],
    [
      'a merged privilege',
      pod(
        '  containers:\n  - name: c\n    x: &x {privileged: true}\n    securityContext: {<<: *x}\n',
      ),
      ['8 privileged spec.containers[0].securityContext.privileged'],
    ],
    [
      'a yes',
      pod('  hostPID: yes\n  containers: []\n'),
      ['5 hostNamespace spec.hostPID'],
    ],
    [
      'a service account token',
      'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ntype: kubernetes.io/service-account-token\n',
      ['4 tokenSecret type'],
    ],
    [
      'externalIPs',
      'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {externalIPs: [1.1.1.1]}\n',
      ['4 externalIps spec.externalIPs'],
    ],
    [
      'an unhardened pod in a restricted namespace',
      pod('  containers:\n  - name: c\n'),
      [
        '6 dropAll spec.containers[0].securityContext.capabilities',
        '6 escalation spec.containers[0].securityContext',
        '6 runAsNonRoot spec.containers[0].securityContext',
        '6 seccompMissing spec.containers[0].securityContext',
      ],
      { podSecurity: 'restricted' },
    ],
    [
      'sysctls',
      pod(
        '  securityContext: {sysctls: [{name: kernel.msgmax}], seLinuxOptions: {user: x}, seccompProfile: {type: Unconfined}}\n  containers: []\n',
      ),
      [
        '5 seccomp spec.securityContext.seccompProfile.type',
        '5 seLinux spec.securityContext.seLinuxOptions.user',
        '5 sysctl spec.securityContext.sysctls[0].name',
      ],
    ],
  ])('%s', (_name, text, issues, more = {}) => {
    expect(codes(text, more)).toEqual(issues);
    const { ok, issues: all } = checkManifests(text, { ...rules, ...more });
    expect(ok).toBe(all.every(({ kind }) => kind === 'warning'));
    all.forEach(issue => {
      expect(manifestSentence(issue)).not.toMatch(/\?(?!$)|undefined|\{\{/);
    });
  });

  it('only warns of what the namespace allows', () => {
    const text = pod('  hostNetwork: true\n  containers: []\n');
    const { ok, issues } = checkManifests(text, {
      ...rules,
      podSecurity: 'privileged',
    });
    expect([ok, issues.map(({ kind }) => kind)]).toEqual([true, ['warning']]);
  });

  it('cuts the text at its documents, comments included', () => {
    const text = `# first\n${config('a')}# between\n---\n# second\n${config('b')}...\n# end\n`;
    const { documents } = checkManifests(text, rules);
    expect(documents.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(documents.map(document => document.text).join('')).toBe(text);
    expect(documents[0].text).toContain('# first');
  });

  it('finds what is hidden in a pod of any kind', () => {
    const kinds = [
      ['apps/v1', 'Deployment', 'template: {spec: SPEC}'],
      ['batch/v1', 'CronJob', 'jobTemplate: {spec: {template: {spec: SPEC}}}'],
    ];
    for (const [apiVersion, kind, spec] of kinds) {
      const text = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a}\nspec: {${spec.replace('SPEC', '{hostIPC: true, containers: []}')}}`;
      expect(codes(text)).toHaveLength(1);
    }
  });
});

describe('readYaml', () => {
  const values = (text: string) => {
    const reading = readYaml(text);
    return 'documents' in reading
      ? reading.documents.map(({ value }) => value)
      : reading.problem.code;
  };

  // As the API server answered.
  it.each<[string, unknown]>([
    ['yes', true],
    ['"yes"', 'yes'],
    ['on', true],
    ['n', false],
    ['0755', 493],
    ['0o755', '0o755'],
    ['12:30', '12:30'],
    ['2026-01-01', '2026-01-01'],
    ['~', null],
    ['1_000', 1000],
    ['0x1f', 31],
    ['1.5', 1.5],
    ['.5e3', 500],
    ['e0', 'e0'],
    ['.', '.'],
    ['._', '._'],
  ])('takes %s for %j', (text, value) => {
    expect(values(`a: ${text}`)).toEqual([{ a: value }]);
  });

  it('never throws, and loses nothing of what it reads', () => {
    const piece = fc.constantFrom(
      ...['a', ': ', '\n', '- ', '---\n', '...\n', '&x ', '*x', '{', '}', '['],
      ...[']', '"', "'", '#', '|\n', '%', '!t ', '\t', '<<: ', '  ', ',', '?'],
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece, { maxLength: 30 }).map(all => all.join('')),
          fc.string({ unit: 'binary' }),
        ),
        text => {
          const reading = readYaml(text);
          expect(
            'problem' in reading ||
              reading.documents.some(({ problems }) => problems.length > 0) ||
              reading.documents.map(document => document.text).join('') ===
                text,
          ).toBe(true);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('reads what toYaml writes', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.string(), { noNullPrototype: true }),
        value => {
          expect(values(toYaml(value))).toEqual([value]);
        },
      ),
    );
  });

  it.each([
    ['a bomb', bomb],
    ['a large bomb', `${bomb}${'x: *h\n'.replace('x', 'i')}`],
    ['brackets', '['.repeat(100_000)],
    ['braces in keys', '{a: '.repeat(100_000)],
    [
      'indents',
      Array.from({ length: 1400 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'),
    ],
    ['dashes', '- '.repeat(100_000)],
    ['question marks', '? '.repeat(100_000)],
    ['anchors', '&a '.repeat(60_000)],
    ['tags', '!a '.repeat(60_000)],
    ['quotes', '"'.repeat(200_000)],
    ['commas', `[${','.repeat(200_000)}`],
    ['colons', 'a: : '.repeat(40_000)],
    ['keys', Array.from({ length: 20_000 }, (_, n) => `k${n}: 1`).join('\n')],
    ['one key', 'a: 1\n'.repeat(40_000)],
    ['merges', `a: &a {x: 1}\nb:\n${'  <<: *a\n'.repeat(20_000)}`],
    ['directives', '%a\n'.repeat(60_000)],
    ['documents', '---\na\n'.repeat(30_000)],
  ])(
    'answers within seconds: %s',
    (_name, text) => {
      const start = process.cpuUsage();
      readYaml(text);
      expect(process.cpuUsage(start).user / 1e6).toBeLessThan(20);
    },
    120_000,
  );
});

it('has the same parameters in both languages', () => {
  const params = (text: string) =>
    [...text.matchAll(/\{\{(\w+)\}\}/g)].map(match => match[1]).sort();
  (Object.keys(manifestMessages.en) as ManifestCode[]).forEach(code => {
    expect(params(manifestMessages.zh[code])).toEqual(
      params(manifestMessages.en[code]),
    );
  });
});
