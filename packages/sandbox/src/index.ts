/**
 * Development only: a Git server, a Jenkins stand-in that really executes, and a real Kubernetes, on loopback.
 *
 * @packageDocumentation
 */
export { startSandbox } from './sandbox';
export type { Sandbox, SandboxOptions } from './sandbox';
export type { SandboxCredentials } from './credentials';
export {
  describeWithClusters,
  testClusters,
  whyNoClusters,
} from './controlPlane/testing';
export type { TestCluster, TestClusters } from './controlPlane/testing';
export { localHelm } from './controlPlane/programs';
export type { ControlPlaneStatus } from './controlPlane/status';
export { FaultProxy } from './faults/FaultProxy';
export type { ProxiedRequest, ProxyFault } from './faults/FaultProxy';
