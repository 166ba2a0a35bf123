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

/** The log of one container, whole. */
export const podLogFileQuerySchema = z.object({
  pod: objectNameSchema,
  /** absent: the first one */
  container: z.string().max(63).optional(),
  previous: queryBooleanSchema.optional(),
});
export type PodLogFileQuery = z.infer<typeof podLogFileQuerySchema>;

/**
 * One line of the answer's stream, which is NDJSON: a line of a log, or a notice. What is there when the call comes is in the order
 * of time over all containers; what comes later keeps the order of its container. Empty lines are signs of life.
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
    /**
     * `started`: a container that was not there before is joined; `ended`: nothing more will come of it; `failed`: it cannot be
     * read; `interrupted` and `resumed`: a connection broke, and is back without a line lost
     */
    code: z.enum(['started', 'ended', 'failed', 'interrupted', 'resumed']),
    message: z.string(),
  }),
  /** what was there has come; from here on lines are new */
  z.object({ type: z.literal('current') }),
]);
export type PodLogLine = z.infer<typeof podLogLineSchema>;

/** A terminal that is to be opened. */
export const terminalRequestSchema = z.object({
  pod: objectNameSchema,
  container: z.string().max(63).optional(),
  columns: z.number().int().min(1).max(1000).default(80),
  rows: z.number().int().min(1).max(1000).default(24),
});
export type TerminalRequest = z.infer<typeof terminalRequestSchema>;

/**
 * A terminal that is open, for the user who opened it. It ends with its shell, when it is closed, half a minute after its output was
 * read last, and after 30 minutes in which nothing was typed.
 */
export const terminalSchema = z.object({
  id: z.string(),
  pod: z.string(),
  container: z.string(),
});
export type Terminal = z.infer<typeof terminalSchema>;

/** One line of what a terminal prints, which is NDJSON. Empty lines are signs of life. */
export const terminalEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('output'), text: z.string() }),
  z.object({
    type: z.literal('ended'),
    /**
     * `exited`: the shell ended; `failed`: it did not run, or the cluster's connection broke; `closed`: by the user; `idle`; `left`:
     * nobody read it; `refused`: the user may no longer; `stopped`: the portal stops
     */
    reason: z.enum([
      'exited',
      'failed',
      'closed',
      'idle',
      'left',
      'refused',
      'stopped',
    ]),
    /** exit code of the shell */
    code: z.number().int().optional(),
    /** why it failed, in the cluster's words */
    message: z.string().optional(),
  }),
]);
export type TerminalEvent = z.infer<typeof terminalEventSchema>;
export type TerminalEnd = Extract<TerminalEvent, { type: 'ended' }>;

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
