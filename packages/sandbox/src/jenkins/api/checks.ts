import { readCron } from '@amamba/backstage-plugin-amamba-common';
import { lastAndNext } from '../engine/schedule';
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
  const { schedule, errors, warnings } = readCron(spec);
  if (!schedule) return formValidation('error', errors[0].message);
  if (warnings.length) return formValidation('warning', warnings[0].message);
  const { last, next } = lastAndNext(schedule, jobFullName, new Date());
  if (!last || !next) {
    return formValidation(
      'warning',
      'This schedule will match dates only rarely (e.g. February 29) or never (e.g. June 31), so this job may be triggered very infrequently, if at all.',
    );
  }
  return formValidation(
    'ok',
    `Would last have run at ${LONG.format(last)}; would next run at ${LONG.format(next)}.`,
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
