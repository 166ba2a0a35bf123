import type {
  AuditPage,
  AuditQuery,
  AuditRecord,
} from '@amamba/backstage-plugin-amamba-common';
import type { Knex } from 'knex';
import { decodeCursor, encodeCursor } from '../database';

const TABLE = 'amamba_audit';

interface AuditRow {
  /** text from PostgreSQL, which has no safe number for it */
  sequence: number | string;
  id: string;
  at: number | string;
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

/** Text in which `%` and `_` mean themselves, for LIKE with `\` as escape. */
function likeText(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
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
      actor: record.actor.slice(0, 300),
      workspace: record.workspace ?? null,
      action: record.action,
      object_kind: record.objectKind,
      object_name: record.objectName.slice(0, 300),
      result: record.result,
      reason: record.reason?.slice(0, 2000) ?? null,
      details: JSON.stringify(record.details),
    });
  }

  /** Newest first. */
  async list(workspace: string, query: AuditQuery): Promise<AuditPage> {
    const { after, before, limit, ...filter } = query;
    const matching = this.#matching(workspace, filter);
    const counted = await matching
      .clone()
      .count<{ n: number | string }[]>({ n: '*' });
    const page = matching
      .clone()
      .select('*')
      .limit(limit + 1);
    if (before) {
      const [key] = decodeCursor(before, filter, 'before');
      page.where('sequence', '>', Number(key)).orderBy('sequence', 'asc');
    } else {
      if (after) {
        const [key] = decodeCursor(after, filter, 'after');
        page.where('sequence', '<', Number(key));
      }
      page.orderBy('sequence', 'desc');
    }
    const rows = (await page) as AuditRow[];
    const more = rows.length > limit;
    const shown = rows.slice(0, limit);
    if (before) shown.reverse();
    const cursor = (row: AuditRow | undefined) =>
      row && encodeCursor([Number(row.sequence)], filter);
    return {
      items: shown.map(toRecord),
      total: Number(counted[0].n),
      nextCursor: more || before ? cursor(shown[shown.length - 1]) : undefined,
      previousCursor: after || (before && more) ? cursor(shown[0]) : undefined,
    };
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
      const text = likeText(filter.q.toLocaleLowerCase('en-US'));
      rows.where(either => {
        for (const column of ['actor', 'object_name', 'action', 'reason']) {
          either.orWhereRaw("LOWER(??) LIKE ? ESCAPE '\\'", [column, text]);
        }
      });
    }
    return rows;
  }
}
