import { decodeCursor, encodeCursor, type CursorKey } from './Cursor';

/** One page of rows that are all at hand. */
export interface MemoryPage<T> {
  items: T[];
  total: number;
  nextCursor?: string;
  previousCursor?: string;
}

function compare(a: CursorKey, b: CursorKey): number {
  for (const [i, left] of a.entries()) {
    const right = b[i] ?? null;
    if (left !== right) {
      if (left === null) return -1;
      if (right === null) return 1;
      return left < right ? -1 : 1;
    }
  }
  return 0;
}

/**
 * Sorts rows and gives the page behind or before a cursor, by the place of its neighbour: rows that come and go in
 * between neither repeat nor hide others.
 *
 * @param options.key - sort key of a row; its last part must be unique
 * @param options.filter - what the list was filtered and sorted by; cursors of other lists are refused
 * @throws InputError naming `after` or `before`
 */
export function pageInMemory<T>(
  rows: readonly T[],
  options: {
    key(row: T): CursorKey;
    descending: boolean;
    filter: unknown;
    after?: string;
    before?: string;
    limit: number;
  },
): MemoryPage<T> {
  const { filter, after, before, limit } = options;
  const direction = options.descending ? -1 : 1;
  const sorted = rows
    .map(row => ({ row, key: options.key(row) }))
    .sort((a, b) => direction * compare(a.key, b.key));
  const from = after ? decodeCursor(after, filter, 'after') : undefined;
  const to = before ? decodeCursor(before, filter, 'before') : undefined;
  const candidates = sorted.filter(
    ({ key }) =>
      (!from || direction * compare(key, from) > 0) &&
      (!to || direction * compare(key, to) < 0),
  );
  const shown = to ? candidates.slice(-limit) : candidates.slice(0, limit);
  const first = shown[0];
  const last = shown[shown.length - 1];
  const isFirst = first === undefined || first === sorted[0];
  const isLast = last === undefined || last === sorted[sorted.length - 1];
  return {
    items: shown.map(({ row }) => row),
    total: rows.length,
    nextCursor: isLast ? undefined : encodeCursor(last.key, filter),
    previousCursor: isFirst ? undefined : encodeCursor(first.key, filter),
  };
}
