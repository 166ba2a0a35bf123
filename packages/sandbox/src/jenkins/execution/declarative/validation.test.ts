import { readFileSync } from 'fs';
import { join } from 'path';
import { corpusPath } from '../testing/corpus';
import { CompilationFailed } from './collector';
import { compile } from './compile';

interface Case {
  name: string;
  file: string;
  exists: boolean;
  contains: { text?: string; prefix?: string }[];
  notContains: { text: string }[];
  level: string;
}

const root = corpusPath('jenkins/pipeline-model-definition');

const tools = ['3.0.1', '3.5.0'].map(version => ({
  type: 'maven',
  name: `apache-maven-${version}`,
  home: '/',
}));

/** What the compiler says about a file; nothing when it compiles. */
function problems(text: string): { report: string; unsupported: boolean } {
  try {
    compile(text, { tools, scriptSplitting: true });
    return { report: '', unsupported: false };
  } catch (error) {
    if (error instanceof CompilationFailed) {
      return { report: error.report, unsupported: Boolean(error.unsupported) };
    }
    throw error;
  }
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(join(root ?? '', file), 'utf8'));
}

const source = (file: string) => readFileSync(join(root ?? '', file), 'utf8');

/** The extracted texts keep the escaped apostrophes of the message files, which Jenkins' formatting drops. */
const shown = (text: string) => text.replaceAll("\\'", '');

(root ? describe : describe.skip)(
  'the validation tests of pipeline-model-definition',
  () => {
    it('are told as Jenkins tells them', () => {
      const cases = read<{ groovy: Case[] }>('expected-errors.json').groovy;
      const wrong = cases
        // The others need extensions that their tests register, or fail only when they run.
        .filter(c => c.exists && c.level !== 'runtime-or-test-extension')
        .flatMap(({ name, file, contains, notContains }) => {
          const { report, unsupported } = problems(source(file));
          const missing = contains
            .map(({ text, prefix }) => shown(text ?? prefix ?? ''))
            .filter(text => !report.includes(text));
          const extra = notContains.filter(({ text }) => report.includes(text));
          return (missing.length > 0 && !unsupported) || extra.length > 0
            ? [`${name}: ${missing.join('; ')} – ${report}`]
            : [];
        });
      expect(wrong).toEqual([]);
    });

    it('accept what Jenkins accepts', () => {
      const { roundTrip, otherNonError } = read<{
        roundTrip: { groovy: string }[];
        otherNonError: { groovy: string }[];
      }>('valid.json');
      const wrong = [
        ...roundTrip.map(({ groovy }) => groovy),
        ...otherNonError.map(other => other.groovy),
      ]
        // Without axes, and switched off upstream; and one whose test is that it does not compile.
        .filter(
          file =>
            !/matrixStages(?:GroupsAnd|HaveStatusAndPost|NestedIn)|badRegular/.test(
              file,
            ),
        )
        .flatMap(file => {
          const { report, unsupported } = problems(source(file));
          return report && !unsupported ? [`${file}: ${report}`] : [];
        });
      expect(wrong).toEqual([]);
    });
  },
);

describe('a pipeline that does not compile', () => {
  it('is told with line and column, all problems at once', () => {
    const { report } = problems(
      'pipeline {\n  agent none\n  agent none\n  stages { }\n}\n',
    );
    expect(report).toBe(
      [
        'org.codehaus.groovy.control.MultipleCompilationErrorsException: startup failed:',
        'WorkflowScript: 3: Multiple occurrences of the agent section @ line 3, column 3.',
        '     agent none',
        '     ^',
        '',
        'WorkflowScript: 4: No stages specified @ line 4, column 3.',
        '     stages { }',
        '     ^',
        '',
        '2 errors',
        '',
        '',
      ].join('\n'),
    );
  });

  it.each([
    ['constructor { }', 'Undefined section "constructor"'],
    ['__proto__ { }', 'Undefined section "__proto__"'],
    ['options { constructor() }', 'Invalid option type "constructor"'],
    ['agent { toString { } }', 'Invalid agent type "toString"'],
  ])('does not take %s for something of JavaScript', (section, message) => {
    const { report } = problems(`pipeline {\n${section}\n}`);
    expect(report).toContain(message);
  });
});
