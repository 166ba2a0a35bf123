import fc from 'fast-check';
import { parseJenkinsfile, printJenkinsfile } from './document';
import { isTrivia } from './groovy/tokens';
import { StageModel } from './model';

function steps(code: string): string {
  return `pipeline {\n  agent any\n  stages {\n    stage('a') {\n      steps {\n${code}\n      }\n    }\n  }\n}\n`;
}

function stagesOf(text: string): readonly StageModel[] {
  return parseJenkinsfile(text).pipelines[0]?.stages?.stages ?? [];
}

function messages(text: string): string[] {
  return parseJenkinsfile(text).diagnostics.map(({ message }) => message);
}

describe('parseJenkinsfile', () => {
  it('reads a pipeline with the ranges of its parts', () => {
    const text = `#!/usr/bin/env groovy
@Library('shared') _
def image = 'maven:3'
pipeline {
  agent { docker { image 'maven:3'; args "-v $HOME" } }
  options { timeout(time: 1, unit: 'HOURS') }
  environment { NAME = 'x'; TOKEN = credentials('token') }
  stages {
    stage('build') { // comment
      when { beforeAgent true; anyOf { branch 'main'; expression { return params.X } } }
      steps { sh 'make'; script { if (a) { b() } } }
      post { always { junit '**/*.xml' } }
    }
    stage('test') {
      parallel {
        stage('unit') { steps { sh 'unit' } }
        stage('all') { stages { stage('one') { input { message 'Go?' }; steps { echo "\${x}" } } } }
      }
    }
    stage('matrix') {
      matrix {
        axes { axis { name 'OS'; values 'linux', 'mac' } }
        excludes { exclude { axis { name 'OS'; notValues 'linux' } } }
        stages { stage('cell') { steps { echo OS } } }
      }
    }
  }
}
`;
    const document = parseJenkinsfile(text);
    expect(document.diagnostics).toEqual([]);
    expect(document.ok).toBe(true);
    const [pipeline] = document.pipelines;
    const source = ({ start, end }: { start: number; end: number }) =>
      text.slice(start, end);
    expect(source(pipeline)).toBe(text.slice(text.indexOf('pipeline'), -1));
    expect(pipeline.agent?.type).toBe('docker');
    expect(pipeline.agent?.fields?.map(source)).toEqual([
      "image 'maven:3'",
      'args "-v $HOME"',
    ]);
    expect(pipeline.environment?.variables.map(source)).toEqual([
      "NAME = 'x'",
      "TOKEN = credentials('token')",
    ]);
    const [build, test, matrix] = pipeline.stages?.stages ?? [];
    expect(build.name).toBe('build');
    expect(source(build.nameRange)).toBe("'build'");
    expect(build.when?.beforeAgent).toBe(true);
    const [anyOf] = build.when?.conditions ?? [];
    expect(anyOf.children.map(({ name }) => name)).toEqual([
      'branch',
      'expression',
    ]);
    expect(anyOf.children[1].code?.source).toBe(' return params.X ');
    const [sh, script] = build.branches[0].steps;
    expect(source(sh)).toBe("sh 'make'");
    expect(script.code?.source).toBe(' if (a) { b() } ');
    expect(build.post?.conditions[0].condition).toBe('always');
    expect(test.parallel?.stages.map(({ name }) => name)).toEqual([
      'unit',
      'all',
    ]);
    const [one] = test.parallel?.stages[1].stages?.stages ?? [];
    expect(one.input?.message?.value).toBe('Go?');
    expect(matrix.matrix?.axes?.axes[0].name).toBe('OS');
    expect(matrix.matrix?.excludes?.excludes[0].axes[0].inverse).toBe(true);
  });

  it.each([
    ['', 0],
    ['// nothing', 0],
    ["node('x') {\n  stage('a') { sh 'make' }\n}", 0],
    ['def f(x) {\n  return x\n}\nf(1)', 0],
    ['if (x) {\n  pipeline { agent any }\n} else {\n  echo "a"\n}', 0],
    ['properties([parameters([string(name: "x")])])', 0],
    [`def call() {\n  ${steps('echo 1')}}`, 1],
    [`import a.b.C\n\n${steps('echo 1')}`, 1],
    [`${steps('echo 1')}\n\ndef after() { 1 }`, 1],
    [steps('echo 1').replace(/\n/g, '\r\n'), 1],
    [steps('echo 1').replace(/\n/g, '\r'), 1],
    [`\uFEFF${steps('echo 1')}`, 1],
  ])('accepts %j', (text, pipelines) => {
    const document = parseJenkinsfile(text);
    expect(document.diagnostics).toEqual([]);
    expect(document.pipelines).toHaveLength(pipelines);
    expect(printJenkinsfile(document)).toBe(text);
  });

  it('takes a brace on the next line for the block of the call before it, as Groovy 2.4 does', () => {
    const allman = steps("dir('x') { echo 1 }").replace(/ \{/g, '\n{');
    expect(parseJenkinsfile(allman).diagnostics).toEqual([]);
    expect(stagesOf(allman)[0].branches[0].steps[0].children).toHaveLength(1);
    expect(messages(steps('echo 1\n{ 2 }'))).toEqual([
      expect.stringMatching(/^Ambiguous expression/),
      'Expected a step',
    ]);
  });

  it('takes two sections on one line for a chain of calls, as Groovy does', () => {
    const text = steps('echo 1').replace(
      /\}\n$/,
      'post { always { echo 1 } failure { echo 2 } }\n}\n',
    );
    expect(messages(text)).toEqual([
      'post can not be empty',
      expect.stringMatching(/^The ‘post’ section can only contain/),
    ]);
    expect(messages(text.replace('} failure', '}; failure'))).toEqual([]);
  });

  it.each<[string, string[]]>([
    ['echo a\n  .trim()', ['echo']],
    ['echo a +\n  b', ['echo']],
    ['echo(\n  a\n)\nsh "x"', ['echo', 'sh']],
    ['sh script: "x",\n  returnStdout: true', ['sh']],
    ['sh "x" /* y */; echo 1', ['sh', 'echo']],
    ['sh(/x}/)\necho 1', ['sh', 'echo']],
    ['sh(/x\\/${1}}/ + $/y}/$)\necho 1', ['sh', 'echo']],
    ['sh """}${ [a: "}"] }"""\necho 1', ['sh', 'echo']],
    ["sh '\\'}'\necho 1 // }", ['sh', 'echo']],
    ['timeout(5) { retry(2) { sh "x" } }', ['timeout']],
    ['"foo"(1)', ['foo']],
  ])('finds the steps of %j', (code, expected) => {
    const text = steps(code);
    const names = stagesOf(text)[0].branches[0].steps.map(({ name }) => name);
    expect(names).toEqual(expected);
  });

  it.each<[string, string]>([
    ['echo "a', 'the string is not closed: expecting "'],
    ['echo (a', "'(' is not closed"],
    ['echo a]', 'unexpected token: ]'],
    ['echo a,', 'unexpected token: }'],
    ['x = 1', 'Expected a step'],
    ['if (a) { b() }', 'Expected a step'],
    ['a.b()', 'Method calls on objects not allowed outside "script" blocks.'],
    ['a().b()', 'Expected a symbol'],
    ['sh(a: 1, a: 2)', "Duplicate named parameter 'a' found."],
    [
      'echo ${a}',
      '${a} cannot be used as a value directly. Did you mean "${a}"? (add quotes)',
    ],
  ])('reports the fault in %j', (code, message) => {
    expect(messages(steps(code))).toContain(message);
  });

  it('loses no more to a fault than the statement it is in', () => {
    const text = steps("echo (\nsh 'a'").replace(
      "stage('a')",
      "stage('b') { steps { x = } }\nstage('a')",
    );
    const [broken, other] = stagesOf(text);
    expect([broken.name, other.name]).toEqual(['b', 'a']);
  });

  it('gives back any text, whatever it is', () => {
    const expectSame = (text: string) =>
      expect(printJenkinsfile(parseJenkinsfile(text))).toBe(text);
    const piece = fc.oneof(
      fc.constantFrom(
        ...['pipeline {', 'agent any', 'stages {', "stage('a') {", 'steps {'],
        ...['}', '\n', ' ', '(', ')', '[', ']', '"', "'", '/', '$', '${', ','],
        ...['when {', 'matrix {', 'axes {', 'post {', 'always {', 'script {'],
        ...['a', '=', ':', '.', '->', ';', '//', '/*', 'if', 'def', '1', '@'],
        ...['environment {', 'options {', 'parallel {', 'input {', 'agent {'],
      ),
      fc.string({ maxLength: 3, unit: 'binary' }),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 80 }).map(list => list.join('')),
        expectSame,
      ),
      { numRuns: 3000 },
    );
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }).map(steps),
        expectSame,
      ),
    );
  });

  it('has statements that leave out nothing but trivia and separators', () => {
    const piece = fc.constantFrom(
      ...['a', ' ', '\n', ';', '{', '}', '(', ')', '[', ']', ',', ' = ', '.b'],
      ...["'x'", '"$y"', ' + ', 'if ', 'else ', 'def ', ': ', '/* c */', '1'],
      ...['->', '@X ', 'return ', ' as ', '!', '++', ' ? ', 'new A', '\\\n'],
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }).map(list => list.join('')),
        text => {
          const { tokens, statements } = parseJenkinsfile(text);
          let reached = 0;
          for (const { start, end } of [
            ...statements,
            { start: text.length, end: text.length },
          ]) {
            const position = reached;
            expect(start).toBeGreaterThanOrEqual(position);
            expect(end).toBeGreaterThanOrEqual(start);
            const between = tokens.filter(
              token => token.start >= position && token.end <= start,
            );
            expect(
              between.every(
                token => isTrivia(token) || /^[\n;]$/.test(token.text),
              ),
            ).toBe(true);
            reached = end;
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('reads what it is told by a generated pipeline', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/);
    const quoted = fc
      .string()
      .map(
        text => `'${text.replace(/[\\']/g, '\\$&').replace(/[\n\r]/g, ' ')}'`,
      )
      .filter(text => !text.includes('\\u'));
    const step = fc
      .tuple(name, quoted)
      .map(([word, text]) => `${word}x ${text}`);
    const stage = fc.tuple(
      quoted,
      fc.array(step, { minLength: 1, maxLength: 5 }),
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(stage, { minLength: 1, selector: ([key]) => key }),
        list => {
          const body = list
            .map(
              ([key, lines]) =>
                `stage(${key}) { steps {\n${lines.join('\n')}\n} }`,
            )
            .join('\n');
          const text = `pipeline {\nagent any\nstages {\n${body}\n}\n}`;
          const document = parseJenkinsfile(text);
          expect(document.diagnostics).toEqual([]);
          expect(
            stagesOf(text).map(({ nameRange, branches }) => [
              text.slice(nameRange.start, nameRange.end),
              branches[0].steps.map(({ start, end }) => text.slice(start, end)),
            ]),
          ).toEqual(list);
        },
      ),
    );
  });

  it('reads hostile and huge texts in linear time', () => {
    const repeat = (piece: string, length = 100_000) =>
      piece.repeat(Math.ceil(length / piece.length));
    const pieces = [
      ...[
        '{',
        '(',
        '[',
        '"${',
        '/${',
        'a(',
        'a{',
        'pipeline {',
        "stage('a') {",
      ],
      ...['!', 'a ? ', 'a = ', 'a.', 'a[', '[a:', 'x { -> ', 'a b ', 'a + '],
      ...['(a) ', 'A<', 'a, ', 'x\n', '}', '{ }', '{ }\n', '(1)', "'", '\\u'],
      ...['steps { a 1; b 2 }\n', 'not { ', 'dir("x") { ', 'script { x }\n'],
    ];
    const started = process.cpuUsage();
    for (const text of pieces.flatMap(piece => [
      repeat(piece),
      steps(repeat(piece)),
      steps(`x ${repeat(piece)}`),
    ])) {
      expect(parseJenkinsfile(text).text).toHaveLength(text.length);
    }
    const stages = repeat(
      "stage('x') { steps { sh 'make'\n script { a(\"$b\") }\n } }\n",
      5_000_000,
    );
    const huge = `pipeline { agent any\n stages { ${stages} } }`;
    expect(stagesOf(huge).length).toBeGreaterThan(80_000);
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(60);
  }, 600_000);
});
