import { CronTab } from './crontab';
import { CronHash } from './hash';

describe('CronHash', () => {
  it('is java.util.Random seeded with the folded MD5', () => {
    // The first numbers of new Random(42): known from the contract of java.util.Random.
    const hash = new CronHash('any');
    Object.assign(hash, { seed: (42n ^ 0x5deece66dn) & ((1n << 48n) - 1n) });
    expect([hash.next(10), hash.next(10), hash.next(100)]).toEqual([0, 3, 48]);
  });

  it('gives a job the same minutes always, and other jobs others', () => {
    const minutes = Array.from({ length: 200 }, (_, i) =>
      new CronHash(`team-a/job-${i}`).next(60),
    );
    expect(new CronHash('team-a/job-7').next(60)).toBe(minutes[7]);
    expect(new Set(minutes).size).toBeGreaterThan(45);
    expect(Math.max(...minutes)).toBeLessThan(60);
  });
});

describe('CronTab', () => {
  const at = (text: string) => new Date(text);
  const matches = (spec: string, time: string) =>
    CronTab.parse(spec, 'job').matches(at(time));

  it.each([
    ['TZ=UTC\n30 4 * * *', '2026-03-01T04:30:10Z', true],
    ['TZ=UTC\n30 4 * * *', '2026-03-01T04:31:00Z', false],
    ['TZ=Asia/Shanghai\n0 8 * * *', '2026-03-01T00:00:00Z', true],
    ['TZ=UTC\n*/15 * * * *', '2026-03-01T10:45:00Z', true],
    ['TZ=UTC\n0-10/5 * * * *', '2026-03-01T10:15:00Z', false],
    ['TZ=UTC\n0 0 * * 7', '2026-03-01T00:00:00Z', true],
    ['TZ=UTC\n0 0 1,15 * *', '2026-03-15T00:00:00Z', true],
    // Both days must fit, unlike in Unix' cron.
    ['TZ=UTC\n0 0 2 * 1', '2026-03-02T00:00:00Z', true],
    ['TZ=UTC\n0 0 3 * 1', '2026-03-03T00:00:00Z', false],
    ['TZ=UTC\n# nothing\n\n1 1 1 1 *\n2 2 2 2 *', '2026-02-02T02:02:00Z', true],
  ])('%j at %s: %s', (spec, time, expected) => {
    expect(matches(spec, time)).toBe(expected);
  });

  it.each([
    '* * * *',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * * 13 *',
    '* * * * 8',
    '5-1 * * * *',
    '5/2 * * * *',
    'H/90 * * * *',
    '*/0 * * * *',
    'x * * * *',
    'TZ=Mars/Olympus\n* * * * *',
  ])('refuses %j', spec => {
    expect(() => CronTab.parse(spec, 'job')).toThrow();
  });

  it('spreads with H', () => {
    const tab = CronTab.parse('TZ=UTC\nH H * * *', 'team-a/shop');
    const next = tab.nearest(at('2026-03-01T00:00:00Z'), 1);
    const after = next && tab.nearest(next, 1);
    expect(Number(after) - Number(next)).toBe(24 * 60 * 60 * 1000);
    const same = CronTab.parse('TZ=UTC\nH H * * *', 'team-a/shop');
    expect(same.nearest(at('2026-03-01T00:00:00Z'), 1)).toEqual(next);
  });

  it('keeps H inside its range', () => {
    for (let i = 0; i < 50; i++) {
      const tab = CronTab.parse('TZ=UTC\nH H(0-2) * * *', `job-${i}`);
      const next = tab.nearest(at('2026-03-01T12:00:00Z'), 1);
      expect(next?.getUTCHours()).toBeLessThan(3);
    }
  });

  it('finds the last and the next time, or none', () => {
    const tab = CronTab.parse('TZ=UTC\n0 0 29 2 *', 'job');
    expect(tab.nearest(at('2026-03-01T00:00:00Z'), 1)).toEqual(
      at('2028-02-29T00:00:00Z'),
    );
    expect(tab.nearest(at('2026-03-01T00:00:00Z'), -1)).toEqual(
      at('2024-02-29T00:00:00Z'),
    );
    expect(
      CronTab.parse('TZ=UTC\n0 0 31 6 *', 'job').nearest(new Date(), 1),
    ).toBeUndefined();
  });
});
