import fc from 'fast-check';
import {
  isKubeName,
  isReservedNamespace,
  kubeLabelsSchema,
  kubeNameRules,
  kubeNameSchema,
  readSelector,
  type KubeNameKind,
} from './names';
import { matchesSelector, selectorText } from './objects';

describe('isKubeName', () => {
  it.each<[KubeNameKind, string, boolean]>([
    ['subdomain', 'a.b-c.1', true],
    ['subdomain', 'a..b', false],
    ['subdomain', 'a.-b', false],
    ['subdomain', 'A', false],
    ['subdomain', 'a\n', false],
    ['subdomain', 'a/b', false],
    ['subdomain', '../x', false],
    ['subdomain', 'a'.repeat(253), true],
    ['subdomain', 'a'.repeat(254), false],
    ['label', '1a', true],
    ['label', 'a.b', false],
    ['label', '', false],
    ['label', 'a-', false],
    ['label', 'a'.repeat(64), false],
    ['service', '1a', false],
    ['service', 'a1', true],
    ['labelKey', 'app.kubernetes.io/name', true],
    ['labelKey', 'app', true],
    ['labelKey', '/name', false],
    ['labelKey', 'a/b/c', false],
    ['labelKey', 'A_b.C', true],
    ['labelKey', 'App.io/x', false],
    ['labelValue', '', true],
    ['labelValue', 'v1.0_x', true],
    ['labelValue', 'a b', false],
    ['labelValue', 'group:default/a', false],
    ['annotationKey', 'amamba.io/text', true],
    ['portName', 'http', true],
    ['portName', '80', false],
    ['portName', 'a--b', false],
    ['portName', 'a'.repeat(16), false],
    ['environment', 'JAVA_OPTS', true],
    ['environment', 'a.b-c', true],
    ['environment', '1', true],
    ['environment', 'a=b', false],
    ['environment', 'a b', false],
    ['configKey', 'application.yaml', true],
    ['configKey', '..data', false],
    ['configKey', 'a/b', false],
    ['helmRelease', 'web-1.x', true],
    ['helmRelease', 'a'.repeat(54), false],
    ['helmRelease', '--debug', false],
    ['host', '*.example.com', true],
    ['host', '*', false],
    ['host', 'a.*.com', false],
  ])('%s %j: %s', (kind, value, expected) => {
    expect(isKubeName(kind, value)).toBe(expected);
  });

  it('lets nothing into an address that would have to be encoded', () => {
    const kinds = ['subdomain', 'label', 'service', 'helmRelease'] as const;
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...kinds), (text, kind) => {
        expect(
          !isKubeName(kind, text) || encodeURIComponent(text) === text,
        ).toBe(true);
      }),
    );
  });

  it('answers at once, whatever the text', () => {
    const long = `${'a-'.repeat(100_000)}!`;
    const start = process.cpuUsage();
    (Object.keys(kubeNameRules) as KubeNameKind[]).forEach(kind =>
      isKubeName(kind, long),
    );
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(0.5);
  });
});

describe('schemas', () => {
  it('say the rule', () => {
    const result = kubeNameSchema('label').safeParse('A');
    expect(result.error?.issues[0].message).toBe(kubeNameRules.label);
  });

  it('check keys and values of labels', () => {
    expect(kubeLabelsSchema.safeParse({ 'a/b': 'c' }).success).toBe(true);
    expect(kubeLabelsSchema.safeParse({ 'a b': 'c' }).success).toBe(false);
    expect(kubeLabelsSchema.safeParse({ a: 'c d' }).success).toBe(false);
  });
});

describe('isReservedNamespace', () => {
  it.each<[string, boolean]>([
    ['default', true],
    ['kube-system', true],
    ['kube-x', true],
    ['argocd', true],
    ['kubernetes', false],
    ['team-a', false],
  ])('%s: %s', (name, expected) => {
    expect(isReservedNamespace(name, ['argocd'])).toBe(expected);
  });
});

describe('readSelector', () => {
  it.each<[string, Record<string, string>, boolean]>([
    ['', {}, true],
    ['app=web', { app: 'web' }, true],
    ['app==web', { app: 'db' }, false],
    ['app != web', { app: 'db' }, true],
    ['app in (web, db),!x', { app: 'db' }, true],
    ['app notin (web)', { app: 'web' }, false],
    ['x', { x: '' }, true],
  ])('%s on %j: %s', (text, labels, expected) => {
    const reading = readSelector(text);
    expect(
      'selector' in reading && matchesSelector(reading.selector, labels),
    ).toBe(expected);
  });

  it.each<[string, string]>([
    ['app=web=db', 'syntax'],
    ['app in web', 'syntax'],
    ['app=a b', 'syntax'],
    ['a b', 'syntax'],
    ['app=%2f', 'value'],
    ['-x', 'key'],
    ['app=web,,x', 'key'],
    ['app in (a/b)', 'value'],
    ['a&b', 'key'],
  ])('%s is refused: %s', (text, problem) => {
    expect(readSelector(text)).toMatchObject({ problem });
  });

  it('reads what selectorText writes', () => {
    const key = fc.constantFrom('a', 'a.io/b', 'x_1');
    const value = fc.constantFrom('', 'a', 'v1.0');
    const operator = fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist');
    const labels = fc.dictionary(key, value, { noNullPrototype: true });
    const expression = fc.record({
      key,
      operator,
      values: fc.array(value, { minLength: 1 }),
    });
    fc.assert(
      fc.property(
        labels,
        fc.array(expression),
        labels,
        (matchLabels, matchExpressions, has) => {
          const selector = { matchLabels, matchExpressions };
          const reading = readSelector(selectorText(selector));
          expect(
            'selector' in reading && matchesSelector(reading.selector, has),
          ).toBe(matchesSelector(selector, has));
        },
      ),
    );
  });
});
