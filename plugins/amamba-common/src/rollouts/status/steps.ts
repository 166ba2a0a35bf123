/** Where a canary is among its steps, and the weights that follow from it. */
import type { CanaryStep, Rollout } from '../objects';

const ALL_TRAFFIC = 100;

/** The steps of a canary; none for a blue-green rollout. */
export function canarySteps({ spec }: Rollout): readonly CanaryStep[] {
  return spec?.strategy?.canary?.steps ?? [];
}

/** The weight that means all traffic: 100, unless the provider counts otherwise. */
export function maxWeight({ spec }: Rollout): number {
  return (
    spec?.strategy?.canary?.trafficRouting?.maxTrafficWeight ?? ALL_TRAFFIC
  );
}

/**
 * Index of the step that runs now, from 0. Undefined when there are no steps or all are done; then the canary has all traffic. An index
 * before it was ever set is the first step.
 */
export function currentStepIndex(rollout: Rollout): number | undefined {
  const steps = canarySteps(rollout);
  if (steps.length === 0) return undefined;
  const index = rollout.status?.currentStepIndex ?? 0;
  return index < steps.length ? index : undefined;
}

/** Steps done and steps in all, such as `3/8`; empty where a rollout has no steps or has not begun. */
export function stepLabel(rollout: Rollout): string {
  const { length } = canarySteps(rollout);
  const index = rollout.status?.currentStepIndex;
  return length > 0 && index !== undefined ? `${index}/${length}` : '';
}

/** A step in the words of the controller's events and of `kubectl argo rollouts`. */
export function stepWords(step: CanaryStep): string {
  const { pause, setCanaryScale, setHeaderRoute, setMirrorRoute } = step;
  if (step.setWeight !== undefined) return `setWeight: ${step.setWeight}`;
  if (pause) {
    return pause.duration === undefined ? 'pause' : `pause: ${pause.duration}`;
  }
  if (step.experiment) return 'experiment';
  if (step.analysis) return 'analysis';
  if (setCanaryScale?.weight !== undefined) {
    return `setCanaryScale{weight: ${setCanaryScale.weight}}`;
  }
  if (setCanaryScale?.matchTrafficWeight) {
    return 'setCanaryScale{matchTrafficWeight: true}';
  }
  if (setCanaryScale?.replicas !== undefined) {
    return `setCanaryScale{replicas: ${setCanaryScale.replicas}}`;
  }
  if (step.plugin) return `plugin: ${step.plugin.name}`;
  if (setHeaderRoute) return `setHeaderRoute: ${setHeaderRoute.name}`;
  if (setMirrorRoute) return `setMirrorRoute: ${setMirrorRoute.name}`;
  return 'invalid';
}

/** The weight that the canary is meant to have now: that of the nearest step at or before the current one that sets it. */
export function setWeight(rollout: Rollout): number {
  if (rollout.status?.abort) return 0;
  const index = currentStepIndex(rollout);
  if (index === undefined) return maxWeight(rollout);
  return (
    canarySteps(rollout)
      .slice(0, index + 1)
      .findLast(step => step.setWeight !== undefined)?.setWeight ?? 0
  );
}

/**
 * The weight that the canary has now. With a provider it is what the controller wrote down; without, it is its part of the pods that are
 * available.
 * @param canaryAvailable - available pods of the canary's ReplicaSet
 */
export function actualWeight(
  rollout: Rollout,
  canaryAvailable: number | undefined,
): number {
  if (currentStepIndex(rollout) === undefined) return maxWeight(rollout);
  const { availableReplicas = 0, canary } = rollout.status ?? {};
  if (availableReplicas <= 0) return 0;
  if (rollout.spec?.strategy?.canary?.trafficRouting) {
    return canary?.weights?.canary.weight ?? setWeight(rollout);
  }
  return canaryAvailable === undefined
    ? 0
    : Math.trunc((canaryAvailable * maxWeight(rollout)) / availableReplicas);
}
