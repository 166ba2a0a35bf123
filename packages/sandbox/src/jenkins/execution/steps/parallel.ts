import { raise, Throwable, toThrowable, Unsupported } from '../groovy/errors';
import { Closure, GroovyMap, toText, truth, Value } from '../groovy/values';
import type { Ctx } from '../runtime/context';
import { isFatal } from '../runtime/run';
import { FlowThread } from '../runtime/thread';
import { StepDefinition } from './definition';

interface Branch {
  readonly name: string;
  readonly closure: Closure;
}

function branchesOf(named: GroovyMap): {
  branches: Branch[];
  failFast: boolean;
} {
  const branches: Branch[] = [];
  let failFast = false;
  named.forEach((value, key) => {
    if (toText(key) === 'failFast' && !(value instanceof Closure)) {
      failFast = truth(value);
    } else if (value instanceof Closure) {
      branches.push({ name: toText(key), closure: value });
    } else {
      raise(
        'IllegalArgumentException',
        `Expected to have a map of closures but got ${toText(value)} for ${toText(key)}`,
      );
    }
  });
  return { branches, failFast };
}

/** The failure that the parallel step ends with: real failures before interruptions, then the first. */
function mainFailure(failures: Throwable[]): Throwable {
  const [first, ...others] = [
    ...failures.filter(failure => !failure.interruption),
    ...failures.filter(failure => failure.interruption),
  ];
  first.suppressed.push(...others.filter(other => other !== first));
  return first;
}

async function runBranch(
  { name, closure }: Branch,
  ctx: Ctx,
  thread: FlowThread,
  onFailure: (error: Throwable) => void,
): Promise<Value> {
  const { run } = ctx;
  const nodeId = run.graph.start({
    kind: 'branch',
    name,
    displayName: name,
    parentId: ctx.nodeId,
  });
  run.mark(`{ (Branch: ${name})`);
  let error: Throwable | undefined;
  try {
    // All branches start before any of them gets far.
    await Promise.resolve();
    return await run.interpreter.callClosure(closure, [], {
      ...ctx,
      nodeId,
      thread,
    });
  } catch (thrown) {
    error = toThrowable(thrown);
    if (!error) {
      if (thrown instanceof Unsupported) {
        run.refuse(thrown);
      }
      throw thrown;
    }
    run.print(ctx, `Failed in branch ${name}`, nodeId);
    onFailure(error);
    return null;
  } finally {
    run.mark('}');
    run.graph.end(nodeId, error);
  }
}

/** `parallel a: { … }, b: { … }, failFast: true`. */
export async function runParallel(named: GroovyMap, ctx: Ctx): Promise<Value> {
  const { run } = ctx;
  const { branches, failFast } = branchesOf(named);
  const failures: Throwable[] = [];
  const threads = branches.map(() => ctx.thread.enter());
  const results = await Promise.allSettled(
    branches.map((branch, index) =>
      runBranch(branch, ctx, threads[index], error => {
        failures.push(error);
        if (failFast && failures.length === 1) {
          for (const thread of threads.filter((_, other) => other !== index)) {
            thread.interrupt({
              result: 'ABORTED',
              causes: [`Failed in branch ${branch.name}`],
            });
          }
        }
      }).finally(() => ctx.thread.leave(threads[index])),
    ),
  );
  for (const result of results) {
    if (result.status === 'rejected' && isFatal(result.reason)) {
      throw result.reason;
    }
  }
  const unexpected = results.find(result => result.status === 'rejected');
  if (unexpected?.status === 'rejected') {
    throw unexpected.reason;
  }
  if (failures.length > 0) {
    throw run.failure(mainFailure(failures));
  }
  return new Map<Value, Value>(
    branches.map(({ name }, index) => {
      const result = results[index];
      return [name, result.status === 'fulfilled' ? result.value : null];
    }),
  );
}

/** The step itself: its arguments are no parameters but branches. */
export const PARALLEL_STEP: StepDefinition = {
  name: 'parallel',
  title: 'Execute in parallel',
  kind: 'parallel',
  parameters: {},
  async run({ ctx, args, nodeId }) {
    return runParallel(args.named, { ...ctx, nodeId });
  },
};
