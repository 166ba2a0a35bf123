import type {
  ParameterDefinition,
  PipelineSettings,
  PipelineSource,
} from '@amamba/backstage-plugin-amamba-common';
import { createHash } from 'crypto';
import type { XmlDocument } from '../xml';
import { readSource } from './definition';
import {
  DECLARED,
  DISCARDER,
  LOG_ROTATOR,
  NO_CONCURRENT,
  PARAMETERS,
  PROPERTIES,
  SCM_TIMER,
  TIMER,
  TRIGGERS,
} from './names';
import { readParameter } from './parameters';

/** What the Jenkinsfile of the last run declared: Jenkins overwrites it, so that the portal must not. */
export interface DeclaredNames {
  /** names of parameters */
  parameters: ReadonlySet<string>;
  /** classes of triggers */
  triggers: ReadonlySet<string>;
  /** classes of job properties */
  properties: ReadonlySet<string>;
}

/** What the portal knows of a job. */
export interface JobModel {
  description: string;
  /** undefined: a kind of definition that the portal does not know */
  source: PipelineSource | undefined;
  parameters: ParameterDefinition[];
  triggers: PipelineSettings['triggers'];
  discard: PipelineSettings['discard'];
  disableConcurrentRuns: boolean;
  quietPeriodSeconds: number | undefined;
  declared: DeclaredNames;
}

export const PARAMETER_LIST = [PROPERTIES, PARAMETERS, 'parameterDefinitions'];
export const TRIGGER_LIST = [PROPERTIES, TRIGGERS, 'triggers'];
export const STRATEGY = [PROPERTIES, DISCARDER, 'strategy'];

/** Reads which parts of a job belong to its Jenkinsfile. */
export function readDeclared(document: XmlDocument): DeclaredNames {
  const names = (list: string) =>
    new Set(
      document
        .find(['actions', DECLARED, list])
        ?.children.map(({ text }) => text),
    );
  return {
    parameters: names('parameters'),
    triggers: names('triggers'),
    properties: names('jobProperties'),
  };
}

function positive(text: string | undefined): number | undefined {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : undefined;
}

function readDiscard(document: XmlDocument): PipelineSettings['discard'] {
  if (document.find(STRATEGY)?.attributes.class !== LOG_ROTATOR) {
    return undefined;
  }
  const read = (name: string) =>
    positive(document.find([...STRATEGY, name])?.text);
  return { days: read('daysToKeep'), runs: read('numToKeep') };
}

/** Reads a job. */
export function readJob(document: XmlDocument): JobModel {
  const text = (path: string[]) => document.find(path)?.text || undefined;
  const quietPeriod = text(['quietPeriod']);
  return {
    description: text(['description']) ?? '',
    source: readSource(document),
    parameters: (document.find(PARAMETER_LIST)?.children ?? []).flatMap(
      definition => readParameter(definition) ?? [],
    ),
    triggers: {
      cron: text([...TRIGGER_LIST, TIMER, 'spec']),
      pollScm: text([...TRIGGER_LIST, SCM_TIMER, 'spec']),
    },
    discard: readDiscard(document),
    disableConcurrentRuns:
      document.find([PROPERTIES, NO_CONCURRENT]) !== undefined,
    quietPeriodSeconds:
      quietPeriod === undefined ? undefined : Number(quietPeriod),
    declared: readDeclared(document),
  };
}

/**
 * Fingerprint of the parts of a job that the portal owns. What the Jenkinsfile declares is left out, because Jenkins
 * rewrites it after every run, and so are encrypted defaults, which Jenkins encrypts anew.
 */
export function fingerprint(document: XmlDocument): string {
  const { declared, parameters, triggers, ...rest } = readJob(document);
  const owned = {
    ...rest,
    definitionClass: document.find(['definition'])?.attributes.class,
    discard: declared.properties.has(DISCARDER) ? undefined : rest.discard,
    disableConcurrentRuns:
      !declared.properties.has(NO_CONCURRENT) && rest.disableConcurrentRuns,
    parameters: parameters
      .filter(({ name }) => !declared.parameters.has(name))
      .map(parameter =>
        parameter.type === 'password'
          ? { ...parameter, hasDefault: undefined }
          : parameter,
      ),
    cron: declared.triggers.has(TIMER) ? undefined : triggers.cron,
    pollScm: declared.triggers.has(SCM_TIMER) ? undefined : triggers.pollScm,
  };
  return createHash('sha256').update(JSON.stringify(owned)).digest('hex');
}
