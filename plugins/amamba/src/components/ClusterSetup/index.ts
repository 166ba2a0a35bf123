export { ClusterSetup, isComingUp } from './ClusterSetup';
export { NoCluster } from './NoCluster';
