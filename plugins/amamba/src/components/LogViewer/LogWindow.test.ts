import fc from 'fast-check';
import { FakeLog } from './__testUtils__/fakeLog';
import { LogWindow, type LogSnapshot } from './LogWindow';

const line = fc
  .oneof(
    { weight: 5, arbitrary: fc.string({ maxLength: 30 }) },
    { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 10 }) },
    { weight: 1, arbitrary: fc.constant('x'.repeat(3000)) },
  )
  .map(text => text.replace(/\n/g, ''));
const logText = fc
  .tuple(fc.array(line, { maxLength: 120 }), fc.boolean())
  .map(([lines, open]) => lines.join('\n') + (open ? '' : '\n'));

/** What a window does: a range at the end, before, anywhere, or the log grows. */
const move = fc.oneof(
  fc.record({
    kind: fc.constant('after' as const),
    limit: fc.integer({ min: 1024, max: 4096 }),
  }),
  fc.record({
    kind: fc.constant('before' as const),
    limit: fc.integer({ min: 1024, max: 4096 }),
  }),
  fc.record({
    kind: fc.constant('line' as const),
    line: fc.integer({ min: 1, max: 130 }),
  }),
  fc.constant({ kind: 'tail' as const }),
  fc.record({ kind: fc.constant('grow' as const), text: logText }),
);

async function act(
  window: LogWindow,
  log: FakeLog,
  step: typeof move extends fc.Arbitrary<infer T> ? T : never,
): Promise<void> {
  switch (step.kind) {
    case 'after':
      window.put(await log.read({ start: window.end, limit: step.limit }));
      break;
    case 'before': {
      const start = Math.max(0, window.start - step.limit);
      window.put(
        await log.read({
          start,
          limit: Math.max(1024, window.start - start + 4096),
        }),
      );
      break;
    }
    case 'line':
      window.put(await log.read({ line: step.line, limit: 2048 }));
      break;
    case 'tail':
      window.put(await log.read({ tail: true, limit: 2048 }), 'end');
      break;
    default:
      log.grow(step.text);
  }
}

/** What is held must be what the log says between its offsets. */
function expectTrue(snapshot: LogSnapshot, log: FakeLog, max: number): void {
  const bytes = Buffer.from(log.text);
  const held = bytes.subarray(snapshot.start, snapshot.end).toString();
  const terminated = held.endsWith('\n') ? held.slice(0, -1) : held;
  const lines = snapshot.lines.map(({ text }) => text);
  expect(lines).toEqual(held === '' ? [] : terminated.split('\n'));
  expect(lines.length).toBeLessThanOrEqual(max);
  const before = bytes.subarray(0, snapshot.start).toString();
  const number = before.split('\n').length;
  expect(snapshot.first ?? number).toBe(number);
}

describe('LogWindow', () => {
  it.each([true, false])(
    'holds what the log says, in order, never too much; numbered: %s',
    async numbered => {
      expect.hasAssertions();
      await fc.assert(
        fc.asyncProperty(
          logText,
          fc.array(move, { maxLength: 12 }),
          fc.constantFrom(4, 25, 1000),
          async (text, steps, max) => {
            const log = new FakeLog(text);
            log.numbered = numbered;
            const window = new LogWindow(max);
            for (const step of steps) {
              await act(window, log, step);
              expectTrue(window.snapshot(), log, max);
            }
          },
        ),
        { numRuns: 400 },
      );
    },
  );

  it('counts lines before and after exactly when numbers are known', async () => {
    const log = new FakeLog(
      Array.from({ length: 1000 }, (_, i) => `line ${i + 1}\n`).join(''),
    );
    const window = new LogWindow(100);
    window.put(await log.read({ tail: true, limit: 1024 }));
    window.put(await log.read({ line: 501, limit: 1024 }));
    const { before, after, first, lines, total } = window.snapshot();
    expect({ before, first, total }).toEqual({
      before: 500,
      first: 501,
      total: 1000,
    });
    expect(before + lines.length + after).toBe(1000);
    expect(window.holds(501)).toBe(true);
    expect(window.holds(500)).toBe(false);
  });

  it('estimates lines before and after when numbers are not known', async () => {
    const log = new FakeLog('123456789\n'.repeat(100_000));
    log.numbered = false;
    const window = new LogWindow();
    window.put(await log.read({ start: 500_000, limit: 1024 }));
    const { before, after, first, total } = window.snapshot();
    expect(first).toBeUndefined();
    expect(total).toBeUndefined();
    expect(before).toBe(50_000);
    expect(after).toBeCloseTo(49_898, -2);
  });

  it('keeps the key of a line while others come and go', async () => {
    const log = new FakeLog(
      Array.from({ length: 1000 }, (_, i) => `line ${i + 1}\n`).join(''),
    );
    const window = new LogWindow(200);
    window.put(await log.read({ line: 400, limit: 1024 }));
    const keyOf = (snapshot: LogSnapshot, number: number) =>
      snapshot.key + number - snapshot.first!;
    const key = keyOf(window.snapshot(), 410);
    window.put(await log.read({ start: window.end, limit: 1024 }));
    expect(keyOf(window.snapshot(), 410)).toBe(key);
    window.put(await log.read({ line: 350, limit: 1024 }));
    expect(window.snapshot().first).toBe(350);
    expect(keyOf(window.snapshot(), 410)).toBe(key);
    window.put(await log.read({ line: 900, limit: 1024 }));
    expect(keyOf(window.snapshot(), 900)).toBeGreaterThan(key + 200);
  });

  it('lets lines go at the end that it does not grow', async () => {
    const log = new FakeLog('a line\n'.repeat(1000));
    const window = new LogWindow(300);
    window.put(await log.read({ line: 1, limit: 1400 }));
    window.put(await log.read({ start: window.end, limit: 1400 }));
    expect(window.snapshot()).toMatchObject({ first: 51, before: 50 });
    window.put(await log.read({ line: 1, limit: 1400 }));
    expect(window.snapshot()).toMatchObject({ first: 1, after: 700 });
  });

  it('carries colours over lines, also when earlier ones come later', async () => {
    const log = new FakeLog('\u001b[31mred\nstill red\n\u001b[0mplain\nend\n');
    const window = new LogWindow();
    window.put(await log.read({ line: 2 }));
    expect(window.snapshot().lines.map(({ state }) => state)).toEqual([
      '',
      '',
      '',
    ]);
    const old = window.snapshot();
    window.put(await log.read({ line: 1 }));
    expect(window.snapshot().lines.map(({ state }) => state)).toEqual([
      '',
      '\u001b[31m',
      '\u001b[31m',
      '',
    ]);
    expect(old.lines[0].state).toBe('');
  });

  it('replaces the last line when it was not finished', async () => {
    const log = new FakeLog('one\ntw');
    const window = new LogWindow();
    window.put(await log.read({ start: 0 }));
    log.grow('o\nthree\n');
    window.put(await log.read({ start: window.end }));
    expect(window.snapshot().lines.map(({ text }) => text)).toEqual([
      'one',
      'two',
      'three',
    ]);
  });

  it('holds its ends right for bytes that are no text', () => {
    const window = new LogWindow();
    window.put({
      text: 'a\ufffd\ufffd\nb\n',
      start: 0,
      end: 6,
      size: 6,
      more: false,
    });
    expect(window.end).toBe(6);
  });
});
