import { withoutParentheses } from './jenkinsText';
import {
  CredentialsCallModel,
  EnvironmentVariableModel,
  ValueModel,
} from './model';
import { passedArguments, ReadContext } from './readContext';
import { readKey, readPassed, readValue } from './readValues';
import {
  BinaryExpression,
  CallExpression,
  ClosureExpression,
  GroovyExpression,
  Statement,
} from './groovy/syntax';

/** The `NAME = value` lines of an environment section. */
export function readEnvironmentVariables(
  context: ReadContext,
  section: Statement,
  closure: ClosureExpression,
): EnvironmentVariableModel[] {
  const seen = new Set<string>();
  let strange = false;
  const variables = context.eachStatement<EnvironmentVariableModel>(
    closure,
    statement => {
      const assignment = assignmentOf(statement);
      if (!assignment) {
        strange = true;
        reportNoAssignment(context, statement);
        return undefined;
      }
      const { left, right } = assignment;
      const { start, end } = statement;
      const key = readKey(context, left, left);
      if (seen.has(key)) {
        context.report(left, 'duplicateEnvironmentVariable', key);
        return undefined;
      }
      seen.add(key);
      const value = readVariableValue(context, right);
      return value && { key, value, start, end };
    },
  );
  if (strange) {
    context.report(section, 'expectedNameValuePairs');
  }
  return variables;
}

function assignmentOf(statement: Statement): BinaryExpression | undefined {
  if (statement.kind !== 'expression') {
    return undefined;
  }
  const expression = withoutParentheses(statement.expression);
  return expression.kind === 'binary' && expression.operator === '='
    ? expression
    : undefined;
}

function reportNoAssignment(context: ReadContext, statement: Statement): void {
  const source = context.statementText(statement);
  if (statement.kind !== 'expression') {
    return;
  }
  if (source.includes('=')) {
    const [name] = source.split('=');
    context.report(statement, 'invalidIdentifier', name.trim());
  } else {
    context.report(statement, 'invalidEnvironmentIdentifier', source);
  }
}

function readVariableValue(
  context: ReadContext,
  expression: GroovyExpression,
): EnvironmentVariableModel['value'] | undefined {
  const core = withoutParentheses(expression);
  switch (core.kind) {
    case 'constant':
    case 'gstring':
      return readValue(context, expression, false);
    case 'call':
      return readFunction(context, core);
    case 'index':
      context.report(expression, 'invalidEnvironmentOperation');
      return undefined;
    case 'binary':
      if (core.operator === '+') {
        return readConcatenation(context, core);
      }
      context.report(expression, 'invalidEnvironmentOperation');
      return undefined;
    default:
      context.report(expression, 'invalidEnvironmentValue');
      return undefined;
  }
}

/** Only `credentials(…)` is a function to Jenkins; any other call is Groovy. */
function readFunction(
  context: ReadContext,
  call: CallExpression,
): ValueModel | CredentialsCallModel {
  const name = context.plainName(call);
  if (name !== 'credentials') {
    return readValue(context, call, false);
  }
  const list: ValueModel[] = [];
  for (const argument of passedArguments(call)) {
    const core =
      argument.kind === 'expression'
        ? withoutParentheses(argument.expression).kind
        : 'map';
    if (core === 'constant' || core === 'gstring') {
      list.push(readPassed(context, argument));
    } else {
      context.report(call, 'invalidFunctionArgument');
    }
  }
  const { start, end } = call;
  return { kind: 'function', name, arguments: list, start, end };
}

/**
 * `'a' + "b" + …` is one string to Jenkins: a literal when all parts are, else the texts of the parts joined without
 * their quotes.
 */
function readConcatenation(
  context: ReadContext,
  sum: BinaryExpression,
): ValueModel | undefined {
  const backwards: GroovyExpression[] = [];
  let left: GroovyExpression = sum;
  while (left.kind === 'binary' && left.operator === '+') {
    backwards.push(left.right);
    left = withoutParentheses(left.left);
  }
  if (left.kind === 'binary' || left.kind === 'index') {
    context.report(left, 'invalidEnvironmentOperation');
    return undefined;
  }
  let literal = true;
  let joined = '';
  [left, ...backwards.reverse()].forEach((operand, index) => {
    // Jenkins joins two operands, then that and the next, and takes the quotes off each time.
    joined = index > 1 && !literal ? trimQuotes(joined) : joined;
    const { kind } = withoutParentheses(operand);
    if (kind !== 'constant' && kind !== 'gstring') {
      context.report(operand, 'invalidEnvironmentConcatenation');
      return;
    }
    const value = readValue(context, operand, false);
    literal = literal && value.literal;
    joined += value.literal ? `${value.value}` : trimQuotes(`${value.value}`);
  });
  const { start, end } = sum;
  const source = context.sourceOf(sum);
  return { kind: 'value', literal, value: joined, source, start, end };
}

function trimQuotes(text: string): string {
  let trimmed = text;
  while (
    trimmed.length > 1 &&
    (trimmed[0] === '"' || trimmed[0] === "'") &&
    trimmed.endsWith(trimmed[0])
  ) {
    trimmed = trimmed.slice(1, -1);
  }
  return trimmed;
}
