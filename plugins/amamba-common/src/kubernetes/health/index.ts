export { containerHealth, type ContainerView } from './containers';
export * from './events';
export {
  HEALTH_STATUSES,
  healthMessages,
  healthReason,
  healthRemedies,
  healthSentence,
  worseHealth,
  worstHealth,
  type Health,
  type HealthCode,
  type HealthLanguage,
  type HealthReason,
  type HealthRemedy,
  type HealthStatus,
} from './health';
export { deletionHealth, podHealth } from './pods';
export type { HealthContext } from './context';
export * from './application';
export { objectHealth } from './object';
export { cronJobHealth, jobHealth } from './jobs';
export {
  claimHealth,
  disruptionBudgetHealth,
  autoscalerHealth,
  ingressHealth,
  ingressServices,
  serviceHealth,
} from './others';
export {
  daemonSetHealth,
  deploymentHealth,
  replicaSetHealth,
  statefulSetHealth,
} from './workloads';
export {
  readPodSecurityRefusal,
  readQuotaRefusal,
  refusalReason,
  type QuotaRefusal,
} from './refused';
export {
  readSchedulingFailure,
  schedulingReason,
  type SchedulingFailure,
} from './scheduling';
