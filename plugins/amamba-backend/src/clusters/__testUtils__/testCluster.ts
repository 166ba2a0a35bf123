import { randomBytes } from 'crypto';
import { readFileSync } from 'fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { namespaces } from '../cache/kinds';
import type { ClusterEndpoint } from '../client/endpoint';
import { HttpKubernetesClient } from '../client/HttpKubernetesClient';

const pem = z
  .string()
  .transform(text => Buffer.from(text, 'base64').toString('utf8'))
  .optional();

const kubeconfigSchema = z.object({
  'current-context': z.string(),
  contexts: z.array(
    z.object({
      name: z.string(),
      context: z.object({ cluster: z.string(), user: z.string() }),
    }),
  ),
  clusters: z.array(
    z.object({
      name: z.string(),
      cluster: z.object({
        server: z.string(),
        'insecure-skip-tls-verify': z.boolean().default(false),
        'certificate-authority-data': pem,
      }),
    }),
  ),
  users: z.array(
    z.object({
      name: z.string(),
      user: z.object({
        token: z.string().optional(),
        'client-certificate-data': pem,
        'client-key-data': pem,
      }),
    }),
  ),
});

function readEndpoint(file: string): ClusterEndpoint {
  const config = kubeconfigSchema.parse(parse(readFileSync(file, 'utf8')));
  const named = <T extends { name: string }>(list: T[], name: string): T => {
    const found = list.find(item => item.name === name);
    if (!found) throw new Error(`${file} has no ${name}`);
    return found;
  };
  const { context } = named(config.contexts, config['current-context']);
  const { cluster } = named(config.clusters, context.cluster);
  const { user } = named(config.users, context.user);
  return {
    name: context.cluster,
    baseUrl: cluster.server,
    ca: cluster['certificate-authority-data'],
    skipTlsVerify: cluster['insecure-skip-tls-verify'],
    proxied: false,
    authorize: async () => ({
      headers: { ...(user.token && { authorization: `Bearer ${user.token}` }) },
      cert: user['client-certificate-data'],
      key: user['client-key-data'],
      secrets: user.token ? [user.token] : [],
    }),
  };
}

/** The real cluster that tests run against. */
export interface TestCluster {
  endpoint: ClusterEndpoint;
  /** with the rights of an administrator */
  client: HttpKubernetesClient;
  /** a namespace of the test's own, deleted after all tests */
  namespace: string;
}

const { KUBECONFIG, CI } = process.env;

/**
 * Runs tests against the cluster that `KUBECONFIG` names. Without one they are skipped on a developer's machine and fail in CI.
 *
 * @param define - gets the cluster through a function, because it is there only when tests run
 */
export function describeCluster(
  name: string,
  define: (cluster: () => TestCluster) => void,
): void {
  if (!KUBECONFIG && !CI) {
    // eslint-disable-next-line jest/no-disabled-tests -- needs what this machine does not have
    describe.skip(`${name} (set KUBECONFIG to run)`, () => {
      define(neverRuns);
    });
    return;
  }
  describe(`${name}`, () => {
    let cluster: TestCluster | undefined;
    beforeAll(async () => {
      const endpoint = readEndpoint(z.string().parse(KUBECONFIG));
      const client = new HttpKubernetesClient(endpoint);
      const namespace = `test-${randomBytes(4).toString('hex')}`;
      await client.create(namespaces, {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace },
      });
      cluster = { endpoint, client, namespace };
    });
    afterAll(async () => {
      if (!cluster) return;
      await cluster.client.delete(namespaces, { name: cluster.namespace });
      await cluster.client.close();
    });
    define(() => cluster ?? neverRuns());
  });
}

function neverRuns(): never {
  throw new Error('There is no cluster');
}
