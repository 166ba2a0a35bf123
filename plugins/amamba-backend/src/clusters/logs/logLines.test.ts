import fc from 'fast-check';
import {
  compareTimes,
  LogCutter,
  LogPlace,
  secondOf,
  type LogLine,
} from './logLines';

const BASE = Date.parse('2026-11-24T00:00:00Z');

function stamp(nanos: number): string {
  const second = new Date(BASE + Math.floor(nanos / 1e9) * 1_000);
  const fraction = String(nanos % 1e9).padStart(9, '0');
  return `${second.toISOString().slice(0, 19)}.${fraction}Z`;
}

describe('LogCutter', () => {
  it('gives the lines, however the bytes are cut', () => {
    const line = fc.record({
      nanos: fc.nat(5e9),
      text: fc
        .string({ unit: 'grapheme' })
        .map(text => text.replaceAll('\n', '')),
    });
    fc.assert(
      fc.property(
        fc.array(line),
        fc.infiniteStream(fc.integer({ min: 1, max: 30 })),
        (given, sizes) => {
          const lines = given.map(({ nanos, text }) => ({
            time: stamp(nanos),
            text,
          }));
          const all = Buffer.from(
            lines.map(({ time, text }) => `${time} ${text}\n`).join(''),
          );
          const cutter = new LogCutter();
          const found: LogLine[] = [];
          for (let from = 0; from < all.length;) {
            const size = sizes.next().value;
            found.push(...cutter.push(all.subarray(from, from + size)));
            from += size;
          }
          expect([...found, ...cutter.rest()]).toEqual(lines);
        },
      ),
    );
  });

  it('gives a line without a time that of the line before, and cuts endless ones', () => {
    const cutter = new LogCutter();
    const [, second] = cutter.push(
      Buffer.from(`${stamp(1)} a\nno time here\n`),
    );
    expect(second).toEqual({ time: stamp(1), text: 'no time here' });
    for (let n = 0; n < 100; n++) {
      expect(cutter.push(Buffer.alloc(10_000, 'x'))).toEqual([]);
    }
    expect(cutter.rest()[0].text).toHaveLength(256_000);
  });
});

describe('compareTimes', () => {
  it.each([
    ['2026-11-24T00:00:00Z', '2026-11-24T00:00:00.000000001Z', -1],
    ['2026-11-24T00:00:00.5Z', '2026-11-24T00:00:00.49Z', 1],
    ['2026-11-24T08:00:00.5+08:00', '2026-11-24T00:00:00.5Z', 0],
    ['2026-11-24T00:00:01Z', '2026-11-24T00:00:00.9Z', 1],
    ['', '2026-11-24T00:00:00.9Z', 0],
  ])('%s and %s', (a, b, sign) => {
    expect(Math.sign(compareTimes(a, b))).toBe(sign);
    expect(Math.sign(compareTimes(b, a)) + 0).toBe(0 - sign);
  });
});

describe('LogPlace', () => {
  it('loses and repeats nothing, wherever it is cut off', () => {
    const lines = fc.array(
      fc.record({
        // some in the same nanosecond, some crossed
        step: fc.constantFrom(0, 0, 1, 300_000_000, 900_000_000, -400_000_000),
        text: fc.constantFrom('a', 'b'),
      }),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(lines, fc.array(fc.nat(40)), (given, cuts) => {
        let nanos = 2e9;
        let newest = nanos;
        const log = given.map(({ step, text }) => {
          // Crossed by less than the overlap, as a node writes them: what is older is not asked for again.
          nanos = Math.max(nanos + step, newest - 999_999_999);
          newest = Math.max(newest, nanos);
          return { time: stamp(nanos), text };
        });
        const place = new LogPlace();
        const found: LogLine[] = [];
        for (const cut of [...cuts, log.length]) {
          const { since } = place;
          place.resume();
          const from = since === undefined ? 0 : Date.parse(since);
          const again = log
            .slice(0, Math.max(found.length, cut))
            .filter(({ time }) => (secondOf(time) ?? 0) >= from);
          found.push(...place.fresh(again));
        }
        expect(found).toHaveLength(log.length);
      }),
      {
        examples: [
          [
            [
              { step: 0, text: 'a' },
              { step: 0, text: 'a' },
            ],
            [1],
          ],
        ],
      },
    );
  });
});
