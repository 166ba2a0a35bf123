import type { SourceRange } from '../jenkinsfile/positions';
import type { CronProblem, CronProblemCode } from './types';

/** `{name}` stands for a value. */
const MESSAGES: Record<CronProblemCode, string> = {
  noSchedule: 'There is no line with a schedule',
  fieldCount:
    'A line has five fields (minute, hour, day of month, month, day of week), this one has {count}',
  character: '"{text}" cannot stand here',
  name: 'Names like "{text}" are not known to Jenkins: write months as 1-12 and days of the week as 0-7 (0 and 7 are Sunday)',
  number: '"{text}" is not a number from {min} to {max}',
  outOfRange: '{value} is not allowed here: {min} to {max}',
  reversed:
    'The range begins with {from} and ends with {to}: the smaller value stands first',
  step: 'A step must be 1 or more',
  hashStep: 'A step of {value} does not fit into H: 1 to {max}',
  incomplete: 'Something is missing after "{text}"',
  alias:
    '"{text}" is not known; there are @yearly, @annually, @monthly, @weekly, @daily, @midnight and @hourly',
  timeZone:
    '"{text}" is not a time zone such as Asia/Shanghai; upper and lower case matter',
  timeZonePlace: 'TZ= must be the first line',
  everyMinute:
    'This runs every minute of the hours it names. "{suggestion}" runs once an hour',
  shortCycle:
    'Steps in the day of month begin anew each month, so that the last one can be short',
  spread:
    '"{suggestion}" runs as often, at a minute that Jenkins spreads over all pipelines',
};

/** Makes a problem with its English message. */
export function cronProblem(
  code: CronProblemCode,
  { start, end }: SourceRange,
  values: Record<string, string | number> = {},
): CronProblem {
  const message = MESSAGES[code].replace(/\{(\w+)\}/g, (_match, name: string) =>
    String(values[name]),
  );
  return { code, start, end, values, message };
}
