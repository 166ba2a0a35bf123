export { createLineIndex } from './positions';
export type { LineIndex, SourcePosition, SourceRange } from './positions';
export type { Diagnostic, DiagnosticLevel } from './groovy/diagnostics';
export { GROOVY_KEYWORDS, isTrivia } from './groovy/tokens';
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
} from './groovy/tokens';
export { lex } from './groovy/lexer';
export type { LexResult } from './groovy/lexer';
export { readNumber } from './groovy/numbers';
export type { GroovyNumber } from './groovy/numbers';
export { parseJenkinsfile, printJenkinsfile } from './document';
export type { JenkinsfileDocument } from './document';
export { toPipelineJson } from './json';
export type { JsonValue } from './json';
export type { StepParameters } from './stepParameters';
export { declaredJobSettings } from './jobSettings';
export type {
  DeclaredEntry,
  DeclaredJobSettings,
  DeclaredParameter,
} from './jobSettings';
export type * from './model';
export type * from './groovy/syntax';
