import type { CronHash } from './hash';
import {
  CRON_BOUNDS,
  CRON_FIELDS,
  type CronField,
  type CronLine,
  type CronTerm,
} from './types';

/** The values of each field of a line. */
export type CronValues = Readonly<Record<CronField, ReadonlySet<number>>>;

function steps(from: number, to: number, step: number): number[] {
  const values: number[] = [];
  for (let value = from; value <= to; value += step) values.push(value);
  return values;
}

function termValues(
  term: CronTerm,
  field: CronField,
  hash: CronHash,
): number[] {
  const { min, max } = CRON_BOUNDS[field];
  switch (term.kind) {
    case 'all':
      return steps(min, max, term.step);
    case 'value':
      return [term.value];
    case 'range':
      return steps(term.from, term.to, term.step);
    default: {
      const { from, to, step } = term;
      if (step === 1) return [from + hash(to - from + 1)];
      return steps(from + hash(step), to, step);
    }
  }
}

/**
 * Resolves a line. The hash gives a number for each `H`, in the order of the text, so that lines must be resolved in
 * their order too. Sunday is 0.
 */
export function cronValues(line: CronLine, hash: CronHash): CronValues {
  const resolve = (field: CronField) =>
    new Set(line.fields[field].flatMap(term => termValues(term, field, hash)));
  const [minute, hour, dayOfMonth, month, dayOfWeek] = CRON_FIELDS.map(resolve);
  if (dayOfWeek.delete(7)) dayOfWeek.add(0);
  return { minute, hour, dayOfMonth, month, dayOfWeek };
}
