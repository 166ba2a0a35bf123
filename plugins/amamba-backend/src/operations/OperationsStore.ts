import type { Operation } from '@amamba/backstage-plugin-amamba-common';
import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';

const TABLE = 'amamba_operations';

interface OperationRow {
  id: string;
  workspace_ref: string;
  kind: string;
  object: string;
  lock: string | null;
  state: Operation['state'];
  steps: string;
  problem: string | null;
  remedy: string | null;
  started_at: number | string;
  started_by: string;
  beat_at: number | string;
  ended_at: number | string | null;
}

/** How an operation ended. */
export type OperationEnd =
  { state: 'done' } | { state: 'failed'; problem: string; remedy?: string };

function toOperation(row: OperationRow): Operation {
  return {
    id: row.id,
    kind: row.kind,
    object: row.object,
    state: row.state,
    steps: JSON.parse(row.steps),
    problem: row.problem ?? undefined,
    remedy: row.remedy ?? undefined,
    startedAt: new Date(Number(row.started_at)).toISOString(),
    endedAt:
      row.ended_at === null
        ? undefined
        : new Date(Number(row.ended_at)).toISOString(),
    startedBy: row.started_by,
  };
}

/** Operations; the only file with SQL on them. */
export class OperationsStore {
  readonly #database: Knex;

  constructor(database: Knex) {
    this.#database = database;
  }

  /**
   * @param lock - what no two operations may hold at once
   * @throws ConflictError when another operation holds the lock
   */
  async begin(
    operation: Operation,
    workspaceRef: string,
    lock: string,
  ): Promise<void> {
    const at = Date.parse(operation.startedAt);
    try {
      await this.#database<OperationRow>(TABLE).insert({
        id: operation.id,
        workspace_ref: workspaceRef,
        kind: operation.kind,
        object: operation.object.slice(0, 400),
        lock,
        state: 'running',
        steps: '[]',
        problem: null,
        remedy: null,
        started_at: at,
        started_by: operation.startedBy.slice(0, 300),
        beat_at: at,
        ended_at: null,
      });
    } catch (error) {
      if (!isDatabaseConflictError(error)) throw error;
      throw new ConflictError(
        `Something else is being done to ${operation.object} right now. Wait until it has ended.`,
      );
    }
  }

  /** Notes the steps so far, which is a sign of life too. */
  async note(id: string, steps: Operation['steps']): Promise<void> {
    await this.#running(id).update({
      steps: JSON.stringify(steps),
      beat_at: Date.now(),
    });
  }

  async end(id: string, end: OperationEnd): Promise<void> {
    await this.#running(id).update({
      state: end.state,
      problem: end.state === 'failed' ? end.problem.slice(0, 4000) : null,
      remedy: end.state === 'failed' ? (end.remedy ?? null) : null,
      lock: null,
      ended_at: Date.now(),
    });
  }

  async find(workspaceRef: string, id: string): Promise<Operation | undefined> {
    const row = await this.#database<OperationRow>(TABLE)
      .where({ id, workspace_ref: workspaceRef })
      .first();
    return row && toOperation(row);
  }

  /** Whether an operation holds the lock. */
  async isHeld(lock: string): Promise<boolean> {
    const row = await this.#database<OperationRow>(TABLE)
      .where({ lock, state: 'running' })
      .select('id')
      .first();
    return row !== undefined;
  }

  /** Ends those whose backend died: they gave no sign of life for this long. */
  async abandon(silentMs: number, end: OperationEnd): Promise<void> {
    const rows = await this.#database<OperationRow>(TABLE)
      .where({ state: 'running' })
      .where('beat_at', '<', Date.now() - silentMs)
      .select('id');
    for (const { id } of rows) await this.end(id, end);
  }

  /** Forgets those that ended long ago. */
  async forget(endedBefore: Date): Promise<void> {
    await this.#database<OperationRow>(TABLE)
      .where('ended_at', '<', endedBefore.getTime())
      .delete();
  }

  #running(id: string) {
    return this.#database<OperationRow>(TABLE).where({ id, state: 'running' });
  }
}
