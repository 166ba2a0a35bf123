/**
 * `npm start`: the portal with all that it needs, on the loopback interface, until Ctrl-C.
 *
 * The sandbox (Git and Jenkins) runs beside it, unless app-config.local.yaml names Jenkins controllers under
 * `amamba.jenkins.instances`. So do the local clusters, unless it names clusters under `kubernetes`, or the arguments say
 * otherwise: `--no-cluster`, or `--kubeconfig FILE` (or KUBECONFIG) for a cluster of one's own. With `--port-shift N` all ports
 * are higher by N, so that two checkouts run side by side. They come up after the portal, and
 * the first time they are compiled before, which takes minutes. State lies in .cache/sandbox, .cache/control-plane and
 * .cache/portal; remove them to begin anew.
 */
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  configOptions,
  namesRealJenkins,
  sampleUsers,
} from '../lib/config.mjs';
import {
  CLUSTER_GRACE_MS,
  chooseClusters,
  startArguments,
  startClusters,
  whenReady,
} from '../lib/controlPlane.mjs';
import { cache, root } from '../lib/paths.mjs';
import { isTaken, waitForHttp, waitForPort } from '../lib/ports.mjs';
import { expectedError, say, startGroup } from '../lib/process.mjs';
import {
  portalEnvironment,
  startSandbox,
  startSeeding,
  startSeedingNamespaces,
} from '../lib/sandbox.mjs';

/** What listens where, with all ports moved by so much. */
const portsOf = shift => ({
  app: { port: 3000 + shift, what: "the portal's pages" },
  backend: { port: 7007 + shift, what: "the portal's backend" },
  jenkins: { port: 7080 + shift, what: "the sandbox's Jenkins" },
  git: { port: 7090 + shift, what: "the sandbox's Git server" },
});
/** After so long the reader hears that the portal is still awaited. */
const SLOW_MS = 180_000;
const SEEDING_WAIT_MS = 10_000;
/** The clusters may be compiled first, on a slow machine. */
const CLUSTERS_TIMEOUT_MS = 2 * 60 * 60_000;
const CLUSTERS_FOLDER = join(cache, 'control-plane');
/** For the terminal, where there are no clusters. */
const CONNECT = 'npm start -- --kubeconfig FILE connects one of yours';
/** Our own questions whether the portal is ready, in its log. */
const OWN_REQUEST = '/.backstage/health/v1/readiness';

export async function main(args) {
  const { portShift, ...clusterOptions } = startArguments(args);
  const isReal = await namesRealJenkins();
  const { app, backend, jenkins, git } = portsOf(portShift);
  await refuseTakenPorts(
    isReal ? [app, backend] : [app, backend, jenkins, git],
  );
  const appUrl = `http://localhost:${app.port}`;
  const backendUrl = `http://127.0.0.1:${backend.port}`;

  const groups = [];
  let seeding;
  /** Beside the portal, which lives without them. */
  const beside = [];
  let isStopping = false;
  const asked = new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
      process.on(signal, () => resolve({ code: 0, who: undefined }));
  });
  const stop = async () => {
    isStopping = true;
    await Promise.all([
      ...[...groups, seeding].map(group => group?.stop()),
      ...beside.map(group => group.stop({ graceMs: CLUSTER_GRACE_MS })),
    ]);
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
        jenkinsPort: jenkins.port,
        gitPort: git.port,
        backendUrl,
        onStart: group => add('sandbox', group),
      });
    }
    const choice = await chooseClusters(clusterOptions);
    if (choice.because) say(`without clusters: ${choice.because}; ${CONNECT}`);
    const clusters = await startClusters({
      ...clusterOptions,
      folder: CLUSTERS_FOLDER,
      choice,
      onStart: group => {
        beside.push(group);
        print('cluster', group.child, () => !isStopping);
      },
    });
    say('starting the portal …');
    const environment = portalEnvironment({
      databaseFolder: join(cache, 'portal'),
      sandbox,
    });
    add(
      'portal',
      startGroup(
        'backstage-cli',
        [
          'repo',
          'start',
          ...configOptions({ withLocal: true, generated: clusters.configFile }),
        ],
        {
          cwd: root,
          stdio: ['ignore', 'pipe', 'pipe'],
          env: {
            ...process.env,
            ...environment,
            ...(portShift > 0 && {
              APP_CONFIG_app_baseUrl: JSON.stringify(appUrl),
              APP_CONFIG_backend_baseUrl: JSON.stringify(
                `http://localhost:${backend.port}`,
              ),
              APP_CONFIG_backend_listen_port: String(backend.port),
              APP_CONFIG_backend_cors_origin: JSON.stringify(appUrl),
            }),
            FORCE_COLOR: process.stdout.isTTY ? '1' : '0',
            BROWSER: 'none',
          },
        },
      ),
    );

    // As long as it lives: on a slow machine it takes minutes, and its samples and address are still wanted then.
    const wait = { timeoutMs: Infinity, ended: ended() };
    const notice = setTimeout(
      () => say('the portal is not up yet; still waiting for it …'),
      SLOW_MS,
    );
    const isUp =
      (await waitForHttp(`${backendUrl}${OWN_REQUEST}`, wait)) &&
      (await waitForPort(app.port, wait));
    clearTimeout(notice);
    if (isUp && sandbox) {
      seeding = startSeeding({ backendUrl, environment });
      print('sandbox', seeding.child, () => !isStopping);
      // Usually a second; what takes longer must not keep the address from the reader.
      await Promise.race([
        seeding.exited,
        asked,
        sleep(SEEDING_WAIT_MS, undefined, { ref: false }),
      ]);
    }
    if (isUp) await welcome(appUrl, sandbox, choice.kind === 'local');
    if (isUp && clusters.group)
      seedNamespaces({
        portal: { backendUrl, environment },
        group: clusters.group,
        onStart: group => {
          beside.push(group);
          print('cluster', group.child, () => !isStopping);
        },
      });

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

/** When the local clusters run, gives the sample workspaces their namespaces there. The portal does not wait for it. */
async function seedNamespaces({ portal, group, onStart }) {
  const status = await whenReady(CLUSTERS_FOLDER, group, CLUSTERS_TIMEOUT_MS);
  if (!status) return;
  const names = status.clusters.map(({ name }) => name);
  onStart(startSeedingNamespaces(portal, names));
}

/** Fails with what to do when a port that is needed is in use. */
async function refuseTakenPorts(wanted) {
  const taken = [];
  for (const { port, what } of wanted)
    if (await isTaken(port)) taken.push(`  ${port}  for ${what}`);
  if (taken.length === 0) return;
  throw expectedError(
    `These ports of 127.0.0.1 are in use:\n${taken.join('\n')}\n` +
      'Is another `npm start` running? `npm start -- --port-shift 100` takes others; `ss -ltnp` shows who holds these.',
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
async function welcome(appUrl, sandbox, hasLocalClusters) {
  const users = await sampleUsers();
  const lines = [
    '',
    `  The portal is ready: ${appUrl}`,
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
    ...(hasLocalClusters
      ? [
          '  The local Kubernetes comes up beside it; the pages say how far it is. Without it: npm start -- --no-cluster,',
          '  with a cluster of yours: npm start -- --kubeconfig FILE',
          '',
        ]
      : []),
    '  Ctrl-C stops everything.',
    '',
  ];
  console.log(lines.join('\n'));
}
