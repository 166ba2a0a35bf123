import type {
  AuditPage,
  AuditQuery,
  AuditRecord,
} from '@amamba/backstage-plugin-amamba-common';
import type { Knex } from 'knex';
import {
  applySlice,
  readPage,
  storable,
  whereContains,
  type BigIntColumn,
} from '../database';

const TABLE = 'amamba_audit';

interface AuditRow {
  sequence: BigIntColumn;
  id: string;
  at: BigIntColumn;
  actor: string;
  workspace: string | null;
  action: string;
  object_kind: string;
  object_name: string;
  result: AuditRecord['result'];
  reason: string | null;
  details: string;
}

function toRecord(row: AuditRow): AuditRecord {
  return {
    id: row.id,
    at: new Date(Number(row.at)).toISOString(),
    actor: row.actor,
    workspace: row.workspace ?? undefined,
    action: row.action,
    objectKind: row.object_kind,
    objectName: row.object_name,
    result: row.result,
    reason: row.reason ?? undefined,
    details: JSON.parse(row.details),
  };
}

/** Rows of the audit; the only file with SQL on them. */
export class AuditStore {
  readonly #database: Knex;

  constructor(database: Knex) {
    this.#database = database;
  }

  async add(record: AuditRecord): Promise<void> {
    await this.#database<AuditRow>(TABLE).insert({
      id: record.id,
      at: Date.parse(record.at),
      actor: storable(record.actor).slice(0, 300),
      workspace: record.workspace ?? null,
      action: record.action,
      object_kind: record.objectKind,
      object_name: storable(record.objectName).slice(0, 300),
      result: record.result,
      reason: record.reason ? storable(record.reason).slice(0, 2000) : null,
      details: JSON.stringify(record.details),
    });
  }

  /** Newest first. */
  async list(workspace: string, query: AuditQuery): Promise<AuditPage> {
    const { after, before, limit, ...filter } = query;
    const matching = this.#matching(workspace, filter);
    const counting = matching
      .clone()
      .count<{ n: number | string }[]>({ n: '*' });
    const reading = readPage<AuditRow>(
      { after, before, limit },
      {
        filter: [workspace, filter],
        descending: true,
        keyKind: 'number',
        keyOf: row => [Number(row.sequence), row.id],
        fetch: slice =>
          applySlice(matching.clone().select('*'), 'sequence', slice),
      },
    );
    const [{ rows, ...cursors }, [{ n }]] = await Promise.all([
      reading,
      counting,
    ]);
    return { items: rows.map(toRecord), total: Number(n), ...cursors };
  }

  #matching(
    workspace: string,
    filter: Omit<AuditQuery, 'after' | 'before' | 'limit'>,
  ): Knex.QueryBuilder {
    const rows = this.#database(TABLE).where({ workspace });
    if (filter.who) rows.where({ actor: filter.who });
    if (filter.result) rows.where({ result: filter.result });
    if (filter.what) {
      const { what } = filter;
      rows.where(either =>
        either
          .where({ action: what })
          .orWhereRaw("action LIKE ? ESCAPE '\\'", [
            `${what.replace(/[\\%_]/g, '\\$&')}.%`,
          ]),
      );
    }
    if (filter.from) rows.where('at', '>=', Date.parse(filter.from));
    if (filter.to) rows.where('at', '<', Date.parse(filter.to));
    if (filter.q) {
      whereContains(
        rows,
        ['actor', 'object_name', 'action', 'reason'],
        filter.q,
      );
    }
    return rows;
  }
}
