import { randomBytes } from 'node:crypto';
import * as path from 'node:path';
import { readJsonFile, writeFileAtomic } from './jenkins/model/files';

/** Secrets of one state directory; made at random when it is new, never in the source. */
interface Secrets {
  /** API token of the service account */
  token: string;
  /** people who can sign in to Jenkins with a password: user → password */
  passwords: Record<string, string>;
  gitPassword: string;
  controlToken: string;
  eventToken: string;
}

/** Where the sandbox is and what opens it; written as `credentials.json` once it listens. Addresses end without a slash. */
export interface SandboxCredentials {
  jenkins: {
    url: string;
    /** the service account that the portal uses */
    user: string;
    token: string;
    passwords: Record<string, string>;
  };
  git: { url: string; user: string; password: string };
  /** bearer token of the control API (faults, seeding, event receiver) */
  controlToken: string;
  /** sent with every event */
  eventToken: string;
}

export const SERVICE_ACCOUNT = 'amamba';
export const GIT_USER = 'sandbox';

/** Roles of the people of the stand-in; each makes another answer of Jenkins come up. */
export const PEOPLE = {
  admin: 'admin',
  ann: 'developer',
  ben: 'reader',
  cleo: 'discoverer',
  stranger: 'stranger',
} as const;

/** Reads the secrets of a state directory, or makes them (readable by their owner only). */
export function loadSecrets(stateDirectory: string): Secrets {
  const file = path.join(stateDirectory, 'secrets.json');
  const known = readJsonFile<Secrets>(file);
  if (known) return known;
  const secret = () => randomBytes(17).toString('hex');
  const made: Secrets = {
    token: secret(),
    passwords: Object.fromEntries(
      Object.keys(PEOPLE).map(name => [name, secret()]),
    ),
    gitPassword: secret(),
    controlToken: secret(),
    eventToken: secret(),
  };
  writeFileAtomic(file, JSON.stringify(made, null, 2));
  return made;
}

/** Writes `credentials.json` for who starts the portal. */
export function writeCredentials(
  stateDirectory: string,
  credentials: SandboxCredentials,
): void {
  writeFileAtomic(
    path.join(stateDirectory, 'credentials.json'),
    `${JSON.stringify(credentials, null, 2)}\n`,
  );
}
