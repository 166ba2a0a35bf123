import { CallArgument, CallExpression, GroovyExpression } from './syntax';
import { Token } from './tokens';

/** A constant that one token is. */
export function constant(
  value: string | boolean | null,
  { start, end }: Token,
  fullEnd: number,
): GroovyExpression {
  return { kind: 'constant', value, start, end, fullEnd };
}

/** A call of what stands before the arguments: a name, a member, or else a value. */
export function call(
  callee: GroovyExpression,
  list: readonly CallArgument[],
): CallExpression {
  const { start, end, fullEnd } = callee;
  const base = { kind: 'call' as const, arguments: list, start, end, fullEnd };
  if (callee.kind === 'property') {
    const { object, name } = callee;
    const implicit = object.kind === 'variable' && object.name === 'this';
    return { ...base, receiver: implicit ? undefined : object, method: name };
  }
  const named =
    callee.kind === 'gstring' ||
    (callee.kind === 'variable' &&
      callee.name !== 'this' &&
      callee.name !== 'super') ||
    (callee.kind === 'constant' && typeof callee.value === 'string');
  return named ? { ...base, method: callee } : { ...base, receiver: callee };
}
