import { Readable } from 'stream';
import fc from 'fast-check';
import { LogReader, type OpenLog } from './LogReader';
import { searchLog } from './searchLog';

/** An engine's log that hides a note of `hidden` bytes after every line, as Jenkins does, and is cut into odd parts. */
function engineLog(text: string, hidden = 0, more = false): OpenLog {
  const lines = text.split(/(?<=\n)/).map(line => Buffer.from(line));
  const size = lines.reduce((sum, line) => sum + line.length + hidden, 0);
  return async start => {
    const rest: Buffer[] = [];
    let stored = 0;
    for (const line of lines) {
      const from = Math.max(0, start - stored);
      if (from < line.length) rest.push(line.subarray(from));
      stored += line.length + hidden;
    }
    const bytes = Buffer.concat(rest);
    const parts: Buffer[] = [];
    for (let i = 0; i < bytes.length; i += 7)
      parts.push(bytes.subarray(i, i + 7));
    return { stream: Readable.from(parts), sizeBytes: size, more };
  };
}

const LIMIT = 64;
const linesArbitrary = fc.array(
  fc.oneof(
    fc
      .string({ unit: 'binary', maxLength: 40 })
      .map(line => line.replaceAll('\n', '-')),
    fc.constantFrom('x'.repeat(LIMIT - 1), 'x'.repeat(LIMIT), 'ä'.repeat(100)),
  ),
  { minLength: 1, maxLength: 30 },
);

/** What there is to see of a line: as many whole characters as fit. */
function cut(line: string): string {
  let seen = '';
  for (const character of line) {
    if (Buffer.byteLength(seen + character) > LIMIT) break;
    seen += character;
  }
  return seen;
}

/** Reads a log chunk by chunk, from the beginning to the end. */
async function expectWhole(lines: string[], hidden: number): Promise<void> {
  const text = `${lines.join('\n')}\n`;
  const reader = new LogReader();
  const open = engineLog(text, hidden);
  const seen: string[] = [];
  let start = 0;
  for (;;) {
    const chunk = await reader.chunk('a', open, { start, limit: LIMIT });
    expect(chunk.start).toBe(start);
    if (chunk.end === start) break;
    expect(chunk.firstLine).toBe(seen.length + 1);
    expect(Buffer.byteLength(chunk.text)).toBeLessThanOrEqual(LIMIT);
    seen.push(...chunk.text.replace(/\n$/, '').split('\n'));
    expect(chunk.end).toBeGreaterThan(start);
    start = chunk.end;
  }
  expect(start).toBe(Buffer.byteLength(text));
  // A line longer than a chunk is cut; nothing else is.
  expect(seen).toEqual(lines.map(cut));
}

describe('LogReader', () => {
  it.each([0, 5])(
    'gives every line once, in order, in chunks that follow each other (%d hidden bytes a line)',
    async hidden => {
      expect.hasAssertions();
      await fc.assert(
        fc.asyncProperty(linesArbitrary, lines => expectWhole(lines, hidden)),
        { numRuns: 200, interruptAfterTimeLimit: 5_000 },
      );
    },
  );

  it.each([
    ['begins near the end of a chunk', ['a'.repeat(50), 'b'.repeat(60)]],
    ['fills a chunk without its end', ['a'.repeat(LIMIT)]],
    ['fills a chunk with its end', ['a'.repeat(LIMIT - 1), 'b']],
    ['follows lines and is longer than a chunk', ['a', 'b'.repeat(200), 'c']],
    ['is cut amid a character', [`a${'ࠀ'.repeat(40)}`, 'b']],
    [
      'follows lines of long characters',
      [...[2, 6, 3, 10, 10, 8].map(n => 'ࠀ'.repeat(n)), 'x'.repeat(100)],
    ],
  ])('gives a line that %s', (_, lines) => expectWhole(lines, 5));

  it('finds a line by number, by an offset inside of it, and the end', async () => {
    const lines = Array.from({ length: 5000 }, (_, i) => `line ${i + 1} é`);
    const text = `${lines.join('\n')}\n`;
    for (const hidden of [0, 9]) {
      const reader = new LogReader();
      const open = engineLog(text, hidden);
      const by = await reader.chunk('a', open, { line: 4321, limit: 1024 });
      expect(by.firstLine).toBe(4321);
      expect(by.text.startsWith('line 4321 é\n')).toBe(true);
      const inside = await reader.chunk('a', open, {
        start: by.start + 3,
        limit: 1024,
      });
      expect(inside).toMatchObject({ start: by.start, firstLine: 4321 });
      const tail = await reader.chunk('a', open, { tail: true, limit: 1024 });
      expect(tail.text.endsWith('line 5000 é\n')).toBe(true);
      expect(Buffer.byteLength(tail.text)).toBeLessThanOrEqual(1024);
      expect(tail).toMatchObject({ end: Buffer.byteLength(text), lines: 5000 });
      const far = await reader.chunk('a', open, {
        start: 10_000_000,
        limit: 1024,
      });
      expect(far).toMatchObject({ text: '', end: Buffer.byteLength(text) });
    }
  });

  it('keeps a line back while it is still being written', async () => {
    const reader = new LogReader();
    const live = await reader.chunk('a', engineLog('one\ntw', 0, true), {
      start: 0,
      limit: 1024,
    });
    expect(live).toMatchObject({ text: 'one\n', end: 4, more: true });
    const done = await reader.chunk('a', engineLog('one\ntwo', 0), {
      start: 4,
      limit: 1024,
    });
    expect(done).toMatchObject({ text: 'two', firstLine: 2, end: 7 });
  });
});

describe('searchLog', () => {
  const stream = () =>
    Readable.from([Buffer.from('Alpha\nbe'), Buffer.from('ta\nalpha beta\n')]);
  const base = { skip: 0, limit: 10 };

  it('counts all lines that match and says where they begin', async () => {
    expect(await searchLog(stream(), { ...base, q: 'alpha' })).toEqual({
      total: 2,
      complete: true,
      matches: [
        { line: 1, start: 0, text: 'Alpha' },
        { line: 3, start: 11, text: 'alpha beta' },
      ],
    });
    const cased = await searchLog(stream(), {
      ...base,
      q: 'alpha',
      matchCase: true,
    });
    expect(cased.total).toBe(1);
    const page = await searchLog(stream(), { q: 'a', skip: 1, limit: 1 });
    expect(page).toMatchObject({ total: 3, matches: [{ line: 2 }] });
  });

  it('takes regular expressions, and refuses wrong and runaway ones', async () => {
    const some = await searchLog(stream(), { ...base, q: '^b', regex: true });
    expect(some.matches.map(({ line }) => line)).toEqual([2]);
    await expect(
      searchLog(stream(), { ...base, q: '(', regex: true }),
    ).rejects.toThrow(/^q: no regular expression/);
    await expect(
      searchLog(Readable.from([Buffer.from(`${'a'.repeat(60)}!\n`)]), {
        ...base,
        q: '^(a+)+$',
        regex: true,
      }),
    ).rejects.toThrow(/^q: this regular expression takes too long/);
  });
});
