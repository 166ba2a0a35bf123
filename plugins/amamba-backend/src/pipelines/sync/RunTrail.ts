import type { AuditService } from '../../audit';
import type { PipelineRecord, RunRecord } from '../records';
import { runName } from '../runs/view';

/**
 * What the portal finds out by itself of runs whose start got no answer: the trail of the one who asked for them ends with a
 * failure, and goes on here.
 */
export class RunTrail {
  readonly #audit: Pick<AuditService, 'system'>;

  constructor(audit: Pick<AuditService, 'system'>) {
    this.#audit = audit;
  }

  /** The engine has the run after all, and it was taken over. */
  found(pipeline: PipelineRecord, run: RunRecord): Promise<void> {
    return this.#record(pipeline, run);
  }

  /** The engine does not have it. */
  notFound(
    pipeline: PipelineRecord,
    run: RunRecord,
    why: string,
  ): Promise<void> {
    return this.#record(pipeline, run, new Error(why));
  }

  #record(
    pipeline: PipelineRecord,
    run: RunRecord,
    error?: Error,
  ): Promise<void> {
    const { by } = run.cause;
    return this.#audit.system(
      {
        action: 'run.recover',
        workspace: { name: pipeline.workspace },
        object: { kind: 'run', name: runName(pipeline.name, run) },
        details: { run: run.id, ...(by && { by }) },
      },
      error,
    );
  }
}
