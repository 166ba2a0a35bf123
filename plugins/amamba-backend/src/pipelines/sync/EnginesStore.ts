import type { EngineHealth } from '@amamba/backstage-plugin-amamba-node';
import type { Knex } from 'knex';
import { type BigIntColumn, optionalNumber, storable } from '../../database';

const TABLE = 'amamba_engines';

interface EngineRow {
  id: string;
  reachable: boolean | number;
  version: string | null;
  problem: string | null;
  seen_at: BigIntColumn | null;
  failing_since: BigIntColumn | null;
}

/** What is remembered of an engine's health, by whichever backend asked last. */
export interface KnownHealth extends EngineHealth {
  /** epoch milliseconds of its last answer */
  seenAt?: number;
  /** since when it does not answer */
  failingSince?: number;
}

/** Health of engines, so that lists can tell how old they are without asking. */
export class EnginesStore {
  readonly #database: Knex;

  constructor(database: Knex) {
    this.#database = database;
  }

  /** By id of the engine. */
  async all(): Promise<Map<string, KnownHealth>> {
    const rows = await this.#database<EngineRow>(TABLE);
    return new Map(
      rows.map(row => [
        row.id,
        {
          // SQLite has no booleans
          reachable: Boolean(row.reachable),
          version: row.version ?? undefined,
          problem: row.problem ?? undefined,
          seenAt: optionalNumber(row.seen_at),
          failingSince: optionalNumber(row.failing_since),
        },
      ]),
    );
  }

  /** Remembers an answer, or that there was none. */
  async record(id: string, health: EngineHealth, now: number): Promise<void> {
    const { reachable, version, problem } = health;
    const row = {
      reachable,
      problem: problem ? storable(problem).slice(0, 2000) : null,
      ...(version !== undefined && { version: version.slice(0, 100) }),
      ...(reachable && { seen_at: now, failing_since: null }),
    };
    const failing = reachable ? null : now;
    await this.#database<EngineRow>(TABLE)
      .insert({ id, ...row, failing_since: failing })
      .onConflict('id')
      .merge({
        ...row,
        ...(!reachable && {
          failing_since: this.#database.raw('COALESCE(??, ?)', [
            `${TABLE}.failing_since`,
            now,
          ]),
        }),
      });
  }
}
