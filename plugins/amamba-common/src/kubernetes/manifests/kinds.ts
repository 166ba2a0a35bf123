import { kubeGroup } from '../objects';

/** Kinds that a user's manifest may hold, by group: what the portal's account can write in a namespace. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  '': [
    'ConfigMap',
    'PersistentVolumeClaim',
    'Pod',
    'Secret',
    'Service',
    'ServiceAccount',
  ],
  apps: ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  batch: ['CronJob', 'Job'],
  autoscaling: ['HorizontalPodAutoscaler'],
  policy: ['PodDisruptionBudget'],
  'networking.k8s.io': ['Ingress', 'NetworkPolicy'],
  'app.k8s.io': ['Application'],
};

/** Kinds whose contents are the portal's own decision. */
const OF_PORTAL: readonly string[] = ['ResourceQuota', 'LimitRange'];

/** Kinds of Kubernetes that have no namespace. */
const CLUSTER_SCOPED: Readonly<Record<string, readonly string[]>> = {
  '': ['ComponentStatus', 'Namespace', 'Node', 'PersistentVolume'],
  'admissionregistration.k8s.io': [
    'MutatingAdmissionPolicy',
    'MutatingAdmissionPolicyBinding',
    'MutatingWebhookConfiguration',
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
    'ValidatingWebhookConfiguration',
  ],
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'apiregistration.k8s.io': ['APIService'],
  'authentication.k8s.io': ['SelfSubjectReview', 'TokenReview'],
  'authorization.k8s.io': [
    'SelfSubjectAccessReview',
    'SelfSubjectRulesReview',
    'SubjectAccessReview',
  ],
  'certificates.k8s.io': ['CertificateSigningRequest', 'ClusterTrustBundle'],
  'flowcontrol.apiserver.k8s.io': ['FlowSchema', 'PriorityLevelConfiguration'],
  'networking.k8s.io': ['IngressClass', 'IPAddress', 'ServiceCIDR'],
  'node.k8s.io': ['RuntimeClass'],
  'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding'],
  'resource.k8s.io': ['DeviceClass', 'ResourceSlice'],
  'scheduling.k8s.io': ['PriorityClass'],
  'storage.k8s.io': [
    'CSIDriver',
    'CSINode',
    'StorageClass',
    'VolumeAttachment',
    'VolumeAttributesClass',
  ],
};

/** Whether a kind may stand in a user's manifest, or why not. */
export type ManifestKindVerdict =
  'allowed' | 'clusterScoped' | 'kindOfPortal' | 'kindNotAllowed';

/**
 * Whether a kind may stand in a user's manifest.
 * @param more - further kinds by group: those of custom resources that the workspace may write
 */
export function manifestKindVerdict(
  apiVersion: string,
  kind: string,
  more: Readonly<Record<string, readonly string[]>> = {},
): ManifestKindVerdict {
  const group = kubeGroup(apiVersion);
  const has = (kinds: Readonly<Record<string, readonly string[]>>) =>
    Object.hasOwn(kinds, group) && kinds[group].includes(kind);
  if (has(CLUSTER_SCOPED)) return 'clusterScoped';
  if (group === '' && OF_PORTAL.includes(kind)) return 'kindOfPortal';
  return has(ALLOWED) || has(more) ? 'allowed' : 'kindNotAllowed';
}
