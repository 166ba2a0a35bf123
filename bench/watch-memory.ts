import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { KubeObject } from '@amamba/backstage-plugin-amamba-common';
import { kinds } from '../plugins/amamba-backend/src/clusters';
import type { KindDescriptor } from '../plugins/amamba-backend/src/clusters';
import { WatchCache } from '../plugins/amamba-backend/src/clusters/cache/WatchCache';
import { atMost, bench } from './lib';
import { changePods, startPodField } from './lib/manyPods';
import { withResources } from './lib/resources';

const CHANGES_A_SECOND = 50;
/** 30, or as many as somebody has time for */
const MINUTES = Number(process.env.AMAMBA_BENCH_MINUTES ?? 30);
const FILL_MS = 120_000;

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Bytes that the process holds, after everything that is garbage was thrown away. */
function heldBytes(): number {
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

bench(__filename, () =>
  withResources(async resources => {
    const field = await startPodField(resources);
    const client = field.client();
    await client.version();
    const before = heldBytes();
    const caches = [kinds.pods, kinds.deployments, kinds.replicaSets].map(
      kind => {
        const cache = new WatchCache({
          ...{ client, kind: kind as KindDescriptor<KubeObject> },
          namespaces: async () => [],
        });
        resources.add(() => cache.stop());
        // Holds it as an open page does.
        cache.subscribe(() => {});
        return cache;
      },
    );
    const all = await Promise.all(caches.map(cache => cache.rows(FILL_MS)));
    const filled = heldBytes() - before;
    const kept = caches.reduce((sum, cache) => sum + cache.keptBytes, 0);
    const objects = all.reduce((sum, { status }) => sum + status.objects, 0);

    const minutes: number[] = [];
    for (let minute = 0; minute < MINUTES; minute++) {
      await changePods(field, {
        perSecond: CHANGES_A_SECOND,
        count: 60 * CHANGES_A_SECOND,
      });
      minutes.push(heldBytes() - before);
    }
    const [first = filled, last = filled] = [minutes[0], minutes.at(-1)];
    return [
      {
        what: 'memory of the watch caches, against what they keep',
        value: filled / kept,
        unit: '×',
        must: atMost(1.5),
        against: `the kept fields of ${objects} objects as JSON`,
        details: {
          heldMB: Math.round(filled / 1e5) / 10,
          keptMB: Math.round(kept / 1e5) / 10,
          bytesAnObject: Math.round(filled / objects),
        },
      },
      {
        what: `memory after ${MINUTES} min of ${CHANGES_A_SECOND} changes/s`,
        value: last / first,
        unit: '×',
        must: atMost(1.1),
        against: 'the first of these minutes',
        details: {
          firstMB: Math.round(first / 1e5) / 10,
          lastMB: Math.round(last / 1e5) / 10,
          mostMB: Math.round(Math.max(filled, ...minutes) / 1e5) / 10,
        },
      },
    ];
  }),
);
