import { PARAMETER, parameterValueClass } from '../config/classNames';
import type { ParameterDefinition } from '../execution/types';
import { constants } from './common';
import { ALWAYS, Bean } from './export';

/** A parameter definition of a job or of an input; the default of a password is not shown. */
export function parameterBean(definition: ParameterDefinition): Bean {
  const { type, name, description, choices, defaultValue } = definition;
  const value = type === PARAMETER.password ? undefined : defaultValue;
  return constants(type, ALWAYS, {
    defaultParameterValue:
      type === PARAMETER.file
        ? null
        : constants(parameterValueClass(type), ALWAYS, { name, value }),
    description: description ?? '',
    name,
    type: type.slice(type.lastIndexOf('.') + 1),
    choices,
  });
}
