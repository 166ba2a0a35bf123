import { withoutParentheses } from './jenkinsText';
import {
  EnvironmentModel,
  InputModel,
  LibrariesModel,
  MethodListModel,
  MethodModel,
  NamedValueModel,
  PostConditionModel,
  PostModel,
  ToolsModel,
  ValueModel,
  WhenModel,
} from './model';
import { POST_CONDITIONS } from './names';
import {
  BlockCall,
  lastOfEach,
  passedArguments,
  ReadContext,
} from './readContext';
import { readEnvironmentVariables } from './readEnvironment';
import { readBranch, readCondition } from './readSteps';
import {
  readBoolean,
  readMethod,
  readMethodKey,
  readPassed,
} from './readValues';
import { Statement } from './groovy/syntax';

/** The block of a section; reports a section that has none. */
export function sectionBlock(
  context: ReadContext,
  statement: Statement,
  section: string,
): BlockCall | undefined {
  const block = context.blockOf(statement);
  if (!block) {
    context.report(statement, 'expectedBlockFor', section);
  }
  return block;
}

/** Reports the second and later occurrences of a name. */
export function onlyOnce(
  context: ReadContext,
): (name: string, statement: Statement) => void {
  const seen = new Set<string>();
  return (name, statement) => {
    if (seen.has(name)) {
      context.report(statement, 'multipleOfSection', name);
    }
    seen.add(name);
  };
}

export function readEnvironment(
  context: ReadContext,
  statement: Statement,
): EnvironmentModel {
  const { start, end } = statement;
  const block = sectionBlock(context, statement, 'environment');
  const variables = block
    ? readEnvironmentVariables(context, statement, block.closure)
    : [];
  return { variables, start, end };
}

export function readTools(
  context: ReadContext,
  statement: Statement,
): ToolsModel {
  const { start, end } = statement;
  const block = sectionBlock(context, statement, 'tools');
  if (!block) {
    return { tools: [], start, end };
  }
  const tools = context.eachStatement<NamedValueModel>(block.closure, inner => {
    const call = context.callOf(inner);
    if (!call) {
      context.report(statement, 'expectedTool');
      return undefined;
    }
    const key = readMethodKey(context, call);
    const passed = passedArguments(call);
    if (passed.length !== 1) {
      const fault =
        passed.length === 0 ? 'noArgumentForTool' : 'tooManyArgumentsForTool';
      context.report(inner, fault, key);
      return undefined;
    }
    const value = readPassed(context, passed[0]);
    return { key, value, start: inner.start, end: inner.end };
  });
  return { tools: lastOfEach(tools), start, end };
}

/** What Jenkins calls the entries of a list of methods, and its complaint about an entry that is none. */
const METHOD_LISTS = {
  options: { shown: 'Options', fault: 'expectedOption' },
  parameters: { shown: 'Build parameters', fault: 'expectedBuildParameter' },
  triggers: { shown: 'Triggers', fault: 'expectedTrigger' },
} as const;

export function readMethodList(
  context: ReadContext,
  statement: Statement,
  section: keyof typeof METHOD_LISTS,
): MethodListModel {
  const { start, end } = statement;
  const { shown, fault } = METHOD_LISTS[section];
  const block = sectionBlock(context, statement, section);
  if (!block) {
    return { methods: [], statements: 0, start, end };
  }
  let statements = 0;
  const methods = context.eachStatement<MethodModel>(block.closure, inner => {
    statements += 1;
    const call = context.callOf(inner);
    if (call && !context.blockOf(inner)) {
      return readMethod(context, call);
    }
    if (call) {
      context.report(inner, 'cannotHaveBlocks', shown);
    } else if (
      inner.kind === 'expression' &&
      withoutParentheses(inner.expression).kind === 'map'
    ) {
      context.report(inner, 'mapNotAllowed', shown);
    } else {
      context.report(inner, fault);
    }
    return undefined;
  });
  return { methods, statements, start, end };
}

export function readLibraries(
  context: ReadContext,
  statement: Statement,
): LibrariesModel {
  const { start, end } = statement;
  const block = sectionBlock(context, statement, 'libraries');
  if (!block) {
    return { libraries: [], start, end };
  }
  const libraries = context.eachStatement<ValueModel>(block.closure, inner => {
    const call = context.callOf(inner);
    if (!call || context.plainName(call) !== 'lib') {
      context.report(inner, 'expectedLibrary', context.statementText(inner));
      return undefined;
    }
    if (context.blockOf(inner)) {
      context.report(inner, 'cannotHaveBlocks', 'Libraries');
      return undefined;
    }
    const { arguments: list } = readMethod(context, call);
    const [only] = list;
    if (list.length !== 1 || only.kind !== 'value') {
      context.report(inner, 'expectedLibrary', context.sourceOf(call));
      return undefined;
    }
    return only;
  });
  return { libraries, start, end };
}

export function readPost(
  context: ReadContext,
  statement: Statement,
): PostModel {
  const { start, end } = statement;
  const block = context.blockOf(statement);
  if (!block) {
    context.report(statement, 'expectedBlock');
    return { conditions: [], start, end };
  }
  const conditions = context.eachStatement<PostConditionModel>(
    block.closure,
    inner => {
      const condition = context.blockOf(inner);
      if (!condition) {
        const known = `[${POST_CONDITIONS.join(', ')}]`;
        context.report(inner, 'invalidBuildCondition', known);
        return undefined;
      }
      const branch = readBranch(context, 'default', condition.closure);
      const { name } = condition;
      return { condition: name, branch, start: inner.start, end: inner.end };
    },
  );
  return { conditions, start, end };
}

export function readWhen(
  context: ReadContext,
  statement: Statement,
): WhenModel {
  const { start, end } = statement;
  const block = sectionBlock(context, statement, 'when');
  const flags: Record<string, boolean | undefined> = {};
  const conditions = !block
    ? []
    : context.eachStatement(block.closure, inner => {
        const call = context.callOf(inner);
        if (!call) {
          context.report(inner, 'expectedWhen');
          return undefined;
        }
        const name = context.plainName(call);
        if (name && /^before(Agent|Input|Options)$/.test(name)) {
          flags[name] = readBoolean(context, call, name);
          return undefined;
        }
        return readCondition(context, inner);
      });
  const { beforeAgent, beforeInput, beforeOptions } = flags;
  return { conditions, beforeAgent, beforeInput, beforeOptions, start, end };
}

const INPUT_FIELDS = new Set([
  'message',
  'id',
  'ok',
  'submitter',
  'submitterParameter',
]);

export function readInput(
  context: ReadContext,
  statement: Statement,
): InputModel {
  const { start, end } = statement;
  const block = sectionBlock(context, statement, 'input');
  const values: Record<string, ValueModel> = {};
  let parameters: readonly MethodModel[] = [];
  const once = onlyOnce(context);
  if (block) {
    context.eachStatement(block.closure, inner => {
      const call = context.callOf(inner);
      if (!call) {
        context.report(inner, 'invalidSection', context.statementText(inner));
        return undefined;
      }
      const name = context.methodName(call);
      once(name, inner);
      const passed = passedArguments(call);
      if (passed.length !== 1) {
        const fault =
          passed.length === 0
            ? 'noArgumentForField'
            : 'tooManyArgumentsForField';
        context.report(inner, fault, name);
      } else if (name === 'parameters') {
        parameters = readMethodList(context, inner, name).methods;
      } else if (INPUT_FIELDS.has(name)) {
        values[name] = readPassed(context, passed[0]);
      } else {
        context.report(inner, 'invalidInputField', name);
      }
      return undefined;
    });
  }
  const { message, id, ok, submitter, submitterParameter } = values;
  return {
    ...{ message, id, ok, submitter, submitterParameter, parameters },
    ...{ start, end },
  };
}
