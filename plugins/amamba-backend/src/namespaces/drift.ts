import {
  parseQuantity,
  type KubeNamespace,
  type KubeResourceQuota,
  type NamespaceDrift,
  type Quota,
} from '@amamba/backstage-plugin-amamba-common';
import type { KubeLimitRange } from '../clusters';
import { markedOwner, ownLabels, workspaceLabel } from './marks';
import type { NamespaceRecord } from './records';
import { KEPT_NAME } from './types';

/** What a cluster holds of a namespace; absent parts were not looked at. */
export interface NamespaceSight {
  /** undefined: it is not there */
  namespace: KubeNamespace | undefined;
  quotas?: readonly KubeResourceQuota[];
  limits?: readonly KubeLimitRange[];
  mayWrite?: boolean;
}

/** A difference without the time that it has been there for. */
export type Difference = Omit<NamespaceDrift, 'since'>;

function sameQuota(a: Readonly<Record<string, unknown>>, b: Quota): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every(
    key =>
      parseQuantity(String(a[key])) !== undefined &&
      parseQuantity(String(a[key])) === parseQuantity(b[key] ?? ''),
  );
}

function limitsDiffer(
  record: NamespaceRecord,
  limits: readonly KubeLimitRange[],
): boolean {
  const kept = limits.find(({ metadata }) => metadata.name === KEPT_NAME);
  const wanted = record.containerLimits;
  if (!wanted || Object.keys(wanted).length === 0) return false;
  const [item] = kept?.spec?.limits ?? [];
  return (['default', 'defaultRequest', 'min', 'max'] as const).some(
    part => wanted[part] && !sameQuota(item?.[part] ?? {}, wanted[part]),
  );
}

/** A Terminating namespace says in its conditions what holds it up. */
function holdUps(namespace: KubeNamespace): string {
  return (namespace.status?.conditions ?? [])
    .filter(({ status, message }) => status === 'True' && message)
    .map(({ message }) => message)
    .join(' ');
}

function ownershipDifferences(
  record: NamespaceRecord,
  namespace: KubeNamespace,
): Difference[] {
  const owner = markedOwner(namespace);
  if (owner && owner !== workspaceLabel(record.workspaceRef)) {
    return [
      {
        code: 'owner',
        message: `Its label ${owner} says that it belongs to another workspace. The portal's database says it is yours.`,
        mendable: true,
      },
    ];
  }
  const labels = namespace.metadata.labels ?? {};
  const missing = Object.entries({
    ...record.labels,
    ...ownLabels(record),
  }).filter(([key, value]) => labels[key] !== value);
  return missing.length === 0
    ? []
    : [
        {
          code: missing.some(([key]) => key.startsWith('pod-security.'))
            ? 'podSecurity'
            : 'label',
          message: `Changed by hand: ${missing.map(([key]) => `label ${key}`).join(', ')}.`,
          mendable: true,
        },
      ];
}

/** How a namespace differs from what the portal holds, the gravest first. */
export function differences(
  record: NamespaceRecord,
  sight: NamespaceSight,
): Difference[] {
  if (record.state === 'creating') return [];
  const { namespace } = sight;
  if (!namespace) {
    return [
      {
        code: 'missing',
        message: 'It was deleted from the cluster by somebody else.',
        mendable: true,
      },
    ];
  }
  if (record.uid && namespace.metadata.uid !== record.uid) {
    return [
      {
        code: 'missing',
        message:
          'It was deleted and made again by somebody else. A platform admin can release it and adopt the new one.',
        mendable: false,
      },
    ];
  }
  if (namespace.metadata.deletionTimestamp) {
    const held = holdUps(namespace);
    return record.state === 'terminating' && !held
      ? []
      : [
          {
            code: 'terminating',
            message: held
              ? `Its deletion is held up: ${held}`
              : 'Somebody else is deleting it from the cluster.',
            mendable: false,
          },
        ];
  }
  const found = ownershipDifferences(record, namespace);
  if (sight.quotas) {
    const kept = sight.quotas.find(
      ({ metadata }) => metadata.name === KEPT_NAME,
    );
    if (!sameQuota(kept?.spec?.hard ?? {}, record.quota)) {
      found.push({
        code: 'quota',
        message: kept
          ? 'The quota was changed by hand.'
          : 'The quota was deleted by hand.',
        mendable: true,
      });
    }
  }
  if (sight.limits && limitsDiffer(record, sight.limits)) {
    found.push({
      code: 'limits',
      message: 'The limits of containers were changed by hand.',
      mendable: true,
    });
  }
  if (sight.mayWrite === false) {
    found.push({
      code: 'access',
      message: 'The portal may not write in it.',
      mendable: true,
    });
  }
  return found;
}
