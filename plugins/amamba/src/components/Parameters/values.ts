import type {
  ParameterDefinition,
  ParameterValues,
} from '@amamba/backstage-plugin-amamba-common';

/** The longest value that the contract takes. */
const MAX_LENGTH = 100_000;

/** A parameter that can be asked for. */
export type AskedParameter = Exclude<
  ParameterDefinition,
  { type: 'unsupported' }
>;

/** What is wrong with a value. */
export type ParameterProblem = 'notAChoice' | 'tooLong';

/** Whether the portal can ask for a parameter. */
export function isAsked(
  definition: ParameterDefinition,
): definition is AskedParameter {
  return definition.type !== 'unsupported';
}

function preset(definition: AskedParameter): string | boolean {
  switch (definition.type) {
    case 'boolean':
      return definition.defaultValue;
    case 'choice':
      return definition.choices[0];
    case 'password':
      return '';
    default:
      return definition.defaultValue ?? '';
  }
}

/** What a form starts with. */
export function presetValues(
  definitions: readonly ParameterDefinition[],
): ParameterValues {
  return Object.fromEntries(
    definitions.filter(isAsked).map(item => [item.name, preset(item)]),
  );
}

/** What a form starts with when it repeats another run: its values, where they still fit. */
export function lastValues(
  definitions: readonly ParameterDefinition[],
  last: ParameterValues,
): ParameterValues {
  const values = presetValues(definitions);
  for (const definition of definitions.filter(isAsked)) {
    const value = last[definition.name];
    if (
      typeof value === typeof values[definition.name] &&
      definition.type !== 'password' &&
      problemOf(definition, value) === undefined
    ) {
      values[definition.name] = value;
    }
  }
  return values;
}

function problemOf(
  definition: AskedParameter,
  value: string | boolean | undefined,
): ParameterProblem | undefined {
  if (typeof value !== 'string') return undefined;
  if (definition.type === 'choice' && !definition.choices.includes(value)) {
    return 'notAChoice';
  }
  return value.length > MAX_LENGTH ? 'tooLong' : undefined;
}

/** What is wrong, by parameter name; empty when all is right. */
export function findProblems(
  definitions: readonly ParameterDefinition[],
  values: ParameterValues,
): Record<string, ParameterProblem> {
  const problems: Record<string, ParameterProblem> = {};
  for (const definition of definitions.filter(isAsked)) {
    const problem = problemOf(definition, values[definition.name]);
    if (problem) problems[definition.name] = problem;
  }
  return problems;
}

/** The values to send. A password that was left empty is left out where the engine has one of its own. */
export function valuesToSend(
  definitions: readonly ParameterDefinition[],
  values: ParameterValues,
): ParameterValues {
  const sent: ParameterValues = {};
  for (const definition of definitions.filter(isAsked)) {
    const value = values[definition.name] ?? preset(definition);
    const keepStored =
      definition.type === 'password' && definition.hasDefault && value === '';
    if (keepStored) continue;
    sent[definition.name] =
      definition.type === 'string' &&
      definition.trim &&
      typeof value === 'string'
        ? value.trim()
        : value;
  }
  return sent;
}
