export { describeCron, explainCron, type CronPhrase } from './explain';
export { createCronHash, type CronHash } from './hash';
export { nextCronRuns } from './next';
export { readCron } from './parse';
export {
  CRON_BOUNDS,
  CRON_FIELDS,
  type CronField,
  type CronLine,
  type CronProblem,
  type CronProblemCode,
  type CronReading,
  type CronSchedule,
  type CronTerm,
} from './types';
export { cronValues, type CronValues } from './values';
