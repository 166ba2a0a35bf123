import type {
  KubernetesAccessCredential,
  KubernetesConnection,
} from '@amamba/backstage-plugin-amamba-node';
import { ServiceUnavailableError } from '@backstage/errors';
import type {
  ClusterDetails,
  KubernetesCredential,
} from '@backstage/plugin-kubernetes-node';

/** Key of a cluster's `authMetadata` that names its provider, as the kubernetes plugin writes it. */
const PROVIDER = 'kubernetes.io/auth-provider';
/** Where Kubernetes puts the account of a pod; the kubernetes plugin looks there too. */
const IN_CLUSTER_CA = '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt';
/** Providers that pass on the token of the person who asks; without a person they have none. */
const PEOPLES_OWN = new Set(['google', 'aks', 'oidc']);

/** What is looked at outside of the configuration. */
export interface Surroundings {
  env: Record<string, string | undefined>;
  /** content of a file as text; undefined when there is none */
  readFile(path: string): Promise<string | undefined>;
}

/** Name of a cluster's auth provider. */
export function providerOf(cluster: ClusterDetails): string | undefined {
  return cluster.authMetadata[PROVIDER];
}

/** The address and certificates of the cluster that the portal itself runs in, when `cluster` means that one. */
async function inCluster(
  cluster: ClusterDetails,
  { env, readFile }: Surroundings,
): Promise<Pick<KubernetesConnection, 'url' | 'ca'> | undefined> {
  if (providerOf(cluster) !== 'serviceAccount') return undefined;
  if (cluster.authMetadata.serviceAccountToken) return undefined;
  const ca = await readFile(IN_CLUSTER_CA);
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = env;
  if (ca === undefined || !host) return undefined;
  const name = host.includes(':') ? `[${host}]` : host;
  return { url: `https://${name}${port ? `:${port}` : ''}`, ca };
}

/**
 * How to reach a cluster, by the rules of the kubernetes plugin's own proxy: the pod's own account before the configured address,
 * `caFile` before `caData`.
 *
 * @throws Error when `caFile` is not there
 */
export async function connectionOf(
  cluster: ClusterDetails,
  surroundings: Surroundings,
): Promise<KubernetesConnection> {
  const { name, title, url, dashboardUrl, caFile, caData } = cluster;
  const common = {
    name,
    title,
    dashboardUrl,
    authProvider: providerOf(cluster),
    skipTlsVerify: cluster.skipTLSVerify ?? false,
  };
  const own = await inCluster(cluster, surroundings);
  if (own) return { ...common, ...own };
  if (caFile) {
    const ca = await surroundings.readFile(caFile);
    if (ca === undefined) {
      throw new Error(`The caFile of cluster "${name}" cannot be read`);
    }
    return { ...common, url, ca };
  }
  return {
    ...common,
    url,
    ca: caData && Buffer.from(caData, 'base64').toString('utf8'),
  };
}

/** @throws ServiceUnavailableError when the cluster is only for people's own sign-in */
export function refusePeoplesOwn(cluster: ClusterDetails): void {
  const provider = providerOf(cluster);
  if (!provider || !PEOPLES_OWN.has(provider)) return;
  throw new ServiceUnavailableError(
    `Cluster "${cluster.name}" knows only people's own sign-in (authProvider ${provider}). Give the portal a service account there: authProvider serviceAccount, aws, azure or googleServiceAccount`,
  );
}

/** A credential of the kubernetes plugin in our form. */
export function credentialOf(
  credential: KubernetesCredential,
): KubernetesAccessCredential {
  switch (credential.type) {
    case 'bearer token':
      return { type: 'token', token: credential.token };
    case 'x509 client certificate':
      return {
        type: 'certificate',
        cert: credential.cert,
        key: credential.key,
      };
    default:
      return { type: 'anonymous' };
  }
}
