import type { ApplicationResource } from '@amamba/backstage-plugin-amamba-common';

/** Groups of an application's objects, in their order. */
export const RESOURCE_GROUPS = [
  'workloads',
  'traffic',
  'configuration',
  'storage',
  'limits',
  'others',
] as const;

/** A group of an application's objects. */
export type ResourceGroup = (typeof RESOURCE_GROUPS)[number];

const GROUP_OF: Readonly<Record<string, ResourceGroup>> = {
  Deployment: 'workloads',
  StatefulSet: 'workloads',
  DaemonSet: 'workloads',
  CronJob: 'workloads',
  Job: 'workloads',
  ReplicaSet: 'workloads',
  Pod: 'workloads',
  Ingress: 'traffic',
  Service: 'traffic',
  ConfigMap: 'configuration',
  Secret: 'configuration',
  PersistentVolumeClaim: 'storage',
  HorizontalPodAutoscaler: 'limits',
  PodDisruptionBudget: 'limits',
};

/** Objects by group; groups without any are left out. */
export function groupResources(
  resources: readonly ApplicationResource[],
): [ResourceGroup, ApplicationResource[]][] {
  return RESOURCE_GROUPS.flatMap(group => {
    const own = resources.filter(
      ({ kind }) => (GROUP_OF[kind] ?? 'others') === group,
    );
    return own.length > 0 ? [[group, own]] : [];
  });
}
