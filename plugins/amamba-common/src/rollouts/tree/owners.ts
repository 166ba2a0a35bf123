/** Who owns what, and in which order it is shown. */
import type { KubeMeta, KubeObject } from '../../kubernetes';

const REVISION = 'rollout.argoproj.io/revision';

/** The objects that an object owns. */
export function byOwner<T extends KubeObject>(
  objects: readonly T[],
  { metadata: { uid } }: KubeObject,
): T[] {
  return objects.filter(({ metadata }) =>
    metadata.ownerReferences?.some(owner => owner.uid === uid),
  );
}

/** The revision that an object belongs to; 0 where it says none. */
export function revisionOf({ annotations }: KubeMeta): number {
  const text = annotations?.[REVISION] ?? '';
  return /^[+-]?\d+$/.test(text) ? Number(text) : 0;
}

/** Order of revisions. */
export function newestFirst(
  a: { readonly revision: number },
  b: { readonly revision: number },
): number {
  return b.revision - a.revision;
}
