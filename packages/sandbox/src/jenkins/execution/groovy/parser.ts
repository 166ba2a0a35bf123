import { lex, Token } from '@amamba/backstage-plugin-amamba-common';
import {
  Block,
  CatchClause,
  DeclareStatement,
  Expression,
  GroovySyntaxError,
  Script,
  Statement,
  SwitchCase,
} from './ast';
import { ExpressionParser } from './expressions';
import { looksLikeType, PRIMITIVE_TYPES } from './operators';

const MODIFIERS = new Set(
  'private public protected static final abstract synchronized transient volatile native'.split(
    ' ',
  ),
);

interface Annotations {
  field: boolean;
}

/** A script, or the code inside one of its `${…}`. */
class StatementParser extends ExpressionParser {
  readonly imports = new Map<string, string>();
  readonly libraries: string[] = [];

  script(): Script {
    const { statements } = this.blockBody();
    if (this.token) {
      throw this.unexpected();
    }
    return {
      text: this.text,
      statements,
      imports: this.imports,
      libraries: this.libraries,
    };
  }

  protected inside(tokens: readonly Token[], end: number): ExpressionParser {
    return new StatementParser(this.text, tokens, end);
  }

  protected blockBody(): Block {
    return this.nested(() => {
      const start = this.offset;
      const statements: Statement[] = [];
      for (;;) {
        while (this.isNewline() || this.isOperator(';')) {
          this.position += 1;
        }
        if (!this.token || this.isOperator('}') || this.atCase()) {
          break;
        }
        const statement = this.statement();
        if (statement.kind !== 'empty') {
          statements.push(statement);
        }
        const ended =
          !this.token ||
          this.isNewline() ||
          this.isOperator(';') ||
          this.isOperator('}') ||
          this.tokens[this.position - 1]?.text === '}';
        if (!ended) {
          throw this.unexpected();
        }
      }
      const last = statements[statements.length - 1];
      return {
        statements,
        start: statements[0]?.start ?? start,
        end: last?.end ?? start,
      };
    });
  }

  private atCase(): boolean {
    return (
      this.isKeyword('case') ||
      (this.isKeyword('default') && this.isOperator(':', 1))
    );
  }

  private block(): Block {
    this.skipNewlines();
    this.expectOperator('{');
    const body = this.blockBody();
    this.expectOperator('}');
    return body;
  }

  /** The body of `if`, `for` and `while`: a block or one statement. */
  private body(): Statement {
    this.skipNewlines();
    const start = this.offset;
    if (this.takeOperator(';')) {
      return { kind: 'empty', start, end: this.lastEnd };
    }
    if (this.isOperator('{')) {
      const body = this.block();
      return { kind: 'block', body, start, end: this.lastEnd };
    }
    return this.nested(() => this.statement());
  }

  private statement(): Statement {
    const start = this.offset;
    const annotations = this.annotations();
    const declaration = this.tryDeclaration(start, annotations);
    if (declaration) {
      return declaration;
    }
    if (this.token?.kind === 'keyword') {
      const statement = this.keywordStatement(this.token.text, start);
      if (statement) {
        return statement;
      }
    }
    if (this.isOperator('@') || !this.token || this.isNewline()) {
      return { kind: 'empty', start, end: this.lastEnd };
    }
    // A label (`here: while (…)`) has no meaning for what is supported.
    if (this.token.kind === 'identifier' && this.isOperator(':', 1)) {
      this.position += 2;
      this.skipNewlines();
      return this.statement();
    }
    const expression = this.statementExpression();
    return { kind: 'expression', expression, start, end: this.lastEnd };
  }

  /** Takes `@Name(…)`; remembers the libraries of `@Library`. */
  private annotations(): Annotations {
    const found: Annotations = { field: false };
    while (this.takeOperator('@')) {
      const name = this.typeName();
      if (this.isOperator('(') && !this.isNewline()) {
        const from = this.position;
        let open = 0;
        do {
          open += this.isOperator('(') ? 1 : 0;
          open -= this.isOperator(')') ? 1 : 0;
          this.position += 1;
        } while (open > 0 && this.token);
        if (name === 'Library') {
          for (const token of this.tokens.slice(from, this.position)) {
            if (token.kind === 'string') {
              this.libraries.push(token.value ?? token.text);
            }
          }
        }
      }
      if (name === 'Library') {
        const at = this.pastNewlines();
        if (this.tokenAt(at)?.text === '_') {
          this.position += at + 1;
        }
      }
      found.field ||= name === 'Field' || name.endsWith('.Field');
      if (name !== 'Library') {
        this.skipNewlines();
      }
    }
    return found;
  }

  /** `def x`, `String x = …`, `def (a, b) = …`, `def f() { … }`. */
  private tryDeclaration(
    start: number,
    { field }: Annotations,
  ): Statement | undefined {
    const before = this.position;
    let modified = false;
    while (this.token?.kind === 'keyword' && MODIFIERS.has(this.token.text)) {
      this.position += 1;
      modified = true;
    }
    if (
      this.isKeyword('class') ||
      this.isKeyword('interface') ||
      this.isKeyword('enum')
    ) {
      return this.skipType(start);
    }
    let type: string | undefined;
    if (this.takeKeyword('def')) {
      type = undefined;
    } else if (this.startsTyped()) {
      type = this.typeName();
    } else if (!modified || !this.startsName()) {
      this.position = before;
      return undefined;
    }
    if (this.isOperator('(') && !this.isNewline()) {
      return this.destructuring(start);
    }
    const name =
      this.token?.kind === 'string'
        ? this.stringName()
        : this.expectIdentifier();
    if (this.isOperator('(')) {
      this.position += 1;
      const parameters = this.parameterList(')');
      this.expectOperator(')');
      this.skipThrows();
      const body = this.block();
      return {
        kind: 'method',
        name,
        parameters,
        body,
        start,
        end: this.lastEnd,
      };
    }
    return this.variables(start, name, type, field);
  }

  private stringName(): string {
    const token = this.token;
    this.position += 1;
    return token?.kind === 'string' ? (token.value ?? token.text) : '';
  }

  private skipThrows(): void {
    if (this.takeKeyword('throws')) {
      do {
        this.typeName();
      } while (this.takeOperator(','));
    }
  }

  private variables(
    start: number,
    firstName: string,
    type: string | undefined,
    field: boolean,
  ): Statement {
    const declare = (name: string): DeclareStatement => {
      let value: Expression | undefined;
      if (this.takeOperator('=')) {
        this.skipNewlines();
        value = this.statementExpression();
      }
      return {
        kind: 'declare',
        names: [name],
        type,
        destructure: false,
        field,
        value,
        start,
        end: this.lastEnd,
      };
    };
    const first = declare(firstName);
    if (!this.isOperator(',')) {
      return first;
    }
    // `def a = 1, b = 2` stays one statement of the same scope.
    const names = [first];
    while (this.takeOperator(',')) {
      this.skipNewlines();
      names.push(declare(this.expectIdentifier()));
    }
    return {
      kind: 'for',
      init: names,
      condition: {
        kind: 'constant',
        value: false,
        quoted: false,
        start,
        end: start,
      },
      update: [],
      body: { kind: 'empty', start, end: start },
      start,
      end: this.lastEnd,
    };
  }

  private destructuring(start: number): Statement {
    this.expectOperator('(');
    const names = this.parameterList(')').map(parameter => parameter.name);
    this.expectOperator(')');
    this.expectOperator('=');
    this.skipNewlines();
    const value = this.statementExpression();
    return {
      kind: 'declare',
      names,
      destructure: true,
      field: false,
      value,
      start,
      end: this.lastEnd,
    };
  }

  /** `Type name`, where a lower-case first word would be a command call. */
  private startsTyped(): boolean {
    const token = this.token;
    if (token?.kind !== 'identifier' && token?.kind !== 'keyword') {
      return false;
    }
    const last = this.qualifiedNameEnd();
    if (last === undefined || !looksLikeType(last)) {
      return false;
    }
    const before = this.position;
    try {
      this.typeName();
      const next = this.token;
      return (
        next?.kind === 'identifier' &&
        (PRIMITIVE_TYPES.has(last) ||
          this.isOperator('=', 1) ||
          this.isOperator('(', 1) ||
          this.isOperator(',', 1) ||
          this.isOperator(';', 1) ||
          this.isOperator('}', 1) ||
          this.isNewline(1) ||
          this.tokenAt(1) === undefined)
      );
    } finally {
      this.position = before;
    }
  }

  private startsName(): boolean {
    return this.token?.kind === 'identifier' || this.isOperator('(');
  }

  private skipType(start: number): Statement {
    const what = this.token?.text ?? 'class';
    this.position += 1;
    const name = this.expectIdentifier();
    while (this.token && !this.isOperator('{')) {
      this.position += 1;
    }
    let open = 0;
    do {
      open += this.isOperator('{') ? 1 : 0;
      open -= this.isOperator('}') ? 1 : 0;
      this.position += 1;
    } while (open > 0 && this.token);
    return {
      kind: 'unsupported',
      what: `the ${what} ${name} defined in the script`,
      start,
      end: this.lastEnd,
    };
  }

  private keywordStatement(
    keyword: string,
    start: number,
  ): Statement | undefined {
    switch (keyword) {
      case 'if':
        return this.ifStatement(start);
      case 'while': {
        this.position += 1;
        const condition = this.condition();
        const body = this.body();
        return { kind: 'while', condition, body, start, end: this.lastEnd };
      }
      case 'for':
        return this.forStatement(start);
      case 'switch':
        return this.switchStatement(start);
      case 'try':
        return this.tryStatement(start);
      case 'throw': {
        this.position += 1;
        const value = this.statementExpression();
        return { kind: 'throw', value, start, end: this.lastEnd };
      }
      case 'return': {
        this.position += 1;
        const value = this.atStatementEnd()
          ? undefined
          : this.statementExpression();
        return { kind: 'return', value, start, end: this.lastEnd };
      }
      case 'break':
      case 'continue':
        this.position += 1;
        return { kind: keyword, start, end: this.lastEnd };
      case 'assert':
        return this.assertStatement(start);
      case 'import':
      case 'package':
        return this.importStatement(keyword, start);
      default:
        return undefined;
    }
  }

  private atStatementEnd(): boolean {
    return (
      !this.token ||
      this.isNewline() ||
      this.isOperator(';') ||
      this.isOperator('}')
    );
  }

  private condition(): Expression {
    this.expectOperator('(');
    const condition = this.expression();
    this.expectOperator(')');
    return condition;
  }

  private ifStatement(start: number): Statement {
    this.position += 1;
    const condition = this.condition();
    const yes = this.body();
    let at = this.pastNewlines();
    if (this.isOperator(';', at) && this.isKeyword('else', at + 1)) {
      at += 1;
    }
    let no: Statement | undefined;
    if (this.isKeyword('else', at)) {
      this.position += at + 1;
      no = this.body();
    }
    return { kind: 'if', condition, yes, no, start, end: this.lastEnd };
  }

  private forStatement(start: number): Statement {
    this.position += 1;
    this.expectOperator('(');
    const before = this.position;
    this.takeKeyword('final');
    if (
      this.isKeyword('def') ||
      (!this.isKeyword('in', 1) &&
        !this.isOperator(':', 1) &&
        this.startsLoopType())
    ) {
      this.typeName();
    }
    if (
      this.token?.kind === 'identifier' &&
      (this.isKeyword('in', 1) || this.isOperator(':', 1))
    ) {
      const name = this.expectIdentifier();
      this.position += 1;
      const iterable = this.expression();
      this.expectOperator(')');
      const body = this.body();
      return { kind: 'forIn', name, iterable, body, start, end: this.lastEnd };
    }
    this.position = before;
    const init = this.isOperator(';') ? [] : [this.statement()];
    this.expectOperator(';');
    const condition = this.isOperator(';') ? undefined : this.expression();
    this.expectOperator(';');
    const update: Expression[] = [];
    while (!this.isOperator(')')) {
      update.push(this.expression());
      if (!this.takeOperator(',')) {
        break;
      }
    }
    this.expectOperator(')');
    const body = this.body();
    return {
      kind: 'for',
      init,
      condition,
      update,
      body,
      start,
      end: this.lastEnd,
    };
  }

  private startsLoopType(): boolean {
    const before = this.position;
    try {
      this.typeName();
      return (
        this.token?.kind === 'identifier' &&
        (this.isKeyword('in', 1) || this.isOperator(':', 1))
      );
    } catch (error) {
      if (error instanceof GroovySyntaxError) {
        return false;
      }
      throw error;
    } finally {
      this.position = before;
    }
  }

  private switchStatement(start: number): Statement {
    this.position += 1;
    const value = this.condition();
    this.skipNewlines();
    this.expectOperator('{');
    this.skipNewlines();
    const cases: SwitchCase[] = [];
    while (this.atCase()) {
      const match = this.takeKeyword('case') ? this.expression() : undefined;
      if (!match) {
        this.position += 1;
      }
      this.expectOperator(':');
      cases.push({ match, body: this.blockBody().statements });
    }
    this.skipNewlines();
    this.expectOperator('}');
    return { kind: 'switch', value, cases, start, end: this.lastEnd };
  }

  private tryStatement(start: number): Statement {
    this.position += 1;
    const body = this.block();
    const catches: CatchClause[] = [];
    let last: Block | undefined;
    for (;;) {
      const at = this.pastNewlines();
      if (this.isKeyword('catch', at)) {
        this.position += at + 1;
        catches.push(this.catchClause());
      } else if (this.isKeyword('finally', at)) {
        this.position += at + 1;
        last = this.block();
        break;
      } else {
        break;
      }
    }
    if (catches.length === 0 && !last) {
      throw this.unexpected("expecting 'catch' or 'finally'");
    }
    return {
      kind: 'try',
      body,
      catches,
      finally: last,
      start,
      end: this.lastEnd,
    };
  }

  private catchClause(): CatchClause {
    this.expectOperator('(');
    this.takeKeyword('final');
    const types: string[] = [];
    if (this.isKeyword('def')) {
      this.position += 1;
    } else if (!this.isOperator(')', 1)) {
      do {
        types.push(this.typeName());
      } while (this.takeOperator('|'));
    }
    const name = this.expectIdentifier();
    this.expectOperator(')');
    return { types, name, body: this.block() };
  }

  private assertStatement(start: number): Statement {
    this.position += 1;
    const condition = this.expression();
    const message =
      this.takeOperator(':') || this.takeOperator(',')
        ? this.expression()
        : undefined;
    return { kind: 'assert', condition, message, start, end: this.lastEnd };
  }

  private importStatement(keyword: string, start: number): Statement {
    this.position += 1;
    this.takeKeyword('static');
    const words: string[] = [];
    while (!this.atStatementEnd()) {
      words.push(this.token?.text ?? '');
      this.position += 1;
    }
    if (keyword === 'import') {
      const [name, alias] = words.join('').split(/(?<=[\w*])as(?=[A-Z])/);
      this.imports.set(alias ?? name.split('.').pop() ?? name, name);
    }
    return { kind: 'empty', start, end: this.lastEnd };
  }
}

/**
 * Parses a script of Groovy 2.4 for execution.
 *
 * @throws GroovySyntaxError when the text is not Groovy.
 */
export function parseGroovy(text: string): Script {
  const { tokens, diagnostics } = lex(text);
  const parser = new StatementParser(text, tokens, text.length);
  const lexical = diagnostics.find(d => d.level === 'lexical');
  const cut = lexical && /\d_(.?)/.exec(text.slice(lexical.start - 1));
  if (lexical && cut?.index === 0) {
    throw new GroovySyntaxError(
      `expecting token in range: '0'..'9', found '${cut[1]}'`,
      lexical.start + 1,
    );
  }
  if (!lexical) {
    return parser.script();
  }
  // The parser may stop earlier and say it better; else the lexer's word stands.
  try {
    parser.script();
  } catch (error) {
    if (error instanceof GroovySyntaxError && error.offset <= lexical.start) {
      throw error;
    }
  }
  throw new GroovySyntaxError(lexical.message, lexical.start);
}
