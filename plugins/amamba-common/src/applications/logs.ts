import { z } from 'zod';
import { objectNameSchema } from '../clusters/schema';
import {
  instantSchema,
  queryBooleanSchema,
  queryListSchema,
} from '../contract/primitives';

/** Which logs to read. */
export const podLogQuerySchema = z.object({
  /** absent: all pods of the application, at most 20 */
  pods: queryListSchema(objectNameSchema).optional(),
  /** absent: every container that is no init container */
  container: z.string().max(63).optional(),
  previous: queryBooleanSchema.optional(),
  follow: queryBooleanSchema.optional(),
  sinceTime: instantSchema.optional(),
  /** lines from the end of each container, at most 20,000 */
  tail: z.coerce.number().int().min(0).max(20_000).default(500),
});
export type PodLogQuery = z.infer<typeof podLogQuerySchema>;

/**
 * One line of the answer's stream, which is NDJSON: a line of a log, or a notice (a container began, ended, could not be
 * read). Lines of one container keep their order.
 */
export const podLogLineSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('line'),
    pod: z.string(),
    container: z.string(),
    /** RFC 3339 with nanoseconds, as the kubelet wrote it */
    at: z.string(),
    text: z.string(),
  }),
  z.object({
    type: z.literal('notice'),
    pod: z.string(),
    container: z.string().optional(),
    code: z.enum(['started', 'ended', 'failed', 'resumed']),
    message: z.string(),
  }),
]);
export type PodLogLine = z.infer<typeof podLogLineSchema>;

/** A terminal that is to be opened. */
export const terminalRequestSchema = z.object({
  pod: objectNameSchema,
  container: z.string().max(63).optional(),
  columns: z.number().int().min(1).max(1000).default(80),
  rows: z.number().int().min(1).max(1000).default(24),
});

/** A terminal that is open; it ends with its stream, after 30 idle minutes, or when it is closed. */
export const terminalSchema = z.object({
  id: z.string(),
  pod: z.string(),
  container: z.string(),
});
export type Terminal = z.infer<typeof terminalSchema>;

/** What goes into a terminal. */
export const terminalInputSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('data'), data: z.string().max(65_536) }),
  z.object({
    type: z.literal('resize'),
    columns: z.number().int().min(1).max(1000),
    rows: z.number().int().min(1).max(1000),
  }),
]);
export type TerminalInput = z.infer<typeof terminalInputSchema>;
