/**
 * Kubernetes access: the portal's clusters, a client for each, and rows that are watched. Knows no domain and checks no user: whoever calls
 * has resolved cluster and namespace from a workspace before.
 */
export type {
  ApiServer,
  Cluster,
  ClusterListing,
  ClusterReport,
  Clusters,
} from './types';
export type {
  KindDescriptor,
  Rows,
  RowsChange,
  RowsStatus,
} from './cache/types';
export type { ExecOptions, ExecResult, ExecSession } from './client/exec';
export type {
  AccessQuestion,
  AccessRules,
  ApplyOptions,
  CallOptions,
  DeleteOptions,
  Discovery,
  IssuedToken,
  JsonPatchOperation,
  KubernetesClient,
  ListOptions,
  ListPage,
  LogOptions,
  ObjectRef,
  Patch,
  ResourceType,
  Scale,
  SelectOptions,
  ServedResource,
  Subresource,
  WatchEvent,
  WatchOptions,
  WriteOptions,
  Written,
} from './client/types';
export { pick, type Shape } from './cache/pick';
export * as kinds from './cache/kinds';
export type {
  KubeEndpointSlice,
  KubeLimitRange,
  KubeNode,
} from './cache/kinds';
export {
  kubernetesDetails,
  ResourceExpiredError,
  type KubernetesDetails,
} from './client/errors';
export { hasSeveralDocuments } from './client/writes';
export { apiVersionOf } from './apiVersion';
export { readClusterSetup } from './setup';
export { createClusters, type ClustersOptions } from './createClusters';
export {
  followLog,
  type FollowLogOptions,
  type LogBatch,
} from './logs/followLog';
export { compareTimes, type LogLine } from './logs/logLines';
