import { z } from 'zod';

/** Channel of Backstage signals that the backend publishes on. */
export const SIGNAL_CHANNEL = 'amamba';

/**
 * Says that something changed; carries nothing that needs a permission. The browser asks again through the API.
 * @see design rule 6
 */
export const changeSignalSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.enum(['pipeline', 'run']),
    workspace: z.string(),
    pipeline: z.string(),
    /** id of the run, for `run` */
    run: z.string().optional(),
  }),
  z.object({
    type: z.literal('namespace'),
    workspace: z.string(),
    cluster: z.string(),
    namespace: z.string(),
    /** kinds of objects that changed in it; empty: the namespace itself */
    kinds: z.array(z.string()),
  }),
  z.object({
    type: z.literal('operation'),
    workspace: z.string(),
    operation: z.string(),
  }),
]);
export type ChangeSignal = z.infer<typeof changeSignalSchema>;

/** A change of a pipeline or of a run. */
export type PipelineChange = Extract<ChangeSignal, { pipeline: string }>;

/** Whether a change is one of a pipeline or of its runs, in the workspace and of the pipeline when they are named. */
export function isPipelineChange(
  change: ChangeSignal,
  workspace?: string,
  pipeline?: string,
): change is PipelineChange {
  return (
    'pipeline' in change &&
    (workspace === undefined || change.workspace === workspace) &&
    (pipeline === undefined || change.pipeline === pipeline)
  );
}

/** Whether a change is one of objects in a namespace, in the workspace and of the namespace when they are named. */
export function isNamespaceChange(
  change: ChangeSignal,
  workspace: string,
  at?: { cluster: string; namespace: string },
): boolean {
  return (
    change.type === 'namespace' &&
    change.workspace === workspace &&
    (at === undefined ||
      (change.cluster === at.cluster && change.namespace === at.namespace))
  );
}
