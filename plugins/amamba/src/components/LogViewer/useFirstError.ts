import { useState } from 'react';
import { useAct } from '../../hooks/useAct';
import { ERROR_PATTERN } from './LogSearcher';
import type { LogSource } from './LogSource';

/** Characters of a known error that are looked for. */
const KNOWN_LENGTH = 200;

/**
 * Looks for the first error of a log: what is known of it, else the first line that looks like one.
 * @param known - the error as the engine tells it; its first line is looked for
 * @param onFound - called with the number of the line
 */
export function useFirstError(
  source: LogSource,
  known: string | undefined,
  onFound: (line: number) => void,
): { find(): void; error: Error | undefined; none: boolean } {
  const [none, setNone] = useState(false);
  const act = useAct(async () => {
    const text = known?.trim().split('\n', 1)[0].slice(0, KNOWN_LENGTH);
    const tries = [
      ...(text ? [{ q: text, matchCase: true }] : []),
      { q: ERROR_PATTERN, regex: true, matchCase: true },
    ];
    for (const attempt of tries) {
      const { matches } = await source.search({ ...attempt, limit: 1 });
      if (matches.length > 0) {
        setNone(false);
        onFound(matches[0].line);
        return;
      }
    }
    setNone(true);
  });
  return { find: act.run, error: act.error, none };
}
