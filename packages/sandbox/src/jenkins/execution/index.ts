import { CompilationFailed } from './declarative/collector';
import { compile, Compiled } from './declarative/compile';
import { runPipeline } from './declarative/pipeline';
import {
  Killed,
  raise,
  Throwable,
  toThrowable,
  Unsupported,
} from './groovy/errors';
import { Closure, Scope, toText, Value } from './groovy/values';
import type { Ctx } from './runtime/context';
import { mask } from './runtime/log';
import { describeError } from './runtime/failures';
import { PipelineHost } from './runtime/host';
import { resultOf, stateOf, worst } from './runtime/results';
import { Run } from './runtime/run';
import type {
  BuildResult,
  ExecutionOutcome,
  ExecutionRequest,
  StartPipeline,
} from './types';

/** One execution, from the text of the script to its outcome. */
class Execution {
  readonly run: Run;
  private readonly host: PipelineHost;
  private readonly compiled: Compiled[] = [];

  private readonly request: ExecutionRequest;

  constructor(request: ExecutionRequest) {
    this.request = request;

    this.host = new PipelineHost(
      new Map([
        ['pipeline', (args: Value[], ctx: Ctx) => this.pipeline(args, ctx)],
        [
          'evaluate',
          (args: Value[], ctx: Ctx) =>
            this.evaluate(toText(args[0] ?? null), ctx),
        ],
      ]),
    );
    this.run = new Run(request, this.host);
  }

  async execute(): Promise<ExecutionOutcome> {
    const { run } = this;
    run.mark('Start of Pipeline');
    let error: Throwable | undefined;
    let killed = false;
    try {
      await this.evaluate(this.request.script, run.topContext);
    } catch (thrown) {
      if (thrown instanceof Unsupported) {
        run.refuse(thrown);
      } else if (thrown instanceof Killed) {
        killed = true;
      } else if (thrown instanceof CompilationFailed) {
        run.unknown ??= thrown.unsupported;
        run.write(thrown.report);
        return this.outcome('FAILURE');
      } else {
        error = toThrowable(thrown) ?? unexpected(thrown);
      }
    }
    run.reap();
    run.milestones.leave();
    run.mark('End of Pipeline');
    if (run.unsupported) {
      run.graph.endAll('failure');
      run.write(`ERROR: ${new Unsupported(run.unsupported).message}\n`);
      return this.outcome('FAILURE');
    }
    if (killed) {
      run.graph.endAll('aborted');
      return this.outcome('ABORTED');
    }
    if (error) {
      run.write(mask(describeError(error), [...run.secrets]));
    }
    return this.outcome(worst(run.result, error ? resultOf(error) : 'SUCCESS'));
  }

  private outcome(result: BuildResult): ExecutionOutcome {
    const { run } = this;
    run.graph.endAll(stateOf(result));
    const unsupported =
      run.unsupported ?? (result === 'SUCCESS' ? undefined : run.unknown);
    return {
      result,
      ...(unsupported
        ? { unsupported: new Unsupported(unsupported).message }
        : {}),
      restartableStages: run.restartableStages,
    };
  }

  /** Compiles and runs a text: the Jenkinsfile, or what a script hands to `evaluate`. */
  private async evaluate(text: string, ctx: Ctx): Promise<Value> {
    const compiled = compile(text, {
      tools: this.request.services.tools,
      scriptSplitting: this.request.scriptSplitting,
    });
    if (compiled.script.libraries.length > 0) {
      throw new Unsupported(
        `the shared library ${compiled.script.libraries[0]}`,
      );
    }
    this.compiled.push(compiled);
    this.host.useImports(compiled.script.imports);
    const { interpreter } = this.run;
    interpreter.define(compiled.script.statements);
    const done = await interpreter.runStatements(
      compiled.script.statements,
      new Scope(),
      ctx,
    );
    return done.value;
  }

  private async pipeline(args: Value[], ctx: Ctx): Promise<Value> {
    const [closure] = args;
    if (!(closure instanceof Closure) || typeof closure.code === 'function') {
      return raise(
        'IllegalArgumentException',
        'Expected a block with the "pipeline" step',
      );
    }
    const { body, scope } = closure.code;
    const model = this.compiled
      .flatMap(({ pipelines, script }) =>
        [...pipelines.values()].map(m => ({ m, script })),
      )
      .find(
        ({ m, script }) =>
          m.start < body.start && body.end <= m.end && script !== undefined,
      )?.m;
    if (!model) {
      return raise(
        'IllegalStateException',
        'pipeline block must be at the top-level, not within another block.',
      );
    }
    await runPipeline(model, scope, ctx);
    return null;
  }
}

/** A fault of this executor itself: told like an exception of Java. */
function unexpected(thrown: unknown): Throwable {
  return new Throwable(
    'java.lang.Error',
    thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
  );
}

export const startPipeline: StartPipeline = request => {
  const execution = new Execution(request);
  const { run } = execution;
  const by = (who: string | undefined) =>
    who ? `Aborted by ${who}` : 'Aborted';
  return {
    // Executed in a turn of its own, so that the caller has the handle before anything happens.
    done: new Promise(resolve => {
      setImmediate(resolve);
    }).then(() => execution.execute()),
    interrupt(kind, who) {
      run.write(`${by(who)}\n`);
      run.mainThread.interrupt({
        result: 'ABORTED',
        causes: [],
        hard: kind !== 'stop',
        kill: kind === 'kill',
      });
    },
    answerInput: (id, answer) => run.inputs.answer(id, answer),
    pendingInputs: () => run.inputs.pending(),
  };
};

export * from './types';
