import type { PipelineSettings } from '@amamba/backstage-plugin-amamba-common';
import type { EnginePipelineSpec } from '@amamba/backstage-plugin-amamba-node';
import { element, XmlDocument } from '../xml';
import { withSource } from './definition';
import {
  DISCARDER,
  LOG_ROTATOR,
  NO_CONCURRENT,
  PARAMETERS,
  PROPERTIES,
  SCM_TIMER,
  TIMER,
  TRIGGERS,
} from './names';
import { parameterName, readParameter, writeParameter } from './parameters';
import {
  PARAMETER_LIST,
  readDeclared,
  STRATEGY,
  TRIGGER_LIST,
  type DeclaredNames,
} from './readJob';

/** Root element of a pipeline's config.xml. */
export const JOB_ROOT = 'flow-definition';

/** Jenkins itself writes XML 1.1. */
const EMPTY_JOB = `<?xml version='1.1' encoding='UTF-8'?>
<flow-definition>
  <description></description>
  <keepDependencies>false</keepDependencies>
  <properties/>
  <disabled>false</disabled>
</flow-definition>
`;
const UNLIMITED = '-1';

function withDiscard(
  document: XmlDocument,
  discard: PipelineSettings['discard'],
): XmlDocument {
  const isRotator = document.find(STRATEGY)?.attributes.class === LOG_ROTATOR;
  const days = String(discard?.days ?? UNLIMITED);
  const runs = String(discard?.runs ?? UNLIMITED);
  if (!discard) {
    return isRotator ? document.without([PROPERTIES, DISCARDER]) : document;
  }
  if (isRotator) {
    return document
      .withText([...STRATEGY, 'daysToKeep'], days, 'discard.days')
      .withText([...STRATEGY, 'numToKeep'], runs, 'discard.runs');
  }
  const property = element(DISCARDER, [
    element(`strategy class="${LOG_ROTATOR}"`, [
      element('daysToKeep', days),
      element('numToKeep', runs),
      element('artifactDaysToKeep', UNLIMITED),
      element('artifactNumToKeep', UNLIMITED),
    ]),
  ]);
  return document.replace([PROPERTIES, DISCARDER], property);
}

function withParameters(
  document: XmlDocument,
  parameters: PipelineSettings['parameters'],
  declared: DeclaredNames,
): XmlDocument {
  const definitions = document.find(PARAMETER_LIST)?.children ?? [];
  const present = new Map(
    definitions.map(definition => [parameterName(definition), definition]),
  );
  const wanted = parameters.filter(
    ({ name }) => !declared.parameters.has(name),
  );
  const wantedNames = new Set(wanted.map(({ name }) => name));
  const kept = definitions.filter(definition => {
    const name = parameterName(definition);
    if (wantedNames.has(name)) return false;
    const type = readParameter(definition)?.type ?? 'unsupported';
    return declared.parameters.has(name) || type === 'unsupported';
  });
  if (wanted.length + kept.length === 0) {
    return document.without([PROPERTIES, PARAMETERS]);
  }
  return document.withChildren(PARAMETER_LIST, [
    ...wanted.map(parameter => {
      const definition = present.get(parameter.name);
      return writeParameter(
        parameter,
        definition && { definition, source: document.source(definition) },
      );
    }),
    ...kept.map(definition => document.source(definition)),
  ]);
}

function withTrigger(
  document: XmlDocument,
  className: string,
  cron: string | undefined,
  field: string,
): XmlDocument {
  const path = [...TRIGGER_LIST, className];
  if (!cron) return document.without(path);
  return document.find(path)
    ? document.withText([...path, 'spec'], cron, field)
    : document.withChild(
        TRIGGER_LIST,
        element(className, [element('spec', cron, field)]),
      );
}

function withTriggers(
  document: XmlDocument,
  { cron, pollScm }: PipelineSettings['triggers'],
  declared: DeclaredNames,
): XmlDocument {
  const timed = declared.triggers.has(TIMER)
    ? document
    : withTrigger(document, TIMER, cron, 'triggers.cron');
  const polled = declared.triggers.has(SCM_TIMER)
    ? timed
    : withTrigger(timed, SCM_TIMER, pollScm, 'triggers.pollScm');
  const isEmptied =
    polled !== document && polled.find(TRIGGER_LIST)?.children.length === 0;
  return isEmptied ? polled.without([PROPERTIES, TRIGGERS]) : polled;
}

function withQuietPeriod(
  document: XmlDocument,
  seconds: number | undefined,
): XmlDocument {
  return seconds === undefined
    ? document.without(['quietPeriod'])
    : document.withText(['quietPeriod'], String(seconds), 'quietPeriodSeconds');
}

function withConcurrency(
  document: XmlDocument,
  disabled: boolean,
): XmlDocument {
  const path = [PROPERTIES, NO_CONCURRENT];
  if (!disabled) return document.without(path);
  return document.find(path)
    ? document
    : document.withChild([PROPERTIES], element(NO_CONCURRENT));
}

/**
 * Makes a job be as the specification says and changes nothing else: what the portal does not know, what the
 * Jenkinsfile declares, and the defaults of password parameters stay byte by byte.
 *
 * @returns the same document when there is nothing to change
 * @throws InputError for text that XML cannot hold, naming the field
 */
export function writeJob(
  document: XmlDocument,
  { description, source, settings }: EnginePipelineSpec,
): XmlDocument {
  const declared = readDeclared(document);
  let job = document.withText(['description'], description, 'The description');
  if (!declared.properties.has(DISCARDER)) {
    job = withDiscard(job, settings.discard);
  }
  if (!declared.properties.has(NO_CONCURRENT)) {
    job = withConcurrency(job, settings.disableConcurrentRuns);
  }
  job = withParameters(job, settings.parameters, declared);
  job = withTriggers(job, settings.triggers, declared);
  job = withSource(job, source);
  return withQuietPeriod(job, settings.quietPeriodSeconds);
}

/** A job that does not exist yet. */
export function newJob(spec: EnginePipelineSpec): XmlDocument {
  return writeJob(new XmlDocument(EMPTY_JOB), spec);
}
