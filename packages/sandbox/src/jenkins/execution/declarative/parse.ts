import { CallExpression, Statement } from '../groovy/ast';
import { ErrorCollector } from './collector';
import { blockOf, callOf, closureOf, literalText, nameOf } from './match';
import { parseMatrix } from './matrixParser';
import {
  PipelineModel,
  StageModel,
  StageSections,
  StagesModel,
  StepsModel,
} from './model';
import { parseAgent } from './agentParser';
import { parseEnvironment } from './environmentParser';
import { parseInput } from './inputParser';
import { parseBoolean, statementsOf } from './sectionBlock';
import {
  parseLibraries,
  parseMethods,
  parsePost,
  parseTools,
} from './sections';
import { parseWhen } from './whenParser';
import { parseBranches, parseStep } from './stepsParser';
import { table } from '../groovy/table';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const RENAMED = table<string>({
  properties:
    'The ‘properties’ section has been renamed as of version 0.8. Use ‘options’ instead.',
  wrappers:
    "The 'wrappers' section has been removed as of version 0.8. Use 'options' instead.",
  jobProperties:
    'The ‘jobProperties’ section has been renamed as of version 0.7. Use ‘properties’ instead.',
  notifications:
    'The ‘notifications’ section has been removed as of version 0.6. Use ‘post’ for all post-build actions.',
  postBuild:
    'The ‘postBuild’ section has been renamed as of version 0.6. Use ‘post’ for all post-build actions.',
});

const OPTIONS = { what: 'Options', expected: 'Expected an option' };
const TRIGGERS = { what: 'Triggers', expected: 'Expected a trigger' };
const PARAMETERS = {
  what: 'Build parameters',
  expected: 'Expected a build parameter definition',
};

/** Goes over the sections of a block, telling what is no section and what comes twice. */
function eachSection(
  statements: readonly Statement[],
  errors: ErrorCollector,
  words: {
    /** A statement that is no call. */
    invalid: (source: string) => string;
    /** Where problems of sections are shown; the statement itself unless given. */
    at?: { start: number };
  },
  section: (name: string, statement: Statement) => void,
): void {
  const seen = new Set<string>();
  for (const statement of statements) {
    const at = words.at ?? statement;
    const call = callOf(statement);
    if (!call) {
      errors.error(at, words.invalid(errors.source(statement)));
      continue;
    }
    const name = nameOf(call, errors);
    if (seen.has(name)) {
      errors.error(at, `Multiple occurrences of the ${name} section`);
    }
    seen.add(name);
    section(name, statement);
  }
}

const extraNeeded = (kind: string) => (source: string) =>
  `Not a valid ${kind} definition: "${source}". Some extra configuration is required.`;

/** Parses what stages and matrices share; false when the section is neither's. */
export function parseSharedSection(
  into: Mutable<StageSections>,
  name: string,
  statement: Statement,
  errors: ErrorCollector,
): boolean {
  switch (name) {
    case 'agent':
      into.agent = parseAgent(statement, errors);
      return true;
    case 'environment':
      into.environment = parseEnvironment(statement, errors);
      return true;
    case 'input':
      into.input = parseInput(statement, errors);
      return true;
    case 'options':
      into.options = parseMethods(statement, 'options', OPTIONS, errors);
      return true;
    case 'post':
      into.post = parsePost(statement, errors);
      return true;
    case 'tools':
      into.tools = parseTools(statement, errors);
      return true;
    case 'when':
      into.when = parseWhen(statement, errors);
      return true;
    default:
      return false;
  }
}

function parseSteps(
  statement: Statement,
  errors: ErrorCollector,
): { steps?: StepsModel; failFast: boolean } {
  const block = blockOf(statement);
  if (!block) {
    errors.error(statement, 'Expected a block for steps');
    return { failFast: false };
  }
  const { statements } = block.body.body;
  const base = {
    body: block.body,
    statements,
    start: statement.start,
    end: statement.end,
  };
  const parallel =
    statements.length === 1 ? parseBranches(statements[0], errors) : undefined;
  if (parallel) {
    const { branches, failFast } = parallel;
    return {
      steps: branches.size > 0 ? { ...base, branches } : undefined,
      failFast,
    };
  }
  statements.forEach(step => parseStep(step, errors));
  if (statements.length === 0) {
    errors.error(block.body, 'No steps specified for branch');
  }
  return { steps: base, failFast: false };
}

function stageName(
  call: CallExpression,
  errors: ErrorCollector,
  at: Statement,
) {
  const [first] = call.args;
  const name = first?.kind === 'closure' ? undefined : first;
  if (!name) {
    errors.error(at, 'Expected a stage name but did not find any');
    return undefined;
  }
  const text = literalText(name);
  if (text === undefined) {
    errors.error(name, 'Expected string literal');
  }
  return text || 'error';
}

function parseStage(
  statement: Statement,
  errors: ErrorCollector,
): StageModel | undefined {
  const call = callOf(statement);
  if (
    !call ||
    call.target ||
    call.method !== 'stage' ||
    !(closureOf(call) || call.args.length > 0)
  ) {
    errors.error(statement, 'Expected a stage');
    return undefined;
  }
  const name = stageName(call, errors, statement);
  if (name === undefined) {
    return undefined;
  }
  const stage: Mutable<StageModel> = {
    name,
    failFast: false,
    start: statement.start,
    end: statement.end,
  };
  const body = closureOf(call);
  if (!body) {
    errors.error(statement, 'Stage does not have a block');
    return stage;
  }
  eachSection(
    body.body.statements,
    errors,
    { invalid: extraNeeded('stage section'), at: statement },
    (section, line) => {
      if (parseSharedSection(stage, section, line, errors)) {
        return;
      }
      switch (section) {
        case 'steps': {
          const { steps, failFast } = parseSteps(line, errors);
          stage.steps ??= steps;
          stage.failFast ||= failFast;
          break;
        }
        case 'stages':
          stage.stages = parseStages(line, 'stages', errors);
          break;
        case 'parallel':
          stage.parallel = parseStages(line, 'parallel', errors);
          break;
        case 'matrix':
          stage.matrix = parseMatrix(
            line,
            errors,
            parseStages,
            parseSharedSection,
          );
          break;
        case 'failFast':
          stage.failFast = parseBoolean(line, 'failFast', errors);
          break;
        default:
          errors.error(
            statement,
            `Unknown stage section "${section}". Starting with version 0.5, steps in a stage must be in a ‘steps’ block.`,
          );
      }
    },
  );
  return stage;
}

export function parseStages(
  statement: Statement,
  section: string,
  errors: ErrorCollector,
): StagesModel {
  const stages = (statementsOf(statement, section, errors) ?? []).flatMap(
    line => {
      const stage = parseStage(line, errors);
      return stage ? [stage] : [];
    },
  );
  return { stages, start: statement.start, end: statement.end };
}

/** Reads a `pipeline { … }` call, telling everything that is wrong with its form. */
export function parsePipeline(
  call: CallExpression,
  errors: ErrorCollector,
): PipelineModel {
  const pipeline: Mutable<PipelineModel> = { start: call.start, end: call.end };
  const body = closureOf(call);
  if (!body) {
    errors.error(call, 'Expected a block with the "pipeline" step');
    return pipeline;
  }
  eachSection(
    body.body.statements,
    errors,
    { invalid: extraNeeded('section') },
    (section, line) => {
      switch (section) {
        case 'stages':
          pipeline.stages = parseStages(line, 'stages', errors);
          break;
        case 'environment':
          pipeline.environment = parseEnvironment(line, errors);
          break;
        case 'post':
          pipeline.post = parsePost(line, errors);
          break;
        case 'agent':
          pipeline.agent = parseAgent(line, errors);
          break;
        case 'tools':
          pipeline.tools = parseTools(line, errors);
          break;
        case 'options':
          pipeline.options = parseMethods(line, 'options', OPTIONS, errors);
          break;
        case 'parameters':
          pipeline.parameters = parseMethods(
            line,
            'parameters',
            PARAMETERS,
            errors,
          );
          break;
        case 'triggers':
          pipeline.triggers = parseMethods(line, 'triggers', TRIGGERS, errors);
          break;
        case 'libraries':
          pipeline.libraries = parseLibraries(line, errors);
          break;
        default:
          errors.error(
            line,
            RENAMED[section] ?? `Undefined section "${section}"`,
          );
      }
    },
  );
  return pipeline;
}
