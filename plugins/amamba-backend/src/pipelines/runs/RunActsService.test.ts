import { FakeEngine } from '../__testUtils__/FakeEngine';
import {
  addPipeline,
  backend,
  stores,
  testDatabases,
  type Stores,
} from '../__testUtils__/room';
import type { PipelineRecord, RunRecord } from '../records';
import { RunActsService } from './RunActsService';

const databases = testDatabases();
const ANN = 'user:default/ann';
const VERSION = { type: 'string', name: 'VERSION' };

describe('repeating a run', () => {
  let on: Stores;
  let count = 0;

  beforeAll(async () => {
    on = await stores(await databases.init('SQLITE_3'));
  });

  /** A pipeline with one failed run. */
  async function failedRun(parameters: unknown[]) {
    const engine = new FakeEngine();
    const added = await addPipeline(on, {
      name: `repeated-${count++}`,
      parameters,
    });
    const { engines, pipelineSync, runSync } = backend(on, engine);
    await pipelineSync.carryOut(added);
    const pipeline: PipelineRecord =
      (await on.pipelines.get(added.id)) ?? added;
    const job = `team-a/${pipeline.name}`;
    engine.finish(
      engine.addRun(job, { parameters: { VERSION: '2.0.0' } }),
      'failed',
    );
    await runSync.reconcile(pipeline);
    const [{ id }] = await on
      .database('amamba_runs')
      .where({ pipeline_id: pipeline.id });
    const run = await on.runs.get(id);
    if (!run) throw new Error('The run is not there');
    const acts = new RunActsService({
      ...{ store: on.runs, index: on.index, engines, pipelineSync },
      ...{ sync: runSync, owner: 'backend-1' },
    });
    const rerun = (failed: RunRecord, fromStage?: string) =>
      acts.rerun(pipeline, failed, { fromStage }, ANN);
    return { engine, run, rerun };
  }

  it('gives the values of the run again', async () => {
    const { engine, run, rerun } = await failedRun([VERSION]);
    const started = await rerun(run);
    expect(started.run).toMatchObject({
      cause: { type: 'rerun', by: ANN, text: '#1' },
      parameters: { VERSION: '2.0.0' },
    });
    expect(engine.queue).toHaveLength(1);
  });

  it.each([true, false])(
    'is refused, with the way out, when it may have had a password (with a default: %s)',
    async hasDefault => {
      const { engine, run, rerun } = await failedRun([
        VERSION,
        { type: 'password', name: 'TOKEN', hasDefault },
      ]);
      await expect(rerun(run)).rejects.toThrow(
        /^parameters\.TOKEN: passwords are not kept.*Start a new run/,
      );
      expect(engine.queue).toHaveLength(0);
    },
  );

  it('goes on from a stage with the password that the engine has', async () => {
    const { run, rerun } = await failedRun([
      VERSION,
      { type: 'password', name: 'TOKEN' },
    ]);
    const started = await rerun(run, 'Test');
    expect(started.run).toMatchObject({
      cause: { type: 'restart', by: ANN, text: '#1, Test' },
    });
  });
});
