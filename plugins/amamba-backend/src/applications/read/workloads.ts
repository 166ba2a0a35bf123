import {
  isKubeKind,
  objectHealth,
  type Health,
  type HealthContext,
  type KubeJob,
  type KubeObject,
  type KubePod,
} from '@amamba/backstage-plugin-amamba-common';
import type { NamespaceObjects } from './gather';

/** How many pods of a workload are ready, of those that it wants. */
export interface Replicas {
  ready: number;
  desired: number;
}

const ids = ({ metadata }: KubeObject) => metadata.uid ?? '';

/** Pods that a workload made, by itself or through ReplicaSets and Jobs. */
export function podsOf(
  workload: KubeObject,
  objects: NamespaceObjects,
): readonly KubePod[] {
  const own = objects.pods.ownedBy(ids(workload));
  if (isKubeKind(workload, 'Deployment')) {
    const sets = objects.replicaSets.ownedBy(ids(workload));
    return [...own, ...sets.flatMap(set => objects.pods.ownedBy(ids(set)))];
  }
  if (isKubeKind(workload, 'CronJob')) {
    return jobsOf(workload, objects).flatMap(job =>
      objects.pods.ownedBy(ids(job)),
    );
  }
  return own;
}

/** Jobs that a CronJob made. */
export function jobsOf(
  workload: KubeObject,
  objects: NamespaceObjects,
): readonly KubeJob[] {
  return objects.jobs.ownedBy(ids(workload));
}

/** Pods of a workload, ready and wanted, as its own status counts them. */
export function replicasOf(workload: KubeObject): Replicas {
  if (
    isKubeKind(workload, 'Deployment') ||
    isKubeKind(workload, 'StatefulSet') ||
    isKubeKind(workload, 'ReplicaSet')
  ) {
    return {
      ready: workload.status?.readyReplicas ?? 0,
      desired: workload.spec?.replicas ?? 1,
    };
  }
  if (isKubeKind(workload, 'DaemonSet')) {
    return {
      ready: workload.status?.numberReady ?? 0,
      desired: workload.status?.desiredNumberScheduled ?? 0,
    };
  }
  return { ready: 0, desired: 0 };
}

interface Container {
  readonly name: string;
  readonly image?: string;
}

interface PodTemplate {
  readonly spec?: {
    readonly containers?: readonly Container[];
    readonly initContainers?: readonly Container[];
  };
}

/** The template that a workload makes pods from. */
export function templateOf(workload: KubeObject): PodTemplate | undefined {
  if (isKubeKind(workload, 'CronJob')) {
    return workload.spec?.jobTemplate?.spec?.template;
  }
  if (
    isKubeKind(workload, 'Deployment') ||
    isKubeKind(workload, 'StatefulSet') ||
    isKubeKind(workload, 'DaemonSet') ||
    isKubeKind(workload, 'ReplicaSet') ||
    isKubeKind(workload, 'Job')
  ) {
    return workload.spec?.template;
  }
  return undefined;
}

/** Images that a workload runs, those of init containers last. */
export function imagesOf(workload: KubeObject): string[] {
  const { containers = [], initContainers = [] } =
    templateOf(workload)?.spec ?? {};
  return [...containers, ...initContainers].flatMap(({ image }) =>
    image ? [image] : [],
  );
}

/** Health of any object of a namespace, with what lies around it. */
export function healthOf(
  object: KubeObject,
  objects: NamespaceObjects,
  now: number,
): Health {
  const context: HealthContext = {
    now,
    pods: isKubeKind(object, 'Service')
      ? objects.pods.items
      : podsOf(object, objects),
    ...(isKubeKind(object, 'CronJob') ? { jobs: jobsOf(object, objects) } : {}),
    ...(isKubeKind(object, 'Ingress')
      ? {
          services: new Set(
            objects.services.items.map(({ metadata }) => metadata.name),
          ),
        }
      : {}),
  };
  return objectHealth(object, context);
}

/** Workloads that nobody but a person made, in a fixed order. */
export function rootWorkloads(objects: NamespaceObjects): KubeObject[] {
  const lists: readonly (readonly KubeObject[])[] = [
    objects.deployments.items,
    objects.statefulSets.items,
    objects.daemonSets.items,
    objects.cronJobs.items,
    objects.jobs.items,
  ];
  const byName = (a: KubeObject, b: KubeObject) =>
    a.metadata.name < b.metadata.name ? -1 : 1;
  return lists.flatMap(list =>
    list
      .filter(
        ({ metadata }) =>
          !(metadata.ownerReferences ?? []).some(
            ({ controller }) => controller,
          ),
      )
      .sort(byName),
  );
}
