import { z } from 'zod';
import { queryBooleanSchema } from '../contract/primitives';

const MAX_CHUNK_BYTES = 1_048_576;
const DEFAULT_CHUNK_BYTES = 262_144;

/** Asks for a range of a log. `line` wins over `start`; `tail` asks for the last `limit` bytes. */
export const logQuerySchema = z.object({
  /** id of a stage or step; absent: the whole run's log */
  node: z
    .string()
    .max(100)
    .regex(/^[A-Za-z0-9_-]+$/)
    .optional(),
  /** byte offset to begin at; a start inside a line is moved to the beginning of that line */
  start: z.coerce.number().int().min(0).optional(),
  /** line to begin at, the first one is 1 */
  line: z.coerce.number().int().min(1).optional(),
  tail: queryBooleanSchema.optional(),
  /** bytes at most; a single longer line is cut */
  limit: z.coerce
    .number()
    .int()
    .min(1024)
    .max(MAX_CHUNK_BYTES)
    .default(DEFAULT_CHUNK_BYTES),
});
export type LogQuery = z.infer<typeof logQuerySchema>;

/** A range of a log: whole lines, control characters and ANSI sequences as the engine gave them. */
export const logChunkSchema = z.object({
  text: z.string(),
  /** byte offset of the first character */
  start: z.number().int().nonnegative(),
  /** byte offset to ask next with */
  end: z.number().int().nonnegative(),
  /** number of the first line; absent when it is not known without reading all that is before it */
  firstLine: z.number().int().positive().optional(),
  /** bytes that the log has now */
  size: z.number().int().nonnegative(),
  /** lines that the log has now, when known */
  lines: z.number().int().nonnegative().optional(),
  /** true while the run goes on and more may come */
  more: z.boolean(),
});
export type LogChunk = z.infer<typeof logChunkSchema>;

export const logSearchQuerySchema = z.object({
  node: logQuerySchema.shape.node,
  q: z.string().min(1).max(500),
  regex: queryBooleanSchema.optional(),
  matchCase: queryBooleanSchema.optional(),
  /** matches before this one (0-based) are counted but not listed */
  skip: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
export type LogSearchQuery = z.infer<typeof logSearchQuerySchema>;

/** Matches in the whole log. */
export const logSearchResultSchema = z.object({
  /** lines that match in the whole log */
  total: z.number().int().nonnegative(),
  matches: z.array(
    z.object({
      line: z.number().int().positive(),
      /** byte offset of that line */
      start: z.number().int().nonnegative(),
      /** the line, cut to 500 characters */
      text: z.string(),
    }),
  ),
  /** false when the time for one search was over; `total` is then a lower bound */
  complete: z.boolean(),
});
export type LogSearchResult = z.infer<typeof logSearchResultSchema>;
