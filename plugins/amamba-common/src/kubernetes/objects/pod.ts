import type { KubeCondition, KubeMeta, KubeObject } from './meta';

/** A quantity: text such as `500m`, or a number where YAML had one. */
export type KubeQuantity = string | number;

export interface KubeResources {
  readonly requests?: Readonly<Record<string, KubeQuantity>>;
  readonly limits?: Readonly<Record<string, KubeQuantity>>;
}

interface KeyReference {
  readonly name?: string;
  readonly key?: string;
  readonly optional?: boolean;
}

/** An object of the same namespace by its name. */
export interface KubeNameReference {
  readonly name?: string;
  readonly optional?: boolean;
}

/** One variable: a value, or where it comes from. */
export interface KubeEnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly configMapKeyRef?: KeyReference;
    readonly secretKeyRef?: KeyReference;
    readonly fieldRef?: { readonly fieldPath: string };
    readonly resourceFieldRef?: {
      readonly containerName?: string;
      readonly resource: string;
      readonly divisor?: KubeQuantity;
    };
  };
}

/** All keys of a ConfigMap or Secret as variables. */
export interface KubeEnvFrom {
  readonly prefix?: string;
  readonly configMapRef?: KubeNameReference;
  readonly secretRef?: KubeNameReference;
}

export interface KubeProbe {
  readonly failureThreshold?: number;
  readonly periodSeconds?: number;
}

export interface KubeContainer {
  readonly name: string;
  readonly image?: string;
  readonly resources?: KubeResources;
  readonly env?: readonly KubeEnvVar[];
  readonly envFrom?: readonly KubeEnvFrom[];
  readonly startupProbe?: KubeProbe;
  /** `Always` makes an init container a sidecar */
  readonly restartPolicy?: string;
}

/** Of a volume only what it points to. */
export interface KubeVolume {
  readonly name: string;
  readonly configMap?: KubeNameReference;
  readonly secret?: { readonly secretName?: string };
  readonly persistentVolumeClaim?: { readonly claimName: string };
  readonly projected?: {
    readonly sources?: readonly {
      readonly configMap?: KubeNameReference;
      readonly secret?: KubeNameReference;
    }[];
  };
}

export interface KubePodSpec {
  readonly containers?: readonly KubeContainer[];
  readonly initContainers?: readonly KubeContainer[];
  readonly volumes?: readonly KubeVolume[];
  readonly nodeName?: string;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly schedulerName?: string;
  readonly schedulingGates?: readonly { readonly name: string }[];
  readonly serviceAccountName?: string;
  readonly imagePullSecrets?: readonly KubeNameReference[];
  readonly readinessGates?: readonly { readonly conditionType: string }[];
}

export interface KubeWaiting {
  readonly reason?: string;
  readonly message?: string;
}

export interface KubeTerminated {
  readonly exitCode?: number;
  readonly signal?: number;
  readonly reason?: string;
  readonly message?: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
}

export interface KubeContainerState {
  readonly waiting?: KubeWaiting;
  readonly running?: { readonly startedAt?: string };
  readonly terminated?: KubeTerminated;
}

export interface KubeContainerStatus {
  readonly name: string;
  readonly ready?: boolean;
  readonly started?: boolean;
  readonly restartCount?: number;
  readonly image?: string;
  readonly state?: KubeContainerState;
  readonly lastState?: KubeContainerState;
}

export interface KubePod extends KubeObject {
  readonly spec?: KubePodSpec;
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly podIP?: string;
    readonly startTime?: string;
    readonly conditions?: readonly KubeCondition[];
    readonly containerStatuses?: readonly KubeContainerStatus[];
    readonly initContainerStatuses?: readonly KubeContainerStatus[];
    readonly ephemeralContainerStatuses?: readonly KubeContainerStatus[];
  };
}

/** What a workload makes its pods from. */
export interface KubePodTemplate {
  readonly metadata?: Partial<KubeMeta>;
  readonly spec?: KubePodSpec;
}
