import { AmambaClient } from '@amamba/backstage-plugin-amamba-common';
import type { PodField } from './manyPods';
import { WORKSPACE, type BenchPortal } from './portal';

/**
 * Configuration of a portal with the field's cluster.
 * @param through - address of a proxy that stands before it
 */
export function onCluster({ cluster }: PodField, through?: string) {
  const { url, token, ca, skipTlsVerify } = cluster.portal ?? cluster.access;
  if (!token) throw new Error('The portal needs a cluster with a token');
  return {
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [
            {
              ...{ name: cluster.name, url: through ?? url },
              ...{ authProvider: 'serviceAccount', serviceAccountToken: token },
              skipTLSVerify: skipTlsVerify,
              ...(ca && { caData: Buffer.from(ca).toString('base64') }),
            },
          ],
        },
      ],
    },
  };
}

/** Gives the workspace the cluster and the field's namespace, as a platform engineer does. */
export async function adoptField(
  portal: BenchPortal,
  field: PodField,
): Promise<void> {
  const client = new AmambaClient({
    baseUrl: '/api/amamba',
    fetch: (path, init) =>
      portal.request(String(path), { ...init, user: 'pat' }),
  });
  const params = { workspace: WORKSPACE, cluster: field.cluster.name };
  await client.call('bindCluster', { params, body: {} });
  await client.call('adoptNamespace', {
    params: { ...params, namespace: field.namespace },
    body: {},
  });
}
