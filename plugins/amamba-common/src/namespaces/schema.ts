import { z } from 'zod';
import {
  clusterNameSchema,
  clusterSetupSchema,
  namespaceNameSchema,
} from '../clusters/schema';
import { pagePlace } from '../contract/page';
import {
  entityRefSchema,
  instantSchema,
  pageSchema,
  queryBooleanSchema,
  searchTextSchema,
  warningSchema,
  workspaceNameSchema,
} from '../contract/primitives';

/** Quantities by key of ResourceQuota, in Kubernetes' notation: `{"requests.cpu": "4", "count/jobs.batch": "20"}`. */
export const quotaSchema = z.record(
  z
    .string()
    .max(317)
    .regex(
      /^[a-z0-9](?:[A-Za-z0-9._/-]*[A-Za-z0-9])?$/,
      'must be a key of ResourceQuota',
    ),
  z
    .string()
    .max(40)
    .regex(
      /^(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3}|m|k|M|G|T|P|E|[KMGTPE]i)?$/,
      'must be a quantity such as 500m, 2 or 4Gi',
    ),
);
export type Quota = z.infer<typeof quotaSchema>;

/** Defaults and bounds of containers (`LimitRange` of type Container). */
export const containerLimitsSchema = z.object({
  default: quotaSchema.optional(),
  defaultRequest: quotaSchema.optional(),
  min: quotaSchema.optional(),
  max: quotaSchema.optional(),
});
export type ContainerLimits = z.infer<typeof containerLimitsSchema>;

/** Level of PodSecurity that a namespace enforces. */
export const podSecuritySchema = z.enum([
  'privileged',
  'baseline',
  'restricted',
]);
export type PodSecurity = z.infer<typeof podSecuritySchema>;

/** `exclusive`: no other workspace can be bound to the cluster. */
export const bindingModeSchema = z.enum(['exclusive', 'shared']);

/** A cluster that a workspace may use. */
export const clusterBindingSchema = z.object({
  cluster: clusterNameSchema,
  title: z.string(),
  mode: bindingModeSchema,
  /** most that the quotas of the workspace's namespaces on the cluster may add up to; an absent key has no limit */
  quota: quotaSchema,
  /** sum of the namespaces' quotas */
  allocated: quotaSchema,
  namespaces: z.number().int().nonnegative(),
  problem: z.string().optional(),
  boundAt: instantSchema,
  boundBy: z.string(),
  version: z.number().int().positive(),
});
export type ClusterBinding = z.infer<typeof clusterBindingSchema>;

export const clusterBindingListSchema = z.object({
  items: z.array(clusterBindingSchema),
  setup: clusterSetupSchema,
  /** clusters that could be bound; only for platform admins */
  available: z.array(
    z.object({
      cluster: clusterNameSchema,
      title: z.string(),
      /** why it cannot be bound: another workspace has it for itself */
      problem: z.string().optional(),
    }),
  ),
  /** names of permissions on the platform that the caller has: `amamba.platform.manage` */
  can: z.array(z.string()),
  /** users and groups who can bind clusters by the configuration */
  managers: z.array(entityRefSchema),
});
export type ClusterBindingList = z.infer<typeof clusterBindingListSchema>;

export const bindClusterSchema = z.object({
  mode: bindingModeSchema.default('shared'),
  quota: quotaSchema.default({}),
  /** version that was edited; absent when the cluster is not bound yet */
  version: z.number().int().positive().optional(),
});

/** How what is in the cluster differs from what the portal holds. */
export const namespaceDriftSchema = z.object({
  code: z.enum([
    /** the namespace is gone from the cluster */
    'missing',
    /** the label or annotation of ownership was removed or changed by hand */
    'label',
    /** the cluster's label names another workspace */
    'owner',
    'quota',
    'limits',
    'podSecurity',
    /** the RoleBinding that lets the portal write is gone */
    'access',
    'terminating',
  ]),
  message: z.string(),
  /** the portal can put it right by itself */
  mendable: z.boolean(),
  since: instantSchema,
});
export type NamespaceDrift = z.infer<typeof namespaceDriftSchema>;

/** One line of a quota: used against limit. */
export const quotaUseSchema = z.object({
  key: z.string(),
  hard: z.string(),
  used: z.string(),
  /** used ÷ hard; absent when hard is 0 */
  share: z.number().nonnegative().optional(),
});
export type QuotaUse = z.infer<typeof quotaUseSchema>;

/** A row of the namespace list. */
export const namespaceSummarySchema = z.object({
  workspace: workspaceNameSchema,
  cluster: clusterNameSchema,
  name: namespaceNameSchema,
  environment: z.string().optional(),
  state: z.enum(['active', 'terminating', 'missing', 'unknown']),
  quota: z.array(quotaUseSchema),
  drift: z.array(namespaceDriftSchema),
  pods: z.number().int().nonnegative().optional(),
  createdAt: instantSchema,
  can: z.array(z.string()),
});
export type NamespaceSummary = z.infer<typeof namespaceSummarySchema>;

export const namespaceQuerySchema = z.object({
  q: searchTextSchema.optional(),
  cluster: clusterNameSchema.optional(),
  /** only those with a quota used to 80 % or more */
  over: queryBooleanSchema.optional(),
  sort: z
    .enum(['name', '-name', 'created', '-created', 'used', '-used'])
    .default('name'),
  ...pagePlace,
});
export type NamespaceQuery = z.infer<typeof namespaceQuerySchema>;

export const namespacePageSchema = pageSchema(namespaceSummarySchema).extend({
  setup: clusterSetupSchema,
  warnings: z.array(warningSchema),
});
export type NamespacePage = z.infer<typeof namespacePageSchema>;

const labelsSchema = z.record(z.string().max(317), z.string().max(63));

/** A namespace with everything. */
export const namespaceDetailSchema = namespaceSummarySchema.extend({
  labels: labelsSchema,
  /** its own; `environment` is the workspace's when it has none */
  ownEnvironment: z.string().optional(),
  /** what was asked for; `quota` is what the cluster counts */
  wantedQuota: quotaSchema,
  containerLimits: containerLimitsSchema.optional(),
  podSecurity: podSecuritySchema.optional(),
  createdBy: z.string(),
  version: z.number().int().positive(),
});
export type NamespaceDetail = z.infer<typeof namespaceDetailSchema>;

const environmentSchema = z
  .string()
  .max(63)
  .regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/);

export const namespaceSettingsSchema = z.object({
  environment: environmentSchema.optional(),
  labels: labelsSchema.default({}),
  quota: quotaSchema.default({}),
  containerLimits: containerLimitsSchema.optional(),
  /** absent: the portal sets no level */
  podSecurity: podSecuritySchema.optional(),
});
export type NamespaceSettings = z.infer<typeof namespaceSettingsSchema>;

export const namespaceDraftSchema = namespaceSettingsSchema.extend({
  cluster: clusterNameSchema,
  name: namespaceNameSchema,
  podSecurity: podSecuritySchema.default('baseline'),
});
export type NamespaceDraft = z.infer<typeof namespaceDraftSchema>;

export const namespaceUpdateSchema = namespaceSettingsSchema.extend({
  version: z.number().int().positive(),
});

/** A namespace that belongs to nobody. */
export const adoptableNamespaceSchema = z.object({
  cluster: clusterNameSchema,
  name: namespaceNameSchema,
  createdAt: instantSchema,
  /** carries the mark of a workspace, of another portal perhaps */
  marked: z.boolean(),
});
export type AdoptableNamespace = z.infer<typeof adoptableNamespaceSchema>;

/** What deleting a namespace would lose. */
export const namespaceDeletionSchema = z.object({
  /** objects by kind, the dear ones first */
  counts: z.array(
    z.object({ kind: z.string(), count: z.number().int().positive() }),
  ),
  /** volumes whose data goes with them */
  volumes: z.array(z.object({ name: z.string(), size: z.string() })),
  applications: z.array(z.string()),
  helmReleases: z.array(z.string()),
  hosts: z.array(z.string()),
  /** what could not be counted, and why */
  warnings: z.array(warningSchema),
});
export type NamespaceDeletion = z.infer<typeof namespaceDeletionSchema>;
