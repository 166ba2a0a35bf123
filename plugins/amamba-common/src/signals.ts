import { z } from 'zod';

/** Channel of Backstage signals that the backend publishes on. */
export const SIGNAL_CHANNEL = 'amamba';

/**
 * Says that something changed; carries nothing that needs a permission. The browser asks again through the API.
 * @see design rule 6
 */
export const changeSignalSchema = z.object({
  type: z.enum(['pipeline', 'run']),
  workspace: z.string(),
  pipeline: z.string(),
  /** id of the run, for `run` */
  run: z.string().optional(),
});
export type ChangeSignal = z.infer<typeof changeSignalSchema>;
