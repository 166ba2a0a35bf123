import { useRef, useState } from 'react';

/** Rows that do not move while they are read. */
export interface SteadyRows<R> {
  rows: readonly R[];
  /** rows that wait to be shown, or changed places: the number of new ones, 0 for changed places only */
  pending: number | undefined;
  /** shows everything as it came */
  accept: () => void;
}

/**
 * Updates rows in place, and keeps new, gone and moved ones back until the reader asks for them or is not in the list.
 * @param options - `identity`: filters and page; another one shows everything at once. `atRest`: whether rows may move
 */
export function useSteadyRows<R>(
  incoming: readonly R[],
  options: {
    identity: string;
    keyOf: (row: R) => string;
    atRest: () => boolean;
  },
): SteadyRows<R> {
  const { identity, keyOf, atRest } = options;
  const [, redraw] = useState(0);
  const shown = useRef<{ identity: string; rows: readonly R[] }>();
  const lastIncoming = useRef<readonly R[]>();

  const before = shown.current;
  if (before === undefined || before.identity !== identity) {
    shown.current = { identity, rows: incoming };
  } else if (lastIncoming.current !== incoming) {
    const keys = incoming.map(keyOf).join('\n');
    const same = before.rows.map(keyOf).join('\n') === keys;
    if (same || atRest()) {
      shown.current = { identity, rows: incoming };
    } else {
      const byKey = new Map(incoming.map(row => [keyOf(row), row]));
      shown.current = {
        identity,
        rows: before.rows.map(row => byKey.get(keyOf(row)) ?? row),
      };
    }
  }
  lastIncoming.current = incoming;

  const { rows } = shown.current ?? { rows: incoming };
  const shownKeys = new Set(rows.map(keyOf));
  const fresh = incoming.filter(row => !shownKeys.has(keyOf(row))).length;
  const differs =
    rows.length !== incoming.length ||
    rows.some((row, index) => keyOf(row) !== keyOf(incoming[index]));
  return {
    rows,
    pending: differs ? fresh : undefined,
    accept: () => {
      shown.current = { identity, rows: incoming };
      redraw(n => n + 1);
    },
  };
}
