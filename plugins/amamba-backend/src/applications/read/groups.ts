import type {
  KubeApplication,
  KubeObject,
} from '@amamba/backstage-plugin-amamba-common';
import type { NamespaceObjects } from './gather';

/** Label that says which application an object is a part of. */
export const PART_OF_LABEL = 'app.kubernetes.io/part-of';
/** Annotation of workloads with what their application is for, where no object can say it. */
export const DESCRIPTION_ANNOTATION = 'amamba.io/description';

/** What the `apiVersion` of an Application is. */
export const APPLICATION_VERSION = 'app.k8s.io/v1beta1';

/** Kinds that may be parts of an application that the portal makes. */
const COMPONENT_KINDS = [
  { group: 'apps', kind: 'Deployment' },
  { group: 'apps', kind: 'StatefulSet' },
  { group: 'apps', kind: 'DaemonSet' },
  { group: 'batch', kind: 'CronJob' },
  { group: 'batch', kind: 'Job' },
  { group: 'v1', kind: 'Service' },
  { group: 'networking.k8s.io', kind: 'Ingress' },
  { group: 'autoscaling', kind: 'HorizontalPodAutoscaler' },
  { group: 'policy', kind: 'PodDisruptionBudget' },
  { group: 'v1', kind: 'PersistentVolumeClaim' },
  { group: 'v1', kind: 'ConfigMap' },
  { group: 'v1', kind: 'Secret' },
];

/** The `spec` of an Application of everything with the label. */
export function groupSpec(
  name: string,
  description: string,
): NonNullable<KubeApplication['spec']> {
  return {
    selector: { matchLabels: { [PART_OF_LABEL]: name } },
    componentKinds: COMPONENT_KINDS,
    ...(description ? { descriptor: { description } } : {}),
  };
}

/** Applications by label alone, in a cluster that does not serve the kind Application. */
export function labelledGroups(
  { applications }: NamespaceObjects,
  roots: readonly KubeObject[],
): KubeApplication[] {
  if (applications.status.served) return [];
  const groups = new Map<string, KubeApplication>();
  for (const { metadata } of roots) {
    const name = metadata.labels?.[PART_OF_LABEL];
    const known = name === undefined ? undefined : groups.get(name);
    const at = metadata.creationTimestamp ?? '';
    const since = known?.metadata.creationTimestamp ?? at;
    if (name) {
      groups.set(name, {
        apiVersion: APPLICATION_VERSION,
        kind: 'Application',
        metadata: {
          ...{ name, namespace: metadata.namespace },
          creationTimestamp: at < since ? at : since,
          labels: { [PART_OF_LABEL]: name },
        },
        spec: groupSpec(
          name,
          known?.spec?.descriptor?.description ??
            metadata.annotations?.[DESCRIPTION_ANNOTATION] ??
            '',
        ),
      });
    }
  }
  return [...groups.values()];
}
