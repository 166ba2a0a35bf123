import {
  Block,
  DeclareStatement,
  Expression,
  GroovySyntaxError,
  Statement,
} from './ast';
import { ExpressionParser } from './expressions';
import { looksLikeType, PRIMITIVE_TYPES } from './operators';

const MODIFIERS = new Set(
  'private public protected static final abstract synchronized transient volatile native'.split(
    ' ',
  ),
);

export interface Annotations {
  field: boolean;
}

/** Declarations: variables, methods, types, and what annotations and imports say. */
export abstract class DeclarationParser extends ExpressionParser {
  readonly imports = new Map<string, string>();

  readonly libraries: string[] = [];

  /** A block in braces. */
  protected abstract block(): Block;

  /** Takes `@Name(…)`; remembers the libraries of `@Library`. */
  protected annotations(): Annotations {
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
  protected tryDeclaration(
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

  protected stringName(): string {
    const token = this.token;
    this.position += 1;
    return token?.kind === 'string' ? (token.value ?? token.text) : '';
  }

  protected skipThrows(): void {
    if (this.takeKeyword('throws')) {
      do {
        this.typeName();
      } while (this.takeOperator(','));
    }
  }

  protected variables(
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

  protected destructuring(start: number): Statement {
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
  protected startsTyped(): boolean {
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

  protected startsName(): boolean {
    return this.token?.kind === 'identifier' || this.isOperator('(');
  }

  protected startsLoopType(): boolean {
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

  protected skipType(start: number): Statement {
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

  protected atStatementEnd(): boolean {
    return (
      !this.token ||
      this.isNewline() ||
      this.isOperator(';') ||
      this.isOperator('}')
    );
  }

  protected importStatement(keyword: string, start: number): Statement {
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
