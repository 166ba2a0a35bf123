import type { EngineRunProgress } from '@amamba/backstage-plugin-amamba-node';
import { FakeEngine } from '../__testUtils__/FakeEngine';
import {
  addPipeline,
  backend,
  stores,
  testDatabases,
} from '../__testUtils__/room';

const databases = testDatabases();

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
