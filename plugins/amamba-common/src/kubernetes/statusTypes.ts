import type { KubeFieldProblem } from './statusCauses';

/** The `Status` that an API server answers with instead of what was asked for, as far as it is read. */
export interface KubeStatus {
  code: number;
  reason?: string;
  message?: string;
  details?: {
    name?: string;
    group?: string;
    kind?: string;
    retryAfterSeconds?: number;
    causes?: readonly { reason?: string; message?: string; field?: string }[];
  };
}

/** What kind of trouble a refusal is, and who can do something about it. */
export type KubeRefusalType =
  /** the request is wrong: text, field, value; `problems` says where */
  | 'invalid'
  | 'notFound'
  /** the cluster does not know this kind, or this version of it */
  | 'notServed'
  | 'exists'
  /** it changed since it was read: read again */
  | 'changed'
  /** others own the fields: `conflicts` */
  | 'conflict'
  /** a quota; `quota` says which */
  | 'quota'
  /** a policy of the namespace or of the cluster: limit range, PodSecurity, admission webhook */
  | 'policy'
  | 'terminating'
  /** a disruption budget forbids it now */
  | 'budget'
  /** the portal's account may not; `permission` says what is missing */
  | 'permission'
  /** the portal's token is refused */
  | 'credentials'
  /** a resource version or a page that the cluster does not have any more */
  | 'expired'
  /** try again soon */
  | 'busy'
  | 'failed';

/** A right that an account lacks. */
export interface KubeMissingPermission {
  user?: string;
  verb: string;
  resource: string;
  /** '' for the core group */
  group: string;
  /** absent: in the whole cluster */
  namespace?: string;
}

/** A field that somebody else owns. */
export interface KubeFieldConflict {
  manager: string;
  field: string;
  subresource?: string;
}

/** A refusal in words. */
export interface KubeRefusal {
  type: KubeRefusalType;
  /** one or two sentences: what is wrong, and what to do; without the cluster's name and without a full stop */
  message: string;
  problems: KubeFieldProblem[];
  conflicts: KubeFieldConflict[];
  permission?: KubeMissingPermission;
  quota?: string;
  retryAfterMs?: number;
}

/** @internal what a part of the table gives */
export type RefusalWords = Pick<KubeRefusal, 'type' | 'message'> &
  Partial<KubeRefusal>;
