import { ClosureExpression, Expression, Statement } from '../groovy/ast';
import { ErrorCollector } from './collector';
import { argumentsOf, blockOf, callOf, literalText, nameOf } from './match';
import { AgentModel } from './model';
import { checkArgument } from './stepsParser';

function agentOptions(
  body: ClosureExpression,
  errors: ErrorCollector,
): Map<string, Expression> {
  const options = new Map<string, Expression>();
  for (const line of body.body.statements) {
    const call = callOf(line);
    if (!call) {
      errors.error(body, 'Expected to find ‘someKey "someValue"’');
      continue;
    }
    const key = nameOf(call, errors);
    const [first, ...more] = call.args;
    if (!first) {
      errors.error(call, `No argument for map key "${key}"`);
    } else if (more.length > 0) {
      errors.error(call, `Too many arguments for map key "${key}"`);
    } else {
      if (first.kind === 'closure') {
        agentOptions(first, errors);
      } else {
        checkArgument(first, errors);
      }
      options.set(key, first);
    }
  }
  return options;
}

export function parseAgent(
  statement: Statement,
  errors: ErrorCollector,
): AgentModel {
  const range = { start: statement.start, end: statement.end };
  const none = { options: new Map<string, Expression>(), ...range };
  const block = blockOf(statement);
  if (!block) {
    const call = callOf(statement);
    const args = call ? argumentsOf(call) : [];
    const [first] = args;
    if (!call) {
      errors.error(range, 'Expected an agent');
      return none;
    }
    if (!first) {
      errors.error(range, 'No argument for agent');
      return none;
    }
    const type = 'value' in first ? literalText(first.value) : undefined;
    if (args.length > 1 || (type !== 'any' && type !== 'none')) {
      errors.error(
        range,
        'Only "agent none", "agent any" or "agent {...}" are allowed.',
      );
      return none;
    }
    return { ...none, type };
  }
  const { statements } = block.body.body;
  const [first] = statements;
  const call = first && callOf(first);
  if (statements.length > 1) {
    errors.error(range, 'Only one agent type is allowed per agent section');
    return none;
  }
  if (!call) {
    errors.error(range, 'Expected an agent');
    return none;
  }
  const written = nameOf(call, errors);
  const [value, ...more] = call.args;
  if (!value) {
    errors.error(call, `No argument for map key "${written}"`);
    return { ...none, type: written };
  }
  if (more.length > 0) {
    errors.error(call, `Too many arguments for map key "${written}"`);
  }
  if (value.kind === 'closure') {
    const type = written === 'label' ? 'node' : written;
    return { type, options: agentOptions(value, errors), ...range };
  }
  checkArgument(value, errors);
  return { type: written, value, ...none };
}
