/** Starts packages/sandbox (Git and Jenkins) for the portal, and says how the two reach each other. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './paths.mjs';
import { waitFor } from './ports.mjs';
import { expectedError, startGroup } from './process.mjs';

const START_TIMEOUT_MS = 60_000;
/** The id of the sandbox's Jenkins in app-config.sandbox.yaml. */
const ENGINE = 'ci';

/** A program of packages/sandbox, with its output to be read. */
function startScript(name, args, env) {
  return startGroup(
    process.execPath,
    [inRoot('packages/sandbox/scripts', name), ...args],
    {
      cwd: inRoot('packages/sandbox'),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    },
  );
}

/**
 * Starts the sandbox with its state in `folder`; it sends Jenkins' events to the backend at `backendUrl`. `onStart` gets its
 * group, whose output has to be read. Resolves when it is up, with what it wrote to `credentials.json`: where Jenkins and
 * Git are, and what opens them.
 */
export async function startSandbox({
  folder,
  jenkinsPort,
  gitPort,
  backendUrl,
  onStart,
}) {
  mkdirSync(folder, { recursive: true });
  const credentialsFile = join(folder, 'credentials.json');
  rmSync(credentialsFile, { force: true });
  const group = startScript('start.js', [
    ...['--state', folder],
    ...['--jenkins-port', String(jenkinsPort)],
    ...['--git-port', String(gitPort)],
    ...[
      '--event-receiver',
      `${backendUrl}/api/amamba/v1/events/jenkins/${ENGINE}`,
    ],
  ]);
  onStart(group);
  const isUp = await waitFor(() => existsSync(credentialsFile), {
    timeoutMs: START_TIMEOUT_MS,
    ended: group.exited,
  });
  if (!isUp)
    throw expectedError('The sandbox did not start; its own words are above.');
  return JSON.parse(readFileSync(credentialsFile, 'utf8'));
}

/** The variables that app-config.sandbox.yaml puts in. Without a sandbox (a real Jenkins is configured) its own are empty. */
export function portalEnvironment({ databaseFolder, sandbox }) {
  mkdirSync(databaseFolder, { recursive: true });
  return {
    NODE_ENV: 'development',
    AMAMBA_SANDBOX_DATABASE: databaseFolder,
    AMAMBA_SANDBOX_PORTAL_TOKEN: randomBytes(24).toString('hex'),
    AMAMBA_SANDBOX_JENKINS_URL: sandbox?.jenkins.url ?? '',
    AMAMBA_SANDBOX_JENKINS_USER: sandbox?.jenkins.user ?? '',
    AMAMBA_SANDBOX_JENKINS_TOKEN: sandbox?.jenkins.token ?? '',
    AMAMBA_SANDBOX_EVENT_TOKEN: sandbox?.eventToken ?? '',
    AMAMBA_SANDBOX_GIT_URL: sandbox?.git.url ?? '',
  };
}

/** What a script that puts samples into the portal needs to know. */
const seedingEnvironment = ({ backendUrl, environment }) => ({
  SANDBOX_PORTAL_URL: backendUrl,
  SANDBOX_PORTAL_TOKEN: environment.AMAMBA_SANDBOX_PORTAL_TOKEN,
  SANDBOX_GIT_URL: environment.AMAMBA_SANDBOX_GIT_URL,
});

/** Creates the sample pipelines that are missing in the portal whose environment is given. Its `exited` has the exit code. */
export const startSeeding = portal =>
  startScript('seed.js', ['pipelines'], seedingEnvironment(portal));

/** Gives the sample workspaces their namespaces on the local clusters with the given names, which must run. */
export const startSeedingNamespaces = (portal, clusters) =>
  startScript(
    'seed.js',
    ['namespaces', ...clusters],
    seedingEnvironment(portal),
  );
