import { raise, Unsupported } from '../groovy/errors';
import { GroovyMap, toText, truth, Value } from '../groovy/values';
import type { BuildParameter, ParameterDefinition } from '../types';
import { Symbolic } from './symbols';
import { table } from '../groovy/table';

const DEFINITIONS = table<string>({
  booleanParam: 'hudson.model.BooleanParameterDefinition',
  choice: 'hudson.model.ChoiceParameterDefinition',
  file: 'hudson.model.FileParameterDefinition',
  password: 'hudson.model.PasswordParameterDefinition',
  string: 'hudson.model.StringParameterDefinition',
  stringParam: 'hudson.model.StringParameterDefinition',
  text: 'hudson.model.TextParameterDefinition',
});

function named(value: Value): { kind: string; args: GroovyMap } {
  if (value instanceof Symbolic) {
    return {
      kind: DEFINITIONS[value.symbol] ?? value.symbol,
      args: value.args,
    };
  }
  if (value instanceof Map) {
    const name = toText(value.get('$class') ?? '').replace(/^.*\./, '');
    return { kind: `hudson.model.${name}`, args: value };
  }
  return raise('IllegalArgumentException', `${toText(value)} is no parameter`);
}

function choicesOf(value: Value | undefined): string[] {
  if (Array.isArray(value)) {
    return value.map(item => toText(item));
  }
  return toText(value ?? '')
    .split('\n')
    .filter(line => line !== '');
}

/** The definition that `string(name: …)` and its like stand for. */
export function parameterDefinition(value: Value): ParameterDefinition {
  const { kind, args } = named(value);
  if (!Object.values(DEFINITIONS).includes(kind)) {
    throw new Unsupported(`the parameter type ${kind}`);
  }
  const optional = (key: string) => {
    const given = args.get(key);
    return given === undefined || given === null ? undefined : toText(given);
  };
  const definition: ParameterDefinition = {
    type: kind,
    name: toText(
      args.get('name') ??
        raise('IllegalArgumentException', 'a parameter needs a name'),
    ),
    description: optional('description'),
  };
  if (kind === DEFINITIONS.choice) {
    definition.choices = choicesOf(
      args.get('choices') ?? args.get('choiceList'),
    );
  } else if (kind === DEFINITIONS.booleanParam) {
    const given = args.get('defaultValue') ?? false;
    definition.defaultValue =
      typeof given === 'string' ? given === 'true' : truth(given);
  } else {
    definition.defaultValue =
      optional('defaultValue') ?? optional('defaultValueAsSecret') ?? '';
  }
  if (args.get('trim') !== undefined) {
    definition.trim = truth(args.get('trim') ?? false);
  }
  return definition;
}

const VALUES = table<string>({
  booleanParam: 'hudson.model.BooleanParameterValue',
  BooleanParameterValue: 'hudson.model.BooleanParameterValue',
  string: 'hudson.model.StringParameterValue',
  StringParameterValue: 'hudson.model.StringParameterValue',
  text: 'hudson.model.TextParameterValue',
  TextParameterValue: 'hudson.model.TextParameterValue',
  password: 'hudson.model.PasswordParameterValue',
  PasswordParameterValue: 'hudson.model.PasswordParameterValue',
});

/** The value that `string(name: …, value: …)` passes to another job. */
export function parameterValue(value: Value): BuildParameter {
  const args = value instanceof Symbolic ? value.args : value;
  if (!(args instanceof Map)) {
    return raise(
      'IllegalArgumentException',
      `${toText(value)} is no parameter`,
    );
  }
  const kind =
    value instanceof Symbolic
      ? value.symbol
      : toText(args.get('$class') ?? '').replace(/^.*\./, '');
  const type = VALUES[kind];
  if (!type) {
    throw new Unsupported(`the parameter value ${kind}`);
  }
  const given = args.get('value') ?? null;
  return {
    name: toText(args.get('name') ?? null),
    type,
    value:
      type === 'hudson.model.BooleanParameterValue'
        ? given === true || given === 'true'
        : toText(given ?? ''),
  };
}
