import type { EnginePipelineState } from '@amamba/backstage-plugin-amamba-node';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError, toError } from '@backstage/errors';
import type { Lease } from '../../database';
import type { AuditService } from '../../audit';
import type { LiveService } from '../../live';
import { engineRef, type PipelineRecord } from '../records';
import { isUnavailable, type EngineDirectory } from './EngineDirectory';
import type { PipelineSyncStore, SeenInEngine } from './PipelineSyncStore';

const FIRST_RETRY_MS = 5_000;
const MAX_RETRY_MS = 60_000;
const MAX_AT_ONCE = 20;

/** How a write to an engine ended: it has it, will have it when it answers again, or does not want it. */
export type SyncOutcome =
  | { state: 'done' }
  | { state: 'pending'; problem: string }
  | { state: 'refused'; error: Error };

function isNotFound(error: unknown): boolean {
  return (
    error instanceof NotFoundError || toError(error).name === 'NotFoundError'
  );
}

/**
 * Makes engines have what the database says. Whatever is decided stands in the database first, so that this can be
 * repeated by anybody at any time; see docs/decisions/0004-write-path.md.
 */
export class PipelineSync {
  readonly #store: PipelineSyncStore;
  readonly #engines: EngineDirectory;
  readonly #audit: Pick<AuditService, 'system'>;
  readonly #live: Pick<LiveService, 'changed'>;
  readonly #logger: LoggerService;

  constructor(options: {
    store: PipelineSyncStore;
    engines: EngineDirectory;
    audit: Pick<AuditService, 'system'>;
    live: Pick<LiveService, 'changed'>;
    logger: LoggerService;
  }) {
    this.#store = options.store;
    this.#engines = options.engines;
    this.#audit = options.audit;
    this.#live = options.live;
    this.#logger = options.logger;
  }

  /** Writes a pipeline, or finishes its deletion. Never throws for what the engine does. */
  async carryOut(pipeline: PipelineRecord): Promise<SyncOutcome> {
    const outcome = pipeline.deletingAt
      ? await this.#delete(pipeline)
      : await this.#save(pipeline);
    this.#live.changed({
      type: 'pipeline',
      workspace: pipeline.workspace,
      pipeline: pipeline.name,
    });
    return outcome;
  }

  /** Takes back a pipeline that its engine refused. */
  async undo(pipeline: PipelineRecord): Promise<void> {
    await this.#store.remove(pipeline.id);
  }

  /**
   * Finishes what is due and what a backend left behind when it died. The portal does that by itself, so the trail says so;
   * what is tried again later is not over yet and not told.
   */
  async carryOutDue(lease: Lease): Promise<void> {
    const due = await this.#store.claimPending(lease, MAX_AT_ONCE);
    for (const pipeline of due) {
      const outcome = await this.carryOut(pipeline);
      if (outcome.state !== 'pending') {
        await this.#audit.system(
          {
            action: pipeline.deletingAt ? 'pipeline.delete' : 'pipeline.sync',
            workspace: { name: pipeline.workspace },
            object: { kind: 'pipeline', name: pipeline.name },
          },
          outcome.state === 'refused' ? outcome.error : undefined,
        );
      }
      if (outcome.state === 'refused') {
        this.#logger.warn(
          `${pipeline.workspace}/${pipeline.name} cannot be written to its engine`,
          outcome.error,
        );
      }
    }
  }

  /** Reads what the engine has, after it said that something changed there. */
  async look(pipeline: PipelineRecord): Promise<void> {
    if (pipeline.deletingAt || pipeline.sync.state === 'pending') return;
    try {
      const state = await this.#engines.call(pipeline.engine, engine =>
        engine.readPipeline(engineRef(pipeline)),
      );
      const isSame =
        state.fingerprint === pipeline.fingerprint &&
        pipeline.sync.state === 'synced';
      if (isSame) return;
      if (pipeline.sync.state === 'missing') {
        await this.#store.synced(pipeline, known(pipeline, state));
      } else {
        await this.#store.seen(pipeline.id, known(pipeline, state));
      }
    } catch (error) {
      if (!isNotFound(error)) throw error;
      if (pipeline.sync.state === 'missing') return;
      await this.markMissing(pipeline);
    }
    this.#live.changed({
      type: 'pipeline',
      workspace: pipeline.workspace,
      pipeline: pipeline.name,
    });
  }

  /** The engine does not have the pipeline any more; its row and runs stay. */
  async markMissing(pipeline: PipelineRecord): Promise<void> {
    const { title } = this.#engines.get(pipeline.engine);
    await this.#store.notSynced(pipeline.id, {
      state: 'missing',
      problem: `${title} does not have this pipeline any more. Synchronise it to write it there again, or delete it.`,
    });
  }

  async #save(pipeline: PipelineRecord): Promise<SyncOutcome> {
    const { description, source, settings } = pipeline;
    try {
      const state = await this.#engines.call(pipeline.engine, engine =>
        engine.savePipeline(engineRef(pipeline), {
          description,
          source,
          settings: { ...settings, parameters: pipeline.askedParameters },
        }),
      );
      await this.#store.synced(pipeline, known(pipeline, state));
      return { state: 'done' };
    } catch (error) {
      return this.#notDone(pipeline, toError(error));
    }
  }

  async #delete(pipeline: PipelineRecord): Promise<SyncOutcome> {
    try {
      await this.#engines.call(pipeline.engine, engine =>
        engine.deletePipeline(engineRef(pipeline)),
      );
    } catch (error) {
      if (isUnavailable(error)) return this.#notDone(pipeline, toError(error));
      await this.#store.unmarkDeleting(pipeline.id, toError(error).message);
      return { state: 'refused', error: toError(error) };
    }
    await this.#store.remove(pipeline.id);
    return { state: 'done' };
  }

  async #notDone(pipeline: PipelineRecord, error: Error): Promise<SyncOutcome> {
    const { attempts } = pipeline.sync;
    const problem = error.message;
    if (!isUnavailable(error)) {
      await this.#store.notSynced(pipeline.id, {
        state: 'failed',
        problem,
      });
      return { state: 'refused', error };
    }
    await this.#store.notSynced(pipeline.id, {
      state: 'pending',
      problem,
      nextAt:
        Date.now() + Math.min(FIRST_RETRY_MS * 2 ** attempts, MAX_RETRY_MS),
    });
    return { state: 'pending', problem };
  }
}

/** What is kept of what an engine has: the parameters only when the Jenkinsfile put them there. */
function known(
  pipeline: PipelineRecord,
  state: EnginePipelineState,
): SeenInEngine {
  const declaredParameters = state.declaredParameters?.length
    ? state.parameters
    : undefined;
  const parameters = declaredParameters ?? pipeline.askedParameters;
  return {
    at: Date.now(),
    fingerprint: state.fingerprint.slice(0, 200),
    declaredParameters,
    hasParameters: parameters.length > 0,
  };
}
