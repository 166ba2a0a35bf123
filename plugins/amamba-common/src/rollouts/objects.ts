/**
 * Objects of Argo Rollouts (`argoproj.io/v1alpha1`) as far as anything here reads them; like the other Kubernetes objects, whole ones fit and trimmed
 * ones of a watch cache do too. Field names are those of the CRDs of Argo Rollouts 1.10.
 */
import type {
  KubeCondition,
  KubeLabelSelector,
  KubeObject,
  KubePodTemplate,
} from '../kubernetes';

/** What an analysis, a measurement or an experiment has come to. */
export type AnalysisPhase =
  'Pending' | 'Running' | 'Successful' | 'Failed' | 'Error' | 'Inconclusive';

/** What a rollout has come to, in the controller's word. */
export type RolloutPhase = 'Healthy' | 'Degraded' | 'Progressing' | 'Paused';

/** How a value in a request is compared; exactly one of them is set. */
export interface RolloutStringMatch {
  readonly exact?: string;
  readonly prefix?: string;
  readonly regex?: string;
}

/** An argument that an analysis gets. */
export interface AnalysisArgument {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly podTemplateHashValue?: 'Stable' | 'Latest';
    readonly fieldRef?: { readonly fieldPath: string };
    readonly secretKeyRef?: { readonly name: string; readonly key: string };
  };
}

/** Which templates an analysis is made of. */
export interface RolloutAnalysis {
  readonly templates?: readonly {
    readonly templateName: string;
    readonly clusterScope?: boolean;
  }[];
  readonly args?: readonly AnalysisArgument[];
  /** of a background analysis: the step from which it runs */
  readonly startingStep?: number;
}

/** One step of a canary; exactly one field is set. */
export interface CanaryStep {
  readonly setWeight?: number;
  /** seconds, or a duration such as `10m`; without one it lasts until somebody promotes */
  readonly pause?: { readonly duration?: number | string };
  readonly setCanaryScale?: {
    readonly weight?: number;
    readonly replicas?: number;
    readonly matchTrafficWeight?: boolean;
  };
  readonly analysis?: RolloutAnalysis;
  readonly experiment?: {
    readonly templates?: readonly {
      readonly name: string;
      readonly specRef?: string;
      readonly replicas?: number;
      readonly weight?: number;
    }[];
    readonly duration?: number | string;
    readonly analyses?: readonly {
      readonly name: string;
      readonly templateName: string;
      readonly args?: readonly AnalysisArgument[];
    }[];
  };
  readonly setHeaderRoute?: {
    readonly name: string;
    readonly match?: readonly {
      readonly headerName?: string;
      readonly headerValue?: RolloutStringMatch;
    }[];
  };
  readonly setMirrorRoute?: {
    readonly name: string;
    readonly percentage?: number;
    readonly match?: readonly {
      readonly method?: RolloutStringMatch;
      readonly path?: RolloutStringMatch;
      readonly headers?: Readonly<Record<string, RolloutStringMatch>>;
    }[];
  };
  readonly plugin?: { readonly name: string };
}

/** An Istio VirtualService whose routes the controller writes. */
export interface RolloutVirtualService {
  readonly name: string;
  readonly routes?: readonly string[];
}

/** What shifts the traffic of a canary. */
export interface RolloutTrafficRouting {
  readonly istio?: {
    readonly virtualService?: RolloutVirtualService;
    readonly virtualServices?: readonly RolloutVirtualService[];
    readonly destinationRule?: {
      readonly name: string;
      readonly canarySubsetName?: string;
      readonly stableSubsetName?: string;
    };
  };
  readonly nginx?: {
    readonly stableIngress?: string;
    readonly stableIngresses?: readonly string[];
    readonly annotationPrefix?: string;
    readonly additionalIngressAnnotations?: Readonly<Record<string, string>>;
    readonly canaryIngressAnnotations?: Readonly<Record<string, string>>;
  };
  readonly alb?: { readonly ingress?: string; readonly rootService?: string };
  readonly smi?: object;
  readonly ambassador?: object;
  readonly appMesh?: object;
  readonly traefik?: object;
  readonly apisix?: object;
  readonly plugins?: Readonly<Record<string, unknown>>;
  readonly managedRoutes?: readonly { readonly name: string }[];
  readonly maxTrafficWeight?: number;
}

/** Spreads old and new pods over nodes. */
export interface RolloutAntiAffinity {
  readonly preferredDuringSchedulingIgnoredDuringExecution?: {
    readonly weight?: number;
  };
  readonly requiredDuringSchedulingIgnoredDuringExecution?: object;
}

export interface CanaryStrategy {
  readonly canaryService?: string;
  readonly stableService?: string;
  readonly steps?: readonly CanaryStep[];
  readonly trafficRouting?: RolloutTrafficRouting;
  readonly maxSurge?: number | string;
  readonly maxUnavailable?: number | string;
  readonly analysis?: RolloutAnalysis;
  readonly antiAffinity?: RolloutAntiAffinity;
  readonly scaleDownDelaySeconds?: number;
  readonly abortScaleDownDelaySeconds?: number;
  readonly dynamicStableScale?: boolean;
  readonly pingPong?: {
    readonly pingService?: string;
    readonly pongService?: string;
  };
}

export interface BlueGreenStrategy {
  readonly activeService?: string;
  readonly previewService?: string;
  readonly previewReplicaCount?: number;
  readonly autoPromotionEnabled?: boolean;
  readonly autoPromotionSeconds?: number;
  readonly scaleDownDelaySeconds?: number;
  readonly scaleDownDelayRevisionLimit?: number;
  readonly abortScaleDownDelaySeconds?: number;
  readonly prePromotionAnalysis?: RolloutAnalysis;
  readonly postPromotionAnalysis?: RolloutAnalysis;
  readonly antiAffinity?: RolloutAntiAffinity;
}

/** What a rollout says of one of its analyses while it runs. */
export interface RolloutAnalysisRunStatus {
  readonly name: string;
  readonly status?: AnalysisPhase;
  readonly message?: string;
}

interface RolloutWeight {
  readonly weight: number;
  readonly serviceName?: string;
  readonly podTemplateHash?: string;
}

export interface RolloutSpec {
  readonly replicas?: number;
  readonly selector?: KubeLabelSelector;
  readonly template?: KubePodTemplate;
  readonly workloadRef?: {
    readonly apiVersion?: string;
    readonly kind?: string;
    readonly name?: string;
    readonly scaleDown?: string;
  };
  readonly minReadySeconds?: number;
  readonly revisionHistoryLimit?: number;
  readonly progressDeadlineSeconds?: number;
  readonly paused?: boolean;
  readonly restartAt?: string;
  readonly strategy?: {
    readonly canary?: CanaryStrategy;
    readonly blueGreen?: BlueGreenStrategy;
  };
}

export interface RolloutStatus {
  readonly phase?: RolloutPhase;
  readonly message?: string;
  /** a number as text; the hash of the spec before 0.10 */
  readonly observedGeneration?: string;
  readonly workloadObservedGeneration?: string;
  readonly conditions?: readonly KubeCondition[];
  readonly currentPodHash?: string;
  readonly stableRS?: string;
  readonly currentStepIndex?: number;
  readonly pauseConditions?: readonly {
    readonly reason: string;
    readonly startTime?: string;
  }[];
  readonly controllerPause?: boolean;
  readonly abort?: boolean;
  readonly abortedAt?: string;
  readonly promoteFull?: boolean;
  readonly restartedAt?: string;
  readonly replicas?: number;
  readonly updatedReplicas?: number;
  readonly readyReplicas?: number;
  readonly availableReplicas?: number;
  readonly canary?: {
    readonly weights?: {
      readonly canary: RolloutWeight;
      readonly stable: RolloutWeight;
    };
    readonly stablePingPong?: 'ping' | 'pong';
    readonly currentStepAnalysisRunStatus?: RolloutAnalysisRunStatus;
    readonly currentBackgroundAnalysisRunStatus?: RolloutAnalysisRunStatus;
    readonly currentExperiment?: string;
  };
  readonly blueGreen?: {
    readonly activeSelector?: string;
    readonly previewSelector?: string;
    readonly prePromotionAnalysisRunStatus?: RolloutAnalysisRunStatus;
    readonly postPromotionAnalysisRunStatus?: RolloutAnalysisRunStatus;
  };
}

export interface Rollout extends KubeObject {
  readonly spec?: RolloutSpec;
  readonly status?: RolloutStatus;
}

/** One look at a metric. Times are RFC 3339. */
export interface AnalysisMeasurement {
  readonly phase: AnalysisPhase;
  readonly message?: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  /** as the provider gave it */
  readonly value?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** All looks at a metric. Counters that are 0 are absent. */
export interface AnalysisMetricResult {
  readonly name: string;
  readonly phase?: AnalysisPhase;
  readonly message?: string;
  readonly count?: number;
  readonly successful?: number;
  readonly failed?: number;
  readonly inconclusive?: number;
  readonly error?: number;
  readonly dryRun?: boolean;
  readonly measurements?: readonly AnalysisMeasurement[];
}

export interface AnalysisRun extends KubeObject {
  readonly status?: {
    readonly phase?: AnalysisPhase;
    readonly message?: string;
    readonly startedAt?: string;
    readonly metricResults?: readonly AnalysisMetricResult[];
  };
}

export interface Experiment extends KubeObject {
  readonly status?: {
    readonly phase?: AnalysisPhase;
    readonly message?: string;
  };
}
