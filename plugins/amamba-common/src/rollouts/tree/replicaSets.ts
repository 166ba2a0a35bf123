/** ReplicaSets of a rollout or an experiment, with their pods. */
import {
  kubeCondition,
  type KubeMeta,
  type KubeObject,
  type KubePod,
  type KubeReplicaSet,
} from '../../kubernetes';
import { byOwner, newestFirst, revisionOf } from './owners';
import { podNode, type RolloutPodNode } from './pods';

const HASH = 'rollouts-pod-template-hash';
const TEMPLATE = 'experiment.argoproj.io/template-name';
const DEADLINE = 'scale-down-deadline';

/** What a ReplicaSet is to its rollout. */
export type ReplicaSetRole =
  'stable' | 'canary' | 'active' | 'preview' | 'ping' | 'pong';

/** Roles of the ReplicaSet with a pod hash. */
export type RoleOf = (hash: string) => ReplicaSetRole[];

/** Where a ReplicaSet stands, in the words of `kubectl argo rollouts`. */
export type ReplicaSetState =
  'Healthy' | 'Progressing' | 'ReplicaFailure' | 'ScaledDown';

export interface ReplicaSetNode {
  readonly name: string;
  readonly uid?: string;
  readonly createdAt?: string;
  readonly revision: number;
  readonly hash: string;
  readonly state: ReplicaSetState;
  readonly roles: readonly ReplicaSetRole[];
  /** how many pods there are */
  readonly replicas: number;
  readonly available: number;
  readonly images: readonly string[];
  /** of an experiment: the template that it was made from */
  readonly template?: string;
  /** when its pods are stopped, RFC 3339, as the controller wrote it down */
  readonly scaleDownAt?: string;
  readonly pods: readonly RolloutPodNode[];
}

function stateOf({ metadata, spec, status }: KubeReplicaSet): ReplicaSetState {
  const { generation = 0 } = metadata;
  const { observedGeneration = 0, availableReplicas = 0 } = status ?? {};
  if (generation > observedGeneration) return 'Progressing';
  if (kubeCondition(status?.conditions, 'ReplicaFailure')?.status === 'True') {
    return 'ReplicaFailure';
  }
  if (spec?.replicas === undefined) return 'Healthy';
  if (availableReplicas < spec.replicas) return 'Progressing';
  return spec.replicas === 0 ? 'ScaledDown' : 'Healthy';
}

/** Of the same time by name. */
export function oldestFirst(a: KubeMeta, b: KubeMeta): number {
  return (
    (a.creationTimestamp ?? '').localeCompare(b.creationTimestamp ?? '') ||
    compareText(a.name, b.name)
  );
}

/** By code units, which no language changes. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Pods by the uid of each owner. */
function podsByOwner(pods: readonly KubePod[]): Map<string, KubePod[]> {
  const found = new Map<string, KubePod[]>();
  for (const pod of pods) {
    for (const { uid } of pod.metadata.ownerReferences ?? []) {
      const siblings = found.get(uid);
      if (siblings) siblings.push(pod);
      else found.set(uid, [pod]);
    }
  }
  return found;
}

/** The ReplicaSets that `owner` owns, newest revision first. */
export function replicaSetNodes(
  owner: KubeObject,
  objects: {
    readonly replicaSets: readonly KubeReplicaSet[];
    readonly pods: readonly KubePod[];
  },
  roleOf: RoleOf,
): ReplicaSetNode[] {
  const pods = podsByOwner(objects.pods);
  return byOwner(objects.replicaSets, owner)
    .map((replicaSet): ReplicaSetNode => {
      const { metadata, spec, status } = replicaSet;
      const { labels = {}, annotations = {}, uid } = metadata;
      const hash = labels[HASH] ?? '';
      return {
        name: metadata.name,
        uid,
        createdAt: metadata.creationTimestamp,
        revision: revisionOf(metadata),
        hash,
        state: stateOf(replicaSet),
        roles: roleOf(hash),
        replicas: status?.replicas ?? 0,
        available: status?.availableReplicas ?? 0,
        images: (spec?.template?.spec?.containers ?? []).flatMap(
          ({ image }) => image ?? [],
        ),
        template: annotations[TEMPLATE],
        scaleDownAt: annotations[DEADLINE] || undefined,
        pods: (uid === undefined ? [] : (pods.get(uid) ?? []))
          .sort((a, b) => oldestFirst(a.metadata, b.metadata))
          .map(podNode),
      };
    })
    .sort((a, b) => newestFirst(a, b) || compareText(a.name, b.name));
}
