import {
  GroovyThrow,
  toThrowable,
  Throwable,
  Unsupported,
  raise,
} from '../groovy/errors';
import { toText, Value } from '../groovy/values';
import type { Ctx } from '../runtime/context';
import { LineLog, mask } from '../runtime/log';
import {
  parseArguments,
  soleParameter,
  StepArgs,
  StepCall,
  StepDefinition,
  transformArguments,
} from './definition';

/** Longer descriptions are cut; the log has it all. */
const MAX_DESCRIPTION = 500;

function describe(definition: StepDefinition, args: StepArgs, ctx: Ctx) {
  const name = definition.describedBy ?? soleParameter(definition.parameters);
  const value = name ? args.value(name) : null;
  if (value === null || typeof value === 'object') {
    return undefined;
  }
  return mask(toText(value), ctx.secrets).slice(0, MAX_DESCRIPTION);
}

/** The exception of a step that needs a workspace and has none. */
export function missingContext(type: string): never {
  return raise(
    'org.jenkinsci.plugins.workflow.steps.MissingContextVariableException',
    `Required context class ${type} is missing\nPerhaps you forgot to surround the step with a step that provides this, such as: node`,
  );
}

/** Runs a step: its flow node, its lines in the log, and itself. */
export async function invokeStep(
  definition: StepDefinition,
  given: readonly Value[],
  ctx: Ctx,
): Promise<Value> {
  const { run } = ctx;
  run.checkAlive(ctx);
  const { transformStep } = run.request;
  const parsed = parseArguments(definition, given);
  const args = transformStep
    ? transformArguments(parsed, transformStep)
    : parsed;
  const { name, title, block } = definition;
  if (block && !args.closure) {
    raise(
      'IllegalArgumentException',
      `${name} step must be called with a body`,
    );
  }
  run.mark(name);
  const nodeId = run.graph.start({
    kind: definition.kind ?? (block ? 'block' : 'step'),
    name,
    displayName: title,
    description: describe(definition, args, ctx),
    parentId: ctx.nodeId,
  });
  const log = new LineLog(ctx, nodeId);
  const inner: Ctx = block ? { ...ctx, nodeId } : ctx;
  let error: Throwable | undefined;
  try {
    if (definition.needsNode && !ctx.agent) {
      missingContext('hudson.FilePath');
    }
    const call: StepCall = {
      ctx: inner,
      nodeId,
      args,
      log,
      body: (bodyCtx = inner, label) => runBody(args, bodyCtx, label),
    };
    return await definition.run(call);
  } catch (thrown) {
    if (thrown instanceof Unsupported) {
      run.refuse(thrown);
    }
    const failure = wrapHostError(thrown);
    error = toThrowable(failure) ?? run.fatalError(thrown);
    throw failure;
  } finally {
    log.end();
    if (block || definition.kind) {
      run.mark(`// ${name}`);
      run.graph.skipId();
    }
    run.graph.end(nodeId, error);
  }
}

/** What the machine says (no such file, no space) becomes an IOException of the script. */
function wrapHostError(thrown: unknown): unknown {
  if (thrown instanceof Error && 'syscall' in thrown) {
    return new GroovyThrow(
      new Throwable('java.io.IOException', thrown.message),
    );
  }
  return thrown;
}

async function runBody(
  args: StepArgs,
  ctx: Ctx,
  label: string | undefined,
): Promise<Value> {
  const { run } = ctx;
  run.mark(label === undefined ? '{' : `{ (${label})`);
  run.graph.skipId();
  try {
    return args.closure
      ? await run.interpreter.callClosure(args.closure, [], ctx)
      : null;
  } finally {
    run.mark('}');
    run.graph.skipId();
  }
}
