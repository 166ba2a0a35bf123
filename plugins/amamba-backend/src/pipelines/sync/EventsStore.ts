import type { EngineEvent } from '@amamba/backstage-plugin-amamba-node';
import type { Knex } from 'knex';
import {
  type BigIntColumn,
  claimDue,
  type Lease,
  NO_LEASE,
  storable,
} from '../../database';

const TABLE = 'amamba_events';

interface EventRow {
  sequence: BigIntColumn;
  engine: string;
  event_id: string;
  type: EngineEvent['type'];
  workspace: string;
  pipeline: string;
  run: number | null;
  queue_id: string | null;
  received_at: BigIntColumn;
  next_at: BigIntColumn | null;
  attempts: number;
  lease_owner: string | null;
  lease_until: BigIntColumn | null;
}

/** An event that came in. */
export interface ReceivedEvent {
  engine: string;
  event: EngineEvent;
  /** epoch milliseconds */
  receivedAt: number;
}

/** An event that waits to be worked off. */
export interface StoredEvent {
  sequence: number;
  engine: string;
  attempts: number;
  /** epoch milliseconds */
  receivedAt: number;
  event: EngineEvent;
}

function toStored(row: EventRow): StoredEvent {
  return {
    sequence: Number(row.sequence),
    engine: row.engine,
    attempts: row.attempts,
    receivedAt: Number(row.received_at),
    event: {
      id: row.event_id,
      type: row.type,
      ref: { workspace: row.workspace, name: row.pipeline },
      run: row.run ?? undefined,
      queueId: row.queue_id ?? undefined,
    },
  };
}

/** The inbox of engines' events. */
export class EventsStore {
  readonly #database: Knex;

  constructor(database: Knex) {
    this.#database = database;
  }

  /**
   * Keeps events; one that is known by its id already is left as it is, and of several with one id the first stays.
   * Whoever writes the same events at the same time writes them in the same order, so that nobody waits for the other.
   */
  async add(events: readonly ReceivedEvent[]): Promise<void> {
    const ordered = [...events].sort((a, b) =>
      a.event.id < b.event.id ? -1 : 1,
    );
    await this.#rows()
      .insert(
        ordered.map(({ engine, event, receivedAt }) => ({
          engine,
          event_id: storable(event.id),
          type: event.type,
          workspace: storable(event.ref.workspace).slice(0, 200),
          pipeline: storable(event.ref.name).slice(0, 200),
          run: event.run ?? null,
          queue_id: event.queueId ?? null,
          received_at: receivedAt,
          next_at: receivedAt,
        })),
      )
      .onConflict(['engine', 'event_id'])
      .ignore();
  }

  /** Takes events that are due, oldest first. Whoever claims has none left from an earlier claim. */
  async claim(lease: Lease, limit: number): Promise<StoredEvent[]> {
    const rows = await claimDue<EventRow>(this.#database, TABLE, {
      key: 'sequence',
      due: 'next_at',
      limit,
      lease,
      working: [],
    });
    return rows.map(toStored).sort((a, b) => a.sequence - b.sequence);
  }

  /** Events that are worked off. */
  async done(sequences: number[]): Promise<void> {
    await this.#rows()
      .whereIn('sequence', sequences)
      .update({ next_at: null, ...NO_LEASE });
  }

  /** Events that are to be tried again. */
  async retry(sequences: number[], at: number): Promise<void> {
    await this.#rows()
      .whereIn('sequence', sequences)
      .update({ next_at: at, ...NO_LEASE })
      .increment('attempts', 1);
  }

  /** When the last event of an engine came, epoch milliseconds; undefined when none is remembered. */
  async last(engine: string): Promise<number | undefined> {
    const row = await this.#rows()
      .where({ engine })
      .orderBy('received_at', 'desc')
      .first('received_at');
    return row && Number(row.received_at);
  }

  /** Has what waits for an engine tried at once. */
  async hurry(engine: string, now: number): Promise<void> {
    await this.#rows()
      .where({ engine })
      .where('next_at', '>', now)
      .update({ next_at: now });
  }

  /** Forgets what came before a time and is worked off. */
  async purge(before: number): Promise<void> {
    await this.#rows()
      .where('received_at', '<', before)
      .whereNull('next_at')
      .delete();
  }

  #rows() {
    return this.#database<EventRow>(TABLE);
  }
}
