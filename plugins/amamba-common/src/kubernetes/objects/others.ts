import type {
  KubeCondition,
  KubeLabelSelector,
  KubeObject,
  KubeTexts,
} from './meta';
import type { KubeQuantity } from './pod';

export interface KubePersistentVolumeClaim extends KubeObject {
  readonly spec?: {
    readonly storageClassName?: string;
    readonly volumeName?: string;
    readonly accessModes?: readonly string[];
    readonly resources?: {
      readonly requests?: Readonly<Record<string, KubeQuantity>>;
    };
  };
  readonly status?: {
    readonly phase?: string;
    readonly capacity?: Readonly<Record<string, KubeQuantity>>;
    readonly conditions?: readonly KubeCondition[];
  };
}

export interface KubeResourceQuota extends KubeObject {
  readonly spec?: { readonly hard?: Readonly<Record<string, KubeQuantity>> };
  readonly status?: {
    readonly hard?: Readonly<Record<string, KubeQuantity>>;
    readonly used?: Readonly<Record<string, KubeQuantity>>;
  };
}

/** A group of kinds, as `app.k8s.io` names its parts. */
export interface KubeComponentKind {
  /** written `apps`, `apps/v1`, `v1` or `core`; see `applicationGroup` */
  readonly group?: string;
  readonly kind: string;
}

/** `app.k8s.io/v1beta1` Application. */
export interface KubeApplication extends KubeObject {
  readonly spec?: {
    readonly selector?: KubeLabelSelector;
    readonly componentKinds?: readonly KubeComponentKind[];
    readonly assemblyPhase?: string;
    readonly addOwnerRef?: boolean;
    readonly descriptor?: {
      readonly type?: string;
      readonly version?: string;
      readonly description?: string;
      readonly keywords?: readonly string[];
      readonly links?: readonly {
        readonly description?: string;
        readonly url?: string;
      }[];
    };
  };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly componentsReady?: string;
    readonly conditions?: readonly KubeCondition[];
  };
}

/** An event, `core/v1`. */
export interface KubeEvent extends KubeObject {
  readonly involvedObject: {
    readonly kind?: string;
    readonly name?: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly fieldPath?: string;
  };
  readonly reason?: string;
  readonly message?: string;
  /** `Normal` or `Warning` */
  readonly type?: string;
  readonly count?: number;
  readonly firstTimestamp?: string | null;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
  readonly series?: {
    readonly count?: number;
    readonly lastObservedTime?: string;
  } | null;
  readonly source?: { readonly component?: string };
  readonly reportingComponent?: string;
}

export interface KubeConfigMap extends KubeObject {
  readonly data?: KubeTexts;
  readonly immutable?: boolean;
}

export interface KubeNamespace extends KubeObject {
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly KubeCondition[];
  };
}
