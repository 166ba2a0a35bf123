import { useCallback, useEffect, useRef, useState } from 'react';
import { toError } from '@backstage/errors';

/** Something that the reader does, and the backend answers. */
export interface Act<A extends unknown[]> {
  /** does it, unless it is under way already: a double click is one request. Gives whether it worked */
  run: (...args: A) => Promise<boolean>;
  busy: boolean;
  error: Error | undefined;
  /** forgets the error */
  reset: () => void;
}

/**
 * Runs an act once at a time and keeps its error for the place where it was started.
 * @param perform - does it; a rejection becomes the error
 */
export function useAct<A extends unknown[]>(
  perform: (...args: A) => Promise<void>,
): Act<A> {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const latest = useRef(perform);
  latest.current = perform;
  const underWay = useRef(false);
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  const run = useCallback(async (...args: A) => {
    if (underWay.current) return false;
    underWay.current = true;
    setBusy(true);
    setError(undefined);
    try {
      await latest.current(...args);
      return true;
    } catch (cause) {
      if (mounted.current) setError(toError(cause));
      return false;
    } finally {
      underWay.current = false;
      if (mounted.current) setBusy(false);
    }
  }, []);
  const reset = useCallback(() => setError(undefined), []);
  return { run, busy, error, reset };
}
