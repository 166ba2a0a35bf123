import { ArgumentReader, Element } from './argumentReader';
import { call, constant } from './nodes';
import { readNumber } from './numbers';
import {
  CallArgument,
  ClosureExpression,
  GroovyExpression,
  MapEntry,
} from './syntax';
import { PRIMITIVE_TYPES, startsOperand, TokenCursor } from './tokenCursor';
import { Token } from './tokens';

const MEMBER_OPERATORS = new Set(['.', '?.', '*.', '.&']);

/** Reads literals, names, members and calls: everything that no operator is needed for. */
export class OperandReader {
  private readonly list: ArgumentReader;

  private readonly cursor: TokenCursor;
  private readonly closureAt: () => ClosureExpression;
  private readonly expression: () => GroovyExpression;

  constructor(
    cursor: TokenCursor,
    closureAt: () => ClosureExpression,
    expression: () => GroovyExpression,
  ) {
    this.cursor = cursor;
    this.closureAt = closureAt;
    this.expression = expression;
    this.list = new ArgumentReader(cursor, () => this.primary(), expression);
  }

  /** An operand with its members, calls and indexes. See `ExpressionReader.commandExpression` for `head`. */
  path(head: boolean): GroovyExpression {
    const start = this.cursor.offset;
    return this.suffixes(this.primary(), start, head);
  }

  private suffixes(
    operand: GroovyExpression,
    start: number,
    head: boolean,
  ): GroovyExpression {
    const { cursor } = this;
    let path = operand;
    for (;;) {
      if (cursor.peek()?.kind === 'newline') {
        const next = cursor.peekPastNewlines();
        const continues =
          next?.kind === 'operator' &&
          (MEMBER_OPERATORS.has(next.text) || (head && next.text === '{'));
        if (!continues) {
          return path;
        }
        cursor.skipNewlines();
      }
      const operator = cursor.peekOperator();
      if (operator !== undefined && MEMBER_OPERATORS.has(operator)) {
        path = this.member(path, start);
      } else if (operator === '(') {
        const { start: open } = cursor.advance();
        cursor.position -= 1;
        const list = cursor.inBracket(() => this.list.callArguments(true));
        const parentheses = { start: open, end: cursor.span(open).end };
        path = { ...call(path, list), parentheses, ...cursor.span(start) };
      } else if (operator === '{') {
        const closures = this.closures(head);
        path =
          path.kind === 'call'
            ? { ...path, arguments: [...path.arguments, ...closures] }
            : call(path, closures);
        path = { ...path, ...cursor.span(start) };
      } else if (operator === '[' && cursor.peek(1)?.text !== ':') {
        const items = cursor.inBracket(() => this.list.elements());
        const { value: only, keyed } = items[0] ?? { keyed: true };
        path = {
          kind: 'index',
          object: path,
          only: items.length === 1 && !keyed ? only : undefined,
          inside: {
            start: items[0]?.start ?? cursor.offset,
            end: items[items.length - 1]?.value.fullEnd ?? cursor.offset,
          },
          ...cursor.span(start),
        };
      } else {
        return path;
      }
    }
  }

  /** The closures that stand behind a call, side by side or, at the head of a statement, on lines of their own. */
  private closures(head: boolean): CallArgument[] {
    const { cursor } = this;
    const list: CallArgument[] = [];
    while (cursor.peekOperator() === '{') {
      const value = this.closureAt();
      const { start, end } = value;
      list.push({ value, enclosed: false, start, end });
      if (head && cursor.peekPastNewlines()?.text === '{') {
        cursor.skipNewlines();
      }
    }
    return list;
  }

  private member(object: GroovyExpression, start: number): GroovyExpression {
    const { cursor } = this;
    cursor.advance();
    cursor.skipNewlines();
    if (cursor.peekOperator() === '@') {
      cursor.advance();
    }
    const name = this.memberName();
    return { kind: 'property', object, name, ...cursor.span(start) };
  }

  private memberName(): GroovyExpression {
    const { cursor } = this;
    const token = cursor.peek();
    if (token?.kind === 'identifier' || token?.kind === 'keyword') {
      cursor.advance();
      return constant(token.text, token, cursor.offset);
    }
    if (token?.kind === 'string' || /^[({]$/.test(token?.text ?? '')) {
      return this.primary();
    }
    throw cursor.failure();
  }

  private primary(): GroovyExpression {
    const { cursor } = this;
    const token = cursor.peek();
    const start = cursor.offset;
    switch (token?.kind) {
      case 'string': {
        cursor.advance();
        return token.value === undefined
          ? { kind: 'gstring', token, ...cursor.span(start) }
          : constant(token.value, token, cursor.offset);
      }
      case 'number': {
        cursor.advance();
        const { value, tooBig } = readNumber(token.text);
        const { end } = token;
        const fullEnd = cursor.offset;
        return { kind: 'constant', value, tooBig, start, end, fullEnd };
      }
      case 'identifier':
        cursor.advance();
        return { kind: 'variable', name: token.text, ...cursor.span(start) };
      case 'keyword':
        return this.keyword(token);
      case 'operator':
        return this.bracketed(token);
      default:
        throw cursor.failure();
    }
  }

  private keyword(token: Token): GroovyExpression {
    const { cursor } = this;
    const { text, start } = token;
    if (text === 'new') {
      return this.construction();
    }
    const literals = new Map([
      ['null', null],
      ['true', true],
      ['false', false],
    ]);
    const literal = literals.get(text);
    if (literal !== undefined) {
      cursor.advance();
      return constant(literal, token, cursor.offset);
    }
    if (text === 'this' || text === 'super' || PRIMITIVE_TYPES.has(text)) {
      cursor.advance();
      return { kind: 'variable', name: text, ...cursor.span(start) };
    }
    throw cursor.failure();
  }

  private construction(): GroovyExpression {
    const { cursor } = this;
    const { start } = cursor.advance();
    cursor.skipType();
    if (cursor.peekOperator() === '(') {
      cursor.inBracket(() => this.list.callArguments(true));
      if (cursor.peekOperator() === '{') {
        cursor.skipBracket();
      }
    } else if (cursor.peekOperator() === '[') {
      cursor.inBracket(() => this.list.elements());
    } else {
      throw cursor.failure();
    }
    return { kind: 'new', ...cursor.span(start) };
  }

  private bracketed(token: Token): GroovyExpression {
    const { cursor } = this;
    const { start } = token;
    switch (token.text) {
      case '(': {
        const inner = cursor.inBracket(this.expression);
        return { kind: 'parenthesized', inner, ...cursor.span(start) };
      }
      case '[': {
        if (cursor.peek(1)?.text === ':' && cursor.peek(2)?.text === ']') {
          cursor.skipBracket();
          const empty = { start, end: token.end };
          return { kind: 'map', entries: [], empty, ...cursor.span(start) };
        }
        const elements = cursor.inBracket(() => this.list.elements());
        const span = cursor.span(start);
        return elements.some(element => element.keyed)
          ? { kind: 'map', entries: elements.map(asEntry), ...span }
          : { kind: 'list', items: elements.map(item => item.value), ...span };
      }
      case '{':
        return this.closureAt();
      default:
        throw cursor.failure();
    }
  }

  /** The command arguments behind a path, if there are any: `a b`, `a b, c: d`, `a b c d`, `a { } b { }`. */
  commandChain(head: GroovyExpression): GroovyExpression {
    const { cursor } = this;
    const { start } = head;
    let chain = head;
    for (;;) {
      const next = cursor.peek();
      if (chain.kind !== 'call' && this.atCommandArgument()) {
        const from = cursor.offset;
        const list = this.list.callArguments(false);
        const command = { start: from, end: cursor.offset };
        chain = { ...call(chain, list), command, ...cursor.span(start) };
      } else if (chain.kind === 'call' && chainable(next)) {
        const name = this.chainedName(next);
        const span = cursor.span(start);
        chain = { kind: 'property', object: chain, name, ...span };
        chain = this.suffixes(chain, start, false);
      } else {
        return chain;
      }
    }
  }

  private chainedName(token: Token | undefined): GroovyExpression {
    return token?.kind === 'number' || token?.kind === 'keyword'
      ? this.primary()
      : this.memberName();
  }

  private atCommandArgument(): boolean {
    const { cursor } = this;
    const token = cursor.peek();
    const labelled = token?.kind === 'keyword' && cursor.peek(1)?.text === ':';
    const emptyMap = token?.text === '[' && cursor.peek(1)?.text === ':';
    return startsOperand(token) || labelled || emptyMap;
  }
}

function asEntry({ key, value, start, end }: Element): MapEntry {
  return { key, value, start, end };
}

/** Whether a token can go on a chain of command calls: `a(b) c`. */
function chainable(token: Token | undefined): boolean {
  return token?.kind !== 'operator' && startsOperand(token);
}
