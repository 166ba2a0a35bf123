import type { KubeObject } from '@amamba/backstage-plugin-amamba-common';
import type { JsonObject, JsonValue } from '@backstage/types';
import type { Readable } from 'stream';
import type { ExecOptions, ExecSession } from './exec';

/** A kind of objects as the API addresses it. All parts are checked before they get into an address. */
export interface ResourceType {
  /** '' for the core group */
  group: string;
  version: string;
  plural: string;
  kind: string;
  namespaced: boolean;
}

/** One object of a kind. */
export interface ObjectRef {
  /** needed for namespaced kinds, refused for others */
  namespace?: string;
  name: string;
}

/** What every call takes. */
export interface CallOptions {
  signal?: AbortSignal;
  /** milliseconds for everything together; 30 s when absent */
  timeoutMs?: number;
}

/** Which objects of a kind. */
export interface SelectOptions extends CallOptions {
  /** absent: all namespaces */
  namespace?: string;
  /** as `kubectl -l` takes it; see `selectorText` of common */
  labelSelector?: string;
  /** only fields that the kind has selectors for */
  fieldSelector?: string;
}

export interface ListOptions extends SelectOptions {
  /** objects a page, 1 to 500; 500 when absent */
  limit?: number;
  /** of the page before */
  continue?: string;
}

/** A page of a list. Items have their `apiVersion` and `kind` put back, which the API server leaves out. */
export interface ListPage<K extends KubeObject> {
  items: K[];
  /** hand it to the next call; absent: this was the last page */
  continue?: string;
  /** how many follow; absent with a selector */
  remaining?: number;
  resourceVersion: string;
}

export interface WriteOptions extends CallOptions {
  /** checked and answered as if, but not stored */
  dryRun?: boolean;
}

export interface ApplyOptions extends WriteOptions {
  /** takes fields that others manage */
  force?: boolean;
  /** to ask with a dry run what would happen if another program applied it */
  manager?: 'helm';
}

/** What was stored, or would be. */
export interface Written<K extends KubeObject> {
  object: K;
  /** what the API server remarks: deprecated versions, PodSecurity; with a dry run show these as errors */
  warnings: string[];
}

/** A change of some fields. Strategic merge exists for built-in kinds only. */
export type Patch =
  | { type: 'json'; patch: JsonPatchOperation[] }
  | { type: 'merge'; patch: JsonObject }
  | { type: 'strategic'; patch: JsonObject };

export interface JsonPatchOperation {
  op: 'add' | 'remove' | 'replace' | 'test' | 'move' | 'copy';
  path: string;
  from?: string;
  value?: JsonValue;
}

/** Parts of an object with a door of their own. */
export type Subresource =
  'scale' | 'status' | 'eviction' | 'ephemeralcontainers' | 'token';

export interface DeleteOptions extends WriteOptions {
  /**
   * what becomes of dependents: deleted afterwards, deleted before, or left; Background when absent, because a Job's pods
   * would be left else
   */
  propagation?: 'Background' | 'Foreground' | 'Orphan';
  /** refuses (ConflictError) when the object is not this one any more */
  uid?: string;
  /** refuses (ConflictError) when the object changed since */
  resourceVersion?: string;
  gracePeriodSeconds?: number;
}

/** `current` is what runs, `wanted` what is asked for. */
export interface Scale {
  wanted: number;
  current: number;
  /** label selector of the pods, when the kind says */
  selector?: string;
}

export interface LogOptions extends CallOptions {
  container?: string;
  follow?: boolean;
  /** of the container that ran before */
  previous?: boolean;
  /** RFC 3339; not together with sinceSeconds */
  sinceTime?: string;
  sinceSeconds?: number;
  /** lines from the end */
  tailLines?: number;
  /** cuts inside of a line */
  limitBytes?: number;
  /** an RFC 3339 time and a blank in front of each line; true when absent */
  timestamps?: boolean;
}

/** A kind as a cluster serves it, by discovery. */
export interface ServedResource extends ResourceType {
  verbs: readonly string[];
  subresources: readonly string[];
}

/** What a cluster serves now. */
export interface Discovery {
  resources: readonly ServedResource[];
  /** the first match in the order of the API server's preference, any version when none is given */
  find(query: {
    group: string;
    kind?: string;
    plural?: string;
    version?: string;
  }): ServedResource | undefined;
  /** whether any version of a group is served */
  hasGroup(group: string): boolean;
}

/** A question to the API server about the portal's own account. */
export interface AccessQuestion {
  verb: string;
  group: string;
  plural: string;
  subresource?: string;
  /** absent: in all namespaces, or for a kind without */
  namespace?: string;
  name?: string;
}

/** What the portal's own account may do in a namespace. */
export interface AccessRules {
  rules: readonly {
    verbs: readonly string[];
    apiGroups: readonly string[];
    resources: readonly string[];
    resourceNames: readonly string[];
  }[];
  /** true: the API server could not tell everything */
  incomplete: boolean;
  /** whether a rule allows it */
  allow(question: Omit<AccessQuestion, 'namespace'>): boolean;
}

/** A short-lived token of a ServiceAccount. Never log it. */
export interface IssuedToken {
  token: string;
  expiresAt: Date;
}

export type WatchEvent =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: KubeObject }
  /** nothing changed up to here; `initial` ends the objects that were there at the beginning */
  | { type: 'BOOKMARK'; resourceVersion: string; initial: boolean };

export interface WatchOptions extends SelectOptions {
  /** where to go on */
  resourceVersion?: string;
  /** begin with all objects as ADDED and a BOOKMARK with `initial` (WatchList) */
  initialEvents?: boolean;
  /** objects come as PartialObjectMetadata */
  metadataOnly?: boolean;
  /** called when the server accepted the watch, before the first event */
  onOpen?: () => void;
}

/**
 * Speaks with the API server of one cluster, with the portal's own account. Whether the caller may do a thing is decided before, in the
 * service that calls.
 *
 * Errors are of `@backstage/errors` and name the cluster: InputError (with field causes, see `kubernetesDetails`), NotFoundError,
 * ConflictError (with the other managers), and UpstreamError when the cluster does not answer, refuses the portal's credentials, or does
 * not allow the portal's account what was asked (naming verb, resource and namespace).
 */
export interface KubernetesClient {
  /** name of the cluster */
  readonly cluster: string;

  get<K extends KubeObject>(
    type: ResourceType,
    ref: ObjectRef,
    options?: CallOptions,
  ): Promise<K>;
  list<K extends KubeObject>(
    type: ResourceType,
    options?: ListOptions,
  ): Promise<ListPage<K>>;
  /** as `list`, but of the objects only `metadata` */
  listMetadata(
    type: ResourceType,
    options?: ListOptions,
  ): Promise<ListPage<KubeObject>>;
  /** all pages, one after the other; stop reading to stop asking */
  listAll<K extends KubeObject>(
    type: ResourceType,
    options?: ListOptions,
  ): AsyncIterable<K>;
  /** how many there are, from one small answer; no selectors */
  count(
    type: ResourceType,
    options?: Pick<SelectOptions, 'namespace' | 'signal' | 'timeoutMs'>,
  ): Promise<number>;

  /** @throws ConflictError when it exists */
  create<K extends KubeObject>(
    type: ResourceType,
    object: object,
    options?: WriteOptions & { namespace?: string },
  ): Promise<Written<K>>;
  /** POST to a part of an object: eviction, token */
  createSubresource<K extends KubeObject>(
    type: ResourceType,
    ref: ObjectRef,
    subresource: Subresource,
    object: object,
    options?: WriteOptions,
  ): Promise<Written<K>>;
  patch<K extends KubeObject>(
    type: ResourceType,
    ref: ObjectRef,
    patch: Patch,
    options?: WriteOptions & { subresource?: Subresource },
  ): Promise<Written<K>>;
  /**
   * Server-side apply of the whole intent, as the text that the user wrote; fields of ours that it leaves out are deleted. One document:
   * of several the API server would take the first and say nothing. Creates what is not there.
   *
   * @throws ConflictError with `conflicts` in its details when others own the fields; `force` takes them
   */
  apply<K extends KubeObject>(
    type: ResourceType,
    ref: ObjectRef,
    manifest: string | JsonObject,
    options?: ApplyOptions,
  ): Promise<Written<K>>;
  getScale(
    type: ResourceType,
    ref: ObjectRef,
    options?: CallOptions,
  ): Promise<Scale>;
  scale(
    type: ResourceType,
    ref: ObjectRef,
    replicas: number,
    options?: WriteOptions,
  ): Promise<Scale>;
  /** Returns what the API server remarks. */
  delete(
    type: ResourceType,
    ref: ObjectRef,
    options?: DeleteOptions,
  ): Promise<string[]>;

  /** The log of a container as it comes; destroy the stream to end it. For lines and resuming use `followLog`. */
  log(ref: ObjectRef, options?: LogOptions): Promise<Readable>;
  exec(ref: ObjectRef, options: ExecOptions): Promise<ExecSession>;

  /** Kept, and asked again with its ETag after a minute, or at once with `fresh`. */
  discovery(options?: CallOptions & { fresh?: boolean }): Promise<Discovery>;
  mayI(question: AccessQuestion, options?: CallOptions): Promise<boolean>;
  rules(namespace: string, options?: CallOptions): Promise<AccessRules>;
  /** name of the portal's account in the cluster */
  whoAmI(options?: CallOptions): Promise<string>;
  /** @param options - expirationSeconds of 600 and more */
  issueToken(
    serviceAccount: ObjectRef,
    options: CallOptions & { expirationSeconds: number },
  ): Promise<IssuedToken>;
  /** `v1.37.2` */
  version(options?: CallOptions): Promise<string>;
  /**
   * Events of a kind until the server closes, the connection breaks, nothing (not even a bookmark) comes for 130 s, or the signal aborts.
   * For rows use the watch cache (`Cluster.rows`) instead.
   *
   * @throws ResourceExpiredError when the resource version is too old (410)
   */
  watch(type: ResourceType, options?: WatchOptions): AsyncIterable<WatchEvent>;
}
