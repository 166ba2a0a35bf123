import type {
  KubeCondition,
  KubeLabelSelector,
  KubeMeta,
  KubeObject,
  KubeTargetReference,
} from './meta';
import type { KubePodTemplate } from './pod';

export interface KubeDeployment extends KubeObject {
  readonly spec?: {
    readonly replicas?: number;
    readonly paused?: boolean;
    readonly selector?: KubeLabelSelector;
    readonly template?: KubePodTemplate;
    readonly strategy?: { readonly type?: string };
    readonly progressDeadlineSeconds?: number;
    readonly revisionHistoryLimit?: number;
  };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly readyReplicas?: number;
    readonly availableReplicas?: number;
    readonly updatedReplicas?: number;
    readonly unavailableReplicas?: number;
    readonly conditions?: readonly KubeCondition[];
  };
}

/** Also a ReplicationController, whose numbers have the same names. */
export interface KubeReplicaSet extends KubeObject {
  readonly spec?: {
    readonly replicas?: number;
    readonly template?: KubePodTemplate;
  };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly readyReplicas?: number;
    readonly availableReplicas?: number;
    readonly conditions?: readonly KubeCondition[];
  };
}

export interface KubeStatefulSet extends KubeObject {
  readonly spec?: {
    readonly replicas?: number;
    readonly serviceName?: string;
    readonly podManagementPolicy?: string;
    readonly ordinals?: { readonly start?: number };
    readonly selector?: KubeLabelSelector;
    readonly template?: KubePodTemplate;
    readonly updateStrategy?: {
      readonly type?: string;
      readonly rollingUpdate?: { readonly partition?: number };
    };
    readonly volumeClaimTemplates?: readonly {
      readonly metadata?: Partial<KubeMeta>;
    }[];
  };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly readyReplicas?: number;
    readonly availableReplicas?: number;
    readonly currentReplicas?: number;
    readonly updatedReplicas?: number;
    readonly currentRevision?: string;
    readonly updateRevision?: string;
    readonly conditions?: readonly KubeCondition[];
  };
}

export interface KubeDaemonSet extends KubeObject {
  readonly spec?: {
    readonly selector?: KubeLabelSelector;
    readonly template?: KubePodTemplate;
    readonly updateStrategy?: { readonly type?: string };
  };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly desiredNumberScheduled?: number;
    readonly currentNumberScheduled?: number;
    readonly updatedNumberScheduled?: number;
    readonly numberAvailable?: number;
    readonly numberReady?: number;
    readonly numberUnavailable?: number;
    readonly conditions?: readonly KubeCondition[];
  };
}

export interface KubeJobSpec {
  readonly suspend?: boolean;
  readonly parallelism?: number;
  readonly completions?: number;
  readonly backoffLimit?: number;
  readonly activeDeadlineSeconds?: number;
  readonly template?: KubePodTemplate;
}

export interface KubeJob extends KubeObject {
  readonly spec?: KubeJobSpec;
  readonly status?: {
    readonly startTime?: string;
    readonly completionTime?: string;
    readonly active?: number;
    readonly succeeded?: number;
    readonly failed?: number;
    readonly conditions?: readonly KubeCondition[];
  };
}

export interface KubeCronJob extends KubeObject {
  readonly spec?: {
    readonly schedule?: string;
    readonly timeZone?: string;
    readonly suspend?: boolean;
    readonly concurrencyPolicy?: string;
    readonly jobTemplate?: {
      readonly metadata?: Partial<KubeMeta>;
      readonly spec?: KubeJobSpec;
    };
  };
  readonly status?: {
    readonly active?: readonly { readonly name?: string }[];
    readonly lastScheduleTime?: string;
    readonly lastSuccessfulTime?: string;
  };
}

/** One stored template of a StatefulSet or DaemonSet. `data` is the strategic merge patch that brings it back. */
export interface KubeControllerRevision extends KubeObject {
  readonly revision: number;
  readonly data?: {
    readonly spec?: { readonly template?: KubePodTemplate };
  };
}

export interface KubeHorizontalPodAutoscaler extends KubeObject {
  readonly spec?: {
    readonly scaleTargetRef?: KubeTargetReference;
    readonly minReplicas?: number;
    readonly maxReplicas?: number;
  };
  readonly status?: {
    readonly currentReplicas?: number;
    readonly desiredReplicas?: number;
    readonly conditions?: readonly KubeCondition[];
  };
}

export interface KubePodDisruptionBudget extends KubeObject {
  readonly spec?: {
    readonly selector?: KubeLabelSelector;
    readonly minAvailable?: string | number;
    readonly maxUnavailable?: string | number;
  };
  readonly status?: {
    readonly currentHealthy?: number;
    readonly desiredHealthy?: number;
    readonly disruptionsAllowed?: number;
    readonly expectedPods?: number;
    readonly conditions?: readonly KubeCondition[];
  };
}
