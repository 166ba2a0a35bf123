import { Statement } from '../groovy/ast';
import { ErrorCollector } from './collector';
import { argumentsOf, blockOf, callOf, isBareDollar, nameOf } from './match';
import { POST_CONDITIONS } from './metadata';
import { MethodModel, MethodsModel, PostModel, ToolsModel } from './model';
import { statementsOf } from './sectionBlock';
import { checkArgument, parseStep } from './stepsParser';

const EMPTY_CALL: MethodModel['call'] = {
  kind: 'call',
  method: '',
  args: [],
  named: [],
  safe: false,
  spread: false,
  nameStart: 0,
  start: 0,
  end: 0,
};

/** Checks the arguments of an option, a trigger or a parameter. */
function checkMethod(call: MethodModel['call'], errors: ErrorCollector): void {
  for (const argument of argumentsOf(call)) {
    const value = 'entry' in argument ? argument.entry.value : argument.value;
    if (value.kind === 'closure') {
      errors.error(
        'entry' in argument ? argument.entry : call,
        'Method call arguments',
      );
    } else if (value.kind === 'call' && !isBareDollar(value)) {
      nameOf(value, errors);
      checkMethod(value, errors);
    } else {
      checkArgument(value, errors);
    }
  }
}

export function parseMethods(
  statement: Statement,
  section: string,
  words: { what: string; expected: string },
  errors: ErrorCollector,
): MethodsModel {
  const methods: MethodModel[] = [];
  for (const line of statementsOf(statement, section, errors) ?? []) {
    const call = callOf(line);
    if (!call) {
      const isMap =
        line.kind === 'expression' && line.expression.kind === 'map';
      errors.error(
        line,
        isMap ? `${words.what} cannot be defined as maps` : words.expected,
      );
    } else if (blockOf(line)) {
      errors.error(line, `${words.what} definitions cannot have blocks`);
    } else {
      checkMethod(call, errors);
      methods.push({
        name: nameOf(call, errors),
        call,
        start: line.start,
        end: line.end,
      });
      continue;
    }
    // A definition that did not parse still counts: the section is not empty.
    methods.push({
      name: '',
      call: EMPTY_CALL,
      start: line.start,
      end: line.end,
    });
  }
  return { methods, start: statement.start, end: statement.end };
}

export function parseLibraries(
  statement: Statement,
  errors: ErrorCollector,
): { start: number; end: number } {
  let count = 0;
  const range = { start: statement.start, end: statement.end };
  const lines = statementsOf(statement, 'libraries', errors);
  for (const line of lines ?? []) {
    const call = callOf(line);
    if (!call || call.method !== 'lib' || argumentsOf(call).length !== 1) {
      errors.error(
        range,
        `Expected a "lib(...)" but got ${errors.source(line)}`,
      );
    } else if (blockOf(line)) {
      errors.error(line, 'Libraries definitions cannot have blocks');
    } else {
      count += 1;
    }
  }
  if (count === 0) {
    errors.error(range, 'libraries can not be empty');
  }
  return range;
}

export function parseTools(
  statement: Statement,
  errors: ErrorCollector,
): ToolsModel {
  const tools: ToolsModel['tools'][number][] = [];
  for (const line of statementsOf(statement, 'tools', errors) ?? []) {
    const call = callOf(line);
    if (!call) {
      errors.error(statement, 'Expected to find ‘someTool "someVersion"’');
      continue;
    }
    const name = nameOf(call, errors);
    const given = argumentsOf(call);
    const [first] = given;
    if (!first) {
      errors.error(call, `No argument for tool "${name}"`);
    } else if (given.length > 1) {
      errors.error(call, `Too many arguments for tool "${name}"`);
    } else {
      const value = 'entry' in first ? first.entry.value : first.value;
      checkArgument(value, errors);
      tools.push({ name, value, start: line.start, end: line.end });
    }
  }
  return { tools, start: statement.start, end: statement.end };
}

export function parsePost(
  statement: Statement,
  errors: ErrorCollector,
): PostModel {
  const conditions: PostModel['conditions'][number][] = [];
  const block = blockOf(statement);
  if (!block) {
    errors.error(statement, 'Expected a block');
  }
  for (const line of block?.body.body.statements ?? []) {
    const condition = blockOf(line);
    if (!condition) {
      errors.error(
        line,
        `The ‘post’ section can only contain build condition names with code blocks. Valid condition names are [${POST_CONDITIONS.join(', ')}]`,
      );
      continue;
    }
    condition.body.body.statements.forEach(step => parseStep(step, errors));
    const name = nameOf(condition.call, errors);
    conditions.push({
      name,
      body: condition.body,
      start: line.start,
      end: line.end,
    });
  }
  return { conditions, start: statement.start, end: statement.end };
}
