import { runQuerySchema } from '@amamba/backstage-plugin-amamba-common';
import type { EngineEvent } from '@amamba/backstage-plugin-amamba-node';
import { randomUUID } from 'crypto';
import fc from 'fast-check';
import { FakeEngine, type FakeRun } from '../__testUtils__/FakeEngine';
import {
  addPipeline,
  backend,
  stores,
  testDatabases,
  type Stores,
} from '../__testUtils__/room';
import { engineRef, type PipelineRecord } from '../records';

const databases = testDatabases();

/** What happens in the engine, one step after the other. */
type Step =
  | { act: 'begin' }
  | { act: 'finish'; which: number; state: 'succeeded' | 'failed' }
  | { act: 'wait'; which: number }
  | { act: 'delete'; which: number };

/** What becomes of the events of a step. */
interface Delivery {
  copies: number;
  /** steps that it comes later */
  delay: number;
}

const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ act: 'begin' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant('finish' as const),
      which: fc.nat(5),
      state: fc.constantFrom('succeeded' as const, 'failed' as const),
    }),
  },
  fc.record({ act: fc.constant('wait' as const), which: fc.nat(5) }),
  fc.record({ act: fc.constant('delete' as const), which: fc.nat(5) }),
);
const deliveryArbitrary: fc.Arbitrary<Delivery> = fc.record({
  copies: fc.nat(2),
  delay: fc.nat(6),
});

/** A run that is seen while it lives, and of whose end and removal nothing arrives. */
const MISSED_END: [Step, Delivery][] = [
  [{ act: 'begin' }, { copies: 0, delay: 0 }],
  [
    { act: 'wait', which: 0 },
    { copies: 1, delay: 0 },
  ],
  [
    { act: 'finish', which: 0, state: 'succeeded' },
    { copies: 0, delay: 0 },
  ],
  [
    { act: 'delete', which: 0 },
    { copies: 0, delay: 0 },
  ],
];

const APPROVAL = {
  ...{ id: 'Go', message: 'Go?', okLabel: 'Go' },
  ...{ approvers: [], parameters: [] },
};

/** Does the step in the engine. @returns the run that it is about */
function doStep(engine: FakeEngine, job: string, step: Step) {
  const runs = engine.jobs.get(job)?.runs ?? [];
  if (step.act === 'begin') return engine.addRun(job);
  const run: FakeRun | undefined = runs[step.which % (runs.length || 1)];
  if (!run) return undefined;
  const isLive = run.state === 'running';
  if (step.act === 'finish' && isLive) engine.finish(run, step.state);
  if (step.act === 'wait' && isLive) run.approvals = [APPROVAL];
  if (step.act === 'delete' && !isLive) runs.splice(runs.indexOf(run), 1);
  return run;
}

describe.each(databases.eachSupportedId())('events on %s', id => {
  let on: Stores;
  let count = 0;

  beforeAll(async () => {
    on = await stores(await databases.init(id));
  });

  /** What users see of the runs. */
  const shown = async (pipeline: PipelineRecord) => {
    const page = await on.runs.list(
      pipeline.id,
      runQuerySchema.parse({ limit: '200' }),
    );
    const current = await on.pipelines.get(pipeline.id);
    expect(page.total).toBe(page.rows.length);
    return {
      runs: page.rows.map(run => ({
        ...{ number: run.number, state: run.state, cause: run.cause },
        ...{ endedAt: run.endedAt, approvals: run.approvals.length },
      })),
      recent: current?.recent,
      statistics: current?.statistics,
      last: current?.lastRun?.number,
    };
  };

  const sent = (
    pipeline: PipelineRecord,
    type: EngineEvent['type'],
    run: FakeRun,
  ): EngineEvent => ({
    ...{ id: randomUUID(), type, ref: engineRef(pipeline) },
    ...{ run: run.number, queueId: run.queueId },
  });

  it('end in the same state: lost, doubled, late, in any order, with two backends', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(stepArbitrary, deliveryArbitrary), {
          minLength: 1,
          maxLength: 14,
        }),
        async steps => {
          const engine = new FakeEngine();
          const pipeline = await addPipeline(on, { name: `p${count++}` });
          const one = backend(on, engine, 'one');
          const two = backend(on, engine, 'two');
          await one.pipelineSync.carryOut(pipeline);
          const job = `team-a/${pipeline.name}`;
          const mail: { at: number; event: EngineEvent }[] = [];
          for (const [i, [step, { copies, delay }]] of steps.entries()) {
            const run = doStep(engine, job, step);
            if (run) {
              const type = step.act === 'delete' ? 'runDeleted' : 'runChanged';
              const event = sent(pipeline, type, run);
              for (let n = 0; n < copies; n++) {
                mail.push({ at: i + delay * (n + 1), event });
              }
            }
            for (const { event } of mail.filter(({ at }) => at === i)) {
              await one.inbox.receive('ci', event);
            }
            await Promise.all([one.inbox.turn(), two.inbox.turn()]);
          }
          for (const { event } of mail.filter(({ at }) => at >= steps.length)) {
            await two.inbox.receive('ci', event);
          }
          await two.inbox.turn();
          const synced = await on.pipelines.get(pipeline.id);
          if (synced) await one.runSync.reconcile(synced);

          const expected = engine.jobs.get(job)?.runs ?? [];
          const result = await shown(pipeline);
          expect(result.runs).toEqual(
            expected.map(run => ({
              number: run.number,
              state:
                run.state === 'running' && run.approvals.length > 0
                  ? 'waiting'
                  : run.state,
              cause: { ...run.cause, by: undefined },
              endedAt: run.endedAt?.getTime(),
              approvals: run.approvals.length,
            })),
          );
          expect(result.last).toBe(expected[0]?.number);
          expect(result.statistics?.total).toBe(expected.length);
        },
      ),
      { numRuns: 60, interruptAfterTimeLimit: 8_000, examples: [[MISSED_END]] },
    );
  }, 30_000);

  it('are kept once, however often they come', async () => {
    const engine = new FakeEngine();
    const pipeline = await addPipeline(on, { name: `p${count++}` });
    const { inbox, pipelineSync } = backend(on, engine);
    await pipelineSync.carryOut(pipeline);
    const run = engine.addRun(`team-a/${pipeline.name}`);
    const event = sent(pipeline, 'runChanged', run);
    await Promise.all([1, 2, 3].map(() => inbox.receive('ci', event)));
    await inbox.turn();
    engine.calls.length = 0;
    await inbox.receive('ci', event);
    await inbox.turn();
    expect(engine.calls).toEqual([]);
    expect((await shown(pipeline)).runs).toHaveLength(1);
  });

  it('wait for an engine that is down, and are worked off when it is back', async () => {
    const engine = new FakeEngine();
    const pipeline = await addPipeline(on, { name: `p${count++}` });
    const { inbox, pipelineSync, reconciler } = backend(on, engine);
    await pipelineSync.carryOut(pipeline);
    const run = engine.addRun(`team-a/${pipeline.name}`);
    engine.goDown();
    await inbox.receive('ci', sent(pipeline, 'runChanged', run));
    await inbox.turn();
    expect((await shown(pipeline)).runs).toHaveLength(0);
    await reconciler.round();
    engine.comeBack();
    await reconciler.round();
    await inbox.turn();
    expect((await shown(pipeline)).runs).toMatchObject([{ number: 1 }]);
  });

  it('about pipelines of others and unknown ones change nothing', async () => {
    const engine = new FakeEngine();
    const { inbox, logger } = backend(on, engine);
    await inbox.receive('ci', {
      ...{ id: randomUUID(), type: 'runChanged', run: 3 },
      ref: { workspace: 'elsewhere', name: 'x' },
    });
    await inbox.turn();
    expect(engine.calls).toEqual([]);
    expect(logger.warn).not.toHaveBeenCalled();
  });
});
