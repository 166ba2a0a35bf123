import type { Decision } from '@amamba/backstage-plugin-amamba-common';
import type { EngineApproval } from '@amamba/backstage-plugin-amamba-node';
import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { checkValues } from '../parameters';
import { engineRef, type PipelineRecord, type RunRecord } from '../records';
import { mayHaveArrived, type EngineDirectory } from '../sync/EngineDirectory';
import type { RunSync } from '../sync/RunSync';
import { refusal, type Decider } from './approvers';
import type { DecisionsStore, TakenDecision } from './DecisionsStore';

function wasFaster({ actor, decision, at }: TakenDecision): ConflictError {
  const verb = decision === 'approve' ? 'approved' : 'rejected';
  return new ConflictError(
    `${actor} ${verb} this at ${new Date(at).toISOString()}.`,
  );
}

/**
 * Decides on approvals. Engines see only the portal's own account, so that who may decide is judged here, by what the
 * engine says at this moment.
 */
export class ApprovalsService {
  readonly #decisions: DecisionsStore;
  readonly #engines: EngineDirectory;
  readonly #sync: RunSync;

  constructor(options: {
    decisions: DecisionsStore;
    engines: EngineDirectory;
    sync: RunSync;
  }) {
    this.#decisions = options.decisions;
    this.#engines = options.engines;
    this.#sync = options.sync;
  }

  /**
   * @param decider.actor - for those who come second
   * @throws NotAllowedError when the pipeline lets others decide, ConflictError when somebody was faster
   */
  async decide(
    pipeline: PipelineRecord,
    run: RunRecord,
    approvalId: string,
    decision: Decision,
    decider: Decider & { actor: string },
  ): Promise<void> {
    const { number } = run;
    const approval =
      number === undefined
        ? undefined
        : await this.#waiting(pipeline, number, approvalId);
    if (number === undefined || !approval) {
      const taken = await this.#decisions.find(run.id, approvalId);
      if (taken) throw wasFaster(taken);
      throw new NotFoundError(
        'The run does not wait for this. It may have been decided in the engine, or the run has ended.',
      );
    }
    const reason = refusal(approval, decider);
    if (reason) throw new NotAllowedError(reason);
    const approve = decision.decision === 'approve';
    const parameters = approve
      ? checkValues(approval.parameters, decision.parameters)
      : {};
    const { actor } = decider;
    const taken = { decision: decision.decision, actor, at: Date.now() };
    const faster = await this.#decisions.take(run.id, approvalId, taken);
    if (faster) throw wasFaster(faster);
    try {
      await this.#engines.call(pipeline.engine, engine =>
        engine.decide(engineRef(pipeline), number, approval, {
          approve,
          parameters,
        }),
      );
    } catch (error) {
      // an answer that got lost may have been heard: until it is clear nobody else decides
      if (!mayHaveArrived(error)) {
        await this.#decisions.giveBack(run.id, approvalId);
      }
      throw error;
    }
    await this.#decisions.confirm(run.id, approvalId);
    try {
      await this.#sync.refresh(run);
    } catch {
      // decided is decided; the run is followed anyway
    }
  }

  async #waiting(
    pipeline: PipelineRecord,
    number: number,
    id: string,
  ): Promise<EngineApproval | undefined> {
    const { approvals } = await this.#engines.call(pipeline.engine, engine =>
      engine.progress(engineRef(pipeline), number),
    );
    return approvals.find(approval => approval.id === id);
  }
}
