import {
  ConflictError,
  InputError,
  isErrorWithName,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';

/** Why a system could not be used. */
export type UpstreamReason =
  /** no connection, or it broke */
  | 'unreachable'
  | 'timeout'
  /** 401: the portal's own credentials were refused */
  | 'credentials'
  /** 403: the portal's own account may not do this */
  | 'permission'
  /** 429, 503 */
  | 'busy'
  /** to another host, or in a circle */
  | 'redirect'
  | 'tooLarge'
  /** not what was asked for: HTML, half a body, JSON of another form */
  | 'unreadable'
  /** 5xx and what has no better word */
  | 'failed';

/**
 * A system behind the portal does not answer as it should. The caller of the portal can do nothing about it, so that
 * refused credentials are an unavailable service too and never a 401, which would sign the user out.
 */
export class UpstreamError extends ServiceUnavailableError {
  readonly reason: UpstreamReason;
  /** HTTP status, when there was an answer; as `status` it would become that of the portal's own answer */
  readonly upstreamStatus?: number;
  /** whether what was asked for would have changed something: it may have been done all the same */
  readonly changes: boolean;
  /** what went wrong below; a `cause` would go out to the caller, with addresses in it */
  declare readonly origin: unknown;

  constructor(
    message: string,
    options: {
      reason: UpstreamReason;
      status?: number;
      changes?: boolean;
      cause?: unknown;
    },
  ) {
    super(message);
    Object.defineProperty(this, 'origin', { value: options.cause });
    this.reason = options.reason;
    this.upstreamStatus = options.status;
    this.changes = options.changes ?? false;
  }
}

/** What an error message is made of. */
export interface ErrorContext {
  /** the system, as people call it: `Jenkins "ci"` */
  system: string;
  /** what was asked for: `the job team-a/shop` */
  what: string;
  /** what to do about refused credentials, by the one who knows the system */
  credentialsAdvice: string;
  /** whether the request changes something, so that nobody knows whether an unanswered one was carried out */
  changes: boolean;
}

const MAX_DETAIL_LENGTH = 300;

/** Text of a foreign system as it may stand in a message: one line, not long, without control characters. */
export function tidyDetail(text: string): string {
  const line = text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .replace(/\.$/, '');
  return line.length > MAX_DETAIL_LENGTH
    ? `${line.slice(0, MAX_DETAIL_LENGTH)}…`
    : line;
}

/**
 * The error for an answer that is no success.
 *
 * @param detail - the system's own words, when it has any
 */
export function statusError(
  status: number,
  detail: string | undefined,
  { system, what, credentialsAdvice, changes }: ErrorContext,
): Error {
  const words = detail ? `: ${tidyDetail(detail)}` : '';
  switch (status) {
    case 400:
    case 413:
    case 422:
      return new InputError(
        `${system} refused ${what}${words || ` (HTTP ${status})`}`,
      );
    case 401:
      return new UpstreamError(
        `${system} refused the portal's credentials${words}. ${credentialsAdvice}`,
        { reason: 'credentials', status },
      );
    case 403:
      return new UpstreamError(
        `${system} does not allow the portal's account ${what}${words}. ${credentialsAdvice}`,
        { reason: 'permission', status },
      );
    case 404:
    case 410:
      return new NotFoundError(`${system} does not have ${what}${words}`);
    case 405:
    case 409:
    case 412:
      return new ConflictError(
        `${system} cannot do this now with ${what}${words || ` (HTTP ${status})`}`,
      );
    case 429:
      return new UpstreamError(
        `${system} is asked too often${words}. Try again in a minute`,
        { reason: 'busy', status },
      );
    case 503:
      return new UpstreamError(
        `${system} is starting or overloaded${words}. Try again in a minute`,
        { reason: 'busy', status },
      );
    default:
      return new UpstreamError(
        `${system} failed at ${what} (HTTP ${status})${words}. Its own log says more`,
        { reason: 'failed', status, changes },
      );
  }
}

const CERTIFICATE_PROBLEM = /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|TLS/;

function errorCode(error: unknown): string {
  return typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'string'
    ? error.code
    : '';
}

/** Whether another attempt can help: the connection was refused or broke. Time-outs were long enough already. */
export function isRetriable(error: unknown): boolean {
  return (
    error instanceof UpstreamError &&
    (error.reason === 'unreachable' ||
      error.upstreamStatus === 502 ||
      error.upstreamStatus === 504)
  );
}

/** The error for a connection that failed, timed out or broke. */
export function connectionError(error: unknown, context: ErrorContext): Error {
  const { system, what, changes } = context;
  const code = errorCode(error);
  const doubt = changes ? '; whether it was carried out is not known' : '';
  if (/TIMEOUT|TIMEDOUT/.test(code)) {
    return new UpstreamError(
      `${system} did not answer in time when asked for ${what}${doubt}. Check that it is running and not overloaded`,
      { reason: 'timeout', changes, cause: error },
    );
  }
  if (CERTIFICATE_PROBLEM.test(code)) {
    return new UpstreamError(
      `${system} has a certificate that is not trusted (${code}). Name the file with its certificate authority in the configuration`,
      { reason: 'failed', cause: error },
    );
  }
  const isParserError = isErrorWithName(error, 'HTTPParserError');
  if (isParserError || code === 'UND_ERR_HEADERS_OVERFLOW') {
    return new UpstreamError(
      `${system} answered something that is not HTTP. Check its address in the configuration`,
      { reason: 'unreadable', cause: error },
    );
  }
  return new UpstreamError(
    `${system} could not be reached, or broke off, when asked for ${what}${
      code && ` (${code})`
    }${doubt}. Check that it is running and that its address in the configuration is right`,
    { reason: 'unreachable', changes, cause: error },
  );
}
