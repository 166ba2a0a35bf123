import * as path from 'node:path';
import {
  GIT_USER,
  loadSecrets,
  PEOPLE,
  SandboxCredentials,
  SERVICE_ACCOUNT,
  writeCredentials,
} from './credentials';
import { GitServer } from './git/GitServer';
import { seedSamples } from './git/samples';
import { startPipeline, StartPipeline } from './jenkins/execution';
import type { AgentOptions } from './jenkins/engine/Agents';
import type { UserOptions } from './jenkins/http/users';
import { JenkinsServer } from './jenkins/JenkinsServer';
import { ensureFolder, seedCredentials } from './jenkins/seed';

export interface SandboxOptions {
  /** everything that outlives the process stands below this directory */
  stateDirectory: string;
  /** 0 (the default) takes a free one */
  jenkinsPort?: number;
  gitPort?: number;
  /** where the event plugin posts; the token is in the credentials unless given here */
  eventReceiver?: string;
  eventToken?: string;
  /** seconds a run waits in the queue by default; Jenkins has 5, here it is 0 */
  quietPeriodSeconds?: number;
  agents?: Partial<AgentOptions>;
  /** users besides the sandbox' own */
  users?: UserOptions[];
  /** repositories that want a user, also to read */
  privateRepositories?: string[];
  /** folders that get the demo credentials of the samples, made when missing */
  seedFolders?: string[];
  /** false: no sample repositories, and no demo credentials for everybody */
  samples?: boolean;
  /** milliseconds that a restart of Jenkins answers 503 */
  restartMs?: number;
  /** what executes pipelines; for tests */
  startPipeline?: StartPipeline;
}

/** A running sandbox. */
export interface Sandbox {
  /** without a trailing slash, as {@link gitUrl} */
  jenkinsUrl: string;
  gitUrl: string;
  credentials: SandboxCredentials;
  jenkins: JenkinsServer;
  git: GitServer;
  stop(): Promise<void>;
}

const withoutSlash = (url: string) => url.replace(/\/$/, '');

/** Starts Git and Jenkins on 127.0.0.1. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { stateDirectory } = options;
  const secrets = loadSecrets(stateDirectory);
  const eventToken = options.eventToken ?? secrets.eventToken;
  const jenkins = await JenkinsServer.start({
    stateDirectory: path.join(stateDirectory, 'jenkins'),
    port: options.jenkinsPort,
    startPipeline: options.startPipeline ?? startPipeline,
    quietPeriodSeconds: options.quietPeriodSeconds ?? 0,
    agents: options.agents,
    restartMs: options.restartMs,
    users: [
      {
        id: SERVICE_ACCOUNT,
        fullName: 'Amamba service account',
        role: 'admin',
        apiTokens: [secrets.token],
      },
      ...Object.entries(PEOPLE).map(([id, role]) => ({
        id,
        role,
        password: secrets.passwords[id],
      })),
      ...(options.users ?? []),
    ],
    events: { receiver: options.eventReceiver, token: eventToken },
    controlToken: secrets.controlToken,
  });
  for (const folder of options.seedFolders ?? []) {
    seedCredentials(jenkins.jenkins, ensureFolder(jenkins.jenkins, folder));
  }
  const git = await GitServer.start({
    directory: path.join(stateDirectory, 'git'),
    port: options.gitPort,
    users: [{ username: GIT_USER, password: secrets.gitPassword }],
    privateRepositories: options.privateRepositories,
    onPush: url => void jenkins.jenkins.triggers.notifyCommit(url),
  });
  if (options.samples !== false) {
    seedCredentials(jenkins.jenkins, jenkins.jenkins.items.root);
    await seedSamples(git, { GIT_URL: git.url, JENKINS_URL: jenkins.url });
  }
  const credentials: SandboxCredentials = {
    jenkins: {
      url: withoutSlash(jenkins.url),
      user: SERVICE_ACCOUNT,
      token: secrets.token,
      passwords: secrets.passwords,
    },
    git: {
      url: withoutSlash(git.url),
      user: GIT_USER,
      password: secrets.gitPassword,
    },
    controlToken: secrets.controlToken,
    eventToken,
  };
  writeCredentials(stateDirectory, credentials);
  return {
    jenkinsUrl: credentials.jenkins.url,
    gitUrl: credentials.git.url,
    credentials,
    jenkins,
    git,
    async stop() {
      await Promise.all([jenkins.stop(), git.stop()]);
    },
  };
}
