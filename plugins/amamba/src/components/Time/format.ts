const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A duration in the parts that are shown: two units at most. */
export type DurationParts =
  | { unit: 'instant' }
  | { unit: 'seconds'; s: number }
  | { unit: 'minutes'; m: number; s: number }
  | { unit: 'hours'; h: number; m: number }
  | { unit: 'days'; d: number; h: number };

/** Splits a duration in milliseconds, rounding down; a negative one (clocks that differ) counts as none. */
export function durationParts(ms: number): DurationParts {
  if (!(ms >= SECOND)) return { unit: 'instant' };
  const s = Math.floor((ms % MINUTE) / SECOND);
  if (ms < MINUTE) return { unit: 'seconds', s };
  const m = Math.floor((ms % HOUR) / MINUTE);
  if (ms < HOUR) return { unit: 'minutes', m, s };
  const h = Math.floor((ms % DAY) / HOUR);
  if (ms < DAY) return { unit: 'hours', h, m };
  return { unit: 'days', d: Math.floor(ms / DAY), h };
}

/** How long ago something was, as it is shown; older than a day is a date. */
export type AgoParts =
  | { unit: 'now' }
  | { unit: 'minutes'; n: number }
  | { unit: 'hours'; n: number }
  | { unit: 'date' };

/** Distance of a time to now, both in epoch milliseconds; a time ahead of now (clocks that differ) is "now". */
export function agoParts(time: number, now: number): AgoParts {
  const ms = now - time;
  if (ms < MINUTE) return { unit: 'now' };
  if (ms < HOUR) return { unit: 'minutes', n: Math.floor(ms / MINUTE) };
  if (ms < DAY) return { unit: 'hours', n: Math.floor(ms / HOUR) };
  return { unit: 'date' };
}

/** Milliseconds until the text of {@link agoParts} can change next. */
export function agoRefreshMs(time: number, now: number): number {
  const ms = now - time;
  if (ms < HOUR) return 10 * SECOND;
  return ms < DAY ? MINUTE : HOUR;
}

/** A day, with its year when that is not this one: "3 Nov" or "3 Nov 2025". */
export function formatDate(
  time: number,
  now: number,
  language: string,
  timeZone?: string,
): string {
  const sameYear =
    new Date(time).getUTCFullYear() === new Date(now).getUTCFullYear();
  return new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
    timeZone,
  }).format(time);
}

/** The exact time in a zone, to the second, with the zone's name. */
export function formatExact(
  time: number,
  language: string,
  timeZone?: string,
): string {
  return new Intl.DateTimeFormat(language, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
    timeZone,
  }).format(time);
}
