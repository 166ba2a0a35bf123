import { isJsonArray, isJsonObject, type JsonObject } from '../manifests';
import {
  nanosNumber,
  parseQuantity,
  quantityText,
  quantityUnit,
} from '../quantities';
import { canonicalQuotaKey } from '../quota';
import type { KubeJson } from '../words';
import { isFormWorkload, valueAt } from './documents';

/** What manifests ask of the quota of their namespace: amounts by canonical key of ResourceQuota, in billionths. */
export type Asked = ReadonlyMap<string, bigint>;

/** One line of a quota against what is asked. */
export interface QuotaAsked {
  readonly key: string;
  /** quantities */
  readonly left: string;
  readonly asked: string;
  /** more is asked than is left */
  readonly over: boolean;
}

const ONE = 1_000_000_000n;

const COUNTED: Readonly<Record<string, string>> = {
  Service: 'services',
  ConfigMap: 'configmaps',
  Secret: 'secrets',
  PersistentVolumeClaim: 'persistentvolumeclaims',
};

function containersOf(pod: KubeJson | undefined, key: string): KubeJson[] {
  const list = valueAt(pod, [key]);
  return isJsonArray(list) ? [...list] : [];
}

function amount(container: KubeJson, side: string, resource: string): bigint {
  const text = valueAt(container, ['resources', side, resource]);
  // without a request the limit counts
  const other =
    text === undefined && side === 'requests'
      ? valueAt(container, ['resources', 'limits', resource])
      : text;
  return typeof other === 'string' || typeof other === 'number'
    ? (parseQuantity(other) ?? 0n)
    : 0n;
}

/** What the containers of a pod take together; what runs before the others only counts when it takes more than they do. */
function podAmount(pod: KubeJson | undefined, side: string, resource: string) {
  const sum = (containers: KubeJson[]) =>
    containers.reduce((all, one) => all + amount(one, side, resource), 0n);
  const together = sum(containersOf(pod, 'containers'));
  return containersOf(pod, 'initContainers').reduce((most, one) => {
    const init = amount(one, side, resource);
    return init > most ? init : most;
  }, together);
}

/** What objects ask of a quota. A DaemonSet asks for each node: what is said of it is for one. */
export function askedResources(objects: readonly JsonObject[]): Asked {
  const asked = new Map<string, bigint>();
  const add = (key: string, value: bigint) => {
    if (value > 0n) asked.set(key, (asked.get(key) ?? 0n) + value);
  };
  for (const object of objects) {
    const { kind, spec } = object;
    if (typeof kind !== 'string') continue;
    if (Object.hasOwn(COUNTED, kind)) add(COUNTED[kind], ONE);
    if (kind === 'Service') {
      const type = valueAt(spec, ['type']);
      if (type === 'LoadBalancer') add('services.loadbalancers', ONE);
    }
    if (!isFormWorkload(kind) || !isJsonObject(spec)) continue;
    const replicas = kind === 'DaemonSet' ? 1 : (spec.replicas ?? 1);
    if (typeof replicas !== 'number' || !Number.isSafeInteger(replicas)) {
      continue;
    }
    const pod = valueAt(spec, ['template', 'spec']);
    add('pods', BigInt(replicas) * ONE);
    for (const side of ['requests', 'limits']) {
      for (const resource of ['cpu', 'memory', 'ephemeral-storage']) {
        add(
          `${side}.${resource}`,
          BigInt(replicas) * podAmount(pod, side, resource),
        );
      }
    }
  }
  return asked;
}

/**
 * What is left of a quota against what is asked, the lines that are asked for only.
 * @param quota - lines as the namespace shows them
 */
export function quotaAsked(
  quota: readonly { key: string; hard: string; used: string }[],
  asked: Asked,
): QuotaAsked[] {
  return quota.flatMap(({ key, hard, used }) => {
    const canonical = canonicalQuotaKey(key);
    const wanted = asked.get(canonical);
    const limit = parseQuantity(hard);
    if (wanted === undefined || limit === undefined) return [];
    const rest = limit - (parseQuantity(used) ?? 0n);
    const left = rest > 0n ? rest : 0n;
    const unit = quantityUnit(canonical);
    return {
      key: canonical,
      left: quantityText(left, unit),
      asked: quantityText(wanted, unit),
      over: nanosNumber(wanted) > nanosNumber(left),
    };
  });
}
