import { setTimeout as wait } from 'timers/promises';
import { raise, Unsupported } from '../groovy/errors';
import { ClassRef, GroovyObject, toText, truth } from '../groovy/values';
import { withVariables } from '../runtime/environment';
import { parseResult } from '../runtime/results';
import { durationText, unitMs } from '../runtime/time';
import {
  flag,
  integer,
  object,
  requiredInteger,
  requiredObject,
  requiredText,
  StepDefinition,
  text,
} from './definition';
import { caught } from './catching';
import { missingContext } from './invoke';

/** Something of Jenkins' inside that a script may hold but not look into. */
class Opaque extends GroovyObject {
  readonly type: string;

  constructor(type: string) {
    super();
    this.type = type;
  }
}

/** Steps that only talk, wait or wrap. */
export const BASIC_STEPS: StepDefinition[] = [
  {
    name: 'echo',
    title: 'Print Message',
    parameters: { message: requiredText },
    async run({ args, log }) {
      log.line(args.text('message'));
      return null;
    },
  },
  {
    name: 'println',
    title: 'Print Message',
    parameters: { message: object },
    async run({ args, log }) {
      log.line(toText(args.value('message')));
      return null;
    },
  },
  {
    name: 'error',
    title: 'Error signal',
    parameters: { message: requiredText },
    async run({ args }) {
      return raise(
        'hudson.AbortException',
        args.optionalText('message') ?? null,
      );
    },
  },
  {
    name: 'unstable',
    title: 'Set stage result to unstable',
    parameters: { message: requiredText },
    async run({ ctx, args, log, nodeId }) {
      log.line(`WARNING: ${args.text('message')}`);
      ctx.run.graph.warn(nodeId, 'UNSTABLE');
      ctx.run.setResult('UNSTABLE');
      return null;
    },
  },
  {
    name: 'isUnix',
    title: 'Checks if running on a Unix-like node',
    parameters: {},
    async run({ ctx }) {
      return ctx.agent ? true : missingContext('hudson.Launcher');
    },
  },
  {
    name: 'sleep',
    title: 'Sleep',
    parameters: { time: requiredInteger, unit: text },
    describedBy: 'time',
    async run({ ctx, args, log }) {
      const ms =
        args.integer('time') * unitMs(args.optionalText('unit') ?? 'SECONDS');
      log.line(`Sleeping for ${durationText(ms)}`);
      await ctx.thread.leaf(signal => wait(ms, undefined, { signal }));
      return null;
    },
  },
  {
    name: 'withEnv',
    title: 'Set environment variables',
    parameters: { overrides: requiredObject },
    block: true,
    async run({ ctx, args, body }) {
      const pairs = args.list('overrides').map(pair => toText(pair));
      return body(withVariables(ctx, pairs));
    },
  },
  {
    name: 'timestamps',
    title: 'Timestamps',
    parameters: {},
    block: true,
    async run({ ctx, body }) {
      return body({ ...ctx, timestamps: true });
    },
  },
  {
    name: 'script',
    title: 'Run arbitrary Pipeline script',
    parameters: {},
    block: true,
    async run({ body }) {
      return body();
    },
  },
  {
    name: 'waitUntil',
    title: 'Wait for condition',
    parameters: { initialRecurrencePeriod: integer, quiet: flag },
    block: true,
    async run({ ctx, args, body, log }) {
      let pause = args.integer('initialRecurrencePeriod', 250);
      for (;;) {
        if (truth(await body())) {
          return null;
        }
        if (!args.flag('quiet')) {
          log.line(`Will try again after ${durationText(pause)}`);
        }
        const ms = pause;
        await ctx.thread.leaf(signal => wait(ms, undefined, { signal }));
        pause = Math.min(Math.ceil(pause * 1.2), 15_000);
      }
    },
  },
  {
    name: 'catchError',
    title: 'Catch error and set build result to failure',
    parameters: {
      buildResult: text,
      catchInterruptions: flag,
      message: text,
      stageResult: text,
    },
    block: true,
    async run(call) {
      const { args } = call;
      return caught(call, {
        message: args.optionalText('message'),
        buildResult: parseResult(args.optionalText('buildResult') ?? 'FAILURE'),
        stageResult: parseResult(args.optionalText('stageResult') ?? 'SUCCESS'),
        catchInterruptions: args.flag('catchInterruptions', true),
      });
    },
  },
  {
    name: 'warnError',
    title: 'Catch error and set build and stage result to unstable',
    parameters: { message: requiredText, catchInterruptions: flag },
    block: true,
    async run(call) {
      return caught(call, {
        message: call.args.text('message'),
        buildResult: 'UNSTABLE',
        stageResult: 'UNSTABLE',
        catchInterruptions: call.args.flag('catchInterruptions', true),
      });
    },
  },
  {
    name: 'getContext',
    title: 'Get contextual object from internal APIs',
    parameters: { type: requiredObject },
    async run({ ctx, args }) {
      const type = args.value('type');
      const name = type instanceof ClassRef ? type.name : toText(type);
      if (name === 'hudson.FilePath' || name === 'hudson.Launcher') {
        return ctx.agent ? new Opaque(name) : null;
      }
      throw new Unsupported(`getContext of ${name}`);
    },
  },
];
