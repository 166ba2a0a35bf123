import { z } from 'zod';
import {
  instantSchema,
  warningSchema,
  workspaceNameSchema,
} from '../contract/primitives';

/** Name of a cluster in the portal's `kubernetes:` configuration. */
export const clusterNameSchema = z
  .string()
  .min(1)
  .max(100)
  .regex(
    /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/,
    'must be the name of a cluster',
  );

/** Name of a namespace: an RFC 1123 label. */
export const namespaceNameSchema = z
  .string()
  .min(1)
  .max(63)
  .regex(
    /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/,
    'must consist of lower-case letters, digits and "-", and begin and end with a letter or digit',
  );

/** Name of most Kubernetes objects: an RFC 1123 subdomain. */
export const objectNameSchema = z
  .string()
  .min(1)
  .max(253)
  .regex(
    /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/,
    'must be a lower-case RFC 1123 subdomain',
  );

/** How the clusters of the sandbox are coming up; `none` when the portal uses clusters of its own, or none at all. */
export const clusterSetupSchema = z.object({
  state: z.enum(['none', 'building', 'starting', 'ready', 'failed']),
  /** what is being done: `kube-apiserver` */
  step: z.string().optional(),
  /** 1-based number of the step */
  index: z.number().int().positive().optional(),
  of: z.number().int().positive().optional(),
  remainingMs: z.number().int().nonnegative().optional(),
  problem: z.string().optional(),
});
export type ClusterSetup = z.infer<typeof clusterSetupSchema>;

/** Whether a cluster answers: `forbidden` when it answers, but refuses the portal's account. */
export const clusterStateSchema = z.enum([
  'ok',
  'connecting',
  'unreachable',
  'unauthorized',
  'forbidden',
]);
export type ClusterState = z.infer<typeof clusterStateSchema>;

/** Something that a cluster can or cannot do for the portal. */
export const capabilitySchema = z.object({
  /** `metrics`, `applications` (app.k8s.io), `rollouts`, `argo-cd`, `helm`, `watch-list`, `write`, `exec` … */
  id: z.string(),
  present: z.boolean(),
  /** `v1.10.0`, when it says */
  version: z.string().optional(),
  /** what is lost without it */
  without: z.string().optional(),
  /** what to install or to grant */
  remedy: z.string().optional(),
  /** a command that does it, where one line is enough */
  command: z.string().optional(),
});
export type Capability = z.infer<typeof capabilitySchema>;

/** One watch cache, or the part of it that is kept. */
export const watchHealthSchema = z.object({
  /** `apps/v1/deployments` */
  kind: z.string(),
  state: z.enum(['stopped', 'filling', 'live', 'stale']),
  objects: z.number().int().nonnegative(),
  /** size of what is kept, as estimated */
  bytes: z.number().int().nonnegative(),
  /** age of what is shown; 0 while the watch is live */
  ageMs: z.number().int().nonnegative(),
  problem: z.string().optional(),
});
export type WatchHealth = z.infer<typeof watchHealthSchema>;

/** A cluster as the admin page shows it. */
export const clusterHealthSchema = z.object({
  name: clusterNameSchema,
  title: z.string(),
  state: clusterStateSchema,
  /** in words, when the state is not `ok` */
  problem: z.string().optional(),
  remedy: z.string().optional(),
  since: instantSchema.optional(),
  /** `v1.37.2` */
  version: z.string().optional(),
  latencyMs: z.number().nonnegative().optional(),
  authProvider: z.string().optional(),
  capabilities: z.array(capabilitySchema),
  watches: z.array(watchHealthSchema),
  /** who uses it */
  bindings: z.array(
    z.object({
      workspace: workspaceNameSchema,
      mode: z.enum(['exclusive', 'shared']),
    }),
  ),
  checkedAt: instantSchema.optional(),
});
export type ClusterHealth = z.infer<typeof clusterHealthSchema>;

/** All clusters of the portal. */
export const clusterListSchema = z.object({
  items: z.array(clusterHealthSchema),
  setup: clusterSetupSchema,
  warnings: z.array(warningSchema),
});
export type ClusterList = z.infer<typeof clusterListSchema>;

/** An engine (Jenkins …) as the admin page shows it. */
export const engineHealthSchema = z.object({
  id: z.string(),
  title: z.string(),
  type: z.string(),
  state: z.enum(['ok', 'unreachable', 'unknown']),
  version: z.string().optional(),
  latencyMs: z.number().nonnegative().optional(),
  problem: z.string().optional(),
  /** what waits in its queue, whoever asked for it; absent while it does not say */
  queue: z.number().int().nonnegative().optional(),
  executors: z
    .object({
      busy: z.number().int().nonnegative(),
      total: z.number().int().nonnegative(),
    })
    .optional(),
  /** when the engine last answered */
  answeredAt: instantSchema.optional(),
  /** when its last event came */
  eventAt: instantSchema.optional(),
});
export type EngineHealth = z.infer<typeof engineHealthSchema>;
