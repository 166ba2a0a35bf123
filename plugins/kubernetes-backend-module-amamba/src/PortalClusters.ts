import type {
  KubernetesAccess,
  KubernetesAccessCredential,
  KubernetesConnection,
} from '@amamba/backstage-plugin-amamba-node';
import type { AuthService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type {
  AuthenticationStrategy,
  ClusterDetails,
  KubernetesClustersSupplier,
} from '@backstage/plugin-kubernetes-node';
import {
  connectionOf,
  credentialOf,
  refusePeoplesOwn,
  type Surroundings,
} from './connection';

/** The kubernetes plugin's own suppliers, in our form. */
export class PortalClusters implements KubernetesAccess {
  readonly #supplier: KubernetesClustersSupplier;
  readonly #strategy: Pick<AuthenticationStrategy, 'getCredential'>;
  readonly #auth: AuthService;
  readonly #surroundings: Surroundings;
  /** as listed last, so that a credential does not ask the catalog again */
  #known = new Map<string, ClusterDetails>();

  constructor(options: {
    supplier: KubernetesClustersSupplier;
    strategy: Pick<AuthenticationStrategy, 'getCredential'>;
    auth: AuthService;
    surroundings: Surroundings;
  }) {
    this.#supplier = options.supplier;
    this.#strategy = options.strategy;
    this.#auth = options.auth;
    this.#surroundings = options.surroundings;
  }

  async listClusters(): Promise<KubernetesConnection[]> {
    const clusters = await this.#list();
    return Promise.all(
      clusters.map(cluster => connectionOf(cluster, this.#surroundings)),
    );
  }

  async getCredential(name: string): Promise<KubernetesAccessCredential> {
    if (!this.#known.has(name)) await this.#list();
    const cluster = this.#known.get(name);
    if (!cluster) throw new NotFoundError(`There is no cluster "${name}"`);
    refusePeoplesOwn(cluster);
    // The plugin's own proxy changes these objects: what is handed on is a copy.
    const copy = { ...cluster, authMetadata: { ...cluster.authMetadata } };
    return credentialOf(await this.#strategy.getCredential(copy, {}));
  }

  async #list(): Promise<ClusterDetails[]> {
    const found = await this.#supplier.getClusters({
      credentials: await this.#auth.getOwnServiceCredentials(),
    });
    const known = new Map<string, ClusterDetails>();
    for (const cluster of found) {
      if (!known.has(cluster.name)) known.set(cluster.name, cluster);
    }
    this.#known = known;
    return [...known.values()];
  }
}
