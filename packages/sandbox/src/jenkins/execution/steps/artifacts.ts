import { copyFile, mkdir, readFile, rm, stat } from 'fs/promises';
import { dirname, join } from 'path';
import { raise } from '../groovy/errors';
import type { Value } from '../groovy/values';
import { selectFiles } from '../runtime/globs';
import {
  flag,
  object,
  requiredText,
  StepCall,
  StepDefinition,
  text,
} from './definition';

async function archive(
  { ctx, log, args }: StepCall,
  artifacts: string,
  excludes: string | undefined,
  allowEmpty: boolean,
): Promise<Value> {
  const cwd = ctx.cwd as string;
  if (
    args.flag('onlyIfSuccessful') &&
    ctx.run.result &&
    ctx.run.result !== 'SUCCESS'
  ) {
    log.line('Skipped archiving because build is not successful');
    return null;
  }
  log.line('Archiving artifacts');
  const files = await selectFiles(cwd, {
    includes: artifacts,
    excludes,
    defaultExcludes: args.flag('defaultExcludes', true),
    caseSensitive: args.flag('caseSensitive', true),
  });
  if (files.length === 0) {
    const message = `No artifacts found that match the file pattern "${artifacts}". Configuration error?`;
    if (!allowEmpty) {
      return raise('hudson.AbortException', message);
    }
    log.line(message);
    return null;
  }
  await ctx.thread.leaf(() =>
    ctx.run.request.services.archiveArtifacts(cwd, files),
  );
  if (args.flag('fingerprint')) {
    log.line('Recording fingerprints');
  }
  return null;
}

/** How much of a report is read, in bytes. */
const MAX_REPORT = 128 * 1024 * 1024;

async function junit({ ctx, log, args, nodeId }: StepCall): Promise<Value> {
  const cwd = ctx.cwd as string;
  const pattern = args.text('testResults');
  log.line('Recording test results');
  const paths = await selectFiles(cwd, { includes: pattern });
  if (paths.length === 0) {
    if (!args.flag('allowEmptyResults')) {
      return raise(
        'hudson.AbortException',
        'No test report files were found. Configuration error?',
      );
    }
    log.line('None of the test reports contained any result');
    return junitSummary(0, 0, 0);
  }
  const files: { path: string; content: string }[] = [];
  for (const path of paths) {
    const full = join(cwd, path);
    if ((await stat(full)).size > MAX_REPORT) {
      raise('hudson.AbortException', `${path} is too large for a test report`);
    }
    files.push({ path, content: await readFile(full, 'utf8') });
  }
  const totals = await ctx.thread.leaf(() =>
    ctx.run.request.services.junit(files),
  );
  if (totals.failed > 0 && !args.flag('skipMarkingBuildUnstable')) {
    ctx.run.setResult('UNSTABLE');
    ctx.run.graph.warn(nodeId, 'UNSTABLE');
  }
  return junitSummary(totals.total, totals.failed, totals.skipped);
}

function junitSummary(total: number, failed: number, skipped: number): Value {
  return new Map<Value, Value>([
    ['totalCount', total],
    ['failCount', failed],
    ['skipCount', skipped],
    ['passCount', total - failed - skipped],
  ]);
}

const STASH_NAME = /^[\w.@$ -]+$/;

async function stash({ ctx, log, args }: StepCall): Promise<Value> {
  const name = args.text('name');
  if (!STASH_NAME.test(name) || /^\.+$/.test(name)) {
    raise(
      'IllegalArgumentException',
      `‘${name}’ is an unsafe name for a stash`,
    );
  }
  const cwd = ctx.cwd as string;
  const files = await selectFiles(cwd, {
    includes: args.optionalText('includes') ?? '**',
    excludes: args.optionalText('excludes'),
    defaultExcludes: args.flag('useDefaultExcludes', true),
  });
  if (files.length === 0 && !args.flag('allowEmpty')) {
    raise('hudson.AbortException', `No files included in stash ‘${name}’`);
  }
  const target = ctx.run.request.services.stashDirectory(name);
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  await copyAll(cwd, target, files);
  log.line(`Stashed ${files.length} file(s)`);
  return null;
}

async function unstash({ ctx, args }: StepCall): Promise<Value> {
  const name = args.text('name');
  const source = ctx.run.request.services.stashDirectory(name);
  try {
    await stat(source);
  } catch {
    return raise('hudson.AbortException', `No such saved stash ‘${name}’`);
  }
  const files = await selectFiles(source, {
    includes: '**',
    defaultExcludes: false,
  });
  await copyAll(source, ctx.cwd as string, files);
  return null;
}

async function copyAll(from: string, to: string, files: readonly string[]) {
  for (const file of files) {
    const target = join(to, file);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(join(from, file), target);
  }
}

/** Steps that keep something of the workspace. */
export const ARTIFACT_STEPS: StepDefinition[] = [
  {
    name: 'archiveArtifacts',
    title: 'Archive the artifacts',
    parameters: {
      artifacts: requiredText,
      allowEmptyArchive: flag,
      caseSensitive: flag,
      defaultExcludes: flag,
      excludes: text,
      fingerprint: flag,
      followSymlinks: flag,
      onlyIfSuccessful: flag,
    },
    needsNode: true,
    async run(call) {
      const { args } = call;
      return archive(
        call,
        args.text('artifacts'),
        args.optionalText('excludes'),
        args.flag('allowEmptyArchive'),
      );
    },
  },
  {
    name: 'archive',
    title: 'Archive artifacts',
    parameters: { includes: requiredText, excludes: text },
    needsNode: true,
    async run(call) {
      const { args } = call;
      return archive(
        call,
        args.text('includes'),
        args.optionalText('excludes'),
        true,
      );
    },
  },
  {
    name: 'junit',
    title: 'Archive JUnit-formatted test results',
    parameters: {
      testResults: requiredText,
      allowEmptyResults: flag,
      checksName: text,
      healthScaleFactor: object,
      keepLongStdio: flag,
      keepProperties: flag,
      keepTestNames: flag,
      skipMarkingBuildUnstable: flag,
      skipOldReports: flag,
      skipPublishingChecks: flag,
      stdioRetention: text,
      testDataPublishers: object,
    },
    needsNode: true,
    run: junit,
  },
  {
    name: 'stash',
    title: 'Stash some files to be used later in the build',
    parameters: {
      name: requiredText,
      allowEmpty: flag,
      excludes: text,
      includes: text,
      useDefaultExcludes: flag,
    },
    needsNode: true,
    run: stash,
  },
  {
    name: 'unstash',
    title: 'Restore files previously stashed',
    parameters: { name: requiredText },
    needsNode: true,
    run: unstash,
  },
];
