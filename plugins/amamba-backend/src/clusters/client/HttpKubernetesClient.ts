import type { KubeObject } from '@amamba/backstage-plugin-amamba-common';
import type { JsonObject } from '@backstage/types';
import type { Readable } from 'stream';
import { path } from '../../http';
import { issueToken, mayI, rulesIn, whoAmI } from './access';
import { ClusterTransport } from './ClusterTransport';
import { DiscoveryReader } from './discovery';
import type { ClusterEndpoint } from './endpoint';
import type { ExecOptions, ExecSession } from './exec';
import { openExec } from './openExec';
import {
  countObjects,
  getObject,
  listAllObjects,
  listMetadata,
  listObjects,
  openLog,
} from './reads';
import type {
  AccessQuestion,
  ApplyOptions,
  CallOptions,
  DeleteOptions,
  KubernetesClient,
  ListOptions,
  LogOptions,
  ObjectRef,
  Patch,
  ResourceType,
  SelectOptions,
  Subresource,
  WatchOptions,
  WriteOptions,
} from './types';
import { watchEvents } from './watchEvents';
import {
  applyObject,
  createObject,
  createSubresource,
  deleteObject,
  getScale,
  patchObject,
  setScale,
} from './writes';

/** {@link KubernetesClient} over HTTP. What it does is in the files beside it; here it only comes together. */
export class HttpKubernetesClient implements KubernetesClient {
  readonly #endpoint: ClusterEndpoint;
  readonly #transport: ClusterTransport;
  readonly #discovery: DiscoveryReader;

  constructor(
    endpoint: ClusterEndpoint,
    options: { watchStallMs?: number } = {},
  ) {
    this.#endpoint = endpoint;
    this.#transport = new ClusterTransport(endpoint, options);
    this.#discovery = new DiscoveryReader(this.#transport);
  }

  get cluster(): string {
    return this.#transport.cluster;
  }

  /** Ends all connections. */
  close(): Promise<void> {
    return this.#transport.close();
  }

  get<K extends KubeObject>(
    type: ResourceType,
    ref: ObjectRef,
    options?: CallOptions,
  ) {
    return getObject<K>(this.#transport, type, ref, options);
  }

  list<K extends KubeObject>(type: ResourceType, options?: ListOptions) {
    return listObjects<K>(this.#transport, type, options);
  }

  listMetadata(type: ResourceType, options?: ListOptions) {
    return listMetadata(this.#transport, type, options);
  }

  listAll<K extends KubeObject>(type: ResourceType, options?: ListOptions) {
    return listAllObjects<K>(this.#transport, type, options);
  }

  count(
    type: ResourceType,
    options?: Pick<SelectOptions, 'namespace' | 'signal' | 'timeoutMs'>,
  ) {
    return countObjects(this.#transport, type, options);
  }

  create<K extends KubeObject>(
    type: ResourceType,
    object: object,
    options?: WriteOptions & { namespace?: string },
  ) {
    return createObject<K>(this.#transport, type, object, options);
  }

  createSubresource<K extends KubeObject>(
    type: ResourceType,
    ref: ObjectRef,
    subresource: Subresource,
    object: object,
    options?: WriteOptions,
  ) {
    return createSubresource<K>(
      this.#transport,
      type,
      ref,
      subresource,
      object,
      options,
    );
  }

  patch<K extends KubeObject>(
    type: ResourceType,
    ref: ObjectRef,
    patch: Patch,
    options?: WriteOptions & { subresource?: Subresource },
  ) {
    return patchObject<K>(this.#transport, type, ref, patch, options);
  }

  apply<K extends KubeObject>(
    type: ResourceType,
    ref: ObjectRef,
    manifest: string | JsonObject,
    options?: ApplyOptions,
  ) {
    return applyObject<K>(this.#transport, type, ref, manifest, options);
  }

  getScale(type: ResourceType, ref: ObjectRef, options?: CallOptions) {
    return getScale(this.#transport, type, ref, options);
  }

  scale(
    type: ResourceType,
    ref: ObjectRef,
    replicas: number,
    options?: WriteOptions,
  ) {
    return setScale(this.#transport, type, ref, replicas, options);
  }

  delete(type: ResourceType, ref: ObjectRef, options?: DeleteOptions) {
    return deleteObject(this.#transport, type, ref, options);
  }

  log(ref: ObjectRef, options?: LogOptions): Promise<Readable> {
    return openLog(this.#transport, ref, options);
  }

  exec(ref: ObjectRef, options: ExecOptions): Promise<ExecSession> {
    return openExec(this.#transport, this.#endpoint, ref, options);
  }

  discovery(options?: CallOptions & { fresh?: boolean }) {
    return this.#discovery.read(options);
  }

  mayI(question: AccessQuestion, options?: CallOptions) {
    return mayI(this.#transport, question, options);
  }

  rules(namespace: string, options?: CallOptions) {
    return rulesIn(this.#transport, namespace, options);
  }

  whoAmI(options?: CallOptions) {
    return whoAmI(this.#transport, options);
  }

  issueToken(
    serviceAccount: ObjectRef,
    options: CallOptions & { expirationSeconds: number },
  ) {
    return issueToken(this.#transport, serviceAccount, options);
  }

  async version(options?: CallOptions): Promise<string> {
    const { gitVersion } = await this.#transport.json<{ gitVersion?: string }>({
      path: path`/version`,
      what: 'its version',
      ...options,
    });
    return gitVersion ?? '';
  }

  watch(type: ResourceType, options?: WatchOptions) {
    return watchEvents(this.#transport, type, options);
  }
}
