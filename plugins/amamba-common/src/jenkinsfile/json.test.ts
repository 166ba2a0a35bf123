import { parseJenkinsfile } from './document';
import { toPipelineJson } from './json';

/** A pipeline with the one stage that the lines are in. */
function stage(lines: string): string {
  return `pipeline {\nagent none\nstages {\nstage('a') {\n${lines}\n}\n}\n}`;
}

function json(text: string) {
  return JSON.parse(JSON.stringify(toPipelineJson(parseJenkinsfile(text))));
}

function firstStep(step: string) {
  return json(stage(`steps {\n${step}\n}`)).pipeline.stages[0].branches[0]
    .steps[0];
}

const literal = (value: unknown) => ({ isLiteral: true, value });
const computed = (value: string) => ({ isLiteral: false, value });

// All expectations were checked with Jenkins' own parser on Groovy 2.4.21.
describe('toPipelineJson', () => {
  it('has nothing to say about a scripted pipeline', () => {
    expect(toPipelineJson(parseJenkinsfile('node { }'))).toBeUndefined();
  });

  it.each<[string, unknown]>([
    ["'x'", literal('x')],
    ['1', literal(1)],
    ['-1', literal(-1)],
    ['1.50', literal(1.5)],
    ['0x10', literal(16)],
    ['1_000L', literal(1000)],
    ['true', literal(true)],
    ['null', literal(null)],
    ['none', literal('none')],
    ["('x')", literal('x')],
    ['"x $y"', computed('"x $y"')],
    ['"x $y" /* c */', computed('"x $y" /* c */')],
    ['a', computed('${a}')],
    ['a /* c */', computed('${a /* c */}')],
    ['a.b', computed('${a.b}')],
    ['a(1) { 2 }', computed('${a(1) { 2 }}')],
    ['a  +  b', computed('${a+b}')],
    ['a + (b * c)', computed('${a+b*c}')],
    ['(a ? b : c) + d', computed('${(a ? b : c)+d}')],
    ['a ? b : c', computed('${a ? b : c}')],
    ['a && !b', computed('${a&&!}')],
    ['!b', computed('${!b}')],
    ['a[0]', computed('${a[0}')],
    ['a[0][b + c].d', computed('${a[0][b + c].d}')],
    ['a as String', computed('${a as String}')],
    ['[1, 2]', computed('${[1, 2]}')],
    ["[$class: 'X', a: 1]", computed("[$class: 'X', a: 1]")],
    ['{ -> x }', undefined],
  ])('gives the text that Jenkins gives for %s', (value, expected) => {
    const { arguments: list } = firstStep(`foo(${value})`);
    expect(list).toEqual(expected ?? []);
  });

  it.each<[string, unknown]>([
    ['echo a /* c */', computed('${a}')],
    ['echo !a', computed('${!}')],
    ['echo a ? b : c', computed('${?}')],
    ['echo a.b /* c */', computed('${a.b /* c */}')],
    ['echo "a"\n.b()', computed('${"a"\n.b()}')],
  ])('knows that arguments without parentheses differ: %s', (step, value) => {
    expect(firstStep(step).arguments).toEqual([{ key: 'message', value }]);
  });

  it.each<[string, unknown]>([
    ['foo()', []],
    ["foo 'x'", literal('x')],
    ["sh 'x'", [{ key: 'script', value: literal('x') }]],
    [
      "sh(script: 'x', returnStdout: true)",
      [
        { key: 'script', value: literal('x') },
        { key: 'returnStdout', value: literal(true) },
      ],
    ],
    ['foo([a: 1])', [{ key: 'a', value: literal(1) }]],
    ['foo(1, 2)', [literal(1), literal(2)]],
    ['foo(a: 1, b)', [computed('a: 1, b'), computed('${b}')]],
    [
      "foo a: 'x', b: y",
      [
        { key: 'a', value: literal('x') },
        { key: 'b', value: computed('${y}') },
      ],
    ],
  ])('gives the arguments of %s', (step, expected) => {
    expect(firstStep(step).arguments).toEqual(expected);
  });

  it('names a lone argument by what the caller knows about the step', () => {
    const document = parseJenkinsfile(stage("steps { mine 'x'\n sh 'y' }"));
    const steps = { mine: 'thing', sh: undefined };
    expect(JSON.stringify(toPipelineJson(document, { steps }))).toContain(
      '"steps":[{"name":"mine","arguments":[{"key":"thing","value":{"isLiteral":true,"value":"x"}}]},{"name":"sh","arguments":{"isLiteral":true,"value":"y"}}]',
    );
  });

  it('keeps the argument of a step with a block without a name', () => {
    expect(firstStep('timeout(5) { echo 1 }')).toEqual({
      name: 'timeout',
      arguments: literal(5),
      children: [
        { name: 'echo', arguments: [{ key: 'message', value: literal(1) }] },
      ],
    });
  });

  it.each([
    ['script { // c\n sh "x"\n // d\n }', 'sh "x"'],
    ['script {\n  x 1 // c\n}', 'x 1 // c'],
    ['script { a -> b }', 'b'],
    ['script { x; y }', 'x'],
    ['script {\n a\n b; c\n}', 'a\n b'],
    ['script { }', '{ }'],
    ['script {\r\n  a\r\n  b\r\n}', 'a\n  b'],
  ])('cuts the code out of %j as Jenkins does', (step, code) => {
    expect(firstStep(step)).toEqual({
      name: 'script',
      arguments: [{ key: 'scriptBlock', value: literal(code) }],
    });
  });

  it.each<[string, unknown]>([
    ["'x'", literal('x')],
    ['"$x"', computed('"$x"')],
    ["'a' + 'b' + 1", literal('ab1')],
    ["'a' + \"$b\" + 'c'", computed('a$bc')],
    ["credentials('id')", { name: 'credentials', arguments: [literal('id')] }],
    ["readFile 'x'", computed("${'x'}")],
    ["readFile('x')", computed("${readFile('x')}")],
  ])('gives the environment value %s', (value, expected) => {
    const text = stage(`environment { A = ${value} }\nsteps { echo 1 }`);
    expect(json(text).pipeline.stages[0].environment).toEqual([
      { key: 'A', value: expected },
    ]);
  });

  it.each<[string, unknown]>([
    ['any', { type: 'any' }],
    ["{ label 'x' }", { type: 'label', argument: literal('x') }],
    ["{ label '' }", { type: 'any' }],
    ["{ node { label '' } }", { type: 'any' }],
    [
      "{ label { label 'x' } }",
      {
        type: 'node',
        arguments: [{ key: 'label', value: literal('x') }],
      },
    ],
    [
      "{ docker { image 'x'\n registry { url y } } }",
      {
        type: 'docker',
        arguments: [
          { key: 'image', value: literal('x') },
          { key: 'registry', value: [{ key: 'url', value: computed('${y}') }] },
        ],
      },
    ],
  ])('gives the agent %s', (agent, expected) => {
    const text = stage(`agent ${agent}\nsteps { echo 1 }`);
    expect(json(text).pipeline.stages[0].agent).toEqual(expected);
  });

  it('gives the branches of a parallel step that stands alone', () => {
    const text = stage(
      "steps { parallel(a: { echo 1 }, 'b c': { echo 2 }, failFast: true) }",
    );
    const [{ branches, failFast }] = json(text).pipeline.stages;
    expect(branches.map(({ name }: { name: string }) => name)).toEqual([
      'a',
      'b c',
    ]);
    expect(failFast).toBe(true);
  });
});
