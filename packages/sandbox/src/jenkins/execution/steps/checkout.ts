import { existsSync } from 'fs';
import { mkdir, readdir } from 'fs/promises';
import { join } from 'path';
import { raise, Unsupported } from '../groovy/errors';
import { GroovyMap, toText, Value } from '../groovy/values';
import type { Ctx } from '../runtime/context';
import { ScmObject } from '../runtime/globals';
import { LineLog } from '../runtime/log';
import type { ChangeSetEntry } from '../types';
import {
  flag,
  requiredObject,
  requiredText,
  StepDefinition,
  text,
} from './definition';
import { checkUrl, git, gitAccess, GitAccess, readFromRepository } from './git';
import { Symbolic } from './symbols';

/** What is to be checked out, and where. */
interface CheckoutPlan {
  url: string;
  /** as in a job's configuration: a star and a slash before the name, a bare name, a ref, a tag or a commit */
  branch: string;
  credentialsId: string | undefined;
  /** folder below the current one */
  subfolder?: string;
  /** also create a local branch of this name */
  localBranch?: string;
  clean: boolean;
  changelog: boolean;
}

/** Commits of one changelog; more are cut. */
const MAX_CHANGES = 1024;

async function resolveRevision(
  call: (args: string[]) => Promise<string>,
  branch: string,
): Promise<{ sha: string; name: string }> {
  const bare = branch
    .replace(/^refs\/heads\//, '')
    .replace(/^\*\*?\//, '')
    .replace(/^(?:refs\/remotes\/)?origin\//, '');
  const candidates = /^[0-9a-f]{7,40}$/.test(bare)
    ? [bare, `refs/remotes/origin/${bare}`]
    : [`refs/remotes/origin/${bare}`, branch, `refs/tags/${bare}`, bare];
  for (const candidate of candidates) {
    if (candidate.startsWith('-')) {
      continue;
    }
    try {
      const sha = await call([
        'rev-parse',
        '--verify',
        '-q',
        `${candidate}^{commit}`,
      ]);
      const local = candidate.startsWith('refs/remotes/origin/');
      return { sha: sha.trim(), name: local ? `origin/${bare}` : 'detached' };
    } catch {
      // The next form may exist.
    }
  }
  return raise(
    'hudson.AbortException',
    `Couldn't find any revision to build. Verify the repository and branch configuration for this job.`,
  );
}

/** Commits since another one, newest first, in the form of Jenkins' changelog. */
async function changesSince(
  call: (args: string[]) => Promise<string>,
  before: string,
  sha: string,
): Promise<ChangeSetEntry[]> {
  const format = '%x1e%H%x1f%ct%x1f%an%x1f%B%x1f';
  const out = await call([
    'log',
    `--max-count=${MAX_CHANGES}`,
    '--name-status',
    '--no-renames',
    '-z',
    `--format=${format}`,
    `${before}..${sha}`,
  ]);
  return out
    .split('\x1e')
    .slice(1)
    .map(record => {
      const [commitId, seconds, author, message, files = ''] =
        record.split('\x1f');
      const words = files
        .split('\0')
        .map(word => word.trim())
        .filter(Boolean);
      const paths: ChangeSetEntry['paths'] = [];
      for (let i = 0; i + 1 < words.length; i += 2) {
        const editType =
          ({ A: 'add', D: 'delete' } as const)[words[i][0] as 'A'] ?? 'edit';
        paths.push({ editType, file: words[i + 1] });
      }
      return {
        commitId,
        message: message.trim(),
        author,
        timestamp: Number(seconds) * 1000,
        paths,
      };
    });
}

async function fetchInto(
  ctx: Ctx,
  log: LineLog,
  access: GitAccess,
  folder: string,
  plan: CheckoutPlan,
): Promise<void> {
  const at = (args: string[]) => git(ctx, log, access, folder, args);
  const url = checkUrl(plan.url);
  if (existsSync(join(folder, '.git'))) {
    log.line('Fetching changes from the remote Git repository');
    await at(['config', 'remote.origin.url', url]);
  } else {
    log.line('Cloning the remote Git repository');
    log.line(`Cloning repository ${url}`);
    await mkdir(folder, { recursive: true });
    if ((await readdir(folder)).length > 0) {
      log.line('The workspace is not empty: its files stay');
    }
    await at(['init', '.']);
    await at(['config', 'remote.origin.url', url]);
  }
  await at([
    'fetch',
    '--tags',
    '--force',
    '--progress',
    '--',
    url,
    '+refs/heads/*:refs/remotes/origin/*',
  ]);
}

/** Checks a repository out and gives the variables that Jenkins' git plugin sets. */
export async function checkOut(
  ctx: Ctx,
  log: LineLog,
  plan: CheckoutPlan,
): Promise<Record<string, string>> {
  const access = await gitAccess(ctx, plan.credentialsId);
  const own: Ctx = { ...ctx, secrets: [...ctx.secrets, ...access.secrets] };
  try {
    const { services } = ctx.run.request;
    const folder = join(ctx.cwd as string, plan.subfolder ?? '.');
    log.line(
      plan.credentialsId
        ? `using credential ${plan.credentialsId}`
        : 'No credentials specified',
    );
    await fetchInto(own, log, access, folder, plan);
    const quietly = (args: string[]) =>
      git(own, log, access, folder, args, { quiet: true });
    const { sha, name } = await resolveRevision(quietly, plan.branch);
    log.line(`Checking out Revision ${sha} (${name})`);
    if (plan.clean) {
      await quietly(['clean', '-fdx']);
    }
    await git(own, log, access, folder, ['checkout', '-f', sha]);
    if (plan.localBranch) {
      await quietly(['checkout', '-f', '-B', plan.localBranch, sha]);
    }
    const subject = await quietly(['log', '-1', '--format=%s', sha]);
    log.line(`Commit message: "${subject.trim()}"`);
    const previous = plan.changelog
      ? services.previousCommit(plan.url)
      : undefined;
    let changes: ChangeSetEntry[] = [];
    if (previous && previous !== sha) {
      changes = await changesSince(quietly, previous, sha).catch(() => []);
    } else if (!previous) {
      log.line('First time build. Skipping changelog.');
    }
    ctx.run.changes.push(...changes);
    const branch = name === 'detached' ? plan.branch : name;
    services.checkedOut({ url: plan.url, branch, commit: sha, changes });
    return {
      GIT_BRANCH: branch,
      GIT_COMMIT: sha,
      GIT_URL: plan.url,
      ...(plan.localBranch ? { GIT_LOCAL_BRANCH: plan.localBranch } : {}),
      ...(previous
        ? {
            GIT_PREVIOUS_COMMIT: previous,
            GIT_PREVIOUS_SUCCESSFUL_COMMIT: previous,
          }
        : {}),
    };
  } finally {
    await access.dispose();
  }
}

/** The plan behind `scm`. */
export function ownPlan(ctx: Ctx): CheckoutPlan {
  const { scm } = ctx.run.request;
  if (!scm) {
    return raise(
      'hudson.AbortException',
      '‘checkout scm’ is only available when using “Multibranch Pipeline” or “Pipeline script from SCM”',
    );
  }
  return {
    url: scm.url,
    branch: scm.branch,
    credentialsId: scm.credentialsId,
    localBranch: scm.localBranch,
    clean: false,
    changelog: true,
  };
}

function applyExtension(plan: CheckoutPlan, extension: Value): void {
  const named = extension instanceof Symbolic ? extension.args : extension;
  const name =
    extension instanceof Symbolic
      ? extension.symbol
      : toText(
          named instanceof Map ? (named.get('$class') ?? null) : null,
        ).replace(/^.*\./, '');
  const arg = (key: string) =>
    named instanceof Map && named.get(key)
      ? toText(named.get(key) ?? '')
      : undefined;
  switch (name) {
    case 'RelativeTargetDirectory':
      plan.subfolder = arg('relativeTargetDir');
      return;
    case 'LocalBranch':
      plan.localBranch = arg('localBranch') ?? plan.branch.replace(/^.*\//, '');
      return;
    case 'CleanBeforeCheckout':
    case 'CleanCheckout':
    case 'WipeWorkspace':
      plan.clean = true;
      return;
    case 'CloneOption':
    case 'CheckoutOption':
    case 'PruneStaleBranch':
      return;
    default:
      throw new Unsupported(`the git extension ${name}`);
  }
}

function firstOf(value: Value | undefined): GroovyMap | undefined {
  const item = Array.isArray(value) ? value[0] : value;
  return item instanceof Map ? item : undefined;
}

function planOf(ctx: Ctx, scm: Value): CheckoutPlan {
  if (scm instanceof ScmObject) {
    return ownPlan(ctx);
  }
  const named = scm instanceof Symbolic ? scm.args : scm;
  const kind =
    scm instanceof Symbolic
      ? scm.symbol
      : toText(
          named instanceof Map ? (named.get('$class') ?? null) : null,
        ).replace(/^.*\./, '');
  if (!(named instanceof Map) || !['GitSCM', 'scmGit', 'git'].includes(kind)) {
    throw new Unsupported(`checkout of ${kind}`);
  }
  const remote = firstOf(named.get('userRemoteConfigs')) ?? named;
  const branch =
    firstOf(named.get('branches'))?.get('name') ?? named.get('branch');
  const credentialsId = remote.get('credentialsId');
  const plan: CheckoutPlan = {
    url: toText(
      remote.get('url') ??
        raise('hudson.AbortException', 'No Git repository URL given'),
    ),
    branch: toText(branch ?? '*/master'),
    credentialsId: credentialsId ? toText(credentialsId) : undefined,
    clean: false,
    changelog: true,
  };
  const extensions = named.get('extensions');
  for (const extension of Array.isArray(extensions) ? extensions : []) {
    applyExtension(plan, extension);
  }
  return plan;
}

const asMap = (env: Record<string, string>): Value =>
  new Map<Value, Value>(Object.entries(env));

export const CHECKOUT_STEPS: StepDefinition[] = [
  {
    name: 'checkout',
    title: 'Check out from version control',
    parameters: { scm: requiredObject, changelog: flag, poll: flag },
    needsNode: true,
    async run({ ctx, args, log }) {
      const plan = planOf(ctx, args.value('scm'));
      plan.changelog = args.flag('changelog', true);
      return asMap(await checkOut(ctx, log, plan));
    },
  },
  {
    name: 'git',
    title: 'Git',
    parameters: {
      url: requiredText,
      branch: text,
      changelog: flag,
      credentialsId: text,
      poll: flag,
    },
    needsNode: true,
    async run({ ctx, args, log }) {
      const branch = args.optionalText('branch') ?? 'master';
      return asMap(
        await checkOut(ctx, log, {
          url: args.text('url'),
          branch: `*/${branch}`,
          localBranch: branch,
          credentialsId: args.optionalText('credentialsId') || undefined,
          clean: false,
          changelog: args.flag('changelog', true),
        }),
      );
    },
  },
  {
    name: 'readTrusted',
    title: 'Read trusted file from SCM',
    parameters: { path: requiredText },
    async run({ ctx, args, log }) {
      return readFromRepository(ctx, log, args.text('path'));
    },
  },
];
