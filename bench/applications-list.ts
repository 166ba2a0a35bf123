import type { ApplicationPage } from '@amamba/backstage-plugin-amamba-common';
import { setTimeout as sleep } from 'node:timers/promises';
import { atLeast, bench, durationsMs, median, sideBySideMs } from './lib';
import { lightReader } from './lib/lightClient';
import { ENTITY_LABEL, FIELD_ID, PODS, startPodField } from './lib/manyPods';
import { adoptField, onCluster } from './lib/onCluster';
import { backendAddress, startBenchPortal, WORKSPACE } from './lib/portal';
import { onPostgres, startBenchPostgres } from './lib/postgres';
import { withResources } from './lib/resources';
import { startBenchSandbox } from './lib/sandbox';

const ENTITY = `component:default/${FIELD_ID}`;
const SAMPLES = { runs: 15, warmup: 2 };
const OURS = { runs: 60, warmup: 20 };
const FILL_MS = 120_000;
const LOOK_EVERY_MS = 500;

/** Everything of the field belongs to it, for both plugins. */
const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: FIELD_ID, annotations: { [ENTITY_LABEL]: FIELD_ID } },
  spec: { type: 'service', lifecycle: 'production', owner: WORKSPACE },
};

bench(__filename, () =>
  withResources(async resources => {
    const { port, url } = await backendAddress();
    const field = await startPodField(resources);
    const sandbox = await startBenchSandbox(resources, { backendUrl: url });
    const portal = await startBenchPortal(resources, {
      ...{ port, sandbox, features: ['kubernetes'], entities: [entity] },
      config: {
        ...onPostgres(await startBenchPostgres(resources)),
        ...onCluster(field),
      },
    });
    await adoptField(portal, field);
    const read = await lightReader(resources, portal);
    const theirs = () =>
      read('/api/kubernetes/resources/workloads/query', {
        entityRef: ENTITY,
        auth: {},
      });
    /** A page of the entity's tab, as the tab asks for it. */
    const ours = (query = '') =>
      read(
        `/api/amamba/v1/workspaces/${WORKSPACE}/applications?entity=${encodeURIComponent(ENTITY)}&limit=50${query}`,
      );

    const deployments = Math.ceil(PODS / 20);
    const until = Date.now() + FILL_MS;
    for (;;) {
      const page: ApplicationPage = JSON.parse(await ours());
      const healthy = page.counts.ok ?? 0;
      if (page.total === deployments && healthy === deployments) break;
      if (Date.now() > until) {
        throw new Error(`Only ${healthy} of ${page.total} applications`);
      }
      await sleep(LOOK_EVERY_MS);
    }
    const theirBytes = Buffer.byteLength(await theirs());
    if (!theirBytes || !(await theirs()).includes(field.pods[0])) {
      throw new Error('The other plugin does not show the pods');
    }

    const pages = {
      oursMsFiltered: '&q=app-42',
      oursMsOfAHealth: '&health=ok',
      oursMsSortedByHealth: '&sort=-health',
      oursMsSortedByAge: '&sort=created',
    };
    const others: Record<string, number> = {};
    let slowest = 0;
    for (const [name, query] of Object.entries(pages)) {
      others[name] = median(await durationsMs(() => ours(query), OURS));
      slowest = Math.max(slowest, others[name]);
    }
    const compared = await sideBySideMs(theirs, () => ours(), SAMPLES);
    const theirsMs = median(compared.first);
    const firstMs = median(compared.second);
    const bytes = Buffer.byteLength(await ours());
    return [
      {
        what: `faster than the kubernetes plugin, ${field.pods.length} pods in ${deployments} Deployments; the slowest of first page, filters and orders`,
        value: theirsMs / Math.max(firstMs, slowest),
        unit: '×',
        must: atLeast(20),
        against:
          '@backstage/plugin-kubernetes-backend for the same entity and cluster',
        details: { theirsMs, oursMsFirstPage: firstMs, ...others },
      },
      {
        what: 'fewer bytes, first page',
        value: theirBytes / bytes,
        unit: '×',
        must: atLeast(20),
        against: 'its answer for the entity',
        details: { theirBytes, ourBytes: bytes },
      },
    ];
  }),
);
