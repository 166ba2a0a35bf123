import {
  pipelineDraftSchema,
  pipelineUpdateSchema,
  runQuerySchema,
} from '@amamba/backstage-plugin-amamba-common';
import { CALLERS } from '../../__testUtils__/callers';
import { roomForCallers } from '../__testUtils__/callers';
import { DyingDatabase } from '../__testUtils__/DyingDatabase';
import { FakeEngine, type FakeRun } from '../__testUtils__/FakeEngine';
import {
  addPipeline,
  backend,
  stores,
  testDatabases,
  type Stores,
} from '../__testUtils__/room';
import type { PipelineRecord, RunRecord } from '../records';

jest.setTimeout(300_000);

const databases = testDatabases();
const ED = { credentials: CALLERS.editor };
const ANN = { credentials: CALLERS.admin };
const NAMES = { workspace: 'team-a', pipeline: 'shop' };
const JOB = 'team-a/shop';
const APPROVAL = {
  ...{ id: 'Go', message: 'Go?', okLabel: 'Go' },
  ...{ approvers: [], parameters: [] },
};
const TABLES = ['decisions', 'run_keys', 'run_counts', 'runs', 'pipelines'];
/** more than any act has */
const MAX_STEPS = 200;

/** One portal and its engine, which know of nothing else. */
class World {
  readonly on: Stores;
  readonly engine = new FakeEngine();
  readonly room: ReturnType<typeof roomForCallers>['room'];

  constructor(on: Stores) {
    this.on = on;
    this.room = roomForCallers(on, this.engine).room;
  }

  static async empty(on: Stores): Promise<World> {
    for (const table of TABLES) await on.database(`amamba_${table}`).delete();
    return new World(on);
  }

  async pipeline(): Promise<PipelineRecord | undefined> {
    const row = await this.on.database('amamba_pipelines').first('id');
    return row && this.on.pipelines.get(row.id);
  }

  async runs(): Promise<RunRecord[]> {
    const pipeline = await this.pipeline();
    if (!pipeline) return [];
    const query = runQuerySchema.parse({});
    const page = await this.on.runs.list(pipeline.id, query);
    expect(page.total).toBe(page.rows.length);
    return page.rows;
  }

  get engineRuns(): FakeRun[] {
    return this.engine.jobs.get(JOB)?.runs ?? [];
  }

  /** A pipeline that the engine has. */
  async added(): Promise<void> {
    const pipeline = await addPipeline(this.on);
    await backend(this.on, this.engine).pipelineSync.carryOut(pipeline);
  }

  /** A run that goes on. */
  async running(more: Partial<FakeRun> = {}): Promise<string> {
    await this.added();
    const { id } = await this.room.runs.start(NAMES, { parameters: {} }, ED);
    this.engine.startQueued();
    Object.assign(this.engineRuns[0], more);
    await this.recover();
    return id;
  }

  /** Everything was asked for so long ago, and every lease of the dead one is over. */
  async later(ms = 120_000): Promise<void> {
    const { database } = this.on;
    const at = Date.now() - ms;
    await database('amamba_runs').update({ lease_until: at });
    await database('amamba_runs').update({ queued_at: at });
    await database('amamba_decisions').update({ at });
    await database('amamba_pipelines').update({ lease_until: at });
    await database('amamba_pipelines')
      .whereNotNull('next_sync_at')
      .update({ next_sync_at: at });
    for (const item of this.engine.queue) item.queuedAt = new Date(at);
  }

  /** What another backend does by itself in the next minute. */
  async recover(): Promise<void> {
    const { reconciler, poller } = backend(this.on, this.engine, 'other');
    await reconciler.round();
    for (let turn = 0; turn < 2; turn++) {
      await this.on
        .database('amamba_runs')
        .whereNotNull('next_poll_at')
        .update({ next_poll_at: 0 });
      await poller.turn();
      await poller.settled();
    }
  }
}

/** An act that may be cut off anywhere, and what has to be true of it after another backend had its minute. */
interface Act {
  prepare(world: World): Promise<unknown>;
  act(world: World): Promise<unknown>;
  /** must find it done or not done, in the engine and here alike, and can do it, or do it again */
  check(world: World): Promise<void>;
}

const START = { parameters: {}, idempotencyKey: 'click-0001' };

/** There is the run that was asked for, or none, and asking again with the same key makes no second one. */
async function checkStarted(
  world: World,
  asked: { cause: object; before: number; again(): Promise<{ id: string }> },
): Promise<void> {
  const { before } = asked;
  world.engine.startQueued();
  await world.recover();
  const [found] = world.engineRuns.slice(0, -before || undefined);
  const rows = (await world.runs()).slice(0, -before || undefined);
  expect(rows.length).toBeLessThanOrEqual(1);
  if (found) {
    expect(rows).toMatchObject([
      { number: found.number, state: 'running', cause: asked.cause },
    ]);
  }
  for (const row of rows.filter(({ number }) => number === undefined)) {
    expect(row).toMatchObject({ state: 'notBuilt' });
    expect(row.error).toMatch(/never reached it/);
  }
  const again = await asked.again();
  if (rows.length > 0) expect(again.id).toBe(rows[0].id);
  world.engine.startQueued();
  await world.recover();
  const expected = found || rows.length === 0 ? 1 : 0;
  expect(world.engineRuns).toHaveLength(before + expected);
}

const ACTS: Record<string, Act> = {
  start: {
    prepare: world => world.added(),
    act: world => world.room.runs.start(NAMES, START, ED),
    check: world =>
      checkStarted(world, {
        before: 0,
        cause: { type: 'manual', by: 'user:default/ed' },
        again: () => world.room.runs.start(NAMES, START, ED),
      }),
  },
  'restart from a stage': {
    async prepare(world) {
      await world.running();
      world.engine.finish(world.engineRuns[0], 'failed');
      await world.recover();
    },
    act: world =>
      world.room.runs.rerun(
        { ...NAMES, run: '1' },
        { fromStage: 'Test', idempotencyKey: START.idempotencyKey },
        ED,
      ),
    check: world =>
      checkStarted(world, {
        before: 1,
        cause: { type: 'restart', by: 'user:default/ed' },
        again: () =>
          world.room.runs.rerun(
            { ...NAMES, run: '1' },
            { fromStage: 'Test', idempotencyKey: START.idempotencyKey },
            ED,
          ),
      }),
  },
  'cancel of a run': {
    prepare: world => world.running(),
    act: world =>
      world.room.runs.cancel({ ...NAMES, run: '1' }, { force: 'stop' }, ED),
    async check(world) {
      const [{ state }] = world.engineRuns;
      expect(await world.runs()).toMatchObject([{ number: 1, state }]);
      if (state !== 'cancelled') await ACTS['cancel of a run'].act(world);
      expect(await world.runs()).toMatchObject([{ state: 'cancelled' }]);
    },
  },
  'cancel of a queued run': {
    async prepare(world) {
      await world.added();
      await world.room.runs.start(NAMES, START, ED);
    },
    async act(world) {
      const [{ id }] = await world.runs();
      await world.room.runs.cancel(
        { ...NAMES, run: id },
        { force: 'stop' },
        ED,
      );
    },
    async check(world) {
      const [{ cancelled }] = world.engine.queue;
      const state = cancelled ? 'cancelled' : 'queued';
      expect(await world.runs()).toMatchObject([{ state }]);
      if (!cancelled) await ACTS['cancel of a queued run'].act(world);
      expect(await world.runs()).toMatchObject([{ state: 'cancelled' }]);
      world.engine.startQueued();
      expect(world.engineRuns).toEqual([]);
    },
  },
  ...Object.fromEntries(
    (['approve', 'reject'] as const).map(decision => [
      decision,
      {
        prepare: world => world.running({ approvals: [APPROVAL] }),
        act: world =>
          world.room.runs.decide(
            { ...NAMES, run: '1' },
            APPROVAL.id,
            { decision, parameters: {} },
            ED,
          ),
        async check(world) {
          const [run] = world.engineRuns;
          const isDecided = run.approvals.length === 0;
          const [row] = await world.runs();
          expect(row.approvals).toHaveLength(isDecided ? 0 : 1);
          const late = world.room.runs.decide(
            { ...NAMES, run: '1' },
            APPROVAL.id,
            { decision: 'approve', parameters: {} },
            ANN,
          );
          if (isDecided) {
            await expect(late).rejects.toThrow(
              /^user:default\/ed (approved|rejected) this/,
            );
            const state = decision === 'approve' ? 'running' : 'cancelled';
            expect(row).toMatchObject({ state });
          } else {
            await late;
            expect(run).toMatchObject({ state: 'running', approvals: [] });
          }
        },
      } satisfies Act,
    ]),
  ),
  create: {
    prepare: async () => {},
    act: world =>
      world.room.pipelines.create(
        { workspace: NAMES.workspace },
        pipelineDraftSchema.parse({
          name: NAMES.pipeline,
          source: { type: 'script', script: 'pipeline { }' },
        }),
        ED,
      ),
    async check(world) {
      const row = await world.pipeline();
      expect(world.engine.jobs.has(JOB)).toBe(row !== undefined);
      if (row) expect(row.sync).toMatchObject({ state: 'synced' });
      else await ACTS.create.act(world);
      const { id } = await world.room.runs.start(NAMES, START, ED);
      expect(await world.runs()).toMatchObject([{ id, state: 'queued' }]);
    },
  },
  update: {
    prepare: world => world.added(),
    async act(world) {
      const pipeline = await world.pipeline();
      const { version, source } = pipeline ?? {};
      await world.room.pipelines.update(
        NAMES,
        pipelineUpdateSchema.parse({ version, source, description: 'new' }),
        ED,
      );
    },
    async check(world) {
      const row = await world.pipeline();
      expect(row).toMatchObject({ sync: { state: 'synced' } });
      const { spec } = world.engine.job({ workspace: 'team-a', name: 'shop' });
      expect(spec.description).toBe(row?.description);
      await ACTS.update.act(world);
      expect(spec.description === 'new' || row?.description === '').toBe(true);
    },
  },
  delete: {
    prepare: world => world.running(),
    act: world => world.room.pipelines.delete(NAMES, ANN),
    async check(world) {
      const row = await world.pipeline();
      expect(world.engine.jobs.has(JOB)).toBe(row !== undefined);
      if (row) await ACTS.delete.act(world);
      expect(await world.pipeline()).toBeUndefined();
      expect(world.engine.jobs.size).toBe(0);
      expect(await world.on.database('amamba_runs')).toEqual([]);
    },
  },
};

/** On PostgreSQL, where each try takes longer, one of each kind: what differs are transactions. */
function isTried(name: string, database: string): boolean {
  return (
    database === 'SQLITE_3' || ['start', 'approve', 'create'].includes(name)
  );
}

describe.each(databases.eachSupportedId())(
  'a backend that is killed before any of its writes, on %s',
  id => {
    let on: Stores;
    let mortal: DyingDatabase;

    beforeAll(async () => {
      on = await stores(await databases.init(id));
      mortal = new DyingDatabase(on.database);
    });

    /** @returns false when the act was over by then */
    const diesAfter = async ({ prepare, act, check }: Act, steps: number) => {
      const world = await World.empty(on);
      await prepare(world);
      const { engine } = world;
      engine.beforehand = () => mortal.step();
      engine.afterwards = () => mortal.step();
      const died = await mortal.kill(steps, () => act(world));
      engine.beforehand = () => {};
      engine.afterwards = () => {};
      if (!died) return false;
      await world.later();
      await world.recover();
      try {
        await check(world);
      } catch (error) {
        throw new Error(`killed after ${steps} steps: ${error}`);
      }
      return true;
    };

    it.each(Object.entries(ACTS).filter(([name]) => isTried(name, id)))(
      'in a %s: all is done or nothing, and another backend finds out which',
      async (_name, act) => {
        let deaths = 0;
        while (deaths < MAX_STEPS && (await diesAfter(act, deaths))) {
          deaths += 1;
        }
        expect(deaths).toBeGreaterThan(5);
        expect(deaths).toBeLessThan(MAX_STEPS);
      },
    );
  },
);
