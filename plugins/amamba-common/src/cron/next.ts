import { createCronHash } from './hash';
import type { CronSchedule } from './types';
import { cronValues, type CronValues } from './values';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Jenkins calls a schedule impossible that has no run in the two years to come. */
const HORIZON_DAYS = 731;

/** Milliseconds that a time zone is ahead of UTC, by instant. */
type OffsetAt = (instant: number) => number;

function offsetsOf(timeZone: string): OffsetAt {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return instant => {
    const at: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
    for (const { type, value } of format.formatToParts(instant)) {
      at[type] = Number(value);
    }
    const { year = 0, month = 1, day, hour, minute, second } = at;
    const wall = Date.UTC(year, month - 1, day, hour, minute, second);
    return wall - Math.floor(instant / 1000) * 1000;
  };
}

/**
 * The instants of a day at which clocks show this time: one mostly, none in spring's gap, two in autumn's overlap.
 *
 * @param day - midnight, as if the clocks showed UTC
 */
function instantsOn(
  day: number,
  offsetAt: OffsetAt,
): (wall: number) => number[] {
  const offsets = [
    ...new Set([offsetAt(day - DAY_MS), offsetAt(day + 2 * DAY_MS)]),
  ];
  if (offsets.length === 1) return wall => [wall - offsets[0]];
  return wall =>
    offsets
      .filter(offset => offsetAt(wall - offset) === offset)
      .map(offset => wall - offset);
}

function runsOfDay(
  day: number,
  values: CronValues,
  offsetAt: OffsetAt,
): number[] {
  const date = new Date(day);
  const matches =
    values.month.has(date.getUTCMonth() + 1) &&
    values.dayOfMonth.has(date.getUTCDate()) &&
    values.dayOfWeek.has(date.getUTCDay());
  if (!matches) return [];
  const instants = instantsOn(day, offsetAt);
  return [...values.hour].flatMap(hour =>
    [...values.minute].flatMap(minute =>
      instants(day + (hour * 60 + minute) * MINUTE_MS),
    ),
  );
}

/** Runs of whole days, until there are enough. */
function runsOfLine(
  values: CronValues,
  from: number,
  count: number,
  offsetAt: OffsetAt,
): number[] {
  const runs: number[] = [];
  const today = Math.floor((from + offsetAt(from)) / DAY_MS) * DAY_MS;
  for (let index = 0; index <= HORIZON_DAYS && runs.length < count; index++) {
    const day = runsOfDay(today + index * DAY_MS, values, offsetAt);
    runs.push(...day.filter(run => run >= from));
  }
  return runs;
}

/**
 * The next times at which Jenkins will start a run by this schedule.
 *
 * @param options - `after`: only later times; `count`: how many at most; `seed`: full name of the job
 *   (`folder/pipeline`), which `H` follows from; `timeZone`: the engine's own, for schedules without one
 * @returns fewer than `count` times, or none, when there are no more in two years
 */
export function nextCronRuns(
  schedule: CronSchedule,
  options: { after: Date; count: number; seed: string; timeZone?: string },
): Date[] {
  const { after, count, seed, timeZone = 'UTC' } = options;
  const hash = createCronHash(seed);
  const offsetAt = offsetsOf(schedule.timeZone ?? timeZone);
  const from = (Math.floor(after.getTime() / MINUTE_MS) + 1) * MINUTE_MS;
  const all = schedule.lines.flatMap(line =>
    runsOfLine(cronValues(line, hash), from, count, offsetAt),
  );
  return [...new Set(all)]
    .sort((a, b) => a - b)
    .slice(0, count)
    .map(run => new Date(run));
}
