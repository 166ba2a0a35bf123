import { useCallback, useEffect, useRef, useState } from 'react';
import { useVisible } from '../../hooks/useVisible';
import { LogLoader, type LogPlace, type LogState } from './LogLoader';
import type { LogSource } from './LogSource';

/** How often a log that grows is asked for, in milliseconds; one that rests a while less often. */
const FAST_MS = 1000;
const SLOW_MS = 2000;

/** A log that is read as it is looked at. */
export interface LiveLog {
  state: LogState;
  seek(place: LogPlace): Promise<boolean>;
  extend(direction: 'before' | 'after'): void;
  retry(): void;
}

/**
 * Reads a log, and goes on reading its end while its run goes on and the tab is visible.
 * @param options.running - the run goes on
 * @param options.place - where to begin
 * @param options.grow - whether new lines may push out the first ones that are held
 * @param options.onGrew - called with the number of lines that came
 */
export function useLog(
  source: LogSource,
  options: {
    running: boolean;
    place: LogPlace;
    grow: boolean;
    onGrew(lines: number): void;
  },
): LiveLog {
  const { running } = options;
  const visible = useVisible();
  const loader = useRef<LogLoader>();
  const latest = useRef(options);
  latest.current = options;
  const [state, setState] = useState<LogState>(
    () => new LogLoader(source, () => undefined).state,
  );

  useEffect(() => {
    const current = new LogLoader(source, setState);
    loader.current = current;
    setState(current.state);
    current.seek(latest.current.place);
    return () => current.stop();
  }, [source]);

  useEffect(() => {
    const current = loader.current;
    if (!current || !visible) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stopped = false;
    const poll = async () => {
      const before = countOf(current.state);
      const done = await current.poll(latest.current.grow);
      if (stopped) return;
      const lines = countOf(current.state) - before;
      if (done && lines > 0) latest.current.onGrew(lines);
      // the last lines of a run are often written after it was told to be over
      if (running || current.state.snapshot.more)
        timer = setTimeout(poll, lines > 0 ? FAST_MS : SLOW_MS);
    };
    timer = setTimeout(poll, FAST_MS);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [source, running, visible]);

  return {
    state,
    seek: useCallback(async place => loader.current?.seek(place) ?? false, []),
    extend: useCallback(direction => {
      loader.current?.extend(direction);
    }, []),
    retry: useCallback(() => {
      loader.current?.retry();
    }, []),
  };
}

/** Lines of the whole log, as far as it is known. */
function countOf({ snapshot }: LogState): number {
  return (
    snapshot.total ?? snapshot.before + snapshot.lines.length + snapshot.after
  );
}
