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

/** What is claimed, and by whom. */
interface Claim {
  key: string;
  /** column with the time from which a row is due */
  due: string;
  limit: number;
  lease: Lease;
  /**
   * Keys of the rows that the owner works on, when it knows. Others that it holds it does not know of: the answer to
   * its claim, or what it gave back, was lost with the database's connection.
   */
  working?: readonly (string | number)[];
}

function isFree(
  query: Knex.QueryBuilder,
  { key, lease, working }: Claim,
): Knex.QueryBuilder {
  return query.where(free => {
    free.whereNull('lease_until').orWhere('lease_until', '<=', lease.now);
    if (working) {
      free.orWhere(own =>
        own.where({ lease_owner: lease.owner }).whereNotIn(key, [...working]),
      );
    }
  });
}

/**
 * Takes due rows that nobody works on. Two backends that ask at the same time get different rows: the update looks again
 * at each row after having waited for it. A lease of somebody who died ends by itself.
 */
export async function claimDue<Row extends object>(
  database: Knex,
  table: string,
  claim: Claim,
): Promise<Row[]> {
  const { key, due, limit, lease } = claim;
  const candidates = isFree(
    database(table).select(key).where(due, '<=', lease.now),
    claim,
  )
    .orderBy(due)
    .limit(limit);
  const claimed = await isFree(database(table).whereIn(key, candidates), claim)
    .update(leaseColumns(lease))
    .returning('*');
  return claimed as Row[];
}
