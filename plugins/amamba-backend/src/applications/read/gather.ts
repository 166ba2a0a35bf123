import type { KubeObject } from '@amamba/backstage-plugin-amamba-common';
import { kinds, type KindDescriptor, type RowsStatus } from '../../clusters';
import type { NamespaceRows, OwnedNamespace } from '../../namespaces';

/** Kinds that applications are made of. */
export const APPLICATION_KINDS = {
  applications: kinds.applications,
  deployments: kinds.deployments,
  statefulSets: kinds.statefulSets,
  daemonSets: kinds.daemonSets,
  replicaSets: kinds.replicaSets,
  jobs: kinds.jobs,
  cronJobs: kinds.cronJobs,
  pods: kinds.pods,
  services: kinds.services,
  ingresses: kinds.ingresses,
  autoscalers: kinds.horizontalPodAutoscalers,
  claims: kinds.persistentVolumeClaims,
  budgets: kinds.podDisruptionBudgets,
  configMaps: kinds.configMaps,
  secrets: kinds.secrets,
};

type Kinds = typeof APPLICATION_KINDS;
type RowsOf<D> = D extends KindDescriptor<infer K> ? NamespaceRows<K> : never;

/** What stands in a namespace, kind by kind. */
export type NamespaceObjects = { [Kind in keyof Kinds]: RowsOf<Kinds[Kind]> };

/** Reads everything in a namespace from the watch caches. */
export async function gather(
  namespace: OwnedNamespace,
): Promise<NamespaceObjects> {
  const entries = await Promise.all(
    Object.entries<KindDescriptor<KubeObject>>(APPLICATION_KINDS).map(
      async ([name, kind]) => [name, await namespace.rows(kind)] as const,
    ),
  );
  return Object.fromEntries(entries) as NamespaceObjects;
}

/** The status of those rows that are behind most: how current everything together is. */
export function leastCurrent(objects: NamespaceObjects): RowsStatus {
  const statuses = Object.values(objects).map(({ status }) => status);
  const behind = statuses.filter(({ state }) => state !== 'live');
  return (
    behind.find(({ state }) => state === 'stale') ?? behind[0] ?? statuses[0]
  );
}
