import {
  declaredJobSettings,
  parameterDefinitionSchema,
  parseJenkinsfile,
  type ParameterDefinition,
  type ParameterValues,
  type PipelineSource,
} from '@amamba/backstage-plugin-amamba-common';
import { InputError } from '@backstage/errors';
import type { PipelineRecord } from './records';

/** Parameters that a script declares itself; engines know them only after the first run. */
function declaredInScript(source: PipelineSource): ParameterDefinition[] {
  if (source.type !== 'script') return [];
  const { parameters } = declaredJobSettings(parseJenkinsfile(source.script));
  return parameters
    .filter(({ computed }) => !computed.includes('name'))
    .flatMap(({ definition }) => {
      const checked = parameterDefinitionSchema.safeParse(definition);
      return checked.success ? [checked.data] : [];
    });
}

/**
 * Parameters that an engine is to ask for: the script's own, and those of the settings that it does not declare. Worked out
 * when a pipeline is saved, because reading a script takes its time.
 */
export function askedParameters({
  source,
  settings,
}: Pick<PipelineRecord, 'source' | 'settings'>): ParameterDefinition[] {
  const byName = new Map<string, ParameterDefinition>();
  for (const definition of [
    ...declaredInScript(source),
    ...settings.parameters,
  ]) {
    if (!byName.has(definition.name)) byName.set(definition.name, definition);
  }
  return [...byName.values()];
}

/** Parameters that a run is asked for. What the engine learned from the Jenkinsfile wins. */
export function parametersOf(pipeline: PipelineRecord): ParameterDefinition[] {
  return pipeline.declaredParameters ?? pipeline.askedParameters;
}

function problemOf(
  definition: ParameterDefinition | undefined,
  value: string | boolean,
): string | undefined {
  switch (definition?.type) {
    case undefined:
      return 'is not a parameter of this pipeline';
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'must be true or false';
    case 'choice':
      return typeof value === 'string' && definition.choices.includes(value)
        ? undefined
        : `must be one of ${definition.choices.slice(0, 20).join(', ')}`;
    case 'unsupported':
      return `is of the type ${definition.engineType}, which cannot be given here`;
    default:
      return typeof value === 'string' ? undefined : 'must be text';
  }
}

/**
 * Checks values against definitions, and cuts white space where the definition says so.
 *
 * @throws InputError naming each field as `parameters.NAME`, never its value
 */
export function checkValues(
  definitions: readonly ParameterDefinition[],
  values: ParameterValues,
): ParameterValues {
  const byName = new Map(definitions.map(item => [item.name, item]));
  const problems = Object.entries(values).flatMap(([name, value]) => {
    const problem = problemOf(byName.get(name), value);
    return problem ? [`parameters.${name}: ${problem}`] : [];
  });
  if (problems.length > 0) {
    throw new InputError(problems.slice(0, 10).join('; '));
  }
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const definition = byName.get(name);
      const isTrimmed = definition?.type === 'string' && definition.trim;
      return [name, isTrimmed ? String(value).trim() : value];
    }),
  );
}

/** The values that may be kept: all but passwords. */
export function withoutPasswords(
  definitions: readonly ParameterDefinition[],
  values: ParameterValues,
): ParameterValues {
  const secret = new Set(
    definitions
      .filter(({ type }) => type === 'password')
      .map(({ name }) => name),
  );
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => !secret.has(name)),
  );
}
