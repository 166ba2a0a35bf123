import {
  LIMIT_PARTS,
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

/** Differences that are named; the others are counted. */
const MAX_NAMED = 5;

function nameSome(found: readonly string[]): string {
  const more = found.length - MAX_NAMED;
  return `${found.slice(0, MAX_NAMED).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

/** `requests.cpu is 8, should be 4`: every amount that is not as wanted. */
function quotaDifferences(
  there: Readonly<Record<string, unknown>>,
  wanted: Quota,
): string[] {
  const keys = new Set([...Object.keys(there), ...Object.keys(wanted)]);
  return [...keys].flatMap(key => {
    const [is, should] = [there[key], wanted[key]];
    const same =
      parseQuantity(String(is)) !== undefined &&
      parseQuantity(String(is)) === parseQuantity(should ?? '');
    return same
      ? []
      : [`${key} is ${is ?? 'gone'}, should be ${should ?? 'gone'}`];
  });
}

function limitDifferences(
  record: NamespaceRecord,
  limits: readonly KubeLimitRange[],
): string[] {
  const kept = limits.find(({ metadata }) => metadata.name === KEPT_NAME);
  const wanted = record.containerLimits ?? {};
  const [item] = kept?.spec?.limits ?? [];
  return LIMIT_PARTS.flatMap(part => {
    const asked = wanted[part] ?? {};
    // The API server fills in defaults of what has a bound: only what was asked for is compared.
    const there = Object.fromEntries(
      Object.entries(item?.[part] ?? {}).filter(([key]) => key in asked),
    );
    return quotaDifferences(there, asked).map(text => `${part} of ${text}`);
  });
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
          message: `Changed by hand: ${nameSome(missing.map(([key, value]) => `${key} is ${labels[key] ?? 'gone'}, should be ${value}`))}.`,
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
    const differing = quotaDifferences(kept?.spec?.hard ?? {}, record.quota);
    if (differing.length > 0) {
      found.push({
        code: 'quota',
        message: kept
          ? `Changed by hand: ${nameSome(differing)}.`
          : 'It was deleted by hand.',
        mendable: true,
      });
    }
  }
  const bounds = sight.limits ? limitDifferences(record, sight.limits) : [];
  if (bounds.length > 0) {
    found.push({
      code: 'limits',
      message: `Changed by hand: ${nameSome(bounds)}.`,
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
