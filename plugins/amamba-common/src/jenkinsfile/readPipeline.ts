import { PipelineModel } from './model';
import {
  BlockCall,
  passedArguments,
  Mutable,
  ReadContext,
} from './readContext';
import { readAgent } from './readAgent';
import {
  onlyOnce,
  readEnvironment,
  readLibraries,
  readMethodList,
  readPost,
  readTools,
} from './readSections';
import { readStageList } from './readStages';
import { Statement } from './groovy/syntax';

/** Sections that older versions of Jenkins had, and what to say about them. */
const FORMER_SECTIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
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
  }),
);

/**
 * Finds and reads the declarative pipelines of a file: the first `pipeline { … }` at its top level or, in a shared
 * library, all those in its `call` method. Empty for a scripted file.
 */
export function readPipelines(
  context: ReadContext,
  statements: readonly Statement[],
): PipelineModel[] {
  for (const statement of statements) {
    const block = pipelineBlock(context, statement);
    if (block) {
      return [readPipeline(context, statement, block)];
    }
  }
  const method = callMethod(context, statements);
  if (method) {
    return context.statements.callsIn(method, 'pipeline').flatMap(statement => {
      const block = pipelineBlock(context, statement);
      return block && looksDeclarative(context, block)
        ? [readPipeline(context, statement, block)]
        : [];
    });
  }
  reportNested(context, statements);
  return [];
}

function pipelineBlock(
  context: ReadContext,
  statement: Statement,
): BlockCall | undefined {
  const block = context.blockOf(statement);
  return block?.name === 'pipeline' && passedArguments(block.call).length === 1
    ? block
    : undefined;
}

/** The body of a method `call`, which makes a file of a shared library a step. */
function callMethod(
  context: ReadContext,
  statements: readonly Statement[],
): Statement | undefined {
  return statements.find(
    statement =>
      statement.kind === 'opaque' &&
      statement.reason === 'declaration' &&
      /^[^(){}'"=]*\bcall\s*\(/.test(
        context.text.slice(statement.start, statement.start + 200),
      ),
  );
}

function looksDeclarative(context: ReadContext, block: BlockCall): boolean {
  const names = context.eachStatement(block.closure, statement => {
    const call = context.callOf(statement);
    return call && context.plainName(call);
  });
  return names.includes('agent') && names.includes('stages');
}

/** A `pipeline` block inside other blocks is one that Jenkins would not find. */
function reportNested(
  context: ReadContext,
  statements: readonly Statement[],
): void {
  const { tokens } = context.stream;
  const present = tokens.some(
    (token, index) =>
      token.text === 'pipeline' && tokens[index + 1]?.text === '{',
  );
  if (!present) {
    return;
  }
  const visit = (statement: Statement): undefined => {
    const block = context.blockOf(statement);
    if (block?.name === 'pipeline') {
      context.report(statement, 'pipelineNotAtTop');
    }
    if (block) {
      context.eachStatement(block.closure, visit);
    }
    return undefined;
  };
  statements.forEach(visit);
}

function readPipeline(
  context: ReadContext,
  statement: Statement,
  block: BlockCall,
): PipelineModel {
  const { start, end } = statement;
  const pipeline: Mutable<PipelineModel> = { kind: 'pipeline', start, end };
  const once = onlyOnce(context);
  context.eachStatement(block.closure, inner => {
    const call = context.callOf(inner);
    if (!call) {
      context.report(inner, 'invalidSection', context.statementText(inner));
      return undefined;
    }
    const name = context.methodName(call);
    once(name, inner);
    switch (name) {
      case 'agent':
        pipeline.agent = readAgent(context, inner);
        break;
      case 'stages':
        pipeline.stages = readStageList(context, inner, name);
        break;
      case 'environment':
        pipeline.environment = readEnvironment(context, inner);
        break;
      case 'tools':
        pipeline.tools = readTools(context, inner);
        break;
      case 'options':
      case 'parameters':
      case 'triggers':
        pipeline[name] = readMethodList(context, inner, name);
        break;
      case 'libraries':
        pipeline.libraries = readLibraries(context, inner);
        break;
      case 'post':
        pipeline.post = readPost(context, inner);
        break;
      default: {
        const former = FORMER_SECTIONS.get(name);
        if (former) {
          context.report(inner, 'formerSection', former);
        } else {
          context.report(inner, 'undefinedSection', name);
        }
      }
    }
    return undefined;
  });
  return pipeline;
}
