/** What the ReplicaSets of a rollout are to it. */
import type { Rollout } from '../objects';
import type { ReplicaSetRole, RoleOf } from './replicaSets';

/** Roles by pod hash. */
export function rolesOf({ spec, status = {} }: Rollout): RoleOf {
  const { stableRS, currentPodHash, canary, blueGreen } = status;
  if (spec?.strategy?.canary) {
    const isPingPong = Boolean(spec.strategy.canary.pingPong);
    const stableIsPing = canary?.stablePingPong === 'ping';
    const service = (isPing: boolean): ReplicaSetRole[] => {
      if (!isPingPong) return [];
      return [isPing ? 'ping' : 'pong'];
    };
    return hash => {
      if (hash === stableRS) return ['stable', ...service(stableIsPing)];
      return hash === currentPodHash
        ? ['canary', ...service(!stableIsPing)]
        : [];
    };
  }
  if (!spec?.strategy?.blueGreen) return () => [];
  return hash => {
    const roles: ReplicaSetRole[] = hash === stableRS ? ['stable'] : [];
    if (hash === blueGreen?.activeSelector) return [...roles, 'active'];
    return hash === blueGreen?.previewSelector ? [...roles, 'preview'] : roles;
  };
}
