import { CronHash } from './hash';

/** minute, hour, day of month, month, day of week */
const LOWER = [0, 0, 1, 1, 0];
const UPPER = [59, 23, 31, 12, 7];
/** Upper bounds that `H` uses: every month has 28 days, and Sunday is counted once. */
const HASH_UPPER = [59, 23, 28, 12, 6];

const ALIASES: Record<string, string> = {
  '@yearly': 'H H H H *',
  '@annually': 'H H H H *',
  '@monthly': 'H H H * *',
  '@weekly': 'H H * * H',
  '@daily': 'H H * * *',
  '@midnight': 'H H(0-2) * * *',
  '@hourly': 'H * * * *',
};

/** The text is not a Jenkins cron expression. */
export class CronError extends Error {}

interface Line {
  fields: Set<number>[];
  timeZone: string | undefined;
}

function outOfRange(value: number, from: number, to: number): CronError {
  return new CronError(
    `${value} is an invalid value. Must be within ${from} and ${to}`,
  );
}

function parseTerm(term: string, field: number, hash: CronHash): number[] {
  const found =
    /^(?:(\*)|(H)(?:\((\d+)-(\d+)\))?|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(
      term,
    );
  if (!found) throw new CronError(`Invalid input: "${term}"`);
  const [, star, hashed, hashFrom, hashTo, first, last, stepText] = found;
  const step = stepText === undefined ? 1 : Number(stepText);
  if (step < 1) throw new CronError(`Step must be positive, but found ${step}`);

  let from = LOWER[field];
  let to = hashed ? HASH_UPPER[field] : UPPER[field];
  if (hashFrom !== undefined) {
    from = Number(hashFrom);
    to = Number(hashTo);
  } else if (first !== undefined) {
    from = Number(first);
    // A step needs a range to step through.
    if (last === undefined && stepText !== undefined) {
      throw new CronError(`Invalid input: "${term}"`);
    }
    to = last === undefined ? from : Number(last);
  }
  for (const value of [from, to]) {
    if (value < LOWER[field] || value > UPPER[field]) {
      throw outOfRange(value, LOWER[field], UPPER[field]);
    }
  }
  if (from > to) {
    throw new CronError(`You mean ${to}-${from}?`);
  }
  const span = to - from + 1;
  if (step > span && !star) throw outOfRange(step, 1, span);
  if (hashed && step === 1) return [from + hash.next(span)];

  const values: number[] = [];
  const start = hashed ? from + hash.next(step) : from;
  for (let value = start; value <= to; value += step) values.push(value);
  return values;
}

function parseLine(
  text: string,
  timeZone: string | undefined,
  hash: CronHash,
): Line {
  const parts = (ALIASES[text] ?? text).split(/\s+/);
  if (parts.length !== 5) {
    throw new CronError(
      `Invalid input: "${text}": five fields are expected, found ${parts.length}`,
    );
  }
  const fields = parts.map(
    (part, field) =>
      new Set(part.split(',').flatMap(term => parseTerm(term, field, hash))),
  );
  // 7 is Sunday too.
  if (fields[4].has(7)) fields[4].add(0);
  return { fields, timeZone };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** minute, hour, day of month, month, day of week of an instant in a time zone */
function calendar(date: Date, timeZone: string | undefined): number[] {
  if (!timeZone) {
    return [
      date.getMinutes(),
      date.getHours(),
      date.getDate(),
      date.getMonth() + 1,
      date.getDay(),
    ];
  }
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      weekday: 'short',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(
    format.formatToParts(date).map(part => [part.type, part.value]),
  );
  return [
    Number(parts.minute),
    Number(parts.hour),
    Number(parts.day),
    Number(parts.month),
    ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].indexOf(parts.weekday),
  ];
}

const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** How far {@link CronTab.next} looks, in days: long enough for every 29 February. */
const HORIZON_DAYS = 8 * 366;

/** A Jenkins cron specification: lines of five fields, comments, aliases, `H`, and `TZ=` first. */
export class CronTab {
  private readonly lines: Line[];

  private constructor(lines: Line[]) {
    this.lines = lines;
  }

  /** @throws CronError */
  static parse(spec: string, jobFullName: string): CronTab {
    const hash = new CronHash(jobFullName);
    const lines: Line[] = [];
    let timeZone: string | undefined;
    for (const raw of spec.split(/\r?\n/)) {
      const text = raw.trim();
      if (text.startsWith('TZ=')) {
        timeZone = text.slice(3).trim();
        try {
          calendar(new Date(0), timeZone);
        } catch {
          throw new CronError(`Invalid or unsupported timezone '${timeZone}'`);
        }
      } else if (text && !text.startsWith('#')) {
        lines.push(parseLine(text, timeZone, hash));
      }
    }
    return new CronTab(lines);
  }

  /** Whether a build is due in the minute of `date`. Day of month and day of week must both fit. */
  matches(date: Date): boolean {
    return this.lines.some(line => {
      const now = calendar(date, line.timeZone);
      return line.fields.every((field, index) => field.has(now[index]));
    });
  }

  /** The first minute after (`direction` 1) or the last before (-1) `date` that matches; undefined: none for years. */
  nearest(date: Date, direction: 1 | -1): Date | undefined {
    let time = Math.floor(date.getTime() / MINUTE_MS) * MINUTE_MS;
    const limit = time + direction * HORIZON_DAYS * DAY_MS;
    time += direction * MINUTE_MS;
    while (direction * (limit - time) > 0) {
      const step = this.stepFrom(time, direction);
      if (step === undefined) return new Date(time);
      time += direction * step;
    }
    return undefined;
  }

  /** The smallest step that any line allows; undefined when one matches. */
  private stepFrom(time: number, direction: 1 | -1): number | undefined {
    let smallest = DAY_MS;
    for (const line of this.lines) {
      const step = stepOf(line, time, direction);
      if (step === undefined) return undefined;
      smallest = Math.min(smallest, step);
    }
    return smallest;
  }
}

/** How far a time can be moved without missing a match of the line; undefined when it matches. */
function stepOf(
  { fields, timeZone }: Line,
  time: number,
  direction: 1 | -1,
): number | undefined {
  const now = calendar(new Date(time), timeZone);
  const fits = fields.map((field, index) => field.has(now[index]));
  const [minute, hour, day] = now;
  // Not over a border: a day inside the month, an hour inside the day, a quarter inside the hour.
  const insideMonth = direction > 0 ? day < 28 : day > 1;
  const insideDay = direction > 0 ? hour < 23 : hour > 0;
  if (!fits[3] && insideMonth) return DAY_MS;
  if (!(fits[2] && fits[3] && fits[4]) && insideDay) return HOUR_MS;
  if (fits.every(Boolean)) return undefined;
  const insideHour = direction > 0 ? minute < 45 : minute > 15;
  return !fits[1] && insideHour ? QUARTER_MS : MINUTE_MS;
}
