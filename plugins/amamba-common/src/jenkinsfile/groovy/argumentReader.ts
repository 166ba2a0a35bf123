import { constant } from './nodes';
import { SourceRange } from '../positions';
import { CallArgument, GroovyExpression, MapEntry } from './syntax';
import { TokenCursor } from './tokenCursor';

/** An element of a list, or of a map when it is keyed. */
export type Element = MapEntry & { readonly keyed: boolean };

/** Reads what stands between commas: arguments, elements of lists, entries of maps. */
export class ArgumentReader {
  private readonly cursor: TokenCursor;
  private readonly operand: () => GroovyExpression;
  private readonly expression: () => GroovyExpression;

  /** `operand` reads a literal, a name or a bracket; `expression` anything. */
  constructor(
    cursor: TokenCursor,
    operand: () => GroovyExpression,
    expression: () => GroovyExpression,
  ) {
    this.cursor = cursor;
    this.operand = operand;
    this.expression = expression;
  }

  /** The elements of a list, a map or an index, to the end of the brackets; they may not be mixed. */
  elements(): Element[] {
    const { cursor } = this;
    const elements: Element[] = [];
    cursor.skipNewlines();
    while (cursor.peek()) {
      const start = cursor.offset;
      const label = this.label();
      const value = this.expression();
      const keyed = label.key !== undefined || label.spread?.text === '*:';
      if (elements.length > 0 && elements[0].keyed !== keyed) {
        throw cursor.failure();
      }
      elements.push({ key: label.key, value, keyed, ...cursor.span(start) });
      if (cursor.peek()) {
        cursor.expect(',');
      }
      this.skipCommas();
    }
    return elements;
  }

  /** A `name:`, a `*:` or a `*` before a value. */
  private label(): {
    key?: GroovyExpression;
    spread?: SourceRange & { text: '*' | '*:' };
  } {
    const { cursor } = this;
    const token = cursor.peek();
    if (cursor.peekOperator() === '*') {
      const { start, end } = cursor.advance();
      if (cursor.peekOperator() !== ':') {
        return { spread: { text: '*', start, end } };
      }
      cursor.advance();
      cursor.skipNewlines();
      return { spread: { text: '*:', start, end } };
    }
    const bracket = token?.kind === 'operator' && /^[([{]$/.test(token.text);
    const behind = bracket
      ? cursor.peek(cursor.partnerOf(cursor.position) + 1 - cursor.position)
      : cursor.peek(1);
    if (!token || behind?.kind !== 'operator' || behind.text !== ':') {
      return {};
    }
    let key: GroovyExpression | undefined;
    if (token.kind === 'identifier' || token.kind === 'keyword') {
      cursor.advance();
      key = constant(token.text, token, cursor.offset);
    } else if (token.kind !== 'operator' || bracket) {
      key = this.operand();
    } else {
      return {};
    }
    cursor.expect(':');
    cursor.skipNewlines();
    return { key };
  }

  private callArgument(enclosed: boolean): CallArgument {
    const { cursor } = this;
    const start = cursor.offset;
    const { key, spread } = this.label();
    const value = this.expression();
    const span = cursor.span(start);
    const { end } = span;
    if (spread?.text === '*') {
      const list: GroovyExpression = {
        kind: 'operator',
        operator: spread,
        ...span,
      };
      return { value: list, enclosed: false, start, end };
    }
    return {
      key,
      spreadsMap: spread !== undefined,
      value,
      enclosed,
      start,
      end,
    };
  }

  /** Arguments in parentheses end with these; command arguments end with the first that no comma follows. */
  callArguments(enclosed: boolean): CallArgument[] {
    const { cursor } = this;
    const list: CallArgument[] = [];
    const names = new Set<unknown>();
    while (!enclosed || cursor.peek() !== undefined) {
      const argument = this.callArgument(enclosed);
      list.push(argument);
      const { key } = argument;
      if (
        key?.kind === 'constant' &&
        names.size === names.add(key.value).size
      ) {
        cursor.report(
          'duplicate-argument',
          `Duplicate named parameter '${key.value}' found.`,
          key,
        );
      }
      if (cursor.peekOperator() !== ',') {
        break;
      }
      cursor.advance();
      cursor.skipNewlines();
      this.skipCommas();
    }
    return list;
  }

  /** Groovy takes several commas for one. */
  private skipCommas(): void {
    while (this.cursor.peekOperator() === ',') {
      this.cursor.advance();
      this.cursor.skipNewlines();
    }
  }
}
