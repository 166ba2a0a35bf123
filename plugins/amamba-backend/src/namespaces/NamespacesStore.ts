import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { NamespaceRecord, NamespaceWish } from './records';

const TABLE = 'amamba_namespaces';

interface NamespaceRow {
  cluster: string;
  name: string;
  workspace_ref: string;
  state: NamespaceRecord['state'];
  uid: string | null;
  environment: string | null;
  settings: string;
  created_at: number | string;
  created_by: string;
  changed_at: number | string;
  version: number;
}

/** Which namespace. */
export interface NamespaceKey {
  cluster: string;
  name: string;
}

function toRecord(row: NamespaceRow): NamespaceRecord {
  const settings: Omit<NamespaceWish, 'environment'> = JSON.parse(row.settings);
  return {
    ...settings,
    workspaceRef: row.workspace_ref,
    cluster: row.cluster,
    name: row.name,
    state: row.state,
    uid: row.uid ?? undefined,
    environment: row.environment ?? undefined,
    createdAt: new Date(Number(row.created_at)),
    createdBy: row.created_by,
    changedAt: new Date(Number(row.changed_at)),
    version: row.version,
  };
}

function wishColumns({ environment, ...settings }: NamespaceWish) {
  return {
    environment: environment ?? null,
    settings: JSON.stringify(settings),
  };
}

function wishOf(wish: NamespaceWish): NamespaceWish {
  const { environment, labels, quota, containerLimits, podSecurity } = wish;
  return { environment, labels, quota, containerLimits, podSecurity };
}

/** Who owns which namespace; the only file with SQL on it. */
export class NamespacesStore {
  readonly #database: Knex;

  constructor(database: Knex) {
    this.#database = database;
  }

  /** of a workspace, by cluster and name */
  async ofWorkspace(workspaceRef: string): Promise<NamespaceRecord[]> {
    return this.#all({ workspace_ref: workspaceRef });
  }

  /** on a cluster, of all workspaces */
  async onCluster(cluster: string): Promise<NamespaceRecord[]> {
    return this.#all({ cluster });
  }

  /** of all workspaces, for background work */
  async all(): Promise<NamespaceRecord[]> {
    return this.#all({});
  }

  async find(key: NamespaceKey): Promise<NamespaceRecord | undefined> {
    const row = await this.#row(key).first();
    return row && toRecord(row);
  }

  /**
   * Claims a name for a workspace.
   * @throws ConflictError when it has an owner
   */
  async claim(
    record: Omit<NamespaceRecord, 'version' | 'changedAt'>,
  ): Promise<NamespaceRecord> {
    const now = Date.now();
    const row: NamespaceRow = {
      cluster: record.cluster,
      name: record.name,
      workspace_ref: record.workspaceRef,
      state: record.state,
      uid: record.uid ?? null,
      ...wishColumns(wishOf(record)),
      created_at: record.createdAt.getTime(),
      created_by: record.createdBy.slice(0, 300),
      changed_at: now,
      version: 1,
    };
    try {
      await this.#database<NamespaceRow>(TABLE).insert(row);
    } catch (error) {
      if (!isDatabaseConflictError(error)) throw error;
      throw new ConflictError(
        `Namespace ${record.name} on cluster ${record.cluster} belongs to a workspace already.`,
      );
    }
    return toRecord(row);
  }

  /** The namespace is there: remembers its identity. */
  async settle(key: NamespaceKey, uid: string): Promise<void> {
    await this.#row(key).update({
      uid,
      state: 'active',
      changed_at: Date.now(),
    });
  }

  /** @throws ConflictError when somebody changed it since `version` */
  async update(
    key: NamespaceKey,
    wish: NamespaceWish,
    version: number,
  ): Promise<NamespaceRecord> {
    const changed = await this.#row(key)
      .where({ version, state: 'active' })
      .update({
        ...wishColumns(wishOf(wish)),
        changed_at: Date.now(),
        version: version + 1,
      });
    const record = await this.find(key);
    if (changed === 0 || !record) {
      throw new ConflictError(
        `Namespace ${key.name} was changed by somebody else meanwhile. Look at it again.`,
      );
    }
    return record;
  }

  async terminating(key: NamespaceKey): Promise<void> {
    await this.#row(key).update({
      state: 'terminating',
      changed_at: Date.now(),
    });
  }

  /** Gives up a deletion that the cluster refused. */
  async reactivate(key: NamespaceKey): Promise<void> {
    await this.#row(key).update({ state: 'active', changed_at: Date.now() });
  }

  async remove(key: NamespaceKey): Promise<void> {
    await this.#row(key).delete();
  }

  #row({ cluster, name }: NamespaceKey) {
    return this.#database<NamespaceRow>(TABLE).where({ cluster, name });
  }

  async #all(where: Partial<NamespaceRow>): Promise<NamespaceRecord[]> {
    const rows = await this.#database<NamespaceRow>(TABLE)
      .where(where)
      .orderBy(['cluster', 'name'])
      .select('*');
    return rows.map(toRecord);
  }
}
