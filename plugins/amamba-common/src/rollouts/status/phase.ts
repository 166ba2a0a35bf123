/**
 * The phase of a rollout, as `kubectl argo rollouts` says it. The controller writes it into the status; what it wrote is old for 10 to 40 ms after
 * each change of the spec, which is told by generations.
 */
import type { Rollout, RolloutPhase } from '../objects';

/** The generation of the referenced Deployment that a rollout is to follow. */
const WORKLOAD_GENERATION = 'rollout.argoproj.io/workload-generation';
const DEFAULT_REPLICAS = 1;
/** Reasons of conditions that make a rollout degraded, in whichever condition they stand. */
const FAILED_REASONS = ['RolloutAborted', 'ProgressDeadlineExceeded'];
const ANALYSIS_OVER = ['Successful', 'Failed', 'Error', 'Inconclusive'];

/** A phase and the controller's words for it, which are empty where there is nothing to say. */
export interface RolloutState {
  readonly phase: RolloutPhase;
  readonly message: string;
}

const state = (phase: RolloutPhase, message = ''): RolloutState => ({
  phase,
  message,
});

/** How many pods are wanted. */
export function desiredReplicas({ spec }: Rollout): number {
  return spec?.replicas ?? DEFAULT_REPLICAS;
}

/** Whether the revision that is wanted serves all traffic. */
export function isFullyPromoted({ status }: Rollout): boolean {
  return (status?.stableRS ?? '') === (status?.currentPodHash ?? '');
}

/** An integer that is nothing but digits and a sign; undefined for anything else, such as the hashes of old controllers. */
function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^[+-]?\d+$/.test(text)
    ? Number(text)
    : undefined;
}

/** Whether the controller has seen the spec as it is now. */
export function isSpecObserved({ metadata, status }: Rollout): boolean {
  const observed = wholeNumber(status?.observedGeneration);
  const { generation = 0 } = metadata;
  // A hash of an old controller may be all digits; it is larger then.
  return observed === undefined || observed >= generation;
}

function isWorkloadObserved({ metadata, spec, status }: Rollout): boolean {
  if (!spec?.workloadRef) return true;
  const wanted = wholeNumber(metadata.annotations?.[WORKLOAD_GENERATION]);
  const observed = wholeNumber(status?.workloadObservedGeneration);
  return wanted === undefined || observed === undefined || wanted === observed;
}

/** Whether somebody has resumed it and the controller has not reacted yet. */
export function isUnpausing({ status }: Rollout): boolean {
  return Boolean(status?.controllerPause) && !status?.pauseConditions?.length;
}

/** What controllers before 1.0 left to their clients. */
function blueGreenState(rollout: Rollout): RolloutState {
  const { activeSelector, postPromotionAnalysisRunStatus } =
    rollout.status?.blueGreen ?? {};
  if (!activeSelector || activeSelector !== rollout.status?.currentPodHash) {
    return state('Progressing', 'active service cutover pending');
  }
  if (rollout.status.stableRS && isFullyPromoted(rollout)) {
    return state('Healthy');
  }
  const isAnalysed =
    rollout.spec?.strategy?.blueGreen?.postPromotionAnalysis === undefined ||
    ANALYSIS_OVER.includes(postPromotionAnalysisRunStatus?.status ?? '');
  return state(
    'Progressing',
    isAnalysed
      ? 'waiting for post-promotion verification to complete'
      : 'waiting for analysis to complete',
  );
}

function canaryState(rollout: Rollout): RolloutState {
  const { replicas = 0, updatedReplicas = 0, stableRS } = rollout.status ?? {};
  if (
    !rollout.spec?.strategy?.canary?.trafficRouting &&
    replicas > updatedReplicas
  ) {
    return state('Progressing', 'old replicas are pending termination');
  }
  return stableRS && isFullyPromoted(rollout)
    ? state('Healthy')
    : state('Progressing', 'waiting for all steps to complete');
}

/**
 * The phase from spec and status alone: what a controller computes, and a client only for controllers before 1.0. Clients want
 * {@link rolloutState}.
 */
export function calculatedState(rollout: Rollout): RolloutState {
  const { spec = {}, status = {} } = rollout;
  for (const { type, reason = '', message = '' } of status.conditions ?? []) {
    if (type === 'InvalidSpec') {
      return state('Degraded', `InvalidSpec: ${message}`);
    }
    if (FAILED_REASONS.includes(reason)) {
      return state('Degraded', `${reason}: ${message}`);
    }
  }
  if (spec.paused) return state('Paused', 'manually paused');
  const [pause] = status.pauseConditions ?? [];
  if (pause) return state('Paused', pause.reason);
  if (
    spec.restartAt !== undefined &&
    (status.restartedAt === undefined ||
      Date.parse(spec.restartAt) !== Date.parse(status.restartedAt))
  ) {
    return state('Progressing', 'rollout is restarting');
  }
  const { updatedReplicas = 0, availableReplicas = 0 } = status;
  if (updatedReplicas < desiredReplicas(rollout)) {
    return state('Progressing', 'more replicas need to be updated');
  }
  if (availableReplicas < updatedReplicas) {
    return state(
      'Progressing',
      'updated replicas are still becoming available',
    );
  }
  if (spec.strategy?.blueGreen) return blueGreenState(rollout);
  return spec.strategy?.canary ? canaryState(rollout) : state('Healthy');
}

/** The phase of a rollout and why, as a person should see it now. */
export function rolloutState(rollout: Rollout): RolloutState {
  if (!isSpecObserved(rollout)) {
    return state(
      'Progressing',
      'waiting for rollout spec update to be observed',
    );
  }
  if (isUnpausing(rollout)) {
    return state('Progressing', 'waiting for rollout to unpause');
  }
  if (!isWorkloadObserved(rollout)) {
    return state(
      'Progressing',
      'waiting for rollout spec update to be observed for the reference workload',
    );
  }
  const { phase, message } = rollout.status ?? {};
  return phase ? state(phase, message) : calculatedState(rollout);
}
