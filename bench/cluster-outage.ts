import type { ApplicationPage } from '@amamba/backstage-plugin-amamba-common';
import { setTimeout as sleep } from 'node:timers/promises';
import { FaultProxy } from 'sandbox';
import { kinds } from '../plugins/amamba-backend/src/clusters';
import { below, bench, exactly } from './lib';
import { fieldDeployment, startPodField } from './lib/manyPods';
import { adoptField, onCluster } from './lib/onCluster';
import { backendAddress, startBenchPortal, WORKSPACE } from './lib/portal';
import { withResources } from './lib/resources';
import { startBenchSandbox } from './lib/sandbox';

const FIELD_PODS = 200;
const OUTAGE_MS = 60_000;
/** longer than it may take, so that the figure is a figure */
const GIVE_UP_MS = 180_000;
const SLOW_MS = 5_000;
const LOOK_EVERY_MS = 250;
/** What Kubernetes says when it has forgotten where a watch was. */
const EXPIRED = JSON.stringify({
  ...{ kind: 'Status', apiVersion: 'v1', status: 'Failure', code: 410 },
  ...{ reason: 'Expired', message: 'too old resource version' },
});

/** What goes wrong with the cluster, and for how long. */
interface Trouble {
  name: string;
  begin(proxy: FaultProxy): void;
  /** before all is well again; the state must become right behind that */
  lastsMs: number;
}

const TROUBLES: readonly Trouble[] = [
  { name: 'down', lastsMs: OUTAGE_MS, begin: proxy => proxy.down() },
  {
    name: 'forgotten',
    lastsMs: 0,
    begin(proxy) {
      const answer = { kind: 'answer', status: 410, body: EXPIRED } as const;
      proxy.add({ pattern: /[?&]watch=/, times: 6, effect: answer });
      proxy.cut();
    },
  },
  {
    name: 'slow',
    lastsMs: 0,
    begin(proxy) {
      proxy.add({ pattern: /./, effect: { kind: 'latency', ms: SLOW_MS } });
      proxy.cut();
    },
  },
];

bench(__filename, () =>
  withResources(async resources => {
    const { port, url } = await backendAddress();
    const field = await startPodField(resources, FIELD_PODS);
    const { namespace } = field;
    const proxy = await FaultProxy.start(field.cluster.access.url);
    resources.add(() => proxy.stop());
    const sandbox = await startBenchSandbox(resources, { backendUrl: url });
    const portal = await startBenchPortal(resources, {
      ...{ port, sandbox, features: ['kubernetes'] },
      config: onCluster(field, proxy.url),
    });
    await adoptField(portal, field);
    const direct = field.client();

    const failed: string[] = [];
    let lists = 0;
    let slowestMs = 0;
    /** Names of the applications, as a reader gets them; undefined when the list fails. */
    const list = async (): Promise<Set<string> | undefined> => {
      lists++;
      const start = performance.now();
      const response = await portal.request(
        `/api/amamba/v1/workspaces/${WORKSPACE}/applications?limit=200`,
      );
      slowestMs = Math.max(slowestMs, performance.now() - start);
      const text = await response.text();
      if (response.ok) {
        const { items }: ApplicationPage = JSON.parse(text);
        if (items.length > 0) return new Set(items.map(({ name }) => name));
      }
      failed.push(`${response.status} ${text.slice(0, 200)}`);
      return undefined;
    };
    /** Lists until it is as it should be. @returns milliseconds that took */
    const untilRight = async (isRight: (names: Set<string>) => boolean) => {
      const start = performance.now();
      for (;;) {
        const names = await list();
        const tookMs = performance.now() - start;
        if ((names && isRight(names)) || tookMs > GIVE_UP_MS) return tookMs;
        await sleep(LOOK_EVERY_MS);
      }
    };
    const first = field.pods.length / 20;
    await untilRight(names => names.size >= first);
    // what was asked before the caches were filled is not about an outage
    failed.length = 0;
    lists = 0;
    slowestMs = 0;

    const took: Record<string, number> = {};
    for (const [index, { name, begin, lastsMs }] of TROUBLES.entries()) {
      begin(proxy);
      const end = performance.now() + lastsMs;
      const added = `added-while-${name}`;
      const removed = `app-${index}`;
      // behind the portal's back
      await direct.create(kinds.deployments, fieldDeployment(added), {
        namespace,
      });
      await direct.delete(kinds.deployments, { namespace, name: removed });
      while (performance.now() < end) {
        await list();
        await sleep(LOOK_EVERY_MS);
      }
      if (lastsMs > 0) proxy.heal();
      took[name] = await untilRight(
        names => names.has(added) && !names.has(removed),
      );
      proxy.heal();
    }
    return [
      {
        what: `from the end of an outage of ${OUTAGE_MS / 1000} s, from watches that were forgotten (410) and from answers that take ${SLOW_MS / 1000} s, until lists are right: the longest`,
        value: Math.max(...Object.values(took)) / 1000,
        unit: 's',
        must: below(60),
        against: 'an application added and one removed meanwhile',
        details: {
          downMs: took.down,
          forgottenMs: took.forgotten,
          slowMs: took.slow,
        },
      },
      {
        what: 'lists that failed or were empty meanwhile',
        value: failed.length,
        unit: 'lists',
        must: exactly(0),
        against: `${lists} lists`,
        details: { slowestMs, ...(failed[0] && { first: failed[0] }) },
      },
    ];
  }),
);
