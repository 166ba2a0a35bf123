import {
  quantityUnit,
  type QuantityUnit,
} from '@amamba/backstage-plugin-amamba-common';
import type { Translate } from '../../translation';

/** Keys of a quota that have words of their own, in the groups and the order of forms. */
export const QUOTA_GROUPS = {
  compute: {
    'requests.cpu': 'requestsCpu',
    'limits.cpu': 'limitsCpu',
    'requests.memory': 'requestsMemory',
    'limits.memory': 'limitsMemory',
    'requests.ephemeral-storage': 'requestsEphemeral',
    'limits.ephemeral-storage': 'limitsEphemeral',
  },
  storage: {
    'requests.storage': 'storage',
    persistentvolumeclaims: 'claims',
  },
  objects: {
    pods: 'pods',
    services: 'services',
    'services.nodeports': 'nodePorts',
    'services.loadbalancers': 'loadBalancers',
    configmaps: 'configMaps',
    secrets: 'secrets',
    replicationcontrollers: 'replicationControllers',
    resourcequotas: 'resourceQuotas',
  },
} as const;

/** A group of keys. Those without words of their own are in the last, `others`. */
export type QuotaGroup = keyof typeof QUOTA_GROUPS | 'others';

const WORDS = {
  ...QUOTA_GROUPS.compute,
  ...QUOTA_GROUPS.storage,
  ...QUOTA_GROUPS.objects,
};

/** A key that has words of its own. */
export type NamedQuotaKey = keyof typeof WORDS;

/** Names of the groups whose keys have words, in their order. */
export const NAMED_GROUPS = Object.keys(
  QUOTA_GROUPS,
) as (keyof typeof QUOTA_GROUPS)[];

/** Keys of a group, in their order. */
export function keysOf(group: keyof typeof QUOTA_GROUPS): NamedQuotaKey[] {
  return Object.keys(QUOTA_GROUPS[group]) as NamedQuotaKey[];
}

/** Whether a key has words of its own. */
export function isNamedKey(key: string): key is NamedQuotaKey {
  return Object.hasOwn(WORDS, key);
}

/** The group that a key is in. */
export function groupOf(key: string): QuotaGroup {
  return (
    NAMED_GROUPS.find(group => Object.hasOwn(QUOTA_GROUPS[group], key)) ??
    'others'
  );
}

/** What a key of a quota limits, in words: `CPU requested`; keys of classes, devices and counts keep their names. */
export function quotaLabel(t: Translate, key: string): string {
  if (isNamedKey(key)) return t(`namespaces.quota.keys.${WORDS[key]}`);
  const count = /^count\/(.+)$/.exec(key)?.[1];
  return count ? t('namespaces.quota.count', { kind: count }) : key;
}

/** An amount for people: `7.2`, `32 GiB`. CPU is said by the label. */
export function amountText(
  quantity: string,
  key: string,
  describe: (quantity: string, unit: QuantityUnit) => string,
): string {
  const unit = quantityUnit(key);
  return describe(quantity, unit === 'cpu' ? 'count' : unit);
}
