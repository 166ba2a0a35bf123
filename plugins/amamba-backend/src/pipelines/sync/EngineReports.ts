import type { EngineHealth } from '@amamba/backstage-plugin-amamba-common';
import type { EngineDirectory } from './EngineDirectory';
import type { EventsStore } from './EventsStore';

/** Who looks so soon after another gets the same answer. */
const KEEP_MS = 5_000;
const LOAD_TIMEOUT_MS = 5_000;

/** How engines are and how much they have to do, asked for those who look after the platform. */
export class EngineReports {
  readonly #engines: EngineDirectory;
  readonly #events: EventsStore;
  #kept: { reports: Promise<EngineHealth[]>; at: number } | undefined;

  constructor(options: { engines: EngineDirectory; events: EventsStore }) {
    this.#engines = options.engines;
    this.#events = options.events;
  }

  /** Asks every engine, all at once; one that does not answer says so in its report. */
  list(): Promise<EngineHealth[]> {
    const now = Date.now();
    if (!this.#kept || now - this.#kept.at > KEEP_MS) {
      const kept = { reports: this.#ask(), at: now };
      this.#kept = kept;
      kept.reports.catch(() => {
        if (this.#kept === kept) this.#kept = undefined;
      });
    }
    return this.#kept.reports;
  }

  async #ask(): Promise<EngineHealth[]> {
    const asked = await Promise.all(
      this.#engines.ids.map(async id => [id, await this.#load(id)] as const),
    );
    const loads = new Map(asked);
    const known = await this.#engines.list();
    return Promise.all(
      known.map(async ({ id, title, kind, reachable, ...engine }) => {
        const event = await this.#events.last(id);
        return {
          ...{ id, title, type: kind },
          state: reachable ? ('ok' as const) : ('unreachable' as const),
          version: engine.version,
          problem: engine.problem,
          answeredAt: engine.seenAt,
          eventAt:
            event === undefined ? undefined : new Date(event).toISOString(),
          ...(reachable && loads.get(id)),
        };
      }),
    );
  }

  /** What an engine has to do, and how long it takes to say how it is; nothing when it does not say. */
  async #load(
    id: string,
  ): Promise<Pick<EngineHealth, 'latencyMs' | 'queue' | 'executors'>> {
    const begin = performance.now();
    if (!(await this.#engines.check(id))) return {};
    const latencyMs = Math.round((performance.now() - begin) * 10) / 10;
    try {
      const { queued, executors } = await this.#engines.call(id, engine =>
        engine.load({ signal: AbortSignal.timeout(LOAD_TIMEOUT_MS) }),
      );
      return { latencyMs, queue: queued, executors };
    } catch {
      // its account may not read the nodes: the rest is worth showing
      return { latencyMs };
    }
  }
}
