import type { LogSnapshot } from './LogWindow';

/** Where the view is to go. Another object is another wish. */
export type ScrollTarget =
  { line: number } | { byte: number } | 'start' | 'end';

/** Scrolls, and says so at once: the browser would say it a frame later, in which nothing would be drawn. */
export function scrollTo(element: HTMLElement, top: number): void {
  element.scrollTop = top;
  element.dispatchEvent(new Event('scroll'));
}

/** Index of a place among the lines that are held; undefined when it is not among them. */
export function indexOfTarget(
  snapshot: LogSnapshot,
  target: ScrollTarget,
): number | undefined {
  const last = snapshot.lines.length - 1;
  if (last < 0) return undefined;
  if (target === 'start') return snapshot.start === 0 ? 0 : undefined;
  if (target === 'end') {
    return snapshot.end >= snapshot.size ? last : undefined;
  }
  if ('line' in target) {
    if (snapshot.first === undefined) return undefined;
    const index = target.line - snapshot.first;
    return index >= 0 && index <= last ? index : undefined;
  }
  const { byte } = target;
  if (byte < snapshot.start || byte > snapshot.end) return undefined;
  const share = (byte - snapshot.start) / (snapshot.end - snapshot.start);
  return Math.min(last, Math.floor(share * snapshot.lines.length));
}
