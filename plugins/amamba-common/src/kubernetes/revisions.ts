import { diffValues, isJsonObject, type ManifestHunk } from './manifests';
import {
  isKubeKind,
  type KubeControllerRevision,
  type KubePodTemplate,
  type KubeReplicaSet,
} from './objects';
import type { KubeRevision, KubeRevisioned } from './acts';
import { toJson, type KubeJson } from './words';

/** One template that a workload has, or had. */
export interface WorkloadRevision {
  /** name of the ReplicaSet or ControllerRevision: it stays when the number moves */
  readonly id: string;
  /** higher is later; going back to a revision gives it a new number */
  readonly number: number;
  /** numbers that it had before */
  readonly earlier: readonly number[];
  readonly current: boolean;
  readonly images: readonly string[];
  /** `kubernetes.io/change-cause` */
  readonly cause?: string;
  readonly createdAt?: string;
  /** pods that were made from it and are still there; only Deployments tell */
  readonly pods?: number;
  /** against the revision before it; empty for the first one that is kept */
  readonly changes: readonly ManifestHunk[];
}

const REVISION = 'deployment.kubernetes.io/revision';

/** Labels and annotations of a template that say nothing of what changed. */
const NOISE = [
  'pod-template-hash',
  'kubectl.kubernetes.io/last-applied-configuration',
];

function imagesOf({ spec }: KubePodTemplate): string[] {
  const all = [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])];
  return [...new Set(all.flatMap(({ image }) => image ?? []))];
}

function comparable(template: KubePodTemplate | undefined): KubeJson {
  const { metadata, ...rest } = toJsonObject(template);
  const { creationTimestamp: _time, ...kept } = toJsonObject(metadata);
  const cleaned = Object.fromEntries(
    ['labels', 'annotations'].map(key => [
      key,
      Object.fromEntries(
        Object.entries(toJsonObject(kept[key])).filter(
          ([name]) => !NOISE.includes(name),
        ),
      ),
    ]),
  );
  const { $patch: _patch, ...body } = rest;
  return { ...body, metadata: { ...kept, ...cleaned } };
}

function toJsonObject(value: unknown): { readonly [key: string]: KubeJson } {
  const json = toJson(value);
  return isJsonObject(json) ? json : {};
}

type Draft = Omit<WorkloadRevision, 'changes'> & {
  readonly template: KubePodTemplate;
};

function ofReplicaSet(
  { metadata, spec, status }: KubeReplicaSet,
  current: string | undefined,
): Draft | undefined {
  const annotations = metadata.annotations ?? {};
  const number = Number(annotations[REVISION]);
  if (!spec?.template || !Number.isSafeInteger(number)) return undefined;
  const history = annotations['deployment.kubernetes.io/revision-history'];
  return {
    id: metadata.name,
    number,
    earlier: (history ?? '').split(',').filter(Boolean).map(Number),
    current: annotations[REVISION] === current,
    images: imagesOf(spec.template),
    cause: annotations['kubernetes.io/change-cause'],
    createdAt: metadata.creationTimestamp,
    pods: status?.replicas ?? 0,
    template: spec.template,
  };
}

function ofControllerRevision(
  { metadata, revision, data }: KubeControllerRevision,
  current: string | undefined,
): Draft | undefined {
  const template = data?.spec?.template;
  if (!template) return undefined;
  return {
    id: metadata.name,
    number: revision,
    earlier: [],
    current: metadata.name === current,
    images: imagesOf(template),
    cause: metadata.annotations?.['kubernetes.io/change-cause'],
    createdAt: metadata.creationTimestamp,
    template,
  };
}

/** The name of the revision that a workload is going to; a DaemonSet does not tell, its newest is it. */
function currentRevision(
  workload: KubeRevisioned,
  revisions: readonly KubeRevision[],
): string | undefined {
  if (isKubeKind(workload, 'Deployment')) {
    return workload.metadata.annotations?.[REVISION];
  }
  if (isKubeKind(workload, 'StatefulSet')) {
    return workload.status?.updateRevision;
  }
  return revisions
    .filter(revision => isKubeKind(revision, 'ControllerRevision'))
    .reduce<KubeControllerRevision | undefined>(
      (newest, one) =>
        !newest || one.revision > newest.revision ? one : newest,
      undefined,
    )?.metadata.name;
}

/**
 * The revisions of a workload, the newest first, each with what changed.
 * @param candidates - ReplicaSets or ControllerRevisions, with whole templates; those of others are left out
 */
export function workloadRevisions(
  workload: KubeRevisioned,
  candidates: readonly KubeRevision[],
): WorkloadRevision[] {
  const own = candidates.filter(({ metadata }) =>
    (metadata.ownerReferences ?? []).some(
      ({ uid }) => uid === workload.metadata.uid && uid !== undefined,
    ),
  );
  const current = currentRevision(workload, own);
  const drafts = own
    .flatMap(
      revision =>
        (isKubeKind(revision, 'ReplicaSet')
          ? ofReplicaSet(revision, current)
          : isKubeKind(revision, 'ControllerRevision') &&
            ofControllerRevision(revision, current)) || [],
    )
    .sort((a, b) => b.number - a.number);
  return drafts.map(({ template, ...draft }, index) => {
    const before = drafts[index + 1];
    return {
      ...draft,
      changes: before
        ? diffValues(comparable(before.template), comparable(template))
        : [],
    };
  });
}
