import type {
  TerminalEnd,
  TerminalRequest,
} from '@amamba/backstage-plugin-amamba-common';
import { NotFoundError } from '@backstage/errors';
import { randomUUID } from 'crypto';
import type { OwnedNamespace } from '../../namespaces';
import type { Seats } from './Seats';
import {
  TerminalSession,
  type TerminalPlace,
  type TerminalTimes,
} from './TerminalSession';

const TIMES: TerminalTimes = {
  idleMs: 30 * 60_000,
  leftMs: 30_000,
  heartbeatMs: 20_000,
};

/** Fixed words: nothing of it comes from a user. Runtimes set TERM themselves where they know it. */
const SHELL = [
  'sh',
  '-c',
  'TERM="${TERM:-xterm-256color}"; export TERM; command -v bash >/dev/null 2>&1 && exec bash; exec sh',
];

/** The terminals that are open in this process. */
export class Terminals {
  readonly #seats: Seats;
  readonly #times: TerminalTimes;
  readonly #onEnd: (
    session: TerminalSession,
    end: TerminalEnd,
  ) => Promise<void>;
  readonly #sessions = new Map<string, TerminalSession>();
  readonly #endings = new Map<string, Promise<void>>();

  /**
   * @param options - onEnd: one is over, by whatever reason; must not throw
   * @param options - times: for tests
   */
  constructor(options: {
    seats: Seats;
    onEnd(session: TerminalSession, end: TerminalEnd): Promise<void>;
    times?: Partial<TerminalTimes>;
  }) {
    this.#seats = options.seats;
    this.#onEnd = options.onEnd;
    this.#times = { ...TIMES, ...options.times };
  }

  /**
   * Starts a shell.
   * @throws ConflictError, ServiceUnavailableError when too many are open; and what the cluster answers
   */
  async open(
    namespace: Pick<OwnedNamespace, 'exec'>,
    place: TerminalPlace,
    { columns, rows }: Pick<TerminalRequest, 'columns' | 'rows'>,
  ): Promise<TerminalSession> {
    const leave = this.#seats.take(place.owner);
    try {
      const exec = await namespace.exec(place.pod, {
        container: place.container,
        command: SHELL,
        ...{ stdin: true, tty: true },
      });
      exec.resize(columns, rows);
      const session = new TerminalSession(
        randomUUID(),
        place,
        exec,
        this.#times,
      );
      this.#sessions.set(session.id, session);
      this.#endings.set(
        session.id,
        session.done.then(async end => {
          leave();
          await this.#onEnd(session, end);
          this.#forget(session);
        }),
      );
      return session;
    } catch (error) {
      leave();
      throw error;
    }
  }

  /**
   * One that is open, or was until just now.
   * @param place - what it must belong to
   */
  peek(
    id: string,
    place: Omit<TerminalPlace, 'pod' | 'container'>,
  ): TerminalSession | undefined {
    const session = this.#sessions.get(id);
    const its: Readonly<Record<string, string>> = { ...session?.place };
    return Object.entries(place).every(([name, value]) => its[name] === value)
      ? session
      : undefined;
  }

  /** As {@link peek}. @throws NotFoundError also for those of others */
  find(
    id: string,
    place: Omit<TerminalPlace, 'pod' | 'container'>,
  ): TerminalSession {
    const session = this.peek(id, place);
    if (!session) {
      throw new NotFoundError(
        'There is no such terminal for you; it may have ended.',
      );
    }
    return session;
  }

  /** Ends all. */
  async stop(): Promise<void> {
    for (const session of this.#sessions.values()) session.end('stopped');
    await Promise.all(this.#endings.values());
    this.#sessions.clear();
  }

  /** Its reader may be on the way still, to learn how it ended. */
  #forget({ id }: TerminalSession): void {
    this.#endings.delete(id);
    setTimeout(() => this.#sessions.delete(id), this.#times.leftMs).unref();
  }
}
