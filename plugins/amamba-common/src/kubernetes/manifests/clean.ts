import type { KubeJson } from '../words';
import { isJsonArray, isJsonObject, type JsonObject } from './paths';

/** Metadata that the API server writes: it is refused or ignored when it is sent. */
const SERVER_METADATA = [
  'managedFields',
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'generation',
  'selfLink',
];

/** Annotations that controllers and clients keep their books in. */
const BOOKS =
  /^(?:kubectl\.kubernetes\.io\/(?:last-applied-configuration|restartedAt)|deployment\.kubernetes\.io\/.*|autoscaling\.alpha\.kubernetes\.io\/.*|control-plane\.alpha\.kubernetes\.io\/leader|pv\.kubernetes\.io\/.*|volume\.(?:beta\.)?kubernetes\.io\/.*|deprecated\.daemonset\.template\.generation)$/;

/** Labels that controllers put on what they make. */
const MADE_LABELS = [
  'controller-uid',
  'job-name',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
  'pod-template-hash',
  'controller-revision-hash',
];

function without(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(
    Object.entries(object).filter(([key]) => !keys.includes(key)),
  );
}

/** An object without what the API server adds: what can be sent as it is. */
export function cleanManifest(object: JsonObject): JsonObject {
  const { status: _status, metadata, ...rest } = object;
  if (!isJsonObject(metadata)) return rest;
  const { apiVersion, kind, ...body } = rest;
  return {
    ...(apiVersion !== undefined && { apiVersion }),
    ...(kind !== undefined && { kind }),
    metadata: without(metadata, SERVER_METADATA),
    ...body,
  };
}

/**
 * An object as an editor shows it: what can be sent as it is, without the annotations in which controllers and clients keep their books.
 */
export function editableManifest(object: JsonObject): JsonObject {
  const { metadata, ...rest } = cleanManifest(object);
  if (!isJsonObject(metadata)) return rest;
  const { apiVersion, kind, ...body } = rest;
  const { annotations, ...own } = metadata;
  return {
    ...(apiVersion !== undefined && { apiVersion }),
    ...(kind !== undefined && { kind }),
    metadata: withAnnotations(own, annotations),
    ...body,
  };
}

function emptied(value: KubeJson | undefined): boolean {
  return isJsonObject(value) && Object.keys(value).length === 0;
}

function templateMetadata(metadata: JsonObject): JsonObject {
  const { annotations, ...rest } = without(metadata, [
    ...SERVER_METADATA,
    'namespace',
    'ownerReferences',
    'finalizers',
    'generateName',
  ]);
  if (isJsonObject(rest.labels)) {
    const labels = without(rest.labels, MADE_LABELS);
    return withAnnotations({ ...rest, labels }, annotations);
  }
  return withAnnotations(rest, annotations);
}

function withAnnotations(
  rest: JsonObject,
  annotations: KubeJson | undefined,
): JsonObject {
  if (!isJsonObject(annotations)) return rest;
  const kept = Object.fromEntries(
    Object.entries(annotations).filter(([key]) => !BOOKS.test(key)),
  );
  return emptied(kept) ? rest : { ...rest, annotations: kept };
}

/** What a cluster gave an object of a kind, and another cluster would refuse or has to give anew. */
function localSpec(kind: KubeJson | undefined, spec: JsonObject): JsonObject {
  switch (kind) {
    case 'Service': {
      const headless = spec.clusterIP === 'None';
      const { ports, ...rest } = without(spec, [
        'clusterIPs',
        'ipFamilies',
        'ipFamilyPolicy',
        'internalTrafficPolicy',
        'healthCheckNodePort',
        ...(headless ? [] : ['clusterIP']),
      ]);
      return {
        ...rest,
        ...(isJsonArray(ports) && {
          ports: ports.map(port =>
            isJsonObject(port) ? without(port, ['nodePort']) : port,
          ),
        }),
      };
    }
    case 'PersistentVolumeClaim':
      return without(spec, ['volumeName']);
    case 'Job':
      return without(spec, ['selector', 'manualSelector']);
    default:
      return spec;
  }
}

/** Values that the API server fills in: leaving them out changes nothing. */
const POD_DEFAULTS: JsonObject = {
  restartPolicy: 'Always',
  dnsPolicy: 'ClusterFirst',
  schedulerName: 'default-scheduler',
  terminationGracePeriodSeconds: 30,
};
const CONTAINER_DEFAULTS: JsonObject = {
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
};

function withoutDefaults(object: JsonObject, defaults: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).filter(
      ([key, value]) => defaults[key] !== value && !emptied(value),
    ),
  );
}

function slimTemplate(value: KubeJson): KubeJson {
  if (isJsonArray(value)) return value.map(slimTemplate);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(
    ([key, item]): [string, KubeJson] => {
      if (/^(?:initC|c)ontainers$/.test(key) && isJsonArray(item)) {
        return [
          key,
          item.map(one =>
            isJsonObject(one) ? withoutDefaults(one, CONTAINER_DEFAULTS) : one,
          ),
        ];
      }
      return [key, slimTemplate(item)];
    },
  );
  const slim: JsonObject = Object.fromEntries(entries);
  if (isJsonObject(slim.metadata)) {
    return { ...slim, metadata: templateMetadata(slim.metadata) };
  }
  return 'containers' in slim ? withoutDefaults(slim, POD_DEFAULTS) : slim;
}

/**
 * An object as a template for elsewhere: without namespace, owners, addresses, books of controllers and defaults. The values of Secrets are
 * left out; their keys stay.
 */
export function templateManifest(object: JsonObject): JsonObject {
  const { metadata, spec, ...rest } = cleanManifest(object);
  const cleaned: JsonObject = {
    ...rest,
    ...(isJsonObject(metadata) && { metadata: templateMetadata(metadata) }),
    ...(isJsonObject(spec) && {
      spec: slimTemplate(localSpec(object.kind, spec)),
    }),
  };
  if (object.kind !== 'Secret') return cleaned;
  const { data, stringData, ...secret } = cleaned;
  const keys = [data, stringData].flatMap(part =>
    isJsonObject(part) ? Object.keys(part) : [],
  );
  return {
    ...secret,
    stringData: Object.fromEntries(keys.map(key => [key, ''])),
  };
}
