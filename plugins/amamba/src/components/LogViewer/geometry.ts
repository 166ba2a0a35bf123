import type { LogSnapshot } from './LogWindow';

/** Height of a line that is not wrapped, in pixels. */
export const ROW_HEIGHT = 20;

/** Browsers cut off elements that are higher than some 17 million pixels. */
const MAX_HEIGHT = 8_000_000;

/** Room that stands for lines that are not held. */
export interface Spacers {
  /** pixels before and after the lines that are held */
  before: number;
  after: number;
  /** pixels that stand for one line in it, at most {@link ROW_HEIGHT} */
  perLine: number;
}

type Held = Pick<LogSnapshot, 'before' | 'after' | 'lines'>;

/** Room before and after the lines that are held: as high as the lines that it stands for, or scaled down when that is too high. */
export function spacers({ before, after, lines }: Held): Spacers {
  const room = Math.max(0, MAX_HEIGHT - lines.length * ROW_HEIGHT);
  const absent = before + after;
  const perLine =
    absent === 0 ? ROW_HEIGHT : Math.min(ROW_HEIGHT, room / absent);
  return { before: before * perLine, after: after * perLine, perLine };
}

/** Lines that are read before they come into view. */
const MARGIN_LINES = 400;
/** Lines further away than this are looked for rather than read up to. */
const NEAR_LINES = 4000;

/** What has to be read for what is in view. */
export type Need =
  | undefined
  | 'before'
  | 'after'
  /** a line from 0 that is not held */
  | { index: number };

/**
 * What has to be read next.
 * @param view - what is in view, in pixels of the whole
 * @param heldHeight - pixels that the held lines take
 */
export function needOf(
  held: Held,
  room: Spacers,
  view: { top: number; bottom: number },
  heldHeight: number,
): Need {
  const heldEnd = room.before + heldHeight;
  const margin = MARGIN_LINES * ROW_HEIGHT;
  if (view.bottom < room.before || view.top > heldEnd) {
    const above = view.bottom < room.before;
    const distance = above ? room.before - view.top : view.top - heldEnd;
    const lines = Math.floor(distance / room.perLine);
    if (lines > NEAR_LINES) {
      const index = above
        ? held.before - lines
        : held.before + held.lines.length + lines;
      return { index: Math.max(0, index) };
    }
  }
  if (held.before > 0 && view.top < room.before + margin) return 'before';
  if (held.after > 0 && view.bottom > heldEnd - margin) return 'after';
  return undefined;
}

/** A line of the whole log that is not held, from 0, as a place to ask for. */
export function placeOf(
  snapshot: LogSnapshot,
  index: number,
): { line: number } | { byte: number } {
  if (snapshot.first !== undefined && snapshot.total !== undefined) {
    return { line: index + 1 };
  }
  const count = snapshot.before + snapshot.lines.length + snapshot.after;
  return { byte: Math.floor((index / Math.max(1, count)) * snapshot.size) };
}
