/** Which workspace owns which namespaces on which clusters. */
export {
  createNamespacesRoom,
  ownedNamespaces,
  type NamespacesRoom,
  type NamespacesRoomOptions,
} from './createNamespacesRoom';
export { applicationId, applicationResources } from './applicationResources';
export { OwnedNamespace, type NamespaceRows } from './OwnedNamespace';
export { Ownership, type NamespaceNames } from './Ownership';
export type { NamespaceRecord } from './records';
