import { Expression, Statement } from '../groovy/ast';
import { ErrorCollector } from './collector';
import { callOf, nameOf } from './match';
import { InputModel, MethodModel } from './model';
import { statementsOf } from './sectionBlock';
import { parseMethods } from './sections';
import { checkArgument } from './stepsParser';

const INPUT_FIELDS = new Set([
  'message',
  'id',
  'ok',
  'submitter',
  'submitterParameter',
]);

export function parseInput(
  statement: Statement,
  errors: ErrorCollector,
): InputModel {
  const fields = new Map<string, Expression>();
  const seen = new Set<string>();
  let parameters: readonly MethodModel[] = [];
  for (const line of statementsOf(statement, 'input', errors) ?? []) {
    const call = callOf(line);
    if (!call) {
      errors.error(
        statement,
        `Not a valid section definition: "${errors.source(line)}". Some extra configuration is required.`,
      );
      continue;
    }
    const name = nameOf(call, errors);
    if (seen.has(name)) {
      errors.error(statement, `Multiple occurrences of the ${name} section`);
    }
    seen.add(name);
    const [first, ...more] = call.args;
    if (!first) {
      errors.error(call, `No argument for field "${name}"`);
    } else if (more.length > 0) {
      errors.error(call, `Too many arguments for field "${name}"`);
    } else if (name === 'parameters') {
      parameters = parseMethods(
        line,
        'parameters',
        {
          what: 'Build parameters',
          expected: 'Expected a build parameter definition',
        },
        errors,
      ).methods;
    } else if (INPUT_FIELDS.has(name)) {
      checkArgument(first, errors);
      fields.set(name, first);
    } else {
      errors.error(call, `Not a valid field for input: "${name}"`);
    }
  }
  if (!fields.has('message')) {
    errors.error(statement, 'No message specified for input');
  }
  return { fields, parameters, start: statement.start, end: statement.end };
}
