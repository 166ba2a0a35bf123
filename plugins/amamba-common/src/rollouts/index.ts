export type * from './objects';
export * from './status/phase';
export * from './status/steps';
export * from './tree/images';
export * from './tree/tree';
export type { AnalysisJobNode, AnalysisNode } from './tree/analysis';
export type { RolloutPodNode } from './tree/pods';
export type {
  ReplicaSetNode,
  ReplicaSetRole,
  ReplicaSetState,
} from './tree/replicaSets';
