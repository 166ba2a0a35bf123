import { runQuerySchema } from '@amamba/backstage-plugin-amamba-common';
import { createDeferred } from '@backstage/types';
import { randomUUID } from 'crypto';
import { setTimeout as sleep } from 'timers/promises';
import { FakeEngine } from '../__testUtils__/FakeEngine';
import {
  addPipeline,
  backend,
  lease,
  stores,
  testDatabases,
  type Stores,
} from '../__testUtils__/room';
import { PipelinesService } from '../PipelinesService';
import type { PipelineRecord } from '../records';
import { RunActsService } from '../runs/RunActsService';

const databases = testDatabases();
const ANN = 'user:default/ann';

/** What an HTTP caller never sees: the process was killed. */
class Killed extends Error {}

describe.each(databases.eachSupportedId())(
  'a backend that dies between two writes, on %s',
  id => {
    let on: Stores;
    let engine: FakeEngine;
    let pipeline: PipelineRecord;
    let count = 0;

    beforeAll(async () => {
      on = await stores(await databases.init(id));
    });

    beforeEach(async () => {
      // what earlier tests left behind is not followed in this one
      await on.database('amamba_runs').update({ next_poll_at: null });
      engine = new FakeEngine();
      pipeline = await addPipeline(on, {
        name: `dying-${count++}`,
        parameters: [{ type: 'string', name: 'A' }],
      });
      await backend(on, engine).pipelineSync.carryOut(pipeline);
      pipeline = (await on.pipelines.get(pipeline.id)) ?? pipeline;
    });

    const acts = () => {
      const parts = backend(on, engine, 'dying');
      return {
        ...parts,
        runActs: new RunActsService({
          ...{ store: on.runs, index: on.index, engines: parts.engines },
          ...{ pipelineSync: parts.pipelineSync, sync: parts.runSync },
          owner: 'dying',
        }),
        service: new PipelinesService({
          ...{ store: on.pipelines, engines: parts.engines },
          ...{ sync: parts.pipelineSync, runSync: parts.runSync },
          owner: 'dying',
        }),
      };
    };

    /** The engine carries a call out, and the backend never hears of it. */
    const dieAfter = (method: string) => {
      engine.afterwards = called => {
        if (called === method) throw new Killed();
      };
      // nothing that follows is written: the process is dead
      const dead = async () => {
        throw new Killed();
      };
      jest.spyOn(on.index, 'accepted').mockImplementation(dead);
      jest.spyOn(on.index, 'refused').mockImplementation(dead);
      jest.spyOn(on.index, 'setUnnumbered').mockImplementation(dead);
      jest.spyOn(on.syncs, 'synced').mockImplementation(dead);
      jest.spyOn(on.syncs, 'notSynced').mockImplementation(dead);
      jest.spyOn(on.syncs, 'remove').mockImplementation(dead);
      jest.spyOn(on.syncs, 'unmarkDeleting').mockImplementation(dead);
    };

    const revive = async () => {
      engine.afterwards = () => {};
      jest.restoreAllMocks();
      // the leases of the dead one are over, and time has passed
      const past = Date.now() - 120_000;
      await on.database('amamba_runs').update({ lease_until: past });
      await on.database('amamba_pipelines').update({ lease_until: past });
      await on
        .database('amamba_runs')
        .whereNotNull('next_poll_at')
        .update({ next_poll_at: past });
    };

    const runs = async () =>
      (await on.runs.list(pipeline.id, runQuerySchema.parse({}))).rows;

    const follow = async () => {
      const { poller } = backend(on, engine, 'other');
      for (let i = 0; i < 3; i++) {
        await on
          .database('amamba_runs')
          .whereNotNull('next_poll_at')
          .update({ next_poll_at: 0 });
        await poller.turn();
        await poller.settled();
      }
    };

    it('after the engine took a run: it is found, once, as what was asked for', async () => {
      const { runActs } = acts();
      dieAfter('start');
      await expect(
        runActs.start(pipeline, { parameters: {} }, ANN),
      ).rejects.toThrow(Killed);
      await revive();
      expect(engine.queue).toHaveLength(1);
      expect(await runs()).toMatchObject([{ state: 'queued' }]);
      engine.startQueued();
      await follow();
      expect(await runs()).toMatchObject([
        { number: 1, state: 'running', cause: { type: 'manual', by: ANN } },
      ]);
      expect(engine.queue).toHaveLength(1);
    });

    it('before the engine heard of a run: nothing runs, and the row says so', async () => {
      await on.index.request(
        pipeline.id,
        { cause: { type: 'manual', by: ANN }, parameters: {} },
        lease(),
      );
      await revive();
      await on
        .database('amamba_runs')
        .where({ pipeline_id: pipeline.id })
        .update({ queued_at: Date.now() - 120_000 });
      await follow();
      const [row] = await runs();
      expect(row).toMatchObject({ state: 'notBuilt' });
      expect(row.error).toMatch(/never reached it.*Start it again/);
      expect(engine.queue).toHaveLength(0);
    });

    it('does not take the runs of triggers for the one that was lost', async () => {
      await on.index.request(
        pipeline.id,
        { cause: { type: 'manual', by: ANN }, parameters: { A: '1' } },
        lease(),
      );
      await revive();
      const job = `team-a/${pipeline.name}`;
      engine.addRun(job, { cause: { type: 'schedule' } });
      engine.addRun(job, { cause: { type: 'manual' }, parameters: { A: '2' } });
      await follow();
      const rows = await runs();
      expect(rows).toHaveLength(3);
      expect(rows.find(row => row.cause.by === ANN)?.number).toBeUndefined();
    });

    it('after a restart from a stage, which has no queue id', async () => {
      const job = `team-a/${pipeline.name}`;
      engine.finish(engine.addRun(job), 'failed');
      const { runActs, runSync } = acts();
      await runSync.reconcile(pipeline);
      const [failed] = await runs();
      dieAfter('restartFromStage');
      await expect(
        runActs.rerun(pipeline, failed, { fromStage: 'Test' }, ANN),
      ).rejects.toThrow(Killed);
      await revive();
      engine.startQueued();
      await follow();
      expect(await runs()).toMatchObject([
        { number: 2, cause: { type: 'restart', by: ANN, text: '#1, Test' } },
        { number: 1 },
      ]);
    });

    it('after the engine got a pipeline: the next one finishes', async () => {
      const { service } = acts();
      dieAfter('savePipeline');
      await expect(
        service.update(
          pipeline,
          {
            version: 1,
            description: 'changed',
            source: pipeline.source,
            settings: pipeline.settings,
          },
          ANN,
        ),
      ).rejects.toThrow(Killed);
      await revive();
      expect(await on.pipelines.get(pipeline.id)).toMatchObject({
        sync: { state: 'pending' },
      });
      await backend(on, engine, 'other').reconciler.round();
      expect(await on.pipelines.get(pipeline.id)).toMatchObject({
        description: 'changed',
        sync: { state: 'synced' },
      });
    });

    it('after the engine deleted a pipeline: the row goes too', async () => {
      const { service } = acts();
      dieAfter('deletePipeline');
      await expect(service.delete(pipeline)).rejects.toThrow(Killed);
      await revive();
      expect(await on.pipelines.get(pipeline.id)).toBeDefined();
      await backend(on, engine, 'other').reconciler.round();
      expect(await on.pipelines.get(pipeline.id)).toBeUndefined();
    });

    it('an unanswered start ends as unknown, is found when it was carried out, and never runs twice', async () => {
      const { runActs } = acts();
      engine.afterwards = method => {
        if (method === 'start') {
          throw Object.assign(new Error('timed out'), {
            name: 'ServiceUnavailableError',
          });
        }
      };
      const key = { parameters: {}, idempotencyKey: 'click-0001' };
      await expect(runActs.start(pipeline, key, ANN)).rejects.toThrow();
      engine.afterwards = () => {};
      expect(await runs()).toMatchObject([{ state: 'unknown' }]);
      const again = await runActs.start(pipeline, key, ANN);
      expect(again.isNew).toBe(false);
      engine.startQueued();
      await follow();
      expect(await runs()).toMatchObject([{ number: 1, state: 'running' }]);
      expect(engine.queue).toHaveLength(1);
    });

    /** A start that the engine carries out and whose answer gets lost. */
    const startWithoutAnswer = async (parameters = {}) => {
      const { runActs } = acts();
      engine.afterwards = method => {
        if (method === 'start') {
          throw Object.assign(new Error('timed out'), {
            name: 'ServiceUnavailableError',
          });
        }
      };
      await expect(
        runActs.start(pipeline, { parameters }, ANN),
      ).rejects.toThrow();
      engine.afterwards = () => {};
    };

    /** All this was asked for earlier. */
    const setBack = async (ms: number) => {
      const at = Date.now() - ms;
      await on
        .database('amamba_runs')
        .where({ pipeline_id: pipeline.id })
        .update({ queued_at: at });
      for (const item of engine.queue) item.queuedAt = new Date(at);
    };

    it('an unanswered start that waits in the queue is queued, however long it waits', async () => {
      await startWithoutAnswer();
      expect(await runs()).toMatchObject([{ state: 'unknown' }]);
      await setBack(300_000);
      await follow();
      expect(await runs()).toMatchObject([
        { state: 'queued', queueId: engine.queue[0].id, delivery: 'accepted' },
      ]);
      expect((await runs())[0].error).toBeUndefined();
      engine.startQueued();
      await follow();
      expect(await runs()).toMatchObject([
        { number: 1, state: 'running', cause: { type: 'manual', by: ANN } },
      ]);
    });

    it('an unanswered start that a slow engine takes after all comes back from not built', async () => {
      const start = jest.spyOn(engine, 'start').mockRejectedValue(
        Object.assign(new Error('timed out'), {
          name: 'ServiceUnavailableError',
        }),
      );
      await expect(
        acts().runActs.start(pipeline, { parameters: {} }, ANN),
      ).rejects.toThrow();
      start.mockRestore();
      await setBack(40_000);
      await follow();
      const [lost] = await runs();
      expect(lost).toMatchObject({ state: 'notBuilt' });
      await engine.start({ workspace: 'team-a', name: pipeline.name }, {});
      await sleep(1_100);
      await follow();
      const [found] = await runs();
      expect(found).toMatchObject({ id: lost.id, state: 'queued' });
      expect(found.endedAt).toBeUndefined();
    });

    it('an unanswered start does not take what others have in the queue', async () => {
      const ref = { workspace: 'team-a', name: pipeline.name };
      await on.index.request(
        pipeline.id,
        { cause: { type: 'manual', by: ANN }, parameters: { A: '1' } },
        lease(),
      );
      await revive();
      await engine.start(ref, { A: '2' });
      engine.queue.push({
        ...engine.queue[0],
        ...{ id: '900', parameters: { A: '1' }, job: 'team-a/other' },
      });
      engine.queue.push({
        ...engine.queue[0],
        ...{ id: '901', parameters: { A: '1' }, cause: { type: 'restart' } },
      });
      await follow();
      expect(await runs()).toMatchObject([{ state: 'unknown' }]);
    });

    it('an unanswered start that the engine made one with an answered one is that one', async () => {
      await startWithoutAnswer();
      const { runActs } = acts();
      const key = 'click-0002';
      const answered = await runActs.start(
        pipeline,
        { parameters: {}, idempotencyKey: key },
        ANN,
      );
      expect(engine.queue).toHaveLength(1);
      await follow();
      expect(await runs()).toMatchObject([
        { id: answered.run.id, state: 'queued' },
      ]);
    });

    it('asks an engine once for its queue, however many starts got lost', async () => {
      for (const A of ['1', '2', '3', '4']) await startWithoutAnswer({ A });
      engine.calls.length = 0;
      await follow();
      expect(engine.calls.filter(call => call === 'listQueue')).toHaveLength(1);
      expect((await runs()).map(({ state }) => state)).toEqual(
        Array(4).fill('queued'),
      );
    });

    it('what a backend took without hearing so is worked on at once, by the same one', async () => {
      const job = `team-a/${pipeline.name}`;
      const { poller, inbox, runSync } = backend(on, engine);
      const run = engine.addRun(job);
      await runSync.reconcile(pipeline);
      engine.finish(run);
      const [first] = await runs();
      await on.polls.due([first.id], Date.now());
      const second = engine.addRun(job);
      await inbox.receive('ci', {
        ...{ id: randomUUID(), type: 'runChanged', run: second.number },
        ref: { workspace: 'team-a', name: pipeline.name },
      });
      const lost = new Error('Connection terminated unexpectedly');
      const claimRuns = on.polls.claim.bind(on.polls);
      jest.spyOn(on.polls, 'claim').mockImplementationOnce(async given => {
        await claimRuns(given, 10);
        throw lost;
      });
      const claimEvents = on.events.claim.bind(on.events);
      jest.spyOn(on.events, 'claim').mockImplementationOnce(async given => {
        await claimEvents(given, 10);
        throw lost;
      });
      for (const worker of [poller, inbox]) {
        await expect(worker.turn()).rejects.toThrow('terminated');
        await worker.turn();
      }
      await poller.settled();
      expect(await runs()).toMatchObject([
        { number: 2, state: 'running' },
        { number: 1, state: 'succeeded' },
      ]);
    });

    it('takes no run a second time while it is looking at it', async () => {
      const { poller, runSync } = backend(on, engine);
      engine.addRun(`team-a/${pipeline.name}`);
      await runSync.reconcile(pipeline);
      const gate = createDeferred();
      engine.afterwards = () => gate;
      engine.calls.length = 0;
      await poller.turn();
      await poller.turn();
      gate.resolve();
      await poller.settled();
      expect(engine.calls.filter(call => call === 'getRun')).toHaveLength(1);
    });
  },
);
