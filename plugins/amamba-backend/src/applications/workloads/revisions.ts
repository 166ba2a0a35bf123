import {
  isKubeKind,
  selectorText,
  workloadRevisions,
  type KubeObject,
  type KubeRevision,
  type KubeRevisioned,
  type Revision,
  type WorkloadRevision,
} from '@amamba/backstage-plugin-amamba-common';
import { kinds } from '../../clusters';
import type { OwnedNamespace } from '../../namespaces';
import { CONTROLLER_REVISION, typeOf } from '../objectTypes';
import { instant } from '../view';

/** A workload as it is in the cluster, with everything that it was. */
export interface RevisionedWorkload {
  workload: KubeRevisioned;
  candidates: readonly KubeRevision[];
  revisions: readonly WorkloadRevision[];
}

/** A history limit can be any number. */
const MAX_REVISIONS = 1_000;

function isRevisioned(object: KubeObject): object is KubeRevisioned {
  return (
    isKubeKind(object, 'Deployment') ||
    isKubeKind(object, 'StatefulSet') ||
    isKubeKind(object, 'DaemonSet')
  );
}

/**
 * Reads a workload's revisions whole: what the watch caches keep of old ones is too little to go back to.
 * @returns undefined for kinds that keep none
 */
export async function readRevisions(
  namespace: OwnedNamespace,
  found: KubeObject,
): Promise<RevisionedWorkload | undefined> {
  if (!isRevisioned(found)) return undefined;
  const type = isKubeKind(found, 'Deployment')
    ? kinds.replicaSets
    : CONTROLLER_REVISION;
  const workload = await namespace.get<KubeRevisioned>(
    typeOf(found),
    found.metadata.name,
  );
  const items = await namespace.listUpTo<KubeRevision>(type, MAX_REVISIONS, {
    labelSelector: selectorText(workload.spec?.selector ?? {}),
  });
  const candidates = items.filter(({ metadata }) =>
    (metadata.ownerReferences ?? []).some(
      ({ uid }) => uid === workload.metadata.uid,
    ),
  );
  return {
    workload,
    candidates,
    revisions: workloadRevisions(workload, candidates),
  };
}

/** A revision as lists show it. */
export function revisionRow(
  { kind, metadata }: KubeObject,
  revision: WorkloadRevision,
): Revision {
  return {
    id: revision.id,
    number: revision.number,
    workload: `${kind}/${metadata.name}`,
    current: revision.current,
    images: [...revision.images],
    cause: revision.cause,
    createdAt: instant(revision.createdAt),
    pods: revision.pods,
    why: revision.current ? 'It is what runs now.' : undefined,
  };
}
