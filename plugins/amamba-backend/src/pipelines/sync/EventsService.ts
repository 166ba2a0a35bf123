import type { EngineEvent } from '@amamba/backstage-plugin-amamba-node';
import { AuthenticationError } from '@backstage/errors';
import { createHash, timingSafeEqual } from 'crypto';
import type { EventInbox } from './EventInbox';

/** Where an engine's events come from, and how they are read. */
export interface EventSource {
  /** secret that events come with; absent: events are refused */
  token?: string;
  /** @returns undefined for what is none of the portal's pipelines */
  read(body: unknown): EngineEvent | undefined;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Lets events in that prove where they come from. */
export class EventsService {
  readonly #sources: ReadonlyMap<string, EventSource>;
  readonly #inbox: EventInbox;

  constructor(options: {
    /** by id of the engine */
    sources: ReadonlyMap<string, EventSource>;
    inbox: EventInbox;
  }) {
    this.#sources = options.sources;
    this.#inbox = options.inbox;
  }

  /**
   * @param given - the secret that a request came with
   * @throws AuthenticationError for a wrong secret and an unknown engine alike
   */
  admit(engine: string, given: string | undefined): EventSource {
    const source = this.#sources.get(engine);
    // digests have one length, and comparing them takes one time
    const isRight =
      source?.token !== undefined &&
      given !== undefined &&
      timingSafeEqual(digest(source.token), digest(given));
    if (!source || !isRight) {
      throw new AuthenticationError(
        `Events of "${engine}" need the secret of the configuration (eventToken), as "Authorization: Bearer …" or as the parameter "token".`,
      );
    }
    return source;
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
