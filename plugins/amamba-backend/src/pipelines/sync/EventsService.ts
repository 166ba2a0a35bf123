import type { EngineEvent } from '@amamba/backstage-plugin-amamba-node';
import { AuthenticationError } from '@backstage/errors';
import { hash, timingSafeEqual } from 'crypto';
import type { EventInbox } from './EventInbox';

/** Where an engine's events come from, and how they are read. */
export interface EventSource {
  /** secret that events come with; absent: events are refused */
  token?: string;
  /** @returns undefined for what is none of the portal's pipelines */
  read(body: unknown): EngineEvent | undefined;
}

function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}

/** Lets events in that prove where they come from. */
export class EventsService {
  readonly #sources: ReadonlyMap<
    string,
    { source: EventSource; token: Buffer }
  >;
  readonly #inbox: EventInbox;

  constructor(options: {
    /** by id of the engine */
    sources: ReadonlyMap<string, EventSource>;
    inbox: EventInbox;
  }) {
    this.#sources = new Map(
      [...options.sources].flatMap(([engine, source]) =>
        source.token === undefined
          ? []
          : [[engine, { source, token: digest(source.token) }]],
      ),
    );
    this.#inbox = options.inbox;
  }

  /**
   * @param given - the secret that a request came with
   * @throws AuthenticationError for a wrong secret and an unknown engine alike
   */
  admit(engine: string, given: string | undefined): EventSource {
    const known = this.#sources.get(engine);
    // digests have one length, and comparing them takes one time
    const isRight =
      known !== undefined &&
      given !== undefined &&
      timingSafeEqual(known.token, digest(given));
    if (!isRight) {
      throw new AuthenticationError(
        `Events of "${engine}" need the secret of the configuration (eventToken), as "Authorization: Bearer …" or as the parameter "token".`,
      );
    }
    return known.source;
  }

  /** Keeps an event; resolves when it cannot be lost any more. A repeated one changes nothing. */
  async receive(
    engine: string,
    given: string | undefined,
    body: unknown,
  ): Promise<void> {
    const event = this.admit(engine, given).read(body);
    if (event) await this.#inbox.receive(engine, event);
  }
}
