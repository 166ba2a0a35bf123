import { runQuerySchema } from '@amamba/backstage-plugin-amamba-common';
import type { EngineRunProgress } from '@amamba/backstage-plugin-amamba-node';
import { NotFoundError } from '@backstage/errors';
import { FakeEngine } from '../__testUtils__/FakeEngine';
import {
  addPipeline,
  backend,
  stores,
  testDatabases,
} from '../__testUtils__/room';

const databases = testDatabases();

describe('an engine that does not find what it has', () => {
  const prepare = async () => {
    const on = await stores(await databases.init('SQLITE_3'));
    const engine = new FakeEngine();
    const pipeline = await addPipeline(on);
    const { pipelineSync, runSync } = backend(on, engine);
    await pipelineSync.carryOut(pipeline);
    engine.addRun('team-a/shop');
    await runSync.reconcile(pipeline);
    const current = async () => {
      const found = await on.pipelines.get(pipeline.id);
      if (!found) throw new Error('the pipeline is gone');
      return found;
    };
    const [run] = (await on.runs.list(pipeline.id, runQuerySchema.parse({})))
      .rows;
    return { on, engine, runSync, current, run };
  };
  const notFound = () => new NotFoundError('Jenkins "ci" does not have it');

  it.each(['refresh', 'reconcile'] as const)(
    'a pipeline that is missing for a while is there again (%s)',
    async how => {
      const { on, engine, runSync, current, run } = await prepare();
      engine.faults.set('*', notFound);
      await runSync.refresh(run);
      expect((await current()).sync.state).toBe('missing');
      expect(await on.runs.get(run.id)).toBeDefined();
      engine.comeBack();
      if (how === 'refresh') await runSync.refresh(run);
      else await runSync.reconcile(await current());
      expect((await current()).sync.state).toBe('synced');
    },
  );

  it('a run that is back with its pipeline keeps its row', async () => {
    const { on, engine, runSync, run } = await prepare();
    jest.spyOn(engine, 'getRun').mockRejectedValueOnce(notFound());
    await runSync.refresh(run);
    expect(await on.runs.get(run.id)).toMatchObject({ number: 1 });
  });
});

it('keeps what the stages say at the end of a run, also when it ends while it is read', async () => {
  const on = await stores(await databases.init('SQLITE_3'));
  const engine = new FakeEngine();
  const pipeline = await addPipeline(on);
  const { pipelineSync, runSync } = backend(on, engine);
  await pipelineSync.carryOut(pipeline);
  const run = engine.addRun('team-a/shop');
  engine.finish(run, 'failed');
  run.stage = 'Test';
  const stale: EngineRunProgress = {
    graph: { stages: [], complete: false },
    approvals: [],
    stage: 'Post Actions',
  };
  jest.spyOn(engine, 'progress').mockResolvedValueOnce(stale);
  await runSync.readNumber(pipeline, 1);
  expect(await on.runs.find(pipeline.id, '1')).toMatchObject({
    state: 'failed',
    stage: 'Test',
  });
});
