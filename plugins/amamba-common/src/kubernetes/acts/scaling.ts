import type {
  KubeDeployment,
  KubeHorizontalPodAutoscaler,
  KubeObject,
  KubeReplicaSet,
  KubeStatefulSet,
} from '../objects';
import {
  actWords,
  managerWarnings,
  patchOf,
  refuse,
  type ActResult,
  type ActWords,
} from './plan';

/** Annotation that remembers how many pods there were before a workload was stopped. */
export const REPLICAS_ANNOTATION = 'amamba.io/replicas';

/** What has a number of replicas. */
export type KubeScalable = KubeDeployment | KubeStatefulSet | KubeReplicaSet;

function replicasOf({ spec }: KubeScalable): number {
  return spec?.replicas ?? 1;
}

/** The autoscaler that sets an object's number of replicas. */
export function autoscalerOf(
  { kind, metadata }: KubeObject,
  autoscalers: readonly KubeHorizontalPodAutoscaler[],
): KubeHorizontalPodAutoscaler | undefined {
  return autoscalers.find(
    ({ spec, metadata: { namespace } }) =>
      spec?.scaleTargetRef?.kind === kind &&
      spec.scaleTargetRef.name === metadata.name &&
      namespace === metadata.namespace,
  );
}

function autoscalerWarnings(
  workload: KubeScalable,
  autoscalers: readonly KubeHorizontalPodAutoscaler[],
  to: number,
): ActWords[] {
  const autoscaler = autoscalerOf(workload, autoscalers);
  if (!autoscaler) return [];
  const { name } = autoscaler.metadata;
  if (to === 0) return [actWords('autoscalerOff', { name })];
  if (replicasOf(workload) === 0) return [actWords('autoscalerOn', { name })];
  const { minReplicas = 1, maxReplicas = 1 } = autoscaler.spec ?? {};
  const params = { name, min: minReplicas, max: maxReplicas };
  return [actWords('autoscaler', params)];
}

/** Sets the number of pods. */
export function planScale(
  workload: KubeScalable,
  replicas: number,
  autoscalers: readonly KubeHorizontalPodAutoscaler[],
): ActResult {
  const { name } = workload.metadata;
  const from = replicasOf(workload);
  if (from === replicas) return refuse('sameReplicas', { name, replicas });
  const count = Math.abs(replicas - from);
  const code = replicas > from ? 'scaleUp' : 'scaleDown';
  return {
    requests: [
      {
        ...patchOf(workload, 'merge', { spec: { replicas } }),
        subresource: 'scale',
      },
    ],
    will: [actWords(code, { count, from, to: replicas })],
    warnings: [
      ...autoscalerWarnings(workload, autoscalers, replicas),
      ...managerWarnings(workload),
    ],
    basis: `replicas=${from}`,
  };
}

/** Scales to nothing and remembers the number, in one request. */
export function planStop(
  workload: KubeScalable,
  autoscalers: readonly KubeHorizontalPodAutoscaler[],
): ActResult {
  const { name } = workload.metadata;
  const count = replicasOf(workload);
  if (count === 0) return refuse('alreadyStopped', { name });
  return {
    requests: [
      patchOf(workload, 'merge', {
        metadata: { annotations: { [REPLICAS_ANNOTATION]: String(count) } },
        spec: { replicas: 0 },
      }),
    ],
    will: [actWords('stop', { count })],
    warnings: [
      ...autoscalerWarnings(workload, autoscalers, 0),
      ...managerWarnings(workload),
    ],
    basis: `replicas=${count}`,
  };
}

/** Brings back as many pods as there were before the workload was stopped. */
export function planStart(
  workload: KubeScalable,
  autoscalers: readonly KubeHorizontalPodAutoscaler[],
): ActResult {
  const { name, annotations } = workload.metadata;
  if (replicasOf(workload) !== 0) return refuse('notStopped', { name });
  const text = annotations?.[REPLICAS_ANNOTATION] ?? '';
  const known = /^[1-9]\d{0,4}$/.test(text);
  const count = known ? Number(text) : 1;
  return {
    requests: [
      patchOf(workload, 'merge', {
        metadata: { annotations: { [REPLICAS_ANNOTATION]: null } },
        spec: { replicas: count },
      }),
    ],
    will: [actWords('start', { count })],
    warnings: [
      ...(known ? [] : [actWords('replicasForgotten')]),
      ...autoscalerWarnings(workload, autoscalers, count),
      ...managerWarnings(workload),
    ],
    basis: `replicas=0,remembered=${text}`,
  };
}
