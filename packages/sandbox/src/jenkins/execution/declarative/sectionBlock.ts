import { Statement } from '../groovy/ast';
import { ErrorCollector } from './collector';
import { blockOf, callOf } from './match';

/** The statements of a section's block; without a block the problem is told. */
export function statementsOf(
  statement: Statement,
  name: string,
  errors: ErrorCollector,
): readonly Statement[] | undefined {
  const block = blockOf(statement);
  if (!block) {
    errors.error(statement, `Expected a block for ${name}`);
    return undefined;
  }
  return block.body.body.statements;
}

/** `failFast true` and its like. */
export function parseBoolean(
  statement: Statement,
  name: string,
  errors: ErrorCollector,
): boolean {
  const call = callOf(statement);
  const value = call?.args[0];
  if (value?.kind === 'constant' && typeof value.value === 'boolean') {
    return value.value;
  }
  errors.error(statement, `Expected a boolean with ${name}`);
  return false;
}
