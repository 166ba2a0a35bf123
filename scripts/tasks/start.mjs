/**
 * `npm start`: the portal with all that it needs, on the loopback interface, until Ctrl-C.
 *
 * The sandbox (Git and Jenkins) runs beside it, unless app-config.local.yaml names Jenkins controllers under
 * `amamba.jenkins.instances`. State lies in .cache/sandbox and .cache/portal; remove them to begin anew.
 */
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  configOptions,
  namesRealJenkins,
  sampleUsers,
} from '../lib/config.mjs';
import { cache, root } from '../lib/paths.mjs';
import { isTaken, waitForHttp, waitForPort } from '../lib/ports.mjs';
import { expectedError, say, startGroup } from '../lib/process.mjs';
import {
  portalEnvironment,
  startSandbox,
  startSeeding,
} from '../lib/sandbox.mjs';

const APP = { port: 3000, what: "the portal's pages" };
const BACKEND = { port: 7007, what: "the portal's backend" };
const JENKINS = { port: 7080, what: "the sandbox's Jenkins" };
const GIT = { port: 7090, what: "the sandbox's Git server" };
const BACKEND_URL = `http://127.0.0.1:${BACKEND.port}`;
const PORTAL_TIMEOUT_MS = 180_000;
const SEEDING_WAIT_MS = 10_000;
/** Our own questions whether the portal is ready, in its log. */
const OWN_REQUEST = '/.backstage/health/v1/readiness';

export async function main() {
  const isReal = await namesRealJenkins();
  await refuseTakenPorts(
    isReal ? [APP, BACKEND] : [APP, BACKEND, JENKINS, GIT],
  );

  const groups = [];
  let seeding;
  let isStopping = false;
  const asked = new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
      process.on(signal, () => resolve({ code: 0, who: undefined }));
  });
  const stop = async () => {
    isStopping = true;
    await Promise.all([...groups, seeding].map(group => group?.stop()));
  };
  /** What ended first: a part of the portal by itself, or all on request. */
  const ended = () =>
    Promise.race([
      asked,
      ...groups.map(({ who, exited }) =>
        exited.then(({ code }) => ({ code, who })),
      ),
    ]);
  const add = (who, group) => {
    groups.push({ ...group, who });
    return print(who, group.child, () => !isStopping);
  };

  try {
    let sandbox;
    if (isReal) {
      say('app-config.local.yaml names a Jenkins; the sandbox stays off');
    } else {
      say('starting the sandbox …');
      sandbox = await startSandbox({
        folder: join(cache, 'sandbox'),
        jenkinsPort: JENKINS.port,
        gitPort: GIT.port,
        backendUrl: BACKEND_URL,
        onStart: group => add('sandbox', group),
      });
    }
    say('starting the portal …');
    const environment = portalEnvironment({
      databaseFolder: join(cache, 'portal'),
      sandbox,
    });
    add(
      'portal',
      startGroup(
        'backstage-cli',
        ['repo', 'start', ...configOptions({ withLocal: true })],
        {
          cwd: root,
          stdio: ['ignore', 'pipe', 'pipe'],
          env: {
            ...process.env,
            ...environment,
            FORCE_COLOR: process.stdout.isTTY ? '1' : '0',
            BROWSER: 'none',
          },
        },
      ),
    );

    const wait = { timeoutMs: PORTAL_TIMEOUT_MS, ended: ended() };
    const isUp =
      (await waitForHttp(`${BACKEND_URL}${OWN_REQUEST}`, wait)) &&
      (await waitForPort(APP.port, wait));
    if (isUp && sandbox) {
      seeding = startSeeding({ backendUrl: BACKEND_URL, environment });
      print('sandbox', seeding.child, () => !isStopping);
      // Usually a second; what takes longer must not keep the address from the reader.
      await Promise.race([
        seeding.exited,
        asked,
        sleep(SEEDING_WAIT_MS, undefined, { ref: false }),
      ]);
    }
    if (isUp) await welcome(sandbox);

    const { who, code } = await ended();
    if (who)
      throw expectedError(
        `The ${who} ended by itself with code ${code}; its last words are above.`,
      );
    return code;
  } finally {
    await stop();
  }
}

/** Fails with what to do when a port that is needed is in use. */
async function refuseTakenPorts(wanted) {
  const taken = [];
  for (const { port, what } of wanted)
    if (await isTaken(port)) taken.push(`  ${port}  for ${what}`);
  if (taken.length === 0) return;
  throw expectedError(
    `These ports of 127.0.0.1 are in use:\n${taken.join('\n')}\n` +
      'Is another `npm start` running? Otherwise `ss -ltnp` shows who holds them.',
  );
}

/** Prints the lines of a program with its name before them, while `isWanted`. */
function print(who, child, isWanted) {
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', line => {
      if (isWanted() && !line.includes(OWN_REQUEST))
        console.log(`${who.padEnd(7)} | ${line}`);
    });
  }
}

/** Says where to go and whom to be. */
async function welcome(sandbox) {
  const users = await sampleUsers();
  const lines = [
    '',
    `  The portal is ready: http://localhost:${APP.port}`,
    '',
    '  Sign in, without a password, as',
    ...users.map(({ name, about }) => `    ${name.padEnd(6)} ${about}`),
    '',
    ...(sandbox
      ? [
          `  Jenkins  ${sandbox.jenkins.url}`,
          `  Git      ${sandbox.git.url}`,
          '  Their users and tokens are in .cache/sandbox/credentials.json.',
          '',
        ]
      : []),
    '  Ctrl-C stops everything.',
    '',
  ];
  console.log(lines.join('\n'));
}
