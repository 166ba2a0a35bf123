import type { KubeObject } from '@amamba/backstage-plugin-amamba-common';
import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { Readable } from 'stream';
import {
  followLog,
  type AccessQuestion,
  type ApplyOptions,
  type CallOptions,
  type Cluster,
  type DeleteOptions,
  type ExecOptions,
  type ExecSession,
  type FollowLogOptions,
  type IssuedToken,
  type KindDescriptor,
  type ListOptions,
  type ListPage,
  type LogBatch,
  type LogOptions,
  type Patch,
  type ResourceType,
  type RowsStatus,
  type Subresource,
  type WriteOptions,
  type Written,
} from '../clusters';
import type { WorkspaceRecord } from '../workspaces';
import type { NamespaceRecord } from './records';

/** Rows of a kind in one namespace. */
export interface NamespaceRows<K extends KubeObject> {
  readonly status: RowsStatus;
  readonly items: readonly K[];
  get(name: string): K | undefined;
  ownedBy(uid: string): readonly K[];
}

function inNamespace(type: ResourceType): void {
  if (!type.namespaced) {
    throw new InputError(
      `${type.kind} belongs to the whole cluster, not to a namespace of a workspace.`,
    );
  }
}

/**
 * Everything that a workspace can do in one of its namespaces, and nothing beside: no method takes a namespace, and kinds
 * that belong to the whole cluster are refused. Rooms get this instead of the cluster's client.
 */
export class OwnedNamespace {
  readonly #cluster: Cluster;
  readonly record: NamespaceRecord;
  readonly workspace: WorkspaceRecord;

  constructor(
    cluster: Cluster,
    record: NamespaceRecord,
    workspace: WorkspaceRecord,
  ) {
    this.#cluster = cluster;
    this.record = record;
    this.workspace = workspace;
  }

  /** name of the cluster */
  get cluster(): string {
    return this.#cluster.name;
  }

  get name(): string {
    return this.record.name;
  }

  get environment(): string | undefined {
    return this.record.environment ?? this.workspace.environment;
  }

  /** What the cluster serves. */
  discovery(): ReturnType<Cluster['client']['discovery']> {
    return this.#cluster.client.discovery();
  }

  /** Where programs that speak to the cluster themselves find it; they need a token of {@link issueToken}. */
  apiServer(): ReturnType<Cluster['apiServer']> {
    return this.#cluster.apiServer();
  }

  async rows<K extends KubeObject>(
    kind: KindDescriptor<K>,
    options?: { waitMs?: number },
  ): Promise<NamespaceRows<K>> {
    inNamespace(kind);
    const rows = await this.#cluster.rows(kind, options);
    const namespace = this.name;
    return {
      status: rows.status,
      items: rows.inNamespace(namespace),
      get: name => rows.get({ namespace, name }),
      ownedBy: uid =>
        rows
          .ownedBy(uid)
          .filter(({ metadata }) => metadata.namespace === namespace),
    };
  }

  /**
   * Calls back after objects of the kind changed here, and keeps their watch running.
   * @returns ends it
   */
  onChange<K extends KubeObject>(
    kind: KindDescriptor<K>,
    listener: () => void,
  ): () => void {
    inNamespace(kind);
    const isHere = ({ metadata }: KubeObject) =>
      metadata.namespace === this.name;
    return this.#cluster.subscribe(kind, ({ upserted, deleted }) => {
      if (upserted.some(isHere) || deleted.some(isHere)) listener();
    });
  }

  get<K extends KubeObject>(
    type: ResourceType,
    name: string,
    options?: CallOptions,
  ): Promise<K> {
    return this.#cluster.client.get(type, this.#ref(type, name), options);
  }

  list<K extends KubeObject>(
    type: ResourceType,
    options?: Omit<ListOptions, 'namespace'>,
  ): Promise<ListPage<K>> {
    inNamespace(type);
    return this.#cluster.client.list(type, {
      ...options,
      namespace: this.name,
    });
  }

  /** Page after page, until there are `max` of them or no more. */
  async listUpTo<K extends KubeObject>(
    type: ResourceType,
    max: number,
    options?: Omit<ListOptions, 'namespace' | 'limit' | 'continue'>,
  ): Promise<K[]> {
    inNamespace(type);
    const found: K[] = [];
    const all = this.#cluster.client.listAll<K>(type, {
      ...options,
      namespace: this.name,
    });
    for await (const object of all) {
      found.push(object);
      if (found.length >= max) break;
    }
    return found;
  }

  create<K extends KubeObject>(
    type: ResourceType,
    object: object,
    options?: WriteOptions,
  ): Promise<Written<K>> {
    inNamespace(type);
    return this.#cluster.client.create(type, object, {
      ...options,
      namespace: this.name,
    });
  }

  createSubresource<K extends KubeObject>(
    type: ResourceType,
    name: string,
    subresource: Subresource,
    object: object,
    options?: WriteOptions,
  ): Promise<Written<K>> {
    return this.#cluster.client.createSubresource(
      type,
      this.#ref(type, name),
      subresource,
      object,
      options,
    );
  }

  patch<K extends KubeObject>(
    type: ResourceType,
    name: string,
    patch: Patch,
    options?: WriteOptions & { subresource?: Subresource },
  ): Promise<Written<K>> {
    return this.#cluster.client.patch(
      type,
      this.#ref(type, name),
      patch,
      options,
    );
  }

  apply<K extends KubeObject>(
    type: ResourceType,
    name: string,
    manifest: string | JsonObject,
    options?: ApplyOptions,
  ): Promise<Written<K>> {
    return this.#cluster.client.apply(
      type,
      this.#ref(type, name),
      manifest,
      options,
    );
  }

  scale(
    type: ResourceType,
    name: string,
    replicas: number,
    options?: WriteOptions,
  ): ReturnType<Cluster['client']['scale']> {
    return this.#cluster.client.scale(
      type,
      this.#ref(type, name),
      replicas,
      options,
    );
  }

  delete(
    type: ResourceType,
    name: string,
    options?: DeleteOptions,
  ): Promise<string[]> {
    return this.#cluster.client.delete(type, this.#ref(type, name), options);
  }

  log(pod: string, options?: LogOptions): Promise<Readable> {
    return this.#cluster.client.log(
      { namespace: this.name, name: pod },
      options,
    );
  }

  /** The log of a container by lines, resumed where it breaks off. */
  followLog(pod: string, options: FollowLogOptions): AsyncGenerator<LogBatch> {
    return followLog(
      this.#cluster.client,
      { namespace: this.name, name: pod },
      options,
    );
  }

  exec(pod: string, options: ExecOptions): Promise<ExecSession> {
    return this.#cluster.client.exec(
      { namespace: this.name, name: pod },
      options,
    );
  }

  /** Whether the portal's own account may do something here. */
  mayI(question: Omit<AccessQuestion, 'namespace'>): Promise<boolean> {
    return this.#cluster.client.mayI({ ...question, namespace: this.name });
  }

  issueToken(
    serviceAccount: string,
    options: CallOptions & { expirationSeconds: number },
  ): Promise<IssuedToken> {
    return this.#cluster.client.issueToken(
      { namespace: this.name, name: serviceAccount },
      options,
    );
  }

  #ref(type: ResourceType, name: string) {
    inNamespace(type);
    return { namespace: this.name, name };
  }
}
