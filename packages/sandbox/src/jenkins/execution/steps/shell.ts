import { randomBytes } from 'crypto';
import { mkdir, rm, writeFile } from 'fs/promises';
import { join } from 'path';
import { raise } from '../groovy/errors';
import type { Value } from '../groovy/values';
import type { Agent } from '../runtime/context';
import { environmentOf } from '../runtime/environment';
import { temporaryFolder } from '../runtime/nodes';
import { runProcess } from '../runtime/process';
import {
  flag,
  requiredText,
  StepCall,
  StepDefinition,
  text,
} from './definition';

/** What a script may return through `returnStdout`, in bytes. */
const MAX_CAPTURED = 64 * 1024 * 1024;

/** `sh`: the script in a file of its own, run as Jenkins runs it: `sh -xe`, or by its `#!`. */
async function shell({ ctx, args, log, nodeId }: StepCall): Promise<Value> {
  const script = args.text('script');
  const label = args.optionalText('label');
  if (label) {
    ctx.run.graph.describe(nodeId, label);
  }
  const folder = join(
    temporaryFolder(ctx.agent as Agent),
    `durable-${randomBytes(4).toString('hex')}`,
  );
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'script.sh.copy');
  const ownInterpreter = script.startsWith('#!');
  await writeFile(file, script, { mode: ownInterpreter ? 0o700 : 0o600 });
  const cwd = ctx.cwd as string;
  await mkdir(cwd, { recursive: true });
  const captured: Buffer[] = [];
  let size = 0;
  const capture = (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MAX_CAPTURED) {
      captured.push(chunk);
    }
  };
  const returnStdout = args.flag('returnStdout');
  try {
    const code = await ctx.thread.leaf(signal => {
      signal.addEventListener('abort', () =>
        log.line('Sending interrupt signal to process'),
      );
      return runProcess({
        command: ownInterpreter ? file : '/bin/sh',
        args: ownInterpreter ? [] : ['-xe', file],
        cwd,
        env: environmentOf(ctx),
        signal,
        run: ctx.run,
        onOutput: returnStdout ? capture : chunk => log.write(chunk),
        onError: returnStdout ? chunk => log.write(chunk) : undefined,
      });
    });
    if (args.flag('returnStatus')) {
      return code;
    }
    if (code !== 0) {
      raise('hudson.AbortException', `script returned exit code ${code}`);
    }
    if (size > MAX_CAPTURED) {
      raise(
        'hudson.AbortException',
        `returnStdout: the script wrote more than ${MAX_CAPTURED} bytes`,
      );
    }
    return returnStdout ? Buffer.concat(captured).toString('utf8') : null;
  } finally {
    log.end();
    await rm(folder, { recursive: true, force: true });
  }
}

const SCRIPT = {
  script: requiredText,
  encoding: text,
  label: text,
  returnStatus: flag,
  returnStdout: flag,
};

/** A step that only Windows has. */
function windowsOnly(name: string, title: string): StepDefinition {
  return {
    name,
    title,
    parameters: SCRIPT,
    needsNode: true,
    async run() {
      return raise(
        'hudson.AbortException',
        name === 'bat'
          ? 'Batch scripts can only be run on Windows nodes'
          : 'Could not find powershell on this node',
      );
    },
  };
}

export const SHELL_STEPS: StepDefinition[] = [
  {
    name: 'sh',
    title: 'Shell Script',
    parameters: SCRIPT,
    needsNode: true,
    run: shell,
  },
  windowsOnly('bat', 'Windows Batch Script'),
  windowsOnly('powershell', 'Windows PowerShell Script'),
];
