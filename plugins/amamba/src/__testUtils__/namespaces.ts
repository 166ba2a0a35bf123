import type {
  ClusterBinding,
  ClusterBindingList,
  NamespaceDetail,
  NamespacePage,
  NamespaceSummary,
} from '@amamba/backstage-plugin-amamba-common';
import { EDITOR } from './data';

const T0 = '2026-11-03T13:00:00.000Z';

/** Everything that an admin of a workspace may do with its namespaces. */
export const NAMESPACE_ADMIN = [
  ...EDITOR,
  'amamba.namespace.create',
  'amamba.namespace.update',
  'amamba.namespace.delete',
];

/** A row of the list of namespaces. */
export function aNamespaceSummary(
  values: Partial<NamespaceSummary> = {},
): NamespaceSummary {
  return {
    workspace: 'team-a',
    cluster: 'east',
    name: 'prod-a',
    environment: 'prod',
    state: 'active',
    quota: [],
    drift: [],
    pods: 3,
    createdAt: T0,
    can: NAMESPACE_ADMIN,
    ...values,
  };
}

/** A namespace with nothing set. */
export function aNamespace(
  values: Partial<NamespaceDetail> = {},
): NamespaceDetail {
  return {
    ...aNamespaceSummary(),
    labels: {},
    wantedQuota: {},
    createdBy: 'user:default/ann',
    version: 1,
    ...values,
  };
}

/** A page of the list of namespaces, on clusters of the portal's own. */
export function namespacePage(
  items: NamespaceSummary[],
  values: Partial<NamespacePage> = {},
): NamespacePage {
  return {
    items,
    total: items.length,
    setup: { state: 'none' },
    warnings: [],
    ...values,
  };
}

/** A cluster that the workspace shares with others. */
export function aBinding(values: Partial<ClusterBinding> = {}): ClusterBinding {
  return {
    cluster: 'east',
    title: 'east',
    mode: 'shared',
    quota: {},
    allocated: {},
    namespaces: 1,
    boundAt: T0,
    boundBy: 'user:default/pat',
    version: 1,
    ...values,
  };
}

/** The bindings of a workspace, for somebody who may not change them. */
export function aBindingList(
  values: Partial<ClusterBindingList> = {},
): ClusterBindingList {
  return {
    items: [],
    setup: { state: 'none' },
    available: [],
    can: [],
    managers: ['group:default/platform'],
    ...values,
  };
}
