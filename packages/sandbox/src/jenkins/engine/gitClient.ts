import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import type {
  BuildParameter,
  Credential,
  ScmBinding,
} from '../execution/types';

const SHA = /^[0-9a-f]{40}$/;
const MAX_OUTPUT = 16 * 1024 * 1024;

/** A repository could not be read; the message is what git said. */
export class GitError extends Error {}

/**
 * Environment that hands a credential to git without it standing on a command line, and lets git ask nobody.
 */
export function gitEnvironment(credential?: Credential): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
  };
  if (credential?.kind === 'usernamePassword') {
    const { username, password } = credential;
    const basic = Buffer.from(`${username}:${password}`).toString('base64');
    env.GIT_CONFIG_COUNT = '1';
    env.GIT_CONFIG_KEY_0 = 'http.extraHeader';
    env.GIT_CONFIG_VALUE_0 = `Authorization: Basic ${basic}`;
  }
  return env;
}

/** Runs git and gives what it wrote. @throws GitError */
export function runGit(
  args: string[],
  options: { cwd?: string; credential?: Credential; signal?: AbortSignal } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      'git',
      args,
      {
        cwd: options.cwd,
        env: gitEnvironment(options.credential),
        signal: options.signal,
        maxBuffer: MAX_OUTPUT,
      },
      (error, stdout, stderr) => {
        if (error) reject(new GitError(stderr.trim() || error.message));
        else resolve(stdout);
      },
    );
  });
}

/** Replaces `$NAME` and `${NAME}` by the run's parameters, as the git plugin does in a branch specifier. */
export function expandBranch(
  branch: string,
  parameters: BuildParameter[],
): string {
  return branch.replace(
    /\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g,
    (whole, braced?: string, bare?: string) => {
      const found = parameters.find(({ name }) => name === (braced ?? bare));
      return found ? String(found.value) : whole;
    },
  );
}

/** The refs of a remote repository and where its HEAD points. */
async function remoteRefs(
  url: string,
  credential?: Credential,
): Promise<Map<string, string>> {
  // "--": a URL from a config.xml must not become an option.
  const listing = await runGit(['ls-remote', '--', url], { credential });
  const refs = listing
    .split('\n')
    .map(line => line.split('\t'))
    .filter(([sha, ref]) => SHA.test(sha) && ref);
  return new Map(refs.map(([sha, ref]) => [ref, sha]));
}

/**
 * The commit that a branch specifier means now, or undefined when the repository has no such branch. A remote name in
 * front (`origin/main`, `* /main` without the blank) is ignored; `**` is the default branch.
 */
export async function resolveBranch(
  scm: ScmBinding,
  credential?: Credential,
): Promise<{ commit: string; ref: string } | undefined> {
  const spec = scm.branch.trim();
  if (SHA.test(spec)) return { commit: spec, ref: spec };
  const refs = await remoteRefs(scm.url, credential);
  const short = spec.replace(/^(\*|origin)\//, '');
  const candidates = /^\*{1,2}$/.test(short)
    ? ['HEAD']
    : [spec, `refs/heads/${short}`, `refs/heads/${spec}`, `refs/tags/${short}`];
  for (const ref of candidates) {
    const commit = refs.get(ref);
    if (commit) return { commit, ref };
  }
  return undefined;
}

/**
 * Reads one file of a repository at a branch or commit through a bare clone kept in `cacheDirectory`.
 * @throws GitError when the repository, the branch or the file is not there
 */
export async function readFileFromGit(options: {
  scm: ScmBinding;
  file: string;
  cacheDirectory: string;
  credential?: Credential;
  signal?: AbortSignal;
}): Promise<{ content: string; commit: string }> {
  const { scm, file, cacheDirectory, credential, signal } = options;
  const revision = await resolveBranch(scm, credential);
  if (!revision) {
    throw new GitError(`Couldn't find any revision to build: ${scm.branch}`);
  }
  const cwd = cacheDirectory;
  if (!fs.existsSync(`${cwd}/HEAD`)) {
    fs.mkdirSync(cwd, { recursive: true });
    await runGit(['init', '--quiet', '--bare', '.'], { cwd, signal });
  }
  const fetched = ['+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*'];
  await runGit(['fetch', '--quiet', '--prune', '--', scm.url, ...fetched], {
    cwd,
    credential,
    signal,
  });
  const content = await runGit(['show', `${revision.commit}:${file}`], {
    cwd,
    signal,
  });
  return { content, commit: revision.commit };
}
