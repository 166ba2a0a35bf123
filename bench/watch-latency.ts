import type { KubePod } from '@amamba/backstage-plugin-amamba-common';
import { setTimeout as sleep } from 'node:timers/promises';
import { kinds } from '../plugins/amamba-backend/src/clusters';
import { WatchCache } from '../plugins/amamba-backend/src/clusters/cache/WatchCache';
import { below, bench, median, percentile } from './lib';
import { changePods, startPodField } from './lib/manyPods';
import { withResources } from './lib/resources';

const CHANGES_A_SECOND = 50;
const SECONDS = 60;
const FILL_MS = 120_000;
const SETTLE_MS = 5_000;

bench(__filename, () =>
  withResources(async resources => {
    const field = await startPodField(resources);
    const cache = new WatchCache<KubePod>({
      ...{ client: field.client(), kind: kinds.pods },
      namespaces: async () => [],
    });
    resources.add(() => cache.stop());
    await cache.rows(FILL_MS);

    const sentAt = new Map<number, number>();
    const tookMs: number[] = [];
    cache.subscribe(({ upserted }) => {
      const now = performance.now();
      for (const { metadata } of upserted) {
        const step = Number(metadata.labels?.step);
        const sent = sentAt.get(step);
        if (sent === undefined) continue;
        sentAt.delete(step);
        tookMs.push(now - sent);
      }
    });
    const count = CHANGES_A_SECOND * SECONDS;
    const perSecond = await changePods(field, {
      ...{ count, perSecond: CHANGES_A_SECOND },
      onChange: step => sentAt.set(step, performance.now()),
    });
    await sleep(SETTLE_MS);
    return [
      {
        what: 'from a change sent to the cluster to those who listen in the backend, p95',
        value: percentile(tookMs, 0.95),
        unit: 'ms',
        must: below(1_000),
        against: `${count} changes, ${CHANGES_A_SECOND} a second`,
        details: {
          medianMs: median(tookMs),
          worstMs: Math.max(...tookMs),
          told: tookMs.length,
          perSecond: Math.round(perSecond * 10) / 10,
        },
      },
    ];
  }),
);
