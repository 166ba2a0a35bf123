const TOKEN = /&&|\|\||!|\(|\)|"[^"]*"|[^\s&|!()"]+/g;

/** Reads an expression while it is evaluated. */
class LabelExpression {
  private readonly tokens: string[];
  private readonly labels: string[];
  private at = 0;

  constructor(expression: string, labels: string[]) {
    this.tokens = expression.match(TOKEN) ?? [];
    this.labels = labels;
  }

  /** @throws SyntaxError */
  value(): boolean {
    const value = this.or();
    if (this.at < this.tokens.length) throw new SyntaxError('too much text');
    return value;
  }

  private take(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }

  private or(): boolean {
    let value = this.and();
    while (this.take('||')) value = this.and() || value;
    return value;
  }

  private and(): boolean {
    let value = this.atom();
    while (this.take('&&')) value = this.atom() && value;
    return value;
  }

  private atom(): boolean {
    if (this.take('!')) return !this.atom();
    if (this.take('(')) {
      const value = this.or();
      if (!this.take(')')) throw new SyntaxError('")" expected');
      return value;
    }
    const token = this.tokens[this.at++];
    if (token === undefined || /^(&&|\|\||\))$/.test(token)) {
      throw new SyntaxError('a label is expected');
    }
    return this.labels.includes(token.replace(/^"(.*)"$/, '$1'));
  }
}

/**
 * Whether an agent with these labels fits a label expression: names joined with `!`, `&&`, `||` and parentheses, quoted
 * names allowed (`hudson.model.labels`). An expression that cannot be read fits nothing.
 */
export function labelMatches(expression: string, labels: string[]): boolean {
  try {
    return new LabelExpression(expression, labels).value();
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
