import { kubeCondition, type KubeCronJob, type KubeJob } from '../objects';
import type { HealthContext } from './context';
import { worstPodHealth } from './controllers';
import { eventsOf } from './events';
import { healthReason, type Health, type HealthReason } from './health';
import { deletionHealth } from './pods';
import { refusalReason } from './refused';

function failure(
  { spec, status }: KubeJob,
  reason: string | undefined,
  message: string,
): HealthReason {
  switch (reason) {
    case 'DeadlineExceeded':
      return healthReason('jobDeadline', {
        seconds: spec?.activeDeadlineSeconds ?? '?',
      });
    case 'BackoffLimitExceeded':
      return healthReason('jobBackoffLimit', { failed: status?.failed ?? '?' });
    case 'PodFailurePolicy':
      return healthReason('jobPodFailurePolicy', { message });
    case 'MaxFailedIndexesExceeded':
    case 'FailedIndexes':
      return healthReason('jobFailedIndexes');
    default:
      return healthReason('jobFailed', { message: message || reason || '?' });
  }
}

/** Health of a Job. What made its pods fail, when they are still there, is the cause. */
export function jobHealth(job: KubeJob, context: HealthContext): Health {
  const { spec, status } = job;
  const conditions = status?.conditions?.filter(
    condition => condition.status === 'True',
  );
  const failed =
    kubeCondition(conditions, 'FailureTarget') ??
    kubeCondition(conditions, 'Failed');
  const complete = kubeCondition(conditions, 'Complete');
  const deletion = deletionHealth(job, context.now);
  if (deletion) return deletion;
  if (failed) {
    const pod = worstPodHealth(context, true);
    return {
      status: 'failed',
      reason: {
        ...failure(job, failed.reason, failed.message?.trim() ?? ''),
        ...(pod?.status === 'failed' && { cause: pod.reason }),
      },
      since: failed.lastTransitionTime,
    };
  }
  if (complete) return { status: 'ok', since: complete.lastTransitionTime };
  if (spec?.suspend || kubeCondition(conditions, 'Suspended')) {
    return {
      status: 'paused',
      reason: healthReason('suspended', {}, { remedy: 'resume' }),
      since: kubeCondition(conditions, 'Suspended')?.lastTransitionTime,
    };
  }
  const active = status?.active ?? 0;
  const refused = eventsOf(job, context.events ?? []).find(
    ({ reason }) => reason === 'FailedCreate',
  );
  if (active === 0 && refused) {
    return { status: 'failed', reason: refusalReason(refused.message ?? '') };
  }
  const pod = worstPodHealth(context, false);
  if (pod?.status === 'failed') return pod;
  const total = spec?.completions ?? spec?.parallelism ?? 1;
  return {
    status: 'progressing',
    reason: healthReason('jobRunning', {
      active,
      succeeded: status?.succeeded ?? 0,
      total,
    }),
    since: status?.startTime,
  };
}

function startOf({ status, metadata }: KubeJob): number {
  return Date.parse(status?.startTime ?? metadata.creationTimestamp ?? '') || 0;
}

/** Health of a CronJob: that of its latest job, when it failed. */
export function cronJobHealth(
  cronJob: KubeCronJob,
  context: HealthContext,
): Health {
  const deletion = deletionHealth(cronJob, context.now);
  if (deletion) return deletion;
  if (cronJob.spec?.suspend) {
    return {
      status: 'paused',
      reason: healthReason('suspended', {}, { remedy: 'resume' }),
    };
  }
  const latest = [...(context.jobs ?? [])].sort(
    (a, b) => startOf(b) - startOf(a),
  )[0];
  if (!latest) return { status: 'ok' };
  const health = jobHealth(latest, context);
  if (health.status !== 'failed' || !health.reason) return { status: 'ok' };
  const about = { kind: 'Job', name: latest.metadata.name };
  return { ...health, reason: { ...health.reason, about } };
}
