import type { KubeObject } from '@amamba/backstage-plugin-amamba-common';
import { apiVersionOf } from '../apiVersion';
import type { ResourceType } from '../client/types';

type Fields = Readonly<Record<string, unknown>>;

/**
 * What to keep of a value: `true` all of it, a function what it gives (undefined: nothing), an object only the fields that it names. Of a
 * list it says what to keep of each element; those of which nothing stays fall out, and so do
 * empty lists and objects.
 */
export type Shape<T> =
  | true
  | ((value: unknown) => unknown)
  | (NonNullable<T> extends readonly (infer Element)[]
      ? Shape<Element>
      : NonNullable<T> extends object
        ? {
            readonly [Field in keyof NonNullable<T>]?: Shape<
              NonNullable<T>[Field]
            >;
          }
        : never);

type AnyShape =
  true | ((value: unknown) => unknown) | { [field: string]: AnyShape };

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function keepFields(value: unknown, shape: AnyShape): unknown {
  if (value === undefined || value === null || shape === true) {
    return value ?? undefined;
  }
  if (Array.isArray(value)) {
    const kept = value
      .map(element => keepFields(element, shape))
      .filter(element => element !== undefined);
    return kept.length > 0 ? kept : undefined;
  }
  if (typeof shape === 'function') return shape(value);
  if (!isFields(value) || Object.keys(value).length === 0) return undefined;
  const kept: Record<string, unknown> = {};
  for (const field of Object.keys(shape)) {
    const part = keepFields(value[field], shape[field]);
    if (part !== undefined) kept[field] = part;
  }
  return kept;
}

/** Annotations that views read. Others can be long, and some (`last-applied-configuration`) repeat the whole object. */
const ANNOTATIONS =
  /^(?:(?:[a-z0-9-]+\.)?(?:amamba|backstage|argoproj)\.io|deployment\.kubernetes\.io|meta\.helm\.sh)\/|^(?:kubernetes\.io\/(?:change-cause|description)|cronjob\.kubernetes\.io\/instantiate|kubectl\.kubernetes\.io\/restartedAt)$/;
const ANNOTATION_LENGTH = 1_000;

function keepAnnotations(value: unknown): unknown {
  if (!isFields(value)) return undefined;
  const kept = Object.entries(value).filter(
    ([key, text]) =>
      ANNOTATIONS.test(key) &&
      typeof text === 'string' &&
      text.length <= ANNOTATION_LENGTH,
  );
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

const METADATA: Shape<KubeObject['metadata']> = {
  name: true,
  namespace: true,
  uid: true,
  resourceVersion: true,
  generation: true,
  creationTimestamp: true,
  deletionTimestamp: true,
  deletionGracePeriodSeconds: true,
  labels: true,
  annotations: keepAnnotations,
  ownerReferences: {
    apiVersion: true,
    kind: true,
    name: true,
    uid: true,
    controller: true,
  },
  finalizers: true,
};

/** The {@link Shape} of what a kind has besides its metadata. */
export type PickFields<K extends KubeObject> = {
  readonly [Field in Exclude<keyof K, keyof KubeObject>]?: Shape<K[Field]>;
};

/**
 * The `keep` of a kind: its identity, what all objects have (without managed fields and with few annotations), and the fields named here.
 *
 * @example pick(deployments, { spec: { replicas: true }, status: true })
 */
export function pick<K extends KubeObject>(
  type: Pick<ResourceType, 'group' | 'version' | 'kind'>,
  fields?: PickFields<K>,
): (object: KubeObject) => K {
  const identity = { apiVersion: apiVersionOf(type), kind: type.kind };
  const shape: AnyShape = { metadata: METADATA, ...fields } as AnyShape;
  return object =>
    Object.assign({ ...identity }, keepFields(object, shape)) as K;
}
