import {
  CallExpression,
  GroovySyntaxError,
  Script,
  Statement,
} from '../groovy/ast';
import { parseGroovy } from '../groovy/parser';
import type { ToolInstallation } from '../types';
import {
  CompilationFailed,
  compilationErrors,
  ErrorCollector,
} from './collector';
import { blockOf, callOf } from './match';
import { PipelineModel } from './model';
import { parsePipeline } from './parse';
import { Validator } from './validate';

/** A script that compiles, with the models of its `pipeline {}` blocks by the place of the call. */
export interface Compiled {
  readonly script: Script;
  readonly pipelines: ReadonlyMap<number, PipelineModel>;
}

function isPipeline(statement: Statement): CallExpression | undefined {
  const call = callOf(statement);
  return call && !call.target && call.method === 'pipeline' ? call : undefined;
}

/** `pipeline` deep inside other blocks is not allowed. */
function checkNested(statement: Statement, errors: ErrorCollector): void {
  const block = blockOf(statement);
  if (!block) {
    return;
  }
  if (block.call.method === 'pipeline' && !block.call.target) {
    errors.error(
      statement,
      'pipeline block must be at the top-level, not within another block.',
    );
  }
  block.body.body.statements.forEach(child => checkNested(child, errors));
}

/** The statements directly inside `if`, `try` and blocks, where a `pipeline` may stand too. */
function reachable(statements: readonly Statement[]): Statement[] {
  return statements.flatMap(statement => {
    switch (statement.kind) {
      case 'if':
        return reachable([
          statement.yes,
          ...(statement.no ? [statement.no] : []),
        ]);
      case 'block':
        return reachable(statement.body.statements);
      case 'try':
        return reachable(statement.body.statements);
      case 'method':
        return statement.name === 'call'
          ? reachable(statement.body.statements)
          : [];
      case 'switch':
        return statement.cases.flatMap(({ body }) => reachable(body));
      default:
        return [statement];
    }
  });
}

/**
 * Parses a script and checks its declarative pipelines.
 *
 * @throws CompilationFailed with what Jenkins would print.
 */
export function compile(
  text: string,
  options: {
    tools?: readonly ToolInstallation[];
    /** See `ExecutionRequest.scriptSplitting`. */
    scriptSplitting?: boolean;
  },
): Compiled {
  let script: Script;
  try {
    script = parseGroovy(text);
  } catch (error) {
    if (error instanceof GroovySyntaxError) {
      const problem = { message: error.message, offset: error.offset };
      throw new CompilationFailed(
        compilationErrors(text, [problem]),
        undefined,
      );
    }
    throw error;
  }
  const errors = new ErrorCollector(text);
  const validator = new Validator(
    errors,
    options.tools ?? [],
    options.scriptSplitting ?? false,
  );
  const pipelines = new Map<number, PipelineModel>();
  for (const statement of reachable(script.statements)) {
    const call = isPipeline(statement);
    if (call) {
      const model = parsePipeline(call, errors);
      validator.pipeline(model);
      pipelines.set(call.start, model);
    } else {
      checkNested(statement, errors);
    }
  }
  if (errors.problems.length > 0) {
    throw new CompilationFailed(
      compilationErrors(text, errors.problems),
      validator.unsupported,
    );
  }
  return { script, pipelines };
}
