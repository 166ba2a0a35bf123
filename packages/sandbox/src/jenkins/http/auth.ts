import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { HttpError } from './reply';
import { ANONYMOUS, Caller, callerOf, UserOptions } from './users';

const SESSION_COOKIE = 'JSESSIONID.sandbox';
export const CRUMB_FIELD = 'Jenkins-Crumb';

/** POSTs that Jenkins accepts without a crumb. */
const CRUMB_FREE = [
  /^\/pipeline-model-converter\//,
  /^\/generic-webhook-trigger\//,
  /^\/git\/notifyCommit$/,
];

function equals(a: string, b: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** Who a request comes from, and whether its POST was meant. */
export class Authenticator {
  private readonly users: UserOptions[];
  private readonly salt: Buffer;

  constructor(users: UserOptions[], salt: Buffer) {
    this.users = users;
    this.salt = salt;
  }

  /**
   * The caller of a request. Wrong credentials are 401, never a silent anonymous.
   * @throws HttpError
   */
  authenticate(request: IncomingMessage): Caller {
    const header = request.headers.authorization;
    if (!header?.toLowerCase().startsWith('basic ')) return ANONYMOUS;
    const plain = Buffer.from(header.slice(6), 'base64').toString('utf8');
    const colon = plain.indexOf(':');
    const id = plain.slice(0, colon);
    const secret = plain.slice(colon + 1);
    const user = this.users.find(candidate => candidate.id === id);
    if (colon > 0 && user) {
      if (user.apiTokens?.some(token => equals(token, secret))) {
        return callerOf(user, true);
      }
      if (user.password !== undefined && equals(user.password, secret)) {
        return callerOf(user, false);
      }
    }
    throw new HttpError(401, `Invalid password/token for user: ${id}`, {
      'WWW-Authenticate': 'Basic realm="Jenkins"',
    });
  }

  /** The session of a request, or a new one with the cookie that carries it. */
  session(request: IncomingMessage): { id: string; setCookie?: string } {
    const found = new RegExp(`${SESSION_COOKIE}=([\\w.-]+)`).exec(
      request.headers.cookie ?? '',
    );
    if (found) return { id: found[1] };
    const id = `node0${randomBytes(16).toString('hex')}.node0`;
    return { id, setCookie: `${SESSION_COOKIE}=${id}; Path=/; HttpOnly` };
  }

  /** The crumb of this caller in this session. */
  crumb(caller: Caller, session: string): string {
    return createHash('sha256')
      .update(`${caller.id};${session}`)
      .update(this.salt)
      .digest('hex');
  }

  /**
   * Refuses a POST without its crumb. An API token needs none.
   * @throws HttpError
   */
  checkCrumb(
    request: IncomingMessage,
    path: string,
    caller: Caller,
    form: () => string | null,
  ): void {
    if (request.method !== 'POST' || caller.byToken) return;
    if (CRUMB_FREE.some(pattern => pattern.test(path))) return;
    const header =
      request.headers['jenkins-crumb'] ?? request.headers['.crumb'] ?? form();
    const { id, setCookie } = this.session(request);
    const given = Array.isArray(header) ? header[0] : header;
    if (!setCookie && given && equals(given, this.crumb(caller, id))) return;
    throw new HttpError(403, 'No valid crumb was included in the request');
  }
}
