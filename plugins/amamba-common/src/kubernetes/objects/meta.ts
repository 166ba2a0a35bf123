/**
 * Kubernetes objects as far as anything here reads them. Full objects of an API server fit, and so do trimmed ones of a watch cache: what a
 * view can do without is optional. Times are RFC 3339 texts, as the API server writes them.
 */

/** Text by text: labels, annotations, a ConfigMap's data. */
export type KubeTexts = Readonly<Record<string, string>>;

/** Who made an object. */
export interface KubeOwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}

/** Which fields a manager wrote last. `fieldsV1` is a tree of `f:`, `k:`, `v:` and `i:` keys. */
export interface KubeManagedFields {
  readonly manager?: string;
  readonly operation?: string;
  readonly apiVersion?: string;
  readonly time?: string;
  readonly subresource?: string;
  readonly fieldsV1?: Readonly<Record<string, unknown>>;
}

/** What every object has. */
export interface KubeMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly deletionGracePeriodSeconds?: number;
  readonly labels?: KubeTexts;
  readonly annotations?: KubeTexts;
  readonly ownerReferences?: readonly KubeOwnerReference[];
  readonly finalizers?: readonly string[];
  readonly managedFields?: readonly KubeManagedFields[];
}

/** Any object. Items of a LIST have no `apiVersion` and `kind` of their own: put them back before using it here. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: KubeMeta;
}

/** A condition in a status. `status` is `True`, `False` or `Unknown`. */
export interface KubeCondition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

/** `matchLabels` and `matchExpressions`, all of which must hold. */
export interface KubeLabelSelector {
  readonly matchLabels?: KubeTexts;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

/** A name in the same namespace, by kind. */
export interface KubeTargetReference {
  readonly apiVersion?: string;
  readonly kind: string;
  readonly name: string;
}

/** An object whose kind nothing here knows, with the conditions that most kinds have. */
export interface KubeOther extends KubeObject {
  readonly spec?: unknown;
  readonly status?: { readonly conditions?: readonly KubeCondition[] };
}
