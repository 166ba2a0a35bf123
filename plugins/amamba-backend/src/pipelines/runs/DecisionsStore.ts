import type { Decision } from '@amamba/backstage-plugin-amamba-common';
import type { Knex } from 'knex';
import type { BigIntColumn } from '../../database';

const TABLE = 'amamba_decisions';
/** A decision that the engine has not confirmed by then never reached it. */
const UNCONFIRMED_MS = 60_000;

interface DecisionRow {
  run_id: string;
  approval_id: string;
  decision: Decision['decision'];
  actor: string;
  at: BigIntColumn;
  confirmed: boolean | number;
}

/** Who decided what, and when. */
export interface TakenDecision {
  decision: Decision['decision'];
  actor: string;
  at: number;
}

/** Decisions on approvals: of two people who decide at once, one is first. */
export class DecisionsStore {
  readonly #database: Knex;

  constructor(database: Knex) {
    this.#database = database;
  }

  /**
   * Takes the decision before the engine hears of it. An approval that waits although a decision was confirmed is a new
   * one of the same name (a loop, a retry), and may be decided again.
   *
   * @returns undefined when it is taken, else who is deciding at this moment
   */
  async take(
    runId: string,
    approvalId: string,
    decision: TakenDecision,
  ): Promise<TakenDecision | undefined> {
    return this.#database.transaction(async tx => {
      const inserted = await tx<DecisionRow>(TABLE)
        .insert({
          run_id: runId,
          approval_id: approvalId,
          ...decision,
          confirmed: false,
        })
        .onConflict(['run_id', 'approval_id'])
        .ignore()
        .returning('run_id');
      if (inserted.length > 0) return undefined;
      const replaced = await tx<DecisionRow>(TABLE)
        .where({ run_id: runId, approval_id: approvalId })
        .where(free =>
          free
            .where({ confirmed: true })
            .orWhere('at', '<', decision.at - UNCONFIRMED_MS),
        )
        .update({ ...decision, confirmed: false });
      if (replaced > 0) return undefined;
      return this.#read(tx, runId, approvalId);
    });
  }

  /** The engine has taken it. */
  async confirm(runId: string, approvalId: string): Promise<void> {
    await this.#database<DecisionRow>(TABLE)
      .where({ run_id: runId, approval_id: approvalId })
      .update({ confirmed: true });
  }

  /** The engine has not taken it: somebody may decide again. */
  async giveBack(runId: string, approvalId: string): Promise<void> {
    await this.#database<DecisionRow>(TABLE)
      .where({ run_id: runId, approval_id: approvalId, confirmed: false })
      .delete();
  }

  async find(
    runId: string,
    approvalId: string,
  ): Promise<TakenDecision | undefined> {
    return this.#read(this.#database, runId, approvalId);
  }

  async #read(
    database: Knex,
    runId: string,
    approvalId: string,
  ): Promise<TakenDecision | undefined> {
    const row = await database<DecisionRow>(TABLE)
      .where({ run_id: runId, approval_id: approvalId })
      .first();
    return (
      row && { decision: row.decision, actor: row.actor, at: Number(row.at) }
    );
  }
}
