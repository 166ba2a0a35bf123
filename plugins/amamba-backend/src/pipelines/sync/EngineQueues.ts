import type { EngineQueuedRun } from '@amamba/backstage-plugin-amamba-node';
import type { PipelineRecord, RunRecord } from '../records';
import { mayWaitAs } from '../runs/mergeRun';
import type { EngineDirectory } from './EngineDirectory';

/** Runs that one look at a queue tells of; longer queues are a problem of their own. */
const MAX_ITEMS = 500;
/** Who looks so soon after another gets the same answer: many requests may be lost at once. */
const SHARED_MS = 1_000;

/** What waits in the queues of engines. */
export class EngineQueues {
  readonly #engines: EngineDirectory;
  readonly #looks = new Map<
    string,
    { at: number; items: Promise<EngineQueuedRun[]> }
  >();

  constructor(engines: EngineDirectory) {
    this.#engines = engines;
  }

  /** Queue ids that a run which was asked for without an answer may have, oldest first. */
  async candidates(
    pipeline: PipelineRecord,
    run: RunRecord,
  ): Promise<string[]> {
    const { workspace, name } = pipeline;
    const items = await this.#look(pipeline.engine);
    return items
      .filter(
        item =>
          item.ref.workspace === workspace &&
          item.ref.name === name &&
          mayWaitAs(run, item),
      )
      .sort((a, b) => a.queuedAt.getTime() - b.queuedAt.getTime())
      .map(({ queueId }) => queueId);
  }

  #look(engine: string): Promise<EngineQueuedRun[]> {
    const now = Date.now();
    const last = this.#looks.get(engine);
    if (last && now - last.at < SHARED_MS) return last.items;
    const items = this.#engines.call(engine, it => it.listQueue(MAX_ITEMS));
    this.#looks.set(engine, { at: now, items });
    // a failed look is nobody's answer but of those who wait for it
    items.catch(() => this.#looks.delete(engine));
    return items;
  }
}
