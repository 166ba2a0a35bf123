import { bindParameters } from '../engine/parameters';
import type { Exchange } from '../http/exchange';
import { HttpError, Reply } from '../http/reply';
import type { Route } from '../http/routes';
import { ANONYMOUS, PERMISSION } from '../http/users';
import { Failure } from '../model/errors';
import { Cause, remoteCause, userCause } from '../model/causes';
import type { Job } from '../model/Item';

/** `delay=5`, `5sec`, `2min` … in milliseconds (`hudson.model.queue… TimeDuration`). */
export function parseDelay(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const found =
    /^\s*(\d+)\s*(ms|millis|s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?)?\s*$/i.exec(
      text,
    );
  if (!found) throw new Failure(`Invalid time duration value: ${text}`);
  const unit = (found[2] ?? 's').toLowerCase();
  if (unit.startsWith('mil') || unit === 'ms') return Number(found[1]);
  const factors: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86400 };
  return Number(found[1]) * factors[unit[0]] * 1000;
}

/** Who may start this job, and as what it is recorded. The remote token of a job stands in for a permission. */
function authorise(job: Job, exchange: Exchange): Cause {
  const { caller } = exchange;
  const token = exchange.parameter('token');
  const { authToken } = job.config;
  if (authToken !== undefined && token === authToken) {
    const address = exchange.request.socket.remoteAddress ?? '127.0.0.1';
    return remoteCause(address, exchange.parameter('cause'));
  }
  exchange.require(PERMISSION.build);
  return userCause(caller === ANONYMOUS ? ANONYMOUS : caller);
}

function assertBuildable(job: Job): void {
  if (!job.buildable) {
    throw new HttpError(409, `${job.fullName} is not buildable`);
  }
}

function created(exchange: Exchange, id: number, status: 201 | 303): Reply {
  const location = `${exchange.jenkins.rootUrl}queue/item/${id}/`;
  return { status, headers: { Location: location }, body: '' };
}

/** Parameters in the form that Jenkins' own page submits: `json={"parameter":[{name,value}]}`. */
export function submittedParameters(
  form: Record<string, unknown>,
): Map<string, string | boolean> {
  const { parameter = [] } = form;
  const list: unknown[] = Array.isArray(parameter) ? parameter : [parameter];
  const values = new Map<string, string | boolean>();
  for (const entry of list) {
    if (typeof entry !== 'object' || entry === null) continue;
    const { name, value = '' } = Object.fromEntries(Object.entries(entry));
    if (typeof name !== 'string') continue;
    values.set(name, typeof value === 'boolean' ? value : String(value));
  }
  return values;
}

function build(job: Job, exchange: Exchange): Reply {
  const cause = authorise(job, exchange);
  assertBuildable(job);
  const definitions = job.config.parameters;
  const submitted = exchange.parameter('json') !== undefined;
  if (definitions.length && !submitted) {
    // The page that asks for the parameters; Jenkins answers a POST without a form so.
    throw new HttpError(
      400,
      'This job is parameterized: use buildWithParameters, or a form with "json".',
    );
  }
  const { item } = exchange.jenkins.schedule({
    job,
    causes: [cause],
    parameters: bindParameters(
      definitions,
      submittedParameters(exchange.submittedForm),
    ),
    quietPeriodMs: parseDelay(exchange.parameter('delay')),
  });
  return created(exchange, item.id, 201);
}

function buildWithParameters(job: Job, exchange: Exchange): Reply {
  const cause = authorise(job, exchange);
  assertBuildable(job);
  const definitions = job.config.parameters;
  if (!definitions.length) {
    throw new HttpError(400, `${job.fullName} is not parameterized`);
  }
  const { item, merged } = exchange.jenkins.schedule({
    job,
    causes: [cause],
    parameters: bindParameters(definitions, exchange.parameters),
    quietPeriodMs: parseDelay(exchange.parameter('delay')),
  });
  return created(exchange, item.id, merged ? 303 : 201);
}

export const buildRoutes: Route<Job>[] = [
  { method: 'POST', path: 'build', handle: build },
  { method: 'POST', path: 'buildWithParameters', handle: buildWithParameters },
  {
    method: 'POST',
    path: 'polling',
    permission: PERMISSION.build,
    async handle(job, exchange) {
      const { definition } = job.config;
      if (definition.kind === 'scm') {
        await exchange.jenkins.triggers.notifyCommit(definition.url);
      }
      return { status: 302, headers: { Location: '.' }, body: '' };
    },
  },
];
