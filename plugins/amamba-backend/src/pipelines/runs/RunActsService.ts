import type {
  CancelRequest,
  ParameterDefinition,
  ParameterValues,
  RerunRequest,
  RunCause,
  RunRequest,
} from '@amamba/backstage-plugin-amamba-common';
import type {
  EngineStarted,
  PipelineEngine,
} from '@amamba/backstage-plugin-amamba-node';
import {
  ConflictError,
  InputError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';
import { checkValues, parametersOf, withoutPasswords } from '../parameters';
import { engineRef, type PipelineRecord, type RunRecord } from '../records';
import { mayHaveArrived, type EngineDirectory } from '../sync/EngineDirectory';
import type { PipelineSync } from '../sync/PipelineSync';
import type { RunSync } from '../sync/RunSync';
import { isFinished } from './mergeRun';
import type { RunIndexStore } from './RunIndexStore';
import type { RunsStore } from './RunsStore';

/** No engine takes longer to take a request; then the run is looked for. */
const LEASE_MS = 45_000;
const START_TIMEOUT_MS = 30_000;
const LOOK_AGAIN_MS = 3_000;

/** A run that was asked for, and whether this request was the one that did it. */
export interface Started {
  run: RunRecord;
  isNew: boolean;
}

/** Values of a run that can be given again. @throws InputError when it may have had a secret, which is not kept */
function repeatable(
  definitions: readonly ParameterDefinition[],
  values: ParameterValues,
): ParameterValues {
  // with a default too: the run may have had another, and must not be repeated with less without a word
  const secret = definitions.find(({ type }) => type === 'password');
  if (secret) {
    throw new InputError(
      `parameters.${secret.name}: passwords are not kept, so that this run cannot be repeated. Start a new run and give it again.`,
    );
  }
  const givable = new Set(
    definitions
      .filter(({ type }) => type !== 'unsupported')
      .map(({ name }) => name),
  );
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => givable.has(name)),
  );
}

/** Starts, repeats and cancels runs; see docs/decisions/0004-write-path.md. */
export class RunActsService {
  readonly #store: RunsStore;
  readonly #index: RunIndexStore;
  readonly #engines: EngineDirectory;
  readonly #pipelineSync: PipelineSync;
  readonly #sync: RunSync;
  readonly #owner: string;

  constructor(options: {
    store: RunsStore;
    index: RunIndexStore;
    engines: EngineDirectory;
    pipelineSync: PipelineSync;
    sync: RunSync;
    owner: string;
  }) {
    this.#store = options.store;
    this.#index = options.index;
    this.#engines = options.engines;
    this.#pipelineSync = options.pipelineSync;
    this.#sync = options.sync;
    this.#owner = options.owner;
  }

  /** @throws InputError naming the parameter that is wrong */
  async start(
    pipeline: PipelineRecord,
    request: RunRequest,
    by: string,
  ): Promise<Started> {
    const definitions = parametersOf(pipeline);
    const values = checkValues(definitions, request.parameters);
    return this.#begin(
      pipeline,
      {
        cause: { type: 'manual', by },
        kept: withoutPasswords(definitions, values),
        idempotencyKey: request.idempotencyKey,
      },
      (engine, signal) => engine.start(engineRef(pipeline), values, { signal }),
    );
  }

  /** Runs again with the same values, or from a stage of a finished run on. */
  async rerun(
    pipeline: PipelineRecord,
    run: RunRecord,
    request: RerunRequest,
    by: string,
  ): Promise<Started> {
    const { fromStage, idempotencyKey } = request;
    const { number } = run;
    const definitions = parametersOf(pipeline);
    const name = number === undefined ? 'a run without number' : `#${number}`;
    if (fromStage === undefined) {
      const values = repeatable(definitions, run.parameters);
      checkValues(definitions, values);
      return this.#begin(
        pipeline,
        {
          cause: { type: 'rerun', by, text: name },
          kept: values,
          idempotencyKey,
        },
        (engine, signal) =>
          engine.start(engineRef(pipeline), values, { signal }),
      );
    }
    if (number === undefined || !isFinished(run.state)) {
      throw new ConflictError(
        'A run can be restarted from a stage when it has ended. Wait for its end, or cancel it.',
      );
    }
    return this.#begin(
      pipeline,
      {
        cause: { type: 'restart', by, text: `${name}, ${fromStage}` },
        kept: run.parameters,
        idempotencyKey,
      },
      (engine, signal) =>
        engine.restartFromStage(engineRef(pipeline), number, fromStage, {
          signal,
        }),
    );
  }

  /** Cancels a run, or takes it out of the queue. */
  async cancel(
    pipeline: PipelineRecord,
    run: RunRecord,
    { force }: CancelRequest,
  ): Promise<RunRecord> {
    if (isFinished(run.state)) {
      throw new ConflictError(`The run has ended already: ${run.state}.`);
    }
    const ref = engineRef(pipeline);
    const stop = (number: number) =>
      this.#engines.call(pipeline.engine, engine =>
        engine.cancelRun(ref, number, force),
      );
    if (run.number !== undefined) {
      await stop(run.number);
    } else if (run.queueId !== undefined) {
      const { queueId } = run;
      try {
        await this.#engines.call(pipeline.engine, engine =>
          engine.cancelQueued(ref, queueId),
        );
      } catch (error) {
        if (toError(error).name !== 'ConflictError') throw error;
        // it began meanwhile
        await this.#sync.refresh(run);
        const current = await this.#store.get(run.id);
        if (current?.number === undefined) throw error;
        if (!isFinished(current.state)) await stop(current.number);
      }
    } else {
      throw new ConflictError(
        'The engine has not confirmed this run yet, so that it cannot be cancelled. Try again in a moment.',
      );
    }
    await this.#refreshSoon(run);
    return (await this.#store.get(run.id)) ?? run;
  }

  async #begin(
    pipeline: PipelineRecord,
    request: {
      cause: RunCause;
      kept: ParameterValues;
      idempotencyKey?: string;
    },
    ask: (
      engine: PipelineEngine,
      signal: AbortSignal,
    ) => Promise<EngineStarted | undefined>,
  ): Promise<Started> {
    await this.#ready(pipeline);
    const noted = await this.#index.request(
      pipeline.id,
      {
        cause: request.cause,
        parameters: request.kept,
        idempotencyKey: request.idempotencyKey,
      },
      { owner: this.#owner, now: Date.now(), durationMs: LEASE_MS },
    );
    if (!noted) {
      throw new ConflictError(`${pipeline.name} was deleted meanwhile.`);
    }
    if (!noted.isNew) return noted;
    const { run } = noted;
    let started: EngineStarted | undefined;
    try {
      started = await this.#engines.call(pipeline.engine, engine =>
        ask(engine, AbortSignal.timeout(START_TIMEOUT_MS)),
      );
    } catch (error) {
      await this.#notStarted(run, error);
      throw error;
    }
    const kept = await this.#index.accepted(run, started?.queueId, Date.now());
    this.#sync.announce(pipeline, kept.id);
    return { run: kept, isNew: kept.id === run.id };
  }

  async #notStarted(run: RunRecord, error: unknown): Promise<void> {
    if (!mayHaveArrived(error)) {
      await this.#index.refused(run);
      return;
    }
    const now = Date.now();
    await this.#index.setUnnumbered(
      run,
      {
        state: 'unknown',
        delivery: 'lost',
        error: `${toError(error).message}. The portal looks whether the run was started; do not start it again before it says so.`,
        nextPollAt: now + LOOK_AGAIN_MS,
      },
      now,
    );
  }

  /** A pipeline that the engine does not have yet is written there first. */
  async #ready(pipeline: PipelineRecord): Promise<void> {
    const { name, sync, deletingAt } = pipeline;
    if (deletingAt) throw new ConflictError(`${name} is being deleted.`);
    if (sync.state === 'missing') throw new ConflictError(sync.problem);
    if (sync.state === 'synced') return;
    const outcome = await this.#pipelineSync.carryOut(pipeline);
    if (outcome.state === 'refused') throw outcome.error;
    if (outcome.state === 'pending') {
      throw new ServiceUnavailableError(outcome.problem);
    }
  }

  async #refreshSoon(run: RunRecord): Promise<void> {
    try {
      await this.#sync.refresh(run);
    } catch {
      // the engine did what it was asked; how the run ended is found by following it
    }
  }
}
