/**
 * `node scripts/run.mjs e2e [Playwright's arguments]`: the browser tests against the built portal and a sandbox of
 * their own, on free ports and with empty state. With AMAMBA_E2E_URL set they run against that portal instead, for
 * instance one of `npm start`: AMAMBA_E2E_URL=http://localhost:3000.
 */
import { rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { unpackBuiltPortal } from '../lib/builtPortal.mjs';
import { configOptions } from '../lib/config.mjs';
import {
  chooseClusters,
  CLUSTER_GRACE_MS,
  startClusters,
  whenReady,
} from '../lib/controlPlane.mjs';
import { cache, root } from '../lib/paths.mjs';
import { freePort, waitForHttp } from '../lib/ports.mjs';
import {
  createLog,
  expectedError,
  run,
  say,
  startGroup,
} from '../lib/process.mjs';
import {
  portalEnvironment,
  startSandbox,
  startSeeding,
  startSeedingNamespaces,
} from '../lib/sandbox.mjs';
import { findChromium } from '../lib/system.mjs';

const PORTAL_TIMEOUT_MS = 120_000;
/** They may have to be compiled first. */
const CLUSTERS_TIMEOUT_MS = 40 * 60_000;
const isCi = Boolean(process.env.CI) && process.env.CI !== 'false';

export async function main(args) {
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  const chromium = findChromium();
  if (!chromium)
    throw expectedError(
      'There is no Chromium: install Debian\'s package "chromium", or set CHROMIUM to its path.',
    );
  const environment = { ...process.env, AMAMBA_E2E_CHROMIUM: chromium };
  if (process.env.AMAMBA_E2E_URL)
    return run('playwright', ['test', ...args], {
      cwd: root,
      env: environment,
    });

  const running = await startPortal();
  try {
    return await run('playwright', ['test', ...args], {
      cwd: root,
      env: { ...environment, ...running.environment },
    });
  } finally {
    await running.stop();
  }
}

/** Starts the sandbox and the built portal; resolves when the portal is ready. */
async function startPortal() {
  const folder = join(cache, 'e2e');
  rmSync(folder, { recursive: true, force: true });
  const groups = [];
  const stop = () =>
    Promise.all(groups.map(group => group.stop({ graceMs: CLUSTER_GRACE_MS })));
  const add = name => group => {
    groups.push(group);
    createLog(join(folder, `${name}.log`), group.child);
  };
  try {
    const clusters = await startE2eClusters(join(folder, 'clusters'), add);
    const port = await freePort();
    // Addresses of the browser; the sandbox and this script go by the loopback address, which needs no look-up.
    const url = `http://localhost:${port}`;
    const backendUrl = `http://127.0.0.1:${port}`;
    const sandbox = await startSandbox({
      folder: join(folder, 'sandbox'),
      jenkinsPort: await freePort(),
      gitPort: await freePort(),
      backendUrl,
      onStart: add('sandbox'),
    });
    const environment = portalEnvironment({
      databaseFolder: join(folder, 'database'),
      sandbox,
    });
    const portal = startGroup(
      process.execPath,
      [
        '.',
        ...configOptions({ withLocal: false, generated: clusters.configFile }),
      ],
      {
        cwd: await unpackBuiltPortal(),
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          ...environment,
          APP_CONFIG_app_baseUrl: JSON.stringify(url),
          APP_CONFIG_backend_baseUrl: JSON.stringify(url),
          APP_CONFIG_backend_listen_port: String(port),
          APP_CONFIG_backend_cors_origin: JSON.stringify(url),
        },
      },
    );
    add('portal')(portal);
    const isUp = await waitForHttp(
      `${backendUrl}/.backstage/health/v1/readiness`,
      {
        timeoutMs: PORTAL_TIMEOUT_MS,
        ended: portal.exited,
      },
    );
    if (!isUp)
      throw expectedError(
        'The built portal did not get ready; .cache/e2e/portal.log says why.',
      );
    const seeding = startSeeding({ backendUrl, environment });
    add('seeding')(seeding);
    if ((await seeding.exited).code !== 0) {
      throw expectedError(
        'The sample pipelines could not be created; .cache/e2e/seeding.log says why.',
      );
    }
    if (clusters.names) {
      const namespaces = startSeedingNamespaces(
        { backendUrl, environment },
        clusters.names,
      );
      add('seeding-namespaces')(namespaces);
      if ((await namespaces.exited).code !== 0)
        throw expectedError(
          'The sample namespaces could not be adopted; .cache/e2e/seeding-namespaces.log says why.',
        );
    }
    say(`the portal is at ${url}; its logs are in .cache/e2e`);
    return {
      stop,
      environment: {
        AMAMBA_E2E_URL: url,
        AMAMBA_E2E_JENKINS_URL: sandbox.jenkins.url,
        AMAMBA_E2E_GIT_URL: sandbox.git.url,
        // Kubeconfig files of the clusters, separated as in PATH; empty where there are none.
        AMAMBA_E2E_KUBECONFIG: clusters.kubeconfig ?? '',
        AMAMBA_E2E_CREDENTIALS: join(folder, 'sandbox/credentials.json'),
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * The clusters of KUBECONFIG, else local ones with samples, as `{ configFile, names, kubeconfig }`. Without either there are none,
 * which in CI is an error.
 */
async function startE2eClusters(folder, add) {
  const kubeconfig = process.env.KUBECONFIG;
  const choice = await chooseClusters({ kubeconfig });
  if (choice.kind === 'none') {
    if (isCi) throw expectedError(`No clusters: ${choice.because}.`);
    say(`without clusters: ${choice.because}`);
  }
  const { configFile, group } = await startClusters({
    folder,
    choice: choice.kind === 'own' ? { kind: 'none' } : choice,
    kubeconfig,
    onStart: add('clusters'),
  });
  if (!group) return { configFile, kubeconfig };
  const status = await whenReady(folder, group, CLUSTERS_TIMEOUT_MS);
  if (!status)
    throw expectedError(
      'The local Kubernetes did not start; .cache/e2e/clusters.log says why.',
    );
  return {
    configFile,
    names: status.clusters.map(({ name }) => name),
    kubeconfig: status.clusters.map(each => each.kubeconfig).join(delimiter),
  };
}
