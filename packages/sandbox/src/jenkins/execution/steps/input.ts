import { createHash } from 'crypto';
import { GroovyThrow, Unsupported } from '../groovy/errors';
import { Value } from '../groovy/values';
import { defaultValueOf } from '../runtime/run';
import { interruptedException } from '../runtime/thread';
import type { ParameterDefinition, PendingInput } from '../types';
import {
  object,
  requiredText,
  StepCall,
  StepDefinition,
  text,
} from './definition';
import { parameterDefinition } from './parameters';

/** As Jenkins makes it: the id given with a capital, else a digest of the message. */
function inputId(id: string | undefined, message: string): string {
  return id
    ? id[0].toUpperCase() + id.slice(1)
    : createHash('md5')
        .update(message)
        .digest('hex')
        .replace(/^./, c => c.toUpperCase());
}

function typed(
  definition: ParameterDefinition,
  value: string | boolean | undefined,
): Value {
  if (value === undefined) {
    return defaultValueOf(definition);
  }
  return definition.type === 'hudson.model.BooleanParameterDefinition'
    ? value === true || value === 'true'
    : String(value);
}

/** Waits for a person; what it gives depends on how many parameters there are, as in Jenkins. */
async function input({ ctx, args, log, nodeId }: StepCall): Promise<Value> {
  const { run } = ctx;
  const message =
    args.optionalText('message') ??
    'Pipeline has paused and needs your input before proceeding';
  const pending: PendingInput = {
    id: run.inputs.freeId(inputId(args.optionalText('id'), message)),
    message,
    ok: args.optionalText('ok') ?? 'Proceed',
    submitter: args.optionalText('submitter'),
    submitterParameter: args.optionalText('submitterParameter'),
    parameters: args.list('parameters').map(parameterDefinition),
    nodeId,
  };
  if (
    pending.parameters.some(
      p => p.type === 'hudson.model.FileParameterDefinition',
    )
  ) {
    throw new Unsupported('a file parameter of input');
  }
  log.line(message);
  log.line(
    pending.parameters.length > 0
      ? 'Input requested'
      : `${pending.ok} or Abort`,
  );
  log.end();
  const answer = await ctx.thread.leaf(signal =>
    run.inputs.ask(pending, signal),
  );
  if (!answer.proceed) {
    log.line(`Rejected by ${answer.by}`);
    throw new GroovyThrow(
      interruptedException({
        result: 'ABORTED',
        causes: [`Rejected by ${answer.by}`],
      }),
    );
  }
  log.line(`Approved by ${answer.by}`);
  const result = new Map<Value, Value>();
  for (const definition of pending.parameters) {
    result.set(
      definition.name,
      typed(definition, answer.values[definition.name]),
    );
  }
  if (pending.submitterParameter) {
    result.set(pending.submitterParameter, answer.by);
  }
  if (result.size === 0) {
    return null;
  }
  return result.size === 1 ? ([...result.values()][0] ?? null) : result;
}

export const INPUT_STEPS: StepDefinition[] = [
  {
    name: 'input',
    title: 'Wait for interactive input',
    parameters: {
      message: requiredText,
      cancel: text,
      id: text,
      ok: text,
      parameters: object,
      submitter: text,
      submitterParameter: text,
    },
    run: input,
  },
];
