import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import { FakeEngine } from '../__testUtils__/FakeEngine';
import {
  addPipeline,
  backend,
  lease,
  stores,
  testDatabases,
  type Stores,
} from '../__testUtils__/room';
import type { PipelineRecord } from '../records';
import { RunActsService } from '../runs/RunActsService';

const databases = testDatabases();
const ANN = 'user:default/ann';

describe.each(databases.eachSupportedId())(
  'what the portal does by itself is in its trail, on %s',
  id => {
    let on: Stores;
    let engine: FakeEngine;
    let pipeline: PipelineRecord;
    let parts: ReturnType<typeof backend>;
    let count = 0;

    beforeAll(async () => {
      on = await stores(await databases.init(id));
    });

    beforeEach(async () => {
      engine = new FakeEngine();
      pipeline = await addPipeline(on, { name: `own-${count++}` });
      parts = backend(on, engine);
    });

    /** What was audited, as short as a reader sees it. */
    const trail = () =>
      parts.audited.map(({ act, error }) => [
        act.action,
        act.workspace.name,
        `${act.object.kind}:${act.object.name}`,
        error?.message ?? 'done',
      ]);

    const carryOutDue = async () => {
      await on
        .database('amamba_pipelines')
        .where({ id: pipeline.id })
        .update({ next_sync_at: 1, lease_until: 0 });
      await parts.pipelineSync.carryOutDue(lease(60_000));
    };

    it('a pipeline is written when its engine answers again', async () => {
      engine.goDown();
      await carryOutDue();
      expect(trail()).toEqual([]);
      engine.comeBack();
      await carryOutDue();
      expect(trail()).toEqual([
        ['pipeline.sync', 'team-a', `pipeline:${pipeline.name}`, 'done'],
      ]);
    });

    it('a pipeline is refused by its engine', async () => {
      engine.faults.set('savePipeline', () => new ConflictError('no such'));
      await carryOutDue();
      expect(trail()).toEqual([
        ['pipeline.sync', 'team-a', `pipeline:${pipeline.name}`, 'no such'],
      ]);
    });

    it('a pipeline is deleted when its engine answers again', async () => {
      await on.pipelines.markDeleting(pipeline.id, lease());
      await carryOutDue();
      expect(trail()).toEqual([
        ['pipeline.delete', 'team-a', `pipeline:${pipeline.name}`, 'done'],
      ]);
    });

    describe('of runs', () => {
      beforeEach(() => parts.pipelineSync.carryOut(pipeline));

      const start = () =>
        new RunActsService({
          ...{ store: on.runs, index: on.index, engines: parts.engines },
          ...{ pipelineSync: parts.pipelineSync, sync: parts.runSync },
          owner: 'backend-1',
        }).start(pipeline, { parameters: {} }, ANN);
      const follow = async () => {
        for (let i = 0; i < 3; i++) {
          await on.database('amamba_runs').update({ next_poll_at: 1 });
          await parts.poller.turn();
          await parts.poller.settled();
        }
      };
      const timeOut = () => {
        throw new ServiceUnavailableError('timed out');
      };
      const noAnswer = (method: string) => {
        if (method === 'start') timeOut();
      };
      const runs = () =>
        on.database('amamba_runs').where({ pipeline_id: pipeline.id });

      beforeEach(async () => {
        pipeline = (await on.pipelines.get(pipeline.id)) ?? pipeline;
        await on.database('amamba_runs').delete();
      });

      it('nothing, of one that goes its way', async () => {
        await start();
        engine.startQueued();
        await follow();
        expect(trail()).toEqual([]);
      });

      it('one is found in the queue, once', async () => {
        engine.afterwards = noAnswer;
        await expect(start()).rejects.toThrow('timed out');
        await follow();
        engine.startQueued();
        await follow();
        expect(trail()).toEqual([
          ['run.recover', 'team-a', `run:${pipeline.name}`, 'done'],
        ]);
        const [{ id: run }] = await runs();
        expect(parts.audited[0].act.details).toEqual({ run, by: ANN });
      });

      it('one is found among the runs, once', async () => {
        engine.afterwards = noAnswer;
        await expect(start()).rejects.toThrow('timed out');
        engine.startQueued();
        await follow();
        expect(trail()).toEqual([
          ['run.recover', 'team-a', `run:${pipeline.name} #1`, 'done'],
        ]);
      });

      it('one is not there, once', async () => {
        engine.faults.set('start', timeOut);
        await expect(start()).rejects.toThrow('timed out');
        await runs().update({ queued_at: Date.now() - 60_000 });
        await follow();
        expect(trail()).toEqual([
          [
            ...['run.recover', 'team-a', `run:${pipeline.name}`],
            expect.stringMatching(/has no such run/),
          ],
        ]);
      });
    });
  },
);
