import {
  CallExpression,
  ClosureExpression,
  Expression,
  MapEntry,
  Statement,
} from '../groovy/ast';
import {
  ParameterSpec,
  soleParameter,
  StepDefinition,
} from '../steps/definition';
import { STEPS } from '../steps/registry';
import { ErrorCollector } from './collector';
import { argumentsOf, blockOf, callOf, isBareDollar, nameOf } from './match';
import { nearest } from './nearest';

/** An expression where a value is expected: `${X}` without quotes is none. */
export function checkArgument(value: Expression, errors: ErrorCollector): void {
  if (isBareDollar(value)) {
    const source = errors.source(value);
    errors.error(
      value,
      `${source} cannot be used as a value directly. Did you mean "${source}"? (add quotes)`,
    );
  }
}

/** The Java class of a literal as the validator names it, or undefined for what it does not check. */
function literalClass(value: Expression): string | undefined {
  if (value.kind !== 'constant' || value.value === null) {
    return undefined;
  }
  switch (typeof value.value) {
    case 'string':
      return 'class java.lang.String';
    case 'boolean':
      return 'class java.lang.Boolean';
    case 'number':
      return 'class java.lang.Integer';
    default:
      return 'class java.lang.Double';
  }
}

/** Complains about a literal that cannot be what the parameter wants. */
export function checkType(
  value: Expression,
  spec: ParameterSpec,
  key: string | undefined,
  errors: ErrorCollector,
): void {
  const given = literalClass(value);
  if (given === undefined || value.kind !== 'constant') {
    return;
  }
  const wrong =
    (spec.type === 'class java.lang.String' &&
      given !== 'class java.lang.String' &&
      given !== 'class java.lang.Double') ||
    ((spec.type === 'int' || spec.type === 'long') &&
      (given === 'class java.lang.String' ||
        given === 'class java.lang.Boolean'));
  if (wrong) {
    const named = key === undefined ? '' : ` for parameter "${key}"`;
    errors.error(
      value,
      `Expecting "${spec.type}"${named} but got "${String(value.value)}" of type ${given} instead`,
    );
  }
}

/** Checks named arguments against what is known of a function; false when something was wrong. */
export function checkNamed(
  at: { start: number },
  named: readonly MapEntry[],
  parameters: StepDefinition['parameters'],
  sole: string | undefined,
  errors: ErrorCollector,
): void {
  let valid = true;
  const given = new Set<string>();
  for (const { key, value, start } of named) {
    const name =
      key.kind === 'constant' ? String(key.value) : errors.source(key);
    given.add(name);
    const spec = parameters[name];
    if (!Object.hasOwn(parameters, name)) {
      errors.error(
        { start },
        `Invalid parameter "${name}", did you mean "${nearest(name, Object.keys(parameters))}"?`,
      );
      valid = false;
    } else {
      const alone = named.length === 1 && sole === name;
      checkType(value, spec, alone ? undefined : name, errors);
    }
  }
  for (const [name, spec] of Object.entries(parameters)) {
    if (valid && spec.required && !given.has(name)) {
      errors.error(at, `Missing required parameter: "${name}"`);
    }
  }
}

function checkStep(
  call: CallExpression,
  definition: StepDefinition,
  block: boolean,
  errors: ErrorCollector,
): void {
  const given = argumentsOf(call);
  const { parameters } = definition;
  const sole = soleParameter(parameters);
  const [first] = given;
  if (given.length === 0 || given.every(argument => 'entry' in argument)) {
    const isMap = call.named.some(
      ({ key }) => key.kind === 'constant' && key.value === '$class',
    );
    if (!isMap) {
      checkNamed(
        call,
        call.named,
        parameters,
        block ? undefined : sole,
        errors,
      );
    }
  } else if (given.length > 1) {
    errors.error(
      call,
      `Arguments to "${definition.name}" must be explicitly named.`,
    );
  } else if ('value' in first) {
    const { value } = first;
    if (value.kind === 'map') {
      const isMeta = value.entries.some(
        ({ key }) => key.kind === 'constant' && key.value === '$class',
      );
      const wholeValue =
        sole !== undefined && parameters[sole].type === 'object';
      if (!isMeta && !wholeValue) {
        checkNamed(
          call,
          value.entries,
          parameters,
          block ? undefined : sole,
          errors,
        );
      }
    } else if (!sole && !definition.block) {
      errors.error(
        call,
        'Step does not take a single required parameter - use named parameters instead',
      );
    } else if (sole) {
      checkType(value, parameters[sole], undefined, errors);
    }
  }
}

const BLOCKED: Readonly<Record<string, string>> = {
  stage: 'The stage step cannot be used in Declarative Pipelines',
  properties: 'The properties step cannot be used in Declarative Pipelines',
  parallel:
    // Jenkins' message has "stage's"; its formatting eats the apostrophe.
    'The parallel step can only be used as the only top-level step in a stages step block',
};

const BLOCKED_IN_CALLS: Readonly<Record<string, string>> = {
  ...BLOCKED,
  node: 'The node step cannot be called as an argument to a method in Declarative Pipelines',
};

/** Why a function may not be called here, or undefined. */
export function blocked(name: string, inCall: boolean): string | undefined {
  const why = (inCall ? BLOCKED_IN_CALLS : BLOCKED)[name];
  return (
    why && `Invalid step "${name}" used - not allowed in this context - ${why}`
  );
}

/** Checks one step of a `steps` block or a post condition. */
export function parseStep(statement: Statement, errors: ErrorCollector): void {
  const call = callOf(statement);
  if (!call) {
    errors.error(statement, 'Expected a step');
    return;
  }
  const name = nameOf(call, errors);
  const block = blockOf(statement);
  if (name === 'script') {
    if (!block) {
      errors.error(statement, 'Script step without a block');
    }
    return;
  }
  for (const argument of argumentsOf(call)) {
    checkArgument(
      'entry' in argument ? argument.entry.value : argument.value,
      errors,
    );
  }
  const why = blocked(name, false);
  if (why) {
    errors.error(statement, why);
  }
  block?.body.body.statements.forEach(child => parseStep(child, errors));
  const definition = STEPS.get(name);
  if (definition && name !== 'parallel') {
    checkStep(call, definition, block !== undefined, errors);
  }
}

/** The branches of `parallel a: { … }` when it is the only step; undefined when it is not. */
export function parseBranches(
  statement: Statement,
  errors: ErrorCollector,
): { branches: Map<string, ClosureExpression>; failFast: boolean } | undefined {
  const call = callOf(statement);
  if (!call || call.target || call.method !== 'parallel') {
    return undefined;
  }
  const branches = new Map<string, ClosureExpression>();
  let failFast = false;
  for (const { key, value, start } of call.named) {
    const name =
      key.kind === 'constant' ? String(key.value) : errors.source(key);
    if (name === 'failFast') {
      if (value.kind === 'constant' && typeof value.value === 'boolean') {
        failFast = value.value;
      } else {
        errors.error({ start }, 'Expected a boolean with failFast');
      }
    } else if (value.kind === 'closure') {
      value.body.statements.forEach(step => parseStep(step, errors));
      if (value.body.statements.length === 0) {
        errors.error(value, 'No steps specified for branch');
      }
      branches.set(name, value);
    } else {
      errors.error({ start }, 'Expected closure or failFast');
    }
  }
  return { branches, failFast };
}
