import { Cursor } from './cursor';
import { PRIMITIVE_TYPES } from './operators';

/** Types, as far as they can be told from other expressions. */
export abstract class TypeParser extends Cursor {
  /** The last word of the dotted name at the cursor, without moving. */
  protected qualifiedNameEnd(distance = 0): string | undefined {
    let at = distance;
    for (;;) {
      const token = this.tokenAt(at);
      const word =
        token?.kind === 'identifier' ||
        (token?.kind === 'keyword' && PRIMITIVE_TYPES.has(token.text));
      if (!token || !word) {
        return undefined;
      }
      if (!this.isOperator('.', at + 1)) {
        return token.text;
      }
      at += 2;
    }
  }

  /** A type with its type arguments and brackets, as `java.util.List` or `String[]`. */
  protected typeName(): string {
    const token = this.token;
    if (
      token?.kind === 'keyword' &&
      (PRIMITIVE_TYPES.has(token.text) || token.text === 'def')
    ) {
      this.position += 1;
    } else {
      this.expectIdentifier();
      while (this.isOperator('.') && this.tokenAt(1)?.kind === 'identifier') {
        this.position += 2;
      }
    }
    const end = this.lastEnd;
    this.skipTypeArguments();
    let brackets = '';
    while (this.isOperator('[') && this.isOperator(']', 1)) {
      this.position += 2;
      brackets += '[]';
    }
    return this.text.slice(token?.start ?? end, end) + brackets;
  }

  protected skipTypeArguments(): void {
    if (!this.isOperator('<')) {
      return;
    }
    const before = this.position;
    let open = 0;
    while (this.token) {
      const { kind, text } = this.token;
      if (kind === 'operator' && text === '<') {
        open += 1;
      } else if (kind === 'operator' && /^>+$/.test(text)) {
        open -= text.length;
      } else if (
        kind !== 'identifier' &&
        kind !== 'keyword' &&
        !(kind === 'operator' && [',', '.', '?'].includes(text))
      ) {
        break;
      }
      this.position += 1;
      if (open <= 0) {
        return;
      }
    }
    this.position = before;
  }
}
