import { SAMPLE_NAMESPACES } from '../controlPlane/seed';
import { PortalAccess, portalClient, whenUp } from './portalClient';

/**
 * Gives the sample workspaces the clusters and namespaces that the local control plane made for them, through the portal's public
 * API. A workspace that has namespaces there already keeps what it has: somebody may have released one since.
 * @param clusters - names, in the order of the control plane
 * @returns the namespaces that were adopted, as `cluster/namespace`
 */
export async function seedNamespaces(
  options: PortalAccess & { clusters: readonly string[]; signal: AbortSignal },
): Promise<string[]> {
  const { clusters, signal } = options;
  const client = portalClient(options);
  const adopted: string[] = [];
  for (const [index, cluster] of clusters.entries()) {
    const samples = SAMPLE_NAMESPACES.filter(each => each.cluster === index);
    for (const workspace of new Set(samples.map(each => each.workspace))) {
      const { items } = await whenUp(signal, () =>
        client.call(
          'listClusterBindings',
          { params: { workspace } },
          { signal },
        ),
      );
      const bound = items.find(binding => binding.cluster === cluster);
      if (bound && bound.namespaces > 0) continue;
      if (!bound)
        await whenUp(signal, () =>
          client.call(
            'bindCluster',
            { params: { workspace, cluster }, body: { mode: 'shared' } },
            { signal },
          ),
        );
      const own = samples.filter(each => each.workspace === workspace);
      for (const { namespace, environment } of own) {
        await whenUp(signal, () =>
          client.call(
            'adoptNamespace',
            {
              params: { workspace, cluster, namespace },
              body: { environment },
            },
            { signal },
          ),
        );
        adopted.push(`${cluster}/${namespace}`);
      }
    }
  }
  return adopted;
}
