import * as fs from 'node:fs';
import * as path from 'node:path';
import { build, COST } from './build';
import { CHARTS_PATH, serveControl } from './control';
import { ControlPlane, ControlPlaneFeatures } from './ControlPlane';
import { ExpectedError } from './errors';
import { ControlPlanePlan, makePlan } from './plan';
import { writePortalConfig } from './portalConfig';
import { helmPath, isBuilt } from './programs';
import { progressText } from './progress';
import { isAlive, readStatus, statusFile, StatusWriter } from './status';

/** How a control plane is run. */
export interface RunOptions {
  /** where its data are */
  folder: string;
  /** names of its clusters, one or more */
  names: readonly string[];
  features: ControlPlaneFeatures;
  /** configuration to be written for a portal, before anything runs */
  portalConfig?: string;
  /** stop when nobody touched {@link usedFile} for so long */
  idleMs?: number;
  say: (message: string) => void;
}

const IDLE_CHECK_MS = 5_000;

/** Whoever uses a control plane that stops when it is idle touches this file. */
export const usedFile = (folder: string) => path.join(folder, 'used');

/** Names of the local clusters. */
export const clusterNames = (count: number) =>
  Array.from({ length: count }, (_, index) => `sandbox-${index + 1}`);

function refuseSecond(folder: string): void {
  const status = readStatus(folder);
  if (
    status &&
    ['building', 'starting', 'ready'].includes(status.phase) &&
    status.pid !== process.pid &&
    isAlive(status.pid)
  )
    throw new ExpectedError(
      `A control plane with this state runs already (process ${status.pid}); \`control-plane down\` stops it.`,
    );
}

function configurePortal(plan: ControlPlanePlan, file: string): void {
  writePortalConfig(
    file,
    plan.clusters.map(({ name, url, portalToken, ca }) => ({
      name,
      url,
      token: portalToken,
      ca,
    })),
    statusFile(plan.folder),
    {
      helm: helmPath(),
      charts: `http://127.0.0.1:${plan.ports.control}${CHARTS_PATH}`,
    },
  );
}

/**
 * Builds what is missing, starts the clusters and keeps them until the `signal` comes or nobody uses them. Its status file says how
 * far it is; what goes wrong is in there, too, and thrown.
 */
export async function runControlPlane(
  options: RunOptions,
  signal: AbortSignal,
): Promise<void> {
  const { folder, names, features, portalConfig, idleMs, say } = options;
  refuseSecond(folder);
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const status = new StatusWriter(folder);
  const plan = await makePlan(folder, names);
  const off = plan.clusters.map(({ name, url, kubeconfig }) => ({
    name,
    url,
    kubeconfig,
    isReady: false,
  }));
  status.set({ clusters: off });
  if (portalConfig) configurePortal(plan, portalConfig);
  let controlPlane: ControlPlane | undefined;
  const server = await serveControl({
    plan,
    status,
    controlPlane: () => controlPlane,
  });
  try {
    if (!isBuilt()) say(COST);
    let last = '';
    const programs = await build({
      signal,
      onProgress: progress => {
        const { number, of, name, remainingSeconds } = progress;
        const message = progressText(progress);
        status.set({
          phase: 'building',
          message,
          step: { number, of, name },
          remainingSeconds,
        });
        if (message !== last) say(message);
        last = message;
      },
    });
    controlPlane = new ControlPlane(plan, programs, features, status);
    say(`starting the local Kubernetes (${names.join(', ')}) …`);
    await Promise.race([controlPlane.start(signal), controlPlane.givenUp]);
    say(`the local Kubernetes runs: ${names.join(', ')}`);
    await Promise.race([
      untilDone(folder, signal, idleMs),
      controlPlane.givenUp,
    ]);
    await controlPlane.stop();
    status.set({
      phase: 'stopped',
      message: 'the local Kubernetes is stopped',
      clusters: off,
    });
  } catch (error) {
    await controlPlane?.stop();
    if (signal.aborted) {
      status.set({
        phase: 'stopped',
        message: 'the local Kubernetes is stopped',
        clusters: off,
      });
      return;
    }
    const { message } = error as Error;
    status.set({ phase: 'failed', message, clusters: off });
    throw error;
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

function untilDone(
  folder: string,
  signal: AbortSignal,
  idleMs?: number,
): Promise<void> {
  return new Promise(resolve => {
    const startedMs = Date.now();
    const isIdle = () => {
      if (idleMs === undefined) return false;
      const used = fs.statSync(usedFile(folder), { throwIfNoEntry: false });
      return Date.now() - Math.max(startedMs, used?.mtimeMs ?? 0) > idleMs;
    };
    const timer = setInterval(() => {
      if (!signal.aborted && !isIdle()) return;
      clearInterval(timer);
      resolve();
    }, IDLE_CHECK_MS).unref();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
