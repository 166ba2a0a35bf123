import { z } from 'zod';
import { approvalSchema, runSchema, runStateSchema } from '../runs/schema';
import { warningSchema, workspaceNameSchema } from '../contract/primitives';

const runOfPipelineSchema = runSchema.extend({
  workspace: workspaceNameSchema,
  pipeline: z.string(),
  typicalDurationMs: z.number().int().optional(),
});
export type OverviewRun = z.infer<typeof runOfPipelineSchema>;

/** What the overview of one workspace, or of all of the caller's, shows. Lists hold at most 20 rows, counts are whole. */
export const overviewSchema = z.object({
  /** approvals that the caller may decide, oldest first */
  waiting: z.array(
    z.object({ run: runOfPipelineSchema, approval: approvalSchema }),
  ),
  /** pipelines whose last finished run failed, newest first */
  broken: z.array(runOfPipelineSchema),
  running: z.array(runOfPipelineSchema),
  results: z.array(
    z.object({
      workspace: workspaceNameSchema,
      pipeline: z.string(),
      /** newest first */
      recent: z.array(runStateSchema),
    }),
  ),
  counts: z.object({
    pipelines: z.number().int(),
    waiting: z.number().int(),
    broken: z.number().int(),
    running: z.number().int(),
  }),
  warnings: z.array(warningSchema),
});
export type Overview = z.infer<typeof overviewSchema>;
