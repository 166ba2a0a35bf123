import { useEffect, useMemo, useRef, useState } from 'react';
import {
  LogSearcher,
  type LogMatch,
  type SearchState,
  type SearchTerms,
} from './LogSearcher';
import type { LogSource } from './LogSource';

const TYPING_MS = 300;

/** A search in a log that the reader types. */
export interface LogSearchBox {
  terms: SearchTerms;
  state: SearchState;
  change(terms: Partial<SearchTerms>): void;
  step(direction: 1 | -1): void;
}

/**
 * Searches the whole log for what is typed or stands in the address, and goes to the first match.
 * @param options.q - what is searched for
 * @param options.from - line that the address points at; a search begins there
 * @param options.onQuery - the reader typed something else
 * @param options.onMatch - the view is to go to a match
 */
export function useLogSearch(
  source: LogSource,
  options: {
    q: string;
    from: number | undefined;
    onQuery(q: string): void;
    onMatch(match: LogMatch): void;
  },
): LogSearchBox {
  const { q } = options;
  const [regex, setRegex] = useState(false);
  const [matchCase, setMatchCase] = useState(false);
  const [state, setState] = useState<SearchState>({
    busy: false,
    total: undefined,
    complete: true,
    index: undefined,
    error: undefined,
  });
  const searcher = useMemo(() => new LogSearcher(source, setState), [source]);
  const latest = useRef(options);
  latest.current = options;
  const typed = useRef(false);

  const step = async (direction: 1 | -1) => {
    const match = await searcher.step(direction, latest.current.from);
    if (match) latest.current.onMatch(match);
  };
  const goOn = useRef(step);
  goOn.current = step;

  useEffect(() => {
    const timer = setTimeout(
      async () => {
        const found = await searcher.search({ q, regex, matchCase });
        // an address that points at a line stays there
        if (found && (typed.current || latest.current.from === undefined)) {
          goOn.current(1);
        }
      },
      typed.current ? TYPING_MS : 0,
    );
    return () => {
      clearTimeout(timer);
      searcher.stop();
    };
  }, [searcher, q, regex, matchCase]);

  return {
    terms: { q, regex, matchCase },
    state,
    step: direction => goOn.current(direction),
    change: terms => {
      typed.current = true;
      if (terms.q !== undefined) latest.current.onQuery(terms.q);
      if (terms.regex !== undefined) setRegex(terms.regex);
      if (terms.matchCase !== undefined) setMatchCase(terms.matchCase);
    },
  };
}
