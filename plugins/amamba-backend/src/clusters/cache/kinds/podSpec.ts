import type {
  KubeCondition,
  KubeContainer,
  KubePodSpec,
} from '@amamba/backstage-plugin-amamba-common';
import { isFields, type Shape } from '../pick';

/** Of the environment only what refers to other objects: values may be secrets, and no list shows them. */
function keepReferences(value: unknown): unknown {
  if (!isFields(value) || !isFields(value.valueFrom)) return undefined;
  const { configMapKeyRef, secretKeyRef } = value.valueFrom;
  if (!configMapKeyRef && !secretKeyRef) return undefined;
  return {
    name: value.name,
    valueFrom: {
      ...(configMapKeyRef !== undefined && { configMapKeyRef }),
      ...(secretKeyRef !== undefined && { secretKeyRef }),
    },
  };
}

/** The certificate that Kubernetes itself puts into every namespace. */
const ROOT_CA = 'kube-root-ca.crt';

function refersTo(source: unknown): boolean {
  if (!isFields(source)) return false;
  const { configMap, secret } = source;
  return (
    isFields(secret) || (isFields(configMap) && configMap.name !== ROOT_CA)
  );
}

/**
 * Of volumes only those that refer to other objects. What Kubernetes adds to every pod for its account has a random name, which would make
 * the volumes of no two pods equal.
 */
function keepVolume(value: unknown): unknown {
  if (!isFields(value)) return undefined;
  const { name, configMap, secret, persistentVolumeClaim, projected } = value;
  if (isFields(configMap)) return { name, configMap: { name: configMap.name } };
  if (isFields(secret)) {
    return { name, secret: { secretName: secret.secretName } };
  }
  if (isFields(persistentVolumeClaim)) {
    const { claimName } = persistentVolumeClaim;
    return { name, persistentVolumeClaim: { claimName } };
  }
  if (!isFields(projected) || !Array.isArray(projected.sources)) {
    return undefined;
  }
  const sources = projected.sources
    .filter(refersTo)
    .map(({ configMap: map, secret: hidden }) => ({
      ...(isFields(map) && { configMap: { name: map.name } }),
      ...(isFields(hidden) && { secret: { name: hidden.name } }),
    }));
  return sources.length > 0 ? { name, projected: { sources } } : undefined;
}

const CONTAINER: Shape<KubeContainer> = {
  name: true,
  image: true,
  resources: { requests: true, limits: true },
  env: keepReferences,
  envFrom: true,
  startupProbe: { failureThreshold: true, periodSeconds: true },
  restartPolicy: true,
};

/** What is kept of a pod's spec, in a pod and in a template. */
export const POD_SPEC: Exclude<
  Shape<KubePodSpec>,
  true | ((value: unknown) => unknown)
> = {
  containers: CONTAINER,
  initContainers: CONTAINER,
  volumes: keepVolume,
  nodeName: true,
  nodeSelector: true,
  schedulerName: true,
  schedulingGates: true,
  serviceAccountName: true,
  imagePullSecrets: true,
  readinessGates: true,
};

export const POD_TEMPLATE = {
  metadata: { labels: true },
  spec: POD_SPEC,
} as const;

export const CONDITION: Shape<KubeCondition> = {
  type: true,
  status: true,
  reason: true,
  message: true,
  lastTransitionTime: true,
};

/**
 * Of a pod's conditions the time only where a view shows it. A healthy pod has five of them, each with a time of its own, which would be
 * most of what is kept.
 */
export function keepPodCondition(value: unknown): unknown {
  if (!isFields(value)) return undefined;
  const { type, status, reason, message, lastTransitionTime } = value;
  const timed =
    status !== 'True' || type === 'Ready' || type === 'DisruptionTarget';
  return {
    type,
    status,
    ...(typeof reason === 'string' && { reason }),
    ...(typeof message === 'string' && { message }),
    ...(timed && lastTransitionTime !== undefined && { lastTransitionTime }),
  };
}
