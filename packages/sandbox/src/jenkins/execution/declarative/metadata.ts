import type { StepDefinition } from '../steps/definition';
import {
  flag,
  integer,
  object,
  requiredObject,
  requiredText,
  text,
} from '../steps/definition';
import { STEPS } from '../steps/registry';
import { table } from '../groovy/table';

type Parameters = StepDefinition['parameters'];

/** When conditions in the order that Jenkins lists them. */
export const CONDITIONS = table<{
  parameters: Parameters;
  children?: 'one' | 'some';
}>({
  allOf: { parameters: {}, children: 'some' },
  anyOf: { parameters: {}, children: 'some' },
  branch: { parameters: { pattern: requiredText, comparator: text } },
  buildingTag: { parameters: {} },
  changeRequest: {
    parameters: {
      author: text,
      authorDisplayName: text,
      authorEmail: text,
      branch: text,
      comparator: text,
      fork: text,
      id: text,
      target: text,
      title: text,
      url: text,
    },
  },
  changelog: { parameters: { pattern: requiredText } },
  changeset: {
    parameters: {
      pattern: requiredText,
      caseSensitive: flag,
      comparator: text,
    },
  },
  environment: {
    parameters: { name: requiredText, value: requiredText, ignoreCase: flag },
  },
  equals: { parameters: { actual: requiredObject, expected: requiredObject } },
  expression: { parameters: {} },
  isRestartedRun: { parameters: {} },
  not: { parameters: {}, children: 'one' },
  tag: { parameters: { pattern: text, comparator: text } },
  triggeredBy: { parameters: { cause: requiredText, detail: text } },
});

/** Post conditions in the order in which they run. */
export const POST_CONDITIONS = [
  'always',
  'changed',
  'fixed',
  'regression',
  'aborted',
  'success',
  'unsuccessful',
  'unstable',
  'failure',
  'notBuilt',
  'cleanup',
] as const;

export type PostCondition = (typeof POST_CONDITIONS)[number];

/** Options that only declarative has, and properties of the job. */
const OPTIONS = table<Parameters>({
  authorizationMatrix: {},
  buildDiscarder: { strategy: requiredObject },
  checkoutToSubdirectory: { subdirectory: requiredText },
  disableConcurrentBuilds: { abortPrevious: flag },
  disableRestartFromStage: {},
  disableResume: {},
  durabilityHint: { hint: requiredText },
  newContainerPerStage: {},
  overrideIndexTriggers: { enableTriggers: flag },
  parallelsAlwaysFailFast: {},
  parameters: {},
  pipelineTriggers: {},
  preserveStashes: { buildCount: integer },
  quietPeriod: { quietPeriod: integer },
  rateLimitBuilds: { throttle: requiredObject },
  skipDefaultCheckout: { skipDefaultCheckout: flag },
  skipStagesAfterUnstable: {},
});

/** Steps that may wrap a pipeline or a stage as options. */
const WRAPPERS = [
  'catchError',
  'retry',
  'timeout',
  'timestamps',
  'warnError',
  'withCredentials',
  'withEnv',
];

const STAGE_OPTIONS = ['skipDefaultCheckout', ...WRAPPERS];

export const TRIGGERS = table<Parameters>({
  cron: { spec: requiredText },
  githubPush: {},
  pollSCM: { scmpoll_spec: requiredText, ignorePostCommitHooks: flag },
  upstream: { upstreamProjects: requiredText, threshold: text },
});

const NAMED = { name: requiredText, description: text };

export const PARAMETERS = table<Parameters>({
  booleanParam: { ...NAMED, defaultValue: flag },
  choice: { ...NAMED, choices: object },
  file: NAMED,
  password: { ...NAMED, defaultValue: text, defaultValueAsSecret: object },
  run: { ...NAMED, filter: text, projectName: text },
  string: { ...NAMED, defaultValue: text, trim: flag },
  text: { ...NAMED, defaultValue: text, trim: flag },
});

const OTHERS = table<Parameters>({
  logRotator: {
    artifactDaysToKeepStr: text,
    artifactNumToKeepStr: text,
    daysToKeepStr: text,
    numToKeepStr: text,
    removeLastBuild: flag,
  },
});

/** Whether a name is an option, here or within a stage. */
export function isOption(name: string, inStage: boolean): boolean {
  return inStage
    ? STAGE_OPTIONS.includes(name)
    : name in OPTIONS || WRAPPERS.includes(name);
}

export function optionNames(inStage: boolean): string[] {
  return (inStage ? STAGE_OPTIONS : [...Object.keys(OPTIONS), ...WRAPPERS])
    .slice()
    .sort();
}

/** Whether an option wraps what it is for in a step. */
export function isWrapper(name: string): boolean {
  return WRAPPERS.includes(name);
}

/** The parameters of a function in options, triggers, parameters or inside of these; undefined when unknown. */
export function functionParameters(name: string): Parameters | undefined {
  return (
    OPTIONS[name] ??
    TRIGGERS[name] ??
    PARAMETERS[name] ??
    OTHERS[name] ??
    STEPS.get(name)?.parameters
  );
}

/** Types of tools that Jenkins knows out of the box or by its most common plugins. */
export const TOOL_TYPES: readonly string[] = [
  'ant',
  'git',
  'gradle',
  'jdk',
  'maven',
  'nodejs',
];

export const AGENT_TYPES: readonly string[] = ['any', 'label', 'none', 'node'];

/** Agents of plugins: known, but not executed. */
export const PLUGIN_AGENTS: ReadonlySet<string> = new Set([
  'docker',
  'dockerfile',
  'dockerContainer',
  'kubernetes',
  'ecs',
  'nomad',
  'external',
]);

export const AGENT_OPTIONS = table<{ required: string[]; known: string[] }>({
  label: {
    required: ['label'],
    known: ['label', 'customWorkspace', 'retries'],
  },
  node: { required: ['label'], known: ['label', 'customWorkspace', 'retries'] },
});
