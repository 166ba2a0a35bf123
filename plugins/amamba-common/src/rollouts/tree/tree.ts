/**
 * A rollout with all that hangs from it: revisions with their ReplicaSets and pods, experiments and analysis runs; the tree that
 * `kubectl argo rollouts get rollout` draws. Works on the objects of a whole namespace and takes what belongs to the rollout by owner.
 */
import type { KubePod, KubeReplicaSet } from '../../kubernetes';
import type { AnalysisRun, Experiment, Rollout } from '../objects';
import {
  rolloutState,
  desiredReplicas,
  type RolloutState,
} from '../status/phase';
import { actualWeight, setWeight, stepLabel } from '../status/steps';
import { analysisNodes, type AnalysisNode } from './analysis';
import { byOwner, newestFirst, revisionOf } from './owners';
import {
  replicaSetNodes,
  type ReplicaSetNode,
  type RoleOf,
} from './replicaSets';
import { rolesOf } from './roles';

/** What a tree is computed from: at least what the rollout owns, at most everything in its namespace. */
export interface RolloutObjects {
  readonly replicaSets: readonly KubeReplicaSet[];
  readonly pods: readonly KubePod[];
  readonly experiments?: readonly Experiment[];
  readonly analysisRuns?: readonly AnalysisRun[];
}

/** An experiment with its own ReplicaSets and analysis runs. */
export interface ExperimentNode {
  readonly name: string;
  readonly uid?: string;
  readonly createdAt?: string;
  readonly revision: number;
  readonly phase?: string;
  readonly message: string;
  readonly replicaSets: readonly ReplicaSetNode[];
  readonly analysisRuns: readonly AnalysisNode[];
}

/** All of one revision. */
export interface RevisionNode {
  readonly revision: number;
  readonly replicaSets: readonly ReplicaSetNode[];
  readonly experiments: readonly ExperimentNode[];
  readonly analysisRuns: readonly AnalysisNode[];
}

/** A rollout as it is now. */
export interface RolloutTree extends RolloutState {
  readonly strategy: 'canary' | 'blueGreen' | 'none';
  /** steps done and in all, such as `3/8`; empty without steps */
  readonly step: string;
  /** of a canary only */
  readonly setWeight?: number;
  readonly actualWeight?: number;
  /** numbers of pods */
  readonly replicas: {
    readonly desired: number;
    readonly current: number;
    readonly updated: number;
    readonly ready: number;
    readonly available: number;
  };
  /** the newest first */
  readonly revisions: readonly RevisionNode[];
}

const noRole: RoleOf = () => [];

function experimentNodes(
  rollout: Rollout,
  objects: Required<RolloutObjects>,
): ExperimentNode[] {
  return byOwner(objects.experiments, rollout)
    .map(experiment => {
      const { metadata, status } = experiment;
      return {
        name: metadata.name,
        uid: metadata.uid,
        createdAt: metadata.creationTimestamp,
        revision: revisionOf(metadata),
        phase: status?.phase,
        message: status?.message ?? '',
        replicaSets: replicaSetNodes(experiment, objects, noRole),
        analysisRuns: analysisNodes(experiment, objects.analysisRuns),
      };
    })
    .sort(
      (a, b) =>
        b.revision - a.revision ||
        (a.createdAt ?? '').localeCompare(b.createdAt ?? '') ||
        a.name.localeCompare(b.name),
    );
}

function revisionNodes(
  replicaSets: readonly ReplicaSetNode[],
  experiments: readonly ExperimentNode[],
  analysisRuns: readonly AnalysisNode[],
): RevisionNode[] {
  const revisions = new Map<
    number,
    {
      revision: number;
      replicaSets: ReplicaSetNode[];
      experiments: ExperimentNode[];
      analysisRuns: AnalysisNode[];
    }
  >();
  const at = (revision: number) => {
    let node = revisions.get(revision);
    if (!node) {
      node = { revision, replicaSets: [], experiments: [], analysisRuns: [] };
      revisions.set(revision, node);
    }
    return node;
  };
  replicaSets.forEach(node => at(node.revision).replicaSets.push(node));
  experiments.forEach(node => at(node.revision).experiments.push(node));
  analysisRuns.forEach(node => at(node.revision).analysisRuns.push(node));
  return [...revisions.values()].sort(newestFirst);
}

function strategyOf({ spec }: Rollout): RolloutTree['strategy'] {
  if (spec?.strategy?.canary) return 'canary';
  return spec?.strategy?.blueGreen ? 'blueGreen' : 'none';
}

/** The tree of a rollout. Takes time in proportion to the objects given, not to their product. */
export function rolloutTree(
  rollout: Rollout,
  given: RolloutObjects,
): RolloutTree {
  const objects = { experiments: [], analysisRuns: [], ...given };
  const replicaSets = replicaSetNodes(rollout, objects, rolesOf(rollout));
  const strategy = strategyOf(rollout);
  const { status = {} } = rollout;
  const canary = replicaSets.find(({ roles }) => roles.includes('canary'));
  return {
    ...rolloutState(rollout),
    strategy,
    step: stepLabel(rollout),
    ...(strategy === 'canary' && {
      setWeight: setWeight(rollout),
      actualWeight: actualWeight(rollout, canary?.available),
    }),
    replicas: {
      desired: desiredReplicas(rollout),
      current: status.replicas ?? 0,
      updated: status.updatedReplicas ?? 0,
      ready: status.readyReplicas ?? 0,
      available: status.availableReplicas ?? 0,
    },
    revisions: revisionNodes(
      replicaSets,
      experimentNodes(rollout, objects),
      analysisNodes(rollout, objects.analysisRuns),
    ),
  };
}
