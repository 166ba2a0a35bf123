import { cursorSchema, limitSchema } from './primitives';

/** The place in a keyset-paged list, as every query of one takes it: behind or before a row, and how many. */
export const pagePlace = {
  after: cursorSchema.optional(),
  before: cursorSchema.optional(),
  limit: limitSchema(50, 200),
};
