import { ServiceUnavailableError } from '@backstage/errors';

/** SQLSTATEs of a server that goes away, comes up, or takes no more connections: PostgreSQL's appendix A. */
const GONE_STATES = /^(?:08...|57P0[1-5]|53300)$/;
/** of a connection that is not made or breaks */
const GONE_CONNECTIONS =
  /^(?:ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
/** SQLite's words for a file that cannot be read or written now. */
const GONE_FILES = /^SQLITE_(?:BUSY|CANTOPEN|FULL|IOERR|LOCKED|READONLY)/;
/** what the driver and the pool say of connections, for which they have no codes */
const GONE_WORDS =
  /^(?:Connection terminated|Client has encountered a connection error|Query read timeout|timeout expired|timeout exceeded when trying to connect|Knex: Timeout acquiring a connection|Unable to acquire a connection)/;

function textOf(error: object, key: string): string {
  const value: unknown = Reflect.get(error, key);
  return typeof value === 'string' ? value : '';
}

/**
 * Whether an error of a store means that the database cannot be spoken with, instead of that it refuses. Whoever speaks
 * with other systems wraps their errors, so that one of a bare socket is the database's.
 */
export function isDatabaseGone(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const code = textOf(error, 'code');
  return (
    GONE_STATES.test(code) ||
    GONE_FILES.test(code) ||
    (GONE_CONNECTIONS.test(code) && textOf(error, 'syscall') !== '') ||
    // knex puts the statement before what the driver says
    GONE_WORDS.test(textOf(error, 'message').split(' - ').at(-1) ?? '') ||
    textOf(error, 'name') === 'KnexTimeoutError' ||
    (error instanceof AggregateError && error.errors.some(isDatabaseGone))
  );
}

/**
 * What a caller is told instead: without a cause, which would go out with it and names addresses; what works in the
 * background logs that. Other errors as they are.
 */
export function explainOutage(error: unknown): unknown {
  return isDatabaseGone(error)
    ? new ServiceUnavailableError(
        'The database of the portal does not answer. Nothing that was decided is lost: look again in a minute whether your last change was made, before you repeat it. If this lasts, whoever runs the portal has to look after its database.',
      )
    : error;
}
