import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { below, bench, median, percentile } from './lib';
import { buildApp } from './lib/app';
import { openPage, openSignedIn } from './lib/browser';
import { eventPoster, makeEvent } from './lib/events';
import { createSeededPipelines, pipelineName } from './lib/pipelines';
import { backendAddress, startBenchPortal, WORKSPACE } from './lib/portal';
import { withResources } from './lib/resources';
import { startBenchSandbox } from './lib/sandbox';

const PIPELINES = 10;
const EVENTS = 30;
/** So that events meet the portal's own rounds at every point of them. */
const PAUSE_MS = 300;
const JITTER_MS = 600;
const SETTLE_MS = 1_000;
const TIMEOUT_MS = 15_000;

/** Resolves with when (epoch milliseconds) the row of a pipeline has come to show a run. */
function rowShows(page: Page, pipeline: string, run: number): Promise<number> {
  return page.evaluate(
    ({ name, label, timeoutMs }) =>
      new Promise<number>((resolve, reject) => {
        const isShown = () =>
          [...document.querySelectorAll('tr, [role="row"]')].some(row => {
            const words: string[] =
              (row.textContent ?? '').match(/[\w-]+|#\d+/g) ?? [];
            const links = [...row.querySelectorAll('a')];
            return (
              links.some(link => link.textContent?.trim() === name) &&
              words.includes(label)
            );
          });
        const observer = new MutationObserver(() => {
          if (!isShown()) return;
          observer.disconnect();
          resolve(Date.now());
        });
        observer.observe(document.body, {
          subtree: true,
          childList: true,
          characterData: true,
        });
        setTimeout(
          () => reject(new Error(`${name} never showed ${label}`)),
          timeoutMs,
        );
      }),
    { name: pipeline, label: `#${run}`, timeoutMs: TIMEOUT_MS },
  );
}

/** Resolves when the page has asked to be told of changes. */
function subscription(page: Page): Promise<void> {
  return new Promise(resolve =>
    page.on('websocket', socket =>
      socket.on('framesent', ({ payload }) => {
        if (String(payload).includes('subscribe')) resolve();
      }),
    ),
  );
}

bench(__filename, () =>
  withResources(async resources => {
    const { port, url } = await backendAddress();
    const app = await buildApp(resources, { name: 'events' });
    const sandbox = await startBenchSandbox(resources, { backendUrl: url });
    const portal = await startBenchPortal(resources, {
      port,
      sandbox,
      features: ['app'],
      env: app.env,
      config: { app: { packageName: app.packageName } },
    });
    await createSeededPipelines(portal, sandbox, {
      pipelines: PIPELINES,
      runs: 1,
    });
    const page = await openPage(resources);
    const subscribed = subscription(page);
    await openSignedIn(page, `${url}/workbench/pipelines/${WORKSPACE}`);
    await page
      .getByRole('link', { name: pipelineName(PIPELINES), exact: true })
      .waitFor();
    await page.waitForLoadState('networkidle');
    await subscribed;
    await sleep(SETTLE_MS);

    const post = eventPoster({
      portalUrl: url,
      token: sandbox.credentials.eventToken,
      connections: 1,
    });
    const tookMs: number[] = [];
    for (let n = 0; n < EVENTS; n++) {
      const pipeline = pipelineName((n % PIPELINES) + 1);
      const number = await sandbox.seedLog({
        job: `${WORKSPACE}/${pipeline}`,
        bytes: 1,
      });
      const shown = rowShows(page, pipeline, number);
      const event = makeEvent({ id: randomUUID(), pipeline, number });
      const sentAt = Date.now();
      await post(event);
      tookMs.push((await shown) - sentAt);
      await sleep(PAUSE_MS + Math.random() * JITTER_MS);
    }
    return [
      {
        what: 'from an event to the changed row in an open browser, p95',
        value: percentile(tookMs, 0.95),
        unit: 'ms',
        must: below(1000),
        against: `${EVENTS} events`,
        details: {
          medianMs: median(tookMs),
          worstMs: Math.max(...tookMs),
        },
      },
    ];
  }),
);
