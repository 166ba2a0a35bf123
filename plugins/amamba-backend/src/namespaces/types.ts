import type { ResourceType } from '../clusters';

const CORE = { group: '', version: 'v1' } as const;

export const NAMESPACE: ResourceType = {
  ...CORE,
  plural: 'namespaces',
  kind: 'Namespace',
  namespaced: false,
};
export const RESOURCE_QUOTA: ResourceType = {
  ...CORE,
  plural: 'resourcequotas',
  kind: 'ResourceQuota',
  namespaced: true,
};
export const LIMIT_RANGE: ResourceType = {
  ...CORE,
  plural: 'limitranges',
  kind: 'LimitRange',
  namespaced: true,
};
export const ROLE_BINDING: ResourceType = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  plural: 'rolebindings',
  kind: 'RoleBinding',
  namespaced: true,
};

/** Name of the quota and of the limit range that the portal keeps in a namespace. */
export const KEPT_NAME = 'amamba';
/** ClusterRole of docs/rbac/amamba.yaml that lets the portal write in a namespace, and the binding's name there. */
export const WRITE_ROLE = 'amamba-write';
