import { jenkinsCode } from './jenkinsText';
import { BranchModel, CodeModel, ConditionModel, StepModel } from './model';
import { passedArguments, ReadContext } from './readContext';
import { readArguments } from './readValues';
import { ClosureExpression, Statement } from './groovy/syntax';

/** The steps of a block. */
export function readBranch(
  context: ReadContext,
  name: string,
  closure: ClosureExpression,
): BranchModel {
  const { start, end } = closure;
  const steps = context.eachStatement(closure, statement =>
    readStep(context, statement),
  );
  return { name, steps, start, end };
}

/** A statement in a block of steps. What is no step becomes one without a name, with a diagnostic. */
export function readStep(
  context: ReadContext,
  statement: Statement,
): StepModel {
  const { start, end } = statement;
  const call = context.callOf(statement);
  if (!call) {
    context.report(statement, 'expectedStep');
    const none = { form: 'named' as const, entries: [] };
    return { kind: 'step', arguments: none, start, end };
  }
  const name = context.methodName(call);
  if (name === 'script' || name === 'expression') {
    return readCodeStep(context, statement, name);
  }
  const passed = passedArguments(call);
  const block = context.blockOf(statement);
  if (!block) {
    const list = readArguments(context, passed);
    return { kind: 'step', name, arguments: list, start, end };
  }
  const list = readArguments(context, passed.slice(0, -1));
  const children = context.eachStatement(block.closure, child =>
    readStep(context, child),
  );
  return { kind: 'step', name, arguments: list, children, start, end };
}

function readCodeStep(
  context: ReadContext,
  statement: Statement,
  name: 'script' | 'expression',
): StepModel {
  const { start, end } = statement;
  const code = readCode(context, statement, name);
  const list = { form: 'named' as const, entries: [] };
  return { kind: 'step', name, arguments: list, code, start, end };
}

/** The body of `script` or `expression`, which stays text. */
export function readCode(
  context: ReadContext,
  statement: Statement,
  name: 'script' | 'expression',
): CodeModel | undefined {
  const block = context.blockOf(statement);
  if (!block) {
    const shown = name === 'script' ? 'Script' : 'When';
    context.report(statement, 'stepWithoutBlock', shown);
    return undefined;
  }
  const { body } = block.closure;
  return {
    ...body,
    source: context.sourceOf(body),
    jenkinsText: jenkinsCode(context.stream, block.closure),
  };
}

/** A condition in a `when` section or in another condition. */
export function readCondition(
  context: ReadContext,
  statement: Statement,
): ConditionModel {
  const { start, end } = statement;
  const call = context.callOf(statement);
  if (!call) {
    context.report(statement, 'expectedWhen');
    return { children: [], start, end };
  }
  const name = context.methodName(call);
  if (name === 'expression') {
    const code = readCode(context, statement, name);
    return { name, children: [], code, start, end };
  }
  const passed = passedArguments(call);
  const block = context.blockOf(statement);
  if (!block) {
    const list = readArguments(context, passed);
    return { name, arguments: list, children: [], start, end };
  }
  const list =
    passed.length > 1 ? readArguments(context, passed.slice(0, -1)) : undefined;
  const children = context.eachStatement(block.closure, child =>
    readCondition(context, child),
  );
  return { name, arguments: list, children, start, end };
}
