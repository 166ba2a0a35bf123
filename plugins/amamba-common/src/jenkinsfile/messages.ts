/**
 * The words of Jenkins' model parser and validator, so that people find the same text here and in a build log. `{0}`
 * and `{1}` stand for the arguments.
 */
const TEXTS = {
  bareDollarCurly:
    '{0} cannot be used as a value directly. Did you mean "{0}"? (add quotes)',
  bigInteger:
    'BigIntegers cannot be used as constants in Declarative. The maximum value for an integer is ' +
    '9,223,372,036,854,775,807 and the minimum value for an integer is -9,223,372,036,854,775,808.',
  cannotHaveBlocks: '{0} definitions cannot have blocks',
  duplicateEnvironmentVariable: 'Duplicate environment variable name: "{0}"',
  expectedAgent: 'Expected an agent',
  expectedBlock: 'Expected a block',
  expectedBlockFor: 'Expected a block for {0}',
  expectedBoolean: 'Expected a boolean with {0}',
  expectedBuildParameter: 'Expected a build parameter definition',
  expectedClosureOrFailFast: 'Expected closure or failFast',
  expectedLibrary: 'Expected a "lib(...)" but got {0}',
  expectedMapMethod: 'Expected to find ‘someKey "someValue"’',
  expectedNameValuePairs: 'Expected name=value pairs',
  expectedOption: 'Expected an option',
  expectedStage: 'Expected a stage',
  expectedStageName: 'Expected a stage name but did not find any',
  expectedStep: 'Expected a step',
  expectedStringLiteral: 'Expected string literal',
  expectedStringLiteralButGot: 'Expected string literal but got {0}',
  expectedSymbol: 'Expected a symbol',
  expectedTool: 'Expected to find ‘someTool "someVersion"’',
  expectedTrigger: 'Expected a trigger',
  expectedWhen: 'Expected a when condition',
  formerSection: '{0}',
  invalidAgent: 'Only "agent none", "agent any" or "agent {...}" are allowed.',
  invalidBuildCondition:
    'The ‘post’ section can only contain build condition names with code blocks. Valid condition names are {0}',
  invalidEnvironmentConcatenation:
    'Environment variable values to be concatenated together must be single or double quoted.',
  invalidEnvironmentIdentifier:
    '"{0}" is not a valid environment expression. Use "key = value" pairs with valid Java/shell keys.',
  invalidEnvironmentOperation:
    'Environment variable values can only be joined together with ‘+’s.',
  invalidEnvironmentValue:
    'Environment variable values must either be single quoted, double quoted, or function calls.',
  invalidFunctionArgument: 'Internal function call parameters must be strings.',
  invalidInputField: 'Not a valid field for input: "{0}"',
  invalidSection:
    'Not a valid section definition: "{0}". Some extra configuration is required.',
  invalidStageSection:
    'Not a valid stage section definition: "{0}". Some extra configuration is required.',
  mapNotAllowed: '{0} cannot be defined as maps',
  methodCallWithClosure: 'Method call arguments',
  multipleOfSection: 'Multiple occurrences of the {0} section',
  noArgumentForAgent: 'No argument for agent',
  noArgumentForField: 'No argument for field "{0}"',
  noArgumentForMapKey: 'No argument for map key "{0}"',
  noArgumentForTool: 'No argument for tool "{0}"',
  objectMethodCall:
    'Method calls on objects not allowed outside "script" blocks.',
  oneAgentMax: 'Only one agent type is allowed per agent section',
  pipelineNotAtTop:
    'pipeline block must be at the top-level, not within another block.',
  stageWithoutBlock: 'Stage does not have a block',
  stepWithoutBlock: '{0} step without a block',
  tooManyArgumentsForField: 'Too many arguments for field "{0}"',
  tooManyArgumentsForMapKey: 'Too many arguments for map key "{0}"',
  tooManyArgumentsForTool: 'Too many arguments for tool "{0}"',
  undefinedSection: 'Undefined section "{0}"',
  unknownStageSection:
    'Unknown stage section "{0}". Starting with version 0.5, steps in a stage must be in a ‘steps’ block.',
  valuesOrNotValues: 'Exclude axis must contain either "values" or "notValues"',

  agentInNestedStages:
    '"agent" is not allowed in stage "{0}" as it contains parallel or matrix stages',
  blockedStep: 'Invalid step "{0}" used - not allowed in this context - {1}',
  duplicateAxisName: 'Duplicate axis name: "{0}"',
  duplicateAxisValue: 'Duplicate axis value: "{0}"',
  duplicateBranchName: 'Duplicate parallel branch name: "{0}"',
  duplicateOptionName: 'Duplicate option name: "{0}"',
  duplicatePostCondition: 'Duplicate build condition name: "{0}"',
  duplicateStageName: 'Duplicate stage name: "{0}"',
  duplicateTriggerName: 'Duplicate trigger name: "{0}"',
  emptySection: '{0} can not be empty',
  emptyWhen: 'Empty when closure, remove the property or add some content.',
  invalidIdentifier:
    '"{0}" is not a valid identifier and cannot be used for an environment variable. ' +
    'Identifiers must start with a letter or underscore and can contain only letters, numbers or underscores.',
  invalidPostCondition: 'Invalid condition "{0}" - valid conditions are {1}',
  missingInputMessage: 'No message specified for input',
  missingSection: 'Missing required section "{0}"',
  mixedArguments: 'Cannot mix named and unnamed arguments',
  nestedParallelOrMatrix:
    '"matrix" or "parallel" cannot be nested inside another "matrix" or "parallel".',
  noAgentType: 'No agent type specified. Must be one of {0}',
  noAxes: 'No axis directives specified',
  noChildrenAllowed:
    'No children when conditions are allowed for when condition "{0}".',
  noExcludes: 'No exclude directives specified',
  noStages: 'No stages specified',
  noSteps: 'No steps specified for branch',
  noTools: 'No tools specified',
  noVariables: 'No variables specified for environment',
  nothingForStage:
    'Expected one of "steps", "stages", or "parallel" for stage "{0}"',
  parametersInOptions:
    'The "parameters" job property can\'t be used in the "options" directive. Use the "parameters {...}" directive instead.',
  toolsInNestedStages:
    '"tools" is not allowed in stage "{0}" as it contains parallel or matrix stages',
  tooManyOfStage:
    'Only one of "matrix", "parallel", "stages", or "steps" allowed for stage "{0}"',
  triggersInOptions:
    'The "triggers" job property can\'t be used in the "options" directive. Use the "triggers {...}" directive instead.',
  unknownCondition: 'Unknown conditional {0}. Valid conditionals are: {1}',
  whenNoArguments:
    'No additional arguments are allowed for children when condition "{0}".',
  whenWithoutChildren:
    'Nested when condition "{0}" requires at least one child condition.',
  whenWrongChildren:
    'Nested when condition "{0}" requires exactly {1} child condition(s).',
} as const;

/** The code of a diagnostic of the levels `parse` and `static`. */
export type PipelineFault = keyof typeof TEXTS;

/** The text of a fault. */
export function faultMessage(
  fault: PipelineFault,
  ...details: readonly (string | number)[]
): string {
  return TEXTS[fault].replace(/\{([01])\}/g, (_, index) =>
    String(details[Number(index)] ?? ''),
  );
}

/** The reasons why some steps may not be used in a declarative pipeline. */
export const BLOCKED_STEPS: ReadonlyMap<string, string> = new Map([
  ['stage', 'The stage step cannot be used in Declarative Pipelines'],
  ['properties', 'The properties step cannot be used in Declarative Pipelines'],
  [
    'parallel',
    "The parallel step can only be used as the only top-level step in a stage's step block",
  ],
]);

/** The same for calls among the arguments of an option, a trigger or a parameter. */
export const BLOCKED_CALLS: ReadonlyMap<string, string> = new Map([
  [
    'node',
    'The node step cannot be called as an argument to a method in Declarative Pipelines',
  ],
  ...BLOCKED_STEPS,
]);
