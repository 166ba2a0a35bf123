import type {
  KubeContainerState,
  KubeContainerStatus,
  KubeCronJob,
  KubeDaemonSet,
  KubeDeployment,
  KubeJob,
  KubePod,
  KubeReplicaSet,
  KubeStatefulSet,
} from '@amamba/backstage-plugin-amamba-common';
import { pick, type Shape } from '../pick';
import type { KindDescriptor } from '../types';
import { CONDITION, keepPodCondition, POD_SPEC, POD_TEMPLATE } from './podSpec';

const STATE: Shape<KubeContainerState> = {
  waiting: { reason: true, message: true },
  running: { startedAt: true },
  terminated: {
    exitCode: true,
    signal: true,
    reason: true,
    message: true,
    startedAt: true,
    finishedAt: true,
  },
};

const CONTAINER_STATUS: Shape<KubeContainerStatus> = {
  name: true,
  ready: true,
  started: true,
  restartCount: true,
  image: true,
  state: STATE,
  lastState: STATE,
};

const TEMPLATE_APART = ['spec.template', 'status.conditions'];

function type<Plural extends string>(
  group: string,
  plural: Plural,
  kind: string,
) {
  return { group, version: 'v1', plural, kind, namespaced: true };
}

const POD = type('', 'pods', 'Pod');
/** Pods. */
export const pods: KindDescriptor<KubePod> = {
  ...POD,
  keep: pick<KubePod>(POD, {
    spec: POD_SPEC,
    status: {
      phase: true,
      reason: true,
      message: true,
      podIP: true,
      startTime: true,
      conditions: keepPodCondition,
      containerStatuses: CONTAINER_STATUS,
      initContainerStatuses: CONTAINER_STATUS,
      ephemeralContainerStatuses: CONTAINER_STATUS,
    },
  }),
  unshared: [
    'status.conditions',
    'status.containerStatuses',
    'status.initContainerStatuses',
  ],
};

const DEPLOYMENT = type('apps', 'deployments', 'Deployment');
export const deployments: KindDescriptor<KubeDeployment> = {
  ...DEPLOYMENT,
  keep: pick<KubeDeployment>(DEPLOYMENT, {
    spec: {
      replicas: true,
      paused: true,
      selector: true,
      template: POD_TEMPLATE,
      progressDeadlineSeconds: true,
      revisionHistoryLimit: true,
    },
    status: {
      observedGeneration: true,
      replicas: true,
      readyReplicas: true,
      availableReplicas: true,
      updatedReplicas: true,
      unavailableReplicas: true,
      conditions: CONDITION,
    },
  }),
  unshared: TEMPLATE_APART,
};

const REPLICA_SET = type('apps', 'replicasets', 'ReplicaSet');
const keepReplicaSet = pick<KubeReplicaSet>(REPLICA_SET, {
  spec: { replicas: true, template: POD_TEMPLATE },
  status: {
    observedGeneration: true,
    replicas: true,
    readyReplicas: true,
    availableReplicas: true,
    conditions: CONDITION,
  },
});
/** Those that run nothing are old revisions: their template, most of what they are, is left out. */
export const replicaSets: KindDescriptor<KubeReplicaSet> = {
  ...REPLICA_SET,
  keep(object) {
    const kept = keepReplicaSet(object);
    if (!kept.spec || kept.spec.replicas !== 0) return kept;
    return { ...kept, spec: { replicas: 0 } };
  },
  unshared: TEMPLATE_APART,
};

const STATEFUL_SET = type('apps', 'statefulsets', 'StatefulSet');
export const statefulSets: KindDescriptor<KubeStatefulSet> = {
  ...STATEFUL_SET,
  keep: pick<KubeStatefulSet>(STATEFUL_SET, {
    spec: {
      replicas: true,
      serviceName: true,
      podManagementPolicy: true,
      ordinals: true,
      selector: true,
      template: POD_TEMPLATE,
      updateStrategy: { type: true },
      volumeClaimTemplates: { metadata: { name: true } },
    },
    status: {
      observedGeneration: true,
      replicas: true,
      readyReplicas: true,
      availableReplicas: true,
      currentReplicas: true,
      updatedReplicas: true,
      currentRevision: true,
      updateRevision: true,
      conditions: CONDITION,
    },
  }),
  unshared: TEMPLATE_APART,
};

const DAEMON_SET = type('apps', 'daemonsets', 'DaemonSet');
export const daemonSets: KindDescriptor<KubeDaemonSet> = {
  ...DAEMON_SET,
  keep: pick<KubeDaemonSet>(DAEMON_SET, {
    spec: {
      selector: true,
      template: POD_TEMPLATE,
      updateStrategy: { type: true },
    },
    status: {
      observedGeneration: true,
      desiredNumberScheduled: true,
      currentNumberScheduled: true,
      updatedNumberScheduled: true,
      numberAvailable: true,
      numberReady: true,
      numberUnavailable: true,
      conditions: CONDITION,
    },
  }),
  unshared: TEMPLATE_APART,
};

const JOB_SPEC = {
  suspend: true,
  parallelism: true,
  completions: true,
  backoffLimit: true,
  activeDeadlineSeconds: true,
  template: POD_TEMPLATE,
} as const;

const JOB = type('batch', 'jobs', 'Job');
export const jobs: KindDescriptor<KubeJob> = {
  ...JOB,
  keep: pick<KubeJob>(JOB, {
    spec: JOB_SPEC,
    status: {
      startTime: true,
      completionTime: true,
      active: true,
      succeeded: true,
      failed: true,
      conditions: CONDITION,
    },
  }),
  unshared: TEMPLATE_APART,
};

const CRON_JOB = type('batch', 'cronjobs', 'CronJob');
export const cronJobs: KindDescriptor<KubeCronJob> = {
  ...CRON_JOB,
  keep: pick<KubeCronJob>(CRON_JOB, {
    spec: {
      schedule: true,
      timeZone: true,
      suspend: true,
      concurrencyPolicy: true,
      jobTemplate: { metadata: { labels: true }, spec: JOB_SPEC },
    },
    status: {
      active: { name: true },
      lastScheduleTime: true,
      lastSuccessfulTime: true,
    },
  }),
  unshared: ['spec.jobTemplate', 'spec.jobTemplate.spec'],
};
