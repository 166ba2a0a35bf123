import type { ParameterDefinition } from '../execution/types';
import {
  childOf,
  childText,
  elementAt,
  parseXml,
  XmlElement,
} from '../xml/reader';
import { CPS_SCM, CPS_SCRIPT, GIT_SCM, PROPERTY, TRIGGER } from './classNames';
import { readParameters } from './parameters';
import type { SecretBox } from './SecretBox';

/** Where the script of a pipeline comes from. */
export type Definition =
  | { kind: 'script'; script: string; sandbox: boolean }
  | {
      kind: 'scm';
      url: string;
      branch: string;
      credentialsId?: string;
      scriptPath: string;
    }
  /** Something this stand-in does not run; `reason` goes to the log of a build that tries. */
  | { kind: 'unsupported'; reason: string };

/** How the builds of a job are thinned out; -1 means unlimited. */
export interface Discarder {
  daysToKeep: number;
  numToKeep: number;
  artifactDaysToKeep: number;
  artifactNumToKeep: number;
}

/** A generic-webhook-trigger as far as this stand-in evaluates it. */
export interface GenericTrigger {
  token: string;
  causeString: string;
  filterText: string;
  filterExpression: string;
  variables: {
    source: 'body' | 'query' | 'header';
    key: string;
    expression: string;
    expressionType: string;
    defaultValue: string;
    regexpFilter: string;
  }[];
}

/** What the server needs of a pipeline's config.xml. Everything else in it is kept but not looked at. */
export interface JobConfig {
  description: string | null;
  displayName: string | null;
  disabled: boolean;
  keepDependencies: boolean;
  quietPeriodSeconds?: number;
  authToken?: string;
  definition: Definition;
  parameters: ParameterDefinition[];
  triggers: {
    timer?: string;
    scm?: { spec: string; ignorePostCommitHooks: boolean };
    upstream?: { projects: string[]; threshold: string };
    generic: GenericTrigger[];
  };
  /** undefined: builds of this job may run at the same time */
  disableConcurrentBuilds?: { abortPrevious: boolean };
  discarder?: Discarder;
  disableResume: boolean;
  preserveStashes: boolean;
}

function isTrue(text: string | undefined): boolean {
  return text?.trim() === 'true';
}

function integer(text: string | undefined, otherwise: number): number {
  const value = Number.parseInt(text ?? '', 10);
  return Number.isNaN(value) ? otherwise : value;
}

function readDefinition(root: XmlElement): Definition {
  const element = childOf(root, 'definition');
  const type = element?.attributes.class;
  if (!element) {
    return { kind: 'unsupported', reason: 'The job has no definition.' };
  }
  if (type === CPS_SCRIPT) {
    return {
      kind: 'script',
      script: childText(element, 'script') ?? '',
      sandbox: isTrue(childText(element, 'sandbox')),
    };
  }
  if (type !== CPS_SCM) {
    return { kind: 'unsupported', reason: `Unknown definition ${type}.` };
  }
  const scm = childOf(element, 'scm');
  if (scm?.attributes.class !== GIT_SCM) {
    return {
      kind: 'unsupported',
      reason: `Only ${GIT_SCM} is supported, not ${scm?.attributes.class}.`,
    };
  }
  const remote = elementAt(scm, 'userRemoteConfigs')?.children[0];
  const branch = elementAt(scm, 'branches')?.children[0];
  return {
    kind: 'scm',
    url: childText(remote, 'url')?.trim() ?? '',
    branch: childText(branch, 'name')?.trim() || '**',
    credentialsId: childText(remote, 'credentialsId')?.trim() || undefined,
    scriptPath: childText(element, 'scriptPath')?.trim() || 'Jenkinsfile',
  };
}

function readGenericTrigger(element: XmlElement): GenericTrigger {
  const text = (name: string, from = element) => childText(from, name) ?? '';
  const list = (name: string, source: 'body' | 'query' | 'header') =>
    (childOf(element, name)?.children ?? []).map(variable => ({
      source,
      key: text('key', variable),
      expression: text('value', variable),
      expressionType: text('expressionType', variable) || 'JSONPath',
      defaultValue: text('defaultValue', variable),
      regexpFilter: text('regexpFilter', variable),
    }));
  return {
    token: text('token'),
    causeString: text('causeString'),
    filterText: text('regexpFilterText'),
    filterExpression: text('regexpFilterExpression'),
    variables: [
      ...list('genericVariables', 'body'),
      ...list('genericRequestVariables', 'query'),
      ...list('genericHeaderVariables', 'header'),
    ],
  };
}

function readTriggers(root: XmlElement): JobConfig['triggers'] {
  const list =
    elementAt(root, 'properties', PROPERTY.triggers, 'triggers') ??
    // An old job has its triggers at the top; Jenkins moves them when it loads it.
    childOf(root, 'triggers');
  const timer = childText(list, TRIGGER.timer, 'spec');
  const scm = childOf(list, TRIGGER.scm);
  const upstream = childOf(list, TRIGGER.upstream);
  return {
    timer: timer?.trim() ? timer : undefined,
    scm: scm && {
      spec: childText(scm, 'spec') ?? '',
      ignorePostCommitHooks: isTrue(childText(scm, 'ignorePostCommitHooks')),
    },
    upstream: upstream && {
      projects: (childText(upstream, 'upstreamProjects') ?? '')
        .split(',')
        .map(name => name.trim())
        .filter(Boolean),
      threshold: childText(upstream, 'threshold', 'name')?.trim() || 'SUCCESS',
    },
    generic: (list?.children ?? [])
      .filter(child => child.name === TRIGGER.generic)
      .map(readGenericTrigger),
  };
}

function readDiscarder(root: XmlElement): Discarder | undefined {
  const strategy =
    elementAt(root, 'properties', PROPERTY.discarder, 'strategy') ??
    childOf(root, 'logRotator');
  if (!strategy) return undefined;
  const number = (name: string) => integer(childText(strategy, name), -1);
  return {
    daysToKeep: number('daysToKeep'),
    numToKeep: number('numToKeep'),
    artifactDaysToKeep: number('artifactDaysToKeep'),
    artifactNumToKeep: number('artifactNumToKeep'),
  };
}

/** Reads a pipeline's config.xml. @throws XmlError when it is not well-formed */
export function readJobConfig(xml: string, secrets: SecretBox): JobConfig {
  const root = parseXml(xml);
  const properties = childOf(root, 'properties');
  const noConcurrent = childOf(properties, PROPERTY.noConcurrent);
  const quietPeriod = childText(root, 'quietPeriod');
  return {
    description: childText(root, 'description') || null,
    displayName: childText(root, 'displayName') || null,
    disabled: isTrue(childText(root, 'disabled')),
    keepDependencies: isTrue(childText(root, 'keepDependencies')),
    quietPeriodSeconds:
      quietPeriod === undefined ? undefined : integer(quietPeriod, 0),
    authToken: childText(root, 'authToken') || undefined,
    definition: readDefinition(root),
    parameters: readParameters(root, secrets),
    triggers: readTriggers(root),
    disableConcurrentBuilds: noConcurrent && {
      abortPrevious: isTrue(childText(noConcurrent, 'abortPrevious')),
    },
    discarder: readDiscarder(root),
    disableResume: childOf(properties, PROPERTY.noResume) !== undefined,
    preserveStashes:
      childOf(properties, PROPERTY.preserveStashes) !== undefined,
  };
}
