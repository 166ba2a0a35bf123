import fc from 'fast-check';
import { needOf, placeOf, ROW_HEIGHT, spacers } from './geometry';
import type { LogSnapshot } from './LogWindow';

const held = (before: number, count: number, after: number) => ({
  before,
  after,
  lines: Array.from({ length: count }, () => ({ text: '', state: '' })),
});

describe('spacers', () => {
  it('stand for their lines in full height, as long as a browser can show it', () => {
    expect(spacers(held(100, 50, 10))).toEqual({
      before: 2000,
      after: 200,
      perLine: 20,
    });
    expect(spacers(held(0, 50, 0)).perLine).toBe(20);
  });

  it('are scaled down for logs of millions of lines', () => {
    fc.assert(
      fc.property(
        fc.nat(50_000_000),
        fc.nat(500),
        fc.nat(50_000_000),
        (b, n, a) => {
          const { before, after, perLine } = spacers(held(b, n, a));
          expect(before + after + n * ROW_HEIGHT).toBeLessThanOrEqual(
            8_000_001,
          );
          expect(perLine).toBeGreaterThan(0);
          expect(before).toBeCloseTo(b * perLine);
        },
      ),
    );
  });
});

describe('needOf', () => {
  const some = held(100_000, 1000, 100_000);
  const room = spacers(some);
  const need = (top: number) =>
    needOf(some, room, { top, bottom: top + 500 }, 1000 * ROW_HEIGHT);

  it('reads nothing in the middle of what is held', () => {
    expect(need(room.before + 500 * ROW_HEIGHT)).toBeUndefined();
  });

  it('reads on near an end of what is held', () => {
    expect(need(room.before + 50)).toBe('before');
    expect(need(room.before - 5000)).toBe('before');
    expect(need(room.before + 900 * ROW_HEIGHT)).toBe('after');
  });

  it('looks for what is far away', () => {
    expect(need(0)).toEqual({ index: 0 });
    expect(need(50_000 * room.perLine)).toEqual({ index: 50_000 });
    expect(
      need(room.before + 1000 * ROW_HEIGHT + 50_000 * room.perLine),
    ).toEqual({ index: 151_000 });
  });

  it('wants nothing beyond the ends of the log', () => {
    const all = held(0, 10, 0);
    expect(
      needOf(all, spacers(all), { top: 0, bottom: 500 }, 200),
    ).toBeUndefined();
  });
});

describe('placeOf', () => {
  const snapshot: LogSnapshot = {
    ...held(500, 0, 500),
    key: 0,
    first: 501,
    start: 0,
    end: 0,
    size: 10_000,
    total: 1000,
    more: false,
  };

  it('asks by number when numbers are known, else by offset', () => {
    expect(placeOf(snapshot, 99)).toEqual({ line: 100 });
    expect(placeOf({ ...snapshot, first: undefined }, 100)).toEqual({
      byte: 1000,
    });
    expect(placeOf({ ...snapshot, total: undefined }, 100)).toEqual({
      byte: 1000,
    });
  });
});
