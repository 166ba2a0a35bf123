import {
  isKubeKind,
  kubeCondition,
  type KubeObject,
  type KubeOther,
} from '../objects';
import type { HealthContext } from './context';
import { healthReason, type Health } from './health';
import { cronJobHealth, jobHealth } from './jobs';
import {
  autoscalerHealth,
  claimHealth,
  disruptionBudgetHealth,
  ingressHealth,
  serviceHealth,
} from './others';
import { deletionHealth, podHealth } from './pods';
import {
  daemonSetHealth,
  deploymentHealth,
  replicaSetHealth,
  statefulSetHealth,
} from './workloads';

/** Health of a kind that nothing here knows, by the conditions that most kinds have. */
function otherHealth(object: KubeOther, now: number): Health {
  const deletion = deletionHealth(object, now);
  if (deletion) return deletion;
  const conditions = object.status?.conditions;
  for (const type of ['Ready', 'Available', 'Healthy']) {
    const condition = kubeCondition(conditions, type);
    if (condition && condition.status !== 'True') {
      const message = condition.message || condition.reason || type;
      return {
        status: condition.status === 'False' ? 'failed' : 'unknown',
        reason: healthReason('condition', { message }),
        since: condition.lastTransitionTime,
      };
    }
  }
  return { status: 'ok' };
}

/**
 * Health of any object but an Application, whose health is that of its parts: see `applicationHealth`.
 * @param context - what lies around it; each kind says which parts of it are looked at
 */
export function objectHealth(
  object: KubeObject,
  context: HealthContext,
): Health {
  if (isKubeKind(object, 'Pod')) return podHealth(object, context);
  if (isKubeKind(object, 'Deployment')) {
    return deploymentHealth(object, context);
  }
  if (isKubeKind(object, 'StatefulSet')) {
    return statefulSetHealth(object, context);
  }
  if (isKubeKind(object, 'DaemonSet')) return daemonSetHealth(object, context);
  if (
    isKubeKind(object, 'ReplicaSet') ||
    isKubeKind(object, 'ReplicationController')
  ) {
    return replicaSetHealth(object, context);
  }
  if (isKubeKind(object, 'Job')) return jobHealth(object, context);
  if (isKubeKind(object, 'CronJob')) return cronJobHealth(object, context);
  if (isKubeKind(object, 'Service')) return serviceHealth(object, context);
  if (isKubeKind(object, 'Ingress')) return ingressHealth(object, context);
  if (isKubeKind(object, 'PersistentVolumeClaim')) {
    return claimHealth(object, context);
  }
  if (isKubeKind(object, 'PodDisruptionBudget')) {
    return disruptionBudgetHealth(object);
  }
  if (isKubeKind(object, 'HorizontalPodAutoscaler')) {
    return autoscalerHealth(object);
  }
  return otherHealth(object, context.now);
}
