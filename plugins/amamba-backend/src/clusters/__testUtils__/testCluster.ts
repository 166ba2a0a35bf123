import { describeWithClusters } from 'sandbox';
import type { ClusterEndpoint } from '../client/endpoint';
import { HttpKubernetesClient } from '../client/HttpKubernetesClient';

/** The real cluster that tests run against. */
export interface TestCluster {
  endpoint: ClusterEndpoint;
  /** with the rights of an administrator */
  client: HttpKubernetesClient;
  /** a namespace of the test's own, deleted after all tests */
  namespace: string;
}

/** The same cluster, with this token. */
export function withToken(
  endpoint: ClusterEndpoint,
  token: string,
): ClusterEndpoint {
  return {
    ...endpoint,
    authorize: async () => ({
      headers: { authorization: `Bearer ${token}` },
      secrets: [token],
    }),
  };
}

/**
 * Runs tests against a real cluster: that of `KUBECONFIG`, else a local one. Where there is none they are skipped on a developer's
 * machine and fail in CI.
 *
 * @param define - gets the cluster through a function, because it is there only when tests run
 */
export function describeCluster(
  name: string,
  define: (cluster: () => TestCluster) => void,
): void {
  describeWithClusters(1, name, clusters => {
    let cluster: TestCluster | undefined;
    beforeAll(() => {
      const [{ name: title, access, namespace }] = clusters();
      const { url, token, cert, key, ca, skipTlsVerify = false } = access;
      const endpoint: ClusterEndpoint = {
        ...{ name: title, baseUrl: url, ca, skipTlsVerify, proxied: false },
        authorize: async () => ({
          headers: { ...(token && { authorization: `Bearer ${token}` }) },
          ...{ cert, key },
          secrets: token ? [token] : [],
        }),
      };
      const client = new HttpKubernetesClient(endpoint);
      cluster = { endpoint, client, namespace };
    });
    afterAll(() => cluster?.client.close());
    define(() => {
      if (!cluster) throw new Error('There is no cluster yet');
      return cluster;
    });
  });
}

/** Waits until it holds, at most some seconds. */
export async function eventually(
  check: () => unknown,
  timeoutMs = 10_000,
): Promise<void> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise(resolve => setTimeout(resolve, 25));
    }
  }
}
