import { Diagnostic } from './diagnostics';
import { SourceRange } from '../positions';
import { Token } from './tokens';
import { TokenStream } from './tokenStream';

/** What stops the reading of one statement; it is caught there and becomes a diagnostic. */
export class SyntaxFailure extends Error {
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}

/** Names of types that are keywords. */
export const PRIMITIVE_TYPES: ReadonlySet<string> = new Set(
  'void boolean byte char short int float long double'.split(' '),
);

const OPERAND_KEYWORDS = new Set([
  ...PRIMITIVE_TYPES,
  ...['new', 'this', 'super', 'null', 'true', 'false'],
]);

/** Whether a token can begin an operand that is not in brackets and has no sign. */
export function startsOperand(token: Token | undefined): boolean {
  switch (token?.kind) {
    case 'identifier':
    case 'number':
    case 'string':
      return true;
    case 'keyword':
      return OPERAND_KEYWORDS.has(token.text);
    case 'operator':
      return token.text === '!' || token.text === '~';
    default:
      return false;
  }
}

/** A place in a token stream, and the end of the brackets around it. */
export class TokenCursor {
  position = 0;
  /** The index of the token that the reading must not pass. */
  limit: number;

  private readonly stream: TokenStream;

  constructor(stream: TokenStream) {
    this.stream = stream;
    this.limit = stream.tokens.length;
  }

  peek(ahead = 0): Token | undefined {
    const index = this.position + ahead;
    return index < this.limit ? this.stream.tokens[index] : undefined;
  }

  /** The text of the next token when it is an operator or a bracket. */
  peekOperator(): string | undefined {
    const token = this.peek();
    return token?.kind === 'operator' ? token.text : undefined;
  }

  /** The next token that is not a newline. */
  peekPastNewlines(): Token | undefined {
    let ahead = 0;
    while (this.peek(ahead)?.kind === 'newline') {
      ahead += 1;
    }
    return this.peek(ahead);
  }

  skipNewlines(): void {
    while (this.peek()?.kind === 'newline') {
      this.position += 1;
    }
  }

  /** Takes the next token; fails at the end of the brackets. */
  advance(): Token {
    const token = this.peek();
    if (!token) {
      throw this.failure();
    }
    this.position += 1;
    return token;
  }

  expect(operator: string): Token {
    if (this.peekOperator() !== operator) {
      throw this.failure();
    }
    return this.advance();
  }

  /** Where the next token begins, beyond the brackets too. */
  get offset(): number {
    const { text, tokens } = this.stream;
    return tokens[this.position]?.start ?? text.length;
  }

  /** The ranges of a node that began at `start` and ends with the token before the cursor. */
  span(start: number): { start: number; end: number; fullEnd: number } {
    const end = this.stream.tokens[this.position - 1]?.end ?? start;
    return { start, end: Math.max(start, end), fullEnd: this.offset };
  }

  textOf(range: SourceRange): string {
    return this.stream.text.slice(range.start, range.end);
  }

  /** The index of what closes the bracket at an index; see `TokenStream.partners`. */
  partnerOf(index: number): number {
    return this.stream.partners[index];
  }

  tokenAt(index: number): Token | undefined {
    return this.stream.tokens[index];
  }

  /** Whether the bracket at an index has a closing bracket of its own. */
  isClosed(index: number): boolean {
    const opener = this.stream.tokens[index].text;
    const closer = this.stream.tokens[this.partnerOf(index)]?.text;
    return closer === { '(': ')', '[': ']', '{': '}' }[opener];
  }

  /** Steps over a whole bracket, or to what ends it when it is not closed. */
  skipBracket(): void {
    const partner = this.partnerOf(this.position);
    const beyond = this.isClosed(this.position) ? partner + 1 : partner;
    this.position = Math.min(beyond, this.limit);
  }

  /** Runs `read` on the inside of the bracket at the cursor and steps over its end; fails when something is left. */
  inBracket<T>(read: () => T): T {
    const outer = this.limit;
    const partner = this.partnerOf(this.position);
    const closed = this.isClosed(this.position);
    this.position += 1;
    this.limit = Math.min(outer, partner);
    try {
      const result = read();
      this.skipNewlines();
      if (this.position < this.limit || !closed) {
        throw this.failure();
      }
      this.position = partner + 1;
      return result;
    } finally {
      this.limit = outer;
    }
  }

  /**
   * The index behind a type (`a.b.C<D, E>[]`) that begins at an index, or -1 when there is none.
   */
  typeEnd(from: number): number {
    const at = (index: number) =>
      index < this.limit ? this.stream.tokens[index] : undefined;
    let index = from;
    const first = at(index);
    if (first?.kind === 'keyword' && PRIMITIVE_TYPES.has(first.text)) {
      index += 1;
    } else {
      while (at(index)?.kind === 'identifier') {
        index += 1;
        if (at(index)?.text !== '.' || at(index + 1)?.kind !== 'identifier') {
          break;
        }
        index += 1;
      }
      if (index === from) {
        return -1;
      }
    }
    if (at(index)?.text === '<') {
      let open = 0;
      do {
        const token = at(index);
        if (token?.text === '<') {
          open += 1;
        } else if (token && /^>+$/.test(token.text)) {
          open -= token.text.length;
        } else if (!token || !isTypeArgument(token)) {
          return -1;
        }
        index += 1;
      } while (open > 0);
    }
    while (at(index)?.text === '[' && at(index + 1)?.text === ']') {
      index += 2;
    }
    return index;
  }

  skipType(): void {
    const end = this.typeEnd(this.position);
    if (end < 0) {
      throw this.failure();
    }
    this.position = end;
  }

  /** Reports what is wrong without stopping the reading. */
  report(code: string, message: string, { start, end }: SourceRange): void {
    this.stream.sink.add({ level: 'syntax', code, message, start, end });
  }

  /** A failure at the next token, by default because it is not expected here. */
  failure(code = 'unexpected-token', message?: string): SyntaxFailure {
    const { text, tokens } = this.stream;
    const token = tokens[this.position];
    const shown = token?.kind === 'newline' ? '' : token?.text.slice(0, 40);
    return new SyntaxFailure({
      level: 'syntax',
      code,
      message: message ?? `unexpected token: ${shown ?? ''}`,
      start: token?.start ?? text.length,
      end: token?.end ?? text.length,
    });
  }
}

function isTypeArgument(token: Token): boolean {
  return (
    token.kind === 'identifier' ||
    token.kind === 'keyword' ||
    ['?', ',', '.', '&', '[', ']'].includes(token.text)
  );
}
