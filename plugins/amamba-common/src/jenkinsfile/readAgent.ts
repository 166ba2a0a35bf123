import { withoutParentheses } from './jenkinsText';
import { AgentFieldModel, AgentModel } from './model';
import { BARE_AGENTS } from './names';
import { lastOfEach, passedArguments, ReadContext } from './readContext';
import { readKey, readMethodKey, readPassed } from './readValues';
import { CallExpression, ClosureExpression, Statement } from './groovy/syntax';

/** `agent any`, `agent { label 'x' }`, `agent { docker { … } }`. */
export function readAgent(
  context: ReadContext,
  statement: Statement,
): AgentModel {
  const { start, end } = statement;
  const block = context.blockOf(statement);
  const call = context.callOf(statement);
  if (!block) {
    const type = call ? readBareAgent(context, call) : undefined;
    if (!call) {
      context.report(statement, 'expectedAgent');
    }
    return { type, start, end };
  }
  const statements = context.eachStatement(block.closure, inner => inner);
  const [only] = statements;
  const typed = only && context.callOf(only);
  if (statements.length > 1) {
    context.report(statement, 'oneAgentMax');
  } else if (!typed) {
    context.report(statement, 'expectedAgent');
  }
  if (statements.length !== 1 || !typed) {
    return { start, end };
  }
  const [field] = readAgentFields(context, block.closure);
  const type = readMethodKey(context, typed);
  if (!field) {
    return { type, start, end };
  }
  if ('kind' in field.value) {
    return { type, argument: field.value, start, end };
  }
  // Jenkins takes `label` with a block for `node`.
  return {
    type: type === 'label' ? 'node' : type,
    fields: field.value,
    start,
    end,
  };
}

function readBareAgent(
  context: ReadContext,
  call: CallExpression,
): string | undefined {
  const passed = passedArguments(call);
  if (passed.length === 0) {
    context.report(call, 'noArgumentForAgent');
    return undefined;
  }
  const [only] = passed;
  const expression = only.kind === 'expression' ? only.expression : undefined;
  const type =
    passed.length === 1 ? readKey(context, expression, call) : 'error';
  if (!BARE_AGENTS.has(type)) {
    context.report(call, 'invalidAgent');
    return undefined;
  }
  return type;
}

/** `key value` and `key { … }` lines. */
function readAgentFields(
  context: ReadContext,
  closure: ClosureExpression,
): AgentFieldModel[] {
  const fields = context.eachStatement<AgentFieldModel>(closure, statement => {
    const { start, end } = statement;
    const call = context.callOf(statement);
    if (!call) {
      context.report(statement, 'expectedMapMethod');
      return undefined;
    }
    const key = readMethodKey(context, call);
    const passed = passedArguments(call);
    if (passed.length !== 1) {
      const fault =
        passed.length === 0
          ? 'noArgumentForMapKey'
          : 'tooManyArgumentsForMapKey';
      context.report(statement, fault, key);
      return undefined;
    }
    const [only] = passed;
    const core =
      only.kind === 'expression'
        ? withoutParentheses(only.expression)
        : undefined;
    const value: AgentFieldModel['value'] =
      core?.kind === 'closure'
        ? readAgentFields(context, core)
        : readPassed(context, only);
    return { key, value, start, end };
  });
  return lastOfEach(fields);
}
