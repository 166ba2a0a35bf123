import { z } from 'zod';
import {
  clusterNameSchema,
  namespaceNameSchema,
  objectNameSchema,
} from '../clusters/schema';
import { healthSchema } from '../applications/health';
import { diffSchema } from '../applications/schema';
import { manifestProblemSchema } from '../applications/acts';
import { pagePlace } from '../contract/page';
import {
  instantSchema,
  pageSchema,
  searchTextSchema,
  warningSchema,
} from '../contract/primitives';

/** Name of a release, as Helm takes it. */
export const releaseNameSchema = z
  .string()
  .min(1)
  .max(53)
  .regex(
    /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/,
    'must consist of lower-case letters, digits, "-" and "."',
  );

export const helmStatusSchema = z.enum([
  'unknown',
  'deployed',
  'uninstalled',
  'superseded',
  'failed',
  'uninstalling',
  'pending-install',
  'pending-upgrade',
  'pending-rollback',
]);
export type HelmStatus = z.infer<typeof helmStatusSchema>;

/** One revision of a release. */
export const helmRevisionSchema = z.object({
  revision: z.number().int().positive(),
  status: helmStatusSchema,
  chart: z.string(),
  chartVersion: z.string(),
  appVersion: z.string().optional(),
  description: z.string().optional(),
  updatedAt: instantSchema,
});
export type HelmRevision = z.infer<typeof helmRevisionSchema>;

/** A release with what its page shows besides the application's. */
export const helmReleaseSchema = z.object({
  name: z.string(),
  cluster: clusterNameSchema,
  namespace: namespaceNameSchema,
  /** the newest revision, whatever became of it */
  latest: helmRevisionSchema,
  /** the newest that is deployed */
  deployed: helmRevisionSchema.optional(),
  health: healthSchema,
  history: z.array(helmRevisionSchema),
  notes: z.string().optional(),
  hooks: z.array(
    z.object({
      name: z.string(),
      kind: z.string(),
      events: z.array(z.string()),
      phase: z.string().optional(),
    }),
  ),
  /** repository that the chart was installed from, when the portal did it */
  repository: z.string().optional(),
  /** a client died in the middle; `unlock` helps */
  locked: z.boolean(),
  /** why the portal can only read: no helm program, no right to make tokens */
  readOnly: z.string().optional(),
  can: z.array(z.string()),
});
export type HelmRelease = z.infer<typeof helmReleaseSchema>;

/** What a revision holds; secrets are masked, and values only come to those who may edit. */
export const helmRevisionDetailSchema = helmRevisionSchema.extend({
  manifest: z.string(),
  notes: z.string().optional(),
  /** the user's values as YAML */
  values: z.string().optional(),
  /** with the chart's defaults */
  computedValues: z.string().optional(),
});

/** Where charts come from. */
export const helmRepositorySchema = z.object({
  name: objectNameSchema,
  type: z.enum(['http', 'oci']),
  url: z.string(),
  /** the workspace's own, or everybody's */
  scope: z.enum(['workspace', 'platform']),
  username: z.string().optional(),
  hasPassword: z.boolean(),
  /** charts of an OCI registry, which cannot be listed */
  charts: z.array(z.string()),
  checkedAt: instantSchema.optional(),
  problem: z.string().optional(),
  chartCount: z.number().int().nonnegative().optional(),
  version: z.number().int().positive(),
});
export type HelmRepository = z.infer<typeof helmRepositorySchema>;

export const helmRepositoryDraftSchema = z.object({
  name: objectNameSchema.max(63),
  type: z.enum(['http', 'oci']),
  url: z
    .string()
    .max(2000)
    .regex(
      /^(?:https?|oci):\/\/[^\s@/?#]+(?:\/[^\s?#]*)?$/,
      'must be an http, https or oci address without a user name in it',
    ),
  username: z.string().max(200).optional(),
  /** written, never read back; absent: the stored one stays */
  password: z.string().max(10_000).optional(),
  charts: z
    .array(
      z
        .string()
        .max(255)
        .regex(/^[a-z0-9](?:[a-z0-9._/-]*[a-z0-9])?$/),
    )
    .max(200)
    .default([]),
});
export type HelmRepositoryDraft = z.input<typeof helmRepositoryDraftSchema>;

/** A chart in a list. */
export const chartSummarySchema = z.object({
  repository: z.string(),
  name: z.string(),
  version: z.string(),
  appVersion: z.string().optional(),
  description: z.string().optional(),
  deprecated: z.boolean(),
  keywords: z.array(z.string()),
});
export type ChartSummary = z.infer<typeof chartSummarySchema>;

export const chartQuerySchema = z.object({
  q: searchTextSchema.optional(),
  repository: objectNameSchema.optional(),
  ...pagePlace,
});
export type ChartQuery = z.infer<typeof chartQuerySchema>;
export const chartPageSchema = pageSchema(chartSummarySchema).extend({
  warnings: z.array(warningSchema),
});
export type ChartPage = z.infer<typeof chartPageSchema>;

/** A version of a chart with what is needed to install it. */
export const chartDetailSchema = chartSummarySchema.extend({
  versions: z.array(
    z.object({
      version: z.string(),
      appVersion: z.string().optional(),
      createdAt: instantSchema.optional(),
    }),
  ),
  readme: z.string().optional(),
  /** values.yaml, with its comments */
  defaultValues: z.string(),
  /** values.schema.json */
  schema: z.record(z.string(), z.unknown()).optional(),
  home: z.string().optional(),
  sources: z.array(z.string()),
  kubeVersion: z.string().optional(),
});
export type ChartDetail = z.infer<typeof chartDetailSchema>;

const chartRef = z.object({
  repository: objectNameSchema,
  chart: z
    .string()
    .max(255)
    .regex(/^[A-Za-z0-9](?:[A-Za-z0-9._/-]*[A-Za-z0-9])?$/),
  version: z
    .string()
    .max(100)
    .regex(/^[0-9A-Za-z][0-9A-Za-z.+-]*$/),
});

/** What a release is to become. */
export const releaseDraftSchema = chartRef.extend({
  cluster: clusterNameSchema,
  namespace: namespaceNameSchema,
  name: releaseNameSchema,
  /** YAML of a map, at most 1 MB */
  values: z.string().max(1_000_000).default(''),
  /** wait until everything is ready */
  wait: z.boolean().default(true),
  /** undo a failed install or upgrade */
  atomic: z.boolean().default(true),
  timeoutSeconds: z.number().int().min(10).max(3600).default(300),
  forceConflicts: z.boolean().default(false),
  takeOwnership: z.boolean().default(false),
});
export type ReleaseDraft = z.infer<typeof releaseDraftSchema>;
export type ReleaseDraftInput = z.input<typeof releaseDraftSchema>;

/** What installing or upgrading would change; nothing has been written. */
export const releasePreviewSchema = z.object({
  /** nothing stands in the way */
  ok: z.boolean(),
  /** `upgrade` when there is a release of that name */
  action: z.enum(['install', 'upgrade']),
  /** revision that was looked at, for an upgrade */
  basis: z.number().int().positive().optional(),
  diff: z.array(diffSchema),
  problems: z.array(manifestProblemSchema),
  notes: z.string().optional(),
});
export type ReleasePreview = z.infer<typeof releasePreviewSchema>;
