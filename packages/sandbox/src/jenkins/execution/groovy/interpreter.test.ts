import { runPipelineText } from '../testing/harness';

/** What a script says through `echo`, or how it failed. */
async function said(script: string): Promise<string> {
  const { log, outcome } = await runPipelineText(script);
  const lines = log
    .split('\n')
    .filter(line => !/^(?:\[Pipeline\]|Started|Finished|\tat )/.test(line))
    .join('\n')
    .trim();
  return outcome.unsupported ? `UNSUPPORTED ${outcome.unsupported}` : lines;
}

describe('the Groovy interpreter', () => {
  it.each([
    ['"${1 + 2 * 3 - 4 % 3}"', '6'],
    ['"${7 / 2} ${6 / 2} ${7.intdiv(2)} ${2 ** 10}"', '3.5 3 3 1024'],
    ['"${1.10 + 2.2} ${1.5 * 2}"', '3.30 3.0'],
    ['"a" + 1 + null', 'a1null'],
    ['"abc" - "b"', 'ac'],
    ['"ab" * 3', 'ababab'],
    [
      '"${[1, 2] + 3} ${[1, 2, 3] - 2} ${[a: 1] + [b: 2]}"',
      '[1, 2, 3] [1, 3] [a:1, b:2]',
    ],
    ['"${[:]} ${[]} ${null}"', '[:] [] null'],
    [
      '"${1 <=> 2} ${"a" == "a"} ${[1, [2]] == [1, [2]]} ${1 == 1.0}"',
      '-1 true true true',
    ],
    ['"${null ?: "x"} ${"" ?: "y"} ${0 ? 1 : 2}"', 'x y 2'],
    ['"${null?.foo} ${null?.foo()}"', 'null null'],
    [
      '"${(1..5).collect { it * 2 }} ${(1..<3)} ${("a".."c")}"',
      '[2, 4, 6, 8, 10] [1, 2] [a, b, c]',
    ],
    ['[3, 1, 2].sort().join("-")', '1-2-3'],
    ['[3, 1, 2].sort { a, b -> b <=> a }.toString()', '[3, 2, 1]'],
    [
      '["b", "a"].collectEntries { [(it): it.toUpperCase()] }.toString()',
      '{b=B, a=A}',
    ],
    ['[a: 1, b: 2].findAll { k, v -> v > 1 }.keySet().toString()', '[b]'],
    [
      '[a: 1, b: 2].collect { e -> "${e.key}=${e.value}" }.join("&")',
      'a=1&b=2',
    ],
    ['[1, 2, 3].inject(0) { sum, i -> sum + i }.toString()', '6'],
    [
      '"${[1, 2, 3].find { it > 1 }} ${[1, 2].any { it > 1 }} ${[1, 2].every { it > 1 }}"',
      '2 true false',
    ],
    [
      '"${[[1, 2], [3]].flatten()} ${[1, 1, 2].unique()} ${[1, 2, 3, 4][1..2]} ${[1, 2][-1]}"',
      '[1, 2, 3] [1, 2] [2, 3] 2',
    ],
    ['"${["x", "yy"]*.size()}"', '[1, 2]'],
    ['"a,b,,".split(",").length.toString()', '2'],
    ['"a.b.c".tokenize(".").toString()', '[a, b, c]'],
    ['"  x ".trim() + "abc".substring(1) + "abc"[0] + "abc"[-1]', 'xbcac'],
    ['"release/1.2" =~ /release/ ? "yes" : "no"', 'yes'],
    ['("v1.2.3" =~ /v(\\d+)\\.(\\d+)/)[0][2]', '2'],
    ['"${"abc" ==~ /a.c/} ${"xabc" ==~ /a.c/}"', 'true false'],
    ['"a1b22".replaceAll(/(\\d+)/, "<\\$1>")', 'a<1>b<22>'],
    [
      '"${"3" as int} ${(int) 3.7} ${"x" instanceof String} ${[1] instanceof List}"',
      '3 3 true true',
    ],
    ['"${"b" in ["a", "b"]} ${2 in 1..3}"', 'true true'],
    ['String.format("%05d|%-3s|%.2f", 42, "a", 1.5)', '00042|a  |1.50'],
    [
      '"${Math.max(1, 2)} ${Integer.parseInt("12")} ${"x".equals("x")}"',
      '2 12 true',
    ],
    ["'''\n  a\n    b'''.stripIndent().trim()", 'a\n  b'],
    [
      'new groovy.json.JsonSlurperClassic().parseText(\'{"a":[1,{"b":null}]}\').toString()',
      '{a=[1, [b:null]]}',
    ],
    [
      'groovy.json.JsonOutput.toJson([a: [1, "x", null]])',
      '{"a":[1,"x",null]}',
    ],
  ])('evaluates %s', async (expression, expected) => {
    expect(await said(`echo(${expression})`)).toBe(expected.trim());
  });

  it.each([
    [
      'closures that capture',
      'def n = 1\ndef add = { x -> n += x }\nadd(2)\nadd 3\necho "$n"',
      '6',
    ],
    [
      'methods with defaults',
      'def f(a, b = a + 1) { "$a $b" }\necho f(1) + f(1, 5)',
      '1 21 5',
    ],
    [
      'methods before they are defined',
      'echo f()\ndef f() { return "x" }',
      'x',
    ],
    [
      'recursion',
      'int fib(int n) { n < 2 ? n : fib(n - 1) + fib(n - 2) }\necho "${fib(12)}"',
      '144',
    ],
    [
      'if and else',
      'if ([]) { echo "a" } else if ("x") { echo "b" } else { echo "c" }',
      'b',
    ],
    [
      'for loops',
      'def s = ""\nfor (int i = 0; i < 3; i++) { if (i == 1) continue; s += i }\nfor (x in [7, 8, 9]) { if (x == 9) break\n s += x }\necho s',
      '0278',
    ],
    ['while', 'int i = 0\nwhile (true) { if (++i > 4) break }\necho "$i"', '5'],
    [
      'switch',
      'def k(v) { switch (v) { case 1: return "one"; case ["a", "b"]: return "list"; case ~/x.*/: return "regex"; case String: return "text"; default: return "other" } }\necho([1, "b", "xy", "q", 2].collect { k(it) }.join(" "))',
      'one list regex text other',
    ],
    [
      'fall through',
      'switch (1) { case 1: echo "1"\n case 2: echo "2"; break\n case 3: echo "3" }',
      '1\n2',
    ],
    [
      'try, catch and finally',
      'try { error "x" } catch (java.io.IOException e) { echo "caught ${e.message}" } finally { echo "last" }',
      'caught x\nlast',
    ],
    [
      'only the matching catch',
      'try { try { [].first() } catch (IOException e) { echo "no" } } catch (NoSuchElementException e) { echo "yes" }',
      'yes',
    ],
    [
      'throwing',
      'try { throw new IllegalStateException("s") } catch (e) { echo "${e.class.simpleName} $e" }',
      'IllegalStateException java.lang.IllegalStateException: s',
    ],
    [
      'return from finally and from closures',
      'def f() { [1, 2].each { return it }; return "end" }\necho f()',
      'end',
    ],
    ['several values at once', 'def (a, b) = [1, 2]\necho "$a$b"', '12'],
    [
      'maps',
      'def m = [a: [b: 1]]\nm.a.c = 2\nm["d"] = 3\necho "${m} ${m.containsKey("d")} ${m.a.c}"',
      '[a:[b:1, c:2], d:3] true 2',
    ],
    [
      'command chains over lines',
      'def x = [1, 2, 3]\n  .findAll { it > 1 }\n  .collect { it * 2 }\necho x.join(",")',
      '4,6',
    ],
    [
      'spread arguments',
      'def f(a, b) { "$a$b" }\ndef l = [1, 2]\necho f(*l)',
      '12',
    ],
    ['method pointers', 'def up = "x".&toUpperCase\necho up()', 'X'],
    ['dynamic names', 'def n = "toUpperCase"\necho "x"."$n"()', 'X'],
    [
      'curry and with',
      'def f = { a, b -> "$a$b" }\necho f.curry(1)(2) + "abc".with { it.size() }',
      '123',
    ],
    ['global variables', 'x = 5\ndef f() { x + 1 }\necho "${f()}"', '6'],
    [
      'fields',
      'import groovy.transform.Field\n@Field def y = 3\ndef f() { y }\necho "${f()}"',
      '3',
    ],
    ['null in variables', 'def v = null\necho "$v"', 'null'],
    [
      'elvis assignment and ternaries over lines',
      'def a = false ?\n  "x" :\n  "y"\necho a',
      'y',
    ],
    [
      'asserts',
      'try { assert 1 == 2 : "no" } catch (AssertionError e) { echo "${e.message}" }',
      'no',
    ],
  ])('runs %s', async (_what, script, expected) => {
    expect(await said(script)).toBe(expected);
  });

  it.each([
    [
      'an unknown property',
      'echo foo',
      'groovy.lang.MissingPropertyException: No such property: foo for class: groovy.lang.Binding',
    ],
    [
      'a call on null',
      'def x = null\nx.foo()',
      'java.lang.NullPointerException: Cannot invoke method foo() on null object',
    ],
    [
      'an unknown method',
      '"x".foo(1)',
      'groovy.lang.MissingMethodException: No signature of method: java.lang.String.foo() is applicable for argument types: (java.lang.Integer) values: [1]',
    ],
    [
      'division by zero',
      'echo "${1 / 0}"',
      'java.lang.ArithmeticException: Division by zero',
    ],
    [
      'endless recursion',
      'def f() { f() }\nf()',
      'java.lang.StackOverflowError',
    ],
    [
      'a bad cast',
      'int x = "a"',
      "Cannot cast object 'a' with class 'java.lang.String' to class 'int'",
    ],
    [
      'system access',
      'System.getenv("PATH")',
      'RejectedAccessException: Scripts not permitted to use staticMethod java.lang.System getenv java.lang.String',
    ],
    [
      'starting a process',
      '"ls".execute()',
      'RejectedAccessException: Scripts not permitted to use staticMethod org.codehaus.groovy.runtime.ProcessGroovyMethods execute java.lang.String',
    ],
    [
      'files of the controller',
      'new File("/etc/passwd").text',
      'RejectedAccessException: Scripts not permitted to use new java.io.File java.lang.String',
    ],
    [
      'the raw build',
      'currentBuild.rawBuild',
      'RejectedAccessException: Scripts not permitted to use method org.jenkinsci.plugins.workflow.support.steps.build.RunWrapper getRawBuild',
    ],
  ])('fails as Jenkins does on %s', async (_what, script, expected) => {
    expect(await said(script)).toContain(expected);
  });

  it.each([
    [
      'a class of the script',
      'class A { }',
      'the class A defined in the script',
    ],
    [
      'a Java class it does not know',
      'new java.util.Scanner("x")',
      'the Java class java.util.Scanner',
    ],
    ['a step of a plugin', 'slackSend "x"', 'the step slackSend'],
    ['a shared library', '@Library("x") _\necho "y"', 'the shared library x'],
    [
      'a global variable of a library',
      'acme.hello("x")',
      'the global variable acme',
    ],
  ])('refuses %s', async (_what, script, expected) => {
    expect(await said(script)).toBe(
      `UNSUPPORTED ${expected} is not supported by the sandbox Jenkins`,
    );
  });

  it('never reaches JavaScript by names of its prototypes', async () => {
    for (const script of [
      '"x".constructor("return 1")()',
      '[1].constructor',
      '[:].__proto__.foo()',
      'echo.constructor("x")',
      'env.constructor.constructor("x")()',
      'String.constructor("x")',
      'currentBuild.toString.call("x")',
    ]) {
      const { outcome, log } = await runPipelineText(
        `${script}\necho "reached"`,
      );
      expect({ script, result: outcome.result, log }).toMatchObject({
        result: 'FAILURE',
      });
    }
  });

  it('lets other work go on while a script loops', async () => {
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 1);
    await runPipelineText('int i = 0\nwhile (i < 60000) { i++ }');
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(3);
  });
});
