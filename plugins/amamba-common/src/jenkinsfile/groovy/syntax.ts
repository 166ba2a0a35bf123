import { SourceRange } from '../positions';
import { StringToken } from './tokens';

/**
 * The concrete tree. A node's range runs from its first token to its last; what lies between nodes is trivia and
 * punctuation, which stand in the token list of the document. Only what a declarative pipeline reads is taken apart:
 * the bodies of other closures, control structures and declarations keep exact text of known extent.
 */
export type GroovyExpression =
  | ConstantExpression
  | GStringExpression
  | VariableExpression
  | ListExpression
  | MapExpression
  | ClosureExpression
  | CallExpression
  | PropertyExpression
  | NewExpression
  | TypeExpression
  | ParenthesizedExpression
  | BinaryExpression
  | IndexExpression
  | OperatorExpression;

interface ExpressionBase extends SourceRange {
  /**
   * Where the next token begins that is not trivia: the end that Groovy's own tree gives to most nodes, and so the
   * end of what Jenkins takes for their source text.
   */
  readonly fullEnd: number;
}

export interface ConstantExpression extends ExpressionBase {
  readonly kind: 'constant';
  readonly value: string | number | boolean | null;
  /** The range of the minus of a negative number. */
  readonly sign?: SourceRange;
  /** True for an integer that does not fit into 64 bits. */
  readonly tooBig?: boolean;
}

/** A string with interpolations. */
export interface GStringExpression extends ExpressionBase {
  readonly kind: 'gstring';
  readonly token: StringToken;
}

/** A bare name; also `this`, `super` and the names of primitive types. */
export interface VariableExpression extends ExpressionBase {
  readonly kind: 'variable';
  readonly name: string;
}

export interface ListExpression extends ExpressionBase {
  readonly kind: 'list';
  readonly items: readonly GroovyExpression[];
}

export interface MapEntry extends SourceRange {
  /** A name is a constant; undefined for a spread (`*: map`). */
  readonly key: GroovyExpression | undefined;
  readonly value: GroovyExpression;
}

export interface MapExpression extends ExpressionBase {
  readonly kind: 'map';
  readonly entries: readonly MapEntry[];
  /** The `[` of an empty map, whose range is all that Groovy's tree keeps of it. */
  readonly empty?: SourceRange;
}

/** `{ … }`. The statements of the body are read on demand, see `GroovyReader.statementsOf`. */
export interface ClosureExpression extends ExpressionBase {
  readonly kind: 'closure';
  /** From the `{` (or the `->`) to the `}`, both not included. */
  readonly body: SourceRange;
  /** False when the `}` is missing. */
  readonly closed: boolean;
  /** What was read of the body; undefined while it is plain text. */
  statements?: readonly Statement[];
}

export interface CallArgument extends SourceRange {
  /** The name of a named argument. */
  readonly key?: GroovyExpression;
  /** `*: map`: all of whose entries become named arguments. */
  readonly spreadsMap?: boolean;
  readonly value: GroovyExpression;
  /** Inside parentheses, where Groovy's tree counts trailing comments to the argument. */
  readonly enclosed: boolean;
}

export interface CallExpression extends ExpressionBase {
  readonly kind: 'call';
  /** What the method is called on; undefined for a plain `name(…)` and for `this.name(…)`. */
  readonly receiver?: GroovyExpression;
  /** The method's name: a variable or a constant, or something computed; undefined when a value is called. */
  readonly method?: GroovyExpression;
  /** In source order, the closures behind the parentheses last. */
  readonly arguments: readonly CallArgument[];
  /** From `(` to behind `)`. */
  readonly parentheses?: SourceRange;
  /** The range of arguments that stand without parentheses, with `fullEnd` as its end. */
  readonly command?: SourceRange;
}

/** `a.b` in all its forms. */
export interface PropertyExpression extends ExpressionBase {
  readonly kind: 'property';
  readonly object: GroovyExpression;
  /** A constant, or something computed. */
  readonly name: GroovyExpression;
}

export interface NewExpression extends ExpressionBase {
  readonly kind: 'new';
}

/** The type behind `instanceof`. */
export interface TypeExpression extends ExpressionBase {
  readonly kind: 'type';
}

export interface ParenthesizedExpression extends ExpressionBase {
  readonly kind: 'parenthesized';
  readonly inner: GroovyExpression;
}

export interface BinaryExpression extends ExpressionBase {
  readonly kind: 'binary';
  readonly left: GroovyExpression;
  readonly operator: string;
  readonly right: GroovyExpression;
}

export interface IndexExpression extends ExpressionBase {
  readonly kind: 'index';
  readonly object: GroovyExpression;
  /** The index when it is a single one. */
  readonly only?: GroovyExpression;
  /** What is between the brackets, with `fullEnd` as its end. */
  readonly inside: SourceRange;
}

/** Prefix and postfix operators, casts, ranges, `?:` and `? :`. */
export interface OperatorExpression extends ExpressionBase {
  readonly kind: 'operator';
  /** The operator itself, which is all that Groovy's tree keeps as the place of such a node. */
  readonly operator: SourceRange;
}

export interface ExpressionStatement extends SourceRange {
  readonly kind: 'expression';
  /** Of `def a = b` and `Type a = b` the assignment. */
  readonly expression: GroovyExpression;
  readonly label?: SourceRange;
}

/** A control structure, a declaration, or something that could not be understood: exact text. */
export interface OpaqueStatement extends SourceRange {
  readonly kind: 'opaque';
  readonly reason: 'control' | 'declaration' | 'syntax';
}

export type Statement = ExpressionStatement | OpaqueStatement;
