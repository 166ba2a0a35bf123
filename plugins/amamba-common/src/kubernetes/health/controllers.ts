import {
  kubeCondition,
  type KubeDeployment,
  type KubeObject,
  type KubeReplicaSet,
} from '../objects';
import type { HealthContext } from './context';
import { eventsOf } from './events';
import { worstHealth, type Health } from './health';
import { podHealth } from './pods';
import { refusalReason } from './refused';

/**
 * The most pressing pod of a workload.
 * @param short - whether pods are missing; else those that ended are just not cleared away yet
 */
export function worstPodHealth(
  context: HealthContext,
  short: boolean,
): Health | undefined {
  const pods = (context.pods ?? []).filter(
    ({ status }) =>
      short || (status?.phase !== 'Failed' && status?.phase !== 'Succeeded'),
  );
  return worstHealth(
    pods.map((pod): Health => {
      const health = podHealth(pod, context);
      const about = { kind: 'Pod', name: pod.metadata.name };
      return health.reason
        ? { ...health, reason: { ...health.reason, about } }
        : health;
    }),
  );
}

/** Row 26 where only an event tells. A refusal is over as soon as there are enough pods. */
export function refusedByEvent(
  object: KubeObject,
  { events = [] }: HealthContext,
): Health | undefined {
  const event = eventsOf(object, events).find(
    ({ reason }) => reason === 'FailedCreate',
  );
  return event
    ? { status: 'failed', reason: refusalReason(event.message ?? '') }
    : undefined;
}

/** Row 26 where the status has it. */
export function refusedByCondition({
  status,
}: KubeDeployment | KubeReplicaSet): Health | undefined {
  const failure = kubeCondition(status?.conditions, 'ReplicaFailure');
  return failure?.status === 'True'
    ? {
        status: 'failed',
        reason: refusalReason(failure.message ?? ''),
        since: failure.lastTransitionTime,
      }
    : undefined;
}
