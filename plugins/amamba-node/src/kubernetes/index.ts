export type {
  KubernetesAccess,
  KubernetesAccessCredential,
  KubernetesConnection,
} from './KubernetesAccess';
export {
  createKubernetesAccessSlot,
  kubernetesAccessRef,
  type KubernetesAccessSlot,
} from './kubernetesAccessRef';
