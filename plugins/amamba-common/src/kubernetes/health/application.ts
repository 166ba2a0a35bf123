import {
  isKubeKind,
  kubeCondition,
  kubeGroup,
  matchesSelector,
  type KubeApplication,
  type KubeObject,
  type KubeOther,
} from '../objects';
import {
  healthReason,
  worstHealth,
  type Health,
  type HealthReason,
} from './health';

/**
 * The API group that an Application means: its controller takes `v1` for the core group and what is before a slash otherwise, people also write
 * `core`.
 */
export function applicationGroup(group: string | undefined): string {
  const [name] = (group ?? '').split('/');
  return name === 'core' || /^[vV][0-9]/.test(name) ? '' : name;
}

/**
 * Whether an object is a part of an Application: it lies in its namespace, is of one of its kinds, and fits its selector. Unlike the controller of
 * `app.k8s.io` this honours `matchExpressions`.
 */
export function isApplicationPart(
  { metadata, spec }: KubeApplication,
  object: KubeObject,
): boolean {
  const group = kubeGroup(object.apiVersion);
  return (
    object.metadata.namespace === metadata.namespace &&
    (spec?.componentKinds ?? []).some(
      wanted =>
        wanted.kind === object.kind && applicationGroup(wanted.group) === group,
    ) &&
    matchesSelector(spec?.selector, object.metadata.labels)
  );
}

/** A part's state in the words of `app.k8s.io`. */
export type ApplicationPartState = 'Ready' | 'InProgress';

const same = (...numbers: (number | undefined)[]) =>
  numbers.every(number => (number ?? 0) === (numbers[0] ?? 0));

function isPartReady(object: KubeObject): boolean {
  const generation = object.metadata.generation;
  if (isKubeKind(object, 'StatefulSet')) {
    const { observedGeneration, replicas, readyReplicas, currentReplicas } =
      object.status ?? {};
    return (
      same(observedGeneration, generation) &&
      same(object.spec?.replicas ?? 1, replicas, readyReplicas, currentReplicas)
    );
  }
  if (isKubeKind(object, 'Deployment')) {
    const status = object.status;
    const is = (type: string, reason?: string) => {
      const condition = kubeCondition(status?.conditions, type);
      return (
        condition?.status === 'True' &&
        (reason === undefined || condition.reason === reason)
      );
    };
    return (
      same(status?.observedGeneration, generation) &&
      same(
        object.spec?.replicas ?? 1,
        status?.replicas,
        status?.readyReplicas,
        status?.availableReplicas,
      ) &&
      (is('Progressing', 'NewReplicaSetAvailable') || is('Available')) &&
      !is('ReplicaFailure')
    );
  }
  if (
    isKubeKind(object, 'ReplicaSet') ||
    isKubeKind(object, 'ReplicationController')
  ) {
    const status = object.status;
    return (
      same(status?.observedGeneration, generation) &&
      same(
        object.spec?.replicas ?? 1,
        status?.replicas,
        status?.readyReplicas,
        status?.availableReplicas,
      ) &&
      kubeCondition(status?.conditions, 'ReplicaFailure')?.status !== 'True'
    );
  }
  if (isKubeKind(object, 'DaemonSet')) {
    const status = object.status;
    return same(
      status?.desiredNumberScheduled,
      status?.numberAvailable,
      status?.numberReady,
    );
  }
  if (isKubeKind(object, 'PersistentVolumeClaim')) {
    return object.status?.phase === 'Bound';
  }
  if (isKubeKind(object, 'Service')) {
    const { type, clusterIP } = object.spec ?? {};
    const ingress = object.status?.loadBalancer?.ingress ?? [];
    return (
      type !== 'LoadBalancer' ||
      (Boolean(clusterIP) &&
        ingress.length > 0 &&
        ingress.every(({ ip, hostname }) => Boolean(ip || hostname)))
    );
  }
  if (isKubeKind(object, 'Pod')) {
    const ready = kubeCondition(object.status?.conditions, 'Ready');
    return ready?.status === 'True' || ready?.reason === 'PodCompleted';
  }
  if (isKubeKind(object, 'PodDisruptionBudget')) {
    const { currentHealthy = 0, desiredHealthy = 0 } = object.status ?? {};
    return currentHealthy >= desiredHealthy;
  }
  if (isKubeKind(object, 'Job')) {
    const failed = kubeCondition(object.status?.conditions, 'Failed');
    return Boolean(object.status?.startTime) && failed?.status !== 'True';
  }
  const { status }: KubeOther = object;
  return (
    kubeCondition(status?.conditions, 'Ready')?.status !== 'False' &&
    kubeCondition(status?.conditions, 'InProgress')?.status !== 'True'
  );
}

/**
 * State of a part by the rules of `app.k8s.io`, with three of its faults left out: a failed Job is not ready, a balancer may have a host name
 * only, and an absent `replicas` is 1.
 */
export function applicationPartState(object: KubeObject): ApplicationPartState {
  return isPartReady(object) ? 'Ready' : 'InProgress';
}

/** One word for a list of applications. */
export type ApplicationPhase =
  'ready' | 'progressing' | 'degraded' | 'missing' | 'unknown';

/** A part with what is known of it. */
export interface ApplicationPart {
  readonly object: KubeObject;
  readonly health: Health;
}

/** State of an Application over its parts. */
export interface ApplicationStatus {
  readonly phase: ApplicationPhase;
  /** `2/3`, as the controller writes it */
  readonly componentsReady: string;
  readonly ready: number;
  readonly total: number;
  readonly health: Health;
}

function partReason({ object, health }: ApplicationPart): HealthReason {
  const about = { kind: object.kind, name: object.metadata.name };
  return healthReason('part', about, {
    cause: health.reason,
    about: health.reason?.about ?? about,
  });
}

/**
 * State of an Application.
 * @param parts - its parts; undefined when the cluster can't be asked
 * @param cluster - for the words
 */
export function applicationStatus(
  { spec }: KubeApplication,
  parts: readonly ApplicationPart[] | undefined,
  cluster = '?',
): ApplicationStatus {
  const total = parts?.length ?? 0;
  const ready = (parts ?? []).filter(
    ({ object, health }) =>
      health.status !== 'failed' && applicationPartState(object) === 'Ready',
  ).length;
  const made = (
    phase: ApplicationPhase,
    health: Health,
  ): ApplicationStatus => ({
    phase,
    componentsReady: `${ready}/${total}`,
    ready,
    total,
    health,
  });
  if (!parts) {
    const reason = healthReason('clusterAway', { cluster });
    return made('unknown', { status: 'unknown', reason });
  }
  const worst = worstHealth(parts.map(({ health }) => health));
  const part = parts.find(({ health }) => health === worst);
  if (worst?.status === 'failed' && part) {
    return made('degraded', { ...worst, reason: partReason(part) });
  }
  if (spec?.assemblyPhase === 'Failed') {
    const reason = healthReason('assemblyFailed');
    return made('degraded', { status: 'failed', reason });
  }
  if (spec?.assemblyPhase === 'Pending') {
    const reason = healthReason('assembling');
    return made('progressing', { status: 'progressing', reason });
  }
  if (total === 0 && (spec?.componentKinds ?? []).length > 0) {
    const reason = healthReason('nothingFound');
    return made('missing', { status: 'missing', reason });
  }
  if (ready < total) {
    const reason = healthReason(
      'partsNotReady',
      { count: total - ready, total },
      part?.health.reason && { cause: partReason(part) },
    );
    return made('progressing', { status: 'progressing', reason });
  }
  return part && worst && worst.status !== 'ok'
    ? made(worst.status === 'progressing' ? 'progressing' : 'ready', {
        ...worst,
        reason: partReason(part),
      })
    : made('ready', { status: 'ok' });
}
