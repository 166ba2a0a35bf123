import type { LogSearchResult } from '@amamba/backstage-plugin-amamba-common';
import { toError } from '@backstage/errors';
import type { LogSource } from './LogSource';

/** Matches that one request lists. */
const PAGE = 200;

/** What is searched for. */
export interface SearchTerms {
  q: string;
  regex: boolean;
  matchCase: boolean;
}

export type LogMatch = LogSearchResult['matches'][number];

/** What is known of a search. */
export interface SearchState {
  busy: boolean;
  /** lines that match; undefined until the server answered */
  total: number | undefined;
  /** false: the server stopped counting, there may be more */
  complete: boolean;
  /** the match that was gone to, from 0 */
  index: number | undefined;
  error: Error | undefined;
}

const NOTHING: SearchState = {
  busy: false,
  total: undefined,
  complete: true,
  index: undefined,
  error: undefined,
};

/** Goes through the matches of a search in a whole log. The server finds them; they are listed page by page. */
export class LogSearcher {
  readonly #source: LogSource;
  readonly #report: (state: SearchState) => void;
  readonly #matches = new Map<number, LogMatch>();
  #terms: SearchTerms = { q: '', regex: false, matchCase: false };
  #state = NOTHING;
  #current: AbortController | undefined;

  /** @param report - called with every new state */
  constructor(source: LogSource, report: (state: SearchState) => void) {
    this.#source = source;
    this.#report = report;
  }

  /** Ends what is under way. */
  stop(): void {
    this.#current?.abort();
  }

  /** Searches for something else; gives whether there are matches. */
  async search(terms: SearchTerms): Promise<boolean> {
    this.stop();
    this.#terms = terms;
    this.#matches.clear();
    this.#set(NOTHING);
    if (terms.q === '') return false;
    await this.#load(0);
    return (this.#state.total ?? 0) > 0;
  }

  /**
   * Goes to the next match or the one before, around the ends.
   * @param from - line to begin at, when no match was gone to yet
   * @returns the match; undefined when there is none, or it could not be asked for
   */
  async step(direction: 1 | -1, from = 1): Promise<LogMatch | undefined> {
    const { total, index } = this.#state;
    if (!total) return undefined;
    if (index !== undefined) {
      return this.#goTo((index + direction + total) % total);
    }
    if (direction < 0) return this.#goTo(total - 1);
    const known = [...this.#matches].find(([, { line }]) => line >= from);
    return this.#goTo(known ? known[0] : 0);
  }

  async #goTo(index: number): Promise<LogMatch | undefined> {
    if (!this.#matches.has(index)) {
      await this.#load(Math.floor(index / PAGE) * PAGE);
    }
    const match = this.#matches.get(index);
    if (match) this.#set({ ...this.#state, index });
    return match;
  }

  async #load(skip: number): Promise<void> {
    const controller = new AbortController();
    this.#current = controller;
    this.#set({ ...this.#state, busy: true, error: undefined });
    const { q, regex, matchCase } = this.#terms;
    try {
      const result = await this.#source.search(
        {
          q,
          ...(regex && { regex }),
          ...(matchCase && { matchCase }),
          skip,
          limit: PAGE,
        },
        controller.signal,
      );
      if (controller.signal.aborted) return;
      result.matches.forEach((match, i) => this.#matches.set(skip + i, match));
      this.#set({
        ...this.#state,
        busy: false,
        total: result.total,
        complete: result.complete,
      });
    } catch (cause) {
      if (controller.signal.aborted) return;
      this.#set({ ...this.#state, busy: false, error: toError(cause) });
    }
  }

  #set(state: SearchState): void {
    this.#state = state;
    this.#report(state);
  }
}

/**
 * Lines that tell of an error in the output of common tools, for the server's search: words in capitals, names of
 * exceptions, and what compilers and shells write.
 */
export const ERROR_PATTERN =
  '\\b(?:ERROR|FATAL|FAIL(?:ED|URE)?|Traceback|[A-Za-z]*(?:Error|Exception))\\b|ERR!|\\b(?:error|fatal|failed|panic): |exit code [1-9]';
