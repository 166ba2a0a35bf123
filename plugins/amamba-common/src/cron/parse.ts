import type { SourceRange } from '../jenkinsfile/positions';
import { adviceOn } from './advice';
import { cronProblem } from './problems';
import {
  CRON_BOUNDS,
  CRON_FIELDS,
  type CronField,
  type CronLine,
  type CronProblem,
  type CronProblemCode,
  type CronReading,
  type CronTerm,
} from './types';

/** What Jenkins reads an alias as. */
const ALIASES: Record<string, string> = {
  '@yearly': 'H H H H *',
  '@annually': 'H H H H *',
  '@monthly': 'H H H * *',
  '@weekly': 'H H * * H',
  '@daily': 'H H * * *',
  '@midnight': 'H H(0-2) * * *',
  '@hourly': 'H * * * *',
};

/** `H` without a range: every month has the 28th, and 0 and 7 are the same day. */
const HASH_MAX: Partial<Record<CronField, number>> = {
  dayOfMonth: 28,
  dayOfWeek: 6,
};

class CronSyntaxError extends Error {
  readonly problem: CronProblem;

  constructor(
    code: CronProblemCode,
    range: SourceRange,
    values?: Record<string, string | number>,
  ) {
    super(code);
    this.problem = cronProblem(code, range, values);
  }
}

/** A word of the text with its place. */
interface Word {
  text: string;
  start: number;
  end: number;
}

function words(text: string, offset: number): Word[] {
  return [...text.matchAll(/[^ \t]+/g)].map(match => ({
    text: match[0],
    start: offset + match.index,
    end: offset + match.index + match[0].length,
  }));
}

/** Reads one field from left to right. */
class FieldReader {
  readonly #word: Word;
  readonly #field: CronField;
  #at = 0;

  constructor(word: Word, field: CronField) {
    this.#word = word;
    this.#field = field;
  }

  read(): CronTerm[] {
    const terms = [this.#term()];
    while (this.#take(',')) terms.push(this.#term());
    if (this.#at < this.#word.text.length) throw this.#unexpected();
    return terms;
  }

  #term(): CronTerm {
    if (this.#take('*')) return { kind: 'all', step: this.#step() };
    if (this.#take('H')) return this.#hash();
    const start = this.#at;
    const from = this.#value();
    if (!this.#take('-')) return { kind: 'value', value: from };
    const to = this.#value();
    if (from > to) throw this.#error('reversed', start, { from, to });
    return { kind: 'range', from, to, step: this.#step() };
  }

  #hash(): CronTerm {
    const { min, max } = CRON_BOUNDS[this.#field];
    const start = this.#at - 1;
    let from = min;
    let to = HASH_MAX[this.#field] ?? max;
    if (this.#take('(')) {
      from = this.#value();
      if (!this.#take('-')) throw this.#unexpected();
      to = this.#value();
      if (!this.#take(')')) throw this.#unexpected();
      if (from > to) throw this.#error('reversed', start, { from, to });
    }
    const step = this.#step();
    const most = to - from + 1;
    if (step > most) {
      throw this.#error('hashStep', start, { value: step, max: most });
    }
    return { kind: 'hash', from, to, step };
  }

  #step(): number {
    const start = this.#at;
    if (!this.#take('/')) return 1;
    const step = Number(this.#digits());
    if (step < 1) throw this.#error('step', start);
    return step;
  }

  #value(): number {
    const start = this.#at;
    const value = Number(this.#digits());
    const bounds = CRON_BOUNDS[this.#field];
    if (value < bounds.min || value > bounds.max) {
      throw this.#error('outOfRange', start, { value, ...bounds });
    }
    return value;
  }

  #digits(): string {
    const digits = /^[0-9]+/.exec(this.#word.text.slice(this.#at))?.[0];
    if (!digits) throw this.#unexpected();
    this.#at += digits.length;
    return digits;
  }

  #take(character: string): boolean {
    const isThere = this.#word.text[this.#at] === character;
    if (isThere) this.#at++;
    return isThere;
  }

  /** The error for what stands at this place. */
  #unexpected(): CronSyntaxError {
    const { text } = this.#word;
    const rest = text.slice(this.#at);
    if (rest === '') return this.#error('incomplete', 0, { text });
    const name = /^[A-Za-z]{2,}/.exec(rest)?.[0];
    return name
      ? this.#error('name', this.#at, { text: name })
      : this.#error('character', this.#at, {
          text: String.fromCodePoint(rest.codePointAt(0) ?? 0),
        });
  }

  /** The error for what stands from here on. */
  #error(
    code: CronProblemCode,
    from: number,
    values?: Record<string, string | number>,
  ): CronSyntaxError {
    const { start, end } = this.#word;
    return new CronSyntaxError(code, { start: start + from, end }, values);
  }
}

function parseFields(list: Word[]): CronLine['fields'] {
  const range = { start: list[0].start, end: list[list.length - 1].end };
  if (list.length !== CRON_FIELDS.length) {
    throw new CronSyntaxError('fieldCount', range, { count: list.length });
  }
  const terms = list.map((word, index) =>
    new FieldReader(word, CRON_FIELDS[index]).read(),
  );
  const [minute, hour, dayOfMonth, month, dayOfWeek] = terms;
  return { minute, hour, dayOfMonth, month, dayOfWeek };
}

function parseLine(line: Word): CronLine {
  const range = { start: line.start, end: line.end };
  if (line.text.startsWith('TZ=')) {
    throw new CronSyntaxError('timeZonePlace', range);
  }
  if (!line.text.startsWith('@')) {
    return { ...range, fields: parseFields(words(line.text, line.start)) };
  }
  const meaning = Object.hasOwn(ALIASES, line.text)
    ? ALIASES[line.text]
    : undefined;
  if (!meaning) throw new CronSyntaxError('alias', range, { text: line.text });
  return { ...range, fields: parseFields(words(meaning, 0)) };
}

/** Jenkins knows Java's names, which are those of IANA with their upper and lower case. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    const known = new Intl.DateTimeFormat('en', { timeZone: name });
    const { timeZone } = known.resolvedOptions();
    return timeZone === name || timeZone.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}

/** Lines without the white space around them. */
function lines(text: string): Word[] {
  return [...text.matchAll(/[^\n]+/g)].map(match => {
    const trimmed = match[0].trim();
    const start = match.index + match[0].indexOf(trimmed);
    return { text: trimmed, start, end: start + trimmed.length };
  });
}

/**
 * Reads a schedule in Jenkins' dialect of cron: lines of five fields with `*`, lists, ranges, steps and `H`, aliases
 * such as `@daily`, comments, and a time zone in the first line (`TZ=Asia/Shanghai`). Never throws.
 * The rules are those of hudson.scheduler.CronTabList and its grammar.
 */
export function readCron(text: string): CronReading {
  const errors: CronProblem[] = [];
  const schedules: CronLine[] = [];
  let timeZone: string | undefined;
  const isFirstLine = (offset: number) => !text.slice(0, offset).includes('\n');
  for (const line of lines(text)) {
    if (line.text.startsWith('TZ=') && isFirstLine(line.start)) {
      timeZone = line.text.slice('TZ='.length);
      if (!isTimeZone(timeZone)) {
        errors.push(cronProblem('timeZone', line, { text: timeZone }));
      }
    } else if (line.text !== '' && !line.text.startsWith('#')) {
      try {
        schedules.push(parseLine(line));
      } catch (error) {
        if (!(error instanceof CronSyntaxError)) throw error;
        errors.push(error.problem);
      }
    }
  }
  if (schedules.length === 0 && errors.length === 0) {
    const whole = { start: 0, end: text.length };
    errors.push(cronProblem('noSchedule', whole));
  }
  if (errors.length > 0) return { errors, warnings: [] };
  return {
    schedule: { timeZone, lines: schedules },
    errors,
    warnings: schedules.flatMap(line => adviceOn(line, text)),
  };
}
