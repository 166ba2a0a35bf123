/** Positions are half-open UTF-16 ranges of the script's text, as the lexer has them. */
interface Located {
  readonly start: number;
  readonly end: number;
}

export interface ConstantExpression extends Located {
  readonly kind: 'constant';
  readonly value: string | number | boolean | null | DecimalLiteral;
  /** The literal was written as a string in any of Groovy's quotes. */
  readonly quoted: boolean;
}

/** A number with a fraction: Groovy makes a BigDecimal of it and keeps the number of digits. */
export interface DecimalLiteral {
  readonly decimal: string;
}

export interface GStringExpression extends Located {
  readonly kind: 'gstring';
  readonly parts: readonly (string | Expression)[];
}

export interface VariableExpression extends Located {
  readonly kind: 'variable';
  readonly name: string;
}

export interface ListExpression extends Located {
  readonly kind: 'list';
  readonly items: readonly Expression[];
}

export interface MapEntry extends Located {
  readonly key: Expression;
  readonly value: Expression;
}

export interface MapExpression extends Located {
  readonly kind: 'map';
  readonly entries: readonly MapEntry[];
}

export interface Parameter {
  readonly name: string;
  readonly type?: string;
  readonly defaultValue?: Expression;
}

export interface ClosureExpression extends Located {
  readonly kind: 'closure';
  /** Undefined: the closure takes `it`. An empty list (`{ -> … }`): it takes nothing. */
  readonly parameters?: readonly Parameter[];
  readonly body: Block;
}

export interface CallExpression extends Located {
  readonly kind: 'call';
  /** Undefined for a call on the implicit `this`. */
  readonly target?: Expression;
  /** The name, or an expression for `"$name"(…)` and for calling a value. */
  readonly method: string | Expression;
  /** Positional arguments; a trailing closure is the last of them. */
  readonly args: readonly Expression[];
  readonly named: readonly MapEntry[];
  readonly safe: boolean;
  readonly spread: boolean;
  /** Where the method name stands. */
  readonly nameStart: number;
}

export interface PropertyExpression extends Located {
  readonly kind: 'property';
  readonly target: Expression;
  readonly name: string | Expression;
  readonly safe: boolean;
  readonly spread: boolean;
}

export interface IndexExpression extends Located {
  readonly kind: 'index';
  readonly target: Expression;
  readonly indices: readonly Expression[];
}

export interface BinaryExpression extends Located {
  readonly kind: 'binary';
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}

export interface UnaryExpression extends Located {
  readonly kind: 'unary';
  readonly operator: '!' | '-' | '+' | '~';
  readonly operand: Expression;
}

export interface StepExpression extends Located {
  readonly kind: 'increment';
  readonly operator: '++' | '--';
  readonly prefix: boolean;
  readonly operand: Expression;
}

export interface TernaryExpression extends Located {
  readonly kind: 'ternary';
  readonly condition: Expression;
  /** Undefined for the elvis operator. */
  readonly yes?: Expression;
  readonly no: Expression;
}

export interface AssignExpression extends Located {
  readonly kind: 'assign';
  /** `=`, `+=` … */
  readonly operator: string;
  readonly target: Expression;
  readonly value: Expression;
}

export interface CastExpression extends Located {
  readonly kind: 'cast';
  readonly type: string;
  readonly value: Expression;
  /** `x as T` rather than `(T) x`. */
  readonly coerce: boolean;
}

export interface TypeTestExpression extends Located {
  readonly kind: 'instanceof';
  readonly value: Expression;
  readonly type: string;
}

export interface NewExpression extends Located {
  readonly kind: 'new';
  readonly type: string;
  readonly args: readonly Expression[];
  readonly named: readonly MapEntry[];
}

export interface MethodPointerExpression extends Located {
  readonly kind: 'pointer';
  readonly target: Expression;
  readonly name: string;
}

export interface SpreadExpression extends Located {
  readonly kind: 'spread';
  readonly value: Expression;
}

export type Expression =
  | ConstantExpression
  | GStringExpression
  | VariableExpression
  | ListExpression
  | MapExpression
  | ClosureExpression
  | CallExpression
  | PropertyExpression
  | IndexExpression
  | BinaryExpression
  | UnaryExpression
  | StepExpression
  | TernaryExpression
  | AssignExpression
  | CastExpression
  | TypeTestExpression
  | NewExpression
  | MethodPointerExpression
  | SpreadExpression;

export interface Block extends Located {
  readonly statements: readonly Statement[];
}

export interface ExpressionStatement extends Located {
  readonly kind: 'expression';
  readonly expression: Expression;
}

export interface DeclareStatement extends Located {
  readonly kind: 'declare';
  readonly names: readonly string[];
  readonly type?: string;
  /** `def (a, b) = …` */
  readonly destructure: boolean;
  /** `@Field`: visible in methods too. */
  readonly field: boolean;
  readonly value?: Expression;
}

export interface CatchClause {
  readonly types: readonly string[];
  readonly name: string;
  readonly body: Block;
}

export interface SwitchCase {
  /** Undefined for `default`. */
  readonly match?: Expression;
  readonly body: readonly Statement[];
}

export interface MethodDefinition extends Located {
  readonly kind: 'method';
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly body: Block;
}

export type Statement =
  | ExpressionStatement
  | DeclareStatement
  | MethodDefinition
  | (Located & {
      kind: 'if';
      condition: Expression;
      yes: Statement;
      no?: Statement;
    })
  | (Located & {
      kind: 'while';
      condition: Expression;
      body: Statement;
    })
  | (Located & {
      kind: 'for';
      init: readonly Statement[];
      condition?: Expression;
      update: readonly Expression[];
      body: Statement;
    })
  | (Located & {
      kind: 'forIn';
      name: string;
      iterable: Expression;
      body: Statement;
    })
  | (Located & {
      kind: 'switch';
      value: Expression;
      cases: readonly SwitchCase[];
    })
  | (Located & {
      kind: 'try';
      body: Block;
      catches: readonly CatchClause[];
      finally?: Block;
    })
  | (Located & { kind: 'throw'; value: Expression })
  | (Located & { kind: 'return'; value?: Expression })
  | (Located & { kind: 'assert'; condition: Expression; message?: Expression })
  | (Located & { kind: 'break' | 'continue' | 'empty' })
  | (Located & { kind: 'block'; body: Block })
  /** Something that parses but that the interpreter does not run, such as a class. */
  | (Located & { kind: 'unsupported'; what: string });

export interface Script {
  readonly text: string;
  readonly statements: readonly Statement[];
  /** Simple name → full name. */
  readonly imports: ReadonlyMap<string, string>;
  /** Identifiers of `@Library(…)`. */
  readonly libraries: readonly string[];
}

/** Groovy that does not parse. `offset` is where it was noticed. */
export class GroovySyntaxError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;

    this.name = 'GroovySyntaxError';
  }
}
