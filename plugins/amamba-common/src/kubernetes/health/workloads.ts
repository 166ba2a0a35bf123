import {
  kubeCondition,
  kubeController,
  type KubeDaemonSet,
  type KubeDeployment,
  type KubeObject,
  type KubePod,
  type KubeReplicaSet,
  type KubeStatefulSet,
} from '../objects';
import type { HealthContext } from './context';
import {
  refusedByCondition,
  refusedByEvent,
  worstPodHealth,
} from './controllers';
import { healthReason, type Health, type HealthReason } from './health';
import { deletionHealth } from './pods';

/** How far a controller is. */
interface Progress {
  readonly wanted: number;
  /** how many of them are to be of today's template; all when absent */
  readonly target?: number;
  /** made from the template of today */
  readonly updated: number;
  readonly existing: number;
  readonly available: number;
}

function progressing(reason: HealthReason, since?: string): Health {
  return { status: 'progressing', reason, since };
}

/** What a workload still has to do; undefined when it is done. */
function progressOf(
  { metadata }: KubeObject,
  observed: number | undefined,
  { wanted, target = wanted, updated, existing, available }: Progress,
): Health | undefined {
  if ((observed ?? 0) < (metadata.generation ?? 0)) {
    return progressing(healthReason('notObserved'));
  }
  // Without pods of an older template there is nothing to replace, only to scale.
  if (updated < target && existing > updated) {
    return progressing(healthReason('rollingOut', { updated, total: target }));
  }
  if (existing > wanted) {
    const count = existing - wanted;
    return progressing(healthReason('oldPods', { count }));
  }
  return available < wanted
    ? progressing(healthReason('scaling', { ready: available, total: wanted }))
    : undefined;
}

function stopped(existing: number): Health {
  return existing > 0
    ? progressing(healthReason('oldPods', { count: existing }))
    : {
        status: 'paused',
        reason: healthReason('stopped', {}, { remedy: 'start' }),
      };
}

/** Health of a Deployment. `context.pods` are its own. */
export function deploymentHealth(
  deployment: KubeDeployment,
  context: HealthContext,
): Health {
  const { spec, status } = deployment;
  const wanted = spec?.replicas ?? 1;
  const available = status?.availableReplicas ?? 0;
  const early =
    deletionHealth(deployment, context.now) ?? refusedByCondition(deployment);
  if (early) return early;
  const pod = worstPodHealth(context, available < wanted);
  const progress = kubeCondition(status?.conditions, 'Progressing');
  if (progress?.reason === 'ProgressDeadlineExceeded') {
    const seconds = spec?.progressDeadlineSeconds ?? 600;
    return {
      status: 'failed',
      reason: healthReason(
        available > 0 ? 'progressDeadline' : 'progressDeadlineDown',
        { seconds },
        {
          remedy: 'rollback',
          cause: pod?.status === 'failed' ? pod.reason : undefined,
        },
      ),
      since: progress.lastTransitionTime,
    };
  }
  if (pod?.status === 'failed') return pod;
  const existing = status?.replicas ?? 0;
  if (spec?.paused) {
    return {
      status: 'paused',
      reason: healthReason('rolloutPaused', {}, { remedy: 'resume' }),
      since: progress?.lastTransitionTime,
    };
  }
  if (wanted === 0) return stopped(existing);
  const updated = status?.updatedReplicas ?? 0;
  const open = progressOf(deployment, status?.observedGeneration, {
    wanted,
    updated,
    existing,
    available,
  });
  const availability = kubeCondition(status?.conditions, 'Available');
  const since = availability?.lastTransitionTime;
  const rolledOut = progress?.reason === 'NewReplicaSetAvailable';
  if (
    open?.reason?.code === 'scaling' &&
    rolledOut &&
    availability?.status === 'False'
  ) {
    const params = { unavailable: wanted - available, total: wanted };
    return {
      status: 'failed',
      reason: healthReason('unavailable', params, { cause: pod?.reason }),
      since,
    };
  }
  if (open) return open;
  return pod?.status === 'unstable' ? pod : { status: 'ok', since };
}

/** Health of a ReplicaSet or ReplicationController. */
export function replicaSetHealth(
  set: KubeReplicaSet,
  context: HealthContext,
): Health {
  const { spec, status } = set;
  const wanted = spec?.replicas ?? 1;
  const available = status?.availableReplicas ?? 0;
  const existing = status?.replicas ?? 0;
  const early = deletionHealth(set, context.now) ?? refusedByCondition(set);
  if (early) return early;
  const pod = worstPodHealth(context, available < wanted);
  if (pod?.status === 'failed') return pod;
  // What a Deployment has left behind is no workload that somebody stopped.
  if (wanted === 0 && kubeController(set)) return { status: 'ok' };
  if (wanted === 0) return stopped(existing);
  const open = progressOf(set, status?.observedGeneration, {
    wanted,
    updated: existing,
    existing,
    available,
  });
  if (open) return open;
  return pod?.status === 'unstable' ? pod : { status: 'ok' };
}

function isReady(pod: KubePod): boolean {
  return kubeCondition(pod.status?.conditions, 'Ready')?.status === 'True';
}

/** The pod that holds up all others of a StatefulSet, when they start in order. */
function blockingPod(
  { metadata, spec }: KubeStatefulSet,
  { pods }: HealthContext,
): string | undefined {
  if (!pods || spec?.podManagementPolicy === 'Parallel') return undefined;
  const wanted = spec?.replicas ?? 1;
  const start = spec?.ordinals?.start ?? 0;
  const ready = new Set(pods.filter(isReady).map(pod => pod.metadata.name));
  for (let ordinal = start; ordinal < start + wanted; ordinal++) {
    const name = `${metadata.name}-${ordinal}`;
    if (!ready.has(name)) return name;
  }
  return undefined;
}

/** Health of a StatefulSet. */
export function statefulSetHealth(
  set: KubeStatefulSet,
  context: HealthContext,
): Health {
  const { spec, status } = set;
  const wanted = spec?.replicas ?? 1;
  const ready = status?.readyReplicas ?? 0;
  const existing = status?.replicas ?? 0;
  const short = ready < wanted;
  const early =
    deletionHealth(set, context.now) ??
    (existing < wanted ? refusedByEvent(set, context) : undefined);
  if (early) return early;
  const pod = worstPodHealth(context, short);
  const blocking = short ? blockingPod(set, context) : undefined;
  const changing = status?.currentRevision !== status?.updateRevision;
  if (pod?.status === 'failed') {
    return changing && blocking && blocking === pod.reason?.about?.name
      ? {
          ...pod,
          reason: healthReason(
            'statefulSetBlocked',
            { pod: blocking },
            { cause: pod.reason, about: pod.reason.about },
          ),
        }
      : pod;
  }
  if (wanted === 0) return stopped(existing);
  const updated = changing ? (status?.updatedReplicas ?? 0) : existing;
  const partition = spec?.updateStrategy?.rollingUpdate?.partition ?? 0;
  const old = Math.max(wanted - partition - updated, 0);
  if (old > 0 && changing && spec?.updateStrategy?.type === 'OnDelete') {
    return {
      status: 'unstable',
      reason: healthReason('onDelete', { count: old }),
    };
  }
  const open = progressOf(set, status?.observedGeneration, {
    wanted,
    target: wanted - partition,
    updated,
    existing,
    available: ready,
  });
  if (open?.reason && blocking) {
    const cause = healthReason('statefulSetBlocked', { pod: blocking });
    return { ...open, reason: { ...open.reason, cause } };
  }
  if (open) return open;
  return pod?.status === 'unstable' ? pod : { status: 'ok' };
}

/** Health of a DaemonSet. */
export function daemonSetHealth(
  set: KubeDaemonSet,
  context: HealthContext,
): Health {
  const { spec, status } = set;
  const wanted = status?.desiredNumberScheduled ?? 0;
  const available = status?.numberAvailable ?? 0;
  const existing = status?.currentNumberScheduled ?? 0;
  const early =
    deletionHealth(set, context.now) ??
    (existing < wanted ? refusedByEvent(set, context) : undefined);
  if (early) return early;
  const pod = worstPodHealth(context, available < wanted);
  if (pod?.status === 'failed') return pod;
  const updated = status?.updatedNumberScheduled ?? 0;
  if (updated < wanted && spec?.updateStrategy?.type === 'OnDelete') {
    const count = wanted - updated;
    return { status: 'unstable', reason: healthReason('onDelete', { count }) };
  }
  const open = progressOf(set, status?.observedGeneration, {
    wanted,
    updated,
    existing,
    available,
  });
  if (open) return open;
  if (wanted === 0) return { status: 'ok', reason: healthReason('noNodes') };
  return pod?.status === 'unstable' ? pod : { status: 'ok' };
}
