import { Expression, GroovySyntaxError } from './ast';
import { ASSIGNMENTS, BINARY_LEVELS, looksLikeType } from './operators';
import { PathParser } from './paths';

/** The expressions of Groovy 2.4, as far as pipelines use them. */
export abstract class ExpressionParser extends PathParser {
  expression(): Expression {
    return this.nested(() => this.assignment(false));
  }

  /** An expression that stands as a statement: there `f a, b` is a call, and `{` may stand on the next line. */
  protected statementExpression(): Expression {
    return this.nested(() => this.assignment(true));
  }

  protected assignment(statement: boolean): Expression {
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

  protected checkAssignable(target: Expression, statement: boolean): void {
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

  protected ternary(statement: boolean): Expression {
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
  protected binary(level: number, statement: boolean): Expression {
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

  protected power(statement: boolean): Expression {
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

  protected unary(statement: boolean): Expression {
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
  protected tryCast(): Expression | undefined {
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

  protected startsOperand(): boolean {
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
}
