import type {
  LogSearchQuery,
  LogSearchResult,
} from '@amamba/backstage-plugin-amamba-common';
import { InputError } from '@backstage/errors';
import type { Readable } from 'stream';
import { createContext, Script } from 'vm';

const MAX_SEARCH_MS = 20_000;
const BATCH_LINES = 500;
/** Longer than any sane pattern needs for a batch of lines. */
const MAX_BATCH_MS = 250;
/** What of a line is searched. */
const MAX_LINE = 10_000;
const MAX_SHOWN = 500;
const NEWLINE = 10;

/** Runs a pattern over lines. A constant script: pattern and lines reach it as data only. */
const MATCH = new Script('lines.map(line => pattern.test(line))');

interface Line {
  number: number;
  start: number;
  text: string;
}

function matcher(query: LogSearchQuery): (lines: Line[]) => boolean[] {
  if (!query.regex) {
    const fold = (text: string) =>
      query.matchCase ? text : text.toLocaleLowerCase('en-US');
    const wanted = fold(query.q);
    return lines => lines.map(({ text }) => fold(text).includes(wanted));
  }
  let pattern: RegExp;
  try {
    pattern = new RegExp(query.q, query.matchCase ? 'u' : 'iu');
  } catch (error) {
    throw new InputError(`q: no regular expression: ${error}`);
  }
  return lines => {
    const context = createContext({
      pattern,
      lines: lines.map(({ text }) => text),
    });
    try {
      // The engine of regular expressions heeds the time-out also inside of one match.
      return MATCH.runInContext(context, { timeout: MAX_BATCH_MS });
    } catch {
      throw new InputError(
        'q: this regular expression takes too long; make it simpler',
      );
    }
  };
}

async function* linesOf(stream: Readable): AsyncGenerator<Line> {
  let number = 1;
  let start = 0;
  let kept: Buffer[] = [];
  let size = 0;
  let length = 0;
  const line = (): Line => ({
    number,
    start,
    text: Buffer.concat(kept).toString('utf8'),
  });
  const keep = (bytes: Buffer) => {
    if (size < MAX_LINE)
      kept.push(Buffer.from(bytes.subarray(0, MAX_LINE - size)));
    size += bytes.length;
    length += bytes.length;
  };
  for await (const chunk of stream) {
    const part = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    let from = 0;
    for (;;) {
      const at = part.indexOf(NEWLINE, from);
      if (at < 0) break;
      keep(part.subarray(from, at));
      yield line();
      start += length + 1;
      number += 1;
      kept = [];
      size = 0;
      length = 0;
      from = at + 1;
    }
    keep(part.subarray(from));
  }
  if (length > 0) yield line();
}

/**
 * Searches a whole log while it streams by. Stops after some seconds with what it has, and says so.
 * @throws InputError for a pattern that is none, or takes too long
 */
export async function searchLog(
  stream: Readable,
  query: LogSearchQuery,
): Promise<LogSearchResult> {
  const matches: LogSearchResult['matches'] = [];
  const fits = matcher(query);
  const until = Date.now() + MAX_SEARCH_MS;
  let total = 0;
  let batch: Line[] = [];
  const flush = () => {
    fits(batch).forEach((isMatch, i) => {
      if (!isMatch) return;
      if (total >= query.skip && matches.length < query.limit) {
        const { number, start, text } = batch[i];
        matches.push({ line: number, start, text: text.slice(0, MAX_SHOWN) });
      }
      total += 1;
    });
    batch = [];
  };
  let complete = true;
  try {
    for await (const line of linesOf(stream)) {
      batch.push(line);
      if (batch.length >= BATCH_LINES) {
        flush();
        if (Date.now() > until) {
          complete = false;
          break;
        }
      }
    }
    flush();
  } finally {
    stream.destroy();
  }
  return { total, matches, complete };
}
