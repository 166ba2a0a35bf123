import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { capture } from '../scripts/lib/process.mjs';
import type { Page } from '@playwright/test';
import { below, bench, exactly, median } from './lib';
import { buildApp } from './lib/app';
import { openPage, openSignedIn } from './lib/browser';
import { createSeededPipelines, pipelineName } from './lib/pipelines';
import { onPostgres, startBenchPostgres } from './lib/postgres';
import { backendAddress, startBenchPortal, WORKSPACE } from './lib/portal';
import { withResources } from './lib/resources';
import { startBenchSandbox } from './lib/sandbox';

const MEGABYTE = 1024 * 1024;
const LOG_BYTES = 200 * MEGABYTE;
/** What the page asks for first. */
const FIRST_RANGE = 32_768;
const SAMPLES = 25;
/** As in pipelines-tab. Without, the figure says how a portal compares with a stand-in that answers in a millisecond or two. */
const LATENCY_MS = 50;
/** A portal in use has compiled what it runs. */
const WARMUP = 50;
/** So that neither is measured while the connection of the other is being cut. */
const REST_MS = 50;
const SMALL_LOG_BYTES = 5 * MEGABYTE;
/** From one range of the small log to the next. */
const SMALL_STEP = 100_000;
const RANGES = 30;
const SAMPLE_MS = 20;
const PLACES = [1, 0.5, 0.1, 0.9, 0, 0.25, 0.75, 0.33, 0.66, 0.99];
/**
 * How far from its share of the height a line may be, as a share of all lines: those that the page holds are drawn at full
 * height, all others share what a browser bears.
 */
const TOLERANCE = 0.02;
const SCROLL_TIMEOUT_MS = 60_000;

/** Memory of a process that is not swapped out, in bytes. */
function residentBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

/** The most memory that a process has while something happens. */
async function highestBytes(
  pid: number,
  act: () => Promise<unknown>,
): Promise<number> {
  let highest = residentBytes(pid);
  let isOver = false;
  const sampling = (async () => {
    while (!isOver) {
      highest = Math.max(highest, residentBytes(pid));
      await sleep(SAMPLE_MS);
    }
  })();
  try {
    await act();
  } finally {
    isOver = true;
    await sampling;
  }
  return highest;
}

/** What curl says that a request took, in milliseconds. `until`: the first byte, or the last one. */
async function curlMs(
  url: string,
  authorization: string,
  until: 'time_starttransfer' | 'time_total',
): Promise<number> {
  const { code, stdout, stderr } = await capture('curl', [
    ...['--silent', '--show-error', '--fail', '--no-buffer'],
    ...['--header', `Authorization: ${authorization}`],
    ...['--output', '/dev/null'],
    ...['--write-out', `%{${until}}`],
    // What is left of the log is not wanted, and whoever sends it must not be busy with it at the next sample.
    ...(until === 'time_starttransfer'
      ? ['--limit-rate', '64k', '--max-time', '0.3']
      : []),
    url,
  ]);
  const isCut = code === 28 && until === 'time_starttransfer';
  if (code !== 0 && !isCut) throw new Error(stderr);
  return Number(stdout) * 1000;
}

/** Reads an answer to its end without keeping it. */
async function drain(response: Response): Promise<number> {
  if (!response.ok) throw new Error(await response.text());
  let bytes = 0;
  for await (const part of response.body ?? []) bytes += part.length;
  return bytes;
}

/** Scrolls the log to a share of its height. @returns milliseconds until lines are seen there, and how far down the log they are */
async function scrollTo(
  page: Page,
  share: number,
): Promise<{ tookMs: number; line: number }> {
  const start = performance.now();
  const line = await page.getByRole('log').evaluate(
    (log, { to, timeoutMs }) =>
      new Promise<number>((resolve, reject) => {
        log.scrollTop = to * (log.scrollHeight - log.clientHeight);
        const until = Date.now() + timeoutMs;
        const seen = () => {
          const view = log.getBoundingClientRect();
          const [number] = [...log.querySelectorAll('[data-index]')]
            .filter(row => {
              const { top, bottom } = row.getBoundingClientRect();
              return bottom > view.top && top < view.bottom;
            })
            .flatMap(row => {
              const words = /line (\d+) of a long log/.exec(
                row.textContent ?? '',
              );
              return words ? [words[1]] : [];
            });
          if (number) resolve(Number(number));
          else if (Date.now() > until) reject(new Error('Nothing is seen'));
          else setTimeout(seen, 20);
        };
        // What is seen before the event of scrolling is old.
        requestAnimationFrame(() => requestAnimationFrame(seen));
      }),
    { to: share, timeoutMs: SCROLL_TIMEOUT_MS },
  );
  return { tookMs: performance.now() - start, line };
}

bench(__filename, () =>
  withResources(async resources => {
    const { port, url } = await backendAddress();
    const app = await buildApp(resources, { name: 'log' });
    const sandbox = await startBenchSandbox(resources, { backendUrl: url });
    const portal = await startBenchPortal(resources, {
      port,
      sandbox,
      features: ['app'],
      env: app.env,
      config: {
        ...onPostgres(await startBenchPostgres(resources)),
        app: { packageName: app.packageName },
      },
    });
    await createSeededPipelines(portal, sandbox, { pipelines: 1, runs: 1 });
    const pipeline = pipelineName(1);
    const params = { workspace: WORKSPACE, pipeline };
    /** A run with a log of this size. */
    const seedRun = async (bytes: number) => {
      const run = await sandbox.seedLog({
        job: `${WORKSPACE}/${pipeline}`,
        bytes,
      });
      await portal.client.call('syncPipeline', { params });
      return run;
    };
    const logOf = (run: number) =>
      `/api/amamba/v1/workspaces/${WORKSPACE}/pipelines/${pipeline}/runs/${run}/log`;
    const number = await seedRun(LOG_BYTES);
    const log = logOf(number);
    const jenkinsLog = `${sandbox.credentials.jenkins.url}/job/${WORKSPACE}/job/${pipeline}/${number}/logText/progressiveText?start=0`;

    const firstLines = async (samples: number) => {
      const theirs: number[] = [];
      const ours: number[] = [];
      for (let n = 0; n < samples; n++) {
        await sleep(REST_MS);
        theirs.push(
          await curlMs(jenkinsLog, sandbox.authorization, 'time_starttransfer'),
        );
        await sleep(REST_MS);
        ours.push(
          await curlMs(
            `${url}${log}?start=0&limit=${FIRST_RANGE}`,
            await portal.authorization(),
            'time_total',
          ),
        );
      }
      return { theirsMs: median(theirs), oursMs: median(ours) };
    };
    await firstLines(WARMUP);
    const beside = await firstLines(SAMPLES);
    const endLatency = await sandbox.fault({
      effect: { kind: 'latency', ms: LATENCY_MS },
    });
    const away = await firstLines(SAMPLES);
    await endLatency();

    // what is compiled and loaded at the first time is not the log's
    const small = logOf(await seedRun(SMALL_LOG_BYTES));
    await drain(await portal.request(`${small}/raw`));
    for (let n = 0; n < RANGES; n++) {
      await drain(await portal.request(`${small}?start=${n * SMALL_STEP}`));
    }
    await portal.collectGarbage();
    const before = residentBytes(portal.pid);
    let size = 0;
    const streaming = await highestBytes(portal.pid, async () => {
      size = await drain(await portal.request(`${log}/raw`));
    });
    if (size < LOG_BYTES) throw new Error(`Only ${size} bytes came`);
    const ranging = await highestBytes(portal.pid, async () => {
      for (let n = 0; n < RANGES; n++) {
        const start = Math.floor(Math.random() * LOG_BYTES);
        await drain(await portal.request(`${log}?start=${start}`));
      }
      await drain(await portal.request(`${log}?tail=true`));
    });

    const page = await openPage(resources);
    await openSignedIn(
      page,
      `${url}/workbench/pipelines/${WORKSPACE}/pipeline/${pipeline}/runs/${number}#L1`,
    );
    await page.getByText('line 1 of a long log').waitFor();
    const { line: lines } = await scrollTo(page, 1);
    const scrolls: number[] = [];
    let missed = 0;
    for (const share of PLACES) {
      const { tookMs, line } = await scrollTo(page, share);
      scrolls.push(tookMs);
      if (Math.abs(line / lines - share) > TOLERANCE) missed++;
    }
    return [
      {
        what: 'time to the first line of 200 MB',
        value: away.oursMs / away.theirsMs,
        unit: '×',
        must: below(2),
        against: `curl's, from Jenkins itself, ${LATENCY_MS} ms away`,
        details: {
          ...away,
          oursMsOfAJenkinsWithoutLatency: beside.oursMs,
          theirsMsOfAJenkinsWithoutLatency: beside.theirsMs,
        },
      },
      {
        what: 'more memory of the backend while all of it, then ranges anywhere are read',
        value: (Math.max(streaming, ranging) - before) / MEGABYTE,
        unit: 'MB',
        must: below(64),
        against: 'the same backend before',
        details: {
          beforeMb: Math.round(before / MEGABYTE),
          streamingMb: Math.round(streaming / MEGABYTE),
          rangingMb: Math.round(ranging / MEGABYTE),
        },
      },
      {
        what: 'places of the log that the browser does not show when scrolled there',
        value: missed,
        unit: 'places',
        must: exactly(0),
        against: `${PLACES.length} places from beginning to end`,
        details: {
          lines,
          medianMs: median(scrolls),
          worstMs: Math.max(...scrolls),
        },
      },
    ];
  }),
);
