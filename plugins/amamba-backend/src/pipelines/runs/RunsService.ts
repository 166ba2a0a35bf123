import type {
  Artifact,
  Change,
  LogChunk,
  LogQuery,
  LogSearchQuery,
  LogSearchResult,
  RunForm,
  RunGraph,
  RunPage,
  RunQuery,
  RunStep,
  TestQuery,
  TestReport,
} from '@amamba/backstage-plugin-amamba-common';
import type {
  EngineFile,
  EngineLog,
  PipelineEngine,
} from '@amamba/backstage-plugin-amamba-node';
import { NotFoundError } from '@backstage/errors';
import type { Readable } from 'stream';
import { LogReader } from '../logs/LogReader';
import { searchLog } from '../logs/searchLog';
import { parametersOf, withoutPasswords } from '../parameters';
import { engineRef, type PipelineRecord, type RunRecord } from '../records';
import type { EngineDirectory } from '../sync/EngineDirectory';
import { isFinished } from './mergeRun';
import type { RunPollStore } from './RunPollStore';
import type { RunsStore } from './RunsStore';
import { runView, testReport } from './view';

/** A run counts as looked at for so long after somebody has asked for it. */
const WATCH_MS = 15_000;
/** the engine is asked for what it may tell besides, but not waited for */
const EXTRA_TIMEOUT_MS = 3_000;

type EngineRef = ReturnType<typeof engineRef>;

/** Reads of runs: lists from the index, the rest from the engine, streamed. Callers are judged before they come here. */
export class RunsService {
  readonly #store: RunsStore;
  readonly #polls: RunPollStore;
  readonly #engines: EngineDirectory;
  readonly #logs = new LogReader();

  constructor(options: {
    store: RunsStore;
    polls: RunPollStore;
    engines: EngineDirectory;
  }) {
    this.#store = options.store;
    this.#polls = options.polls;
    this.#engines = options.engines;
  }

  async list(pipeline: PipelineRecord, query: RunQuery): Promise<RunPage> {
    const page = await this.#store.list(pipeline.id, query);
    return {
      items: page.rows.map(runView),
      total: page.total,
      ...(page.isMinimum && { totalIsMinimum: true }),
      nextCursor: page.nextCursor,
      previousCursor: page.previousCursor,
    };
  }

  /** What the run dialog needs. */
  async form(pipeline: PipelineRecord): Promise<RunForm> {
    const parameters = parametersOf(pipeline);
    const names = new Set(parameters.map(({ name }) => name));
    const last = await this.#store.newest(pipeline.id);
    const lastValues = Object.fromEntries(
      Object.entries(
        withoutPasswords(parameters, last?.parameters ?? {}),
      ).filter(([name]) => names.has(name)),
    );
    return {
      parameters,
      lastValues,
      lastRun: last?.number,
      queued: await this.#store.queued(pipeline.id),
      typicalDurationMs: pipeline.statistics.typicalDurationMs,
    };
  }

  /** Somebody looks at the run: while it lives it is followed closely. */
  async watch(run: RunRecord): Promise<void> {
    const now = Date.now();
    const isKnown = run.watchedUntil - now > WATCH_MS / 2;
    if (isFinished(run.state) || isKnown) return;
    await this.#polls.watch(run.id, now, now + WATCH_MS);
  }

  /** Numbers of the runs before and after. */
  neighbours(run: RunRecord): Promise<{ previous?: number; next?: number }> {
    return this.#store.neighbours(run);
  }

  /** Stages that a restart may begin at; none when the engine does not say so soon. */
  async restartableStages(
    pipeline: PipelineRecord,
    run: RunRecord,
  ): Promise<string[]> {
    const { number } = run;
    if (number === undefined || !isFinished(run.state)) return [];
    try {
      return await this.#engines.call(pipeline.engine, engine =>
        engine.restartableStages(engineRef(pipeline), number, {
          signal: AbortSignal.timeout(EXTRA_TIMEOUT_MS),
        }),
      );
    } catch {
      // a page without the button is better than no page
      return [];
    }
  }

  async graph(
    pipeline: PipelineRecord,
    run: RunRecord,
    signal?: AbortSignal,
  ): Promise<RunGraph> {
    await this.watch(run);
    const progress = await this.#ask(pipeline, run, (engine, ref, number) =>
      engine.progress(ref, number, { signal }),
    );
    return progress?.graph ?? { stages: [], complete: isFinished(run.state) };
  }

  async steps(
    pipeline: PipelineRecord,
    run: RunRecord,
    stage: string | undefined,
    signal?: AbortSignal,
  ): Promise<RunStep[]> {
    const steps = await this.#ask(pipeline, run, (engine, ref, number) =>
      engine.steps(ref, number, stage, { signal }),
    );
    return steps ?? [];
  }

  async log(
    pipeline: PipelineRecord,
    run: RunRecord,
    query: LogQuery,
    signal?: AbortSignal,
  ): Promise<LogChunk> {
    await this.watch(run);
    const { number } = run;
    if (number === undefined) {
      const more = !isFinished(run.state);
      return { text: '', start: 0, end: 0, size: 0, lines: 0, more };
    }
    return this.#logs.chunk(
      `${run.id}/${query.node ?? ''}`,
      start =>
        this.#open(pipeline, number, { start, node: query.node }, signal),
      query,
    );
  }

  async searchLog(
    pipeline: PipelineRecord,
    run: RunRecord,
    query: LogSearchQuery,
    signal?: AbortSignal,
  ): Promise<LogSearchResult> {
    const { number } = run;
    if (number === undefined) return { total: 0, matches: [], complete: true };
    const range = { start: 0, node: query.node };
    const { stream } = await this.#open(pipeline, number, range, signal);
    return searchLog(stream, query);
  }

  /** The log as it is now, as a stream. */
  async rawLog(
    pipeline: PipelineRecord,
    run: RunRecord,
    node: string | undefined,
    signal?: AbortSignal,
  ): Promise<Readable> {
    const { number } = run;
    if (number === undefined) {
      throw new NotFoundError(
        `${pipeline.name} has not begun, so that there is no log yet.`,
      );
    }
    const log = await this.#open(pipeline, number, { start: 0, node }, signal);
    return log.stream;
  }

  async artifacts(
    pipeline: PipelineRecord,
    run: RunRecord,
    signal?: AbortSignal,
  ): Promise<Artifact[]> {
    const items = await this.#ask(pipeline, run, (engine, ref, number) =>
      engine.artifacts(ref, number, { signal }),
    );
    return items ?? [];
  }

  /** @throws NotFoundError when the run has no such artifact: a path is looked up, never passed on as it came */
  async artifact(
    pipeline: PipelineRecord,
    run: RunRecord,
    path: string,
    signal?: AbortSignal,
  ): Promise<EngineFile> {
    const known = await this.artifacts(pipeline, run, signal);
    const found = known.find(item => item.path === path);
    const file =
      found &&
      (await this.#ask(pipeline, run, (engine, ref, number) =>
        engine.artifact(ref, number, found.path, { signal }),
      ));
    if (!file) throw new NotFoundError(`The run has no artifact "${path}".`);
    return file;
  }

  async tests(
    pipeline: PipelineRecord,
    run: RunRecord,
    query: TestQuery,
    signal?: AbortSignal,
  ): Promise<TestReport> {
    const cases = await this.#ask(pipeline, run, (engine, ref, number) =>
      engine.tests(ref, number, { signal }),
    );
    return testReport(cases ?? [], query);
  }

  async changes(
    pipeline: PipelineRecord,
    run: RunRecord,
    signal?: AbortSignal,
  ): Promise<Change[]> {
    const items = await this.#ask(pipeline, run, (engine, ref, number) =>
      engine.changes(ref, number, { signal }),
    );
    return items ?? [];
  }

  #open(
    pipeline: PipelineRecord,
    number: number,
    range: { start: number; node?: string },
    signal?: AbortSignal,
  ): Promise<EngineLog> {
    return this.#engines.call(pipeline.engine, engine =>
      engine.log(engineRef(pipeline), number, range, { signal }),
    );
  }

  /** @returns undefined for a run that the engine has not begun */
  async #ask<T>(
    pipeline: PipelineRecord,
    { number }: RunRecord,
    act: (engine: PipelineEngine, ref: EngineRef, number: number) => Promise<T>,
  ): Promise<T | undefined> {
    if (number === undefined) return undefined;
    return this.#engines.call(pipeline.engine, engine =>
      act(engine, engineRef(pipeline), number),
    );
  }
}
