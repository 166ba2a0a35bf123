import { z } from 'zod';
import { durationMsSchema, instantSchema } from '../contract/primitives';

/** State of a stage or step. */
export const nodeStateSchema = z.enum([
  'notStarted',
  'queued',
  'running',
  'waiting',
  'succeeded',
  'unstable',
  'failed',
  'cancelled',
  'skipped',
  'notBuilt',
  'unknown',
]);
export type NodeState = z.infer<typeof nodeStateSchema>;

/**
 * A stage of a run. Children of a `stage` run one after the other; children of a `parallel` run side by side and
 * are `branch`es (an arm of a parallel, or a matrix cell).
 */
export interface RunStage {
  /** id of the engine's flow node */
  id: string;
  name: string;
  kind: 'stage' | 'parallel' | 'branch';
  state: NodeState;
  startedAt?: string;
  durationMs?: number;
  /** of that, waiting for input */
  pausedMs?: number;
  /** added by the engine ("Checkout SCM", "Post Actions"), not written in the Jenkinsfile */
  synthetic?: boolean;
  /** why it waits */
  waitingFor?: string;
  children: RunStage[];
}

export const runStageSchema: z.ZodType<RunStage> = z.lazy(() =>
  z.object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(['stage', 'parallel', 'branch']),
    state: nodeStateSchema,
    startedAt: instantSchema.optional(),
    durationMs: durationMsSchema.optional(),
    pausedMs: durationMsSchema.optional(),
    synthetic: z.boolean().optional(),
    waitingFor: z.string().optional(),
    children: z.array(runStageSchema),
  }),
);

/** The stage graph of a run. */
export const runGraphSchema = z.object({
  stages: z.array(runStageSchema),
  /** false while stages may still be added */
  complete: z.boolean(),
});
export type RunGraph = z.infer<typeof runGraphSchema>;

/** A step of a stage. */
export const runStepSchema = z.object({
  id: z.string(),
  stageId: z.string(),
  /** "Shell Script" */
  name: z.string(),
  /** the command, or the label */
  title: z.string().optional(),
  state: nodeStateSchema,
  startedAt: instantSchema.optional(),
  durationMs: durationMsSchema.optional(),
  hasLog: z.boolean(),
  error: z.string().optional(),
});
export type RunStep = z.infer<typeof runStepSchema>;
export const runStepListSchema = z.object({ items: z.array(runStepSchema) });
