import {
  isKubeKind,
  type KubeControllerRevision,
  type KubeDaemonSet,
  type KubeDeployment,
  type KubeReplicaSet,
  type KubeStatefulSet,
} from '../objects';
import { toJson } from '../words';
import {
  actWords,
  managerWarnings,
  patchOf,
  refuse,
  type ActResult,
  type ActWords,
} from './plan';

/** What makes pods from a template and keeps revisions of it. */
export type KubeRevisioned = KubeDeployment | KubeStatefulSet | KubeDaemonSet;

/** What a Deployment's template was, or a StatefulSet's or DaemonSet's. */
export type KubeRevision = KubeReplicaSet | KubeControllerRevision;

const REVISION = 'deployment.kubernetes.io/revision';

/** Annotations of a Deployment that speak of the Deployment itself: a rollback leaves them as they are. */
const OWN_ANNOTATION =
  /^(?:kubectl\.kubernetes\.io\/last-applied-configuration|deployment\.kubernetes\.io\/.*|deprecated\.deployment\.rollback\.to|(?:[^/]*\.)?amamba\.io\/.*|argocd\.argoproj\.io\/.*|meta\.helm\.sh\/.*)$/;

function podsOf(workload: KubeRevisioned): number {
  if (isKubeKind(workload, 'DaemonSet')) {
    return workload.status?.desiredNumberScheduled ?? 0;
  }
  return isKubeKind(workload, 'Deployment') ||
    isKubeKind(workload, 'StatefulSet')
    ? (workload.spec?.replicas ?? 1)
    : 0;
}

function isPaused(workload: KubeRevisioned): boolean {
  return isKubeKind(workload, 'Deployment') && Boolean(workload.spec?.paused);
}

/** The way in which pods are replaced, as far as a plan depends on it. */
function strategyOf(workload: KubeRevisioned): string | undefined {
  if (isKubeKind(workload, 'Deployment')) return workload.spec?.strategy?.type;
  return isKubeKind(workload, 'StatefulSet') ||
    isKubeKind(workload, 'DaemonSet')
    ? workload.spec?.updateStrategy?.type
    : undefined;
}

function strategyWarnings(workload: KubeRevisioned): ActWords[] {
  const strategy = strategyOf(workload);
  if (strategy === 'Recreate') return [actWords('outage')];
  return strategy === 'OnDelete' ? [actWords('onDelete')] : [];
}

/** Replaces all pods, as `kubectl rollout restart` does. */
export function planRestart(workload: KubeRevisioned, now: string): ActResult {
  const { name } = workload.metadata;
  if (isPaused(workload)) return refuse('pausedRestart', { name });
  const count = podsOf(workload);
  const code =
    strategyOf(workload) === 'Recreate' ? 'restartRecreate' : 'restart';
  return {
    requests: [
      patchOf(workload, 'strategic', {
        spec: {
          template: {
            metadata: {
              annotations: { 'kubectl.kubernetes.io/restartedAt': now },
            },
          },
        },
      }),
    ],
    will: [actWords(code, { count })],
    warnings: [...strategyWarnings(workload), ...managerWarnings(workload)],
    basis: `pods=${count}`,
  };
}

/** Holds back changes of a Deployment's template, or lets them go. */
export function planPause(
  deployment: KubeDeployment,
  paused: boolean,
): ActResult {
  const { name } = deployment.metadata;
  if (isPaused(deployment) === paused) {
    return refuse(paused ? 'alreadyPaused' : 'notPaused', { name });
  }
  return {
    requests: [
      patchOf(deployment, 'strategic', {
        spec: { paused: paused || null },
      }),
    ],
    will: [actWords(paused ? 'pause' : 'resume')],
    warnings: managerWarnings(deployment),
    basis: `paused=${!paused}`,
  };
}

/** An image for a container, init containers included. */
export interface ImageChange {
  readonly container: string;
  readonly image: string;
}

/** Sets images. */
export function planImages(
  workload: KubeRevisioned,
  changes: readonly ImageChange[],
): ActResult {
  const { name } = workload.metadata;
  const { containers = [], initContainers = [] } =
    workload.spec?.template?.spec ?? {};
  const before = new Map(
    [...containers, ...initContainers].map(container => [
      container.name,
      container.image ?? '',
    ]),
  );
  const missing = changes.find(({ container }) => !before.has(container));
  if (missing) return refuse('noContainer', { name, ...missing });
  const real = changes.filter(
    ({ container, image }) => before.get(container) !== image,
  );
  if (real.length === 0) return refuse('sameImages', { name });
  const part = (of: readonly { readonly name: string }[]) =>
    real
      .filter(({ container }) => of.some(one => one.name === container))
      .map(({ container, image }) => ({ name: container, image }));
  const [main, init] = [part(containers), part(initContainers)];
  const count = podsOf(workload);
  return {
    requests: [
      patchOf(workload, 'strategic', {
        spec: {
          template: {
            spec: {
              ...(main.length > 0 && { containers: main }),
              ...(init.length > 0 && { initContainers: init }),
            },
          },
        },
      }),
    ],
    will: [
      ...real.map(({ container, image }) =>
        actWords('image', {
          container,
          from: before.get(container) || '?',
          to: image,
        }),
      ),
      actWords('replacePods', { count }),
    ],
    warnings: [
      ...(isPaused(workload) ? [actWords('pausedImage')] : []),
      ...strategyWarnings(workload),
      ...managerWarnings(workload),
    ],
    basis: JSON.stringify(
      changes.map(({ container }) => [container, before.get(container)]),
    ),
  };
}

function deploymentRollback(
  deployment: KubeDeployment,
  revision: KubeReplicaSet,
): ActResult {
  const { name, annotations = {} } = deployment.metadata;
  const number = revision.metadata.annotations?.[REVISION] ?? '?';
  if (number === annotations[REVISION]) return refuse('currentRevision');
  const template = revision.spec?.template;
  if (!template) return refuse('emptyRevision');
  const { 'pod-template-hash': _hash, ...labels } =
    template.metadata?.labels ?? {};
  const kept = Object.entries(annotations).filter(([key]) =>
    OWN_ANNOTATION.test(key),
  );
  const restored = Object.entries(revision.metadata.annotations ?? {}).filter(
    ([key]) => !OWN_ANNOTATION.test(key),
  );
  return {
    requests: [
      patchOf(deployment, 'json', [
        {
          op: 'replace',
          path: '/spec/template',
          value: toJson({
            ...template,
            metadata: { ...template.metadata, labels },
          }),
        },
        {
          op: 'replace',
          path: '/metadata/annotations',
          value: Object.fromEntries([...restored, ...kept]),
        },
      ]),
    ],
    will: [actWords('rollback', { name, revision: number })],
    warnings: [...strategyWarnings(deployment), ...managerWarnings(deployment)],
    basis: `revision=${annotations[REVISION]}`,
  };
}

/**
 * Goes back to a revision.
 * @param revision - whole, as the API server gave it: a watch cache's may lack fields of the template, and those would be lost
 */
export function planRollback(
  workload: KubeRevisioned,
  revision: KubeRevision,
): ActResult {
  const { name, uid } = workload.metadata;
  if (isPaused(workload)) return refuse('pausedRollback');
  const owned = (revision.metadata.ownerReferences ?? []).some(
    owner => owner.uid === uid && owner.kind === workload.kind,
  );
  if (!owned || uid === undefined) return refuse('foreignRevision', { name });
  if (isKubeKind(workload, 'Deployment')) {
    return isKubeKind(revision, 'ReplicaSet')
      ? deploymentRollback(workload, revision)
      : refuse('foreignRevision', { name });
  }
  if (!isKubeKind(revision, 'ControllerRevision')) {
    return refuse('foreignRevision', { name });
  }
  if (!revision.data?.spec?.template) return refuse('emptyRevision');
  const current = isKubeKind(workload, 'StatefulSet')
    ? workload.status?.updateRevision
    : undefined;
  if (current === revision.metadata.name) return refuse('currentRevision');
  return {
    requests: [patchOf(workload, 'strategic', toJson(revision.data))],
    will: [actWords('rollback', { name, revision: revision.revision })],
    warnings: [...strategyWarnings(workload), ...managerWarnings(workload)],
    basis: `generation=${workload.metadata.generation}`,
  };
}
