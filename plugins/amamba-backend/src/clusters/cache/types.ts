import type { KubeObject } from '@amamba/backstage-plugin-amamba-common';
import type { ResourceType } from '../client/types';

/** A kind that can be watched, and what is kept of its objects. Built-in ones are in `kinds`; rooms add their own. */
export interface KindDescriptor<
  K extends KubeObject = KubeObject,
> extends ResourceType {
  /** watched as PartialObjectMetadata: nothing but metadata ever leaves the cluster */
  metadataOnly?: boolean;
  /**
   * The fields that views need, in the places where Kubernetes has them; everything else is forgotten. `pick` makes one from a list. It must
   * build new objects and give the same for the same input.
   */
  keep(object: KubeObject): K;
  /**
   * Paths of sub-objects that are seldom equal between two objects (`status.conditions`); all others are stored once for all that are equal.
   * The root, `metadata`, `spec` and `status` are always among them.
   */
  unshared?: readonly string[];
}

/** How current rows are. */
export interface RowsStatus {
  /**
   * `stopped`: nobody asked for a while; `filling`: the first rows are coming; `live`: a change in the cluster is here within a second;
   * `stale`: the cluster does not answer, rows are as of `asOf`
   */
  state: 'stopped' | 'filling' | 'live' | 'stale';
  /** since when the state holds */
  since: Date;
  /** when the rows were last known to be right; absent when they never were */
  asOf?: Date;
  /** false: the cluster does not have this kind, and so no rows of it */
  served: boolean;
  objects: number;
  /** estimate of what the rows hold, shared parts once */
  bytes: number;
  /** in words, when something is wrong: the cluster, or a namespace that the account may not read */
  problem?: string;
}

/** The rows of a kind in a cluster at one moment, as the watch cache has them. They are shared and frozen in parts: never change them. */
export interface Rows<K extends KubeObject> {
  readonly status: RowsStatus;
  /** in no particular order */
  all(): Iterable<K>;
  inNamespace(namespace: string): readonly K[];
  get(ref: { namespace?: string; name: string }): K | undefined;
  byUid(uid: string): K | undefined;
  /** those with an owner reference to this uid */
  ownedBy(uid: string): readonly K[];
}

/** What changed since the last call, each object once with its newest form. */
export interface RowsChange<K extends KubeObject> {
  upserted: readonly K[];
  deleted: readonly K[];
  status: RowsStatus;
}
