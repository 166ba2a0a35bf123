import fc from 'fast-check';
import { lex } from './lexer';
import { isTrivia, StringToken, Token } from './tokens';

function significant(text: string): string[] {
  return lex(text)
    .tokens.filter(token => !isTrivia(token) && token.kind !== 'newline')
    .map(token => token.text);
}

function onlyString(text: string): StringToken {
  const strings = lex(text).tokens.filter(
    (token): token is StringToken => token.kind === 'string',
  );
  expect(strings).toHaveLength(1);
  return strings[0];
}

/** Literal texts and, in `<>`, the code of interpolations. */
function parts(text: string): string[] {
  return onlyString(text).parts.map(part =>
    part.kind === 'text'
      ? part.value
      : `<${text.slice(part.code.start, part.code.end)}>`,
  );
}

function codes(text: string): string[] {
  return lex(text).diagnostics.map(diagnostic => diagnostic.code);
}

/** Every token, those inside interpolations included, is where its text is. */
function expectCovering(text: string) {
  const check = (tokens: readonly Token[], start: number, end: number) => {
    let position = start;
    for (const token of tokens) {
      expect(token.start).toBe(position);
      expect(token.text).toBe(text.slice(token.start, token.end));
      expect(token.end).toBeGreaterThan(token.start);
      position = token.end;
      if (token.kind === 'string') {
        let inner = token.start + token.quote.length;
        for (const part of token.parts) {
          expect(part.start).toBe(inner);
          inner = part.end;
          if (part.kind === 'interpolation') {
            check(part.tokens, part.code.start, part.code.end);
          }
        }
      }
    }
    expect(position).toBe(end);
  };
  check(lex(text).tokens, 0, text.length);
}

/** Text that is likely to meet every branch of the lexer. */
const groovyish = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...["'", "'''", '"', '"""', '/', '$/', '/$', '${', '}', '{', '(', ')'],
        ...['[', ']', '\\', '$', '$a.b', '\n', '\r\n', '\r', ' ', '//', '/*'],
        ...['*/', '1.5', '0x', '\\u0041', '\\u00', 'abc', '.', '->', '\uFEFF'],
      ),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 60 },
  )
  .map(pieces => pieces.join(''));

describe('lex', () => {
  it.each<[string, string[]]>([
    ['a b-c', ['a', 'b', '-', 'c']],
    ['x=1..2', ['x', '=', '1', '..', '2']],
    [
      '1.foo 1.5 5L 0x1G 1_000 1e5 1.5e-3f',
      ['1', '.', 'foo', '1.5', '5L', '0x1G', '1_000', '1e5', '1.5e-3f'],
    ],
    ['5minutes 08 0_7', ['5', 'minutes', '0', '8', '0', '_7']],
    [
      'a<=>b ==~ c?.d*.e.&f',
      ['a', '<=>', 'b', '==~', 'c', '?.', 'd', '*.', 'e', '.&', 'f'],
    ],
    ['a ?: b >>>= c', ['a', '?:', 'b', '>>>=', 'c']],
    ['#!/usr/bin/env groovy\na', ['a']],
    ['\uFEFFa', ['a']],
    ['a \\\n b', ['a', 'b']],
    ['a /* b\nc */ d // e', ['a', 'd']],
    ['def \\u0041b = $c', ['def', '\\u0041b', '=', '$c']],
    ['héé été', ['héé', 'été']],
  ])('splits %j', (text, expected) => {
    expect(significant(text)).toEqual(expected);
    expect(codes(text)).toEqual([]);
  });

  it('tells keywords from identifiers', () => {
    expect(
      lex('def any').tokens.map(token => [token.kind, token.text]),
    ).toEqual([
      ['keyword', 'def'],
      ['whitespace', ' '],
      ['identifier', 'any'],
    ]);
  });

  it('ends statements at newlines, but not directly inside parentheses or brackets', () => {
    const kinds = (text: string) =>
      lex(text)
        .tokens.filter(token => /^\s+$/.test(token.text))
        .map(token => token.kind);
    expect(kinds('a\nb')).toEqual(['newline']);
    expect(kinds('(\n)')).toEqual(['whitespace']);
    expect(kinds('[\n{\n}\n]')).toEqual([
      'whitespace',
      'newline',
      'whitespace',
    ]);
    expect(kinds('{ foo(\n}\na')).toEqual([
      ...['whitespace', 'whitespace', 'newline'],
    ]);
  });

  it.each<[string, string | undefined]>([
    ["''", ''],
    ['""', ''],
    ["'it\\'s \\\"x\\\" \\$ \\\\ \\n\\t'", 'it\'s "x" $ \\ \n\t'],
    ["'\\101\\7\\400'", 'A\u0007 0'],
    ["'\\u0041 \\\\u0041 \\uuu0042'", 'A \\u0041 B'],
    ["'a\\\nb\\\r\nc'", 'abc'],
    ["'''a\r\nb\rc\\\n'd''e'''", "a\nb\nc'd''e"],
    ["''''a'''", "'a"],
    ['"""a\\"""b"""', 'a"""b'],
    ["'$a ${b}'", '$a ${b}'],
    ['"\\$a \\${b}"', '$a ${b}'],
    ['/a\\/b \\d \\u0041 $ c$/', 'a/b \\d A $ c$'],
    ['/=a\n\\\nb/', '=a\nb'],
    ['$/a$$b $/ \\n $1 /x/$', 'a$b / \\n $1 /x'],
    ['"${a}"', undefined],
  ])('decodes %j', (text, expected) => {
    const token = onlyString(text);
    expect(token.value).toBe(expected);
    expect(token.terminated).toBe(true);
    expect(codes(text)).toEqual([]);
  });

  it.each<[string, string[]]>([
    ['"a${b}c"', ['a', '<b>', 'c']],
    ['"$a$b"', ['<a>', '<b>']],
    ['"$a.b.5 $a.b. z"', ['<a.b>', '.5 ', '<a.b>', '. z']],
    ['"${ {-> "}${1}" } }"', ['< {-> "}${1}" } >']],
    ['"""${\n1 // }\n}x"""', ['<\n1 // }\n>', 'x']],
    ['/a\\$b c/', ['a\\', '<b>', ' c']],
    ['/a$${1}b/', ['a$', '<1>', 'b']],
    ['$/a/b$c $/ ${1}/$', ['a/b', '<c>', ' / ', '<1>']],
    ['"${}"', ['<>']],
    ["\"${'''a\nb'''}\"", ["<'''a\nb'''>"]],
  ])('finds the interpolations of %j', (text, expected) => {
    expect(parts(text)).toEqual(expected);
    expect(codes(text)).toEqual([]);
  });

  it('lexes the code inside an interpolation', () => {
    const [part] = onlyString('"${env.A + \'}\'}"').parts;
    expect(
      part.kind === 'interpolation' &&
        part.tokens.filter(token => !isTrivia(token)).map(token => token.text),
    ).toEqual(['env', '.', 'A', '+', "'}'"]);
  });

  it.each<[string, string[]]>([
    ['x = a /b/ c', []],
    ['x = (a) /b/ c', []],
    ['x = a[1] /b/ 2', []],
    ['x = "$a" /2/ 1', ['"$a"']],
    ['x = 1 /* c */ /2/ 1', []],
    ['return /2/', []],
    ['x = /b/', ['/b/']],
    ['foo(/b/)', ['/b/']],
    ['a ? /b/ : /c/', ['/b/', '/c/']],
    ['x =/* c */ /b/', ['/b/']],
    ['a ==~ /b/; /c/', ['/b/', '/c/']],
    ['[/b/: 1]', ['/b/']],
    ['foo $/a/$', []],
    ['x = $/a/$', ['$/a/$']],
  ])('tells division from slashy strings in %j', (text, expected) => {
    expect(
      lex(text)
        .tokens.filter(token => token.kind === 'string')
        .map(token => token.text),
    ).toEqual(expected);
  });

  it.each<[string, string[]]>([
    ["'a\nb", ['unterminated-string']],
    ['"a ${b\n}', ['unterminated-string']],
    ['"""a ${"b ${c\n} d', ['unterminated-string', 'unterminated-string']],
    ["'''a\nb", ['unterminated-string']],
    ["'\\q'", ['bad-escape']],
    ["'\\", ['bad-escape', 'unterminated-string']],
    ['"a$ b"', ['bad-dollar']],
    ['/* a', ['unterminated-comment']],
    ['a # b', ['unexpected-character']],
    ['`\u0000\u0001 ok', ['unexpected-character']],
    ['// C:\\users', ['bad-unicode-escape']],
    ["'\\\\u'", []],
    ['x = /abc', []],
  ])('reports the fault in %j', (text, expected) => {
    expect(codes(text).sort()).toEqual(expected.sort());
  });

  it('loses only one line to a string that is not closed', () => {
    expect(significant("a 'b\nc 'd'\n")).toEqual(['a', "'b", 'c', "'d'"]);
    expect(significant('x = /b\nc /d/ e')).toEqual([
      'x',
      '=',
      '/b\nc /',
      'd',
      '/',
      'e',
    ]);
    expect(significant('x = /b\nc')).toEqual(['x', '=', '/', 'b', 'c']);
  });

  it('covers every character of any text, exactly once', () => {
    expect.hasAssertions();
    fc.assert(fc.property(groovyish, expectCovering), { numRuns: 2000 });
    fc.assert(fc.property(fc.string({ unit: 'binary' }), expectCovering));
  });

  it('is linear and does not overflow on hostile input', () => {
    const hostile = [
      '{'.repeat(200_000),
      '('.repeat(100_000) + '{}'.repeat(100_000),
      '"${'.repeat(100_000),
      '/${'.repeat(100_000),
      '"""${'.repeat(100_000),
      '= /'.repeat(100_000),
      `= ${'/${'.repeat(64)}${' a + 1 '.repeat(50_000)}`,
      '\\'.repeat(300_000),
      '`'.repeat(300_000),
      `1${'_'.repeat(300_000)}`,
      '"'.repeat(300_001),
    ];
    const started = process.cpuUsage();
    for (const text of hostile) {
      const { tokens } = lex(text);
      expect(tokens[tokens.length - 1].end).toBe(text.length);
    }
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(10);
  });
});
