import { useEffect, useMemo, useState } from 'react';
import { markPattern } from './highlight';
import type { StreamSnapshot } from './StreamBuffer';
import type { LogSearchBox } from './useLogSearch';

/**
 * Searches the lines of a stream that are held, also those that come while it stands.
 * @param options.q - what is searched for
 * @param options.onQuery - the reader typed something else
 * @param options.search - the pattern that is searched for from now on
 * @param options.onMatch - the view is to go to the line of this key
 */
export function useStreamSearch(
  { matches }: Pick<StreamSnapshot, 'matches'>,
  options: {
    q: string;
    onQuery(q: string): void;
    search(pattern: RegExp | undefined): void;
    onMatch(key: number): void;
  },
): LogSearchBox & { pattern: RegExp | undefined; current: number | undefined } {
  const { q, search } = options;
  const [regex, setRegex] = useState(false);
  const [matchCase, setMatchCase] = useState(false);
  const [current, setCurrent] = useState<number>();
  const pattern = useMemo(
    () => markPattern({ q, regex, matchCase }),
    [q, regex, matchCase],
  );
  useEffect(() => search(pattern), [search, pattern]);
  const index = current === undefined ? -1 : matches.indexOf(current);
  const isWrong = q !== '' && pattern === undefined;
  return {
    ...{ pattern, current },
    terms: { q, regex, matchCase },
    state: {
      ...{ busy: false, complete: true, error: undefined },
      total: q === '' || isWrong ? undefined : matches.length,
      index: index < 0 ? undefined : index,
    },
    change: terms => {
      setCurrent(undefined);
      if (terms.q !== undefined) options.onQuery(terms.q);
      if (terms.regex !== undefined) setRegex(terms.regex);
      if (terms.matchCase !== undefined) setMatchCase(terms.matchCase);
    },
    step: direction => {
      if (matches.length === 0) return;
      // The newest one first: it is nearest to where a log is read.
      const next =
        index < 0
          ? matches.length - 1
          : (index + direction + matches.length) % matches.length;
      setCurrent(matches[next]);
      options.onMatch(matches[next]);
    },
  };
}
