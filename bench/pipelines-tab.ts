import { setTimeout as sleep } from 'node:timers/promises';
import {
  atLeast,
  bench,
  durationsMs,
  exactly,
  median,
  sideBySideMs,
} from './lib';
import { lightReader } from './lib/lightClient';
import { createSeededPipelines, pipelineName } from './lib/pipelines';
import { backendAddress, startBenchPortal, WORKSPACE } from './lib/portal';
import { onPostgres, startBenchPostgres } from './lib/postgres';
import { withResources } from './lib/resources';
import { startBenchSandbox } from './lib/sandbox';

const JOBS = 500;
const RUNS = 2;
const LATENCY_MS = 50;
const SAMPLES = { runs: 25, warmup: 3 };
/**
 * Requests before the first one that counts: a portal in use has compiled what it runs. Each one of theirs calls for every job, so
 * that a few are enough there.
 */
const IN_USE = 200;
/** How many of ours follow each of theirs, which is as many as there is time for while theirs are under way. */
const OURS_FOR_ONE = 10;
/** Longer than the portal keeps anything for a caller: the first request afterwards asks everybody anew. */
const FORGOTTEN_MS = 6_000;
const COLD_RUNS = 5;
/** Longer than any pause while the portal compares pipelines with Jenkins; and long enough to forget. */
const QUIET_MS = FORGOTTEN_MS;
/** How often calls are counted when there were some: the portal may have begun to compare again just then. */
const COUNTS = 3;

/** A component with the annotation that the Jenkins plugin reads. */
function component(name: string, jobs: string) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, annotations: { 'jenkins.io/job-full-name': jobs } },
    spec: { type: 'service', lifecycle: 'production', owner: WORKSPACE },
  };
}

/** Names its jobs, as the plugin's manual has it for a component with several. */
const BY_NAMES = 'by-names';
/** Names the folder that its jobs, and no others, lie in. */
const BY_FOLDER = 'by-folder';

bench(__filename, () =>
  withResources(async resources => {
    const { port, url } = await backendAddress();
    const sandbox = await startBenchSandbox(resources, { backendUrl: url });
    const { jenkins } = sandbox.credentials;
    const names = Array.from(
      { length: JOBS },
      (_, n) => `${WORKSPACE}/${pipelineName(n + 1)}`,
    );
    const portal = await startBenchPortal(resources, {
      port,
      sandbox,
      features: ['jenkins'],
      config: {
        ...onPostgres(await startBenchPostgres(resources)),
        jenkins: {
          baseUrl: jenkins.url,
          username: jenkins.user,
          apiKey: jenkins.token,
          // Else it leaves out all but fifty jobs of a folder.
          projectCountLimit: JOBS,
        },
      },
      entities: [
        component(BY_NAMES, names.join(',')),
        component(BY_FOLDER, WORKSPACE),
      ],
    });
    await createSeededPipelines(portal, sandbox, {
      pipelines: JOBS,
      runs: RUNS,
      entityRef: `component:default/${BY_NAMES}`,
    });
    await sandbox.fault({ effect: { kind: 'latency', ms: LATENCY_MS } });

    const read = await lightReader(resources, portal);
    const get = async (path: string) => JSON.parse(await read(path));
    /** What the tab of each plugin asks for until it shows its first rows. */
    const theirs = (entity: string) =>
      get(`/api/jenkins/v1/entity/default/component/${entity}/projects`);
    const tab = `/api/amamba/v1/entities/component/default/${BY_NAMES}/pipelines`;
    const ours = () => get(`${tab}?sort=name&order=asc&limit=50`);
    /** Every row, as theirs are: more than anybody's tab asks for. */
    const oursWhole = async () => {
      let after = '';
      do {
        const { nextCursor } = await get(`${tab}?limit=200${after}`);
        after = nextCursor && `&after=${encodeURIComponent(nextCursor)}`;
      } while (after);
    };
    const { projects } = await theirs(BY_NAMES);
    const { items, total } = await ours();
    if (projects.length !== JOBS || total !== JOBS || !items[0].lastRun) {
      throw new Error(`${projects.length} projects and ${total} pipelines`);
    }

    await sandbox.untilIdle(QUIET_MS);
    await durationsMs(ours, { runs: IN_USE });
    const theirsMs: number[] = [];
    const oursMs: number[] = [];
    for (let n = 0; n < SAMPLES.runs; n++) {
      theirsMs.push(
        ...(await durationsMs(() => theirs(BY_NAMES), { runs: 1, warmup: 0 })),
      );
      oursMs.push(...(await durationsMs(ours, { runs: OURS_FOR_ONE })));
    }
    const folder = await sideBySideMs(() => theirs(BY_FOLDER), ours, SAMPLES);
    const whole = await durationsMs(oursWhole, SAMPLES);
    const cold: number[] = [];
    for (let n = 0; n < COLD_RUNS; n++) {
      await sleep(FORGOTTEN_MS);
      cold.push(...(await durationsMs(ours, { runs: 1, warmup: 0 })));
    }
    /** What Jenkins is asked by some acts, counted while the portal asks it nothing by itself. */
    const calls = async (acts: number, act: () => Promise<unknown>) => {
      const counts: number[] = [];
      while (counts.length < COUNTS && !counts.includes(0)) {
        await sandbox.untilIdle(QUIET_MS);
        const before = await sandbox.requests();
        for (let n = 0; n < acts; n++) await act();
        counts.push((await sandbox.requests()) - before);
      }
      return Math.min(...counts);
    };
    return [
      {
        what: `faster than the Jenkins plugin, ${JOBS} jobs of a component`,
        value: median(theirsMs) / median(oursMs),
        unit: '×',
        must: atLeast(50),
        against: `@backstage-community/plugin-jenkins-backend on the same sandbox, ${LATENCY_MS} ms away`,
        details: {
          theirsMs: median(theirsMs),
          oursMs: median(oursMs),
          oursMsAfterSecondsOfRest: median(cold),
          oursMsForAllRows: median(whole),
          theirCalls: await calls(1, () => theirs(BY_NAMES)),
          theirsMsForAFolderOfThem: median(folder.first),
        },
      },
      {
        what: 'calls of Jenkins to show the tab ten times',
        value: await calls(10, ours),
        unit: 'calls',
        must: exactly(0),
        against: 'nothing',
      },
    ];
  }),
);
