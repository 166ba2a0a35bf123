import { explainOutage, isDatabaseGone } from './outage';

const error = (more: object, message = 'x') =>
  Object.assign(new Error(message), more);

it.each([
  ['refused', { code: 'ECONNREFUSED', syscall: 'connect' }, 'x'],
  ['reset', { code: 'ECONNRESET', syscall: 'read' }, 'x'],
  ['shut down', { code: '57P01' }, 'terminating connection'],
  ['starting', { code: '57P03' }, 'the database system is starting up'],
  ['full', { code: '53300' }, 'too many clients already'],
  ['cut off', {}, 'select 1 - Connection terminated unexpectedly'],
  ['silent', {}, 'select "a - b" - Query read timeout'],
  ['slow to connect', {}, 'timeout expired'],
  ['out of connections', { name: 'KnexTimeoutError' }, 'Knex: Timeout'],
  ['locked', { code: 'SQLITE_BUSY' }, 'database is locked'],
])('knows a database that is %s', (_, more, message) => {
  const told = explainOutage(error(more, message));
  expect(told).toMatchObject({
    name: 'ServiceUnavailableError',
    message: expect.stringContaining('database of the portal'),
  });
});

it('knows one of which no address answers', () => {
  const each = ['::1', '127.0.0.1'].map(() =>
    error({ code: 'ECONNREFUSED', syscall: 'connect' }),
  );
  expect(isDatabaseGone(new AggregateError(each))).toBe(true);
});

it.each([
  ['a wrong value', error({ code: '22P02' })],
  ['a row that is there already', error({ code: '23505' })],
  ['a file', error({ code: 'ENOENT', syscall: 'open' })],
  ['another system', error({ code: 'ECONNREFUSED', type: 'system' })],
  ['words', error({}, 'Jenkins: timeout expired')],
  ['nothing', undefined],
])('leaves alone %s', (_, thrown) => {
  expect(explainOutage(thrown)).toBe(thrown);
});
