import { OperandReader } from './operandReader';
import { ClosureExpression, GroovyExpression } from './syntax';
import { startsOperand, TokenCursor } from './tokenCursor';

/** Brackets and operators inside each other: deeper than this, the statement is kept as text, with a diagnostic. */
const MAX_EXPRESSION_DEPTH = 200;

const ASSIGNMENTS = new Set(
  '= += -= *= /= %= **= <<= >>= >>>= &= ^= |='.split(' '),
);

/** Binary operators by how tightly they bind, loosest first. */
const BINARY_LEVELS = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['=~', '==~'],
  ['==', '!=', '<=>', '===', '!=='],
  ['<', '>', '<=', '>=', 'in', 'instanceof', 'as'],
  ['<<', '>>', '>>>', '..', '..<'],
  ['+', '-'],
  ['*', '/', '%'],
  ['**'],
];
const LEVEL_OF = new Map(
  BINARY_LEVELS.flatMap((operators, level) =>
    operators.map((operator): [string, number] => [operator, level]),
  ),
);
const RELATIONAL_LEVEL = BINARY_LEVELS.findIndex(level => level.includes('as'));
const PREFIXES = new Set(['-', '+', '++', '--', '!', '~']);

/**
 * Reads expressions as Groovy 2.4 does: the same precedences, newline rules and command calls (`a b, c: d`, and
 * `a b c d` for `a(b).c(d)`). Throws `SyntaxFailure` on what Groovy would refuse.
 */
export class ExpressionReader {
  private readonly operands: OperandReader;
  private depth = 0;

  private readonly cursor: TokenCursor;

  /** `closureAt` makes the node of the closure that begins at the cursor, and steps over it. */
  constructor(cursor: TokenCursor, closureAt: () => ClosureExpression) {
    this.cursor = cursor;
    this.operands = new OperandReader(cursor, closureAt, () =>
      this.expression(false),
    );
  }

  /**
   * An expression with, perhaps, command arguments behind it. At the head of a statement a `{` may stand on the next
   * line and still belongs to the call before it.
   */
  commandExpression(head: boolean): GroovyExpression {
    const callee = this.expression(head);
    return isPath(callee) ? this.operands.commandChain(callee) : callee;
  }

  private expression(head: boolean): GroovyExpression {
    return this.deeper(() => this.assignment(head));
  }

  private deeper(read: () => GroovyExpression): GroovyExpression {
    this.depth += 1;
    try {
      if (this.depth > MAX_EXPRESSION_DEPTH) {
        throw this.cursor.failure(
          'nesting-too-deep',
          `expressions are nested more than ${MAX_EXPRESSION_DEPTH} deep`,
        );
      }
      return read();
    } finally {
      this.depth -= 1;
    }
  }

  private assignment(head: boolean): GroovyExpression {
    const { cursor } = this;
    const start = cursor.offset;
    const left = this.conditional(head);
    const operator = cursor.peekOperator();
    if (operator === undefined || !ASSIGNMENTS.has(operator)) {
      return left;
    }
    this.checkAssignable(left);
    cursor.advance();
    cursor.skipNewlines();
    const right = this.deeper(() => this.commandExpression(head));
    return { kind: 'binary', left, operator, right, ...cursor.span(start) };
  }

  private checkAssignable(left: GroovyExpression): void {
    if (['variable', 'property', 'index', 'operator'].includes(left.kind)) {
      return;
    }
    throw this.cursor.failure(
      'not-assignable',
      `${this.shown(left)}, but it should be a variable expression`,
    );
  }

  private shown(expression: GroovyExpression): string {
    switch (expression.kind) {
      case 'constant':
        return `[${expression.value}] is a constant expression`;
      case 'binary': {
        const left = this.cursor.textOf(expression.left);
        const right = this.cursor.textOf(expression.right);
        return `(${left} ${expression.operator} ${right}) is a binary expression`;
      }
      default:
        return `${this.cursor.textOf(expression)} is a ${expression.kind} expression`;
    }
  }

  private conditional(head: boolean): GroovyExpression {
    const { cursor } = this;
    const start = cursor.offset;
    const condition = this.binary(0, head);
    const next = cursor.peekPastNewlines();
    if (
      next?.kind !== 'operator' ||
      (next.text !== '?' && next.text !== '?:')
    ) {
      return condition;
    }
    cursor.skipNewlines();
    const operator = cursor.advance();
    cursor.skipNewlines();
    if (operator.text === '?') {
      this.expression(false);
      cursor.skipNewlines();
      cursor.expect(':');
      cursor.skipNewlines();
    }
    this.deeper(() => this.conditional(false));
    return { kind: 'operator', operator, ...cursor.span(start) };
  }

  private binary(lowest: number, head: boolean): GroovyExpression {
    const { cursor } = this;
    const start = cursor.offset;
    let left = this.unary(head);
    let highest = BINARY_LEVELS.length;
    for (;;) {
      const operator = cursor.peek();
      const level =
        operator && operator.kind !== 'string'
          ? LEVEL_OF.get(operator.text)
          : undefined;
      if (
        !operator ||
        level === undefined ||
        level < lowest ||
        level > highest
      ) {
        return left;
      }
      cursor.advance();
      cursor.skipNewlines();
      const named = operator.text === 'as' || operator.text === 'instanceof';
      const right = named
        ? this.type()
        : this.deeper(() => this.binary(level + 1, false));
      // `a as B` and `a instanceof B` are the last of their level.
      highest = named ? RELATIONAL_LEVEL - 1 : highest;
      left = ['as', '..', '..<'].includes(operator.text)
        ? { kind: 'operator', operator, ...cursor.span(start) }
        : {
            kind: 'binary',
            left,
            operator: operator.text,
            right,
            ...cursor.span(start),
          };
    }
  }

  private type(): GroovyExpression {
    const start = this.cursor.offset;
    this.cursor.skipType();
    return { kind: 'type', ...this.cursor.span(start) };
  }

  private unary(head: boolean): GroovyExpression {
    const { cursor } = this;
    const start = cursor.offset;
    const prefix = cursor.peekOperator();
    if (prefix !== undefined && PREFIXES.has(prefix)) {
      const operator = cursor.advance();
      cursor.skipNewlines();
      const operand = this.deeper(() => this.unary(false));
      if (
        (prefix === '-' || prefix === '+') &&
        operand.kind === 'constant' &&
        typeof operand.value === 'number' &&
        !operand.sign
      ) {
        const value = prefix === '-' ? -operand.value : operand.value;
        return { ...operand, value, sign: operator, ...cursor.span(start) };
      }
      return { kind: 'operator', operator, ...cursor.span(start) };
    }
    if (prefix === '(' && this.atCast()) {
      const operator = { start, end: start + 1 };
      cursor.skipBracket();
      this.deeper(() => this.unary(false));
      return { kind: 'operator', operator, ...cursor.span(start) };
    }
    const path = this.operands.path(head);
    const postfix = cursor.peekOperator();
    if (postfix === '++' || postfix === '--') {
      const operator = cursor.advance();
      return { kind: 'operator', operator, ...cursor.span(start) };
    }
    return path;
  }

  /** `(Type) operand`; `(a) + b` and `(a).b` are no casts. */
  private atCast(): boolean {
    const { cursor } = this;
    const close = cursor.partnerOf(cursor.position);
    if (cursor.typeEnd(cursor.position + 1) !== close) {
      return false;
    }
    const next = cursor.peek(close + 1 - cursor.position);
    const primitive =
      cursor.peek(1)?.kind === 'keyword' && next?.kind === 'operator';
    return (
      startsOperand(next) ||
      (next?.kind === 'operator' && ['(', '[', '{'].includes(next.text)) ||
      (primitive && ['+', '-'].includes(next.text))
    );
  }
}

/** What command arguments can follow: a name, a call or a literal, but nothing made with an operator. */
function isPath(expression: GroovyExpression): boolean {
  return (
    expression.kind !== 'binary' &&
    expression.kind !== 'operator' &&
    !(expression.kind === 'constant' && expression.sign)
  );
}
