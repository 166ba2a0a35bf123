import { isKubeName } from './names';
import type { KubeQuantity, KubeResourceQuota } from './objects';
import {
  nanosNumber,
  parseQuantity,
  quantityText,
  quantityUnit,
  type QuantityUnit,
} from './quantities';

/** Keys of `spec.hard` with a fixed name (core/v1). */
export const RESOURCE_QUOTA_KEYS = [
  'requests.cpu',
  'limits.cpu',
  'requests.memory',
  'limits.memory',
  'requests.ephemeral-storage',
  'limits.ephemeral-storage',
  'requests.storage',
  'persistentvolumeclaims',
  'pods',
  'services',
  'services.nodeports',
  'services.loadbalancers',
  'configmaps',
  'secrets',
  'replicationcontrollers',
  'resourcequotas',
] as const;

const FIXED: ReadonlySet<string> = new Set<string>([
  ...RESOURCE_QUOTA_KEYS,
  'cpu',
  'memory',
  'ephemeral-storage',
]);

/** What a key of a quota limits. `extended` is a device such as `requests.nvidia.com/gpu`. */
export type QuotaKeyKind =
  'fixed' | 'extended' | 'hugepages' | 'storageClass' | 'count' | 'deviceClass';

/**
 * What a key of `spec.hard` is.
 * @returns undefined when the API server would refuse it, or would take it and never count anything
 */
export function quotaKeyKind(key: string): QuotaKeyKind | undefined {
  if (FIXED.has(key)) return 'fixed';
  if (/^(?:requests\.)?hugepages-\d+(?:[KMGTPE]i)?$/.test(key)) {
    return 'hugepages';
  }
  const slash = key.indexOf('/');
  if (slash < 0) return undefined;
  const [before, after] = [key.slice(0, slash), key.slice(slash + 1)];
  if (before === 'count') {
    return isKubeName('subdomain', after) ? 'count' : undefined;
  }
  const classOf = (suffix: string) =>
    before.endsWith(suffix) &&
    isKubeName('subdomain', before.slice(0, -suffix.length));
  if (before.endsWith('.storageclass.storage.k8s.io')) {
    return classOf('.storageclass.storage.k8s.io') &&
      ['requests.storage', 'persistentvolumeclaims'].includes(after)
      ? 'storageClass'
      : undefined;
  }
  if (before.endsWith('.deviceclass.resource.k8s.io')) {
    return classOf('.deviceclass.resource.k8s.io') && after === 'devices'
      ? 'deviceClass'
      : undefined;
  }
  const device = /^requests\.(.+)$/.exec(before)?.[1];
  return device &&
    !/(?:^|\.)kubernetes\.io$/.test(device) &&
    isKubeName('labelKey', `${device}/${after}`)
    ? 'extended'
    : undefined;
}

/** One way to write a key: `cpu` and `requests.cpu` limit the same. */
export function canonicalQuotaKey(key: string): string {
  return ['cpu', 'memory', 'ephemeral-storage'].includes(key) ||
    key.startsWith('hugepages-')
    ? `requests.${key}`
    : key;
}

/** Why a value of a quota is refused. `params` holds `key` and what the code speaks of. */
export interface QuotaProblem {
  readonly key: string;
  readonly code:
    | 'key'
    | 'quantity'
    | 'negative'
    | 'whole'
    | 'twice'
    | 'limitBelowRequest'
    | 'aboveWorkspace'
    | 'missing';
  readonly message: string;
}

/** Limits of a quota by canonical key, in billionths. */
export type QuotaAmounts = ReadonlyMap<string, bigint>;

/** Limits by key, as they stand in `spec.hard`. */
export type QuotaHard = Readonly<Record<string, KubeQuantity>>;

/** Reads the limits that can be read, by canonical key. */
export function quotaAmounts(hard: QuotaHard | undefined): QuotaAmounts {
  const amounts = new Map<string, bigint>();
  for (const [key, value] of Object.entries(hard ?? {})) {
    const amount = parseQuantity(value);
    if (amount !== undefined) amounts.set(canonicalQuotaKey(key), amount);
  }
  return amounts;
}

function entryProblem(
  key: string,
  value: KubeQuantity,
): QuotaProblem | undefined {
  if (!quotaKeyKind(key)) {
    return { key, code: 'key', message: `${key} is no key of a quota` };
  }
  const amount = parseQuantity(value);
  if (amount === undefined) {
    return { key, code: 'quantity', message: `${value} is no quantity` };
  }
  if (amount < 0n) {
    return { key, code: 'negative', message: `${key} must not be negative` };
  }
  return quantityUnit(key) === 'count' && amount % 1_000_000_000n !== 0n
    ? { key, code: 'whole', message: `${key} must be a whole number` }
    : undefined;
}

/** Everything that is wrong with the limits of a quota; empty when they can be sent. */
export function quotaProblems(hard: QuotaHard): QuotaProblem[] {
  const problems: QuotaProblem[] = [];
  const seen = new Set<string>();
  for (const [key, value] of Object.entries(hard)) {
    const problem = entryProblem(key, value);
    if (problem) problems.push(problem);
    const canonical = canonicalQuotaKey(key);
    if (seen.has(canonical)) {
      const message = `${key} and ${canonical} limit the same; keep one`;
      problems.push({ key, code: 'twice', message });
    }
    seen.add(canonical);
  }
  const amounts = quotaAmounts(hard);
  for (const resource of ['cpu', 'memory', 'ephemeral-storage']) {
    const key = `limits.${resource}`;
    const limit = amounts.get(key);
    const request = amounts.get(`requests.${resource}`);
    if (limit !== undefined && request !== undefined && limit < request) {
      const message = `${key} must not be below requests.${resource}`;
      problems.push({ key, code: 'limitBelowRequest', message });
    }
  }
  return problems;
}

/** How much of a limit is used. */
export interface QuotaBar {
  readonly key: string;
  readonly unit: QuantityUnit;
  /** quantities, as the API server takes them */
  readonly used: string;
  readonly hard: string;
  /** used ÷ hard; above 1 when the quota came later than what it counts, 1 for something of nothing */
  readonly share: number;
}

/** Used against limit, the fullest first. */
export function quotaBars(used: QuotaAmounts, hard: QuotaAmounts): QuotaBar[] {
  return [...hard]
    .map(([key, limit]) => {
      const amount = used.get(key) ?? 0n;
      const unit = quantityUnit(key);
      const share =
        limit === 0n
          ? Number(amount > 0n)
          : nanosNumber(amount) / nanosNumber(limit);
      return {
        key,
        unit,
        used: quantityText(amount, unit),
        hard: quantityText(limit, unit),
        share,
      };
    })
    .sort((a, b) => b.share - a.share || (a.key < b.key ? -1 : 1));
}

/** The bars of a namespace: of several quotas for the same key the smallest limit counts. */
export function namespaceQuotaBars(
  quotas: readonly KubeResourceQuota[],
): QuotaBar[] {
  const hard = new Map<string, bigint>();
  const used = new Map<string, bigint>();
  for (const { spec, status } of quotas) {
    const usedHere = quotaAmounts(status?.used);
    for (const [key, limit] of quotaAmounts(spec?.hard ?? status?.hard)) {
      const before = hard.get(key);
      if (before === undefined || limit < before) {
        hard.set(key, limit);
        used.set(key, usedHere.get(key) ?? 0n);
      }
    }
  }
  return quotaBars(used, hard);
}

/** Adds up amounts by key. */
export function sumQuotas(all: Iterable<QuotaAmounts>): QuotaAmounts {
  const sum = new Map<string, bigint>();
  for (const amounts of all) {
    for (const [key, amount] of amounts) {
      sum.set(key, (sum.get(key) ?? 0n) + amount);
    }
  }
  return sum;
}

/**
 * Whether a namespace's quota fits into what the workspace may use on the cluster: every limited resource must be limited in the namespace
 * too, and all namespaces together stay below it.
 * @param others - the quotas of the workspace's other namespaces on that cluster
 */
export function workspaceQuotaProblems(
  workspace: QuotaHard,
  others: readonly QuotaHard[],
  wanted: QuotaHard,
): QuotaProblem[] {
  const given = sumQuotas(others.map(quotaAmounts));
  const asked = quotaAmounts(wanted);
  const problems: QuotaProblem[] = [];
  for (const [key, limit] of quotaAmounts(workspace)) {
    const amount = asked.get(key);
    const left = limit - (given.get(key) ?? 0n);
    const text = quantityText(left > 0n ? left : 0n, quantityUnit(key));
    if (amount === undefined) {
      const message = `The workspace limits ${key} here, so this namespace must limit it too: at most ${text}`;
      problems.push({ key, code: 'missing', message });
    } else if (amount > left) {
      const message = `${key}: the workspace has ${text} left here`;
      problems.push({ key, code: 'aboveWorkspace', message });
    }
  }
  return problems;
}
