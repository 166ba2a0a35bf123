import { DiagnosticSink } from './diagnostics';
import { Token } from './tokens';

/** What the scanners of code and of strings share; they call each other, since `${…}` holds code. */
export interface LexerState {
  readonly text: string;
  readonly sink: DiagnosticSink;
  /** How many strings the scanner is inside of. */
  stringDepth: number;
  /** False once a slashy string has run into the end of the text: from then on `/` only divides. */
  slashyClosed: boolean;
  readonly scanCode: (
    state: LexerState,
    start: number,
    within: { singleLine: boolean } | undefined,
  ) => { tokens: Token[]; end: number; closed: boolean };
}

/** The length of the line end at this offset: 0 when there is none, 2 for `\r\n`. */
export function newlineLength(text: string, position: number): number {
  const code = text.charCodeAt(position);
  if (code === 0x0a) {
    return 1;
  }
  if (code === 0x0d) {
    return text.charCodeAt(position + 1) === 0x0a ? 2 : 1;
  }
  return 0;
}

export function isDigit(char: string): boolean {
  return char >= '0' && char <= '9';
}

/** `\uXXXX` with any number of `u`; sticky. */
export const UNICODE_ESCAPE = /\\u+([0-9a-fA-F]{4})/y;

/** Letters as Groovy's own lexer has them: ASCII, `_`, and all from U+00C0 but × and ÷. */
function isLetterCode(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x5f ||
    (code >= 0xc0 && code !== 0xd7 && code !== 0xf7 && code < 0xfeff) ||
    (code > 0xfeff && code < 0xffff)
  );
}

/** The length of the letter at this offset, which may be written as `\uXXXX`; 0 when there is none. */
function letterLength(text: string, position: number, extra: string): number {
  const code = text.charCodeAt(position);
  if (isLetterCode(code) || extra.includes(text[position] ?? ' ')) {
    return 1;
  }
  if (code === 0x5c && text.charCodeAt(position + 1) === 0x75) {
    UNICODE_ESCAPE.lastIndex = position;
    const match = UNICODE_ESCAPE.exec(text);
    if (match && isLetterCode(parseInt(match[1], 16))) {
      return match[0].length;
    }
  }
  return 0;
}

/** Whether an identifier can start here; `$` counts (it does not inside `"$…"`). */
export function isIdentifierStart(text: string, position: number): boolean {
  return letterLength(text, position, '$') > 0;
}

/** Whether a `$name` interpolation can take a name here. */
export function isPathStart(text: string, position: number): boolean {
  return letterLength(text, position, '') > 0;
}

/** The end of the identifier that starts here. */
export function scanIdentifier(
  text: string,
  start: number,
  dollarAllowed: boolean,
): number {
  const extra = dollarAllowed ? '$0123456789' : '0123456789';
  let end = start;
  for (;;) {
    const length = letterLength(text, end, extra);
    if (length === 0) {
      return end;
    }
    end += length;
  }
}
