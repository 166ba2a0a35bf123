import { useMemo, useState } from 'react';
import type {
  ParameterDefinition,
  ParameterValues,
} from '@amamba/backstage-plugin-amamba-common';
import {
  findProblems,
  lastValues,
  presetValues,
  valuesToSend,
  type ParameterProblem,
} from './values';

/** State of a form of run parameters. */
export interface ParameterForm {
  values: ParameterValues;
  problems: Readonly<Record<string, ParameterProblem>>;
  /** all values are right */
  valid: boolean;
  change: (name: string, value: string | boolean) => void;
  /** puts other values into the form */
  replace: (values: ParameterValues) => void;
  /** the values to send */
  toSend: () => ParameterValues;
}

/** Keeps the values of a form of run parameters; it starts with the defaults, or with what still fits of `initial`. */
export function useParameterForm(
  definitions: readonly ParameterDefinition[],
  initial?: ParameterValues,
): ParameterForm {
  const [values, setValues] = useState(() =>
    initial ? lastValues(definitions, initial) : presetValues(definitions),
  );
  const problems = useMemo(
    () => findProblems(definitions, values),
    [definitions, values],
  );
  return {
    values,
    problems,
    valid: Object.keys(problems).length === 0,
    change: (name, value) => setValues(old => ({ ...old, [name]: value })),
    replace: setValues,
    toSend: () => valuesToSend(definitions, values),
  };
}
