import { dump } from 'js-yaml';
import { writeWhole } from './status';

/** A cluster as the portal's configuration names it. */
export interface PortalCluster {
  name: string;
  url: string;
  token: string;
  /** PEM */
  ca?: string;
  skipTlsVerify?: boolean;
}

/**
 * Writes configuration with which a portal finds the clusters, besides its other files. It holds tokens.
 * @param statusFile - where the portal reads how the local control plane is, see `ControlPlaneStatus`
 */
export function writePortalConfig(
  file: string,
  clusters: readonly PortalCluster[],
  statusFile: string,
): void {
  const config = {
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: clusters.map(
            ({ name, url, token, ca, skipTlsVerify = false }) => ({
              name,
              url,
              authProvider: 'serviceAccount',
              serviceAccountToken: token,
              ...(ca && { caData: Buffer.from(ca).toString('base64') }),
              skipTLSVerify: skipTlsVerify,
            }),
          ),
        },
      ],
    },
    amamba: { clusters: { statusFile } },
  };
  writeWhole(file, dump(config));
}
