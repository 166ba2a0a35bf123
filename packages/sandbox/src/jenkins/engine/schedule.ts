import {
  CronSchedule,
  nextCronRuns,
  readCron,
} from '@amamba/backstage-plugin-amamba-common';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** How far back a last time is looked for, in days: a short way first, as most schedules are dense. */
const BACK_DAYS = [1, 32, 732];
/** the server's own zone, for schedules that name none */
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();

/** Whether a run is due in the minute of `now`. A specification that is wrong is never due. */
export function isDue(spec: string, jobFullName: string, now: Date): boolean {
  const { schedule } = readCron(spec);
  if (!schedule) return false;
  const minute = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS;
  const [next] = nextCronRuns(schedule, {
    after: new Date(minute - MINUTE_MS),
    count: 1,
    seed: jobFullName,
    timeZone,
  });
  return next?.getTime() === minute;
}

function lastRun(
  schedule: CronSchedule,
  seed: string,
  now: Date,
): Date | undefined {
  for (const days of BACK_DAYS) {
    const after = new Date(now.getTime() - days * DAY_MS);
    const count = days * 24 * 60;
    const runs = nextCronRuns(schedule, { after, count, seed, timeZone });
    const last = runs.filter(run => run <= now).pop();
    if (last) return last;
  }
  return undefined;
}

/** The last time before and the next after `now`; undefined when there is none within two years. */
export function lastAndNext(
  schedule: CronSchedule,
  jobFullName: string,
  now: Date,
): { last: Date | undefined; next: Date | undefined } {
  const seed = jobFullName;
  const [next] = nextCronRuns(schedule, {
    after: now,
    count: 1,
    seed,
    timeZone,
  });
  return { last: lastRun(schedule, seed, now), next };
}
