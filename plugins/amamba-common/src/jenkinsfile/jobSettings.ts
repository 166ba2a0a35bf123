import type { ParameterDefinition } from '../pipelines/parameters';
import { JenkinsfileDocument } from './document';
import { MethodListModel, MethodModel, ValueModel } from './model';
import { SourceRange } from './positions';

/** An entry of `parameters`. */
export interface DeclaredParameter extends SourceRange {
  readonly definition: ParameterDefinition;
  /** Fields that Groovy works out when the pipeline runs; they are absent from the definition (the name: its text). */
  readonly computed: readonly string[];
}

/** An entry of `triggers` or `options`. */
export interface DeclaredEntry extends SourceRange {
  readonly name: string;
  /** The exact text. */
  readonly source: string;
}

/**
 * What a Jenkinsfile says about its job. Jenkins puts this in the place of the job's own settings when the pipeline
 * has run once, so a portal shows it and does not offer to edit it. A setting that Groovy works out is absent here and
 * only stands in the lists.
 */
export interface DeclaredJobSettings {
  readonly parameters: readonly DeclaredParameter[];
  readonly triggers: readonly DeclaredEntry[];
  readonly options: readonly DeclaredEntry[];
  /** The schedule of `cron`, in Jenkins' cron dialect. */
  readonly cron?: string;
  /** The schedule of `pollSCM`. */
  readonly pollScm?: string;
  /** The jobs of `upstream`, separated by commas. */
  readonly upstream?: string;
  /** `buildDiscarder(logRotator(…))`. */
  readonly discard?: { readonly days?: number; readonly runs?: number };
  readonly disableConcurrentRuns: boolean;
  /** Seconds. */
  readonly quietPeriodSeconds?: number;
}

/** The settings of a job that its Jenkinsfile declares; empty for a scripted one. */
export function declaredJobSettings(
  document: JenkinsfileDocument,
): DeclaredJobSettings {
  const [pipeline] = document.pipelines;
  const trigger = (name: string, key: string) =>
    text(field(find(pipeline?.triggers, name), key));
  const rotator = methodIn(find(pipeline?.options, 'buildDiscarder'));
  const quietPeriod = find(pipeline?.options, 'quietPeriod');
  const concurrency = find(pipeline?.options, 'disableConcurrentBuilds');
  return {
    parameters: (pipeline?.parameters?.methods ?? []).map(declaredParameter),
    triggers: entries(document, pipeline?.triggers),
    options: entries(document, pipeline?.options),
    cron: trigger('cron', 'spec'),
    pollScm: trigger('pollSCM', 'scmpoll_spec'),
    upstream: trigger('upstream', 'upstreamProjects'),
    discard: rotator && {
      days: count(field(rotator, 'daysToKeepStr')),
      runs: count(field(rotator, 'numToKeepStr')),
    },
    disableConcurrentRuns: concurrency !== undefined,
    quietPeriodSeconds: count(field(quietPeriod, 'quietPeriod')),
  };
}

function entries(
  document: JenkinsfileDocument,
  list: MethodListModel | undefined,
): DeclaredEntry[] {
  return (list?.methods ?? []).map(({ name, start, end }) => ({
    name,
    source: document.text.slice(start, end),
    start,
    end,
  }));
}

function find(
  list: MethodListModel | undefined,
  name: string,
): MethodModel | undefined {
  return list?.methods.find(method => method.name === name);
}

function methodIn(method: MethodModel | undefined): MethodModel | undefined {
  return method?.arguments
    .map(argument => (argument.kind === 'named' ? argument.value : argument))
    .find((value): value is MethodModel => value.kind === 'method');
}

/** The value of a named argument, or of the only argument when that has no name. */
function field(
  method: MethodModel | undefined,
  key: string,
): ValueModel | undefined {
  const list = method?.arguments ?? [];
  for (const argument of list) {
    const value = argument.kind === 'named' ? argument.value : argument;
    const wanted =
      argument.kind === 'named' ? argument.key === key : list.length === 1;
    if (wanted && value.kind === 'value') {
      return value;
    }
  }
  return undefined;
}

function text(value: ValueModel | undefined): string | undefined {
  return value?.literal && typeof value.value === 'string'
    ? value.value
    : undefined;
}

/** A whole number of at least 0, which Jenkins takes as a string, too; -1 means no limit to Jenkins. */
function count(value: ValueModel | undefined): number | undefined {
  return value?.literal && /^\d{1,9}$/.test(String(value.value))
    ? Number(value.value)
    : undefined;
}

function declaredParameter(method: MethodModel): DeclaredParameter {
  const { start, end } = method;
  const computed: string[] = [];
  const read = (key: string): ValueModel | undefined => {
    const value = field(method, key);
    const known = value?.literal || value?.items?.every(item => item.literal);
    if (value && !known) {
      computed.push(key);
    }
    return value;
  };
  const name = read('name');
  const base = {
    name: text(name) ?? name?.source ?? '',
    description: text(read('description')),
  };
  return {
    definition: definition(method.name, base, read),
    computed,
    start,
    end,
  };
}

/** By the symbols of Jenkins' own parameter types; the portal cannot ask for others. */
function definition(
  type: string,
  base: { name: string; description: string | undefined },
  read: (key: string) => ValueModel | undefined,
): ParameterDefinition {
  switch (type) {
    case 'string': {
      const trim = read('trim')?.value === true;
      return { ...base, type, trim, defaultValue: text(read('defaultValue')) };
    }
    case 'text':
      return { ...base, type, defaultValue: text(read('defaultValue')) };
    case 'booleanParam': {
      const defaultValue = read('defaultValue')?.value === true;
      return { ...base, type: 'boolean', defaultValue };
    }
    case 'choice':
      return { ...base, type, choices: choices(read('choices')) };
    case 'password': {
      const value = read('defaultValue');
      return {
        ...base,
        type,
        hasDefault: value !== undefined && value.value !== '',
      };
    }
    default:
      return { ...base, type: 'unsupported', engineType: type };
  }
}

/** A list, or one string with a choice on each line. */
function choices(value: ValueModel | undefined): string[] {
  if (value?.items) {
    return value.items.flatMap(item => text(item) ?? []);
  }
  return text(value)?.split('\n') ?? [];
}
