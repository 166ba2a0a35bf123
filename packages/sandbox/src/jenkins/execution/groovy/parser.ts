import { lex, Token } from '@amamba/backstage-plugin-amamba-common';
import {
  Block,
  CatchClause,
  Expression,
  GroovySyntaxError,
  Script,
  Statement,
  SwitchCase,
} from './ast';
import { DeclarationParser } from './declarations';
import { PrimaryParser } from './primaries';

/** A script, or the code inside one of its `${…}`. */
class StatementParser extends DeclarationParser {
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

  protected inside(tokens: readonly Token[], end: number): PrimaryParser {
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

  protected atCase(): boolean {
    return (
      this.isKeyword('case') ||
      (this.isKeyword('default') && this.isOperator(':', 1))
    );
  }

  protected block(): Block {
    this.skipNewlines();
    this.expectOperator('{');
    const body = this.blockBody();
    this.expectOperator('}');
    return body;
  }

  /** The body of `if`, `for` and `while`: a block or one statement. */
  protected body(): Statement {
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

  protected statement(): Statement {
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

  protected keywordStatement(
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

  protected condition(): Expression {
    this.expectOperator('(');
    const condition = this.expression();
    this.expectOperator(')');
    return condition;
  }

  protected ifStatement(start: number): Statement {
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

  protected forStatement(start: number): Statement {
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

  protected switchStatement(start: number): Statement {
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

  protected tryStatement(start: number): Statement {
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

  protected catchClause(): CatchClause {
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

  protected assertStatement(start: number): Statement {
    this.position += 1;
    const condition = this.expression();
    const message =
      this.takeOperator(':') || this.takeOperator(',')
        ? this.expression()
        : undefined;
    return { kind: 'assert', condition, message, start, end: this.lastEnd };
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
