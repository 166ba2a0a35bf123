import { runQuerySchema } from '@amamba/backstage-plugin-amamba-common';
import type { EngineRun } from '@amamba/backstage-plugin-amamba-node';
import {
  addPipeline,
  lease,
  stores,
  testDatabases,
  type Stores,
} from '../__testUtils__/room';
import type { PipelineRecord } from '../records';

const databases = testDatabases();
const START = Date.UTC(2026, 10, 24);

function engineRun(number: number, more: Partial<EngineRun> = {}): EngineRun {
  return {
    number,
    state: number % 4 ? 'succeeded' : 'failed',
    cause: { type: 'push', by: number % 2 ? 'ann' : 'bo' },
    branch: number % 5 ? 'main' : 'feature/x',
    commitMessage: `Change ${number}`,
    startedAt: new Date(START + number * 1000),
    endedAt: new Date(START + number * 1000 + 500),
    durationMs: 500,
    parameters: {},
    artifacts: 0,
    ...more,
  };
}

describe.each(databases.eachSupportedId())('runs on %s', id => {
  let on: Stores;
  let pipeline: PipelineRecord;
  let count = 0;

  beforeAll(async () => {
    on = await stores(await databases.init(id));
    pipeline = await addPipeline(on);
    // in another order than that of their numbers
    for (const number of [...Array(30).keys()].map(n => ((n * 7) % 30) + 1)) {
      await on.index.observe(pipeline.id, { run: engineRun(number), at: 1 });
    }
  });

  const fresh = () => addPipeline(on, { name: `fresh-${count++}` });
  const list = (query: object = {}) =>
    on.runs.list(pipeline.id, runQuerySchema.parse(query));

  it('pages by number, newest and oldest first, in both directions', async () => {
    const seen: (number | undefined)[] = [];
    let after: string | undefined;
    let previous: string | undefined;
    do {
      const page = await list({ limit: '7', ...(after && { after }) });
      seen.push(...page.rows.map(({ number }) => number));
      after = page.nextCursor;
      previous = page.previousCursor;
      expect(page.total).toBe(30);
    } while (after);
    expect(seen).toEqual([...Array(30).keys()].map(n => 30 - n));
    const back = await list({ limit: '7', before: previous });
    expect(back.rows[0].number).toBe(9);
    const oldest = await list({ sort: 'oldest', limit: '3' });
    expect(oldest.rows.map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it.each([
    [{ state: 'failed' }, 7],
    [{ state: 'failed,succeeded' }, 30],
    [{ state: 'running' }, 0],
    [{ branch: 'feature/x' }, 6],
    [{ by: 'ann' }, 15],
    [{ by: 'ann', state: 'failed' }, 0],
    [{ q: 'change 3' }, 2],
    [{ q: 'FEATURE' }, 6],
    [{ q: '_' }, 0],
  ])('filters by %j', async (query, total) => {
    const page = await list({ ...query, limit: '200' });
    expect(page.total).toBe(total);
    expect(page.rows).toHaveLength(total);
    const numbers = page.rows.map(({ number }) => number ?? 0);
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
  });

  it('refuses cursors of other lists and pipelines', async () => {
    const { nextCursor } = await list({ limit: '2' });
    await expect(list({ after: nextCursor, q: 'x' })).rejects.toThrow(/^after/);
    const other = await fresh();
    await expect(
      on.runs.list(other.id, runQuerySchema.parse({ after: nextCursor })),
    ).rejects.toThrow(/^after/);
  });

  it('carries results along on the row of the pipeline', async () => {
    expect(await on.pipelines.get(pipeline.id)).toMatchObject({
      lastRun: { number: 30, state: 'succeeded' },
      recent: [30, 29, 28, 27, 26, 25, 24, 23, 22, 21].map(n =>
        n % 4 ? 'succeeded' : 'failed',
      ),
      statistics: { total: 30, succeeded: 23, typicalDurationMs: 500 },
    });
    const run = await on.runs.find(pipeline.id, '12');
    expect(run && (await on.runs.neighbours(run))).toEqual({
      previous: 11,
      next: 13,
    });
  });

  it('starts nothing twice with one idempotency key, however many ask at once', async () => {
    const target = await fresh();
    const request = {
      cause: { type: 'manual' as const, by: 'user:default/ann' },
      parameters: {},
      idempotencyKey: 'same-key',
    };
    const all = await Promise.all(
      [1, 2, 3, 4].map(() =>
        on.index.request(target.id, request, lease(60_000)),
      ),
    );
    expect(all.filter(result => result?.isNew)).toHaveLength(1);
    expect(new Set(all.map(result => result?.run.id)).size).toBe(1);
    expect(await on.pipelines.get(target.id)).toMatchObject({
      statistics: { total: 1 },
      lastRun: { state: 'queued' },
    });
  });

  const ask = async (target: PipelineRecord, key?: string) => {
    const noted = await on.index.request(
      target.id,
      {
        cause: { type: 'manual', by: 'user:default/ann' },
        parameters: { A: '1' },
        idempotencyKey: key,
      },
      lease(60_000),
    );
    if (!noted) throw new Error('no such pipeline');
    return noted.run;
  };

  it('makes one run of requests that the engine made one', async () => {
    const target = await fresh();
    const first = await ask(target, 'key-first');
    const second = await ask(target, 'key-second');
    await on.index.accepted(first, '7', Date.now());
    expect(await on.index.accepted(second, '7', Date.now())).toMatchObject({
      id: first.id,
    });
    expect(
      (await on.runs.list(target.id, runQuerySchema.parse({}))).total,
    ).toBe(1);
    expect((await ask(target, 'key-second')).id).toBe(first.id);
  });

  it('keeps the asked-for row when the run was found before the answer came', async () => {
    const target = await fresh();
    const asked = await ask(target);
    await on.index.observe(target.id, {
      run: engineRun(1, {
        queueId: '9',
        state: 'running',
        endedAt: undefined,
        startedAt: new Date(),
      }),
      at: Date.now(),
    });
    const kept = await on.index.accepted(asked, '9', Date.now());
    expect(kept).toMatchObject({
      id: asked.id,
      number: 1,
      state: 'running',
      cause: { type: 'manual', by: 'user:default/ann' },
    });
    const page = await on.runs.list(target.id, runQuerySchema.parse({}));
    expect(page.total).toBe(1);
    expect(page.rows).toMatchObject([{ id: asked.id, number: 1 }]);
  });

  it('stands what waits above, and what ended without a number where it ended', async () => {
    const target = await fresh();
    const observe = (number: number) =>
      on.index.observe(target.id, { run: engineRun(number), at: 1 });
    await observe(1);
    const dropped = await ask(target);
    await on.index.setUnnumbered(
      dropped,
      { state: 'cancelled', delivery: 'done', nextPollAt: null },
      Date.now(),
    );
    await observe(2);
    const waiting = await ask(target);
    const page = await on.runs.list(target.id, runQuerySchema.parse({}));
    expect(page.rows.map(run => run.number ?? run.id)).toEqual([
      waiting.id,
      2,
      dropped.id,
      1,
    ]);
  });

  it('tells runs of a pipeline that was made anew from those before', async () => {
    const target = await fresh();
    await on.index.observe(target.id, { run: engineRun(1), at: 1 });
    await on.index.observe(target.id, { run: engineRun(2), at: 1 });
    const anew = { startedAt: new Date(START + 1e9), state: 'failed' as const };
    await on.index.observe(target.id, { run: engineRun(1, anew), at: 2 });
    const page = await on.runs.list(target.id, runQuerySchema.parse({}));
    expect(page.rows.map(({ number, state }) => [number, state])).toEqual([
      [1, 'failed'],
      [2, 'succeeded'],
      [1, 'succeeded'],
    ]);
    expect(await on.runs.find(target.id, '1')).toMatchObject({
      state: 'failed',
    });
  });

  it('finds a run by the name of its pipeline, in one workspace', async () => {
    const target = await fresh();
    const other = await fresh();
    await on.index.observe(target.id, { run: engineRun(1), at: 1 });
    await on.index.observe(other.id, { run: engineRun(2), at: 1 });
    const { workspaceRef } = target;
    const name = target.name.toLocaleUpperCase('en-US');
    const find = (key: string, of = { workspaceRef, name }) =>
      on.runs.findByName(of, key);
    const found = await on.runs.find(target.id, '1');
    expect(found).toBeDefined();
    expect(await find('1')).toEqual(found);
    expect(await find(found?.id ?? '')).toEqual(found);
    expect(await find('2')).toBeUndefined();
    expect(await find('99999999999')).toBeUndefined();
    expect(
      await find('1', { workspaceRef: 'group:default/other', name }),
    ).toBeUndefined();
  });

  it('removes runs with their counts, and pipelines with their runs', async () => {
    const target = await fresh();
    await on.index.observe(target.id, { run: engineRun(1), at: 1 });
    await on.index.observe(target.id, { run: engineRun(4), at: 1 });
    const run = await on.runs.find(target.id, '4');
    await on.index.remove(target.id, [run?.id ?? '', 'not-there']);
    expect(await on.pipelines.get(target.id)).toMatchObject({
      lastRun: { number: 1 },
      recent: ['succeeded'],
      statistics: { total: 1, succeeded: 1 },
    });
    await on.syncs.remove(target.id);
    expect(await on.pipelines.get(target.id)).toBeUndefined();
    expect(await on.runs.find(target.id, '1')).toBeUndefined();
  });

  it('gives live runs to one backend at a time', async () => {
    const target = await fresh();
    for (let number = 1; number <= 6; number++) {
      await on.index.observe(target.id, {
        run: engineRun(number, { state: 'running', endedAt: undefined }),
        at: 1,
      });
    }
    const [mine, theirs] = await Promise.all([
      on.polls.claim(lease(60_000, 'one'), 4),
      on.polls.claim(lease(60_000, 'two'), 4),
    ]);
    const ids = [...mine, ...theirs].map(run => run.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(4);
    const [first] = mine;
    await on.polls.release(first.id, { at: Date.now() - 1, step: 3 });
    const again = await on.polls.claim(lease(60_000, 'two'), 50);
    expect(again.find(run => run.id === first.id)).toMatchObject({
      pollStep: 3,
    });
  });
});
