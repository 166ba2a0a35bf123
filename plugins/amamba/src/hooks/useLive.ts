import {
  useCallback,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import {
  SIGNAL_CHANNEL,
  type ChangeSignal,
} from '@amamba/backstage-plugin-amamba-common';
import { useApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { LiveQuery, type QueryState } from './liveQuery';
import { signalTrust } from './signalTrust';
import { useVisible } from './useVisible';

/** How often is asked where no signals come, in milliseconds. */
export const POLL_MS = 10_000;

/** How often is asked where signals come, in milliseconds: some may be lost, and their connection too. */
const SAFETY_MS = 60_000;

/** How a piece of data is kept fresh: by signals, by asking every {@link POLL_MS}, or not at the moment. */
export type LiveStatus = 'live' | 'polling' | 'paused';

/** Data that follows the backend. */
export interface Live<T> {
  /** the newest that came; stays while newer is asked for and when that fails */
  data: T | undefined;
  /** why the newest attempt failed */
  error: Error | undefined;
  /** nothing came yet */
  loading: boolean;
  /** something is shown, and newer is asked for */
  refreshing: boolean;
  /** asks again now, whatever is under way */
  retry: () => void;
  status: LiveStatus;
  /** when the data came, epoch milliseconds */
  at: number | undefined;
  /** the key that the data was asked for with; another one than the options' while newer is asked for */
  dataKey: string | undefined;
}

/** How to follow. */
export interface LiveOptions {
  /** what is asked for, filters and page included; another one asks again */
  key: string;
  /** what the data is about; when it changes, old data is dropped rather than kept. Default: always the same */
  identity?: string;
  /** which changes matter; default: all */
  matches?: (change: ChangeSignal) => boolean;
  /** false for what changes no more: asked for once. Default: true */
  watch?: boolean;
}

type Keyed<T> = { key: string; value: T };
type Known<T> = QueryState<Keyed<T>> & { identity: string };

function isChange(message: object): message is ChangeSignal {
  return 'type' in message && 'workspace' in message;
}

/**
 * Loads data and keeps it fresh: again on each signal that matters; by polling only where signals are not available, or
 * turn out not to come, and only while the tab is visible. Old data stays while newer is asked for.
 * @param load - asks the backend; is aborted when the answer is of no use any more
 */
export function useLive<T>(
  load: (signal: AbortSignal) => Promise<T>,
  options: LiveOptions,
): Live<T> {
  const { key, identity = '', watch = true } = options;
  const signals = useApiHolder().get(signalApiRef);
  const trusted = useSyncExternalStore(signalTrust.subscribe, signalTrust.get);
  const told = signals !== undefined && trusted;
  const intervalMs = told ? SAFETY_MS : POLL_MS;
  const visible = useVisible();
  const [known, setKnown] = useState<Known<T>>({ identity, busy: true });
  const query = useRef<LiveQuery<Keyed<T>>>();
  const latest = useRef({ load, matches: options.matches });
  latest.current = { load, matches: options.matches };
  // what was reported last, drawn already or not
  const newest = useRef(known);

  useEffect(() => {
    const before = newest.current;
    const current = new LiveQuery<Keyed<T>>({
      load: async signal => ({
        key,
        value: await latest.current.load(signal),
      }),
      report: state => {
        newest.current = { ...state, identity };
        setKnown(newest.current);
      },
      pollMs: watch ? intervalMs : undefined,
      onSurprise: () => {
        if (intervalMs === SAFETY_MS) signalTrust.missed();
      },
      initial: before.identity === identity ? before : undefined,
    });
    query.current = current;
    current.refresh();
    const subscription = watch
      ? signals?.subscribe(SIGNAL_CHANNEL, message => {
          signalTrust.received();
          if (!isChange(message)) return;
          if (latest.current.matches?.(message) ?? true) current.changed();
        })
      : undefined;
    const back = () => {
      if (watch && document.visibilityState !== 'hidden') current.back();
    };
    document.addEventListener('visibilitychange', back);
    window.addEventListener('online', back);
    return () => {
      current.stop();
      subscription?.unsubscribe();
      document.removeEventListener('visibilitychange', back);
      window.removeEventListener('online', back);
    };
  }, [key, identity, watch, signals, intervalMs]);

  const retry = useCallback(() => query.current?.restart(), []);

  const state: QueryState<Keyed<T>> =
    known.identity === identity ? known : { busy: true };
  const nothing = state.data === undefined;
  let status: LiveStatus = 'live';
  if (!watch) status = 'paused';
  else if (!told) status = visible ? 'polling' : 'paused';
  return {
    data: state.data?.value,
    error: state.error,
    loading: nothing && state.error === undefined,
    refreshing: !nothing && state.busy,
    retry,
    status,
    at: state.at,
    dataKey: state.data?.key,
  };
}
