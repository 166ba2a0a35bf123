import {
  CallExpression,
  ClosureExpression,
  Expression,
  MapEntry,
  Statement,
} from '../groovy/ast';
import { ErrorCollector } from './collector';

/** The call that a statement is, or undefined. */
export function callOf(statement: Statement): CallExpression | undefined {
  return statement.kind === 'expression' && statement.expression.kind === 'call'
    ? statement.expression
    : undefined;
}

/** The closure that a call ends with. */
export function closureOf(call: CallExpression): ClosureExpression | undefined {
  const last = call.args[call.args.length - 1];
  return last?.kind === 'closure' ? last : undefined;
}

/** The block of `name { … }` or `name(…) { … }`, or undefined. */
export function blockOf(
  statement: Statement,
): { call: CallExpression; body: ClosureExpression } | undefined {
  const call = callOf(statement);
  const body = call && closureOf(call);
  return call && body ? { call, body } : undefined;
}

/** The name of a call on the script itself; anything else is a problem of the pipeline. */
export function nameOf(call: CallExpression, errors: ErrorCollector): string {
  const onSelf =
    !call.target ||
    (call.target.kind === 'variable' && call.target.name === 'this');
  if (onSelf && typeof call.method === 'string') {
    return call.method;
  }
  if (
    onSelf &&
    typeof call.method === 'object' &&
    call.method.kind === 'constant'
  ) {
    return String(call.method.value);
  }
  errors.error(
    call,
    call.target
      ? 'Method calls on objects not allowed outside "script" blocks.'
      : 'Expected a symbol',
  );
  return 'error';
}

/** One argument of a call, named or not, without the trailing closure. */
export type Argument = { entry: MapEntry } | { value: Expression };

export function argumentsOf(call: CallExpression): Argument[] {
  const body = closureOf(call);
  return [
    ...call.named.map(entry => ({ entry })),
    ...call.args.filter(arg => arg !== body).map(value => ({ value })),
  ];
}

/** A word or a string, as keys and names are written. */
export function literalText(expression: Expression): string | undefined {
  if (expression.kind === 'variable') {
    return expression.name;
  }
  return expression.kind === 'constant' && typeof expression.value === 'string'
    ? expression.value
    : undefined;
}

/** `${FOO}` outside quotes: Groovy reads it as a call of `$` with a closure. */
export function isBareDollar(expression: Expression): boolean {
  return (
    expression.kind === 'call' &&
    !expression.target &&
    expression.method === '$' &&
    expression.args.length === 1 &&
    expression.args[0].kind === 'closure'
  );
}
