import { Statement } from '../groovy/ast';
import { ErrorCollector } from './collector';
import { argumentsOf, blockOf, callOf, nameOf } from './match';
import { ConditionModel, WhenModel } from './model';
import { parseBoolean } from './sectionBlock';
import { checkArgument } from './stepsParser';

function parseCondition(
  statement: Statement,
  errors: ErrorCollector,
): ConditionModel | undefined {
  const call = callOf(statement);
  if (!call) {
    errors.error(statement, 'Expected a when condition');
    return undefined;
  }
  const name = nameOf(call, errors);
  const block = blockOf(statement);
  const range = { start: statement.start, end: statement.end };
  if (name === 'expression') {
    if (!block) {
      errors.error(statement, 'When step without a block');
    }
    return { name, call, code: block?.body, ...range };
  }
  for (const argument of argumentsOf(call)) {
    checkArgument(
      'entry' in argument ? argument.entry.value : argument.value,
      errors,
    );
  }
  const children = block?.body.body.statements.flatMap(child => {
    const parsed = parseCondition(child, errors);
    return parsed ? [parsed] : [];
  });
  return { name, call, children, ...range };
}

export function parseWhen(
  statement: Statement,
  errors: ErrorCollector,
): WhenModel {
  const conditions: ConditionModel[] = [];
  const before = {
    beforeAgent: false,
    beforeInput: false,
    beforeOptions: false,
  };
  const block = blockOf(statement);
  for (const line of block?.body.body.statements ?? []) {
    const call = callOf(line);
    const name = call && typeof call.method === 'string' ? call.method : '';
    if (
      name === 'beforeAgent' ||
      name === 'beforeInput' ||
      name === 'beforeOptions'
    ) {
      before[name] = parseBoolean(line, name, errors);
    } else if (!call) {
      errors.error(statement, 'Expected a when condition');
    } else {
      const condition = parseCondition(line, errors);
      if (condition) {
        conditions.push(condition);
      }
    }
  }
  const broken =
    conditions.length === 0 && (block?.body.body.statements.length ?? 0) > 0;
  if (conditions.length === 0 && !broken) {
    errors.error(
      statement,
      'Empty when closure, remove the property or add some content.',
    );
  }
  return { conditions, ...before, start: statement.start, end: statement.end };
}
