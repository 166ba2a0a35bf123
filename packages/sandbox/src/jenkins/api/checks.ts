import { CronError, CronTab } from '../cron/crontab';
import type { Exchange } from '../http/exchange';
import { formValidation, Reply } from '../http/reply';
import type { Route } from '../http/routes';
import { PERMISSION } from '../http/users';
import type { Job } from '../model/Item';

/** The English long form that Jenkins writes; a client that parses it breaks in another language. */
const LONG = new Intl.DateTimeFormat('en-US', {
  dateStyle: 'full',
  timeStyle: 'long',
});

/** `hudson.triggers.TimerTrigger/checkSpec`, with `H` of the job the path names. */
function checkSpec(jobFullName: string, exchange: Exchange): Reply {
  const spec = exchange.parameter('value') ?? '';
  let tab: CronTab;
  try {
    tab = CronTab.parse(spec, jobFullName);
  } catch (error) {
    if (error instanceof CronError)
      return formValidation('error', error.message);
    throw error;
  }
  if (/^\s*\*\s+\*\s+\*\s+\*\s+\*\s*$/m.test(spec)) {
    return formValidation(
      'warning',
      'Do you really mean "every minute" when you say "* * * * *"? Perhaps you meant "H * * * *" to poll once per hour',
    );
  }
  const now = new Date();
  const previous = tab.nearest(now, -1);
  const next = tab.nearest(now, 1);
  if (!previous || !next) {
    return formValidation(
      'warning',
      'This schedule will match dates only rarely (e.g. February 29) or never (e.g. June 31), so this job may be triggered very infrequently, if at all.',
    );
  }
  return formValidation(
    'ok',
    `Would last have run at ${LONG.format(previous)}; would next run at ${LONG.format(next)}.`,
  );
}

const TRIGGERS = ['hudson.triggers.TimerTrigger', 'hudson.triggers.SCMTrigger'];

/** Checks that Jenkins' forms make while somebody types. */
export const checkRoutes: Route<Job | undefined>[] = TRIGGERS.map(name => ({
  method: 'ANY',
  path: `descriptorByName/${name}/checkSpec`,
  permission: PERMISSION.overallRead,
  handle: (job, exchange) => checkSpec(job?.fullName ?? '', exchange),
}));
