import { z } from 'zod';
import { instantSchema } from '../contract/primitives';

/** Something that takes a while in a cluster: installing a chart, deleting an application. */
export const operationSchema = z.object({
  id: z.uuid(),
  /** `helm.upgrade`, `application.delete` … */
  kind: z.string(),
  /** what it is about: `prod/shop` */
  object: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  steps: z.array(
    z.object({
      text: z.string(),
      state: z.enum(['running', 'done', 'failed']),
      at: instantSchema,
    }),
  ),
  /** why it failed */
  problem: z.string().optional(),
  remedy: z.string().optional(),
  startedAt: instantSchema,
  endedAt: instantSchema.optional(),
  startedBy: z.string(),
});
export type Operation = z.infer<typeof operationSchema>;
