import { ExpressionReader } from './expressionReader';
import { SourceRange } from '../positions';
import { ClosureExpression, OpaqueStatement, Statement } from './syntax';
import { PRIMITIVE_TYPES, SyntaxFailure, TokenCursor } from './tokenCursor';
import { Token } from './tokens';
import { TokenStream } from './tokenStream';

const CONTROL = new Set(
  (
    'if else for while do switch case default try catch finally return throw break continue assert synchronized ' +
    'goto'
  ).split(' '),
);
const DECLARATION = new Set(
  (
    'import package def class interface enum trait abstract final private protected public static native transient volatile ' +
    'strictfp const threadsafe'
  ).split(' '),
);
const MODIFIERS = new Set(['def', 'final']);
/** Behind these a parenthesis belongs to the statement, and its body may follow on the next line. */
const HEADERS = new Set('if for while switch catch synchronized'.split(' '));
/** A statement goes on with these, even on the next line. */
const CONTINUATIONS = new Set(
  'else catch finally . ?. *. .& ? ?: :'.split(' '),
);
/** A statement that ends a line with one of these goes on. */
const UNFINISHED = new Set(
  (
    'else do try finally , . ?. *. = += -= *= /= + - * / % ** << >> >>> && || & | ^ == != < > <= >= <=> =~ ==~ ' +
    '? ?: : ! ~ -> in instanceof as'
  ).split(' '),
);

/**
 * Takes blocks apart into statements. Call statements are read to the last argument; control structures,
 * declarations and what Groovy would refuse become opaque statements of known extent.
 */
export class StatementReader {
  private readonly cursor: TokenCursor;
  private readonly expressions: ExpressionReader;
  /** The tokens of each closure's body. */
  private readonly bodies = new WeakMap<
    ClosureExpression,
    { from: number; to: number }
  >();

  private readonly stream: TokenStream;

  constructor(stream: TokenStream) {
    this.stream = stream;
    this.cursor = new TokenCursor(stream);
    this.expressions = new ExpressionReader(this.cursor, () => this.closure());
  }

  /** The statements of the file. */
  fileStatements(): readonly Statement[] {
    return this.statements(0, this.stream.tokens.length);
  }

  /** The statements of a closure; they are read, and their faults reported, on the first call. */
  statementsOf(closure: ClosureExpression): readonly Statement[] {
    const body = this.bodies.get(closure);
    if (!closure.statements && body) {
      closure.statements = this.statements(body.from, body.to);
    }
    return closure.statements ?? [];
  }

  /** The statements that begin with `name {`, at any depth of a range. */
  callsIn(range: SourceRange, name: string): readonly Statement[] {
    const { tokens } = this.stream;
    const found: Statement[] = [];
    tokens.forEach((token, index) => {
      const before = tokens[index - 1];
      if (
        token.text === name &&
        token.start >= range.start &&
        token.end <= range.end &&
        tokens[index + 1]?.text === '{' &&
        (before?.kind === 'newline' || ['{', ';', '->'].includes(before?.text))
      ) {
        this.cursor.position = index;
        this.cursor.limit = this.stream.partners[index + 1] + 1;
        found.push(this.statement());
      }
    });
    return found;
  }

  private statements(from: number, to: number): Statement[] {
    const { cursor } = this;
    const result: Statement[] = [];
    cursor.position = from;
    cursor.limit = to;
    for (;;) {
      while (isSeparator(cursor.peek())) {
        cursor.position += 1;
      }
      if (!cursor.peek()) {
        return result;
      }
      result.push(this.statement());
    }
  }

  private statement(): Statement {
    const { cursor } = this;
    const from = cursor.position;
    const { start, end } = this.stream.tokens[from];
    const reason = this.opaqueReason();
    const declared =
      reason === 'declaration' ? this.declaredVariable() : undefined;
    if (reason && declared === undefined) {
      return this.opaque(from, reason);
    }
    try {
      cursor.position = declared ?? from;
      const labelled =
        cursor.peek()?.kind === 'identifier' && cursor.peek(1)?.text === ':';
      if (labelled) {
        cursor.position += 2;
        cursor.skipNewlines();
      }
      if (labelled && cursor.peekOperator() === '{') {
        return this.opaque(from, 'control');
      }
      if (cursor.peekOperator() === '{') {
        throw cursor.failure(
          'ambiguous-closure',
          'Ambiguous expression could be a parameterless closure expression, an isolated open code block, or it may continue a previous statement',
        );
      }
      const label = labelled ? { start, end } : undefined;
      const expression = this.expressions.commandExpression(true);
      if (cursor.peek() && !isSeparator(cursor.peek())) {
        if (reason && cursor.peekOperator() === ',') {
          return this.opaque(from, reason);
        }
        throw cursor.failure();
      }
      return {
        kind: 'expression',
        expression,
        label,
        start,
        end: expression.end,
      };
    } catch (failure) {
      if (!(failure instanceof SyntaxFailure)) {
        throw failure;
      }
      this.stream.sink.add(failure.diagnostic);
      return this.opaque(from, 'syntax');
    }
  }

  private opaqueReason(): OpaqueStatement['reason'] | undefined {
    const { cursor } = this;
    const token = cursor.peek();
    if (token?.kind === 'keyword') {
      if (CONTROL.has(token.text)) {
        return 'control';
      }
      if (DECLARATION.has(token.text)) {
        return 'declaration';
      }
    }
    if (cursor.peekOperator() === '@') {
      return 'declaration';
    }
    if (cursor.peekOperator() === '(') {
      const behind = cursor.tokenAt(cursor.partnerOf(cursor.position) + 1);
      return behind?.text === '=' ? 'declaration' : undefined;
    }
    return this.atDeclaration() ? 'declaration' : undefined;
  }

  /** `Type name` with a primitive type or one whose name begins with a capital letter, as Groovy tells them apart. */
  private atDeclaration(): boolean {
    const { cursor, stream } = this;
    const first = cursor.peek();
    const end = cursor.typeEnd(cursor.position);
    if (end < 0 || !first || stream.tokens[end]?.kind !== 'identifier') {
      return false;
    }
    const last = stream.tokens
      .slice(cursor.position, end)
      .find(token => /^[A-Z]/.test(token.text));
    return PRIMITIVE_TYPES.has(first.text) || last !== undefined;
  }

  /** The index of the variable in `def variable = …`, `final Type variable = …`; undefined for other declarations. */
  private declaredVariable(): number | undefined {
    const { cursor, stream } = this;
    let index = cursor.position;
    while (MODIFIERS.has(stream.tokens[index]?.text)) {
      index += 1;
    }
    const { tokens } = stream;
    const typed =
      tokens[index + 1]?.text === '=' ? index : cursor.typeEnd(index);
    return tokens[typed]?.kind === 'identifier' &&
      tokens[typed + 1]?.text === '='
      ? typed
      : undefined;
  }

  /** Steps over a statement that is not read, by its brackets and line ends. */
  private opaque(
    from: number,
    reason: OpaqueStatement['reason'],
  ): OpaqueStatement {
    const { cursor, stream } = this;
    const { tokens } = stream;
    let headed = false;
    let last = from;
    cursor.position = from;
    for (let token = cursor.peek(); token; token = cursor.peek()) {
      if (token.kind === 'newline') {
        const next = cursor.peekPastNewlines();
        const goesOn =
          headed ||
          (last >= from && UNFINISHED.has(tokens[last].text)) ||
          (next &&
            tokens[last].kind !== 'string' &&
            CONTINUATIONS.has(next.text)) ||
          (reason !== 'syntax' && next?.text === '{');
        if (!next || !goesOn) {
          break;
        }
        cursor.skipNewlines();
        continue;
      }
      if (token.text === ';') {
        break;
      }
      last = cursor.position;
      if (stream.partners[cursor.position] >= 0) {
        headed = HEADERS.has(tokens[last - 1]?.text) && token.text === '(';
        cursor.skipBracket();
        last = cursor.position - 1;
      } else {
        headed = false;
        cursor.position += 1;
      }
    }
    const { start } = tokens[from];
    return {
      kind: 'opaque',
      reason,
      start,
      end: tokens[Math.max(from, last)].end,
    };
  }

  /** The closure at the cursor. Its body is not read, only its parameters are stepped over. */
  private closure(): ClosureExpression {
    const { cursor, stream } = this;
    const open = cursor.position;
    const partner = cursor.partnerOf(open);
    const closed = cursor.isClosed(open);
    const arrow = this.arrowIn(open + 1, partner);
    const from = arrow < 0 ? open + 1 : arrow + 1;
    cursor.skipBracket();
    const closure: ClosureExpression = {
      kind: 'closure',
      closed,
      body: {
        start: stream.tokens[from - 1].end,
        end: stream.tokens[partner]?.start ?? stream.text.length,
      },
      ...cursor.span(stream.tokens[open].start),
    };
    this.bodies.set(closure, { from, to: Math.min(partner, cursor.limit) });
    return closure;
  }

  /** The index of the `->` behind the parameters of a closure, or -1 when it has none. */
  private arrowIn(from: number, to: number): number {
    const { tokens, partners } = this.stream;
    let index = from;
    while (tokens[index]?.kind === 'newline') {
      index += 1;
    }
    while (index < to) {
      const token = tokens[index];
      if (token.text === '->' && token.kind === 'operator') {
        return index;
      }
      if (!mayDeclareParameters(token)) {
        return -1;
      }
      index = partners[index] >= 0 ? partners[index] + 1 : index + 1;
    }
    return -1;
  }
}

function isSeparator(token: Token | undefined): boolean {
  return (
    token?.kind === 'newline' ||
    (token?.kind === 'operator' && token.text === ';')
  );
}

function mayDeclareParameters(token: Token): boolean {
  return (
    token.kind !== 'unknown' &&
    !(token.kind === 'operator' && [';', '{', '}'].includes(token.text))
  );
}
