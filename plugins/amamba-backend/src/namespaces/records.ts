import type {
  ContainerLimits,
  PodSecurity,
  Quota,
} from '@amamba/backstage-plugin-amamba-common';

/** A cluster that a workspace may use, as it is stored. */
export interface BindingRecord {
  workspaceRef: string;
  cluster: string;
  mode: 'exclusive' | 'shared';
  quota: Quota;
  boundAt: Date;
  boundBy: string;
  version: number;
}

/** What the portal wants a namespace to be. */
export interface NamespaceWish {
  environment?: string;
  labels: Record<string, string>;
  quota: Quota;
  containerLimits?: ContainerLimits;
  /** absent: left as it is */
  podSecurity?: PodSecurity;
}

/** A namespace that a workspace owns, as it is stored. */
export interface NamespaceRecord extends NamespaceWish {
  workspaceRef: string;
  cluster: string;
  name: string;
  /** `creating` until everything in it is as wanted; a row that stays so is finished or removed by the reconciler */
  state: 'creating' | 'active' | 'terminating';
  /** of the namespace in the cluster; absent while it is being made */
  uid?: string;
  createdAt: Date;
  createdBy: string;
  changedAt: Date;
  version: number;
}
