import {
  kubeCondition,
  type KubeContainer,
  type KubeContainerStatus,
  type KubeEvent,
  type KubeObject,
  type KubePod,
} from '../objects';
import { containerHealth, type ContainerView } from './containers';
import type { HealthContext } from './context';
import { eventsOf } from './events';
import {
  healthReason,
  worstHealth,
  type Health,
  type HealthReason,
} from './health';
import { pendingHealth } from './scheduling';

/** Deletion takes no longer than this beyond the grace period. */
const DELETION_SLACK_MS = 60_000;

/** Health of what is being deleted; undefined when nobody deletes it. */
export function deletionHealth(
  { metadata, ...object }: KubeObject & { spec?: unknown },
  now: number,
  node = '?',
): Health | undefined {
  const { deletionTimestamp: since, finalizers = [] } = metadata;
  if (!since) return undefined;
  // The API server writes the time at which the grace period ends.
  const overdue = now - Date.parse(since);
  if (overdue < DELETION_SLACK_MS) {
    return {
      status: 'progressing',
      reason: healthReason('terminating'),
      since,
    };
  }
  const minutes = Math.floor(overdue / 60_000);
  if (finalizers.length > 0) {
    const names = finalizers.join(', ');
    return {
      status: 'failed',
      reason: healthReason(
        'finalizers',
        { minutes, finalizers: names },
        { remedy: 'finalizer' },
      ),
      since,
    };
  }
  return object.kind === 'Pod'
    ? {
        status: 'failed',
        reason: healthReason('terminatingLong', { minutes, node }),
        since,
      }
    : { status: 'progressing', reason: healthReason('terminating'), since };
}

/** Why the pod as a whole ended: its own reason, or who disrupted it. */
function disruption(pod: KubePod): HealthReason | undefined {
  const { reason, message = '', conditions } = pod.status ?? {};
  const node = pod.spec?.nodeName ?? '?';
  const target = kubeCondition(conditions, 'DisruptionTarget');
  const key = target?.status === 'True' ? target.reason : undefined;
  const resource = /low on resource: ([\w-]+)/.exec(message)?.[1];
  if (resource) return healthReason('evicted', { node, resource });
  if (reason === 'Preempting' || key === 'PreemptionByScheduler') {
    return healthReason('preempted');
  }
  if (key === 'DeletionByTaintManager') {
    return healthReason('taintEviction', { node });
  }
  if (key === 'EvictionByEvictionAPI') return healthReason('apiEviction');
  switch (reason) {
    case 'Evicted':
      return healthReason('evictedMessage', { node, message });
    case 'NodeShutdown':
    case 'Shutdown':
      return healthReason('nodeShutdown', { node });
    case 'NodeLost':
      return healthReason('nodeLost', { node });
    case 'Terminated':
      return healthReason('kubeletTermination', { node });
    default:
  }
  if (reason === 'UnexpectedAdmissionError' || /^OutOf/.test(reason ?? '')) {
    return healthReason('nodeRefused', {
      node,
      message: message || `${reason}`,
    });
  }
  return key === 'TerminationByKubelet'
    ? healthReason('kubeletTermination', { node })
    : undefined;
}

interface Containers {
  readonly specs: readonly KubeContainer[];
  readonly statuses: readonly KubeContainerStatus[];
}

function views(
  pod: KubePod,
  { specs, statuses }: Containers,
  events: readonly KubeEvent[],
  now: number,
): ContainerView[] {
  const byName = new Map(specs.map(spec => [spec.name, spec]));
  return statuses.map(status => ({
    pod,
    spec: byName.get(status.name) ?? { name: status.name, image: status.image },
    status,
    events,
    now,
  }));
}

/** Row 14: the first init container that has not done its part. */
function initHealth(pod: KubePod, all: ContainerView[]): Health | undefined {
  const total = pod.spec?.initContainers?.length ?? all.length;
  for (const [index, view] of all.entries()) {
    const { status, spec } = view;
    const sidecar = spec.restartPolicy === 'Always' && status.started;
    if (status.state?.terminated?.exitCode === 0 || sidecar) continue;
    const name = spec.name;
    if (status.state?.running) {
      const params = { index: index + 1, total, name };
      return {
        status: 'progressing',
        reason: healthReason('initRunning', params),
      };
    }
    const health = containerHealth(view);
    if (!health.reason || health.status === 'progressing') return health;
    return {
      ...health,
      reason: healthReason(
        'initContainer',
        { index: index + 1, total, name },
        { cause: health.reason },
      ),
    };
  }
  return undefined;
}

function failedPodHealth(pod: KubePod, all: ContainerView[]): Health {
  const worst = worstHealth(all.map(containerHealth));
  const message = pod.status?.message?.trim() || pod.status?.reason || 'Failed';
  return {
    status: 'failed',
    reason:
      disruption(pod) ??
      worst?.reason ??
      healthReason('podFailed', { message }),
    since: worst?.since,
  };
}

/** Health of a pod: the first of the table's rows that fits, of several containers the most pressing. */
export function podHealth(pod: KubePod, context: HealthContext): Health {
  const { now } = context;
  const { status, spec } = pod;
  const events = eventsOf(pod, context.events ?? []);
  const node = spec?.nodeName ?? '?';
  const ready = kubeCondition(status?.conditions, 'Ready');
  if (status?.reason === 'NodeLost' || ready?.status === 'Unknown') {
    return {
      status: 'failed',
      reason: healthReason('nodeLost', { node }),
      since: ready?.lastTransitionTime,
    };
  }
  const containers = views(
    pod,
    {
      specs: spec?.containers ?? [],
      statuses: status?.containerStatuses ?? [],
    },
    events,
    now,
  );
  if (status?.phase === 'Failed') return failedPodHealth(pod, containers);
  if (status?.phase === 'Succeeded') return { status: 'ok' };
  const deletion = deletionHealth(pod, now, node);
  if (deletion) return deletion;
  const init = initHealth(
    pod,
    views(
      pod,
      {
        specs: spec?.initContainers ?? [],
        statuses: status?.initContainerStatuses ?? [],
      },
      events,
      now,
    ),
  );
  if (init && init.status !== 'ok') return init;
  if (!spec?.nodeName && containers.length === 0) {
    return pendingHealth(pod, events, now);
  }
  const worst = worstHealth(containers.map(containerHealth));
  return (
    worst ?? {
      status: 'progressing',
      reason: healthReason('starting'),
      since: status?.startTime,
    }
  );
}
