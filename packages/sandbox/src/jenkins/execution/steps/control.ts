import { toThrowable } from '../groovy/errors';
import { toText, Value } from '../groovy/values';
import { describeError } from '../runtime/failures';
import { allocateNode, customWorkspace } from '../runtime/nodes';
import { Interruption } from '../runtime/thread';
import { durationText, unitMs } from '../runtime/time';
import {
  flag,
  integer,
  object,
  requiredInteger,
  requiredText,
  StepCall,
  StepDefinition,
  text,
} from './definition';

/** The longest time that a timer of Node can wait; beyond it there is no timeout at all. */
const MAX_TIMER_MS = 2 ** 31 - 1;

async function retry({ args, ctx, body, log }: StepCall): Promise<Value> {
  const count = args.integer('count');
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await body();
    } catch (thrown) {
      const error = toThrowable(thrown);
      // Stopping the build ends a retry; a timeout inside of it counts as a failure.
      const stopped = error?.interruption && !isTimeout(error.interruption);
      if (!error || stopped || attempt >= count) {
        throw thrown;
      }
      ctx.run.checkAlive(ctx);
      log.write(describeError(error));
      log.line('Retrying');
    }
  }
}

const TIMEOUT_CAUSE = 'Timeout has been exceeded';

function isTimeout(interruption: Interruption): boolean {
  return interruption.causes.includes(TIMEOUT_CAUSE);
}

async function timeout(call: StepCall): Promise<Value> {
  const { args, ctx, nodeId, log } = call;
  const ms =
    args.integer('time') * unitMs(args.optionalText('unit') ?? 'MINUTES');
  const activity = args.flag('activity');
  const interruption: Interruption = {
    result: 'ABORTED',
    causes: [TIMEOUT_CAUSE],
  };
  const expire = () => {
    ctx.run.print(ctx, 'Cancelling nested steps due to timeout', nodeId);
    ctx.thread.interrupt(interruption);
  };
  log.line(
    activity
      ? `Timeout set to expire after ${durationText(ms)} without activity`
      : `Timeout set to expire in ${durationText(ms)}`,
  );
  let timer =
    ms <= MAX_TIMER_MS ? setTimeout(expire, Math.max(0, ms)) : undefined;
  const stopWatching = activity
    ? ctx.run.onActivity(() => {
        clearTimeout(timer);
        timer = setTimeout(expire, Math.max(0, ms));
      })
    : undefined;
  try {
    return await call.body();
  } finally {
    clearTimeout(timer);
    timer = undefined;
    stopWatching?.();
    ctx.thread.forget(interruption);
  }
}

/** Steps that decide where and how often their body runs. */
export const CONTROL_STEPS: StepDefinition[] = [
  {
    name: 'retry',
    title: 'Retry the body up to N times',
    parameters: { count: requiredInteger, conditions: object },
    block: true,
    run: retry,
  },
  {
    name: 'timeout',
    title: 'Enforce time limit',
    parameters: { time: requiredInteger, unit: text, activity: flag },
    block: true,
    describedBy: 'unit',
    run: timeout,
  },
  {
    name: 'node',
    title: 'Allocate node',
    parameters: { label: text },
    block: true,
    describedBy: 'label',
    async run({ ctx, args, log, body }) {
      const { agent, release } = await allocateNode(
        ctx,
        args.optionalText('label'),
      );
      log.line(`Running on ${agent.name} in ${agent.workspace}`);
      log.end();
      try {
        return await body({ ...ctx, agent, cwd: agent.workspace });
      } finally {
        release();
      }
    },
  },
  {
    name: 'ws',
    title: 'Allocate workspace',
    parameters: { dir: requiredText },
    block: true,
    needsNode: true,
    async run({ ctx, args, log, body }) {
      const agent = await customWorkspace(ctx, args.text('dir'));
      log.line(`Running in ${agent.workspace}`);
      log.end();
      return body({ ...ctx, agent, cwd: agent.workspace });
    },
  },
  {
    name: 'milestone',
    title: 'The milestone step forces all builds to go through in order',
    parameters: { ordinal: { ...integer, sole: true }, label: text },
    async run({ ctx, args, log }) {
      const given = args.value('ordinal');
      ctx.run.passMilestone(
        given === null ? undefined : Number(toText(given)),
        ordinal => log.line(`Trying to pass milestone ${ordinal}`),
      );
      return null;
    },
  },
];
