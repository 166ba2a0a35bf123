import {
  kubeCondition,
  matchesLabels,
  type KubeHorizontalPodAutoscaler,
  type KubeIngress,
  type KubePersistentVolumeClaim,
  type KubePodDisruptionBudget,
  type KubeService,
} from '../objects';
import type { HealthContext } from './context';
import { eventsOf } from './events';
import { healthReason, type Health } from './health';
import { deletionHealth } from './pods';

/** An Ingress controller gives an address within this time, if there is one. */
const ADDRESS_MS = 2 * 60_000;

/** Health of a PersistentVolumeClaim. */
export function claimHealth(
  claim: KubePersistentVolumeClaim,
  context: HealthContext,
): Health {
  const { status } = claim;
  const deletion = deletionHealth(claim, context.now);
  if (deletion) return deletion;
  if (status?.phase === 'Lost') {
    return { status: 'failed', reason: healthReason('claimLost') };
  }
  const resize = kubeCondition(status?.conditions, 'FileSystemResizePending');
  if (resize?.status === 'True') {
    return {
      status: 'unstable',
      reason: healthReason('claimResize'),
      since: resize.lastTransitionTime,
    };
  }
  if (status?.phase === 'Bound') return { status: 'ok' };
  const remedy = 'storageClass';
  for (const { reason, message = '' } of eventsOf(
    claim,
    context.events ?? [],
  )) {
    const missing = /storageclass\.storage\.k8s\.io "([^"]+)" not found/.exec(
      message,
    )?.[1];
    if (missing) {
      return {
        status: 'failed',
        reason: healthReason(
          'claimClassMissing',
          { name: missing },
          { remedy },
        ),
      };
    }
    if (reason === 'FailedBinding' && /no storage class is set/.test(message)) {
      return {
        status: 'failed',
        reason: healthReason('claimNoClass', {}, { remedy }),
      };
    }
    if (reason === 'WaitForFirstConsumer') {
      return {
        status: 'progressing',
        reason: healthReason('claimWaitsForPod'),
      };
    }
    if (reason === 'FailedBinding' || reason === 'ProvisioningFailed') {
      return {
        status: 'failed',
        reason: healthReason('claimProblem', { message: message.trim() }),
      };
    }
  }
  return { status: 'progressing', reason: healthReason('claimPending') };
}

/** Health of a PodDisruptionBudget: a warning when it lets no pod be evicted for want of healthy ones. */
export function disruptionBudgetHealth({
  metadata,
  status,
}: KubePodDisruptionBudget): Health {
  const allowed = kubeCondition(status?.conditions, 'DisruptionAllowed');
  if (allowed?.status !== 'False' || allowed.reason !== 'InsufficientPods') {
    return { status: 'ok' };
  }
  const needed = status?.desiredHealthy ?? 0;
  const healthy = status?.currentHealthy ?? 0;
  return {
    // With exactly the pods that it asks for it blocks too, on purpose.
    status: healthy < needed ? 'unstable' : 'ok',
    reason: healthReason('disruptionBudget', {
      name: metadata.name,
      needed,
      healthy,
    }),
    since: allowed.lastTransitionTime,
  };
}

/** Health of a HorizontalPodAutoscaler. */
export function autoscalerHealth({
  spec,
  status,
}: KubeHorizontalPodAutoscaler): Health {
  const conditions = status?.conditions;
  const able = kubeCondition(conditions, 'AbleToScale');
  const active = kubeCondition(conditions, 'ScalingActive');
  const limited = kubeCondition(conditions, 'ScalingLimited');
  if (able?.status === 'False') {
    const { kind = '?', name = '?' } = spec?.scaleTargetRef ?? {};
    return {
      status: 'failed',
      reason:
        able.reason === 'FailedGetScale'
          ? healthReason('scaleTargetMissing', { kind, name })
          : healthReason('autoscalerProblem', {
              message: able.message ?? able.reason ?? '?',
            }),
      since: able.lastTransitionTime,
    };
  }
  if (active?.status === 'False') {
    const message = active.message ?? active.reason ?? '?';
    const since = active.lastTransitionTime;
    if (active.reason === 'ScalingDisabled') {
      return { status: 'paused', reason: healthReason('stopped'), since };
    }
    return {
      status: 'failed',
      reason: /^FailedGet/.test(active.reason ?? '')
        ? healthReason('noMetrics', { message }, { remedy: 'metricsServer' })
        : healthReason('autoscalerProblem', { message }),
      since,
    };
  }
  if (limited?.status === 'True' && limited.reason === 'TooManyReplicas') {
    return {
      status: 'unstable',
      reason: healthReason(
        'atMaximum',
        { max: spec?.maxReplicas ?? '?' },
        { remedy: 'raiseMaximum' },
      ),
      since: limited.lastTransitionTime,
    };
  }
  return able
    ? { status: 'ok' }
    : { status: 'progressing', reason: healthReason('notObserved') };
}

/** Health of a Service. `context.pods` are those of its namespace. */
export function serviceHealth(
  service: KubeService,
  context: HealthContext,
): Health {
  const { spec, status } = service;
  const deletion = deletionHealth(service, context.now);
  if (deletion) return deletion;
  const pending =
    spec?.type === 'LoadBalancer' &&
    (status?.loadBalancer?.ingress ?? []).length === 0;
  if (pending) {
    const refused = eventsOf(service, context.events ?? []).some(
      ({ reason }) => reason === 'SyncLoadBalancerFailed',
    );
    return {
      status: refused ? 'failed' : 'progressing',
      reason: healthReason('noLoadBalancer'),
    };
  }
  const selector = Object.entries(spec?.selector ?? {});
  if (spec?.type === 'ExternalName' || selector.length === 0 || !context.pods) {
    return { status: 'ok' };
  }
  const served = context.pods.some(
    pod =>
      matchesLabels(spec?.selector ?? {}, pod.metadata.labels) &&
      kubeCondition(pod.status?.conditions, 'Ready')?.status === 'True',
  );
  const text = selector.map(pair => pair.join('=')).join(', ');
  return served
    ? { status: 'ok' }
    : {
        status: 'unstable',
        reason: healthReason(
          'noEndpoints',
          { selector: text },
          { remedy: 'selector' },
        ),
      };
}

/** Names of the Services that an Ingress sends to. */
export function ingressServices({ spec }: KubeIngress): string[] {
  const backends = [
    spec?.defaultBackend,
    ...(spec?.rules ?? []).flatMap(({ http }) =>
      (http?.paths ?? []).map(({ backend }) => backend),
    ),
  ];
  const names = backends.flatMap(backend => backend?.service?.name ?? []);
  return [...new Set(names)];
}

/** Health of an Ingress. */
export function ingressHealth(
  ingress: KubeIngress,
  context: HealthContext,
): Health {
  const { services, ingressClasses, now } = context;
  const deletion = deletionHealth(ingress, now);
  if (deletion) return deletion;
  const missing = ingressServices(ingress).find(
    name => services && !services.has(name),
  );
  if (missing !== undefined) {
    return {
      status: 'failed',
      reason: healthReason(
        'serviceMissing',
        { name: missing },
        { remedy: 'createReference' },
      ),
    };
  }
  const name = ingress.spec?.ingressClassName;
  if (name !== undefined && ingressClasses && !ingressClasses.has(name)) {
    return {
      status: 'failed',
      reason: healthReason('ingressClassMissing', { name }),
    };
  }
  if ((ingress.status?.loadBalancer?.ingress ?? []).length > 0) {
    return { status: 'ok' };
  }
  const age = now - Date.parse(ingress.metadata.creationTimestamp ?? '');
  return {
    status: age > ADDRESS_MS ? 'unstable' : 'progressing',
    reason: healthReason('noAddress'),
  };
}
