import type {
  ParameterDefinition,
  Pipeline,
  PipelineDraftInput,
} from '@amamba/backstage-plugin-amamba-common';

/** A parameter as it is edited: every field is text. */
export interface ParameterRow {
  /** tells rows apart while names change */
  key: number;
  type: 'string' | 'text' | 'boolean' | 'choice' | 'password';
  name: string;
  description: string;
  defaultValue: string;
  defaultChecked: boolean;
  /** one a line */
  choices: string;
  trim: boolean;
  hasDefault: boolean;
}

/** The form of a pipeline as it is edited; numbers are text, so that nothing typed is lost. */
export interface PipelineForm {
  name: string;
  description: string;
  entityRef: string;
  environment: string;
  engine: string;
  sourceType: 'script' | 'repository';
  script: string;
  url: string;
  branch: string;
  scriptPath: string;
  credentialId: string;
  parameters: ParameterRow[];
  /** parameters that the form cannot edit; they are kept */
  unsupported: ParameterDefinition[];
  cron: string;
  pollScm: string;
  discard: boolean;
  discardDays: string;
  discardRuns: string;
  disableConcurrentRuns: boolean;
  quietPeriod: string;
}

const SAMPLE = `pipeline {
  agent any
  stages {
    stage('Build') {
      steps {
        echo 'Hello'
      }
    }
  }
}
`;

/** What a new pipeline starts with. */
export function emptyForm(
  sourceType: PipelineForm['sourceType'],
  entityRef = '',
): PipelineForm {
  return {
    name: '',
    description: '',
    entityRef,
    environment: '',
    engine: '',
    sourceType,
    script: SAMPLE,
    url: '',
    branch: 'main',
    scriptPath: 'Jenkinsfile',
    credentialId: '',
    parameters: [],
    unsupported: [],
    cron: '',
    pollScm: '',
    discard: true,
    discardDays: '',
    discardRuns: '100',
    disableConcurrentRuns: false,
    quietPeriod: '',
  };
}

/** An empty row of the parameter editor. */
export function emptyParameter(key: number): ParameterRow {
  return {
    key,
    type: 'string',
    name: '',
    description: '',
    defaultValue: '',
    defaultChecked: false,
    choices: '',
    trim: false,
    hasDefault: false,
  };
}

function rowOf(
  definition: Exclude<ParameterDefinition, { type: 'unsupported' }>,
  key: number,
): ParameterRow {
  const row = {
    ...emptyParameter(key),
    type: definition.type,
    name: definition.name,
    description: definition.description ?? '',
  };
  switch (definition.type) {
    case 'boolean':
      return { ...row, defaultChecked: definition.defaultValue };
    case 'choice':
      return { ...row, choices: definition.choices.join('\n') };
    case 'password':
      return { ...row, hasDefault: definition.hasDefault };
    case 'text':
      return { ...row, defaultValue: definition.defaultValue ?? '' };
    default:
      return {
        ...row,
        defaultValue: definition.defaultValue ?? '',
        trim: definition.trim,
      };
  }
}

const numberText = (value: number | undefined) =>
  value === undefined ? '' : String(value);

/** The form of a pipeline that exists. */
export function formOf(pipeline: Pipeline): PipelineForm {
  const { source, settings } = pipeline;
  const parameters: ParameterRow[] = [];
  const unsupported: ParameterDefinition[] = [];
  settings.parameters.forEach((definition, index) => {
    if (definition.type === 'unsupported') unsupported.push(definition);
    else parameters.push(rowOf(definition, index));
  });
  return {
    ...emptyForm(source.type, pipeline.entityRef),
    ...(source.type === 'script'
      ? { script: source.script }
      : {
          url: source.url,
          branch: source.branch,
          scriptPath: source.scriptPath,
          credentialId: source.credentialId ?? '',
        }),
    name: pipeline.name,
    description: pipeline.description,
    environment: pipeline.environment ?? '',
    engine: pipeline.engine,
    parameters,
    unsupported,
    cron: settings.triggers.cron ?? '',
    pollScm: settings.triggers.pollScm ?? '',
    discard: settings.discard !== undefined,
    discardDays: numberText(settings.discard?.days),
    discardRuns: numberText(settings.discard?.runs),
    disableConcurrentRuns: settings.disableConcurrentRuns,
    quietPeriod: numberText(settings.quietPeriodSeconds),
  };
}

const optional = (text: string) => text.trim() || undefined;

/** What is no number becomes NaN, which the schema refuses at its field. */
const optionalNumber = (text: string) =>
  text.trim() === '' ? undefined : Number(text);

function definitionOf(row: ParameterRow): ParameterDefinition {
  const { type } = row;
  const base = {
    name: row.name.trim(),
    description: optional(row.description),
  };
  switch (type) {
    case 'boolean':
      return { ...base, type, defaultValue: row.defaultChecked };
    case 'choice':
      return {
        ...base,
        type,
        choices: row.choices.split('\n').filter(line => line !== ''),
      };
    case 'password':
      return { ...base, type, hasDefault: row.hasDefault };
    case 'text':
      return { ...base, type, defaultValue: row.defaultValue || undefined };
    default:
      return {
        ...base,
        type,
        defaultValue: row.defaultValue || undefined,
        trim: row.trim,
      };
  }
}

/** What the form asks the backend for. */
export function draftOf(form: PipelineForm): PipelineDraftInput {
  return {
    name: form.name.trim(),
    description: form.description.trim(),
    entityRef: optional(form.entityRef),
    environment: optional(form.environment),
    engine: form.engine || undefined,
    source:
      form.sourceType === 'script'
        ? { type: 'script', script: form.script }
        : {
            type: 'repository',
            url: form.url.trim(),
            branch: form.branch.trim(),
            scriptPath: form.scriptPath.trim(),
            credentialId: optional(form.credentialId),
          },
    settings: {
      parameters: [...form.parameters.map(definitionOf), ...form.unsupported],
      triggers: {
        cron: optional(form.cron),
        pollScm:
          form.sourceType === 'repository' ? optional(form.pollScm) : undefined,
      },
      discard: form.discard
        ? {
            days: optionalNumber(form.discardDays),
            runs: optionalNumber(form.discardRuns),
          }
        : undefined,
      disableConcurrentRuns: form.disableConcurrentRuns,
      quietPeriodSeconds: optionalNumber(form.quietPeriod),
    },
  };
}
