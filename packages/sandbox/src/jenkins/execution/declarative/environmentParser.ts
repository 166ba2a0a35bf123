import { Expression, Statement } from '../groovy/ast';
import { ErrorCollector } from './collector';
import { literalText } from './match';
import { EnvironmentEntry, EnvironmentModel } from './model';
import { statementsOf } from './sectionBlock';
import { checkArgument } from './stepsParser';

function concatenation(
  expression: Expression,
  errors: ErrorCollector,
  leftmost: boolean,
): void {
  if (leftmost && expression.kind === 'binary') {
    if (expression.operator !== '+') {
      errors.error(
        expression,
        'Environment variable values can only be joined together with ‘+’s.',
      );
      return;
    }
    concatenation(expression.left, errors, true);
    concatenation(expression.right, errors, false);
    return;
  }
  if (expression.kind !== 'constant' && expression.kind !== 'gstring') {
    errors.error(
      expression,
      'Environment variable values to be concatenated together must be single or double quoted.',
    );
  }
}

function environmentEntry(
  name: string,
  range: { start: number; end: number },
  value: Expression,
  errors: ErrorCollector,
): EnvironmentEntry | undefined {
  const entry = {
    name,
    value,
    credentials: false,
    start: range.start,
    end: range.end,
  };
  if (value.kind === 'constant' || value.kind === 'gstring') {
    return entry;
  }
  if (value.kind === 'call') {
    if (value.method === 'credentials' && !value.target) {
      const [id] = value.args;
      if (!id || (id.kind !== 'constant' && id.kind !== 'gstring')) {
        errors.error(
          value,
          'Internal function call parameters must be strings.',
        );
        return undefined;
      }
      return { ...entry, value: id, credentials: true };
    }
    checkArgument(value, errors);
    return entry;
  }
  if (value.kind === 'binary') {
    concatenation(value, errors, true);
    return entry;
  }
  errors.error(
    value,
    'Environment variable values must either be single quoted, double quoted, or function calls.',
  );
  return undefined;
}

export function parseEnvironment(
  statement: Statement,
  errors: ErrorCollector,
): EnvironmentModel {
  const entries: EnvironmentEntry[] = [];
  let badPair = false;
  for (const line of statementsOf(statement, 'environment', errors) ?? []) {
    if (line.kind !== 'expression') {
      badPair = true;
      continue;
    }
    const { expression } = line;
    if (expression.kind !== 'assign' || expression.operator !== '=') {
      const source = errors.source(expression);
      const key = source.split('=')[0].trim();
      errors.error(
        expression,
        source.includes('=')
          ? `"${key}" is not a valid identifier and cannot be used for an environment variable. Identifiers must start with a letter or underscore and can contain only letters, numbers or underscores.`
          : `"${source}" is not a valid environment expression. Use "key = value" pairs with valid Java/shell keys.`,
      );
      badPair = true;
      continue;
    }
    const { target, value } = expression;
    const name = literalText(target) ?? errors.source(target);
    if (entries.some(entry => entry.name === name)) {
      errors.error(target, `Duplicate environment variable name: "${name}"`);
      continue;
    }
    const entry = environmentEntry(name, target, value, errors);
    // Even a bad value makes the name known, so that it is not reported as missing.
    entries.push(
      entry ?? {
        name,
        value,
        credentials: false,
        start: target.start,
        end: target.end,
      },
    );
  }
  if (badPair) {
    errors.error(statement, 'Expected name=value pairs');
  }
  return { entries, start: statement.start, end: statement.end };
}
