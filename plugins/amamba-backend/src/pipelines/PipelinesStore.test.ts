import {
  pipelineQuerySchema,
  type PipelineUpdate,
} from '@amamba/backstage-plugin-amamba-common';
import type { PipelineFilter } from '@amamba/backstage-plugin-amamba-node';
import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import {
  addPipeline,
  lease,
  stores,
  testDatabases,
  type Stores,
} from './__testUtils__/room';
import type { PipelineScope } from './StoreScope';

const databases = testDatabases();
const ALL: PipelineScope = {
  workspaceRef: 'group:default/team-a',
  criteria: 'all',
};

describe.each(databases.eachSupportedId())('PipelinesStore on %s', id => {
  let on: Stores;

  beforeAll(async () => {
    on = await stores(await databases.init(id));
    for (let n = 0; n < 23; n++) {
      await addPipeline(on, {
        name: `P-${String(n).padStart(2, '0')}`,
        description: n === 7 ? 'the 100%_one' : '',
        environment: ['dev', 'prod', undefined][n % 3],
        entityRef: n === 5 ? 'component:default/shop' : undefined,
      });
    }
    await addPipeline(on, {
      name: 'other',
      workspace: 'team-b',
      workspaceRef: 'group:default/team-b',
    });
  });

  const list = (query: object = {}, scope = ALL) =>
    on.pipelines.list(scope, pipelineQuerySchema.parse(query));

  it.each(['name', 'lastRun', 'created', 'state'] as const)(
    'pages by %s in both directions',
    async sort => {
      const seen: string[] = [];
      let after: string | undefined;
      let previous: string | undefined;
      do {
        const page = await list({ sort, limit: '5', ...(after && { after }) });
        expect(page.total).toBe(23);
        seen.push(...page.rows.map(({ name }) => name));
        after = page.nextCursor;
        previous = page.previousCursor;
      } while (after);
      expect(new Set(seen).size).toBe(23);
      const back = await list({ sort, limit: '5', before: previous });
      expect(back.rows.map(({ name }) => name)).toEqual(seen.slice(15, 20));
      const down = await list({ sort, order: 'desc', limit: '50' });
      expect(down.rows.map(({ name }) => name)).toEqual([...seen].reverse());
    },
  );

  it('searches names and descriptions as text', async () => {
    expect((await list({ q: 'p-1' })).total).toBe(10);
    expect((await list({ q: '100%_ONE' })).total).toBe(1);
    expect((await list({ q: '%' })).total).toBe(1);
    expect((await list({ entity: 'component:default/shop' })).total).toBe(1);
    const mentioned = await on.pipelines.list(ALL, {
      ...pipelineQuerySchema.parse({ entity: 'component:default/shop' }),
      entityNames: ['p-01', 'nothing', 'other'],
    });
    expect(mentioned.rows.map(({ name }) => name)).toEqual(['P-01', 'P-05']);
  });

  it('refuses cursors of other lists and workspaces', async () => {
    const { nextCursor } = await list({ limit: '2' });
    await expect(list({ after: nextCursor, q: 'P' })).rejects.toThrow(/^after/);
    await expect(
      list({ after: nextCursor }, { ...ALL, workspaceRef: 'group:default/b' }),
    ).rejects.toThrow(/^after/);
    await expect(list({ before: 'x' })).rejects.toThrow(/^before/);
  });

  const dev: PipelineFilter = { property: 'environment', values: ['dev'] };
  const named: PipelineFilter = { property: 'name', values: ['P-00', 'P-01'] };
  it.each<[PermissionCriteria<PipelineFilter>, string | undefined, number]>([
    [dev, undefined, 8],
    [dev, 'dev', 15],
    [{ not: dev }, undefined, 15],
    [{ not: dev }, 'dev', 8],
    [{ allOf: [dev, named] }, undefined, 1],
    [{ anyOf: [dev, named] }, undefined, 9],
    [{ not: { anyOf: [dev, named] } }, undefined, 14],
    [{ property: 'name', values: [] }, undefined, 0],
    [
      { property: 'workspaceRef', values: ['group:default/team-b'] },
      undefined,
      0,
    ],
  ])('lists what a policy allows: %j in %s', async (criteria, env, total) => {
    const page = await list({}, { ...ALL, criteria, environment: env });
    expect(page.total).toBe(total);
    expect(page.rows).toHaveLength(total);
  });

  it('shows nothing to who may see nothing', async () => {
    expect(await list({}, { ...ALL, criteria: 'none' })).toMatchObject({
      rows: [],
      total: 0,
    });
  });

  it('takes a name once, whatever its case', async () => {
    await expect(addPipeline(on, { name: 'p-00' })).rejects.toThrow(
      /already. Choose another name/,
    );
    expect(await on.pipelines.find(ALL.workspaceRef, 'p-00')).toMatchObject({
      name: 'P-00',
    });
  });

  it('lets one of two editors win, and says who', async () => {
    const pipeline = await addPipeline(on, { name: 'edited' });
    const change: PipelineUpdate & { askedParameters: [] } = {
      askedParameters: [],
      version: 1,
      description: 'new',
      source: pipeline.source,
      settings: pipeline.settings,
    };
    const results = await Promise.allSettled([
      on.pipelines.update(pipeline, change, 'user:default/ann', lease()),
      on.pipelines.update(pipeline, change, 'user:default/bo', lease()),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
    await expect(
      on.pipelines.update(pipeline, change, 'user:default/cy', lease()),
    ).rejects.toThrow(/^user:default\/(ann|bo) changed edited meanwhile/);
  });

  it('gives pending work to one backend at a time', async () => {
    const mine = await on.syncs.claimPending(lease(60_000, 'one'), 10);
    const theirs = await on.syncs.claimPending(lease(60_000, 'two'), 100);
    const ids = [...mine, ...theirs].map(pipeline => pipeline.id);
    expect(mine).toHaveLength(10);
    expect(new Set(ids).size).toBe(ids.length);
    expect(await on.syncs.claimPending(lease(60_000, 'two'), 100)).toEqual([]);
  });
});
