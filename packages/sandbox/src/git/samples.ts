import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { GitServer } from './GitServer';

const run = promisify(execFile);

/** One commit of a sample repository, in `samples/history.json`. */
interface SampleCommit {
  branch: string;
  /** branch that a new one starts from */
  from?: string;
  /** files and directories of `samples/<repository>` that come with it */
  add?: string[];
  /** or a directory of `samples/_layers` whose files are laid over the tree */
  layer?: string;
  message: string;
  /** `Name <address>` */
  author: string;
  /** ISO 8601; fixed, so that commits have the same ids everywhere */
  date: string;
}

/** Where the samples stand. */
// eslint-disable-next-line no-restricted-syntax -- run from its source, never from a bundle
const SAMPLES = path.resolve(__dirname, '../../samples');

/** A file of a sample repository as its newest commit has it on `main`. */
export function sampleFile(repository: string, file: string): string {
  return path.join(SAMPLES, repository, file);
}

/** Text files may say `@GIT_URL@` and `@JENKINS_URL@`. */
export type Placeholders = Record<'GIT_URL' | 'JENKINS_URL', string>;

function fill(directory: string, values: Placeholders): void {
  for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
    const file = path.join(directory, entry.name);
    if (entry.name === '.git') continue;
    if (entry.isDirectory()) fill(file, values);
    else {
      const text = fs.readFileSync(file, 'utf8');
      const filled = text.replace(
        /@(GIT_URL|JENKINS_URL)@/g,
        (_, name: keyof Placeholders) => values[name],
      );
      if (filled !== text) fs.writeFileSync(file, filled);
    }
  }
}

async function commit(
  work: string,
  repository: string,
  entry: SampleCommit,
  values: Placeholders,
): Promise<void> {
  const { branch, from, add = [], layer, message, author, date } = entry;
  const [, name, email] = /^(.*) <(.*)>$/.exec(author) ?? [];
  if (!name) throw new Error(`"${author}" is not of the form Name <address>`);
  const env = {
    PATH: process.env.PATH,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
    GIT_COMMITTER_DATE: date,
  };
  const git = (...args: string[]) => run('git', args, { cwd: work, env });
  if (from) await git('checkout', '--quiet', '-b', branch, from);
  else await git('checkout', '--quiet', '-B', branch);
  const source = sampleFile(repository, '.');
  for (const file of add) {
    fs.cpSync(path.join(source, file), path.join(work, file), {
      recursive: true,
    });
  }
  if (layer) {
    fs.cpSync(path.join(SAMPLES, '_layers', layer), work, { recursive: true });
  }
  fill(work, values);
  await git('add', '--all');
  await git('commit', '--quiet', '-m', message);
}

function readHistory(): Record<string, SampleCommit[]> {
  const file = path.join(SAMPLES, 'history.json');
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

/** Names of the sample repositories. */
export function sampleNames(): string[] {
  return Object.keys(readHistory());
}

/** Creates the repositories of the samples that are not there yet. */
export async function seedSamples(
  server: GitServer,
  values: Placeholders,
): Promise<void> {
  for (const [name, history] of Object.entries(readHistory())) {
    if (server.has(name)) continue;
    const work = fs.mkdtempSync(path.join(os.tmpdir(), 'sample-'));
    try {
      const git = (...args: string[]) => run('git', args, { cwd: work });
      await git('init', '--quiet', '--initial-branch=main', '.');
      for (const entry of history) await commit(work, name, entry, values);
      await server.createRepository(name);
      // Straight into the directory: seeding is no push that starts anything.
      const bare = server.repositoryDirectory(name);
      await git('push', '--quiet', '--all', bare);
    } finally {
      fs.rmSync(work, { recursive: true, force: true });
    }
  }
}
