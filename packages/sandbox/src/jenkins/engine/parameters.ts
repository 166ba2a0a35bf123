import type { BuildParameter, ParameterDefinition } from '../execution/types';
import { PARAMETER } from '../config/classNames';
import type { SecretBox } from '../config/SecretBox';
import { NotSupported } from '../model/errors';

/** The default of a definition as a value. */
function defaultOf(definition: ParameterDefinition): string | boolean {
  return definition.type === PARAMETER.boolean
    ? definition.defaultValue === true || definition.defaultValue === 'true'
    : String(definition.defaultValue ?? '');
}

/**
 * Makes the value of one parameter.
 * @throws Error with Jenkins' text for a value that is no choice (Jenkins answers 500)
 */
function valueOf(
  definition: ParameterDefinition,
  given: string | boolean,
): string | boolean {
  const { type, name, choices = [] } = definition;
  if (type === PARAMETER.boolean) {
    return given === true || String(given).toLowerCase() === 'true';
  }
  const text = String(given);
  if (type === PARAMETER.choice && !choices.includes(text)) {
    throw new Error(`Illegal choice for parameter ${name}: ${text}`);
  }
  return definition.trim ? text.trim() : text;
}

/**
 * The parameters of a run: what was given, defaults for the rest; unknown names are ignored, as Jenkins does.
 * @throws NotSupported for a file parameter
 */
export function bindParameters(
  definitions: ParameterDefinition[],
  given: ReadonlyMap<string, string | boolean>,
): BuildParameter[] {
  return definitions.flatMap(definition => {
    const { name, type } = definition;
    const value = given.get(name);
    if (type === PARAMETER.file) {
      if (value === undefined) return [];
      throw new NotSupported('This stand-in has no file parameters.');
    }
    return [
      {
        name,
        type,
        value:
          value === undefined
            ? defaultOf(definition)
            : valueOf(definition, value),
      },
    ];
  });
}

/** Encrypts passwords, for what is written to disk. */
export function sealParameters(
  parameters: BuildParameter[],
  secrets: SecretBox,
): BuildParameter[] {
  return parameters.map(parameter =>
    parameter.type === PARAMETER.password
      ? { ...parameter, value: secrets.encrypt(String(parameter.value)) }
      : parameter,
  );
}

/** The reverse of {@link sealParameters}. */
export function openParameters(
  parameters: BuildParameter[],
  secrets: SecretBox,
): BuildParameter[] {
  return parameters.map(parameter =>
    parameter.type === PARAMETER.password
      ? { ...parameter, value: secrets.decrypt(String(parameter.value)) }
      : parameter,
  );
}
