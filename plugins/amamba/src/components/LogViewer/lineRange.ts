/** Lines of a log that an address points at. */
export interface LineRange {
  from: number;
  to: number;
}

const HASH = /^#L([1-9]\d{0,11})(?:-L([1-9]\d{0,11}))?$/;

/** Lines that a hash like `#L120` or `#L120-L134` points at. */
export function parseLineHash(hash: string): LineRange | undefined {
  const match = HASH.exec(hash);
  if (!match) return undefined;
  const a = Number(match[1]);
  const b = Number(match[2] ?? match[1]);
  return { from: Math.min(a, b), to: Math.max(a, b) };
}

/** The hash that points at lines. */
export function lineHash({ from, to }: LineRange): string {
  return from === to ? `#L${from}` : `#L${from}-L${to}`;
}

/** What is selected after a click on a line's number; with Shift, up to what was selected before. */
export function selectLine(
  before: LineRange | undefined,
  line: number,
  extend: boolean,
): LineRange {
  if (!extend || !before) return { from: line, to: line };
  return line < before.from
    ? { from: line, to: before.to }
    : { from: before.from, to: line };
}
