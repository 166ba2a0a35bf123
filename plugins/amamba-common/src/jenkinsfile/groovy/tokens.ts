import { SourceRange } from '../positions';

/** The six ways to write a string in Groovy, named by their opening delimiter. */
export type StringQuote = "'" | "'''" | '"' | '"""' | '/' | '$/';

/** Literal text inside a string. */
export interface StringTextPart extends SourceRange {
  readonly kind: 'text';
  /** The text the program sees: escapes decoded, line ends as `\n`. */
  readonly value: string;
}

/** `${…}` (form `braces`) or `$a.b` (form `path`) inside a string; the range includes the `$`. */
export interface StringInterpolationPart extends SourceRange {
  readonly kind: 'interpolation';
  readonly form: 'braces' | 'path';
  /** The Groovy between the braces, or the dotted path. */
  readonly code: SourceRange;
  /** All tokens of `code`, trivia included. */
  readonly tokens: readonly Token[];
}

export type StringPart = StringTextPart | StringInterpolationPart;

interface TokenBase extends SourceRange {
  /** The exact source text. */
  readonly text: string;
}

export interface StringToken extends TokenBase {
  readonly kind: 'string';
  readonly quote: StringQuote;
  /** In source order, without gaps; empty text parts are left out. */
  readonly parts: readonly StringPart[];
  /** The decoded value; undefined when the string has an interpolation (a GString). */
  readonly value: string | undefined;
  /** False when the closing delimiter is missing. */
  readonly terminated: boolean;
}

/** Kinds of tokens that mean nothing to the program. A significant line end is `newline`, not trivia. */
export type TriviaKind =
  'whitespace' | 'lineComment' | 'blockComment' | 'shebang';

export interface PlainToken extends TokenBase {
  readonly kind:
    | TriviaKind
    /** One line end that may end a statement; those inside `(` or `[` are whitespace, as in Groovy. */
    | 'newline'
    | 'identifier'
    | 'keyword'
    | 'number'
    /** Operators, brackets and separators. */
    | 'operator'
    /** Characters that Groovy does not accept here. */
    | 'unknown';
}

/** A lexical token. The tokens of a text, joined, are the text. */
export type Token = PlainToken | StringToken;
export type TokenKind = Token['kind'];

/** Reserved words of Groovy 2.4. `as`, `def`, `in` and `threadsafe` are among them. */
export const GROOVY_KEYWORDS: ReadonlySet<string> = new Set(
  (
    'abstract as assert boolean break byte case catch char class const continue def default do double else enum ' +
    'extends false final finally float for goto if implements import in instanceof int interface long native new ' +
    'null package private protected public return short static strictfp super switch synchronized this threadsafe ' +
    'throw throws trait transient true try void volatile while'
  ).split(' '),
);

/** Whether a token is whitespace or a comment. */
export function isTrivia(
  token: Token,
): token is PlainToken & { kind: TriviaKind } {
  return (
    token.kind === 'whitespace' ||
    token.kind === 'lineComment' ||
    token.kind === 'blockComment' ||
    token.kind === 'shebang'
  );
}
