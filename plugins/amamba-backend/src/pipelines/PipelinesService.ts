import type {
  PipelineDraft,
  PipelineUpdate,
} from '@amamba/backstage-plugin-amamba-common';
import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import { randomUUID } from 'crypto';
import type { WorkspaceRecord } from '../workspaces';
import { askedParameters } from './parameters';
import type { PipelinesStore } from './PipelinesStore';
import { engineRef, type PipelineRecord } from './records';
import type { EngineDirectory } from './sync/EngineDirectory';
import type { PipelineSync } from './sync/PipelineSync';
import type { RunSync } from './sync/RunSync';

/** While a request works on a pipeline, the reconciler leaves it alone for so long. */
const LEASE_MS = 60_000;

/**
 * The rules of pipelines. Callers are judged before they come here. What is decided is written to the database first, then
 * to the engine; see docs/decisions/0004-write-path.md.
 */
export class PipelinesService {
  readonly #store: PipelinesStore;
  readonly #engines: EngineDirectory;
  readonly #sync: PipelineSync;
  readonly #runSync: RunSync;
  readonly #owner: string;

  constructor(options: {
    store: PipelinesStore;
    engines: EngineDirectory;
    sync: PipelineSync;
    runSync: RunSync;
    /** id of this backend process */
    owner: string;
  }) {
    this.#store = options.store;
    this.#engines = options.engines;
    this.#sync = options.sync;
    this.#runSync = options.runSync;
    this.#owner = options.owner;
  }

  /**
   * Creates a pipeline. When the engine does not answer it is pending and will be written there later; when the engine
   * refuses it there is none.
   */
  async create(
    workspace: WorkspaceRecord,
    draft: PipelineDraft,
    by: string,
  ): Promise<PipelineRecord> {
    const engine = this.#engines.choose(draft.engine);
    const pipeline = await this.#store.insert(
      {
        id: randomUUID(),
        workspace: workspace.name,
        workspaceRef: workspace.ref,
        name: draft.name,
        description: draft.description,
        entityRef: draft.entityRef?.toLocaleLowerCase('en-US'),
        environment: draft.environment,
        engine: engine.id,
        source: draft.source,
        settings: draft.settings,
        askedParameters: askedParameters(draft),
        createdBy: by,
      },
      this.#lease(),
    );
    const outcome = await this.#sync.carryOut(pipeline);
    if (outcome.state === 'refused') {
      await this.#sync.undo(pipeline);
      throw outcome.error;
    }
    return this.#current(pipeline);
  }

  /** Changes a pipeline. When the engine refuses, the change stays and the pipeline says what is wrong. */
  async update(
    pipeline: PipelineRecord,
    change: PipelineUpdate,
    by: string,
  ): Promise<PipelineRecord> {
    const updated = await this.#store.update(
      pipeline,
      {
        ...change,
        entityRef: change.entityRef?.toLocaleLowerCase('en-US'),
        askedParameters: askedParameters(change),
      },
      by,
      this.#lease(),
    );
    await this.#sync.carryOut(updated);
    return this.#current(updated);
  }

  /** Deletes a pipeline. @returns whether the engine still has to be told, because it does not answer */
  async delete(pipeline: PipelineRecord): Promise<{ isPending: boolean }> {
    const lease = this.#lease();
    await this.#store.markDeleting(pipeline.id, lease);
    const outcome = await this.#sync.carryOut({
      ...pipeline,
      deletingAt: lease.now,
    });
    if (outcome.state === 'refused') throw outcome.error;
    return { isPending: outcome.state === 'pending' };
  }

  /** Writes a pipeline to its engine again, and looks at its runs there. */
  async sync(pipeline: PipelineRecord): Promise<PipelineRecord> {
    if (pipeline.deletingAt) {
      throw new ConflictError(`${pipeline.name} is being deleted.`);
    }
    await this.#store.requestSync(pipeline.id, this.#lease());
    const outcome = await this.#sync.carryOut(pipeline);
    if (outcome.state === 'refused') throw outcome.error;
    if (outcome.state === 'pending') {
      throw new ServiceUnavailableError(outcome.problem);
    }
    const current = await this.#current(pipeline);
    await this.#runSync.reconcile(current);
    return this.#current(pipeline);
  }

  /** Address of the pipeline in the engine's own pages. */
  engineUrl(pipeline: PipelineRecord, run?: number): string | undefined {
    try {
      return this.#engines.get(pipeline.engine).url(engineRef(pipeline), run);
    } catch {
      // an engine that is not configured any more has no address
      return undefined;
    }
  }

  async #current(pipeline: PipelineRecord): Promise<PipelineRecord> {
    return (await this.#store.get(pipeline.id)) ?? pipeline;
  }

  #lease() {
    return { owner: this.#owner, now: Date.now(), durationMs: LEASE_MS };
  }
}
