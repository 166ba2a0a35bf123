import { ClosureExpression, Expression, Statement } from '../groovy/ast';
import { ErrorCollector } from './collector';
import { POST_CONDITIONS } from './metadata';
import {
  argumentsOf,
  blockOf,
  callOf,
  isBareDollar,
  literalText,
  nameOf,
} from './match';
import {
  AgentModel,
  ConditionModel,
  EnvironmentEntry,
  EnvironmentModel,
  InputModel,
  MethodModel,
  MethodsModel,
  PostModel,
  ToolsModel,
  WhenModel,
} from './model';
import { checkArgument, parseStep } from './stepsParser';

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
