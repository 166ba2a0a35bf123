import { StringToken, Token } from '@amamba/backstage-plugin-amamba-common';
import {
  Block,
  ClosureExpression,
  Expression,
  GroovySyntaxError,
  MapEntry,
  Parameter,
} from './ast';
import { Cursor } from './cursor';
import { numberLiteral } from './numbers';
import {
  ASSIGNMENTS,
  BINARY_LEVELS,
  looksLikeType,
  PRIMITIVE_TYPES,
} from './operators';

/** What a call is given: `f(1, b: 2) { … }`. */
export interface CallArguments {
  args: Expression[];
  named: MapEntry[];
}

/** The expressions of Groovy 2.4, as far as pipelines use them. */
export abstract class ExpressionParser extends Cursor {
  /** Statements up to the closing brace, which is not consumed. */
  protected abstract blockBody(): Block;
  /** A parser for the code of `${…}` in the same text. */
  protected abstract inside(
    tokens: readonly Token[],
    end: number,
  ): ExpressionParser;

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

  expression(): Expression {
    return this.nested(() => this.assignment(false));
  }

  /** An expression that stands as a statement: there `f a, b` is a call, and `{` may stand on the next line. */
  protected statementExpression(): Expression {
    return this.nested(() => this.assignment(true));
  }

  private assignment(statement: boolean): Expression {
    const target = this.ternary(statement);
    const operator = this.token?.kind === 'operator' ? this.token.text : '';
    if (!ASSIGNMENTS.has(operator)) {
      return target;
    }
    this.checkAssignable(target, statement);
    this.position += 1;
    this.skipNewlines();
    // The right side may be a command call too: `def x = sh script: '…', returnStdout: true`.
    const value = this.nested(() => this.assignment(statement));
    return {
      kind: 'assign',
      operator,
      target,
      value,
      start: target.start,
      end: value.end,
    };
  }

  private checkAssignable(target: Expression, statement: boolean): void {
    if (
      target.kind === 'variable' ||
      target.kind === 'property' ||
      target.kind === 'index' ||
      target.kind === 'list' ||
      !statement
    ) {
      return;
    }
    const text = this.text.slice(target.start, target.end);
    if (target.kind === 'constant' || target.kind === 'gstring') {
      throw new GroovySyntaxError(
        `[${target.kind === 'constant' ? target.value : text}] is a constant expression, but it should be a variable expression`,
        target.start,
      );
    }
    if (target.kind === 'binary') {
      throw new GroovySyntaxError(
        `(${this.text.slice(target.left.start, target.left.end)} ${target.operator} ${this.text.slice(target.right.start, target.right.end)}) is a binary expression, but it should be a variable expression`,
        target.start,
      );
    }
    throw new GroovySyntaxError(
      `(${text}) is an expression that cannot be assigned to`,
      target.start,
    );
  }

  private ternary(statement: boolean): Expression {
    const condition = this.binary(0, statement);
    const at = this.pastNewlines();
    if (this.isOperator('?:', at)) {
      this.position += at + 1;
      this.skipNewlines();
      const no = this.nested(() => this.ternary(false));
      return {
        kind: 'ternary',
        condition,
        no,
        start: condition.start,
        end: no.end,
      };
    }
    if (this.isOperator('?', at)) {
      this.position += at + 1;
      this.skipNewlines();
      const yes = this.expression();
      this.skipNewlines();
      this.expectOperator(':');
      this.skipNewlines();
      const no = this.nested(() => this.ternary(false));
      return {
        kind: 'ternary',
        condition,
        yes,
        no,
        start: condition.start,
        end: no.end,
      };
    }
    return condition;
  }

  /** Binary operators by climbing: `level` is the loosest that may be taken here. */
  private binary(level: number, statement: boolean): Expression {
    let left = this.power(statement);
    for (;;) {
      const token = this.token;
      const binds =
        token?.kind === 'operator' || token?.kind === 'keyword'
          ? BINARY_LEVELS.get(token.text)
          : undefined;
      if (!token || binds === undefined || binds < level) {
        return left;
      }
      this.position += 1;
      this.skipNewlines();
      const operator = token.text;
      if (operator === 'instanceof' || operator === 'as') {
        const type = this.typeName();
        const range = { start: left.start, end: this.lastEnd };
        left =
          operator === 'as'
            ? { kind: 'cast', type, value: left, coerce: true, ...range }
            : { kind: 'instanceof', type, value: left, ...range };
        continue;
      }
      const right = this.nested(() => this.binary(binds + 1, false));
      left = {
        kind: 'binary',
        operator,
        left,
        right,
        start: left.start,
        end: right.end,
      };
    }
  }

  private power(statement: boolean): Expression {
    const left = this.unary(statement);
    if (!this.takeOperator('**')) {
      return left;
    }
    this.skipNewlines();
    const right = this.nested(() => this.power(false));
    return {
      kind: 'binary',
      operator: '**',
      left,
      right,
      start: left.start,
      end: right.end,
    };
  }

  private unary(statement: boolean): Expression {
    const token = this.token;
    const start = this.offset;
    if (token?.kind === 'operator') {
      if (['!', '-', '+', '~'].includes(token.text)) {
        this.position += 1;
        const operand = this.nested(() => this.unary(false));
        const operator = token.text as '!' | '-' | '+' | '~';
        return { kind: 'unary', operator, operand, start, end: operand.end };
      }
      if (token.text === '++' || token.text === '--') {
        this.position += 1;
        const operand = this.nested(() => this.unary(false));
        return {
          kind: 'increment',
          operator: token.text,
          prefix: true,
          operand,
          start,
          end: operand.end,
        };
      }
      const cast = this.tryCast();
      if (cast) {
        return cast;
      }
    }
    const operand = this.path(statement);
    const after = this.token;
    if (
      after?.kind === 'operator' &&
      (after.text === '++' || after.text === '--')
    ) {
      this.position += 1;
      return {
        kind: 'increment',
        operator: after.text,
        prefix: false,
        operand,
        start,
        end: after.end,
      };
    }
    return operand;
  }

  /** `(Type) value`, told from a parenthesised expression by what follows. */
  private tryCast(): Expression | undefined {
    if (!this.isOperator('(')) {
      return undefined;
    }
    const start = this.offset;
    const before = this.position;
    this.position += 1;
    const word = this.token;
    const last = this.qualifiedNameEnd();
    if (word && last !== undefined && looksLikeType(last)) {
      const type = this.typeName();
      if (this.takeOperator(')') && this.startsOperand()) {
        const value = this.nested(() => this.unary(false));
        return {
          kind: 'cast',
          type,
          value,
          coerce: false,
          start,
          end: value.end,
        };
      }
    }
    this.position = before;
    return undefined;
  }

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

  private startsOperand(): boolean {
    const token = this.token;
    return (
      token !== undefined &&
      (token.kind === 'identifier' ||
        token.kind === 'number' ||
        token.kind === 'string' ||
        (token.kind === 'keyword' &&
          ['this', 'new', 'true', 'false', 'null'].includes(token.text)) ||
        (token.kind === 'operator' && ['(', '[', '{'].includes(token.text)))
    );
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

  private skipTypeArguments(): void {
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

  /** A primary with its selectors, calls and trailing closures; as a statement also `name arguments`. */
  private path(statement: boolean): Expression {
    let value = this.primary();
    for (;;) {
      const next = this.selector(value, statement);
      if (!next) {
        break;
      }
      value = next;
    }
    if (statement && this.startsCommand(value)) {
      return this.command(value);
    }
    return value;
  }

  private selector(
    value: Expression,
    statement: boolean,
  ): Expression | undefined {
    const at = this.pastNewlines();
    const token = this.tokenAt(at);
    if (token?.kind !== 'operator') {
      return undefined;
    }
    if (['.', '?.', '*.'].includes(token.text)) {
      this.position += at + 1;
      this.skipNewlines();
      return this.member(value, token.text);
    }
    if (token.text === '.&') {
      this.position += at + 1;
      const name = this.expectIdentifier();
      return {
        kind: 'pointer',
        target: value,
        name,
        start: value.start,
        end: this.lastEnd,
      };
    }
    if (token.text === '{' && (at === 0 || statement) && isCallable(value)) {
      this.position += at;
      return this.callWith(value, { args: [this.closure()], named: [] });
    }
    if (at > 0) {
      return undefined;
    }
    if (token.text === '(') {
      return this.callWith(value, this.parenthesised());
    }
    if (token.text === '[') {
      this.position += 1;
      const indices = this.items(']');
      return {
        kind: 'index',
        target: value,
        indices,
        start: value.start,
        end: this.lastEnd,
      };
    }
    return undefined;
  }

  private member(target: Expression, operator: string): Expression {
    const token = this.token;
    const safe = operator === '?.';
    const spread = operator === '*.';
    let name: string | Expression;
    if (token?.kind === 'string') {
      this.position += 1;
      name = token.value ?? this.string(token);
    } else if (token?.kind === 'identifier' || token?.kind === 'keyword') {
      this.position += 1;
      name = token.text;
    } else if (this.isOperator('(')) {
      name = this.primary();
    } else {
      throw this.unexpected();
    }
    return {
      kind: 'property',
      target,
      name,
      safe,
      spread,
      start: target.start,
      end: this.lastEnd,
    };
  }

  /** `value` called with arguments; a call that already has some gets the trailing closure added. */
  private callWith(value: Expression, given: CallArguments): Expression {
    const end = this.lastEnd;
    const base = { start: value.start, end, ...given };
    if (value.kind === 'variable') {
      return {
        kind: 'call',
        method: value.name,
        safe: false,
        spread: false,
        nameStart: value.start,
        ...base,
      };
    }
    if (value.kind === 'property') {
      const { target, name, safe, spread } = value;
      const nameStart =
        value.end - (typeof name === 'string' ? name.length : 0);
      return {
        kind: 'call',
        target,
        method: name,
        safe,
        spread,
        nameStart,
        ...base,
      };
    }
    const closure = given.args.length === 1 && given.args[0].kind === 'closure';
    if (value.kind === 'call' && closure && given.named.length === 0) {
      return { ...value, args: [...value.args, ...given.args], end };
    }
    return {
      kind: 'call',
      method: value,
      safe: false,
      spread: false,
      nameStart: value.start,
      ...base,
    };
  }

  /** Whether what follows can be the first argument of a call without parentheses. */
  private startsCommand(value: Expression): boolean {
    const name =
      value.kind === 'variable' ||
      value.kind === 'property' ||
      (value.kind === 'constant' && value.quoted);
    const token = this.token;
    if (value.kind === 'constant' && !value.quoted) {
      // `1BAR = …` is a call of 1 to Groovy's parser; what it means is for others to reject.
      return token?.kind === 'identifier' && token.start === value.end;
    }
    if (!name || !token) {
      return false;
    }
    if (token.kind === 'keyword') {
      return (
        ['this', 'new', 'true', 'false', 'null', 'super'].includes(
          token.text,
        ) ||
        (PRIMITIVE_TYPES.has(token.text) && this.isOperator(':', 1))
      );
    }
    return (
      token.kind === 'identifier' ||
      token.kind === 'number' ||
      token.kind === 'string' ||
      (token.kind === 'operator' &&
        token.text === '!' &&
        token.start > this.lastEnd)
    );
  }

  private command(value: Expression): Expression {
    const given = this.argumentList(() => false);
    let call = this.callWith(value, given);
    // `a b c d` is `a(b).c(d)`.
    while (this.token?.kind === 'identifier') {
      const member = this.member(call, '.');
      call = this.startsCommand(member)
        ? this.callWith(
            member,
            this.argumentList(() => false),
          )
        : member;
    }
    return call;
  }

  private parenthesised(): CallArguments {
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
  private argumentList(atEnd: () => boolean): CallArguments {
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

  private skipNewlinesBefore(operator: string): void {
    const at = this.pastNewlines();
    if (at > 0 && this.isOperator(operator, at)) {
      this.position += at;
    }
  }

  private spreadOr(rule: () => Expression): Expression {
    const start = this.offset;
    if (!this.takeOperator('*')) {
      return rule();
    }
    const value = rule();
    return { kind: 'spread', value, start, end: value.end };
  }

  /** `key: value`; the key may be a word, a string, a number or an expression in parentheses. */
  private tryMapEntry(): MapEntry | undefined {
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

  private items(close: string): Expression[] {
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

  private primary(): Expression {
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

  private keywordPrimary(token: Token): Expression {
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

  private listOrMap(): Expression {
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

  private closureParameters(): Parameter[] | undefined {
    if (!this.arrowAhead()) {
      return undefined;
    }
    const parameters = this.parameterList('->');
    this.expectOperator('->');
    return parameters;
  }

  /** Looks for the `->` of a parameter list without parsing, so that nested closures cost no second reading. */
  private arrowAhead(): boolean {
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

  private string(token: StringToken): Expression {
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

/** Whether a `{` after it is its closure argument. */
function isCallable(value: Expression): boolean {
  return (
    value.kind === 'variable' ||
    value.kind === 'property' ||
    value.kind === 'call'
  );
}
