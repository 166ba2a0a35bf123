import type { SourceRange } from '../jenkinsfile/positions';

/** The fields of a line, in their order. */
export const CRON_FIELDS = [
  'minute',
  'hour',
  'dayOfMonth',
  'month',
  'dayOfWeek',
] as const;
export type CronField = (typeof CRON_FIELDS)[number];

/** Smallest and largest value of a field; 0 and 7 are both Sunday. */
export const CRON_BOUNDS: Readonly<
  Record<CronField, { readonly min: number; readonly max: number }>
> = {
  minute: { min: 0, max: 59 },
  hour: { min: 0, max: 23 },
  dayOfMonth: { min: 1, max: 31 },
  month: { min: 1, max: 12 },
  dayOfWeek: { min: 0, max: 7 },
};

/**
 * One part of a field. `hash` is Jenkins' `H`: with a step of 1 it stands for one value between `from` and `to`, else
 * for every `step`-th one from a start below `from + step`; which, follows from the pipeline's name.
 */
export type CronTerm =
  | { readonly kind: 'all'; readonly step: number }
  | { readonly kind: 'value'; readonly value: number }
  | {
      readonly kind: 'range' | 'hash';
      readonly from: number;
      readonly to: number;
      readonly step: number;
    };

/** A line with a schedule. */
export interface CronLine extends SourceRange {
  readonly fields: Readonly<Record<CronField, readonly CronTerm[]>>;
}

/** A schedule that is right; it runs whenever one of its lines says so. */
export interface CronSchedule {
  /** IANA name of the `TZ=` line; absent: the engine's own time zone */
  readonly timeZone?: string;
  readonly lines: readonly CronLine[];
}

/** Kinds of {@link CronProblem}: the first ones are errors, the others are advice. */
export type CronProblemCode =
  | 'noSchedule'
  | 'fieldCount'
  | 'character'
  | 'name'
  | 'number'
  | 'outOfRange'
  | 'reversed'
  | 'step'
  | 'hashStep'
  | 'incomplete'
  | 'alias'
  | 'timeZone'
  | 'timeZonePlace'
  | 'everyMinute'
  | 'shortCycle'
  | 'spread';

/** Something wrong or doubtful, with its place in the text. */
export interface CronProblem extends SourceRange {
  readonly code: CronProblemCode;
  /** what the message speaks of, for translations */
  readonly values: Readonly<Record<string, string | number>>;
  /** English */
  readonly message: string;
}

/** What was read. */
export interface CronReading {
  /** absent when there are errors */
  readonly schedule?: CronSchedule;
  readonly errors: readonly CronProblem[];
  /** advice on schedules that are right but seldom meant so; Jenkins gives the same */
  readonly warnings: readonly CronProblem[];
}
