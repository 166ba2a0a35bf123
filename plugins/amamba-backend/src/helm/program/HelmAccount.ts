import { ForwardedError } from '@backstage/errors';
import type { ResourceType } from '../../clusters';
import type { OwnedNamespace } from '../../namespaces';

/** ClusterRole of docs/rbac/amamba.yaml, the account that has it in a namespace, and the binding there. */
export const HELM_ROLE = 'amamba-helm';
/** The API server gives none that is shorter. */
const MIN_SECONDS = 600;
const MARGIN_SECONDS = 120;
const KNOWN_MS = 60_000;

const SERVICE_ACCOUNT: ResourceType = {
  group: '',
  version: 'v1',
  plural: 'serviceaccounts',
  kind: 'ServiceAccount',
  namespaced: true,
};
const ROLE_BINDING: ResourceType = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  plural: 'rolebindings',
  kind: 'RoleBinding',
  namespaced: true,
};

/** The account that Helm runs as: one a namespace, which can work there and nowhere else. */
export class HelmAccount {
  readonly #answers = new Map<string, { may: boolean; at: number }>();

  /** Whether the portal may make tokens in the namespace. */
  async isAllowed(namespace: OwnedNamespace): Promise<boolean> {
    const key = `${namespace.cluster}/${namespace.name}`;
    const known = this.#answers.get(key);
    if (known && Date.now() - known.at < KNOWN_MS) return known.may;
    const may = await namespace.mayI({
      ...{ verb: 'create', group: '', plural: 'serviceaccounts' },
      subresource: 'token',
    });
    this.#answers.set(key, { may, at: Date.now() });
    return may;
  }

  /**
   * A token of the account, which is made when it is not there. Never log it.
   * @param seconds - that Helm may wait; undoing what failed takes as long again
   */
  async token(namespace: OwnedNamespace, seconds: number): Promise<string> {
    try {
      await this.#prepare(namespace);
      const { token } = await namespace.issueToken(HELM_ROLE, {
        expirationSeconds: Math.max(MIN_SECONDS, 2 * seconds + MARGIN_SECONDS),
      });
      return token;
    } catch (error) {
      throw new ForwardedError(
        `Helm gets no account in ${namespace.name} on ${namespace.cluster}`,
        error,
      );
    }
  }

  async #prepare(namespace: OwnedNamespace): Promise<void> {
    const metadata = { name: HELM_ROLE, namespace: namespace.name };
    await namespace.apply(SERVICE_ACCOUNT, HELM_ROLE, {
      ...{ apiVersion: 'v1', kind: 'ServiceAccount', metadata },
      automountServiceAccountToken: false,
    });
    await namespace.apply(ROLE_BINDING, HELM_ROLE, {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata,
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: HELM_ROLE,
      },
      subjects: [{ kind: 'ServiceAccount', ...metadata }],
    });
  }
}
