import { plainText } from './ansi';
import type { LineRange } from './lineRange';
import type { LogSource } from './LogSource';

/** Lines that are copied at most. */
export const MAX_COPIED_LINES = 20_000;

/** The text of lines, without numbers, colours and control characters. */
export async function readLines(
  source: LogSource,
  { from, to }: LineRange,
  signal?: AbortSignal,
): Promise<string> {
  const wanted = Math.min(to - from + 1, MAX_COPIED_LINES);
  const lines: string[] = [];
  let chunk = await source.read({ line: from }, signal);
  while (chunk.text !== '') {
    const text = chunk.text.endsWith('\n')
      ? chunk.text.slice(0, -1)
      : chunk.text;
    lines.push(...text.split('\n'));
    if (lines.length >= wanted || chunk.end >= chunk.size) break;
    const { end } = chunk;
    chunk = await source.read({ start: end }, signal);
    if (chunk.end <= end) break;
  }
  return lines.slice(0, wanted).map(plainText).join('\n');
}
