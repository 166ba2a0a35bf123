import { below, segments } from './segments';

/** Addresses of namespaces and of the clusters that a workspace may use. */
export interface NamespaceLinks {
  /** the list of namespaces */
  namespaces(workspace: string): string;
  newNamespace(workspace: string): string;
  namespace(
    workspace: string,
    cluster: string,
    namespace: string,
    view?: 'edit',
  ): string;
  /** the list of clusters */
  clusters(workspace: string): string;
  /** the form that binds a cluster, or changes the binding; `adopt`: what may be taken over from it */
  cluster(workspace: string, cluster: string, view?: 'adopt'): string;
}

/**
 * Links below a list of namespaces.
 * @param list - address of the list of namespaces of a workspace
 */
export function namespaceLinks(
  list: (workspace: string) => string,
): NamespaceLinks {
  const clusters = (workspace: string) => `${list(workspace)}/clusters`;
  return {
    namespaces: list,
    newNamespace: workspace => `${list(workspace)}/new`,
    namespace: (workspace, cluster, namespace, view) =>
      below(
        `${list(workspace)}${segments('namespace', cluster, namespace)}`,
        view,
      ),
    clusters,
    cluster: (workspace, cluster, view) =>
      below(`${clusters(workspace)}${segments(cluster)}`, view),
  };
}
