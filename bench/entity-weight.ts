import { gzipSync } from 'node:zlib';
import type { Page, Response } from '@playwright/test';
import { atMost, bench } from './lib';
import { buildApp, type BuiltApp } from './lib/app';
import { openPage, openSignedIn } from './lib/browser';
import { backendAddress, startBenchPortal } from './lib/portal';
import { withResources, type Resources } from './lib/resources';
import { startBenchSandbox } from './lib/sandbox';

const PLUGIN = '@amamba/backstage-plugin-amamba';
const KILOBYTE = 1000;
const ENTITY = '/catalog/default/component/shop';

/** Bytes, compressed, of the scripts and styles that a page has loaded, by name. */
type Weights = Map<string, number>;

const total = (weights: Weights) =>
  [...weights.values()].reduce((sum, bytes) => sum + bytes, 0);

/** What an entity's page loads before one of its tabs is opened, in a portal with these pages. */
async function weigh(resources: Resources, app: BuiltApp): Promise<Weights> {
  const { port, url } = await backendAddress();
  const sandbox = await startBenchSandbox(resources, { backendUrl: url });
  await startBenchPortal(resources, {
    port,
    sandbox,
    features: ['app'],
    env: app.env,
    config: { app: { packageName: app.packageName } },
  });
  const page = await openPage(resources);
  const weights = collectWeights(page);
  await openSignedIn(page, `${url}${ENTITY}`);
  await page
    .getByText('The shop, with a pipeline', { exact: false })
    .first()
    .waitFor();
  await page.waitForLoadState('networkidle');
  return weights();
}

/** Notes what `page` loads from now on. The returned function waits for what is under way. */
function collectWeights(page: Page): () => Promise<Weights> {
  const loaded: Promise<[string, number]>[] = [];
  const weight = async (response: Response): Promise<[string, number]> => [
    new URL(response.url()).pathname,
    gzipSync(await response.body(), { level: 9 }).length,
  ];
  page.on('response', response => {
    const type = response.request().resourceType();
    if (type === 'script' || type === 'stylesheet') {
      loaded.push(weight(response));
    }
  });
  return async () => new Map(await Promise.all(loaded));
}

bench(__filename, () =>
  withResources(async resources => {
    const [withPlugin, withoutPlugin] = await Promise.all([
      buildApp(resources, { name: 'with' }),
      buildApp(resources, { name: 'without', without: [PLUGIN] }),
    ]);
    const without = await weigh(resources, withoutPlugin);
    const having = await weigh(resources, withPlugin);
    return [
      {
        what: 'more on an entity page whose tab of pipelines is not opened',
        value: (total(having) - total(without)) / KILOBYTE,
        unit: 'kB gzip',
        must: atMost(15),
        against: 'the same portal without the plugin',
        details: {
          withoutKb: Math.round(total(without) / KILOBYTE),
          withKb: Math.round(total(having) / KILOBYTE),
          filesWithout: without.size,
          filesWith: having.size,
        },
      },
    ];
  }),
);
