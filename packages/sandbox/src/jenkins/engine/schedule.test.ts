import { readCron } from '@amamba/backstage-plugin-amamba-common';
import { isDue, lastAndNext } from './schedule';

const at = (text: string) => new Date(text);

describe('isDue', () => {
  it.each([
    ['TZ=UTC\n30 4 * * *', '2026-03-01T04:30:10Z', true],
    ['TZ=UTC\n30 4 * * *', '2026-03-01T04:30:59Z', true],
    ['TZ=UTC\n30 4 * * *', '2026-03-01T04:31:00Z', false],
    ['TZ=Asia/Shanghai\n0 8 * * *', '2026-03-01T00:00:00Z', true],
    ['TZ=UTC\n# a comment\n1 1 1 1 *\n2 2 2 2 *', '2026-02-02T02:02:00Z', true],
    ['', '2026-02-02T02:02:00Z', false],
    ['what', '2026-02-02T02:02:00Z', false],
  ])('%j at %s: %s', (spec, time, expected) => {
    expect(isDue(spec, 'job', at(time))).toBe(expected);
  });
});

describe('lastAndNext', () => {
  const now = at('2026-03-01T12:00:30Z');
  const both = (spec: string) => {
    const { schedule } = readCron(`TZ=UTC\n${spec}`);
    if (!schedule) throw new Error(`${spec} is wrong`);
    const { last, next } = lastAndNext(schedule, 'job', now);
    return [last?.toISOString(), next?.toISOString()];
  };

  it.each([
    ['0 * * * *', '2026-03-01T12:00:00.000Z', '2026-03-01T13:00:00.000Z'],
    ['0 0 20 * *', '2026-02-20T00:00:00.000Z', '2026-03-20T00:00:00.000Z'],
    ['0 0 1 1 *', '2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['0 0 31 6 *', undefined, undefined],
  ])('%s', (spec, last, next) => {
    expect(both(spec)).toEqual([last, next]);
  });
});
