import { isTrivia, Token } from '@amamba/backstage-plugin-amamba-common';
import { GroovySyntaxError } from './ast';

/** Nesting beyond this is refused rather than risking the stack of the interpreter. */
const MAX_DEPTH = 500;

/** A position in the significant tokens of a script or of one `${…}`. */
export class Cursor {
  protected readonly tokens: readonly Token[];
  protected position = 0;
  private depth = 0;

  readonly text: string;
  private readonly endOffset: number;

  constructor(text: string, tokens: readonly Token[], endOffset: number) {
    this.text = text;
    this.endOffset = endOffset;

    this.tokens = tokens.filter(token => !isTrivia(token));
  }

  protected get token(): Token | undefined {
    return this.tokens[this.position];
  }

  protected tokenAt(distance: number): Token | undefined {
    return this.tokens[this.position + distance];
  }

  protected get offset(): number {
    return this.token?.start ?? this.endOffset;
  }

  /** The end of the token before the cursor. */
  protected get lastEnd(): number {
    return this.tokens[this.position - 1]?.end ?? 0;
  }

  protected isOperator(text: string, distance = 0): boolean {
    const token = this.tokenAt(distance);
    return token?.kind === 'operator' && token.text === text;
  }

  protected isKeyword(text: string, distance = 0): boolean {
    const token = this.tokenAt(distance);
    return token?.kind === 'keyword' && token.text === text;
  }

  protected isNewline(distance = 0): boolean {
    return this.tokenAt(distance)?.kind === 'newline';
  }

  protected takeOperator(text: string): boolean {
    if (this.isOperator(text)) {
      this.position += 1;
      return true;
    }
    return false;
  }

  protected takeKeyword(text: string): boolean {
    if (this.isKeyword(text)) {
      this.position += 1;
      return true;
    }
    return false;
  }

  protected skipNewlines(): void {
    while (this.isNewline()) {
      this.position += 1;
    }
  }

  /** The distance to the first token that is no newline. */
  protected pastNewlines(distance = 0): number {
    let at = distance;
    while (this.isNewline(at)) {
      at += 1;
    }
    return at;
  }

  protected expectOperator(text: string): Token {
    const token = this.token;
    if (!token || !this.isOperator(text)) {
      throw this.unexpected(`expecting '${text}'`);
    }
    this.position += 1;
    return token;
  }

  protected expectIdentifier(): string {
    const token = this.token;
    if (token?.kind !== 'identifier') {
      throw this.unexpected('expecting an identifier');
    }
    this.position += 1;
    return token.text;
  }

  /** An error at the cursor in the words of Groovy's parser. */
  protected unexpected(expected?: string): GroovySyntaxError {
    const token = this.token;
    const found = token ? token.text.split(/[\r\n]/, 1)[0] : '';
    const what = expected
      ? `${expected}, found '${found}'`
      : `unexpected token: ${found || 'end of file'}`;
    return new GroovySyntaxError(what, this.offset);
  }

  /** Runs a rule one level deeper, so that no input can exhaust the stack. */
  protected nested<T>(rule: () => T): T {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) {
      throw new GroovySyntaxError(
        'the script is nested too deeply',
        this.offset,
      );
    }
    try {
      return rule();
    } finally {
      this.depth -= 1;
    }
  }
}
