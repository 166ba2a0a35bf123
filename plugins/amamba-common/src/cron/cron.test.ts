import fc from 'fast-check';
import {
  createCronHash,
  cronValues,
  describeCron,
  nextCronRuns,
  readCron,
  type CronSchedule,
} from '.';

function schedule(text: string): CronSchedule {
  const reading = readCron(text);
  expect(reading.errors).toEqual([]);
  if (!reading.schedule) throw new Error('no schedule');
  return reading.schedule;
}

function next(
  text: string,
  after: string,
  options: { seed?: string; timeZone?: string; count?: number } = {},
): string[] {
  return nextCronRuns(schedule(text), {
    seed: 'stuff',
    count: 1,
    after: new Date(after),
    ...options,
  }).map(date => date.toISOString().slice(0, 16));
}

describe('createCronHash', () => {
  // computed by java.security.MessageDigest and java.util.Random
  const bounds = [60, 24, 28, 7, 16, 1, 64, 1_000_000_007];
  it.each([
    ['stuff', [56, 15, 1, 2, 1, 0, 11, 24660811]],
    ['junk', [20, 10, 16, 1, 2, 0, 40, 246887895]],
    ['team-a/shop', [5, 15, 19, 5, 8, 0, 8, 654216976]],
    ['a'.repeat(55), [35, 5, 3, 5, 0, 0, 46, 181234515]],
    ['a'.repeat(56), [35, 20, 10, 4, 12, 0, 48, 683771495]],
    ['a'.repeat(64), [27, 14, 23, 3, 0, 0, 27, 55799209]],
    ['部署/流水线', [58, 11, 8, 6, 0, 0, 55, 85422280]],
    ['', [57, 11, 24, 4, 3, 0, 44, 905183767]],
  ])('gives the numbers of Jenkins for %j', (seed, expected) => {
    expect(bounds.map(createCronHash(seed))).toEqual(expected);
  });
});

describe('readCron', () => {
  it('resolves H in the order of the text', () => {
    const [line] = schedule('H H(5-8) H/3 H(1-10)/4 *').lines;
    const values = cronValues(line, bound => bound - 1);
    expect([...values.minute]).toEqual([59]);
    expect([...values.hour]).toEqual([8]);
    expect([...values.dayOfMonth]).toEqual([3, 6, 9, 12, 15, 18, 21, 24, 27]);
    expect([...values.month]).toEqual([4, 8]);
    expect([...values.dayOfWeek].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('reads lines, comments, aliases and a time zone', () => {
    const text = 'TZ=Asia/Shanghai\r\n# nightly\n\n  H 2 * * 1-5  \n@midnight';
    const { timeZone, lines } = schedule(text);
    expect(timeZone).toBe('Asia/Shanghai');
    expect(lines.map(({ start, end }) => text.slice(start, end))).toEqual([
      'H 2 * * 1-5',
      '@midnight',
    ]);
    expect(lines[1].fields.hour).toEqual([
      { kind: 'hash', from: 0, to: 2, step: 1 },
    ]);
  });

  it.each([
    ['', 'noSchedule', ''],
    ['# only words', 'noSchedule', '# only words'],
    ['* * * *', 'fieldCount', '* * * *'],
    ['* * * * * *', 'fieldCount', '* * * * * *'],
    ['61 * * * *', 'outOfRange', '61'],
    ['H H(12-24) * * *', 'outOfRange', '24)'],
    ['0 0 0 * *', 'outOfRange', '0'],
    ['0 0 * * 8', 'outOfRange', '8'],
    ['0 0 * * 99999999999999999999', 'outOfRange', '99999999999999999999'],
    ['5-3 * * * *', 'reversed', '5-3'],
    ['H(5-3) * * * *', 'reversed', 'H(5-3)'],
    ['*/0 * * * *', 'step', '/0'],
    ['H(0-3)/15 * * * *', 'hashStep', 'H(0-3)/15'],
    ['0 0 * * MON', 'name', 'MON'],
    ['0 0 * JAN *', 'name', 'JAN'],
    ['0 0 ? * *', 'character', '?'],
    ['0 0 L * *', 'character', 'L'],
    ['1, * * * *', 'incomplete', '1,'],
    ['H(1-3 * * * *', 'incomplete', 'H(1-3'],
    ['H(1,3) * * * *', 'character', ',3)'],
    ['h * * * *', 'character', 'h'],
    ['-1 * * * *', 'character', '-1'],
    ['** * * * *', 'character', '*'],
    ['@often', 'alias', '@often'],
    ['@constructor', 'alias', '@constructor'],
    ['TZ=Mars/Olympus\n@daily', 'timeZone', 'TZ=Mars/Olympus'],
    ['TZ=asia/shanghai\n@daily', 'timeZone', 'TZ=asia/shanghai'],
    ['TZ=+08:00\n@daily', 'timeZone', 'TZ=+08:00'],
    ['@daily\nTZ=UTC', 'timeZonePlace', 'TZ=UTC'],
    ['\nTZ=UTC\n@daily', 'timeZonePlace', 'TZ=UTC'],
  ])('finds what is wrong in %j', (text, code, place) => {
    const { errors, schedule: none } = readCron(text);
    expect(none).toBeUndefined();
    expect(errors).toHaveLength(1);
    const [{ start, end, message }] = errors;
    expect(errors[0].code).toBe(code);
    expect(text.slice(start, end)).toBe(place);
    expect(message).not.toMatch(/\{|undefined/);
  });

  it('reports every line that is wrong', () => {
    const { errors } = readCron('61 * * * *\n@daily\n* 24 * * *');
    expect(errors.map(error => error.values.value)).toEqual([61, 24]);
  });

  it.each([
    ['@hourly', undefined, undefined],
    ['H H(0-2) * * *', undefined, undefined],
    ['* * * * *', 'everyMinute', 'H * * * *'],
    ['*/1 * * * *', 'everyMinute', 'H * * * *'],
    ['* 6,18 * * *', 'everyMinute', 'H 6,18 * * *'],
    ['* * 3 * *', 'everyMinute', 'H * 3 * *'],
    ['*/15 * * * *', 'spread', 'H/15 * * * *'],
    ['0,15,30,45 * * * *', 'spread', 'H/15 * * * *'],
    ['0,7 * * * *', undefined, undefined],
    ['0 * * * *', 'spread', 'H * * * *'],
    ['00 22 * * 6', 'spread', 'H 22 * * 6'],
    ['H/15 * 1 1 *', undefined, undefined],
    ['0 3 H/15 * *', undefined, undefined],
    ['0 3 H/3 * *', 'shortCycle', undefined],
    ['0 3 */5 * *', 'shortCycle', undefined],
  ])('advises on %j as Jenkins does', (text, code, suggestion) => {
    const { warnings } = readCron(text);
    expect(warnings.map(warning => warning.code)).toEqual(code ? [code] : []);
    expect(warnings.map(warning => warning.values.suggestion)).toEqual(
      code ? [suggestion] : [],
    );
  });

  it('never throws, and points into the text', () => {
    const pieces = fc.constantFrom(
      ...['*', 'H', '(', ')', '-', '/', ',', ' ', '\t', '\n', '\r\n', '@'],
      ...['daily', 'TZ=', 'UTC', '#', '0', '5', '59', '7', 'MON', 'é', '💥'],
    );
    const texts = fc.oneof(
      fc.array(pieces, { maxLength: 40 }).map(list => list.join('')),
      fc.string({ unit: 'binary', maxLength: 60 }),
    );
    fc.assert(
      fc.property(texts, text => {
        const { schedule: read, errors, warnings } = readCron(text);
        expect(read === undefined).toBe(errors.length > 0);
        for (const { start, end } of [...errors, ...warnings]) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('nextCronRuns', () => {
  // the first ones are from Jenkins' own tests
  it.each([
    ['0,30 * * * *', '2000-03-01T01:10Z', '2000-03-01T01:30'],
    ['15,45 3 * * *', '2000-03-01T01:10Z', '2000-03-01T03:15'],
    ['0 0 1 * 0', '2010-01-02T00:00Z', '2010-08-01T00:00'],
    ['0 0 1 * 7', '2010-01-02T00:00Z', '2010-08-01T00:00'],
    ['H 17 * * *', '2013-03-21T16:21Z', '2013-03-21T17:56'],
    ['@hourly', '2013-03-21T16:21Z', '2013-03-21T16:56'],
    ['H H(12-13) * * *', '2013-03-21T16:21Z', '2013-03-22T13:56'],
    ['H/15 * * * *', '2013-03-21T16:31Z', '2013-03-21T16:41'],
    ['H/15 * * * *', '2013-03-21T16:59Z', '2013-03-21T17:11'],
    ['0 12 29 2 *', '2025-01-01T00:00Z', undefined],
    ['0 12 29 2 *', '2027-01-01T00:00Z', '2028-02-29T12:00'],
    ['0 0 31 6 *', '2027-01-01T00:00Z', undefined],
  ])('finds the run of %j after %s', (text, after, expected) => {
    expect(next(text, after)).toEqual(expected ? [expected] : []);
  });

  it('depends on the name of the pipeline', () => {
    expect(next('@hourly', '2013-03-21T16:21Z', { seed: 'junk' })).toEqual([
      '2013-03-21T17:20',
    ]);
  });

  it('gives the runs of all lines together, once each, in their order', () => {
    const text = '0 6 * * *\n0 5,6 * * *\n30 5 * * *';
    expect(next(text, '2024-01-01T05:00Z', { count: 4 })).toEqual([
      '2024-01-01T05:30',
      '2024-01-01T06:00',
      '2024-01-02T05:00',
      '2024-01-02T05:30',
    ]);
  });

  it('keeps to clocks of a time zone, through both changes of the year', () => {
    const berlin = { timeZone: 'Europe/Berlin', count: 2 };
    expect(next('0 8 * * *', '2024-07-01T00:00Z', berlin)).toEqual([
      '2024-07-01T06:00',
      '2024-07-02T06:00',
    ]);
    // 02:30 does not exist on 31 March, and comes twice on 27 October
    expect(next('30 2 * * *', '2024-03-30T12:00Z', berlin)).toEqual([
      '2024-04-01T00:30',
      '2024-04-02T00:30',
    ]);
    expect(next('30 2 * * *', '2024-10-26T12:00Z', berlin)).toEqual([
      '2024-10-27T00:30',
      '2024-10-27T01:30',
    ]);
    expect(
      next('TZ=Asia/Shanghai\n0 8 * * *', '2024-07-01T00:00Z', berlin),
    ).toEqual(['2024-07-02T00:00', '2024-07-03T00:00']);
  });

  it('gives times that match, later than asked for, and leaves none out', () => {
    const field = (min: number, max: number) => {
      const value = fc.integer({ min, max });
      const range = fc
        .tuple(value, value)
        .map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
      return fc.oneof(
        fc.constant('*'),
        value.map(String),
        range,
        fc.tuple(range, fc.integer({ min: 1, max: 9 })).map(t => t.join('/')),
        fc.tuple(value, range).map(t => t.join(',')),
      );
    };
    const line = fc.tuple(
      field(0, 59),
      field(0, 23),
      fc.constantFrom('*', '1-20', '10-31/3'),
      fc.constantFrom('*', '1,3,10-11'),
      field(0, 7),
    );
    const hours = fc.integer({ min: 0, max: 9000 });
    fc.assert(
      fc.property(line, hours, (fields, hour) => {
        const after = new Date(Date.UTC(2024, 0, 1, hour, 17, 30));
        const text = fields.join(' ');
        const runs = nextCronRuns(schedule(text), {
          after,
          count: 3,
          seed: '',
        });
        const values = cronValues(schedule(text).lines[0], () => 0);
        const matches = (at: Date) =>
          values.minute.has(at.getUTCMinutes()) &&
          values.hour.has(at.getUTCHours()) &&
          values.dayOfMonth.has(at.getUTCDate()) &&
          values.month.has(at.getUTCMonth() + 1) &&
          values.dayOfWeek.has(at.getUTCDay());
        expect(runs.every(matches)).toBe(true);
        const expected: Date[] = [];
        const begin = Math.ceil(after.getTime() / 60_000);
        for (let minute = begin; minute < begin + 20_000; minute++) {
          const at = new Date(minute * 60_000);
          if (expected.length < 3 && matches(at)) expected.push(at);
        }
        expect(runs.slice(0, expected.length)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});

describe('describeCron', () => {
  it.each([
    [
      'H 2 * * 1-5',
      'At one minute (0 to 59) that Jenkins picks, in hour 2, every day of the week from Monday to Friday',
    ],
    ['5 2,14 * * *', 'At 02:05, 14:05'],
    [
      'H/15 * * * *',
      'Every 15 minutes (0 to 59), beginning where Jenkins picks',
    ],
    [
      '0 8-18/2 1 */3 *',
      'At minute 0, every 2 hours from 8 to 18, on day of the month 1, every 3 months',
    ],
    ['0 0 * 1,12 0', 'At 00:00, in January and in December, on Sunday'],
    ['* * * * *', 'Every minute'],
    ['TZ=UTC\n0 0 * * *', 'At 00:00 (UTC)'],
  ])('says what %j means', (text, expected) => {
    expect(describeCron(schedule(text))).toEqual([expected]);
  });
});
