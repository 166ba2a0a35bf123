/** Starts packages/sandbox (Git and Jenkins) for the portal, and says how the portal reaches it. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor, waitForPort } from './ports.mjs';
import { inRoot } from './paths.mjs';
import { expectedError, startGroup } from './process.mjs';

const START_TIMEOUT_MS = 60_000;

/**
 * Starts the sandbox with its state in `folder`; `onStart` gets its group, whose output has to be read. Resolves when it
 * listens, with its credentials: where Jenkins and Git are, and the secrets made for this run.
 */
export async function startSandbox({ folder, jenkinsPort, gitPort, onStart }) {
  mkdirSync(folder, { recursive: true });
  const credentialsFile = join(folder, 'credentials.json');
  rmSync(credentialsFile, { force: true });
  const group = startGroup(
    process.execPath,
    [
      inRoot('packages/sandbox/scripts/start.js'),
      ...['--state', folder],
      ...['--jenkins-port', String(jenkinsPort)],
      ...['--git-port', String(gitPort)],
    ],
    { cwd: inRoot('packages/sandbox'), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  onStart(group);
  const wait = { timeoutMs: START_TIMEOUT_MS, ended: group.exited };
  const isUp =
    (await waitFor(() => existsSync(credentialsFile), wait)) &&
    (await waitForPort(jenkinsPort, wait));
  if (!isUp) {
    throw expectedError('The sandbox did not start; its own words are above.');
  }
  return JSON.parse(readFileSync(credentialsFile, 'utf8'));
}

/** The variables that app-config.sandbox.yaml puts in. Without a sandbox (a real Jenkins is configured) its own are empty. */
export function portalEnvironment({ databaseFolder, credentials }) {
  mkdirSync(databaseFolder, { recursive: true });
  return {
    NODE_ENV: 'development',
    AMAMBA_SANDBOX_DATABASE: databaseFolder,
    AMAMBA_SANDBOX_PORTAL_TOKEN: randomBytes(24).toString('hex'),
    AMAMBA_SANDBOX_JENKINS_URL: credentials?.jenkins.url ?? '',
    AMAMBA_SANDBOX_JENKINS_USER: credentials?.jenkins.user ?? '',
    AMAMBA_SANDBOX_JENKINS_TOKEN: credentials?.jenkins.token ?? '',
    AMAMBA_SANDBOX_EVENT_TOKEN: credentials?.eventToken ?? '',
    AMAMBA_SANDBOX_GIT_URL: credentials?.git.url ?? '',
  };
}
