import {
  actSentence,
  actWords,
  isKubeKind,
  managerWarnings,
  podReferences,
  podTemplateOf,
  type ActWords,
  type Consequence,
  type KubeObject,
  type Propagation,
} from '@amamba/backstage-plugin-amamba-common';
import { InputError } from '@backstage/errors';
import { createHash } from 'crypto';
import type { ApplicationEntry } from '../read/ApplicationEntry';
import type { NamespaceView } from '../read/ApplicationIndex';
import { attachedTo } from '../read/attached';
import { isPeoples, partsOf } from '../read/compose';
import { podsOf, rootWorkloads } from '../read/workloads';

/** What is to become of an application. */
export interface DeletionRequest {
  propagation: Propagation;
  /** objects to leave: `Kind/name` */
  keep: readonly string[];
}

/** What deleting an application does. */
export interface DeletionPlan {
  /** in the order in which they are deleted: what leads traffic in first, the application itself last */
  objects: KubeObject[];
  /** its objects that stay */
  kept: KubeObject[];
  /** of those, what only a label made a part of it */
  ungrouped: KubeObject[];
  /** volumes whose data is lost */
  volumes: string[];
  consequence: Consequence;
}

/** Names that stand in a sentence. */
const MAX_NAMED = 20;

const ORDER = [
  'Ingress',
  'HorizontalPodAutoscaler',
  'CronJob',
  'Job',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Service',
  'PodDisruptionBudget',
];
const LAST = ['ConfigMap', 'Secret', 'PersistentVolumeClaim', 'Application'];

/** Names an object as requests do. */
export function nameOf({ kind, metadata }: KubeObject): string {
  return `${kind}/${metadata.name}`;
}

function rank({ kind }: KubeObject): number {
  const first = ORDER.indexOf(kind);
  if (first >= 0) return first;
  return ORDER.length + LAST.indexOf(kind) + 1;
}

function listed(names: readonly string[]): string {
  const more = names.length - MAX_NAMED;
  const shown = names.slice(0, MAX_NAMED).join(', ');
  return more > 0 ? `${shown} … (+${more})` : shown;
}

/** Everything that belongs to an application and to nothing else that stays. */
function ownObjects(
  entry: ApplicationEntry,
  { objects }: NamespaceView,
): KubeObject[] {
  const parts = partsOf(entry, objects).filter(isPeoples);
  if (entry.kind === 'application') {
    return entry.application ? [...parts, entry.application] : parts;
  }
  const others = rootWorkloads(objects).filter(
    root => !entry.workloads.includes(root),
  );
  const shared = new Set(attachedTo(others, objects));
  return parts.filter(part => !shared.has(part));
}

/** Objects that something which stays uses too. */
function usedElsewhere(
  gone: readonly KubeObject[],
  { objects }: NamespaceView,
): ActWords[] {
  const names = new Set(gone.map(nameOf));
  return rootWorkloads(objects)
    .filter(root => !gone.includes(root))
    .flatMap(root => {
      const references = podReferences(podTemplateOf(root)?.spec);
      return references
        .map(({ kind, name }) => `${kind}/${name}`)
        .filter(object => names.has(object))
        .map(object =>
          actWords('usedElsewhere', { object, name: nameOf(root) }),
        );
    });
}

function hostsOf(objects: readonly KubeObject[]): string[] {
  const hosts = objects.flatMap(object =>
    isKubeKind(object, 'Ingress')
      ? (object.spec?.rules ?? []).flatMap(({ host }) => (host ? [host] : []))
      : [],
  );
  return [...new Set(hosts)];
}

function wordsOf(words: readonly ActWords[]): Consequence['will'] {
  return words.map(({ code, params }) => ({
    ...{ code, params: { ...params } },
    sentence: actSentence({ code, params }),
  }));
}

function requireOwn(
  keep: readonly string[],
  own: readonly KubeObject[],
  entry: ApplicationEntry,
): void {
  const names = new Set(own.map(nameOf));
  const strange = keep.find(name => !names.has(name));
  if (strange !== undefined) {
    throw new InputError(
      `keep: ${entry.name} has no ${strange}. Name its objects as Kind/name.`,
    );
  }
  const gone = own.filter(object => !keep.includes(nameOf(object)));
  const owners = new Map(
    gone.map(({ kind, metadata }) => [
      metadata.uid,
      kind === 'Application' ? undefined : `${kind}/${metadata.name}`,
    ]),
  );
  for (const object of own.filter(one => keep.includes(nameOf(one)))) {
    for (const { uid } of object.metadata.ownerReferences ?? []) {
      const owner = owners.get(uid);
      if (owner) {
        throw new InputError(
          `keep: ${nameOf(object)} goes with its owner ${owner}. Keep that too.`,
        );
      }
    }
  }
}

function orphaned(
  entry: ApplicationEntry,
  view: NamespaceView,
): { objects: KubeObject[]; will: ActWords[] } {
  if (entry.kind === 'application') {
    return {
      objects: entry.application ? [entry.application] : [],
      will: [actWords('deleteGroup', { name: entry.name })],
    };
  }
  return {
    objects: [...entry.workloads],
    will: entry.workloads.map(workload =>
      actWords('orphanPods', {
        name: nameOf(workload),
        count: podsOf(workload, view.objects).length,
      }),
    ),
  };
}

/**
 * What deleting an application would do.
 * @throws InputError for a release of Helm, and for objects to keep that can't be kept
 */
export function planDeletion(
  entry: ApplicationEntry,
  view: NamespaceView,
  { propagation, keep }: DeletionRequest,
): DeletionPlan {
  if (entry.kind === 'helm') {
    throw new InputError(
      `${entry.name} is a release of Helm. Uninstall it instead: Helm keeps books of what it made.`,
    );
  }
  const own = ownObjects(entry, view);
  requireOwn(keep, own, entry);
  const isOrphan = propagation === 'orphan';
  const orphans = orphaned(entry, view);
  const objects = (isOrphan ? orphans.objects : own)
    .filter(object => !keep.includes(nameOf(object)))
    .sort((a, b) => rank(a) - rank(b));
  const kept = own.filter(object => !objects.includes(object));
  const volumes = objects
    .filter(({ kind }) => kind === 'PersistentVolumeClaim')
    .map(({ metadata }) => metadata.name);
  const pods = objects.reduce(
    (count, object) => count + podsOf(object, view.objects).length,
    0,
  );
  const hosts = hostsOf(objects);
  const will: ActWords[] = [
    ...(isOrphan ? orphans.will : []),
    ...(objects.length > 0
      ? [
          actWords('deleteObjects', {
            count: objects.length,
            names: listed(objects.map(nameOf)),
          }),
        ]
      : []),
    ...(!isOrphan && pods > 0 ? [actWords('deletePods', { count: pods })] : []),
    ...(!isOrphan && kept.length > 0
      ? [actWords('keepObjects', { names: listed(kept.map(nameOf)) })]
      : []),
  ];
  const warnings: ActWords[] = [
    ...(volumes.length > 0
      ? [
          actWords('loseVolumes', {
            count: volumes.length,
            names: listed(volumes),
          }),
        ]
      : []),
    ...(hosts.length > 0
      ? [actWords('loseHosts', { hosts: listed(hosts) })]
      : []),
    ...(isOrphan ? [] : usedElsewhere(objects, view)),
    ...objects.flatMap(managerWarnings).slice(0, 1),
  ];
  return {
    ...{ objects, kept, volumes },
    ungrouped: entry.group && !entry.application ? kept : [],
    consequence: {
      will: wordsOf(will),
      warnings: wordsOf(warnings),
      diff: objects.map(object => ({
        object: nameOf(object),
        change: 'delete' as const,
        hunks: [],
        warnings: [],
      })),
      basis: createHash('sha256')
        .update(objects.map(({ metadata }) => metadata.uid).join())
        .digest('hex')
        .slice(0, 32),
    },
  };
}
