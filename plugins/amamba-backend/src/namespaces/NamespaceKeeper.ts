import type {
  ContainerLimits,
  KubeNamespace,
} from '@amamba/backstage-plugin-amamba-common';
import { ForwardedError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { Cluster, KubernetesClient } from '../clusters';
import {
  markedOwner,
  ownLabels,
  workspaceLabel,
  WORKSPACE_LABEL,
  WORKSPACE_REF_ANNOTATION,
  ENVIRONMENT_LABEL,
} from './marks';
import type { NamespaceRecord } from './records';
import {
  KEPT_NAME,
  LIMIT_RANGE,
  NAMESPACE,
  RESOURCE_QUOTA,
  ROLE_BINDING,
  WRITE_ROLE,
} from './types';

/** What an account of the API is called in a RoleBinding. */
export function bindingSubject(account: string): JsonObject {
  const match = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(account);
  return match
    ? { kind: 'ServiceAccount', namespace: match[1], name: match[2] }
    : {
        kind: 'User',
        name: account,
        apiGroup: 'rbac.authorization.k8s.io',
      };
}

function limitRange(limits: ContainerLimits): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: KEPT_NAME },
    spec: { limits: [{ type: 'Container', ...limits }] },
  };
}

/** Makes a namespace in a cluster what the portal holds it to be. Every step can be repeated. */
export class NamespaceKeeper {
  readonly #cluster: Cluster;
  readonly #client: KubernetesClient;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    this.#client = cluster.client;
  }

  /** Whether a namespace carries the record's mark. */
  static isMarked(namespace: KubeNamespace, record: NamespaceRecord): boolean {
    return markedOwner(namespace) === workspaceLabel(record.workspaceRef);
  }

  /** @throws ConflictError when the cluster has one of that name */
  async create(record: NamespaceRecord): Promise<KubeNamespace> {
    const { object } = await this.#client.create<KubeNamespace>(NAMESPACE, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: record.name,
        labels: { ...record.labels, ...ownLabels(record) },
        annotations: { [WORKSPACE_REF_ANNOTATION]: record.workspaceRef },
      },
    });
    return object;
  }

  /** Everything in the namespace, in the order that lets each step be allowed by the one before. */
  async keep(record: NamespaceRecord): Promise<void> {
    await this.grantAccess(record.name);
    await this.#keepQuota(record);
    await this.#keepLimits(record);
  }

  /**
   * Sets the labels of the record and takes away those that it no longer has.
   * @param before - labels of users that were there until now
   */
  async mark(
    record: NamespaceRecord,
    before: Readonly<Record<string, string>>,
  ): Promise<void> {
    const gone = Object.keys(before).filter(key => !(key in record.labels));
    await this.#client.patch(
      NAMESPACE,
      { name: record.name },
      {
        type: 'merge',
        patch: {
          metadata: {
            labels: {
              ...Object.fromEntries(gone.map(key => [key, null])),
              ...(record.environment ? {} : { [ENVIRONMENT_LABEL]: null }),
              ...record.labels,
              ...ownLabels(record),
            },
            annotations: { [WORKSPACE_REF_ANNOTATION]: record.workspaceRef },
          },
        },
      },
    );
  }

  /** Takes away what says that the namespace is a workspace's, and the portal's right to write in it. */
  async release(record: NamespaceRecord): Promise<void> {
    await this.#client.patch(
      NAMESPACE,
      { name: record.name },
      {
        type: 'merge',
        patch: {
          metadata: {
            labels: { [WORKSPACE_LABEL]: null, [ENVIRONMENT_LABEL]: null },
            annotations: { [WORKSPACE_REF_ANNOTATION]: null },
          },
        },
      },
    );
    await this.#remove(ROLE_BINDING, record.name, WRITE_ROLE);
  }

  /** Deletes the namespace, and only the one that is meant. */
  async delete(record: NamespaceRecord): Promise<void> {
    await this.#client.delete(
      NAMESPACE,
      { name: record.name },
      { propagation: 'Background', uid: record.uid },
    );
  }

  /** Whether the portal's account may write workloads in the namespace. */
  mayWrite(namespace: string): Promise<boolean> {
    return this.#client.mayI({
      ...{ verb: 'patch', group: 'apps', plural: 'deployments' },
      namespace,
    });
  }

  /** Binds the write role to the portal's own account, unless it may write anyway. */
  async grantAccess(namespace: string): Promise<void> {
    if (await this.mayWrite(namespace)) return;
    const account = await this.#client.whoAmI();
    try {
      await this.#client.apply(
        ROLE_BINDING,
        { namespace, name: WRITE_ROLE },
        {
          apiVersion: 'rbac.authorization.k8s.io/v1',
          kind: 'RoleBinding',
          metadata: { name: WRITE_ROLE, namespace },
          roleRef: {
            apiGroup: 'rbac.authorization.k8s.io',
            kind: 'ClusterRole',
            name: WRITE_ROLE,
          },
          subjects: [bindingSubject(account)],
        },
      );
    } catch (error) {
      throw new ForwardedError(
        `The portal's account ${account} may not give itself the right to write in ${namespace} on ${this.#cluster.name}. Apply docs/rbac/amamba.yaml to the cluster`,
        error,
      );
    }
  }

  async #keepQuota({ name, quota }: NamespaceRecord): Promise<void> {
    if (Object.keys(quota).length === 0) {
      await this.#remove(RESOURCE_QUOTA, name, KEPT_NAME);
      return;
    }
    await this.#client.apply(
      RESOURCE_QUOTA,
      { namespace: name, name: KEPT_NAME },
      {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: KEPT_NAME },
        spec: { hard: quota },
      },
      { force: true },
    );
  }

  async #keepLimits({ name, containerLimits }: NamespaceRecord): Promise<void> {
    if (!containerLimits || Object.keys(containerLimits).length === 0) {
      await this.#remove(LIMIT_RANGE, name, KEPT_NAME);
      return;
    }
    await this.#client.apply(
      LIMIT_RANGE,
      { namespace: name, name: KEPT_NAME },
      limitRange(containerLimits),
      { force: true },
    );
  }

  async #remove(
    type: typeof RESOURCE_QUOTA,
    namespace: string,
    name: string,
  ): Promise<void> {
    try {
      await this.#client.delete(type, { namespace, name });
    } catch (error) {
      if ((error as Error).name !== 'NotFoundError') throw error;
    }
  }
}
