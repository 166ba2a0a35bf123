import {
  isKubeKind,
  kubeCondition,
  type KubeCronJob,
  type KubeJob,
} from '../objects';
import { toJson } from '../words';
import {
  actWords,
  managerWarnings,
  patchOf,
  refuse,
  type ActResult,
} from './plan';

/** A job's name leaves room for the end that its pods get. */
const MAX_JOB_NAME = 57;

/**
 * Starts a job of a CronJob now, as `kubectl create job --from` does.
 * @param suffix - five lower case letters or digits that make the job's name a new one
 */
export function planTrigger(cronJob: KubeCronJob, suffix: string): ActResult {
  const { name: owner, uid } = cronJob.metadata;
  const { metadata, spec } = cronJob.spec?.jobTemplate ?? {};
  const end = `-manual-${suffix}`;
  const name = `${owner.slice(0, MAX_JOB_NAME - end.length).replace(/[-.]+$/, '')}${end}`;
  const running = (cronJob.status?.active ?? []).length > 0;
  return {
    requests: [
      {
        method: 'POST',
        apiVersion: 'batch/v1',
        kind: 'Job',
        body: toJson({
          apiVersion: 'batch/v1',
          kind: 'Job',
          metadata: {
            name,
            labels: metadata?.labels,
            annotations: {
              ...metadata?.annotations,
              'cronjob.kubernetes.io/instantiate': 'manual',
            },
            ownerReferences: [
              {
                apiVersion: cronJob.apiVersion,
                kind: cronJob.kind,
                name: owner,
                uid,
                controller: true,
              },
            ],
          },
          spec,
        }),
      },
    ],
    will: [actWords('trigger', { name })],
    warnings: running ? [actWords('concurrent')] : [],
    basis: `generation=${cronJob.metadata.generation}`,
  };
}

/** Holds a CronJob's schedule or a Job's pods, or lets them go on. */
export function planSuspend(
  object: KubeCronJob | KubeJob,
  suspend: boolean,
): ActResult {
  const { name } = object.metadata;
  if (Boolean(object.spec?.suspend) === suspend) {
    return refuse(suspend ? 'alreadySuspended' : 'notSuspended', { name });
  }
  const job = isKubeKind(object, 'Job');
  if (job && isFinished(object)) return refuse('finished', { name });
  const kind = job ? 'Job' : 'CronJob';
  const count = job ? (object.status?.active ?? 0) : 0;
  return {
    requests: [patchOf(object, 'strategic', { spec: { suspend } })],
    will: [
      suspend
        ? actWords(`suspend${kind}`, { count })
        : actWords(`unsuspend${kind}`),
    ],
    warnings: managerWarnings(object),
    basis: `suspend=${!suspend}`,
  };
}

function isFinished({ status }: KubeJob): boolean {
  return ['Complete', 'Failed'].some(
    type => kubeCondition(status?.conditions, type)?.status === 'True',
  );
}
