import type { LogSpan } from './ansi';

/** A stretch of a line that is marked or not. */
export interface MarkedSpan {
  span: LogSpan;
  marked: boolean;
}

/** More marks in one line help nobody. */
const MAX_MARKS = 100;

/**
 * The expression that marks matches of a search; undefined when there is nothing to mark, or when the browser does not
 * understand what the server does.
 */
export function markPattern(search: {
  q: string;
  regex?: boolean;
  matchCase?: boolean;
}): RegExp | undefined {
  if (search.q === '') return undefined;
  const source = search.regex
    ? search.q
    : search.q.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  try {
    return new RegExp(source, search.matchCase ? 'g' : 'gi');
  } catch {
    return undefined;
  }
}

/** Where a pattern matches a text: pairs of start and end. */
function matches(text: string, pattern: RegExp): [number, number][] {
  const found: [number, number][] = [];
  for (const match of text.matchAll(pattern)) {
    if (match[0] !== '')
      found.push([match.index, match.index + match[0].length]);
    if (found.length >= MAX_MARKS) break;
  }
  return found;
}

/** Splits the stretches of a line where matches begin and end; a match may go over several. */
export function mark(
  spans: readonly LogSpan[],
  pattern: RegExp | undefined,
): MarkedSpan[] {
  const found = pattern
    ? matches(spans.map(({ text }) => text).join(''), pattern)
    : [];
  if (found.length === 0) return spans.map(span => ({ span, marked: false }));
  let offset = 0;
  return spans.flatMap(span => {
    const begin = offset;
    offset += span.text.length;
    return splitSpan(span, begin, found);
  });
}

/** Splits one stretch, which begins at an offset of its line. */
function splitSpan(
  span: LogSpan,
  begin: number,
  found: readonly [number, number][],
): MarkedSpan[] {
  const { length } = span.text;
  const parts: MarkedSpan[] = [];
  let at = 0;
  const push = (to: number, marked: boolean) => {
    if (to <= at) return;
    parts.push({ span: { ...span, text: span.text.slice(at, to) }, marked });
    at = to;
  };
  for (const [from, to] of found) {
    if (to <= begin || from >= begin + length) continue;
    push(from - begin, false);
    push(Math.min(to - begin, length), true);
  }
  push(length, false);
  return parts;
}
