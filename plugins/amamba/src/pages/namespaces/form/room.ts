import {
  canonicalQuotaKey,
  quotaAmounts,
  sumQuotas,
  type ClusterBinding,
  type Quota,
} from '@amamba/backstage-plugin-amamba-common';

/** What the workspace may still give on a cluster. */
export interface Room {
  /** most that its namespaces there may add up to */
  limit: Quota;
  /** what is given to its other namespaces there; a quantity that is to be taken away has a minus */
  others: readonly Quota[];
}

/**
 * What a namespace may have of what the workspace may give on its cluster.
 * @param own - the quota that the namespace has already, which is its own to change
 */
export function roomOf(
  binding: Pick<ClusterBinding, 'quota' | 'allocated'> | undefined,
  own: Quota = {},
): Room | undefined {
  return (
    binding && {
      limit: binding.quota,
      others: [
        binding.allocated,
        Object.fromEntries(
          Object.entries(own).map(([key, value]) => [key, `-${value}`]),
        ),
      ],
    }
  );
}

/** What is left of a key, in billionths; undefined where the workspace limits it not. */
export function leftIn(room: Room, key: string): bigint | undefined {
  const name = canonicalQuotaKey(key);
  const limit = quotaAmounts(room.limit).get(name);
  if (limit === undefined) return undefined;
  const given = sumQuotas(room.others.map(quotaAmounts)).get(name) ?? 0n;
  return limit > given ? limit - given : 0n;
}
