import { mkdir, readdir, readFile, rm, stat, writeFile } from 'fs/promises';
import { dirname, isAbsolute, join, resolve } from 'path';
import { raise, Unsupported } from '../groovy/errors';
import type { Ctx } from '../runtime/context';
import { selectFiles } from '../runtime/globs';
import { temporaryFolder } from '../runtime/nodes';
import { flag, object, requiredText, StepDefinition, text } from './definition';
import { describeFiles } from './fileInfo';

/** A path of a step, from the current directory. */
export function pathIn(ctx: Ctx, path: string): string {
  const cwd = ctx.cwd ?? '/';
  return isAbsolute(path) ? path : resolve(cwd, path);
}

/** What can be read into the script at once, in bytes. */
const MAX_READ = 64 * 1024 * 1024;

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}

function encodingOf(name: string | undefined): BufferEncoding {
  switch (name?.toLowerCase()) {
    case 'base64':
      return 'base64';
    case 'iso-8859-1':
    case 'us-ascii':
      return 'latin1';
    case 'utf-16le':
      return 'utf16le';
    default:
      return 'utf8';
  }
}

export const FILE_STEPS: StepDefinition[] = [
  {
    name: 'dir',
    title: 'Change current directory',
    parameters: { path: requiredText },
    block: true,
    needsNode: true,
    async run({ ctx, args, log, body }) {
      const cwd = pathIn(ctx, args.text('path'));
      log.line(`Running in ${cwd}`);
      log.end();
      return body({ ...ctx, cwd });
    },
  },
  {
    name: 'pwd',
    title: 'Determine current directory',
    parameters: { tmp: flag },
    needsNode: true,
    async run({ ctx, args }) {
      return args.flag('tmp') && ctx.agent
        ? temporaryFolder(ctx.agent)
        : (ctx.cwd ?? null);
    },
  },
  {
    name: 'deleteDir',
    title: 'Recursively delete the current directory from the workspace',
    parameters: {},
    needsNode: true,
    async run({ ctx }) {
      await rm(ctx.cwd as string, { recursive: true, force: true });
      return null;
    },
  },
  {
    name: 'readFile',
    title: 'Read file from workspace',
    parameters: { file: requiredText, encoding: text },
    needsNode: true,
    async run({ ctx, args }) {
      const path = pathIn(ctx, args.text('file'));
      if (!(await exists(path))) {
        raise('java.nio.file.NoSuchFileException', path);
      }
      if ((await stat(path)).size > MAX_READ) {
        raise('java.lang.OutOfMemoryError', `${path} is too large to be read`);
      }
      return readFile(path, encodingOf(args.optionalText('encoding')));
    },
  },
  {
    name: 'writeFile',
    title: 'Write file to workspace',
    parameters: { file: requiredText, text: requiredText, encoding: text },
    describedBy: 'file',
    needsNode: true,
    async run({ ctx, args }) {
      const path = pathIn(ctx, args.text('file'));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(
        path,
        args.text('text'),
        encodingOf(args.optionalText('encoding')),
      );
      return null;
    },
  },
  {
    name: 'touch',
    title:
      'Create a file (if not already exist) in the workspace, and set the timestamp',
    parameters: { file: requiredText, timestamp: object },
    needsNode: true,
    async run({ ctx, args }) {
      const path = pathIn(ctx, args.text('file'));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, '', { flag: 'a' });
      return null;
    },
  },
  {
    name: 'fileExists',
    title: 'Verify if file exists in workspace',
    parameters: { file: requiredText },
    needsNode: true,
    async run({ ctx, args }) {
      return exists(pathIn(ctx, args.text('file')));
    },
  },
  {
    name: 'findFiles',
    title: 'Find files in the workspace',
    parameters: { glob: text, excludes: text },
    describedBy: 'glob',
    needsNode: true,
    async run({ ctx, args }) {
      const cwd = ctx.cwd as string;
      const glob = args.optionalText('glob');
      const paths = glob
        ? await selectFiles(cwd, {
            includes: glob,
            excludes: args.optionalText('excludes'),
            defaultExcludes: false,
          })
        : await readdir(cwd);
      return describeFiles(cwd, paths);
    },
  },
  {
    name: 'cleanWs',
    title: 'Delete workspace when build is done',
    parameters: {
      cleanWhenAborted: flag,
      cleanWhenFailure: flag,
      cleanWhenNotBuilt: flag,
      cleanWhenSuccess: flag,
      cleanWhenUnstable: flag,
      cleanupMatrixParent: flag,
      deleteDirs: flag,
      disableDeferredWipeout: flag,
      notFailBuild: flag,
      patterns: object,
      skipWhenFailed: flag,
      externalDelete: text,
    },
    needsNode: true,
    async run({ ctx, log, args }) {
      if (args.has('patterns')) {
        throw new Unsupported('cleanWs with patterns');
      }
      const cwd = ctx.cwd as string;
      log.line('[WS-CLEANUP] Deleting project workspace...');
      for (const name of await readdir(cwd).catch(() => [])) {
        await rm(join(cwd, name), { recursive: true, force: true });
      }
      log.line('[WS-CLEANUP] done');
      return null;
    },
  },
];
