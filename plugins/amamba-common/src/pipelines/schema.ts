import { z } from 'zod';
import { pagePlace } from '../contract/page';
import {
  durationMsSchema,
  entityRefSchema,
  instantSchema,
  pageSchema,
  pipelineNameSchema,
  queryListSchema,
  searchTextSchema,
  warningSchema,
  workspaceNameSchema,
} from '../contract/primitives';
import { readCron } from '../cron';
import { parameterDefinitionsSchema } from './parameters';
import { runCauseSchema, runStateSchema } from '../runs/schema';
import { entityWorkspaceSchema } from '../workspaces/schema';

/** Id of a configured engine instance, e.g. `ci`. */
export const engineIdSchema = z
  .string()
  .max(63)
  .regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/);

/** Id of a credential in the engine. Jenkins allows exactly these characters. */
export const credentialIdSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[A-Za-z0-9_.-]+$/);

/** A Git address: https, http or ssh, without user information other than a user name for ssh. */
export const repositoryUrlSchema = z
  .string()
  .max(2000)
  .regex(
    /^(?:https?:\/\/[^\s@/?#]+\/[^\s?#]+|ssh:\/\/(?:[A-Za-z0-9._-]+@)?[^\s@/?#]+\/[^\s?#]+|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:[^\s?#]+)$/,
    'must be an https, http or ssh address of a Git repository, without a password in it',
  );

/** A branch or tag name; the characters that git forbids, and a leading "-", are refused. */
export const branchSchema = z
  .string()
  .min(1)
  .max(250)
  .regex(
    /^(?!-)(?!.*\.\.)(?!.*@\{)(?!.*\/\/)[^\u0000-\u0020\u007f~^:?*[\\]+$/,
    'must be a branch or tag name',
  );

/** A path inside a repository. */
export const repositoryPathSchema = z
  .string()
  .min(1)
  .max(500)
  .regex(
    /^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$))[^\u0000-\u001f\\]+$/,
    'must be a path inside the repository',
  );

/** Where the Jenkinsfile comes from. */
export const pipelineSourceSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('script'),
    /** the Jenkinsfile's text, at most 1 MB */
    script: z.string().max(1_000_000),
  }),
  z.object({
    type: z.literal('repository'),
    url: repositoryUrlSchema,
    branch: branchSchema.default('main'),
    scriptPath: repositoryPathSchema.default('Jenkinsfile'),
    credentialId: credentialIdSchema.optional(),
  }),
]);
export type PipelineSource = z.infer<typeof pipelineSourceSchema>;

/** One or more lines of Jenkins' cron dialect (`H`, ranges, steps, `@daily`, `TZ=`). */
export const cronSchema = z
  .string()
  .trim()
  .min(1)
  .max(1000)
  .superRefine((text, context) => {
    for (const { message } of readCron(text).errors) {
      context.addIssue({ code: 'custom', message });
    }
  });

/** Settings that every pipeline has, whatever its source. */
export const pipelineSettingsSchema = z.object({
  parameters: parameterDefinitionsSchema.default([]),
  triggers: z
    .object({
      /** runs at these times */
      cron: cronSchema.optional(),
      /** looks for new commits at these times */
      pollScm: cronSchema.optional(),
    })
    .default({}),
  /** absent: runs are kept for ever */
  discard: z
    .object({
      days: z.number().int().min(1).max(3650).optional(),
      runs: z.number().int().min(1).max(10_000).optional(),
    })
    .optional(),
  disableConcurrentRuns: z.boolean().default(false),
  /** seconds that a triggered run waits for more triggers */
  quietPeriodSeconds: z.number().int().min(0).max(86_400).optional(),
});
export type PipelineSettings = z.infer<typeof pipelineSettingsSchema>;

/** What a user writes. */
export const pipelineDraftSchema = z.object({
  name: pipelineNameSchema,
  description: z.string().max(2000).default(''),
  /** the entity that shows the pipeline on its tab */
  entityRef: entityRefSchema.optional(),
  /** e.g. `prod`; policies can be written by it */
  environment: z
    .string()
    .max(63)
    .regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/)
    .optional(),
  /** absent: the first configured engine */
  engine: engineIdSchema.optional(),
  source: pipelineSourceSchema,
  settings: pipelineSettingsSchema.default(pipelineSettingsSchema.parse({})),
});
export type PipelineDraft = z.infer<typeof pipelineDraftSchema>;
export type PipelineDraftInput = z.input<typeof pipelineDraftSchema>;

/** A change of a pipeline; the name and the engine stay. */
export const pipelineUpdateSchema = pipelineDraftSchema
  .omit({ name: true, engine: true })
  .extend({
    /** the version that was edited; another one means that somebody was faster (409) */
    version: z.number().int().positive(),
  });
export type PipelineUpdate = z.infer<typeof pipelineUpdateSchema>;

/** Whether the engine has what the database says. */
export const syncStateSchema = z.enum([
  'pending',
  'synced',
  'failed',
  'missing',
]);
export type SyncState = z.infer<typeof syncStateSchema>;

/** The newest run, as a list row shows it. */
export const runSummarySchema = z.object({
  id: z.string(),
  number: z.number().int().positive().optional(),
  state: runStateSchema,
  cause: runCauseSchema,
  branch: z.string().optional(),
  commit: z.string().optional(),
  queuedAt: instantSchema,
  startedAt: instantSchema.optional(),
  endedAt: instantSchema.optional(),
  durationMs: durationMsSchema.optional(),
  /** `Unit tests`, the stage that runs, waits or failed */
  stage: z.string().optional(),
});

/** A row of the pipeline list. */
export const pipelineSummarySchema = z.object({
  name: pipelineNameSchema,
  workspace: workspaceNameSchema,
  description: z.string(),
  entityRef: entityRefSchema.optional(),
  environment: z.string().optional(),
  engine: engineIdSchema,
  sourceType: z.enum(['script', 'repository']),
  lastRun: runSummarySchema.optional(),
  /** states of up to ten finished runs, newest first */
  recent: z.array(runStateSchema).max(10),
  /** whether a run form is needed */
  hasParameters: z.boolean(),
  /** names of the permissions that the caller has on this pipeline; buttons are enabled by it, the service decides again */
  can: z.array(z.string()),
  sync: z.object({
    state: syncStateSchema,
    problem: z.string().optional(),
    /** when the engine last confirmed */
    at: instantSchema.optional(),
  }),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});
export type PipelineSummary = z.infer<typeof pipelineSummarySchema>;

/** A pipeline with everything. */
export const pipelineSchema = pipelineSummarySchema.extend({
  source: pipelineSourceSchema,
  settings: pipelineSettingsSchema,
  /** parameters that the Jenkinsfile itself declares; they replace `settings.parameters` and cannot be edited here */
  declaredParameters: parameterDefinitionsSchema.optional(),
  createdBy: z.string(),
  updatedBy: z.string(),
  version: z.number().int().positive(),
  /** address of the job in the engine's own UI */
  engineUrl: z.url().optional(),
  statistics: z.object({
    total: z.number().int(),
    succeeded: z.number().int(),
    /** median of the last ten successful runs */
    typicalDurationMs: durationMsSchema.optional(),
  }),
});
export type Pipeline = z.infer<typeof pipelineSchema>;

export const pipelineSortSchema = z.enum([
  'name',
  'lastRun',
  'created',
  'state',
]);
export type PipelineSort = z.infer<typeof pipelineSortSchema>;
export const sortOrderSchema = z.enum(['asc', 'desc']);
export type SortOrder = z.infer<typeof sortOrderSchema>;

export const pipelineQuerySchema = z.object({
  /** part of the name or description */
  q: searchTextSchema.optional(),
  /** states of the last run */
  state: queryListSchema(runStateSchema).optional(),
  /** only those of this entity: created for it, or named by its annotation */
  entity: entityRefSchema.optional(),
  sort: pipelineSortSchema.default('name'),
  order: sortOrderSchema.default('asc'),
  ...pagePlace,
});
export type PipelineQuery = z.infer<typeof pipelineQuerySchema>;

export const pipelinePageSchema = pageSchema(pipelineSummarySchema).extend({
  warnings: z.array(warningSchema),
});
export type PipelinePage = z.infer<typeof pipelinePageSchema>;

/** Which pipelines of an entity. */
export const entityPipelineQuerySchema = pipelineQuerySchema.omit({
  entity: true,
});
export type EntityPipelineQuery = z.infer<typeof entityPipelineQuerySchema>;

/** What the tab of an entity shows, in one answer: the list, and where the entity belongs. */
export const entityPipelinePageSchema = pipelinePageSchema.extend({
  place: entityWorkspaceSchema,
});
export type EntityPipelinePage = z.infer<typeof entityPipelinePageSchema>;

/** An engine that a pipeline can live in. */
export const engineSchema = z.object({
  id: engineIdSchema,
  title: z.string(),
  kind: z.enum(['jenkins']),
  reachable: z.boolean(),
  version: z.string().optional(),
  problem: z.string().optional(),
  /** last time it answered */
  seenAt: instantSchema.optional(),
});
export type Engine = z.infer<typeof engineSchema>;
