/**
 * For tests: real clusters, each with a namespace of the test's own.
 *
 * @packageDocumentation
 */
export { testClusters, whyNoClusters } from './testClusters';
export type { TestCluster, TestClusters } from './testClusters';
export { describeWithClusters } from './describeWithClusters';
