import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { sampleNames } from './git/samples';
import { startSandbox } from './sandbox';

const DEFAULTS = { jenkins: 7080, git: 7090 };
// eslint-disable-next-line no-restricted-syntax -- run from its source, never from a bundle
const DEFAULT_STATE = path.resolve(__dirname, '../../../.cache/sandbox');

const USAGE = `Starts a Git server and a Jenkins stand-in on 127.0.0.1.

  --state <folder>         where everything is kept (default: .cache/sandbox)
  --jenkins-port <n>       default ${DEFAULTS.jenkins}; 0 takes a free one
  --git-port <n>           default ${DEFAULTS.git}
  --event-receiver <url>   where Jenkins posts its events; the token (env SANDBOX_EVENT_TOKEN, else made
                           at random) stands in credentials.json
`;

function port(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65535) {
    throw new Error(`${text} is no port`);
  }
  return value;
}

/** Starts the sandbox from a terminal and stops it on SIGINT and SIGTERM. */
export async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      state: { type: 'string' },
      'jenkins-port': { type: 'string' },
      'git-port': { type: 'string' },
      'event-receiver': { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const stateDirectory = path.resolve(values.state ?? DEFAULT_STATE);
  const sandbox = await startSandbox({
    stateDirectory,
    jenkinsPort: port(values['jenkins-port'], DEFAULTS.jenkins),
    gitPort: port(values['git-port'], DEFAULTS.git),
    eventReceiver: values['event-receiver'],
    eventToken: process.env.SANDBOX_EVENT_TOKEN || undefined,
  });
  const { jenkinsUrl, gitUrl, credentials } = sandbox;
  const lines = [
    `Jenkins stand-in at ${jenkinsUrl}, service account ${credentials.jenkins.user}`,
    ...sampleNames().map(name => `Git repository at ${gitUrl}/${name}.git`),
    `Users and tokens in ${path.join(stateDirectory, 'credentials.json')}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  const stop = () => void sandbox.stop().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}
