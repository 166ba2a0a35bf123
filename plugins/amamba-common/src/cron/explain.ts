import {
  CRON_FIELDS,
  type CronField,
  type CronLine,
  type CronSchedule,
  type CronTerm,
} from './types';

/** A part of an explanation, for translations; {@link describeCron} says the same in English. */
export type CronPhrase =
  /** at these times of day, `02:05` */
  | { readonly kind: 'times'; readonly times: readonly string[] }
  /** what one field says; fields with a bare `*` are left out, except for the minute */
  | {
      readonly kind: 'field';
      readonly field: CronField;
      readonly terms: readonly CronTerm[];
    };

const MAX_TIMES = 6;

function plainValues(terms: readonly CronTerm[]): number[] | undefined {
  const values = terms.flatMap(term =>
    term.kind === 'value' ? [term.value] : [],
  );
  return values.length === terms.length ? values : undefined;
}

function timesOfDay({ fields }: CronLine): string[] | undefined {
  const hours = plainValues(fields.hour);
  const minutes = plainValues(fields.minute);
  if (!hours || !minutes || hours.length * minutes.length > MAX_TIMES) {
    return undefined;
  }
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  return hours.flatMap(hour =>
    minutes.map(minute => `${twoDigits(hour)}:${twoDigits(minute)}`),
  );
}

function isAlways(terms: readonly CronTerm[]): boolean {
  return terms.some(term => term.kind === 'all' && term.step === 1);
}

/** What a line says, part by part. All parts must hold at once, day of month and day of week too. */
export function explainCron(line: CronLine): CronPhrase[] {
  const times = timesOfDay(line);
  const fields = times
    ? CRON_FIELDS.filter(field => field !== 'minute' && field !== 'hour')
    : CRON_FIELDS;
  const phrases = fields
    .filter(field => field === 'minute' || !isAlways(line.fields[field]))
    .map((field): CronPhrase => {
      return { kind: 'field', field, terms: line.fields[field] };
    });
  return times ? [{ kind: 'times', times }, ...phrases] : phrases;
}

const WEEKDAYS = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const FIELD_WORDS: Record<
  CronField,
  { one: string; many: string; before: string; name: (value: number) => string }
> = {
  minute: {
    one: 'minute',
    many: 'minutes',
    before: 'at minute ',
    name: String,
  },
  hour: { one: 'hour', many: 'hours', before: 'in hour ', name: String },
  dayOfMonth: {
    one: 'day of the month',
    many: 'days of the month',
    before: 'on day of the month ',
    name: String,
  },
  month: {
    one: 'month',
    many: 'months',
    before: 'in ',
    name: value => MONTHS[value - 1],
  },
  dayOfWeek: {
    one: 'day of the week',
    many: 'days of the week',
    before: 'on ',
    name: value => WEEKDAYS[value],
  },
};

function describeTerm(term: CronTerm, field: CronField): string {
  const { one, many, before, name } = FIELD_WORDS[field];
  switch (term.kind) {
    case 'value':
      return `${before}${name(term.value)}`;
    case 'all':
      return term.step === 1 ? `every ${one}` : `every ${term.step} ${many}`;
    case 'range': {
      const range = `from ${name(term.from)} to ${name(term.to)}`;
      return term.step === 1
        ? `every ${one} ${range}`
        : `every ${term.step} ${many} ${range}`;
    }
    default: {
      const range = `${name(term.from)} to ${name(term.to)}`;
      return term.step === 1
        ? `at one ${one} (${range}) that Jenkins picks`
        : `every ${term.step} ${many} (${range}), beginning where Jenkins picks`;
    }
  }
}

function describePhrase(phrase: CronPhrase): string {
  return phrase.kind === 'times'
    ? `at ${phrase.times.join(', ')}`
    : phrase.terms.map(term => describeTerm(term, phrase.field)).join(' and ');
}

/** One English sentence a line. */
export function describeCron(schedule: CronSchedule): string[] {
  const zone = schedule.timeZone ? ` (${schedule.timeZone})` : '';
  return schedule.lines.map(line => {
    const text = explainCron(line).map(describePhrase).join(', ');
    return `${text[0].toUpperCase()}${text.slice(1)}${zone}`;
  });
}
