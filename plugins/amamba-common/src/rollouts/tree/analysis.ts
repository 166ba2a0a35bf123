/** Analysis runs of a rollout or an experiment. */
import type { KubeObject } from '../../kubernetes';
import type { AnalysisPhase, AnalysisRun } from '../objects';
import { byOwner, newestFirst, revisionOf } from './owners';

/** Key in the metadata of a measurement that a Job made. */
const JOB_NAME = 'job-name';

/** A Job that measured something. */
export interface AnalysisJobNode {
  readonly name: string;
  readonly metric: string;
  readonly phase: AnalysisPhase;
  readonly startedAt?: string;
}

export interface AnalysisNode {
  readonly name: string;
  readonly uid?: string;
  readonly createdAt?: string;
  readonly revision: number;
  /** absent before the controller has seen it */
  readonly phase?: AnalysisPhase;
  readonly message: string;
  /** measurements over all metrics */
  readonly successful: number;
  readonly failed: number;
  readonly inconclusive: number;
  readonly error: number;
  readonly jobs: readonly AnalysisJobNode[];
}

function nodeOf({ metadata, status }: AnalysisRun): AnalysisNode {
  const metrics = status?.metricResults ?? [];
  const total = (key: 'successful' | 'failed' | 'inconclusive' | 'error') =>
    metrics.reduce((sum, metric) => sum + (metric[key] ?? 0), 0);
  return {
    name: metadata.name,
    uid: metadata.uid,
    createdAt: metadata.creationTimestamp,
    revision: revisionOf(metadata),
    phase: status?.phase,
    message: status?.message ?? '',
    successful: total('successful'),
    failed: total('failed'),
    inconclusive: total('inconclusive'),
    error: total('error'),
    jobs: metrics.flatMap(({ name: metric, measurements = [] }) =>
      measurements.flatMap(({ metadata: facts, phase, startedAt }) => {
        const name = facts?.[JOB_NAME];
        return name === undefined ? [] : { name, metric, phase, startedAt };
      }),
    ),
  };
}

/** The analysis runs that `owner` owns, newest revision first. */
export function analysisNodes(
  owner: KubeObject,
  runs: readonly AnalysisRun[],
): AnalysisNode[] {
  return byOwner(runs, owner)
    .map(nodeOf)
    .sort(
      (a, b) =>
        newestFirst(a, b) ||
        (a.createdAt ?? '').localeCompare(b.createdAt ?? '') ||
        b.name.localeCompare(a.name),
    );
}
