import type { EngineRun } from '@amamba/backstage-plugin-amamba-node';
import { NotFoundError, toError } from '@backstage/errors';
import type { AuditService } from '../../audit';
import type { LiveService } from '../../live';
import type { PipelinesStore } from '../PipelinesStore';
import {
  engineRef,
  isLost,
  type PipelineRecord,
  type RunRecord,
} from '../records';
import { isFinished, MAX_WAIT_MS, type Observation } from '../runs/mergeRun';
import type { RunChange, RunIndexStore } from '../runs/RunIndexStore';
import type { RunsStore } from '../runs/RunsStore';
import type { EngineDirectory } from './EngineDirectory';
import { EngineQueues } from './EngineQueues';
import type { PipelineSync } from './PipelineSync';
import { RunTrail } from './RunTrail';

/** Newest runs to look at; more when all of them are new here. */
const LIST_SIZES = [10, 50, 500];
/** What was asked for without an answer is looked for that long before it counts as never arrived. */
const LOST_SETTLE_MS = 30_000;
/** Runs whose stages are read when they were missed; older ones get what the list says. */
const DETAILED = 10;
/** A run that waits in the queue is looked at this soon again. */
const QUEUE_POLL_MS = 1_000;

function isNotFound(error: unknown): boolean {
  return (
    error instanceof NotFoundError || toError(error).name === 'NotFoundError'
  );
}

/** Brings the index of runs to what the engine says. Every method may be repeated, by anybody, at any time. */
export class RunSync {
  readonly #pipelines: PipelinesStore;
  readonly #runs: RunsStore;
  readonly #index: RunIndexStore;
  readonly #engines: EngineDirectory;
  readonly #queues: EngineQueues;
  readonly #pipelineSync: PipelineSync;
  readonly #trail: RunTrail;
  readonly #live: Pick<LiveService, 'changed'>;

  constructor(options: {
    pipelines: PipelinesStore;
    runs: RunsStore;
    index: RunIndexStore;
    engines: EngineDirectory;
    pipelineSync: PipelineSync;
    audit: Pick<AuditService, 'system'>;
    live: Pick<LiveService, 'changed'>;
  }) {
    this.#pipelines = options.pipelines;
    this.#runs = options.runs;
    this.#index = options.index;
    this.#engines = options.engines;
    this.#queues = new EngineQueues(options.engines);
    this.#pipelineSync = options.pipelineSync;
    this.#trail = new RunTrail(options.audit);
    this.#live = options.live;
  }

  /** Reads one run by its number and takes it over. A run that the engine does not have goes from the index too. */
  async readNumber(
    pipeline: PipelineRecord,
    number: number,
  ): Promise<RunChange | undefined> {
    let observation: Observation;
    const at = Date.now();
    try {
      observation = await this.#engines.call(pipeline.engine, async engine => {
        const ref = engineRef(pipeline);
        const [run, early] = await Promise.all([
          engine.getRun(ref, number),
          engine.progress(ref, number),
        ]);
        // it ended between the two answers; of a run that has ended nothing is read again
        const isEarly = isFinished(run.state) && !early.graph.complete;
        const progress = isEarly ? await engine.progress(ref, number) : early;
        return { run, progress, at };
      });
    } catch (error) {
      if (!isNotFound(error)) throw error;
      await this.#gone(pipeline, number);
      return undefined;
    }
    return this.#observe(pipeline, observation);
  }

  /** Reads one run, unless that was done since a time: what an event tells is known then. */
  async readSince(
    pipeline: PipelineRecord,
    number: number,
    since: number,
  ): Promise<void> {
    const known = await this.#runs.find(pipeline.id, String(number));
    if (known?.seenAt !== undefined && known.seenAt > since) return;
    await this.readNumber(pipeline, number);
  }

  /** Brings one known run up to date, wherever it stands. @returns whether anything changed */
  async refresh(run: RunRecord): Promise<boolean> {
    const pipeline = await this.#pipelines.get(run.pipelineId);
    if (!pipeline) return false;
    if (run.number !== undefined) {
      const change = await this.readNumber(pipeline, run.number);
      return change?.changed ?? true;
    }
    if (run.queueId !== undefined) {
      return this.#refreshQueued(pipeline, run, run.queueId);
    }
    return this.#resolve(pipeline, run);
  }

  /** Finds what was missed of a pipeline: new runs, ended ones, deleted ones. */
  async reconcile(pipeline: PipelineRecord): Promise<void> {
    if (pipeline.deletingAt) return;
    if (!(await this.#isThere(pipeline))) return;
    const newest = await this.#runs.newest(pipeline.id);
    const listed = await this.#list(pipeline, newest);
    if (!listed) return;
    const at = Date.now();
    for (const [i, run] of [...listed.runs].reverse().entries()) {
      const fromTop = listed.runs.length - 1 - i;
      const known = await this.#runs.find(pipeline.id, String(run.number));
      const isSettled =
        known !== undefined &&
        isFinished(known.state) &&
        known.state === run.state &&
        known.startedAt === run.startedAt.getTime();
      if (!isSettled) {
        if (fromTop < DETAILED) await this.readNumber(pipeline, run.number);
        else await this.#observe(pipeline, { run, at });
      }
    }
    await this.#removeDeleted(pipeline, listed);
  }

  async #list(
    pipeline: PipelineRecord,
    newest: RunRecord | undefined,
  ): Promise<{ runs: EngineRun[]; isAll: boolean } | undefined> {
    for (const limit of LIST_SIZES) {
      let runs: EngineRun[];
      try {
        runs = await this.#engines.call(pipeline.engine, engine =>
          engine.listRuns(engineRef(pipeline), limit),
        );
      } catch (error) {
        if (!isNotFound(error)) throw error;
        await this.#pipelineSync.look(pipeline);
        return undefined;
      }
      const oldest = runs[runs.length - 1];
      const isAll = runs.length < limit;
      const isJoined = !newest || (oldest?.number ?? 0) <= (newest.number ?? 0);
      const isEnough = isJoined && (newest || limit > LIST_SIZES[0]);
      if (isAll || isEnough) return { runs, isAll };
    }
    return undefined;
  }

  /** Runs that the engine lists no more between those that it does, or below them when it listed all. */
  async #removeDeleted(
    pipeline: PipelineRecord,
    listed: { runs: EngineRun[]; isAll: boolean },
  ): Promise<void> {
    const numbers = new Set(listed.runs.map(({ number }) => number));
    const from = listed.isAll ? 1 : Math.min(...numbers);
    const current = await this.#pipelines.get(pipeline.id);
    if (!current) return;
    const known = await this.#runs.numbersFrom(
      pipeline.id,
      current.epoch,
      from,
    );
    for (const { number } of known) {
      // asked for, not just taken away: it may have begun after the list was made
      if (number !== undefined && !numbers.has(number)) {
        await this.readNumber(pipeline, number);
      }
    }
  }

  async #refreshQueued(
    pipeline: PipelineRecord,
    run: RunRecord,
    queueId: string,
  ): Promise<boolean> {
    const item = await this.#engines.call(pipeline.engine, engine =>
      engine.queueItem(engineRef(pipeline), queueId),
    );
    const now = Date.now();
    switch (item.state) {
      case 'started': {
        const change = await this.readNumber(pipeline, item.number);
        return change?.changed ?? true;
      }
      case 'queued':
        return this.#setUnnumbered(pipeline, run, {
          state: 'queued',
          delivery: 'accepted',
          queueReason: item.reason,
          nextPollAt: now + QUEUE_POLL_MS,
        });
      case 'cancelled':
        return this.#setUnnumbered(pipeline, run, {
          state: 'cancelled',
          delivery: 'done',
          nextPollAt: null,
        });
      default:
        return this.#resolve(pipeline, run);
    }
  }

  /** Looks for a run whose way to the engine, or in it, nobody knows. */
  async #resolve(pipeline: PipelineRecord, run: RunRecord): Promise<boolean> {
    // the queue first: what leaves it between the two looks is in the list of runs
    const waiting = await this.#queues.candidates(pipeline, run);
    await this.reconcile(pipeline);
    const now = Date.now();
    const current = await this.#runs.get(run.id);
    if (!current || current.number !== undefined) return true;
    const found =
      (await this.#index.claimFound(current)) ??
      (await this.#index.claimQueued(current, waiting, now));
    if (found) {
      if (isLost(current)) await this.#trail.found(pipeline, found);
      this.announce(pipeline, run.id);
      return true;
    }
    const isSettled = now - current.queuedAt > LOST_SETTLE_MS;
    const isOver = now - current.queuedAt > MAX_WAIT_MS;
    const { title } = this.#engines.get(pipeline.engine);
    // accepted without a queue id: the run will be in the list soon
    if (current.delivery === 'accepted' && !isSettled) return false;
    const error = isSettled
      ? `${title} has no such run: the request never reached it, or it was taken out of the queue there. Start it again if you still want it.`
      : `${title} did not confirm the request; looking whether it has it.`;
    const isNew = isSettled && current.state !== 'notBuilt';
    const changed = await this.#setUnnumbered(pipeline, current, {
      ...{ state: isSettled ? 'notBuilt' : 'unknown', delivery: 'lost', error },
      // a slow engine may have it later
      nextPollAt: isOver ? null : now + QUEUE_POLL_MS * 5,
    });
    if (isNew && changed) await this.#trail.notFound(pipeline, current, error);
    return changed;
  }

  async #setUnnumbered(
    pipeline: PipelineRecord,
    run: RunRecord,
    change: Parameters<RunIndexStore['setUnnumbered']>[1],
  ): Promise<boolean> {
    const result = await this.#index.setUnnumbered(run, change, Date.now());
    if (result?.changed) this.announce(pipeline, run.id);
    return result?.changed ?? true;
  }

  /** Looks again for a pipeline that is missing: it may have been out of sight only. */
  async #isThere(pipeline: PipelineRecord): Promise<boolean> {
    if (pipeline.sync.state !== 'missing') return true;
    await this.#pipelineSync.look(pipeline);
    const current = await this.#pipelines.get(pipeline.id);
    return current !== undefined && current.sync.state !== 'missing';
  }

  async #gone(pipeline: PipelineRecord, number: number): Promise<void> {
    await this.#pipelineSync.look(pipeline);
    const current = await this.#pipelines.get(pipeline.id);
    if (!current || current.sync.state === 'missing') return;
    // the pipeline is there, perhaps again: so may the run be
    if (await this.#hasRun(pipeline, number)) return;
    const run = await this.#runs.find(pipeline.id, String(number));
    if (!run || run.epoch !== current.epoch) return;
    await this.#index.remove(pipeline.id, [run.id]);
    this.announce(pipeline, run.id);
  }

  async #hasRun(pipeline: PipelineRecord, number: number): Promise<boolean> {
    try {
      await this.#engines.call(pipeline.engine, engine =>
        engine.getRun(engineRef(pipeline), number),
      );
      return true;
    } catch (error) {
      if (!isNotFound(error)) throw error;
      return false;
    }
  }

  async #observe(
    pipeline: PipelineRecord,
    observation: Observation,
  ): Promise<RunChange | undefined> {
    const change = await this.#index.observe(pipeline.id, observation);
    if (change?.wasLost) await this.#trail.found(pipeline, change.run);
    if (change?.changed) this.announce(pipeline, change.run.id);
    await this.#isThere(pipeline);
    // a first run may have taught the engine parameters
    if (change?.changed && isFinished(change.run.state)) {
      await this.#pipelineSync.look(pipeline);
    }
    return change;
  }

  /** Tells browsers. */
  announce(pipeline: PipelineRecord, run: string): void {
    this.#live.changed({
      type: 'run',
      workspace: pipeline.workspace,
      pipeline: pipeline.name,
      run,
    });
  }
}
