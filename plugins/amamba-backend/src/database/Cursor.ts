import { InputError } from '@backstage/errors';
import { createHash } from 'crypto';
import { z } from 'zod';

const payloadSchema = z.object({
  /** fingerprint of filter and sort: a cursor belongs to the list it came from */
  f: z.string(),
  /** sort key of the row that the page begins behind */
  k: z.array(z.union([z.string(), z.number(), z.null()])).max(5),
});

/** A row's place in a sorted list. */
export type CursorKey = (string | number | null)[];

function fingerprint(filter: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(filter))
    .digest('base64url')
    .slice(0, 12);
}

/** @param filter - what the list was filtered and sorted by */
export function encodeCursor(key: CursorKey, filter: unknown): string {
  return Buffer.from(
    JSON.stringify({ f: fingerprint(filter), k: key }),
  ).toString('base64url');
}

/** @throws InputError naming the field when the text is no cursor of this list */
export function decodeCursor(
  text: string,
  filter: unknown,
  field: 'after' | 'before',
): CursorKey {
  try {
    const payload = payloadSchema.parse(
      JSON.parse(Buffer.from(text, 'base64url').toString('utf8')),
    );
    if (payload.f === fingerprint(filter)) return payload.k;
  } catch {
    // answered below: whatever is wrong with it, it is no cursor of this list
  }
  throw new InputError(
    `${field}: this page no longer fits the filter; begin with the first page`,
  );
}
