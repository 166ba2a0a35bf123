import { StringToken, Token } from '@amamba/backstage-plugin-amamba-common';
import {
  Block,
  ClosureExpression,
  Expression,
  GroovySyntaxError,
  MapEntry,
  Parameter,
} from './ast';
import { numberLiteral } from './numbers';
import { PRIMITIVE_TYPES } from './operators';
import { TypeParser } from './typeParser';

/** What a call is given: `f(1, b: 2) { … }`. */
export interface CallArguments {
  args: Expression[];
  named: MapEntry[];
}

/** What expressions are made of: literals, lists, maps, closures, and the arguments of calls. */
export abstract class PrimaryParser extends TypeParser {
  /** Statements up to the closing brace, which is not consumed. */
  protected abstract blockBody(): Block;

  /** A parser for the code of `${…}` in the same text. */
  protected abstract inside(
    tokens: readonly Token[],
    end: number,
  ): PrimaryParser;

  /** Any expression. */
  abstract expression(): Expression;

  /** A whole `${…}`: one expression, or several statements as a closure called at once. */
  interpolation(): Expression {
    this.skipNewlines();
    const start = this.offset;
    if (!this.token) {
      return {
        kind: 'constant',
        value: null,
        quoted: false,
        start,
        end: start,
      };
    }
    if (this.isOperator('->')) {
      this.position += 1;
    }
    const expression = this.expression();
    while (this.isNewline() || this.isOperator(';')) {
      this.position += 1;
    }
    if (!this.token) {
      return expression;
    }
    this.position = 0;
    const body = this.blockBody();
    if (this.token) {
      throw this.unexpected();
    }
    return {
      kind: 'call',
      method: { kind: 'closure', parameters: [], body, start, end: body.end },
      args: [],
      named: [],
      safe: false,
      spread: false,
      nameStart: start,
      start,
      end: body.end,
    };
  }

  protected parenthesised(): CallArguments {
    this.expectOperator('(');
    this.skipNewlines();
    const given = this.isOperator(')')
      ? { args: [], named: [] }
      : this.argumentList(() => this.isOperator(')'));
    this.skipNewlines();
    this.expectOperator(')');
    return given;
  }

  /** Arguments separated by commas; `atEnd` allows a trailing comma. */
  protected argumentList(atEnd: () => boolean): CallArguments {
    const given: CallArguments = { args: [], named: [] };
    do {
      this.skipNewlines();
      if (atEnd()) {
        break;
      }
      const entry = this.tryMapEntry();
      if (entry) {
        given.named.push(entry);
      } else {
        given.args.push(this.spreadOr(() => this.expression()));
      }
      this.skipNewlinesBefore(',');
    } while (this.takeOperator(','));
    return given;
  }

  protected skipNewlinesBefore(operator: string): void {
    const at = this.pastNewlines();
    if (at > 0 && this.isOperator(operator, at)) {
      this.position += at;
    }
  }

  protected spreadOr(rule: () => Expression): Expression {
    const start = this.offset;
    if (!this.takeOperator('*')) {
      return rule();
    }
    const value = rule();
    return { kind: 'spread', value, start, end: value.end };
  }

  /** `key: value`; the key may be a word, a string, a number or an expression in parentheses. */
  protected tryMapEntry(): MapEntry | undefined {
    const token = this.token;
    if (!token) {
      return undefined;
    }
    const { start, end } = token;
    let key: Expression | undefined;
    if (this.isOperator(':', 1)) {
      if (token.kind === 'identifier' || token.kind === 'keyword') {
        key = {
          kind: 'constant',
          value: token.text,
          quoted: false,
          start,
          end,
        };
        this.position += 2;
      } else if (token.kind === 'string' || token.kind === 'number') {
        key = this.primary();
        this.position += 1;
      } else if (this.isOperator('*')) {
        this.position += 2;
        const value = this.expression();
        key = { kind: 'spread', value, start, end: value.end };
        return { key, value, start, end: value.end };
      }
    } else if (this.isOperator('(')) {
      const before = this.position;
      key = this.primary();
      if (!this.takeOperator(':')) {
        this.position = before;
        return undefined;
      }
    }
    if (!key) {
      return undefined;
    }
    this.skipNewlines();
    const value = this.expression();
    return { key, value, start, end: value.end };
  }

  protected items(close: string): Expression[] {
    const items: Expression[] = [];
    this.skipNewlines();
    while (!this.isOperator(close)) {
      items.push(this.spreadOr(() => this.expression()));
      this.skipNewlines();
      if (!this.takeOperator(',')) {
        break;
      }
      this.skipNewlines();
    }
    this.skipNewlines();
    this.expectOperator(close);
    return items;
  }

  protected primary(): Expression {
    const token = this.token;
    const start = this.offset;
    if (!token) {
      throw this.unexpected();
    }
    if (token.kind === 'string') {
      this.position += 1;
      return this.string(token);
    }
    if (token.kind === 'number') {
      this.position += 1;
      const value = numberLiteral(token);
      return { kind: 'constant', value, quoted: false, start, end: token.end };
    }
    if (token.kind === 'identifier') {
      this.position += 1;
      return { kind: 'variable', name: token.text, start, end: token.end };
    }
    if (token.kind === 'keyword') {
      return this.keywordPrimary(token);
    }
    if (this.takeOperator('(')) {
      this.skipNewlines();
      const value = this.expression();
      this.skipNewlines();
      this.expectOperator(')');
      return value;
    }
    if (this.isOperator('[')) {
      return this.listOrMap();
    }
    if (this.isOperator('{')) {
      return this.closure();
    }
    throw this.unexpected();
  }

  protected keywordPrimary(token: Token): Expression {
    const { start, end, text } = token;
    if (text === 'true' || text === 'false' || text === 'null') {
      this.position += 1;
      const value = text === 'null' ? null : text === 'true';
      return { kind: 'constant', value, quoted: false, start, end };
    }
    if (text === 'this' || text === 'super' || PRIMITIVE_TYPES.has(text)) {
      this.position += 1;
      return { kind: 'variable', name: text, start, end };
    }
    if (text === 'new') {
      this.position += 1;
      const type = this.typeName();
      const { args, named } = this.isOperator('(')
        ? this.parenthesised()
        : { args: this.isOperator('[') ? [this.listOrMap()] : [], named: [] };
      return { kind: 'new', type, args, named, start, end: this.lastEnd };
    }
    throw this.unexpected();
  }

  protected listOrMap(): Expression {
    const { start } = this.expectOperator('[');
    this.skipNewlines();
    if (this.isOperator(':') && this.isOperator(']', 1)) {
      this.position += 2;
      return { kind: 'map', entries: [], start, end: this.lastEnd };
    }
    const before = this.position;
    const first = this.isOperator(']') ? undefined : this.tryMapEntry();
    if (!first) {
      this.position = before;
      const items = this.items(']');
      return { kind: 'list', items, start, end: this.lastEnd };
    }
    const entries = [first];
    this.skipNewlines();
    while (this.takeOperator(',')) {
      this.skipNewlines();
      if (this.isOperator(']')) {
        break;
      }
      const entry = this.tryMapEntry();
      if (!entry) {
        throw this.unexpected();
      }
      entries.push(entry);
      this.skipNewlines();
    }
    this.expectOperator(']');
    return { kind: 'map', entries, start, end: this.lastEnd };
  }

  closure(): ClosureExpression {
    return this.nested(() => {
      const { start } = this.expectOperator('{');
      const parameters = this.closureParameters();
      const body = this.blockBody();
      this.expectOperator('}');
      return { kind: 'closure', parameters, body, start, end: this.lastEnd };
    });
  }

  protected closureParameters(): Parameter[] | undefined {
    if (!this.arrowAhead()) {
      return undefined;
    }
    const parameters = this.parameterList('->');
    this.expectOperator('->');
    return parameters;
  }

  /** Looks for the `->` of a parameter list without parsing, so that nested closures cost no second reading. */
  protected arrowAhead(): boolean {
    for (let at = this.pastNewlines(); ; at += 1) {
      const token = this.tokenAt(at);
      if (
        !token ||
        (token.kind === 'newline' && !this.isOperator(',', at - 1))
      ) {
        return false;
      }
      if (token.kind === 'operator') {
        if (token.text === '->') {
          return true;
        }
        if (['{', '}', ';'].includes(token.text)) {
          return false;
        }
      }
    }
  }

  /** `a, String b = 1`, up to the closing token. */
  protected parameterList(close: string): Parameter[] {
    const parameters: Parameter[] = [];
    this.skipNewlines();
    while (!this.isOperator(close) && this.token) {
      this.takeKeyword('final');
      const typed =
        this.isKeyword('def') ||
        this.tokenAt(1)?.kind === 'identifier' ||
        !(
          this.isOperator(',', 1) ||
          this.isOperator('=', 1) ||
          this.isOperator(close, 1) ||
          this.isNewline(1)
        );
      const type = typed ? this.typeName() : undefined;
      const name = this.expectIdentifier();
      const defaultValue = this.takeOperator('=')
        ? this.expression()
        : undefined;
      parameters.push({ name, type, defaultValue });
      this.skipNewlines();
      if (!this.takeOperator(',')) {
        break;
      }
      this.skipNewlines();
    }
    return parameters;
  }

  protected string(token: StringToken): Expression {
    const { start, end } = token;
    if (!token.terminated) {
      throw new GroovySyntaxError('the string is not closed', start);
    }
    if (token.value !== undefined) {
      return { kind: 'constant', value: token.value, quoted: true, start, end };
    }
    const parts = token.parts.map(part =>
      part.kind === 'text'
        ? part.value
        : this.nested(() =>
            this.inside(part.tokens, part.code.end).interpolation(),
          ),
    );
    return { kind: 'gstring', parts, start, end };
  }
}
