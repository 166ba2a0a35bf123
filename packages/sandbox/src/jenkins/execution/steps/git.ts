import { randomBytes } from 'crypto';
import { mkdir, rm, writeFile } from 'fs/promises';
import { join } from 'path';
import { raise, Unsupported } from '../groovy/errors';
import type { Ctx } from '../runtime/context';
import { environmentOf } from '../runtime/environment';
import { LineLog } from '../runtime/log';
import { temporaryFolder } from '../runtime/nodes';
import { runProcess } from '../runtime/process';
import { findCredential } from './credentials';

/** Output of a git command that is kept; more is cut. */
const MAX_OUTPUT = 16 * 1024 * 1024;

/** How git gets at a repository: its environment, and what to remove afterwards. */
export interface GitAccess {
  env: Record<string, string>;
  secrets: string[];
  dispose(): Promise<void>;
}

async function withHelperFile(
  ctx: Ctx,
  content: string,
  mode: number,
): Promise<{ path: string; dispose: () => Promise<void> }> {
  const base = ctx.agent
    ? temporaryFolder(ctx.agent)
    : ctx.run.request.tempDirectory;
  const folder = join(base, `git-${randomBytes(6).toString('hex')}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'helper');
  await writeFile(path, content, { mode });
  return {
    path,
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Prepares git for the credential of this id; secrets never appear in its arguments. */
export async function gitAccess(
  ctx: Ctx,
  credentialsId: string | undefined,
): Promise<GitAccess> {
  const base = {
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'file:git:http:https:ssh',
    GIT_ASKPASS: 'true',
  };
  if (!credentialsId) {
    return { env: base, secrets: [], dispose: async () => {} };
  }
  const found = findCredential(
    ctx,
    credentialsId,
    'usernamePassword',
    'sshUserPrivateKey',
  );
  if (found.kind === 'usernamePassword') {
    const helper = await withHelperFile(
      ctx,
      '#!/bin/sh\ncase "$1" in Username*) printf "%s\\n" "$GIT_USERNAME";; *) printf "%s\\n" "$GIT_PASSWORD";; esac\n',
      0o700,
    );
    return {
      env: {
        ...base,
        GIT_ASKPASS: helper.path,
        GIT_USERNAME: found.username,
        GIT_PASSWORD: found.password,
      },
      secrets: [found.password],
      dispose: helper.dispose,
    };
  }
  const key = await withHelperFile(ctx, found.privateKey, 0o600);
  return {
    env: {
      ...base,
      GIT_SSH_COMMAND: `ssh -i '${key.path}' -l '${found.username.replaceAll("'", '')}' -o BatchMode=yes -o StrictHostKeyChecking=accept-new`,
    },
    secrets: [],
    dispose: key.dispose,
  };
}

/** Refuses what git would read as an option or as a command to run. */
export function checkUrl(url: string): string {
  if (url.startsWith('-') || /^\w+::/.test(url) || url.includes('\n')) {
    raise('hudson.AbortException', `Not a URL of a repository: ${url}`);
  }
  return url;
}

/** Runs git and gives what it wrote to its standard output; the log tells the command and its complaints. */
export async function git(
  ctx: Ctx,
  log: LineLog,
  access: GitAccess,
  cwd: string,
  args: string[],
  { quiet = false }: { quiet?: boolean } = {},
): Promise<string> {
  if (!quiet) {
    log.line(` > git ${args.join(' ')} # timeout=10`);
  }
  const chunks: Buffer[] = [];
  const errors: Buffer[] = [];
  let size = 0;
  const keep = (list: Buffer[]) => (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MAX_OUTPUT) {
      list.push(chunk);
    }
  };
  const code = await ctx.thread.leaf(signal =>
    runProcess({
      command: 'git',
      args,
      cwd,
      env: { ...environmentOf(ctx), ...access.env },
      signal,
      run: ctx.run,
      onOutput: keep(chunks),
      onError: keep(errors),
    }),
  );
  if (code !== 0) {
    const said = Buffer.concat(errors).toString('utf8').trim();
    raise(
      'hudson.plugins.git.GitException',
      `Command "git ${args.join(' ')}" returned status code ${code}:\nstdout: \nstderr: ${said}`,
    );
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** One file of the pipeline's own repository, as `readTrusted` and `load` by name need it. */
export async function readFromRepository(
  ctx: Ctx,
  log: LineLog,
  path: string,
): Promise<string> {
  const { scm, tempDirectory } = ctx.run.request;
  if (!scm) {
    throw new Unsupported('readTrusted without a repository');
  }
  const access = await gitAccess(ctx, scm.credentialsId);
  const folder = join(
    tempDirectory,
    `trusted-${randomBytes(6).toString('hex')}`,
  );
  await mkdir(folder, { recursive: true });
  try {
    const quiet = { quiet: true };
    await git(ctx, log, access, folder, ['init', '-q'], quiet);
    const branch = scm.branch.replace(/^\*\//, '');
    await git(
      ctx,
      log,
      access,
      folder,
      ['fetch', '-q', '--depth', '1', '--', checkUrl(scm.url), branch],
      quiet,
    );
    return await git(
      ctx,
      log,
      access,
      folder,
      ['show', `FETCH_HEAD:${path.replace(/^\.?\/+/, '')}`],
      quiet,
    );
  } finally {
    await access.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}
