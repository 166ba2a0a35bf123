import { GroovyThrow, Throwable, Unsupported } from '../groovy/errors';
import type { Value } from '../groovy/values';
import { DownstreamBuild } from '../runtime/globals';
import { interruptedException } from '../runtime/thread';
import {
  flag,
  integer,
  object,
  requiredText,
  StepCall,
  StepDefinition,
} from './definition';
import { parameterValue } from './parameters';

/** A relative job name is meant from the folder of this job, a leading slash from the top. */
function absoluteJob(own: string, name: string): string {
  if (name.startsWith('/')) {
    return name.slice(1);
  }
  const path = own.split('/').slice(0, -1);
  for (const word of name.split('/')) {
    if (word === '..') {
      path.pop();
    } else if (word !== '.') {
      path.push(word);
    }
  }
  return path.join('/');
}

async function build({ ctx, args, log, nodeId }: StepCall): Promise<Value> {
  const { request } = ctx.run;
  const { services } = request;
  if (!services.build) {
    throw new Unsupported('the build step');
  }
  const job = absoluteJob(request.build.jobName, args.text('job'));
  const parameters = args.list('parameters').map(parameterValue);
  const waits = args.flag('wait', true) && !args.flag('waitForStart');
  log.line(`Scheduling project: ${job.replaceAll('/', ' » ')}`);
  log.end();
  const started = services.build(args.text('job'), parameters, waits);
  const outcome = await ctx.thread.leaf(
    signal =>
      new Promise<Awaited<typeof started>>((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), {
          once: true,
        });
        started.then(resolve, error =>
          reject(
            new GroovyThrow(
              new Throwable(
                'hudson.AbortException',
                error instanceof Error ? error.message : String(error),
              ),
            ),
          ),
        );
      }),
  );
  const { number, result } = outcome;
  if (!args.flag('wait', true)) {
    return null;
  }
  log.line(`Starting building: ${job.replaceAll('/', ' » ')} #${number}`);
  if (waits) {
    log.line(
      `Build ${job.replaceAll('/', ' » ')} #${number} completed: ${result ?? 'null'}`,
    );
    if (
      args.flag('propagate', true) &&
      result !== null &&
      result !== 'SUCCESS'
    ) {
      if (result === 'UNSTABLE') {
        ctx.run.setResult('UNSTABLE');
        ctx.run.graph.warn(nodeId, 'UNSTABLE');
      }
      throw new GroovyThrow(
        interruptedException({
          result,
          causes: [
            `${job.replaceAll('/', ' » ')} #${number} completed with status ${result} (propagate: false to ignore)`,
          ],
        }),
      );
    }
  }
  return new DownstreamBuild(
    job,
    number,
    result,
    request.env.JENKINS_URL ?? '/',
  );
}

export const BUILD_STEPS: StepDefinition[] = [
  {
    name: 'build',
    title: 'Build a job',
    parameters: {
      job: requiredText,
      parameters: object,
      propagate: flag,
      quietPeriod: integer,
      wait: flag,
      waitForStart: flag,
    },
    run: build,
  },
];
