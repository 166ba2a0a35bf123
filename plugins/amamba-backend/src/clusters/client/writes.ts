import type { KubeObject } from '@amamba/backstage-plugin-amamba-common';
import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type {
  ClusterAnswer,
  ClusterRequest,
  ClusterTransport,
} from './ClusterTransport';
import { collectionPath, objectPath, objectTitle } from './paths';
import type {
  ApplyOptions,
  CallOptions,
  DeleteOptions,
  ObjectRef,
  Patch,
  ResourceType,
  Scale,
  Subresource,
  WriteOptions,
  Written,
} from './types';

/** Who writes, for all users alike: the person stands in the audit log. */
const FIELD_MANAGER = 'amamba';
/** what an API server takes */
const MAX_BODY_BYTES = 3_145_728;
const PATCH_TYPES: Record<Patch['type'], string> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
};
const WARNING = /\b299 \S+ "((?:[^"\\]|\\.)*)"/g;

/** Remarks out of the `Warning` headers of an answer. */
export function warningsOf({ headers }: Pick<ClusterAnswer, 'headers'>) {
  const lines = [headers.warning ?? []].flat();
  return lines.flatMap(line =>
    [...line.matchAll(WARNING)].map(([, text]) => text.replace(/\\(.)/g, '$1')),
  );
}

function writing(options: WriteOptions): Pick<
  ClusterRequest,
  'signal' | 'timeoutMs'
> & {
  query: Record<string, string | boolean | undefined>;
} {
  return {
    query: {
      fieldManager: FIELD_MANAGER,
      dryRun: options.dryRun ? 'All' : undefined,
    },
    signal: options.signal,
    timeoutMs: options.timeoutMs,
  };
}

async function write<K extends KubeObject>(
  transport: ClusterTransport,
  request: ClusterRequest,
): Promise<Written<K>> {
  if (Buffer.byteLength(request.body?.text ?? '') > MAX_BODY_BYTES) {
    throw new InputError(
      `${request.what} is larger than a cluster takes (3 MB)`,
    );
  }
  const answer = await transport.text(request);
  return {
    object: transport.parse<K>(request, answer),
    warnings: warningsOf(answer),
  };
}

function nameOf(object: object): string {
  const { metadata } = object as Partial<KubeObject>;
  return metadata?.name ?? '(without a name)';
}

export async function createObject<K extends KubeObject>(
  transport: ClusterTransport,
  type: ResourceType,
  object: object,
  options: WriteOptions & { namespace?: string } = {},
): Promise<Written<K>> {
  const { namespace } = options;
  const common = writing(options);
  return write(transport, {
    ...common,
    method: 'POST',
    path: collectionPath(type, namespace),
    what: objectTitle(type, { namespace, name: nameOf(object) }),
    query: { ...common.query, fieldValidation: 'Strict' },
    body: { text: JSON.stringify(object), contentType: 'application/json' },
  });
}

export async function createSubresource<K extends KubeObject>(
  transport: ClusterTransport,
  type: ResourceType,
  ref: ObjectRef,
  subresource: Subresource,
  object: object,
  options: WriteOptions = {},
): Promise<Written<K>> {
  return write(transport, {
    ...writing(options),
    method: 'POST',
    path: objectPath(type, ref, subresource),
    what: `${objectTitle(type, ref)} (${subresource})`,
    body: { text: JSON.stringify(object), contentType: 'application/json' },
  });
}

export async function patchObject<K extends KubeObject>(
  transport: ClusterTransport,
  type: ResourceType,
  ref: ObjectRef,
  patch: Patch,
  options: WriteOptions & { subresource?: Subresource } = {},
): Promise<Written<K>> {
  const common = writing(options);
  return write(transport, {
    ...common,
    method: 'PATCH',
    path: objectPath(type, ref, options.subresource),
    what: objectTitle(type, ref),
    query: { ...common.query, fieldValidation: 'Strict' },
    body: {
      text: JSON.stringify(patch.patch),
      contentType: PATCH_TYPES[patch.type],
    },
  });
}

/** Whether a text holds a second document, of which an API server would say nothing. Markers inside of texts are indented. */
export function hasSeveralDocuments(text: string): boolean {
  const documents = text
    .split(/^(?:---|\.\.\.)(?=\s|$)/m)
    .filter(part =>
      part.split('\n').some(line => !/^\s*(?:#.*|%.*)?$/.test(line)),
    );
  return documents.length > 1;
}

/** @throws InputError for several documents */
export async function applyObject<K extends KubeObject>(
  transport: ClusterTransport,
  type: ResourceType,
  ref: ObjectRef,
  manifest: string | JsonObject,
  options: ApplyOptions = {},
): Promise<Written<K>> {
  const text =
    typeof manifest === 'string' ? manifest : JSON.stringify(manifest);
  if (hasSeveralDocuments(text)) {
    throw new InputError(
      `The text of ${objectTitle(type, ref)} has several documents. Apply one at a time`,
    );
  }
  const common = writing(options);
  return write(transport, {
    ...common,
    method: 'PATCH',
    path: objectPath(type, ref),
    what: objectTitle(type, ref),
    query: {
      ...common.query,
      fieldManager: options.manager ?? FIELD_MANAGER,
      fieldValidation: 'Strict',
      force: options.force ? true : undefined,
    },
    body: { text, contentType: 'application/apply-patch+yaml' },
  });
}

interface ScaleBody extends KubeObject {
  spec?: { replicas?: number };
  status?: { replicas?: number; selector?: string };
}

function scaleOf({ spec, status }: ScaleBody): Scale {
  return {
    wanted: spec?.replicas ?? 0,
    current: status?.replicas ?? 0,
    selector: status?.selector || undefined,
  };
}

export async function getScale(
  transport: ClusterTransport,
  type: ResourceType,
  ref: ObjectRef,
  options: CallOptions = {},
): Promise<Scale> {
  return scaleOf(
    await transport.json<ScaleBody>({
      path: objectPath(type, ref, 'scale'),
      what: `the scale of ${objectTitle(type, ref)}`,
      ...options,
    }),
  );
}

export async function setScale(
  transport: ClusterTransport,
  type: ResourceType,
  ref: ObjectRef,
  replicas: number,
  options: WriteOptions = {},
): Promise<Scale> {
  if (!Number.isInteger(replicas) || replicas < 0) {
    throw new InputError('The number of replicas must be 0 or more');
  }
  const { object } = await patchObject<ScaleBody>(
    transport,
    type,
    ref,
    { type: 'merge', patch: { spec: { replicas } } },
    { ...options, subresource: 'scale' },
  );
  return scaleOf(object);
}

export async function deleteObject(
  transport: ClusterTransport,
  type: ResourceType,
  ref: ObjectRef,
  options: DeleteOptions = {},
): Promise<string[]> {
  const { uid, resourceVersion, propagation = 'Background' } = options;
  const body = {
    kind: 'DeleteOptions',
    apiVersion: 'v1',
    propagationPolicy: propagation,
    gracePeriodSeconds: options.gracePeriodSeconds,
    // In the query it would be ignored, because there is a body.
    dryRun: options.dryRun ? ['All'] : undefined,
    preconditions:
      uid === undefined && resourceVersion === undefined
        ? undefined
        : { uid, resourceVersion },
  };
  const answer = await transport.text({
    method: 'DELETE',
    path: objectPath(type, ref),
    what: objectTitle(type, ref),
    body: { text: JSON.stringify(body), contentType: 'application/json' },
    signal: options.signal,
    timeoutMs: options.timeoutMs,
  });
  return warningsOf(answer);
}
