import { dump } from 'js-yaml';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
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

/** What a portal gets beside its clusters. */
export interface PortalExtras {
  /** the helm program; it may come later */
  helm?: string;
  /** address of the sample charts */
  charts?: string;
}

/** What the portal encrypts with in its database; kept beside the configuration as long as that database. */
function secretKey(folder: string): string {
  const file = path.join(folder, 'portal-secret');
  if (!fs.existsSync(file)) writeWhole(file, randomBytes(32).toString('hex'));
  return fs.readFileSync(file, 'utf8');
}

/**
 * Writes configuration with which a portal finds the clusters, besides its other files. It holds tokens.
 * @param statusFile - where the portal reads how the local control plane is, see `ControlPlaneStatus`
 */
export function writePortalConfig(
  file: string,
  clusters: readonly PortalCluster[],
  statusFile: string,
  { helm, charts }: PortalExtras = {},
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
    amamba: {
      clusters: { statusFile },
      secrets: { keys: [secretKey(path.dirname(file))] },
      helm: {
        ...(helm && { program: helm }),
        ...(charts && {
          repositories: [{ name: 'samples', url: charts }],
          // workspaces may add the samples as a repository of their own, although they are on this machine
          allow: [new URL(charts).host],
        }),
      },
    },
  };
  writeWhole(file, dump(config));
}
