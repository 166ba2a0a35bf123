import { withoutParentheses } from './jenkinsText';
import {
  BranchModel,
  MatrixModel,
  StageListModel,
  StageModel,
  StageSectionsModel,
} from './model';
import { readAgent } from './readAgent';
import {
  literalName,
  passedArguments,
  Mutable,
  ReadContext,
} from './readContext';
import { readAxes, readExcludes } from './readMatrix';
import {
  onlyOnce,
  readEnvironment,
  readInput,
  readMethodList,
  readPost,
  readTools,
  readWhen,
  sectionBlock,
} from './readSections';
import { readBranch } from './readSteps';
import { mapArgument, readBoolean, readKey } from './readValues';

import { ClosureExpression, Statement } from './groovy/syntax';

/** A stage that is being read. */
type StageDraft = Mutable<StageModel> & { branches: BranchModel[] };

/** `stages { … }` and `parallel { … }`. */
export function readStageList(
  context: ReadContext,
  statement: Statement,
  section: 'stages' | 'parallel',
): StageListModel {
  const { start, end } = statement;
  const block = sectionBlock(context, statement, section);
  const stages = block
    ? context.eachStatement(block.closure, inner => readStage(context, inner))
    : [];
  return { stages, start, end };
}

function readStage(
  context: ReadContext,
  statement: Statement,
): StageModel | undefined {
  const block = context.blockOf(statement);
  if (block?.name !== 'stage') {
    context.report(statement, 'expectedStage');
    return undefined;
  }
  const [nameArgument, body] = passedArguments(block.call);
  const nameRange =
    nameArgument.kind === 'expression' ? nameArgument.expression : statement;
  const nameExpression =
    nameArgument.kind === 'expression' ? nameArgument.expression : undefined;
  const { start, end } = statement;
  const stage: StageDraft = {
    kind: 'stage',
    name: readKey(context, nameExpression, nameRange),
    nameRange: { start: nameRange.start, end: nameRange.end },
    branches: [],
    start,
    end,
  };
  const closure =
    body?.kind === 'expression' ? withoutParentheses(body.expression) : body;
  if (closure?.kind === 'closure') {
    readStageSections(context, stage, closure);
  } else {
    context.report(statement, 'stageWithoutBlock');
  }
  return stage;
}

function readStageSections(
  context: ReadContext,
  stage: StageDraft,
  closure: ClosureExpression,
): void {
  const once = onlyOnce(context);
  context.eachStatement(closure, statement => {
    const call = context.callOf(statement);
    if (!call) {
      const source = context.statementText(statement);
      context.report(statement, 'invalidStageSection', source);
      return undefined;
    }
    const name = context.methodName(call);
    once(name, statement);
    switch (name) {
      case 'steps':
        readStageSteps(context, stage, statement);
        break;
      case 'parallel':
        stage.parallel = readStageList(context, statement, name);
        break;
      case 'stages':
        stage.stages = readStageList(context, statement, name);
        break;
      case 'matrix':
        stage.matrix = readMatrix(context, statement);
        break;
      case 'failFast':
        stage.failFast = readBoolean(context, call, name);
        break;
      default:
        if (!readSharedSection(context, stage, name, statement)) {
          context.report(statement, 'unknownStageSection', name);
        }
    }
    return undefined;
  });
}

/** Reads a section that a stage and a matrix share; false when it is none of these. */
function readSharedSection(
  context: ReadContext,
  target: Mutable<StageSectionsModel>,
  name: string,
  statement: Statement,
): boolean {
  switch (name) {
    case 'agent':
      target.agent = readAgent(context, statement);
      return true;
    case 'when':
      target.when = readWhen(context, statement);
      return true;
    case 'tools':
      target.tools = readTools(context, statement);
      return true;
    case 'environment':
      target.environment = readEnvironment(context, statement);
      return true;
    case 'options':
      target.options = readMethodList(context, statement, name);
      return true;
    case 'input':
      target.input = readInput(context, statement);
      return true;
    case 'post':
      target.post = readPost(context, statement);
      return true;
    default:
      return false;
  }
}

/** `steps { … }`; a `parallel` step that stands alone in it gives the stage several branches. */
function readStageSteps(
  context: ReadContext,
  stage: StageDraft,
  statement: Statement,
): void {
  const block = sectionBlock(context, statement, 'steps');
  if (!block) {
    return;
  }
  const statements = context.eachStatement(block.closure, inner => inner);
  const branches =
    statements.length === 1
      ? readParallelStep(context, stage, statements[0])
      : undefined;
  if (branches) {
    branches.forEach(branch => stage.branches.push(branch));
  } else if (statements.length !== 1 || stage.branches.length === 0) {
    stage.branches.push(readBranch(context, 'default', block.closure));
  }
}

function readParallelStep(
  context: ReadContext,
  stage: StageDraft,
  statement: Statement,
): BranchModel[] | undefined {
  const call = context.callOf(statement);
  if (!call || context.plainName(call) !== 'parallel') {
    return undefined;
  }
  const [only, ...others] = passedArguments(call);
  if (only?.kind !== 'map' || others.length > 0) {
    return [];
  }
  const branches = new Map<string, BranchModel>();
  for (const { key, value } of mapArgument(only)?.entries ?? []) {
    const core = withoutParentheses(value);
    if (literalName(key) === 'failFast') {
      if (core.kind === 'constant' && typeof core.value === 'boolean') {
        stage.failFast = core.value;
      } else {
        context.report(key ?? value, 'expectedBoolean', 'failFast');
      }
    } else if (core.kind === 'closure') {
      const name = readKey(context, key, key ?? value);
      branches.set(name, readBranch(context, name, core));
    } else {
      context.report(key ?? value, 'expectedClosureOrFailFast');
    }
  }
  return [...branches.values()];
}

function readMatrix(context: ReadContext, statement: Statement): MatrixModel {
  const { start, end } = statement;
  const matrix: Mutable<MatrixModel> = { start, end };
  const block = sectionBlock(context, statement, 'matrix');
  const once = onlyOnce(context);
  if (block) {
    context.eachStatement(block.closure, inner => {
      const call = context.callOf(inner);
      if (!call) {
        context.report(
          inner,
          'invalidSection',
          context.statementText(statement),
        );
        return undefined;
      }
      const name = context.methodName(call);
      once(name, inner);
      if (name === 'axes') {
        matrix.axes = readAxes(context, inner, 'axes');
      } else if (name === 'excludes') {
        matrix.excludes = readExcludes(context, inner);
      } else if (name === 'stages') {
        matrix.stages = readStageList(context, inner, name);
      } else if (!readSharedSection(context, matrix, name, inner)) {
        context.report(inner, 'undefinedSection', name);
      }
      return undefined;
    });
  }
  return matrix;
}
