import type {
  KubeCondition,
  KubeObject,
  KubeQuantity,
} from '@amamba/backstage-plugin-amamba-common';

type Quantities = Readonly<Record<string, KubeQuantity>>;

export interface KubeLimitRange extends KubeObject {
  readonly spec?: {
    readonly limits?: readonly {
      /** `Container`, `Pod`, `PersistentVolumeClaim` */
      readonly type: string;
      readonly max?: Quantities;
      readonly min?: Quantities;
      readonly default?: Quantities;
      readonly defaultRequest?: Quantities;
      readonly maxLimitRequestRatio?: Quantities;
    }[];
  };
}

export interface KubeEndpointSlice extends KubeObject {
  readonly endpoints?: readonly {
    readonly conditions?: { readonly ready?: boolean };
    readonly targetRef?: {
      readonly kind?: string;
      readonly name?: string;
      readonly uid?: string;
    };
  }[];
  readonly ports?: readonly {
    readonly name?: string;
    readonly port?: number;
    readonly protocol?: string;
  }[];
}

export interface KubeNode extends KubeObject {
  readonly spec?: {
    readonly unschedulable?: boolean;
    readonly taints?: readonly {
      readonly key: string;
      readonly value?: string;
      readonly effect: string;
    }[];
  };
  readonly status?: {
    readonly allocatable?: Quantities;
    readonly nodeInfo?: { readonly kubeletVersion?: string };
    readonly conditions?: readonly KubeCondition[];
  };
}
