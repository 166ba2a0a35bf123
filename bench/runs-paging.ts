import { join } from 'node:path';
import {
  runQuerySchema,
  type RunQuery,
} from '@amamba/backstage-plugin-amamba-common';
import knex, { type Knex } from 'knex';
import { encodeCursor, migrate } from '../plugins/amamba-backend/src/database';
import { PipelinesStore } from '../plugins/amamba-backend/src/pipelines/PipelinesStore';
import { RunsStore } from '../plugins/amamba-backend/src/pipelines/runs/RunsStore';
import { numberedKey } from '../plugins/amamba-backend/src/pipelines/runs/sortKey';
import { atMost, bench, median, sideBySideMs, type Figure } from './lib';
import { startBenchPostgres } from './lib/postgres';
import { withResources, type Resources } from './lib/resources';

const FEW = 10_000;
const MANY = 1_000_000;
const PIPELINE = 'b0000000-0000-4000-8000-000000000001';
const SAMPLES = { runs: 300, warmup: 50 };
const MUST = atMost(1.5);
const STATES = ['succeeded', 'failed', 'unstable', 'cancelled'];

const UUID = {
  pg: 'gen_random_uuid()::text',
  sqlite:
    "lower(printf('%s-%s-4%s-8%s-%s', hex(randomblob(4)), hex(randomblob(2)), substr(hex(randomblob(2)), 2), substr(hex(randomblob(2)), 2), hex(randomblob(6))))",
};
const NUMBERS = {
  pg: 'SELECT n FROM generate_series(CAST(1 AS bigint), CAST(:count AS bigint)) AS n',
  sqlite:
    'WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < :count) SELECT n FROM s',
};

/** An index of one pipeline with this many runs, written by the database itself. */
async function fill(database: Knex, kind: 'pg' | 'sqlite', count: number) {
  await migrate(database);
  await new PipelinesStore(database).insert(
    {
      id: PIPELINE,
      workspace: 'team-a',
      workspaceRef: 'group:default/team-a',
      name: 'busy',
      description: '',
      engine: 'ci',
      source: { type: 'script', script: 'pipeline {}' },
      settings: {
        parameters: [],
        triggers: {},
        disableConcurrentRuns: false,
      },
      askedParameters: [],
      createdBy: 'user:default/ann',
    },
    { owner: 'bench', now: Date.now(), durationMs: 1 },
  );
  const epoch = numberedKey(1, 0);
  const step = numberedKey(1, 1) - epoch;
  const state = `CASE n % 10 WHEN 1 THEN 'failed' WHEN 2 THEN 'unstable' WHEN 3 THEN 'cancelled' ELSE 'succeeded' END`;
  await database.raw(
    `INSERT INTO amamba_runs (id, pipeline_id, sort_key, epoch, number, queue_id, delivery, base_number, state, cause_type,
       cause_by, branch, "commit", commit_message, queued_at, started_at, ended_at, duration_ms, parameters, seen_at)
     SELECT ${UUID[kind]}, :pipeline, CAST(:epoch AS bigint) + n * CAST(:step AS bigint), 1, n, ${kind === 'pg' ? 'n::text' : 'CAST(n AS text)'}, 'done', 0, ${state}, 'push',
       'user:default/u' || (n % 40), 'branch-' || (n % 60), '0123456789abcdef', 'Change number ' || n || ' of many',
       1700000000000 + n * 60000, 1700000001000 + n * 60000, 1700000031000 + n * 60000, 30000, '{"TARGET":"dev"}', 1700000031000 + n * 60000
     FROM (${NUMBERS[kind]}) AS numbers`,
    { count, pipeline: PIPELINE, epoch, step },
  );
  await database('amamba_run_counts').insert(
    STATES.map((name, index) => ({
      pipeline_id: PIPELINE,
      state: name,
      count: index === 0 ? (count / 10) * 7 : count / 10,
    })),
  );
  // What autovacuum does in time by itself.
  await database.raw(kind === 'pg' ? 'VACUUM ANALYZE' : 'ANALYZE');
}

const query = (more: Partial<RunQuery> = {}): RunQuery => ({
  ...runQuerySchema.parse({}),
  ...more,
});

/** A list that ends where the index does, found by the place of the row before it, as the run list does. */
async function lastPage(database: Knex): Promise<RunQuery> {
  const { after, before, limit, ...filter } = query();
  const [row] = await database('amamba_runs')
    .where({ pipeline_id: PIPELINE, number: limit + 1 })
    .select('sort_key', 'id');
  const key = [Number(row.sort_key), row.id];
  return query({ after: encodeCursor(key, [PIPELINE, filter]) });
}

async function expectPage(store: RunsStore, asked: RunQuery, first: number) {
  const { rows, total } = await store.list(PIPELINE, asked);
  if (rows.length !== asked.limit || rows[0].number !== first) {
    throw new Error(
      `Another page came: ${rows.length} of ${total} runs, from number ${rows[0]?.number} on instead of ${first}`,
    );
  }
}

/** Figures of one kind of database. */
async function measure(
  kind: 'pg' | 'sqlite',
  databases: { few: Knex; many: Knex },
): Promise<[Figure, ...Figure[]]> {
  await fill(databases.few, kind, FEW);
  await fill(databases.many, kind, MANY);
  const few = new RunsStore(databases.few);
  const many = new RunsStore(databases.many);
  const first = query();
  const last = await lastPage(databases.many);
  const failed = query({ state: ['failed'] });
  await expectPage(few, first, FEW);
  await expectPage(many, first, MANY);
  await expectPage(many, last, last.limit);
  const name = kind === 'pg' ? 'PostgreSQL' : 'SQLite';
  const compare = async (
    what: string,
    against: string,
    base: () => Promise<unknown>,
    measured: () => Promise<unknown>,
  ): Promise<Figure> => {
    const samples = await sideBySideMs(base, measured, SAMPLES);
    const baseMs = median(samples.first);
    const measuredMs = median(samples.second);
    return {
      what: `${what}, ${name}`,
      value: measuredMs / baseMs,
      unit: '×',
      must: MUST,
      against,
      details: { baseMs, measuredMs },
    };
  };
  return [
    await compare(
      'first page of 1 M runs',
      'first page of 10 k runs',
      () => few.list(PIPELINE, first),
      () => many.list(PIPELINE, first),
    ),
    await compare(
      'last page of 1 M runs',
      'first page of 1 M runs',
      () => many.list(PIPELINE, first),
      () => many.list(PIPELINE, last),
    ),
    await compare(
      'first page of those that failed, of 1 M runs',
      'the same of 10 k runs',
      () => few.list(PIPELINE, failed),
      () => many.list(PIPELINE, failed),
    ),
  ];
}

function openSqlite(resources: Resources, folder: string, name: string): Knex {
  const database = knex({
    client: 'better-sqlite3',
    connection: { filename: join(folder, `${name}.sqlite`) },
    useNullAsDefault: true,
  });
  resources.add(() => database.destroy());
  return database;
}

bench(__filename, () =>
  withResources(async resources => {
    const postgres = await startBenchPostgres(resources);
    const folder = resources.folder();
    const onPostgres = await measure('pg', {
      few: await postgres.open('few'),
      many: await postgres.open('many'),
    });
    const onSqlite = await measure('sqlite', {
      few: openSqlite(resources, folder, 'few'),
      many: openSqlite(resources, folder, 'many'),
    });
    return [...onPostgres, ...onSqlite];
  }),
);
