import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { migrate } from '../plugins/amamba-backend/src/database';
import { atLeast, bench, exactly, median } from './lib';
import { eventPoster, makeEvent, type JenkinsEvent } from './lib/events';
import { createSeededPipelines, pipelineName } from './lib/pipelines';
import {
  backendAddress,
  ENGINE,
  startBenchPortal,
  type BenchPortal,
} from './lib/portal';
import { onPostgres, startBenchPostgres } from './lib/postgres';
import { withResources } from './lib/resources';
import { startBenchSandbox } from './lib/sandbox';

const PIPELINES = 20;
const RUNS = 5;
/**
 * Events under way at the same time, and connections of the inserts: a storm, in which both are at their best – with less
 * there are gaps that neither fills.
 */
const AT_ONCE = 64;
const ROUNDS = 5;
/** Long enough that what is worked off meanwhile, with the rests between, weighs in each round. */
const EVENTS = 8_000;
/** A portal in use has compiled what it runs; so has the client. */
const WARMUP_EVENTS = 10_000;
const KILLS = 3;
const KILL_EVENTS = 3_000;
/** Database of the plugin, as Backstage names it. */
const DATABASE = 'backstage_plugin_amamba';

/** Events about the runs in turn. */
const makeEvents = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    makeEvent({
      id: randomUUID(),
      pipeline: pipelineName((n % PIPELINES) + 1),
      number: (Math.floor(n / PIPELINES) % RUNS) + 1,
    }),
  );

/** Gives each event to `send`, a fixed number at a time. @returns events a second */
async function perSecond(
  events: readonly JenkinsEvent[],
  send: (event: JenkinsEvent) => Promise<unknown>,
): Promise<number> {
  const start = performance.now();
  let next = 0;
  const worker = async () => {
    while (next < events.length) await send(events[next++]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return (events.length / (performance.now() - start)) * 1000;
}

/** Inserts the row that the inbox keeps of an event. */
function insertInto(database: Knex) {
  return async ({ id, data }: JenkinsEvent) => {
    const now = Date.now();
    await database.raw(
      `INSERT INTO amamba_events (engine, event_id, type, workspace, pipeline, run, queue_id, received_at, next_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        ENGINE,
        id,
        'runChanged',
        data._parentFullName,
        data._projectName,
        data.number,
        null,
        now,
        now,
      ],
    );
  };
}

/** Kills the portal in the middle of a storm. @returns how many of the events that it had confirmed are not there */
async function killAmidEvents(
  portal: BenchPortal,
  post: (event: JenkinsEvent) => Promise<void>,
  database: Knex,
): Promise<{ confirmed: number; lost: number }> {
  const confirmed: string[] = [];
  const events = makeEvents(KILL_EVENTS);
  let killed: Promise<void> | undefined;
  await perSecond(events, async event => {
    // Nobody listens any more to the events that follow.
    if (killed) return;
    try {
      await post(event);
      confirmed.push(event.id);
    } catch (error) {
      if (!killed) throw error;
    }
    if (confirmed.length > KILL_EVENTS / 2) killed ??= portal.kill();
  });
  await killed;
  const [{ n }] = await database('amamba_events')
    .whereIn('event_id', confirmed)
    .count({ n: '*' });
  return { confirmed: confirmed.length, lost: confirmed.length - Number(n) };
}

bench(__filename, () =>
  withResources(async resources => {
    const { port, url } = await backendAddress();
    const postgres = await startBenchPostgres(resources, { durable: true });
    const sandbox = await startBenchSandbox(resources, { backendUrl: url });
    const portal = await startBenchPortal(resources, {
      port,
      sandbox,
      config: onPostgres(postgres),
    });
    await createSeededPipelines(portal, sandbox, {
      pipelines: PIPELINES,
      runs: RUNS,
    });
    const raw = await postgres.open('raw', { connections: AT_ONCE });
    await migrate(raw);
    const insert = insertInto(raw);
    const post = eventPoster({
      portalUrl: portal.url,
      token: sandbox.credentials.eventToken,
      connections: AT_ONCE,
    });
    // Opens connections and warms both up.
    await perSecond(makeEvents(WARMUP_EVENTS), insert);
    await perSecond(makeEvents(WARMUP_EVENTS), post);

    const inserts: number[] = [];
    const posts: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      inserts.push(await perSecond(makeEvents(EVENTS), insert));
      posts.push(await perSecond(makeEvents(EVENTS), post));
    }

    const own = postgres.connect(DATABASE);
    let confirmed = 0;
    let lost = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const outcome = await killAmidEvents(portal, post, own);
      confirmed += outcome.confirmed;
      lost += outcome.lost;
      await portal.restart();
    }
    return [
      {
        what: 'of the speed of raw inserts, events worked off meanwhile',
        value: (median(posts) / median(inserts)) * 100,
        unit: '%',
        must: atLeast(50),
        against: `one insert an event into the same PostgreSQL, ${AT_ONCE} at a time`,
        details: {
          postsPerSecond: Math.round(median(posts)),
          insertsPerSecond: Math.round(median(inserts)),
        },
      },
      {
        what: 'confirmed events lost',
        value: lost,
        unit: 'events',
        must: exactly(0),
        against: `${KILLS} × kill -9 of the backend amid events`,
        details: { confirmed },
      },
    ];
  }),
);
