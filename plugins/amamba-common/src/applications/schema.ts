import { z } from 'zod';
import {
  clusterNameSchema,
  clusterSetupSchema,
  namespaceNameSchema,
  objectNameSchema,
} from '../clusters/schema';
import { pagePlace } from '../contract/page';
import {
  entityRefSchema,
  instantSchema,
  pageSchema,
  queryListSchema,
  searchTextSchema,
  warningSchema,
  workspaceNameSchema,
} from '../contract/primitives';
import { healthSchema, healthStatusSchema } from './health';

/**
 * What an application is: `application` is native (`app.k8s.io`), `helm` a release; the others are plain workloads that
 * belong to neither.
 */
export const applicationKindSchema = z.enum([
  'application',
  'helm',
  'deployment',
  'statefulset',
  'daemonset',
  'cronjob',
  'job',
]);
export type ApplicationKind = z.infer<typeof applicationKindSchema>;

/** Kinds of workloads that pods come from. */
export const workloadKindSchema = z.enum([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'Job',
  'ReplicaSet',
  'Pod',
]);
export type WorkloadKind = z.infer<typeof workloadKindSchema>;

/** Address of an application. */
export const applicationKeySchema = z.object({
  cluster: clusterNameSchema,
  namespace: namespaceNameSchema,
  kind: applicationKindSchema,
  name: objectNameSchema,
});
export type ApplicationKey = z.infer<typeof applicationKeySchema>;

/** A row of the list. */
export const applicationSummarySchema = applicationKeySchema.extend({
  workspace: workspaceNameSchema,
  environment: z.string().optional(),
  title: z.string(),
  health: healthSchema,
  /** pods that are ready, of those wanted */
  ready: z.number().int().nonnegative(),
  desired: z.number().int().nonnegative(),
  images: z.array(z.string()),
  /** version of the chart or of the application, when it says */
  version: z.string().optional(),
  /** who else manages it: `argocd`, `helm` … */
  managedBy: z.string().optional(),
  entityRef: entityRefSchema.optional(),
  createdAt: instantSchema,
  /** age of what is shown; 0 while the cluster is watched */
  ageMs: z.number().int().nonnegative(),
});
export type ApplicationSummary = z.infer<typeof applicationSummarySchema>;

export const applicationQuerySchema = z.object({
  q: searchTextSchema.optional(),
  kind: queryListSchema(applicationKindSchema).optional(),
  health: queryListSchema(healthStatusSchema).optional(),
  cluster: clusterNameSchema.optional(),
  ns: namespaceNameSchema.optional(),
  /** only what belongs to the entity, by its annotations or labels */
  entity: entityRefSchema.optional(),
  sort: z
    .enum(['name', '-name', 'health', '-health', 'created', '-created'])
    .default('name'),
  ...pagePlace,
});
export type ApplicationQuery = z.infer<typeof applicationQuerySchema>;

export const applicationPageSchema = pageSchema(
  applicationSummarySchema,
).extend({
  setup: clusterSetupSchema,
  /** rows by health, over all that matches the other filters */
  counts: z.partialRecord(healthStatusSchema, z.number().int().nonnegative()),
  warnings: z.array(warningSchema),
});
export type ApplicationPage = z.infer<typeof applicationPageSchema>;

/** A pod as lists show it. */
export const podSummarySchema = z.object({
  name: objectNameSchema,
  /** kubectl's word */
  phrase: z.string(),
  health: healthSchema,
  ready: z.number().int().nonnegative(),
  containers: z.array(
    z.object({
      name: z.string(),
      image: z.string(),
      init: z.boolean(),
      ready: z.boolean(),
      restarts: z.number().int().nonnegative(),
      /** it ended before and its log can be read */
      previous: z.boolean(),
      state: z.enum(['running', 'waiting', 'terminated', 'unknown']),
    }),
  ),
  node: z.string().optional(),
  ip: z.string().optional(),
  owner: z.string().optional(),
  createdAt: instantSchema,
  /** measured now; absent without metrics */
  cpuCores: z.number().nonnegative().optional(),
  memoryBytes: z.number().nonnegative().optional(),
});
export type PodSummary = z.infer<typeof podSummarySchema>;

/** Acts that an object can take; `why` says why not when it is not possible, `refusal` so that every language can say it. */
export const actOptionSchema = z.object({
  act: z.enum([
    'scale',
    'restart',
    'stop',
    'start',
    'pause',
    'resume',
    'image',
    'rollback',
    'trigger',
    'suspend',
    'unsuspend',
  ]),
  possible: z.boolean(),
  why: z.string().optional(),
  refusal: z
    .object({
      code: z.string(),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
    })
    .optional(),
});
export type ActOption = z.infer<typeof actOptionSchema>;

/** One object of an application. */
export const applicationResourceSchema = z.object({
  /** `apps/v1` */
  apiVersion: z.string(),
  kind: z.string(),
  name: z.string(),
  uid: z.string().optional(),
  health: healthSchema,
  /** short facts for the row: `3/3`, `10.0.0.1:80` */
  facts: z.array(z.string()),
  ready: z.number().int().nonnegative().optional(),
  desired: z.number().int().nonnegative().optional(),
  containers: z
    .array(z.object({ name: z.string(), image: z.string(), init: z.boolean() }))
    .optional(),
  acts: z.array(actOptionSchema),
  createdAt: instantSchema.optional(),
});
export type ApplicationResource = z.infer<typeof applicationResourceSchema>;

/** An application with what its page shows. */
export const applicationDetailSchema = applicationSummarySchema.extend({
  description: z.string().optional(),
  labels: z.record(z.string(), z.string()),
  resources: z.array(applicationResourceSchema),
  pods: z.array(podSummarySchema),
  podTotal: z.number().int().nonnegative(),
  /** addresses that lead to it */
  links: z.array(z.object({ title: z.string(), url: z.url() })),
  can: z.array(z.string()),
  warnings: z.array(warningSchema),
  metrics: z.boolean(),
});
export type ApplicationDetail = z.infer<typeof applicationDetailSchema>;

/** A node of the topology. */
export const topologyNodeSchema = z.object({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  health: healthSchema,
  /** column, from what traffic enters by to what is used */
  layer: z.number().int().nonnegative(),
  /** this many pods stand behind a folded node */
  count: z.number().int().positive().optional(),
  facts: z.array(z.string()),
});
export const topologySchema = z.object({
  nodes: z.array(topologyNodeSchema),
  edges: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      /** `routes`, `selects`, `owns`, `mounts`, `scales`, `guards` */
      relation: z.string(),
    }),
  ),
});
export type Topology = z.infer<typeof topologySchema>;
export type TopologyNode = z.infer<typeof topologyNodeSchema>;

/** Alike events of one object, as one row. */
export const eventRowSchema = z.object({
  id: z.string(),
  object: z.string(),
  type: z.enum(['Normal', 'Warning']),
  reason: z.string(),
  message: z.string(),
  count: z.number().int().positive(),
  firstAt: instantSchema.optional(),
  lastAt: instantSchema,
  source: z.string().optional(),
});
export type EventRow = z.infer<typeof eventRowSchema>;

/** One revision of a workload or release. */
export const revisionSchema = z.object({
  /** what `rollback` takes */
  id: z.string(),
  number: z.number().int().nonnegative(),
  workload: z.string().optional(),
  current: z.boolean(),
  status: z.string().optional(),
  images: z.array(z.string()),
  cause: z.string().optional(),
  createdAt: instantSchema,
  pods: z.number().int().nonnegative().optional(),
  /** why it can't be gone back to */
  why: z.string().optional(),
});
export type Revision = z.infer<typeof revisionSchema>;

/** One changed line group of two objects; secrets are masked before. */
export const diffSchema = z.object({
  object: z.string(),
  change: z.enum(['create', 'update', 'delete', 'none']),
  hunks: z.array(
    z.object({
      /** `spec.template.spec.containers[0].image` */
      path: z.string(),
      before: z.string().optional(),
      after: z.string().optional(),
    }),
  ),
  warnings: z.array(z.string()),
});
export type ObjectDiff = z.infer<typeof diffSchema>;

/** The manifest of one object as text. */
export const manifestSchema = z.object({
  object: z.string(),
  yaml: z.string(),
  /** changes with everything but the status; hand it back with the edited text */
  resourceVersion: z.string().optional(),
  /** fields that others write: `replicas: kubectl (scale) 2026-…` */
  managers: z.array(
    z.object({
      manager: z.string(),
      operation: z.string(),
      at: instantSchema.optional(),
      fields: z.array(z.string()),
    }),
  ),
});
export type Manifest = z.infer<typeof manifestSchema>;
