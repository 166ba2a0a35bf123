import type { IncomingMessage } from 'node:http';
import { Exchange } from '../http/exchange';
import { HttpError, json, noContent, Reply } from '../http/reply';
import type { JenkinsServer } from '../JenkinsServer';
import { seedJobs, seedLog } from '../seed';
import { readRule } from './FaultInjector';

/** Path of the control API; nothing of Jenkins stands there. */
export const CONTROL_PATH = 'sandbox';

function record(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) {
    throw new HttpError(400, 'A JSON object is expected');
  }
  return Object.fromEntries(Object.entries(value));
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

/** One thing the control API does: `<method> <path below /sandbox>`. */
type Action = (server: JenkinsServer, body: unknown) => Reply | Promise<Reply>;

const ACTIONS: Record<string, Action> = {
  'GET faults': server => json(server.faults.rules),
  'POST faults': (server, body) => {
    try {
      return json({ id: server.faults.add(readRule(body)) }, 201);
    } catch (error) {
      throw new HttpError(400, String(error));
    }
  },
  'DELETE faults': server => {
    server.faults.remove();
    return noContent();
  },
  /** `{receiver, token?}`: where events go from now on; no receiver, no events */
  'PUT events': (server, body) => {
    const { receiver, token } = record(body);
    server.sendEventsTo({ receiver: textOf(receiver), token: textOf(token) });
    return noContent();
  },
  'POST restart': (server, body) => {
    void server.restart(record(body).safe === true);
    return json({}, 202);
  },
  /** how many requests Jenkins got since it listens, without those to this API */
  'GET requests': server => json({ total: server.requests }),
  'POST seed/jobs': (server, body) => {
    const { folder, jobs, builds, prefix } = record(body);
    const count = seedJobs(server.jenkins, {
      folder: textOf(folder) ?? 'team-a',
      jobs: numberOf(jobs, 1),
      builds: numberOf(builds, 0),
      prefix: textOf(prefix) ?? 'job-',
    });
    return json({ jobs: count }, 201);
  },
  'POST seed/log': async (server, body) => {
    const { job, bytes } = record(body);
    const build = await seedLog(server.jenkins, {
      job: textOf(job) ?? '',
      bytes: numberOf(bytes, 1024 * 1024),
    });
    return json({ number: build.number }, 201);
  },
};

/**
 * Answers the control API. Every request brings its token as a bearer token.
 * @throws HttpError
 */
export async function control(
  server: JenkinsServer,
  request: IncomingMessage,
  segments: string[],
  token: string | undefined,
): Promise<Reply> {
  if (!token || request.headers.authorization !== `Bearer ${token}`) {
    throw new HttpError(401, 'The control API wants its token');
  }
  const bytes = await Exchange.readBody(request);
  let body: unknown = {};
  try {
    if (bytes.length) body = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new HttpError(400, 'The body is no JSON');
  }
  const [, name, id] = segments;
  if (request.method === 'DELETE' && name === 'faults' && id) {
    server.faults.remove(Number(id));
    return noContent();
  }
  const action = ACTIONS[`${request.method} ${segments.slice(1).join('/')}`];
  if (!action) {
    throw new HttpError(
      404,
      `The control API has: ${Object.keys(ACTIONS).join(', ')}`,
    );
  }
  return action(server, body);
}
