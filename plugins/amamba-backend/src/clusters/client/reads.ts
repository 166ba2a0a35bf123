import type { KubeObject } from '@amamba/backstage-plugin-amamba-common';
import { InputError } from '@backstage/errors';
import type { Readable } from 'stream';
import { apiVersionOf } from '../apiVersion';
import type { ClusterRequest, ClusterTransport } from './ClusterTransport';
import {
  checkFieldSelector,
  checkLabelSelector,
  collectionPath,
  collectionTitle,
  objectPath,
  objectTitle,
} from './paths';
import type {
  CallOptions,
  ListOptions,
  ListPage,
  LogOptions,
  ObjectRef,
  ResourceType,
  SelectOptions,
} from './types';

const MAX_PAGE = 500;
const METADATA_LIST =
  'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

/** A list as the API server sends it. */
interface ListBody {
  metadata?: {
    resourceVersion?: string;
    continue?: string;
    remainingItemCount?: number;
  };
  items?: KubeObject[];
}

const PODS: ResourceType = {
  group: '',
  version: 'v1',
  plural: 'pods',
  kind: 'Pod',
  namespaced: true,
};

/** Address and conditions of a list or watch; selectors are checked here. */
export function selection(
  type: ResourceType,
  options: SelectOptions,
): Pick<ClusterRequest, 'path' | 'query' | 'what' | 'signal' | 'timeoutMs'> {
  return {
    path: collectionPath(type, options.namespace),
    what: collectionTitle(type, options.namespace),
    query: {
      labelSelector: checkLabelSelector(options.labelSelector) || undefined,
      fieldSelector: checkFieldSelector(options.fieldSelector),
    },
    signal: options.signal,
    timeoutMs: options.timeoutMs,
  };
}

/** One object. */
export async function getObject<K extends KubeObject>(
  transport: ClusterTransport,
  type: ResourceType,
  ref: ObjectRef,
  options: CallOptions = {},
): Promise<K> {
  return transport.json<K>({
    path: objectPath(type, ref),
    what: objectTitle(type, ref),
    ...options,
  });
}

/** One page of a list. */
export async function listObjects<K extends KubeObject>(
  transport: ClusterTransport,
  type: ResourceType,
  options: ListOptions = {},
  accept?: string,
): Promise<ListPage<K>> {
  const { limit = MAX_PAGE } = options;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE) {
    throw new InputError(`A page has 1 to ${MAX_PAGE} objects`);
  }
  const selected = selection(type, options);
  const body = await transport.json<ListBody>({
    ...selected,
    accept,
    query: { ...selected.query, limit, continue: options.continue },
  });
  const identity = { apiVersion: apiVersionOf(type), kind: type.kind };
  return {
    items: (body.items ?? []).map(item => Object.assign(item as K, identity)),
    continue: body.metadata?.continue || undefined,
    remaining: body.metadata?.remainingItemCount,
    resourceVersion: body.metadata?.resourceVersion ?? '',
  };
}

export async function listMetadata(
  transport: ClusterTransport,
  type: ResourceType,
  options: ListOptions = {},
): Promise<ListPage<KubeObject>> {
  return listObjects(transport, type, options, METADATA_LIST);
}

/** All pages, one after the other. */
export async function* listAllObjects<K extends KubeObject>(
  transport: ClusterTransport,
  type: ResourceType,
  options: ListOptions = {},
): AsyncGenerator<K> {
  let next = options.continue;
  do {
    const page: ListPage<K> = await listObjects(transport, type, {
      ...options,
      continue: next,
    });
    yield* page.items;
    next = page.continue;
  } while (next !== undefined);
}

/** How many there are: the API server counts what does not fit into a page of one. */
export async function countObjects(
  transport: ClusterTransport,
  type: ResourceType,
  options: Pick<SelectOptions, 'namespace' | 'signal' | 'timeoutMs'> = {},
): Promise<number> {
  const { items, remaining = 0 } = await listMetadata(transport, type, {
    ...options,
    limit: 1,
  });
  return items.length + remaining;
}

/** The log of a container as it comes. */
export async function openLog(
  transport: ClusterTransport,
  ref: ObjectRef,
  options: LogOptions = {},
): Promise<Readable> {
  if (options.sinceTime !== undefined && options.sinceSeconds !== undefined) {
    throw new InputError('A log begins at a time or at an age, not at both');
  }
  return transport.stream({
    path: objectPath(PODS, ref, 'log'),
    what: `the log of ${objectTitle(PODS, ref)}`,
    accept: '*/*',
    query: {
      container: options.container,
      follow: options.follow,
      previous: options.previous,
      sinceTime: options.sinceTime,
      sinceSeconds: options.sinceSeconds,
      tailLines: options.tailLines,
      limitBytes: options.limitBytes,
      timestamps: options.timestamps ?? true,
    },
    signal: options.signal,
    timeoutMs: options.timeoutMs,
  });
}
