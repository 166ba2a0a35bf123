import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { BindingRecord } from './records';

const TABLE = 'amamba_cluster_bindings';

interface BindingRow {
  workspace_ref: string;
  cluster: string;
  mode: BindingRecord['mode'];
  quota: string;
  bound_at: number | string;
  bound_by: string;
  version: number;
}

function toRecord(row: BindingRow): BindingRecord {
  return {
    workspaceRef: row.workspace_ref,
    cluster: row.cluster,
    mode: row.mode,
    quota: JSON.parse(row.quota),
    boundAt: new Date(Number(row.bound_at)),
    boundBy: row.bound_by,
    version: row.version,
  };
}

/** Which workspace may use which cluster; the only file with SQL on it. */
export class BindingsStore {
  readonly #database: Knex;

  constructor(database: Knex) {
    this.#database = database;
  }

  async all(): Promise<BindingRecord[]> {
    return this.#select({});
  }

  async ofWorkspace(workspaceRef: string): Promise<BindingRecord[]> {
    return this.#select({ workspace_ref: workspaceRef });
  }

  async find(
    workspaceRef: string,
    cluster: string,
  ): Promise<BindingRecord | undefined> {
    const [binding] = await this.#select({
      workspace_ref: workspaceRef,
      cluster,
    });
    return binding;
  }

  /**
   * Binds a cluster, in one transaction with the check that nobody has it, or is to have it, for himself.
   * @throws ConflictError
   */
  async add(
    binding: Omit<BindingRecord, 'boundAt' | 'version'>,
  ): Promise<BindingRecord> {
    const row: BindingRow = {
      workspace_ref: binding.workspaceRef,
      cluster: binding.cluster,
      mode: binding.mode,
      quota: JSON.stringify(binding.quota),
      bound_at: Date.now(),
      bound_by: binding.boundBy.slice(0, 300),
      version: 1,
    };
    try {
      await this.#database.transaction(async transaction => {
        await this.#lock(transaction);
        await transaction<BindingRow>(TABLE).insert(row);
        await this.#requireRoom(transaction, row);
      });
    } catch (error) {
      if (!isDatabaseConflictError(error)) throw error;
      throw new ConflictError(
        `Cluster ${binding.cluster} is bound already. Look at it again.`,
      );
    }
    return toRecord(row);
  }

  /** @throws ConflictError when it was changed since `version`, or another workspace stands in the way */
  async update(
    { workspaceRef, cluster, mode, quota }: BindingRecord,
    version: number,
  ): Promise<BindingRecord> {
    return this.#database.transaction(async transaction => {
      await this.#lock(transaction);
      const changed = await transaction<BindingRow>(TABLE)
        .where({ workspace_ref: workspaceRef, cluster, version })
        .update({ mode, quota: JSON.stringify(quota), version: version + 1 });
      const row = await transaction<BindingRow>(TABLE)
        .where({ workspace_ref: workspaceRef, cluster })
        .first();
      if (changed === 0 || !row) {
        throw new ConflictError(
          `The binding of ${cluster} was changed by somebody else meanwhile. Look at it again.`,
        );
      }
      await this.#requireRoom(transaction, row);
      return toRecord(row);
    });
  }

  async remove(workspaceRef: string, cluster: string): Promise<void> {
    await this.#database<BindingRow>(TABLE)
      .where({ workspace_ref: workspaceRef, cluster })
      .delete();
  }

  /** Two who bind at once must see each other; SQLite writes one after the other anyway. */
  async #lock(transaction: Knex): Promise<void> {
    if (transaction.client.config.client === 'pg') {
      await transaction.raw('LOCK TABLE ?? IN EXCLUSIVE MODE', [TABLE]);
    }
  }

  async #requireRoom(transaction: Knex, row: BindingRow): Promise<void> {
    const others = await transaction<BindingRow>(TABLE)
      .where({ cluster: row.cluster })
      .whereNot({ workspace_ref: row.workspace_ref })
      .select('*');
    const owner = others.find(({ mode }) => mode === 'exclusive');
    if (owner) {
      throw new ConflictError(
        `Cluster ${row.cluster} belongs to ${owner.workspace_ref} alone.`,
      );
    }
    if (row.mode === 'exclusive' && others.length > 0) {
      throw new ConflictError(
        `Cluster ${row.cluster} cannot be exclusive: ${others.map(other => other.workspace_ref).join(', ')} uses it too.`,
      );
    }
  }

  async #select(where: Partial<BindingRow>): Promise<BindingRecord[]> {
    const rows = await this.#database<BindingRow>(TABLE)
      .where(where)
      .orderBy(['cluster', 'workspace_ref'])
      .select('*');
    return rows.map(toRecord);
  }
}
