/**
 * Order of a pipeline's runs as one whole number, so that pages are found by an index wherever they lie. Runs with a
 * number stand in the order of numbers; those that wait for one stand above, in the order of asking; those that ended
 * without one stay just above the newest run of that moment. A pipeline that was made anew in its engine counts from 1
 * again, so the epoch comes first.
 */
const EPOCH_SPAN = 1e13;
/** above every number: Jenkins' numbers are 31 bits */
const WAITING = 5e12;
/** room for runs that end without a number between two numbers */
const NUMBER_SPAN = 1000;
/** 2020-01-01; milliseconds since then fit into the span for 150 years */
const TIME_ORIGIN = Date.UTC(2020, 0, 1);

export function numberedKey(epoch: number, number: number): number {
  return epoch * EPOCH_SPAN + number * NUMBER_SPAN;
}

/** @param queuedAt - epoch milliseconds */
export function waitingKey(epoch: number, queuedAt: number): number {
  return epoch * EPOCH_SPAN + WAITING + Math.max(0, queuedAt - TIME_ORIGIN);
}

/** Keys of the epoch from this one on belong to runs that wait. */
export function firstWaitingKey(epoch: number): number {
  return epoch * EPOCH_SPAN + WAITING;
}

/** @param below - highest key of the epoch under those that wait, when there is one */
export function endedKey(epoch: number, below: number | undefined): number {
  return (below ?? epoch * EPOCH_SPAN) + 1;
}
