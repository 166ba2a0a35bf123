import { setTimeout as sleep } from 'node:timers/promises';
import type { KubePod } from '@amamba/backstage-plugin-amamba-common';
import { testClusters, type TestCluster } from 'sandbox';
import {
  kinds,
  type KubernetesClient,
} from '../../plugins/amamba-backend/src/clusters';
import { HttpKubernetesClient } from '../../plugins/amamba-backend/src/clusters/client/HttpKubernetesClient';
import type { Resources } from './resources';

const PODS_EACH = 20;
const AT_ONCE = 8;
const READY_MS = 20 * 60_000;

/** Pods of a benchmark: 10,000, or as many as `AMAMBA_BENCH_PODS` says when somebody tries it. */
export const PODS = Number(process.env.AMAMBA_BENCH_PODS ?? 10_000);

/** What both plugins find the objects of an entity by, and its value on everything here. */
export const ENTITY_LABEL = 'backstage.io/kubernetes-id';
export const FIELD_ID = 'field';

/** A cluster full of pods, in one namespace. */
export interface PodField {
  namespace: string;
  cluster: TestCluster;
  /** a client of its own, without the caches of another */
  client(): HttpKubernetesClient;
  /** names of the pods */
  pods: string[];
}

/** A Deployment of the field. */
export function fieldDeployment(name: string) {
  const labels = {
    app: name,
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/part-of': `shop-${name.length}`,
    [ENTITY_LABEL]: FIELD_ID,
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels },
    spec: {
      replicas: PODS_EACH,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name: 'web',
              image: `registry.example.com/team/${name}:1.2.3`,
              resources: {
                requests: { cpu: '1m', memory: '1Mi' },
                limits: { memory: '256Mi' },
              },
              env: [{ name: 'MODE', value: 'production' }],
            },
          ],
        },
      },
    },
  };
}

async function forAll<T>(
  items: readonly T[],
  action: (item: T) => Promise<unknown>,
): Promise<void> {
  const rest = [...items];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let item = rest.pop(); item !== undefined; item = rest.pop()) {
        await action(item);
      }
    }),
  );
}

async function runningPods(
  client: KubernetesClient,
  namespace: string,
): Promise<string[]> {
  const names: string[] = [];
  const all = client.listAll<KubePod>(kinds.pods, {
    namespace,
    fieldSelector: 'status.phase=Running',
  });
  for await (const { metadata } of all) names.push(metadata.name);
  return names;
}

/**
 * Fills a real cluster with running pods, {@link PODS} unless said otherwise, twenty a Deployment. Takes minutes; everything is removed at
 * the end.
 */
export async function startPodField(
  resources: Resources,
  count = PODS,
): Promise<PodField> {
  const taken = await testClusters(1, 'bench');
  resources.add(() => taken.release());
  const [cluster] = taken.clusters;
  const { name, access, namespace } = cluster;
  const open = () => {
    const { url, token, cert, key, ca, skipTlsVerify = false } = access;
    const client = new HttpKubernetesClient({
      ...{ name, ca, skipTlsVerify, baseUrl: url, proxied: false },
      authorize: async () => ({
        headers: { ...(token && { authorization: `Bearer ${token}` }) },
        ...{ cert, key, secrets: [] },
      }),
    });
    resources.add(() => client.close());
    return client;
  };
  const client = open();
  const deployments = Array.from(
    { length: Math.ceil(count / PODS_EACH) },
    (_, index) => `app-${index}`,
  );
  await forAll(deployments, each =>
    client.create(kinds.deployments, fieldDeployment(each), { namespace }),
  );
  const until = Date.now() + READY_MS;
  const wanted = deployments.length * PODS_EACH;
  let pods = await runningPods(client, namespace);
  while (pods.length < wanted) {
    if (Date.now() > until) {
      throw new Error(`Only ${pods.length} of ${wanted} pods run`);
    }
    await sleep(2_000);
    pods = await runningPods(client, namespace);
  }
  return { namespace, cluster, client: open, pods };
}

/**
 * Changes a label of one pod after the other, `count` times, at most so many a second, and not more than a few at a time: a cluster that
 * cannot keep up makes it slower. Returns how many it did a second.
 */
export async function changePods(
  { client: open, namespace, pods }: PodField,
  options: {
    perSecond: number;
    count: number;
    /** right before a change is sent */
    onChange?: (step: number) => void;
  },
): Promise<number> {
  const client = open();
  const begin = performance.now();
  const steps = Array.from({ length: options.count }, (_, step) => step);
  await forAll(steps.reverse(), async step => {
    const waitMs =
      begin + (step * 1_000) / options.perSecond - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    options.onChange?.(step);
    await client.patch(
      kinds.pods,
      { namespace, name: pods[(step * 7_919) % pods.length] },
      {
        type: 'merge',
        patch: { metadata: { labels: { step: String(step) } } },
      },
    );
  });
  return (options.count * 1_000) / (performance.now() - begin);
}
