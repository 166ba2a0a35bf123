import { z } from 'zod';
import { pagePlace } from '../contract/page';
import {
  durationMsSchema,
  instantSchema,
  limitSchema,
  pageSchema,
  queryListSchema,
  searchTextSchema,
} from '../contract/primitives';
import {
  parameterDefinitionsSchema,
  parameterValuesSchema,
} from '../pipelines/parameters';

/**
 * State of a run. `waiting` waits for an approval, `notBuilt` ended without building, `unknown` could not be read
 * although it should exist.
 */
export const runStateSchema = z.enum([
  'queued',
  'running',
  'waiting',
  'succeeded',
  'unstable',
  'failed',
  'cancelled',
  'notBuilt',
  'unknown',
]);
export type RunState = z.infer<typeof runStateSchema>;

/** States that change no more. */
export const FINISHED_RUN_STATES: readonly RunState[] = [
  'succeeded',
  'unstable',
  'failed',
  'cancelled',
  'notBuilt',
];

/** Why a run started. */
export const runCauseSchema = z.object({
  type: z.enum([
    'manual',
    'schedule',
    'push',
    'webhook',
    'upstream',
    'rerun',
    'restart',
    'api',
    'other',
  ]),
  /** who, for manual, rerun and restart: an entity reference, or the engine's own user name */
  by: z.string().optional(),
  /** `#41` it repeats, `F/up #3` that triggered it, the engine's own words */
  text: z.string().optional(),
});
export type RunCause = z.infer<typeof runCauseSchema>;

/** A run in an address: its number, or its id while it has none yet. */
export const runKeySchema = z
  .string()
  .regex(
    /^(?:[1-9][0-9]{0,9}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/,
    'must be a run number or a run id',
  );

/** A decision that a run waits for. */
export const approvalSchema = z.object({
  /** the engine's id of the input step */
  id: z.string(),
  message: z.string(),
  /** label of the approving button, e.g. `Deploy` */
  okLabel: z.string(),
  /** stage that waits */
  stage: z.string().optional(),
  since: instantSchema.optional(),
  /** users and groups that may decide; empty: everybody with the permission */
  approvers: z.array(z.string()),
  parameters: parameterDefinitionsSchema,
  /** whether the caller may decide, and if not, why */
  mayDecide: z.boolean(),
  reason: z.string().optional(),
});
export type Approval = z.infer<typeof approvalSchema>;

/** A row of the run list. */
export const runSchema = z.object({
  /** id of the portal, known from the moment the run is asked for */
  id: z.string(),
  /** the engine's number, absent while queued */
  number: z.number().int().positive().optional(),
  state: runStateSchema,
  cause: runCauseSchema,
  branch: z.string().optional(),
  commit: z.string().optional(),
  commitMessage: z.string().optional(),
  queuedAt: instantSchema,
  startedAt: instantSchema.optional(),
  endedAt: instantSchema.optional(),
  /** from start to end, waiting included */
  durationMs: durationMsSchema.optional(),
  /** values given to the run; passwords are left out */
  parameters: parameterValuesSchema,
  /** the stage that runs, waits or failed */
  stage: z.string().optional(),
  /** the first error that matters */
  error: z.string().optional(),
  tests: z
    .object({
      total: z.number().int(),
      failed: z.number().int(),
      skipped: z.number().int(),
    })
    .optional(),
  artifacts: z.number().int().optional(),
  /** when the engine last confirmed this row */
  seenAt: instantSchema.optional(),
});
export type Run = z.infer<typeof runSchema>;

/** A run with what its page shows. */
export const runDetailSchema = runSchema.extend({
  pipeline: z.string(),
  /** number of the run before and after, when there is one */
  previous: z.number().int().positive().optional(),
  next: z.number().int().positive().optional(),
  approvals: z.array(approvalSchema),
  /** stages that a restart may begin at */
  restartableStages: z.array(z.string()),
  /** why the run waits in the queue */
  queueReason: z.string().optional(),
  /** median of the last ten successful runs */
  typicalDurationMs: durationMsSchema.optional(),
  engineUrl: z.url().optional(),
  /** set when the engine could not be asked and the answer is what was last seen */
  stale: z
    .object({ problem: z.string(), since: instantSchema.optional() })
    .optional(),
});
export type RunDetail = z.infer<typeof runDetailSchema>;

export const runQuerySchema = z.object({
  /** part of the branch, commit, commit message or cause */
  q: searchTextSchema.optional(),
  state: queryListSchema(runStateSchema).optional(),
  branch: z.string().max(250).optional(),
  /** who started it */
  by: z.string().max(300).optional(),
  sort: z.enum(['newest', 'oldest']).default('newest'),
  ...pagePlace,
});
export type RunQuery = z.infer<typeof runQuerySchema>;
export const runPageSchema = pageSchema(runSchema).extend({
  /** there are at least `total`: lists filtered by branch, person or text count to 10,000 */
  totalIsMinimum: z.boolean().optional(),
});
export type RunPage = z.infer<typeof runPageSchema>;

/** Starts a run. */
export const runRequestSchema = z.object({
  parameters: parameterValuesSchema.default({}),
  /** a request with the same key starts nothing new and answers with the run that the first one started */
  idempotencyKey: z
    .string()
    .min(8)
    .max(100)
    .regex(/^[A-Za-z0-9_-]+$/)
    .optional(),
});
export type RunRequest = z.infer<typeof runRequestSchema>;

/** What the run dialog needs. */
export const runFormSchema = z.object({
  parameters: parameterDefinitionsSchema,
  /** values of the last run, to start from */
  lastValues: parameterValuesSchema,
  lastRun: z.number().int().positive().optional(),
  /** runs of this pipeline that wait already */
  queued: z.number().int().nonnegative(),
  typicalDurationMs: durationMsSchema.optional(),
});
export type RunForm = z.infer<typeof runFormSchema>;

/** Repeats a run with the same parameters, or from one of its stages on. */
export const rerunRequestSchema = z.object({
  fromStage: z.string().min(1).max(500).optional(),
  idempotencyKey: runRequestSchema.shape.idempotencyKey,
});
export type RerunRequest = z.infer<typeof rerunRequestSchema>;

/** `stop` lets post steps run, `term` does not wait for steps, `kill` ends at once and may leave things behind. */
export const cancelRequestSchema = z.object({
  force: z.enum(['stop', 'term', 'kill']).default('stop'),
});
export type CancelRequest = z.infer<typeof cancelRequestSchema>;

/** A decision on an approval. */
export const decisionSchema = z.object({
  decision: z.enum(['approve', 'reject']),
  parameters: parameterValuesSchema.default({}),
  /** kept in the audit */
  reason: z.string().max(2000).optional(),
});
export type Decision = z.infer<typeof decisionSchema>;

/** Artifact of a run. */
export const artifactSchema = z.object({
  path: z.string(),
  name: z.string(),
  sizeBytes: z.number().int().nonnegative().optional(),
});
export type Artifact = z.infer<typeof artifactSchema>;
export const artifactListSchema = z.object({
  items: z.array(artifactSchema),
});

/** A commit that came in since the run before. */
export const changeSchema = z.object({
  commit: z.string(),
  message: z.string(),
  author: z.string(),
  at: instantSchema.optional(),
  files: z.number().int().nonnegative(),
});
export const changeListSchema = z.object({ items: z.array(changeSchema) });
export type Change = z.infer<typeof changeSchema>;

export const testStatusSchema = z.enum([
  'failed',
  'regression',
  'skipped',
  'fixed',
  'passed',
]);
export type TestStatus = z.infer<typeof testStatusSchema>;

/** One test case; failures carry their message and trace. */
export const testCaseSchema = z.object({
  id: z.string(),
  suite: z.string(),
  className: z.string(),
  name: z.string(),
  status: testStatusSchema,
  durationMs: durationMsSchema,
  /** number of runs that it has been failing for */
  failingSince: z.number().int().positive().optional(),
  message: z.string().optional(),
  trace: z.string().optional(),
});
export type TestCase = z.infer<typeof testCaseSchema>;

export const testQuerySchema = z.object({
  status: queryListSchema(testStatusSchema).optional(),
  q: searchTextSchema.optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: limitSchema(100, 500),
});
export type TestQuery = z.infer<typeof testQuerySchema>;

/** Test report: totals, and cases with failures first. */
export const testReportSchema = z.object({
  summary: z.object({
    total: z.number().int(),
    passed: z.number().int(),
    failed: z.number().int(),
    skipped: z.number().int(),
    /** failed now, not in the run before */
    regressions: z.number().int(),
    fixed: z.number().int(),
  }),
  /** cases that match the query */
  matching: z.number().int(),
  cases: z.array(testCaseSchema),
});
export type TestReport = z.infer<typeof testReportSchema>;
