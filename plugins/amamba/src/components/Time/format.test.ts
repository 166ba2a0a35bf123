import fc from 'fast-check';
import { agoParts, durationParts, formatDate, formatExact } from './format';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('durationParts', () => {
  it.each([
    [-5, { unit: 'instant' }],
    [Number.NaN, { unit: 'instant' }],
    [999, { unit: 'instant' }],
    [12_400, { unit: 'seconds', s: 12 }],
    [6 * MINUTE + 12_000, { unit: 'minutes', m: 6, s: 12 }],
    [59 * MINUTE + 59_999, { unit: 'minutes', m: 59, s: 59 }],
    [HOUR, { unit: 'hours', h: 1, m: 0 }],
    [2 * DAY + 3 * HOUR + 59 * MINUTE, { unit: 'days', d: 2, h: 3 }],
  ])('splits %d', (ms, parts) => {
    expect(durationParts(ms)).toEqual(parts);
  });

  it('never shows more than was measured, and at most one unit less', () => {
    const weight = { s: 1000, m: MINUTE, h: HOUR, d: DAY };
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 100 * DAY }), ms => {
        const { unit, ...parts } = durationParts(ms);
        const shown = Object.entries(parts).map(
          ([key, n]) => n * weight[key as keyof typeof weight],
        );
        const sum = shown.reduce((a, b) => a + b, 0);
        const smallest = Math.min(
          ...Object.keys(parts).map(key => weight[key as keyof typeof weight]),
        );
        expect(unit).not.toBe('instant');
        expect(sum).toBeLessThanOrEqual(ms);
        expect(ms - sum).toBeLessThan(smallest);
      }),
    );
  });
});

describe('agoParts', () => {
  it.each([
    [-3 * HOUR, { unit: 'now' }],
    [59_999, { unit: 'now' }],
    [3 * MINUTE, { unit: 'minutes', n: 3 }],
    [23 * HOUR + 59 * MINUTE, { unit: 'hours', n: 23 }],
    [DAY, { unit: 'date' }],
  ])('tells %d ms', (ms, parts) => {
    expect(agoParts(1_000_000_000_000 - ms, 1_000_000_000_000)).toEqual(parts);
  });
});

describe('formatting', () => {
  const time = Date.parse('2026-11-03T13:20:05Z');

  it('leaves the year out of a date of this year', () => {
    expect(formatDate(time, time + 2 * DAY, 'en-GB', 'UTC')).toBe('3 Nov');
    expect(formatDate(time, time + 200 * DAY, 'en-GB', 'UTC')).toBe(
      '3 Nov 2026',
    );
    expect(formatDate(time, time + 2 * DAY, 'zh', 'UTC')).toBe('11月3日');
  });

  it('gives seconds and zone in the exact time', () => {
    expect(formatExact(time, 'en-GB', 'UTC')).toBe('3 Nov 2026, 13:20:05 UTC');
    expect(formatExact(time, 'en-GB', 'Asia/Shanghai')).toContain('21:20:05');
  });
});
