import { readdirSync, readFileSync, statSync } from 'fs';
import { join } from 'path';
import { corpusPath } from '../testing/corpus';
import { GroovySyntaxError } from './ast';
import { parseGroovy } from './parser';

function problem(text: string): string {
  try {
    parseGroovy(text);
    return '';
  } catch (error) {
    if (error instanceof GroovySyntaxError) {
      return error.message;
    }
    throw error;
  }
}

describe('parseGroovy', () => {
  it.each([
    ['a command call', 'echo "x" + 1', 'call'],
    ['a command call with names', 'sh script: "x", returnStdout: true', 'call'],
    ['a block on the next line', 'pipeline\n{\n}', 'call'],
    ['a chain over lines', '[1]\n  .collect { it }\n  .join(",")', 'call'],
    ['an assignment of a command call', 'x = sh script: "y"', 'assign'],
    ['a ternary over lines', 'a ?\n b :\n c', 'ternary'],
    ['an index', 'm["a"]', 'index'],
  ])('reads %s', (_what, text, kind) => {
    const { statements } = parseGroovy(text);
    expect(statements).toHaveLength(1);
    expect(statements[0]).toMatchObject({ expression: { kind } });
  });

  it.each([
    ['def x = 1, y = 2', 'for'],
    ['def (a, b) = [1, 2]', 'declare'],
    ['String x', 'declare'],
    ['List<Map<String, Integer>> x = []', 'declare'],
    ['@NonCPS\ndef f(a, b = 1) { a + b }', 'method'],
    ['private static int f() { 1 }', 'method'],
    ['for (int i = 0; i < 3; i++) { }', 'for'],
    ['for (x in [1]) println x', 'forIn'],
    ['switch (x) { case 1: a(); break\n default: b() }', 'switch'],
    ['try { a() } catch (IOException | Error e) { } finally { }', 'try'],
  ])('reads the statement %s', (text, kind) => {
    expect(parseGroovy(text).statements.map(s => s.kind)).toEqual([kind]);
  });

  it('remembers imports and libraries', () => {
    const script = parseGroovy("@Library('a@1') _\nimport java.util.Date\nx()");
    expect(script.libraries).toEqual(['a@1']);
    expect(script.imports.get('Date')).toBe('java.util.Date');
    expect(script.statements).toHaveLength(1);
  });

  it.each([
    ['a { "k" = 1 }', '[k] is a constant expression, but it should be a'],
    ['a { b-c = 1 }', '(b - c) is a binary expression, but it should be a'],
    ['123_ABC = 1', "expecting token in range: '0'..'9', found 'A'"],
    ['foo(', 'unexpected token: end of file'],
    ['a { b', "expecting '}', found ''"],
    ['"abc', 'the string is not closed'],
  ])('rejects %s', (text, message) => {
    expect(problem(text)).toContain(message);
  });

  it('ends soon on deep and on random input', () => {
    expect(problem('['.repeat(100_000))).toContain('nested too deeply');
    expect(problem('{a={'.repeat(100_000))).toContain('nested too deeply');
    for (let seed = 1; seed < 200; seed += 1) {
      const text = Array.from({ length: 200 }, (_, i) =>
        String.fromCharCode(32 + ((seed * 7919 + i * i * 31 + i * seed) % 95)),
      ).join('');
      expect(typeof problem(text)).toBe('string');
    }
  });

  const corpus = corpusPath('jenkins/pipeline-model-definition/resources');
  const withCorpus = corpus ? it : it.skip;
  withCorpus('accepts what Groovy accepts in the conformance corpus', () => {
    // These five are the ones that Groovy 2.4.21 rejects (facts/jenkins.md 4.7).
    const bad = new Set([
      'envIdentifierHyphens',
      'envIdentifierString',
      'envIdentifierDigitsUnderscore',
      'duplicateStepParameter',
      'malformed',
    ]);
    const walk = (folder: string): string[] =>
      readdirSync(folder).flatMap(name => {
        const path = join(folder, name);
        return statSync(path).isDirectory() ? walk(path) : [path];
      });
    const wrong = walk(corpus ?? '')
      .filter(path => path.endsWith('.groovy'))
      .flatMap(path => {
        const name = path.replace(/^.*\/|\.groovy$/g, '');
        const message = problem(readFileSync(path, 'utf8'));
        return (message !== '') === bad.has(name)
          ? []
          : [`${path}: ${message}`];
      });
    expect(wrong).toEqual([]);
  });
});
