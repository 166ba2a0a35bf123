import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';
import { storable } from './columns';
import { decodeCursor, encodeCursor, type CursorKey } from './Cursor';

/** What a page is asked with. */
export interface PageQuery {
  after?: string;
  before?: string;
  limit: number;
}

/** One page of rows. */
export interface RowPage<T> {
  rows: T[];
  nextCursor?: string;
  previousCursor?: string;
}

/** Which rows, in which order: those behind the key, when there is one. */
export interface PageSlice {
  descending: boolean;
  /** sort column and id of the row to begin behind */
  behind?: CursorKey;
  limit: number;
}

function readKey(
  cursor: string,
  list: { filter: unknown; keyKind: 'text' | 'number' },
  field: 'after' | 'before',
): CursorKey {
  const key = decodeCursor(cursor, list.filter, field);
  const [value, id] = key;
  const isRight =
    list.keyKind === 'number'
      ? Number.isSafeInteger(value)
      : typeof value === 'string' && value === storable(value);
  if (!isRight || typeof id !== 'string' || id !== storable(id)) {
    throw new InputError(`${field}: this is no page of this list`);
  }
  return key;
}

/**
 * Finds one page by the place of its neighbour instead of by counting rows, so that the last page is as fast as the first.
 *
 * @param list.filter - what the list is of, filtered and sorted by; cursors of other lists are refused
 * @throws InputError naming `after` or `before`
 */
export async function readPage<T>(
  { after, before, limit }: PageQuery,
  list: {
    filter: unknown;
    descending: boolean;
    /** what the sort column holds: a forged cursor must not reach the database */
    keyKind: 'text' | 'number';
    keyOf(row: T): CursorKey;
    fetch(slice: PageSlice): Promise<T[]>;
  },
): Promise<RowPage<T>> {
  const behind = before
    ? readKey(before, list, 'before')
    : after && readKey(after, list, 'after');
  const fetched = await list.fetch({
    descending: before ? !list.descending : list.descending,
    behind: behind || undefined,
    limit: limit + 1,
  });
  const isCut = fetched.length > limit;
  const rows = fetched.slice(0, limit);
  if (before) rows.reverse();
  const cursor = (row: T | undefined) =>
    row && encodeCursor(list.keyOf(row), list.filter);
  const hasNext = before ? true : isCut;
  const hasPrevious = before ? isCut : Boolean(after);
  return {
    rows,
    nextCursor: hasNext ? cursor(rows[rows.length - 1]) : undefined,
    previousCursor: hasPrevious ? cursor(rows[0]) : undefined,
  };
}

/** Sorts by a column and the id, begins behind the key and cuts. */
export function applySlice(
  query: Knex.QueryBuilder,
  column: string,
  { descending, behind, limit }: PageSlice,
): Knex.QueryBuilder {
  const order = descending ? 'desc' : 'asc';
  if (behind) {
    query.whereRaw(`(??, ??) ${descending ? '<' : '>'} (?, ?)`, [
      column,
      'id',
      ...behind,
    ]);
  }
  return query
    .orderBy([
      { column, order },
      { column: 'id', order },
    ])
    .limit(limit);
}

/** Text in which `%`, `_` and `\` mean themselves; for LIKE with `\` as escape. */
function likeText(text: string): string {
  return `%${text.toLocaleLowerCase('en-US').replace(/[\\%_]/g, '\\$&')}%`;
}

/** Rows in which one of the columns holds the text, whatever its case. */
export function whereContains(
  query: Knex.QueryBuilder,
  columns: readonly string[],
  text: string,
): void {
  const pattern = likeText(storable(text));
  query.where(either => {
    for (const column of columns) {
      either.orWhereRaw("LOWER(??) LIKE ? ESCAPE '\\'", [column, pattern]);
    }
  });
}
