import { DiagnosticSink } from './diagnostics';
import { isTrivia, Token } from './tokens';

/** The tokens that matter, with the partner of each bracket. */
export interface TokenStream {
  readonly text: string;
  readonly sink: DiagnosticSink;
  /** Without trivia, with significant newlines. */
  readonly tokens: readonly Token[];
  /**
   * For an opening bracket the index of what closes it: its own closing bracket or, when that is missing, the one
   * that closes the block around it, or the number of tokens. -1 for every other token.
   */
  readonly partners: Int32Array;
}

const OPENER_OF = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
]);

/** Finds the partner of each bracket, without recursion, and reports brackets that have none. */
export function createTokenStream(
  text: string,
  allTokens: readonly Token[],
  sink: DiagnosticSink,
): TokenStream {
  const tokens = allTokens.filter(token => !isTrivia(token));
  const partners = new Int32Array(tokens.length).fill(-1);
  const open: number[] = [];
  let openBraces = 0;

  const closeTop = (closer: number) => {
    const opener = open.pop();
    if (opener === undefined) {
      return;
    }
    partners[opener] = closer;
    const { text: bracket, start, end } = tokens[opener];
    openBraces -= bracket === '{' ? 1 : 0;
    if (OPENER_OF.get(tokens[closer]?.text) !== bracket) {
      const message = `'${bracket}' is not closed`;
      sink.add({
        level: 'syntax',
        code: 'unclosed-bracket',
        message,
        start,
        end,
      });
    }
  };

  tokens.forEach((token, index) => {
    if (token.kind !== 'operator') {
      return;
    }
    if (token.text === '(' || token.text === '[' || token.text === '{') {
      openBraces += token.text === '{' ? 1 : 0;
      open.push(index);
      return;
    }
    const opener = OPENER_OF.get(token.text);
    if (opener === undefined) {
      return;
    }
    // A block's end also ends what was left open inside it; the lexer does the same.
    if (opener === '{' && openBraces > 0) {
      while (tokens[open[open.length - 1]].text !== '{') {
        closeTop(index);
      }
    }
    if (open.length > 0 && tokens[open[open.length - 1]].text === opener) {
      closeTop(index);
    } else {
      sink.add({
        level: 'syntax',
        code: 'unexpected-token',
        message: `unexpected token: ${token.text}`,
        start: token.start,
        end: token.end,
      });
    }
  });
  while (open.length > 0) {
    closeTop(tokens.length);
  }
  return { text, sink, tokens, partners };
}

/** The index of the first token that begins at an offset or behind it. */
export function indexAt({ tokens }: TokenStream, offset: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens[middle].start < offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
