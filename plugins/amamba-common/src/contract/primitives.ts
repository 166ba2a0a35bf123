import { z } from 'zod';

/** A time on the wire: ISO 8601 in UTC. */
export const instantSchema = z.iso.datetime().describe('ISO 8601, UTC');

/** A duration in milliseconds. */
export const durationMsSchema = z.number().int().nonnegative();

/**
 * Name of a workspace in addresses: the group's name, `namespace~name` for groups outside `default`.
 * @see workspaceName
 */
export const workspaceNameSchema = z
  .string()
  .regex(
    /^(?:[a-z0-9-]{1,63}~)?[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/,
    'must be the name of a group, or namespace~name',
  );

/** `~all` stands for every workspace that the caller can read. */
export const workspaceNameOrAllSchema = z.union([
  z.literal('~all'),
  workspaceNameSchema,
]);

/**
 * Name of a pipeline: letters, digits, `.`, `_` and `-`, beginning and ending with a letter or digit. It is a segment of addresses, of
 * Jenkins item names (whose unsafe characters are a superset of what this leaves out) and of Kubernetes labels.
 */
export const pipelineNameSchema = z
  .string()
  .min(1)
  .max(63)
  .regex(
    /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/,
    'must consist of letters, digits, ".", "_" and "-", and begin and end with a letter or digit',
  );

/** A full entity reference, `kind:namespace/name`. */
export const entityRefSchema = z
  .string()
  .max(300)
  .regex(
    /^[A-Za-z][A-Za-z0-9]*:[A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+$/,
    'must be kind:namespace/name',
  );

/** Free text that a list is searched with. */
export const searchTextSchema = z.string().trim().max(200);

/** Opaque cursor of a keyset-paged list. */
export const cursorSchema = z.string().min(1).max(1000);

/** A number of rows, 1 to `max`. */
export function limitSchema(preset: number, max: number) {
  return z.coerce.number().int().min(1).max(max).default(preset);
}

/** A boolean in a query string. */
export const queryBooleanSchema = z
  .enum(['true', 'false'])
  .transform(value => value === 'true');

/** A list in a query string, separated by commas. */
export function queryListSchema<T extends z.ZodType<string, string>>(item: T) {
  return z
    .string()
    .transform(value => value.split(',').filter(part => part !== ''))
    .pipe(z.array(item).max(50));
}

/** One page of a list. `total` counts everything that matches the filter. */
export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    total: z.number().int().nonnegative(),
    /** pass as `after` to get the next page; absent on the last one */
    nextCursor: cursorSchema.optional(),
    /** pass as `before` to get the previous page; absent on the first one */
    previousCursor: cursorSchema.optional(),
  });
}

/** Something that answered late, partly or not at all, shown beside the rows that came. */
export const warningSchema = z.object({
  /** which system: `jenkins:ci` */
  source: z.string(),
  message: z.string(),
  /** since when */
  since: instantSchema.optional(),
});
export type Warning = z.infer<typeof warningSchema>;
