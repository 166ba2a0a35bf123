import {
  createKubernetesAccessSlot,
  kubernetesAccessRef,
} from '@amamba/backstage-plugin-amamba-node';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import type { TestBackend } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import type { TestCluster } from 'sandbox';
import request from 'supertest';
import { as, startPortal } from './portal';

/** What clusters of a portal are called in tests. */
export const clusterName = (index: number) => `test-${index}`;

/** A portal with real clusters, and short ways to ask it. */
export class ClusterPortal {
  readonly backend: TestBackend;

  constructor(backend: TestBackend) {
    this.backend = backend;
  }

  call(
    method: 'get' | 'post' | 'put' | 'delete',
    path: string,
    user: string,
    body?: object,
  ) {
    const call = request(this.backend.server)
      [method](`/api/amamba/v1${path}`)
      .set('Authorization', as(user));
    return body ? call.send(body) : call;
  }

  get(path: string, user: string) {
    return this.call('get', path, user);
  }

  stop(): Promise<void> {
    return this.backend.stop();
  }
}

/** Starts the plugin with the tests' clusters, as the bridge module would hand them over. */
export async function startClusterPortal(
  clusters: readonly Pick<TestCluster, 'access' | 'portal'>[],
  options: {
    amamba?: JsonObject;
    /** `admin` may everything in the clusters, `portal` what docs/rbac/amamba.yaml gives; default: portal where there is one */
    account?: 'admin' | 'portal';
  } = {},
): Promise<ClusterPortal> {
  const slot = createKubernetesAccessSlot();
  const accessOf = ({ access, portal }: (typeof clusters)[number]) =>
    options.account === 'admin' ? access : (portal ?? access);
  slot.provide({
    listClusters: async () =>
      clusters.map((cluster, index) => {
        const { url, ca, skipTlsVerify } = accessOf(cluster);
        return { name: clusterName(index), url, ca, skipTlsVerify };
      }),
    getCredential: async name => {
      const cluster = clusters.find((_, index) => clusterName(index) === name);
      if (!cluster) throw new Error(`No cluster ${name}`);
      const { token } = accessOf(cluster);
      if (!token) throw new Error(`The cluster ${name} is opened by no token`);
      return { type: 'token', token };
    },
  });
  const backend = await startPortal({
    amamba: options.amamba,
    config: { kubernetes: {} },
    features: [
      createServiceFactory({
        service: kubernetesAccessRef,
        deps: {},
        factory: () => slot,
      }),
    ],
  });
  return new ClusterPortal(backend);
}
