import { Diagnostic, DiagnosticSink } from './diagnostics';
import { scanString } from './lexerStrings';
import {
  isDigit,
  isIdentifierStart,
  LexerState,
  newlineLength,
  scanIdentifier,
} from './lexerState';
import { GROOVY_KEYWORDS, PlainToken, Token } from './tokens';

export interface LexResult {
  /** All tokens in source order; their texts joined are the source. */
  readonly tokens: readonly Token[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Splits Groovy 2.4 source (the Groovy that Jenkins embeds) into tokens. Never throws: what is not Groovy becomes
 * `unknown` tokens or unterminated strings with a diagnostic. Time is linear in the length of the text.
 *
 * The rules were checked against Groovy 2.4.21 itself: where a slash starts a string (after anything that cannot end
 * an expression), which newlines count (none directly inside `(` or `[`), what may be escaped in which string, that
 * `$/…/$` and `/…/` may span lines and `"${…}"` may not.
 */
export function lex(text: string): LexResult {
  const sink = new DiagnosticSink();
  const tokens = lexInto(text, sink);
  return { tokens, diagnostics: sink.sorted() };
}

/** Like `lex`, for a reader that goes on to report what it finds itself. */
export function lexInto(text: string, sink: DiagnosticSink): Token[] {
  const state: LexerState = {
    text,
    sink,
    stringDepth: 0,
    slashyClosed: true,
    scanCode,
  };
  const { tokens } = scanCode(state, 0, undefined);
  reportBadUnicodeEscapes(text, sink);
  return tokens;
}

const OPERATORS = [
  ...['>>>=', '<<=', '>>=', '>>>', '**=', '...', '..<', '<=>', '===', '!=='],
  ...['==~', '=~', '==', '!=', '<=', '>=', '&&', '||', '++', '--', '+=', '-='],
  ...['*=', '/=', '%=', '&=', '|=', '^=', '?.', '?:', '*.', '->', '**', '<<'],
  ...['>>', '..', '.&', ...'(){}[].,;:?@~!=<>+-*/%&|^'],
];

/** The operators by first character, longest first. */
const OPERATORS_BY_FIRST = new Map<string, string[]>();
for (const operator of OPERATORS) {
  const list = OPERATORS_BY_FIRST.get(operator[0]) ?? [];
  list.push(operator);
  list.sort((a, b) => b.length - a.length);
  OPERATORS_BY_FIRST.set(operator[0], list);
}

const NUMBER =
  /0[xX][0-9a-fA-F](?:[0-9a-fA-F_]*[0-9a-fA-F])?[lLiIgG]?|0[bB][01](?:[01_]*[01])?[lLiIgG]?|(?:0[0-7](?:[0-7_]*[0-7])?|0|[1-9](?:[0-9_]*[0-9])?)(?:(?:\.[0-9](?:[0-9_]*[0-9])?)?(?:[eE][+-]?[0-9](?:[0-9_]*[0-9])?)?[fFdDgG]|\.[0-9](?:[0-9_]*[0-9])?(?:[eE][+-]?[0-9](?:[0-9_]*[0-9])?)?|[eE][+-]?[0-9](?:[0-9_]*[0-9])?|[lLiI])?/y;
/** A digit separator, an exponent or a prefix that nothing follows; the last character is the one behind the number. */
const BAD_NUMBER_TAIL =
  /^(?:0[xXbB]|(?!0_$)[0-9._]*[0-9]_|[0-9][0-9._]*[eE]|0[xXbB][0-9a-fA-F]+_)$/;
const BLANKS = /[ \t\f]+/y;
const LINE_REST = /[^\n\r]*/y;
const CLOSERS: Readonly<Record<string, string>> = {
  ')': '(',
  ']': '[',
  '}': '{',
};

/**
 * Tokens from `start` to the end of the text, or, for the inside of a `${`, to its `}` (which is not consumed).
 * `within.singleLine` says that a newline breaks the string around it.
 */
function scanCode(
  state: LexerState,
  start: number,
  within: { singleLine: boolean } | undefined,
): { tokens: Token[]; end: number; closed: boolean } {
  const { text } = state;
  const tokens: Token[] = [];
  const brackets: string[] = [];
  let openBraces = 0;
  let position = start;
  let slashDivides = false;

  const push = (kind: PlainToken['kind'], end: number) => {
    tokens.push({
      kind,
      text: text.slice(position, end),
      start: position,
      end,
    });
    position = end;
  };
  const pushUnknown = (end: number) => {
    const last = tokens[tokens.length - 1];
    if (last?.kind === 'unknown') {
      position = last.start;
      tokens.pop();
    } else {
      state.sink.add({
        level: 'lexical',
        code: 'unexpected-character',
        message: `unexpected char: ${describe(text, position)}`,
        start: position,
        end,
      });
    }
    push('unknown', end);
  };

  while (position < text.length) {
    const char = text[position];
    const lineEnd = newlineLength(text, position);
    if (lineEnd > 0) {
      if (within?.singleLine) {
        return { tokens, end: position, closed: false };
      }
      const open = brackets[brackets.length - 1];
      const counts = open !== '(' && open !== '[';
      slashDivides = slashDivides && !counts;
      push(counts ? 'newline' : 'whitespace', position + lineEnd);
    } else if (char === ' ' || char === '\t' || char === '\f') {
      push('whitespace', matchEnd(BLANKS, text, position));
    } else if (char === '\\' && newlineLength(text, position + 1) > 0) {
      push('whitespace', position + 1 + newlineLength(text, position + 1));
    } else if (char === '/' && text[position + 1] === '/') {
      push('lineComment', matchEnd(LINE_REST, text, position));
    } else if (char === '/' && text[position + 1] === '*') {
      const close = text.indexOf('*/', position + 2);
      if (close < 0) {
        state.sink.add({
          level: 'lexical',
          code: 'unterminated-comment',
          message: 'the comment is not closed: expecting */',
          start: position,
          end: position + 2,
        });
      }
      push('blockComment', close < 0 ? text.length : close + 2);
    } else if (position === 0 && text.startsWith('#!')) {
      push('shebang', matchEnd(LINE_REST, text, 0));
    } else if (position === 0 && char === '\uFEFF') {
      push('whitespace', 1);
    } else if (isIdentifierStart(text, position)) {
      if (char === '$' && text[position + 1] === '/' && !slashDivides) {
        const string = scanString(state, position, within?.singleLine ?? false);
        if (string) {
          tokens.push(string);
          position = string.end;
          slashDivides = true;
          continue;
        }
      }
      const end = scanIdentifier(text, position, true);
      const keyword = GROOVY_KEYWORDS.has(text.slice(position, end));
      push(keyword ? 'keyword' : 'identifier', end);
      slashDivides = true;
    } else if (isDigit(char)) {
      const end = matchEnd(NUMBER, text, position);
      if (BAD_NUMBER_TAIL.test(text.slice(position, end + 1))) {
        const after = text[end] === '_' ? end + 1 : end;
        state.sink.add({
          level: 'lexical',
          code: 'bad-number',
          message: `expecting token in range: '0'..'9', found ${describe(text, after)}`,
          start: position,
          end,
        });
      }
      push('number', end);
      slashDivides = true;
    } else {
      const quoted = char === "'" || char === '"';
      if (quoted || (char === '/' && !slashDivides)) {
        const string = scanString(state, position, within?.singleLine ?? false);
        if (string) {
          tokens.push(string);
          position = string.end;
          slashDivides = true;
          continue;
        }
      }
      const operator = operatorAt(text, position);
      if (operator === undefined) {
        pushUnknown(position + 1);
        continue;
      }
      if (operator === '(' || operator === '[' || operator === '{') {
        brackets.push(operator);
        openBraces += operator === '{' ? 1 : 0;
      } else if (operator === '}' && within && openBraces === 0) {
        return { tokens, end: position, closed: true };
      } else if (operator in CLOSERS) {
        closeBracket(brackets, CLOSERS[operator], openBraces);
        openBraces -= operator === '}' && openBraces > 0 ? 1 : 0;
      }
      slashDivides =
        operator in CLOSERS || operator === '++' || operator === '--';
      push('operator', position + operator.length);
    }
  }
  return { tokens, end: position, closed: false };
}

/**
 * Takes the matching opener off the stack. A `}` also closes brackets left open inside its block, so that one missing
 * `)` does not swallow the newlines of the rest of the file; a bracket that nothing opened closes nothing.
 */
function closeBracket(
  brackets: string[],
  opener: string,
  openBraces: number,
): void {
  if (opener === '{' && openBraces > 0) {
    while (brackets[brackets.length - 1] !== '{') {
      brackets.pop();
    }
  }
  if (brackets[brackets.length - 1] === opener) {
    brackets.pop();
  }
}

function operatorAt(text: string, position: number): string | undefined {
  return OPERATORS_BY_FIRST.get(text[position])?.find(operator =>
    text.startsWith(operator, position),
  );
}

function matchEnd(pattern: RegExp, text: string, position: number): number {
  pattern.lastIndex = position;
  return pattern.test(text) ? pattern.lastIndex : position + 1;
}

/** Groovy reads `\uXXXX` before anything else, so a broken one is an error even in a comment. */
function reportBadUnicodeEscapes(text: string, sink: DiagnosticSink): void {
  for (const escape of text.matchAll(/(?<!\\)\\u+(?![0-9a-fA-F]{4})(?!u)/g)) {
    sink.add({
      level: 'lexical',
      code: 'bad-unicode-escape',
      message: 'Did not find four digit hex character code.',
      start: escape.index,
      end: escape.index + escape[0].length,
    });
  }
}

function describe(text: string, position: number): string {
  if (position >= text.length) {
    return "'<EOF>'";
  }
  const code = text.charCodeAt(position);
  return code > 0x20 && code < 0x7f
    ? `'${text[position]}'`
    : `0x${code.toString(16).toUpperCase()}`;
}
