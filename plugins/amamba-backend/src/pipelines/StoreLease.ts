import type { Knex } from 'knex';

/** Who takes rows, and for how long nobody else may. */
export interface Lease {
  /** id of the backend process */
  owner: string;
  /** epoch milliseconds */
  now: number;
  durationMs: number;
}

/** Columns that give a row to somebody. */
export function leaseColumns({ owner, now, durationMs }: Lease) {
  return { lease_owner: owner, lease_until: now + durationMs };
}

/** Columns that give it back. */
export const NO_LEASE = { lease_owner: null, lease_until: null } as const;

function isFree(query: Knex.QueryBuilder, now: number): Knex.QueryBuilder {
  return query.where(free =>
    free.whereNull('lease_until').orWhere('lease_until', '<=', now),
  );
}

/**
 * Takes due rows that nobody works on. Two backends that ask at the same time get different rows: the update looks again
 * at each row after having waited for it. A lease of somebody who died ends by itself.
 *
 * @param due - column with the time from which a row is due
 */
export async function claimDue<Row extends object>(
  database: Knex,
  table: string,
  options: { key: string; due: string; limit: number; lease: Lease },
): Promise<Row[]> {
  const { key, due, limit, lease } = options;
  const candidates = isFree(
    database(table).select(key).where(due, '<=', lease.now),
    lease.now,
  )
    .orderBy(due)
    .limit(limit);
  const claimed = await isFree(
    database(table).whereIn(key, candidates),
    lease.now,
  )
    .update(leaseColumns(lease))
    .returning('*');
  return claimed as Row[];
}
