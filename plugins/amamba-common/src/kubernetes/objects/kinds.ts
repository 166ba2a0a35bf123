import type { KubeObject } from './meta';
import type { KubeIngress, KubeService } from './network';
import type {
  KubeApplication,
  KubeConfigMap,
  KubeEvent,
  KubeNamespace,
  KubePersistentVolumeClaim,
  KubeResourceQuota,
} from './others';
import type { KubePod } from './pod';
import type {
  KubeControllerRevision,
  KubeCronJob,
  KubeDaemonSet,
  KubeDeployment,
  KubeHorizontalPodAutoscaler,
  KubeJob,
  KubePodDisruptionBudget,
  KubeReplicaSet,
  KubeStatefulSet,
} from './workloads';

/** Kinds that something here knows more of than their metadata. */
export interface KubeKinds {
  Application: KubeApplication;
  ConfigMap: KubeConfigMap;
  ControllerRevision: KubeControllerRevision;
  CronJob: KubeCronJob;
  DaemonSet: KubeDaemonSet;
  Deployment: KubeDeployment;
  Event: KubeEvent;
  HorizontalPodAutoscaler: KubeHorizontalPodAutoscaler;
  Ingress: KubeIngress;
  Job: KubeJob;
  Namespace: KubeNamespace;
  PersistentVolumeClaim: KubePersistentVolumeClaim;
  Pod: KubePod;
  PodDisruptionBudget: KubePodDisruptionBudget;
  ReplicaSet: KubeReplicaSet;
  ReplicationController: KubeReplicaSet;
  ResourceQuota: KubeResourceQuota;
  Service: KubeService;
  StatefulSet: KubeStatefulSet;
}

/** The name of a kind that is known here. */
export type KubeKind = keyof KubeKinds;

/** API groups of the known kinds; `''` is the core group. */
export const KUBE_GROUPS: Readonly<Record<KubeKind, string>> = {
  Application: 'app.k8s.io',
  ConfigMap: '',
  ControllerRevision: 'apps',
  CronJob: 'batch',
  DaemonSet: 'apps',
  Deployment: 'apps',
  Event: '',
  HorizontalPodAutoscaler: 'autoscaling',
  Ingress: 'networking.k8s.io',
  Job: 'batch',
  Namespace: '',
  PersistentVolumeClaim: '',
  Pod: '',
  PodDisruptionBudget: 'policy',
  ReplicaSet: 'apps',
  ReplicationController: '',
  ResourceQuota: '',
  Service: '',
  StatefulSet: 'apps',
};

/** The group in an `apiVersion`: `apps` of `apps/v1`, `''` of `v1`. */
export function kubeGroup(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** Whether an object is of a kind, by group and kind: another group may have a kind of the same name. */
export function isKubeKind<K extends KubeKind>(
  object: KubeObject,
  kind: K,
): object is KubeKinds[K] {
  return (
    object.kind === kind && kubeGroup(object.apiVersion) === KUBE_GROUPS[kind]
  );
}

/** The objects of one kind. */
export function kubeObjectsOf<K extends KubeKind>(
  objects: readonly KubeObject[],
  kind: K,
): KubeKinds[K][] {
  return objects.filter((object): object is KubeKinds[K] =>
    isKubeKind(object, kind),
  );
}

/** The reference of the controller that made an object. */
export function kubeController({ metadata }: KubeObject) {
  return metadata.ownerReferences?.find(({ controller }) => controller);
}
