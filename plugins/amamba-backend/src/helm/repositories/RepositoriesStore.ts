import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { RepositoryRecord } from './records';

const TABLE = 'amamba_helm_repositories';

interface RepositoryRow {
  workspace_ref: string;
  name: string;
  type: RepositoryRecord['type'];
  url: string;
  username: string | null;
  password: string | null;
  charts: string;
  created_at: number | string;
  created_by: string;
  version: number;
}

function toRecord(row: RepositoryRow): RepositoryRecord {
  return {
    workspaceRef: row.workspace_ref,
    name: row.name,
    type: row.type,
    url: row.url,
    username: row.username ?? undefined,
    password: row.password ?? undefined,
    charts: JSON.parse(row.charts),
    createdBy: row.created_by,
    version: row.version,
  };
}

const settings = (record: RepositoryRecord) => ({
  type: record.type,
  url: record.url,
  username: record.username ?? null,
  password: record.password ?? null,
  charts: JSON.stringify(record.charts),
});

/** Chart repositories of workspaces; the only file with SQL on them. */
export class RepositoriesStore {
  readonly #database: Knex;

  constructor(database: Knex) {
    this.#database = database;
  }

  async ofWorkspace(workspaceRef: string): Promise<RepositoryRecord[]> {
    const rows = await this.#rows()
      .where({ workspace_ref: workspaceRef })
      .orderBy('name')
      .select('*');
    return rows.map(toRecord);
  }

  async find(
    workspaceRef: string,
    name: string,
  ): Promise<RepositoryRecord | undefined> {
    const row = await this.#rows()
      .where({ workspace_ref: workspaceRef, name })
      .first();
    return row && toRecord(row);
  }

  /** @throws ConflictError when the workspace has one of that name */
  async add(record: RepositoryRecord): Promise<void> {
    try {
      await this.#rows().insert({
        workspace_ref: record.workspaceRef,
        name: record.name,
        ...settings(record),
        created_at: Date.now(),
        created_by: record.createdBy.slice(0, 300),
        version: record.version,
      });
    } catch (error) {
      if (!isDatabaseConflictError(error)) throw error;
      throw new ConflictError(
        `There is a repository "${record.name}" already. Take another name.`,
      );
    }
  }

  /** @throws ConflictError when it was changed since the version of the record */
  async update(record: RepositoryRecord): Promise<RepositoryRecord> {
    const { workspaceRef, name, version } = record;
    const changed = await this.#rows()
      .where({ workspace_ref: workspaceRef, name, version })
      .update({ ...settings(record), version: version + 1 });
    if (changed > 0) return { ...record, version: version + 1 };
    throw new ConflictError(
      `Repository "${name}" was changed by somebody else meanwhile. Look at it again.`,
    );
  }

  async remove(workspaceRef: string, name: string): Promise<void> {
    await this.#rows().where({ workspace_ref: workspaceRef, name }).delete();
  }

  #rows() {
    return this.#database<RepositoryRow>(TABLE);
  }
}
