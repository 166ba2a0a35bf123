import { execFile, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import { build } from './build';
import { ExpectedError } from './errors';
import { kubeconfigFiles, readPortalKubeconfig } from './kubeconfig';
import { writePortalConfig } from './portalConfig';
import { isBuilt, localHelm, programFolder } from './programs';
import { progressText } from './progress';
import { clusterNames, RunOptions, runControlPlane } from './run';
import { isAlive, readStatus, statusFile, StatusWriter } from './status';

// eslint-disable-next-line no-restricted-syntax -- run from its source, never from a bundle
const DEFAULT_STATE = path.resolve(
  __dirname,
  '../../../../.cache/control-plane',
);
const DOWN_MS = 20_000;

const USAGE = `The local Kubernetes: real API servers and controllers as plain processes on 127.0.0.1, with simulated nodes.

  control-plane build        compile what is not compiled yet; --check only says whether something is, by its exit code
  control-plane up [N]       start N clusters (default 2) that stay when this command ends
  control-plane run [N]      the same, until Ctrl-C
  control-plane status       what runs, and where
  control-plane down         stop it; --forget also removes its data
  control-plane connect      write the portal's configuration for clusters that run elsewhere, or for none

  --state FOLDER             where its data are (default: .cache/control-plane)
  --samples                  namespaces and applications of the sample organisation
  --argo-cd                  Argo CD in the first cluster; needs redis-server
  --no-rollouts              without Argo Rollouts
  --no-metrics               without metrics-server
  --portal-config FILE       (run, up, connect) write configuration for a portal
  --kubeconfig FILE          (connect) the cluster of this file's current context; several are separated by ${path.delimiter}
  --because TEXT             (connect) why there is no local cluster, for the portal's pages
  --idle-minutes N           (run, up) stop when no test used it for so long
`;

const OPTIONS = {
  state: { type: 'string' },
  samples: { type: 'boolean' },
  'argo-cd': { type: 'boolean' },
  'no-rollouts': { type: 'boolean' },
  'no-metrics': { type: 'boolean' },
  'portal-config': { type: 'string' },
  kubeconfig: { type: 'string' },
  because: { type: 'string' },
  'idle-minutes': { type: 'string' },
  forget: { type: 'boolean' },
  check: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

type Values = ReturnType<typeof parse>['values'];

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new ExpectedError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

function say(message: string): void {
  process.stdout.write(`${message}\n`);
}

/** A signal that comes with SIGINT and SIGTERM. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => controller.abort());
  return controller.signal;
}

function runOptions(values: Values, folder: string, count: string): RunOptions {
  const number = Number(count);
  if (!Number.isInteger(number) || number < 1)
    throw new ExpectedError(`${count} is no number of clusters\n\n${USAGE}`);
  const minutes = Number(values['idle-minutes']);
  return {
    folder,
    names: clusterNames(number),
    features: {
      samples: values.samples ?? false,
      argoCd: values['argo-cd'] ?? false,
      rollouts: !values['no-rollouts'],
      metrics: !values['no-metrics'],
    },
    portalConfig: values['portal-config'],
    idleMs: minutes > 0 ? minutes * 60_000 : undefined,
    say,
  };
}

/** Starts `run` on its own and waits until it is up; tells what it does meanwhile. */
async function up(args: string[], folder: string): Promise<void> {
  if (readStatus(folder)?.phase === 'ready') {
    report(folder);
    return;
  }
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const log = fs.openSync(path.join(folder, 'run.log'), 'w', 0o600);
  const child = spawn(
    process.execPath,
    [process.argv[1], 'run', ...args.slice(1)],
    { detached: true, stdio: ['ignore', log, log] },
  );
  child.unref();
  let hasEnded = false;
  child.once('exit', () => (hasEnded = true));
  let last = '';
  for (;;) {
    await sleep(300);
    const status = readStatus(folder);
    if (status?.pid === child.pid) {
      if (status?.message !== last && status?.phase !== 'failed')
        say((last = status?.message ?? ''));
      if (status?.phase === 'ready') break;
    }
    if (hasEnded)
      throw new ExpectedError(
        fs.readFileSync(path.join(folder, 'run.log'), 'utf8').trim(),
      );
  }
  report(folder);
}

function report(folder: string): void {
  const status = readStatus(folder);
  if (!status) {
    say(`nothing was started in ${folder}`);
    return;
  }
  say(`${status.phase}: ${status.message}`);
  for (const { name, url, kubeconfig, isReady } of status.clusters)
    say(
      `  ${name}  ${url}  ${isReady ? 'ready' : 'not ready'}  KUBECONFIG=${kubeconfig}`,
    );
  if (status.phase === 'ready' && status.argoCd)
    say(`  Argo CD  ${status.argoCd.url}  token in ${status.argoCd.tokenFile}`);
}

/** Stops the control plane of a state folder, if it runs. */
async function down(folder: string, isForgotten: boolean): Promise<void> {
  const pid = readStatus(folder)?.pid;
  const isRunning = () =>
    pid !== undefined &&
    isAlive(pid) &&
    ['building', 'starting', 'ready'].includes(
      readStatus(folder)?.phase ?? 'off',
    );
  if (pid !== undefined && isRunning()) {
    process.kill(pid, 'SIGTERM');
    const until = Date.now() + DOWN_MS;
    while (isAlive(pid) && Date.now() < until) await sleep(100);
    if (isAlive(pid))
      throw new ExpectedError(
        `The control plane (process ${pid}) does not stop.`,
      );
  }
  if (isForgotten && fs.existsSync(folder)) {
    // Argo CD keeps folders that nobody may read.
    await promisify(execFile)('chmod', ['-R', 'u+rwX', folder]);
    fs.rmSync(folder, { recursive: true });
  }
}

/** Configures a portal for clusters that run elsewhere, or tells its pages why there are none. */
function connect(values: Values, folder: string): void {
  const clusters = kubeconfigFiles(values.kubeconfig ?? '').map(
    readPortalKubeconfig,
  );
  if (!values['portal-config'])
    throw new ExpectedError(`connect wants --portal-config\n\n${USAGE}`);
  writePortalConfig(values['portal-config'], clusters, statusFile(folder), {
    helm: localHelm(),
  });
  new StatusWriter(folder).set({
    phase: 'off',
    message: values.because ?? '',
    clusters: [],
  });
  for (const { name, url } of clusters) say(`the portal uses ${name}, ${url}`);
}

/** The command line of `control-plane`. */
export async function main(args: string[]): Promise<void> {
  const { values, positionals } = parse(args);
  const [command, count = '2'] = positionals;
  const folder = path.resolve(values.state ?? DEFAULT_STATE);
  switch (values.help ? 'help' : command) {
    case 'build': {
      if (values.check) {
        process.exitCode = isBuilt() ? 0 : 1;
        break;
      }
      let last = '';
      const signal = interruption();
      await build({
        signal,
        onProgress: progress => {
          const text = progressText(progress);
          if (text !== last) say((last = text));
        },
      });
      say(`the programs are in ${programFolder().bin}`);
      break;
    }
    case 'run':
      await runControlPlane(runOptions(values, folder, count), interruption());
      break;
    case 'up':
      runOptions(values, folder, count);
      await up(args, folder);
      break;
    case 'status':
      report(folder);
      break;
    case 'down':
      await down(folder, values.forget ?? false);
      break;
    case 'connect':
      connect(values, folder);
      break;
    default:
      say(USAGE);
  }
}
