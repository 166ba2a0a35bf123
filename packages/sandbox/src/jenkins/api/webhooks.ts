import type { GenericTrigger } from '../config/jobConfig';
import type { Exchange } from '../http/exchange';
import { HttpError, json, Reply, text } from '../http/reply';
import type { Route } from '../http/routes';
import { genericCause } from '../model/causes';
import { NotSupported } from '../model/errors';
import type { Folder, Job } from '../model/Item';

/** The token of an invocation: `?token=`, the headers `token` and `X-Gitlab-Token`, or a bearer token. */
function tokenOf(exchange: Exchange): string {
  const bearer = /^Bearer (.+)$/i.exec(exchange.header('authorization') ?? '');
  return (
    exchange.query.get('token') ??
    exchange.header('token') ??
    bearer?.[1] ??
    exchange.header('x-gitlab-token') ??
    ''
  );
}

/** Evaluates the simple form of JSONPath: `$`, `.name`, `['name']`, `[n]`. */
function jsonPath(document: unknown, expression: string): unknown {
  const steps = expression.trim().replace(/^\$/, '');
  const pattern = /\.([\w-]+)|\['([^']*)'\]|\["([^"]*)"\]|\[(\d+)\]/y;
  let value = document;
  let at = 0;
  while (at < steps.length) {
    pattern.lastIndex = at;
    const found = pattern.exec(steps);
    if (!found) {
      throw new NotSupported(
        `This stand-in does not evaluate the JSONPath ${expression}.`,
      );
    }
    at = pattern.lastIndex;
    if (typeof value !== 'object' || value === null) return undefined;
    const key = found[1] ?? found[2] ?? found[3] ?? found[4];
    value = new Map<string, unknown>(Object.entries(value)).get(key);
  }
  return value;
}

/** Adds a value and, for objects and lists, all values below it as `key_name` (the plugin flattens). */
function contribute(
  into: Map<string, string>,
  key: string,
  value: unknown,
  regexpFilter: string,
): void {
  if (value === undefined || value === null) return;
  if (typeof value === 'object') {
    into.set(key, JSON.stringify(value));
    for (const [name, inner] of Object.entries(value)) {
      contribute(into, `${key}_${name}`, inner, regexpFilter);
    }
    return;
  }
  const plain = String(value);
  const filtered = regexpFilter
    ? plain.replace(new RegExp(regexpFilter, 'g'), '')
    : plain;
  into.set(key, filtered);
}

function variablesOf(
  trigger: GenericTrigger,
  exchange: Exchange,
): Map<string, string> {
  const variables = new Map<string, string>();
  let document: unknown;
  try {
    document = exchange.body ? JSON.parse(exchange.body) : {};
  } catch {
    document = {};
  }
  for (const variable of trigger.variables) {
    const { key, source, regexpFilter } = variable;
    if (source === 'body') {
      if (variable.expressionType !== 'JSONPath') {
        throw new NotSupported('This stand-in does not evaluate XPath.');
      }
      const value = jsonPath(document, variable.expression);
      const given = value ?? (variable.defaultValue || undefined);
      contribute(variables, key, given, regexpFilter);
    } else if (source === 'query') {
      contribute(variables, key, exchange.query.get(key), regexpFilter);
    } else {
      const name = key.toLowerCase().replace(/-/g, '_');
      contribute(variables, name, exchange.header(key), regexpFilter);
    }
  }
  return variables;
}

/** Replaces `$name` and `${name}`; the longest name first, as the plugin does. */
function render(template: string, variables: Map<string, string>): string {
  return [...variables]
    .sort(([a], [b]) => b.length - a.length)
    .reduce(
      (current, [name, value]) =>
        current.split(`\${${name}}`).join(value).split(`$${name}`).join(value),
      template,
    );
}

function fire(job: Job, trigger: GenericTrigger, exchange: Exchange) {
  const { jenkins } = exchange;
  const variables = variablesOf(trigger, exchange);
  const filterText = render(trigger.filterText, variables);
  const { filterExpression } = trigger;
  const fits =
    !filterExpression || new RegExp(filterExpression).test(filterText);
  const answer = {
    regexpFilterExpression: filterExpression,
    triggered: false,
    resolvedVariables: Object.fromEntries(variables),
    regexpFilterText: filterText,
    id: 0,
    url: '',
  };
  if (!fits || !job.buildable) return answer;
  const cause = genericCause(render(trigger.causeString, variables));
  const { item } = jenkins.trigger(job, cause, variables);
  return {
    ...answer,
    triggered: true,
    id: item.id,
    url: `queue/item/${item.id}/`,
  };
}

function invoke(root: Folder, exchange: Exchange): Reply {
  const token = tokenOf(exchange);
  const jobs: Record<string, unknown> = {};
  for (const job of root.jobs()) {
    for (const trigger of job.config.triggers.generic) {
      // A trigger without a token is only for callers who may build; the stand-in has none such.
      if (trigger.token && trigger.token === token) {
        jobs[job.fullName] = fire(job, trigger, exchange);
      }
    }
  }
  if (!Object.keys(jobs).length) {
    return json(
      {
        jobs: null,
        message:
          'Did not find any jobs with GenericTrigger configured! If you are using a token, you need to pass it like ...trigger/invoke?token=TOKENHERE. If you are not using a token, you need to authenticate like http://user:passsword@example.org/generic-webhook... ',
      },
      404,
    );
  }
  return json({ jobs, message: 'Triggered jobs.' });
}

async function notifyCommit(exchange: Exchange): Promise<Reply> {
  const url = exchange.parameter('url');
  if (!url) throw new HttpError(400, 'No url is given');
  if (exchange.parameter('token') !== exchange.jenkins.notifyCommitToken) {
    throw new HttpError(
      401,
      'An access token is required. Please refer to Git plugin documentation for details.',
    );
  }
  const jobs = await exchange.jenkins.triggers.notifyCommit(url);
  const lines = jobs.map(job => `Scheduled polling of ${job.fullName}`);
  return text(
    `${lines.length ? lines.join('\n') : `No Git consumers for URI ${url}`}\n`,
  );
}

export const webhookRoutes: Route<Folder>[] = [
  { method: 'POST', path: 'generic-webhook-trigger/invoke', handle: invoke },
  { method: 'GET', path: 'generic-webhook-trigger/invoke', handle: invoke },
  {
    method: 'ANY',
    path: 'git/notifyCommit',
    handle: (_root, exchange) => notifyCommit(exchange),
  },
];
