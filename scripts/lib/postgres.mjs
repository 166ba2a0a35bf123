/** A PostgreSQL cluster of its own for one test run: in a temporary folder, on a free port of the loopback interface. */
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, waitForPort } from './ports.mjs';
import { capture, expectedError, startGroup } from './process.mjs';
import { findPostgres } from './system.mjs';

/** Whom PostgreSQL runs as: it refuses root, so root lends it the user of the Debian package. */
async function lender() {
  if (process.getuid?.() !== 0) return {};
  const ids = await Promise.all(
    ['-u', '-g'].map(flag => capture('id', [flag, 'postgres'])),
  );
  if (ids.some(({ code }) => code !== 0)) {
    throw expectedError(
      'PostgreSQL does not run as root, and there is no user "postgres" to run it as.',
    );
  }
  const [uid, gid] = ids.map(({ stdout }) => Number(stdout));
  return { uid, gid };
}

/**
 * Starts a cluster, which `stop()` removes. Commits are not synced to disk unless it is to be `durable`, as in production.
 * Returns `{ url, version, stop }`; `url` is a connection string of its superuser, without a database.
 */
export async function startPostgres({ durable = false } = {}) {
  const programs = findPostgres();
  if (!programs) throw expectedError('PostgreSQL is not installed.');
  const user = await lender();
  const folder = mkdtempSync(join(tmpdir(), 'amamba-postgres-'));
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  const logFile = join(folder, 'log');
  // Loopback is open to everybody on this machine, and a superuser may run programs: so there is a password.
  const password = randomBytes(18).toString('hex');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user.uid !== undefined) {
    for (const path of [folder, passwordFile])
      chownSync(path, user.uid, user.gid);
  }

  const remove = () => rmSync(folder, { recursive: true, force: true });
  const initialised = await capture(
    join(programs, 'initdb'),
    [
      ['--pgdata', data],
      ['--username', 'postgres'],
      ['--pwfile', passwordFile],
      ['--auth', 'scram-sha-256'],
      ['--encoding', 'UTF8'],
      ['--locale', 'C.UTF-8'],
      ['--no-sync'],
    ].flat(),
    { ...user, cwd: folder },
  );
  if (initialised.code !== 0) {
    remove();
    throw expectedError(
      `initdb failed:\n${initialised.stdout}${initialised.stderr}`,
    );
  }

  const port = await freePort();
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    `unix_socket_directories=${folder}`,
    'max_connections=300',
    ...(durable
      ? []
      : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ];
  const log = openSync(logFile, 'w');
  const server = startGroup(
    join(programs, 'postgres'),
    ['-D', data, ...settings.flatMap(setting => ['-c', setting])],
    { ...user, cwd: folder, stdio: ['ignore', log, log] },
  );
  const stop = async () => {
    // PostgreSQL's fast shutdown: it does not wait for clients that forgot to leave.
    await server.stop({ signal: 'SIGINT' });
    remove();
  };
  if (!(await waitForPort(port, { timeoutMs: 30_000, ended: server.exited }))) {
    const said = readFileSync(logFile, 'utf8');
    await stop();
    throw expectedError(`PostgreSQL did not start:\n${said}`);
  }
  const version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  return {
    url: `postgresql://postgres:${password}@127.0.0.1:${port}`,
    version,
    stop,
  };
}
