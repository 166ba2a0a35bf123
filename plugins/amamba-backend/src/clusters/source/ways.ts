import type {
  KubernetesAccess,
  KubernetesAccessCredential,
  KubernetesConnection,
} from '@amamba/backstage-plugin-amamba-node';
import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import { z } from 'zod';
import type { Authorization, ClusterEndpoint } from '../client/endpoint';

/** A way to the clusters of the portal. */
export interface ClusterWay {
  /** every cluster once */
  list(): Promise<KubernetesConnection[]>;
  endpoint(connection: KubernetesConnection): ClusterEndpoint;
}

/** Cloud providers give credentials of minutes, and each costs a call to them. */
const CREDENTIAL_MS = 5 * 60_000;
const LIST_MS = 20_000;

function authorizationOf(
  credential: KubernetesAccessCredential,
): Authorization {
  switch (credential.type) {
    case 'token': {
      const token = credential.token.trim();
      return {
        headers: { authorization: `Bearer ${token}` },
        secrets: [token],
      };
    }
    case 'certificate':
      return {
        ...{ headers: {}, cert: credential.cert, key: credential.key },
        secrets: [credential.key],
      };
    default:
      return { headers: {}, secrets: [] };
  }
}

/** Keeps what was fetched for some minutes; a refused one is not given again. Asked by many at once, it fetches once. */
export function keepAuthorization(
  fetch: () => Promise<Authorization>,
  keepMs = CREDENTIAL_MS,
): ClusterEndpoint['authorize'] {
  let kept: { authorization: Authorization; at: number } | undefined;
  let fetching: Promise<Authorization> | undefined;
  return async refused => {
    if (kept && kept.authorization === refused) kept = undefined;
    if (kept && Date.now() - kept.at < keepMs) return kept.authorization;
    fetching ??= fetch()
      .then(authorization => {
        kept = { authorization, at: Date.now() };
        return authorization;
      })
      .finally(() => {
        fetching = undefined;
      });
    return fetching;
  };
}

/** Straight to the API servers, with what the bridge module gives. */
export function bridgeWay(access: KubernetesAccess): ClusterWay {
  return {
    list: () => access.listClusters(),
    endpoint: ({ name, url, ca, skipTlsVerify }) => ({
      ...{ name, ca, baseUrl: url, proxied: false },
      skipTlsVerify: skipTlsVerify ?? false,
      authorize: keepAuthorization(async () =>
        authorizationOf(await access.getCredential(name)),
      ),
    }),
  };
}

const clustersSchema = z.object({
  items: z.array(
    z.object({
      name: z.string(),
      title: z.string().optional(),
      dashboardUrl: z.string().optional(),
      authProvider: z.string().optional(),
    }),
  ),
});

/** Through the HTTP proxy of the kubernetes plugin, which may run in another process. */
export function proxyWay(options: {
  discovery: DiscoveryService;
  auth: AuthService;
}): ClusterWay {
  const { discovery, auth } = options;
  const authorize = keepAuthorization(async () => {
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'kubernetes',
    });
    return { headers: { authorization: `Bearer ${token}` }, secrets: [token] };
  });
  let baseUrl = '';
  return {
    async list() {
      baseUrl = await discovery.getBaseUrl('kubernetes');
      const { headers } = await authorize();
      const answer = await fetch(`${baseUrl}/clusters`, {
        headers,
        signal: AbortSignal.timeout(LIST_MS),
      });
      if (!answer.ok) throw await ResponseError.fromResponse(answer);
      const { items } = clustersSchema.parse(await answer.json());
      return items.map(item => ({ ...item, url: `${baseUrl}/proxy` }));
    },
    endpoint: ({ name, url }) => ({
      ...{ name, baseUrl: url, proxied: true, skipTlsVerify: false },
      async authorize(refused) {
        const { headers, secrets } = await authorize(refused);
        return {
          headers: { ...headers, 'backstage-kubernetes-cluster': name },
          secrets,
        };
      },
    }),
  };
}
