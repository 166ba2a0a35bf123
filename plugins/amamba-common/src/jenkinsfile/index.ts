export { createLineIndex } from './positions';
export type { LineIndex, SourcePosition, SourceRange } from './positions';
export type { Diagnostic, DiagnosticLevel } from './diagnostics';
export { GROOVY_KEYWORDS, isTrivia } from './tokens';
export type {
  PlainToken,
  StringInterpolationPart,
  StringPart,
  StringQuote,
  StringTextPart,
  StringToken,
  Token,
  TokenKind,
  TriviaKind,
} from './tokens';
export { lex } from './lexer';
export type { LexResult } from './lexer';
