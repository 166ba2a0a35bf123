import {
  isKubeKind,
  type KubeObject,
  type KubePodSpec,
  type KubePodTemplate,
} from '../objects';

/** An object that pods need, by kind and name. */
export interface KubeReference {
  readonly kind: 'ConfigMap' | 'Secret' | 'PersistentVolumeClaim';
  readonly name: string;
}

/** The template of a workload's pods, or a pod itself. */
export function podTemplateOf(object: KubeObject): KubePodTemplate | undefined {
  if (isKubeKind(object, 'Pod')) {
    return { metadata: object.metadata, spec: object.spec };
  }
  if (isKubeKind(object, 'CronJob')) {
    return object.spec?.jobTemplate?.spec?.template;
  }
  if (
    isKubeKind(object, 'Deployment') ||
    isKubeKind(object, 'StatefulSet') ||
    isKubeKind(object, 'DaemonSet') ||
    isKubeKind(object, 'ReplicaSet') ||
    isKubeKind(object, 'Job')
  ) {
    return object.spec?.template;
  }
  return undefined;
}

/** The ConfigMaps, Secrets and volume claims that pods of a template can't do without, each once. */
export function podReferences(spec: KubePodSpec | undefined): KubeReference[] {
  const found = new Map<string, KubeReference>();
  const add = (kind: KubeReference['kind'], name: string | undefined) => {
    if (name) found.set(`${kind}/${name}`, { kind, name });
  };
  for (const { env = [], envFrom = [] } of [
    ...(spec?.initContainers ?? []),
    ...(spec?.containers ?? []),
  ]) {
    for (const { valueFrom } of env) {
      add('ConfigMap', valueFrom?.configMapKeyRef?.name);
      add('Secret', valueFrom?.secretKeyRef?.name);
    }
    for (const { configMapRef, secretRef } of envFrom) {
      add('ConfigMap', configMapRef?.name);
      add('Secret', secretRef?.name);
    }
  }
  for (const volume of spec?.volumes ?? []) {
    add('ConfigMap', volume.configMap?.name);
    add('Secret', volume.secret?.secretName);
    add('PersistentVolumeClaim', volume.persistentVolumeClaim?.claimName);
    for (const { configMap, secret } of volume.projected?.sources ?? []) {
      add('ConfigMap', configMap?.name);
      add('Secret', secret?.name);
    }
  }
  for (const { name } of spec?.imagePullSecrets ?? []) add('Secret', name);
  return [...found.values()];
}
