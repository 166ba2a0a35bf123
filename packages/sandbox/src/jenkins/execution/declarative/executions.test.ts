import { execFileSync } from 'child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'fs';
import { chmod } from 'fs/promises';
import { dirname, join } from 'path';
import { corpusPath } from '../testing/corpus';
import {
  runPipelineText,
  RunResult,
  temporary,
  TestAgent,
} from '../testing/harness';
import type { ExecutionRequest, ScmBinding, ToolInstallation } from '../types';

interface Case {
  test: string;
  result: string;
  jenkinsfile: string;
  environment?: Record<string, string>;
  fromRepository?: boolean;
  otherFiles?: Record<string, string>;
  logContains?: string[];
  logNotContains?: string[];
  logContainsInOrder?: string[];
  archives?: Record<string, string>;
}

/** Tests that are switched off upstream: what they ask for contradicts others. */
const IGNORED_UPSTREAM = new Set(['MatrixTest.matrixStagesHaveStatusAndPost']);

const root = corpusPath('jenkins/pipeline-model-definition');

/** The machines of upstream's tests; their labels are named in the Jenkinsfiles. */
function agents(environment: Record<string, string> | undefined): TestAgent[] {
  const main = {
    ONAGENT: 'true',
    WHICH_AGENT: 'first',
    HAS_BACKSLASHES: 'C:\\Windows',
    ...environment,
  };
  const named = (label: string, which: string) => ({
    labels: [label],
    env: { WHICH_AGENT: which, ONAGENT: 'true' },
  });
  return [
    { labels: ['some-label', 'here', 'docker', 'test'], env: main },
    named('other-label', 'second'),
    named('first-agent', 'first agent'),
    named('second-agent', 'second agent'),
    named('linux-agent', 'linux agent'),
    named('windows-agent', 'windows agent'),
    named('mac-agent', 'mac agent'),
  ];
}

/** What upstream's `StepRuntimeTransformerContributor` of that test does: shouts, and waits twice as long. */
const transformStep: ExecutionRequest['transformStep'] = (name, args) => {
  if (name === 'echo' && typeof args.message === 'string') {
    return { ...args, message: args.message.toUpperCase() };
  }
  return name === 'timeout' && typeof args.time === 'number'
    ? { ...args, time: args.time * 2 }
    : args;
};

/** Tests that register an extension of Jenkins of their own, which nothing here can stand for. */
const NEEDS_EXTENSION = /ValidatorContributor/;

async function installMaven(
  folder: string,
  version: string,
): Promise<ToolInstallation> {
  const name = `apache-maven-${version}`;
  const home = join(folder, name);
  const mvn = join(home, 'bin', 'mvn');
  mkdirSync(dirname(mvn), { recursive: true });
  writeFileSync(mvn, `#!/bin/sh\necho "Apache Maven ${version} (stub)"\n`);
  await chmod(mvn, 0o755);
  return { type: 'maven', name, home };
}

function commit(folder: string, files: Record<string, string>): ScmBinding {
  mkdirSync(folder, { recursive: true });
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=t', '-c', 'user.email=t@localhost', ...args],
      { cwd: folder },
    );
  git('init', '-q', '-b', 'master');
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  git('add', '-A');
  git('commit', '-q', '-m', 'files');
  return { url: folder, branch: '*/master', localBranch: 'master' };
}

async function execute(testCase: Case): Promise<RunResult> {
  const resources = join(root ?? '', 'resources');
  const script = readFileSync(join(resources, testCase.jenkinsfile), 'utf8');
  const folder = await temporary();
  try {
    const files: Record<string, string> = { Jenkinsfile: script };
    for (const [source, target] of Object.entries(testCase.otherFiles ?? {})) {
      files[target] = readFileSync(join(resources, source), 'utf8');
    }
    const scm =
      testCase.fromRepository === false
        ? undefined
        : commit(join(folder.path, 'repository'), files);
    const options = {
      agents: agents(testCase.environment),
      scm,
      tools: [
        await installMaven(folder.path, '3.0.1'),
        await installMaven(folder.path, '3.5.0'),
      ],
      scriptSplitting: !testCase.test.includes('NoSplit'),
      ...(testCase.test.startsWith('StepRuntimeTransformerContributorTest')
        ? { transformStep }
        : {}),
    };
    return await runPipelineText(script, {
      ...options,
      build: async (_job, parameters) => {
        const { outcome } = await runPipelineText(script, {
          ...options,
          number: 2,
          parameters,
        });
        return { number: 2, result: outcome.result };
      },
    });
  } finally {
    await folder.remove();
  }
}

/** What differs from the real Jenkins, or nothing. */
function differences(
  testCase: Case,
  { log, outcome, archived }: RunResult,
): string[] {
  const found: string[] = [];
  if (outcome.result !== testCase.result) {
    found.push(`result ${outcome.result} instead of ${testCase.result}`);
  }
  for (const text of testCase.logContains ?? []) {
    if (!log.includes(text)) {
      found.push(`missing: ${text}`);
    }
  }
  for (const text of testCase.logNotContains ?? []) {
    if (log.includes(text)) {
      found.push(`not expected: ${text}`);
    }
  }
  let at = 0;
  for (const text of testCase.logContainsInOrder ?? []) {
    const next = log.indexOf(text, at);
    if (next < 0) {
      found.push(`missing in order: ${text}`);
      break;
    }
    at = next + text.length;
  }
  for (const path of Object.keys(testCase.archives ?? {})) {
    if (!archived.includes(path)) {
      found.push(`not archived: ${path}`);
    }
  }
  return found;
}

const withCorpus = root ? describe : describe.skip;

withCorpus('the execution tests of pipeline-model-definition', () => {
  const only = process.env.EXECUTION_CASE;
  const cases: Case[] = root
    ? (
        JSON.parse(readFileSync(join(root, 'executions.json'), 'utf8')) as {
          cases: Case[];
        }
      ).cases.filter(
        ({ test }) =>
          !IGNORED_UPSTREAM.has(test) && (!only || test.includes(only)),
      )
    : [];
  const outcomes = {
    same: [] as string[],
    refused: [] as string[],
    different: [] as string[],
  };

  beforeAll(async () => {
    const judge = async (next: Case) => {
      const name = `${next.test} (${next.jenkinsfile})`;
      if (NEEDS_EXTENSION.test(next.test)) {
        outcomes.refused.push(`${name}: needs an extension of Jenkins`);
        return;
      }
      const result = await execute(next);
      const wrong = differences(next, result);
      if (wrong.length === 0) {
        outcomes.same.push(name);
      } else if (result.outcome.unsupported) {
        outcomes.refused.push(`${name}: ${result.outcome.unsupported}`);
      } else {
        outcomes.different.push(
          `${name}: ${wrong.join('; ')}${only ? `\n${result.log}` : ''}`,
        );
      }
    };
    const queue = [...cases];
    const worker = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        await judge(next);
      }
    };
    await Promise.all(Array.from({ length: 6 }, worker));
  }, 300_000);

  it('ends like the real Jenkins or is refused', () => {
    const { same, refused, different } = outcomes;
    process.stdout.write(
      `pipeline-model-definition: ${same.length} same, ${refused.length} refused, ${different.length} different of ${cases.length}\n${refused
        .map(line => `  refused ${line}\n`)
        .join('')}`,
    );
    expect(different).toEqual([]);
  });

  it('executes at least 93 %', () => {
    expect(outcomes.same.length / cases.length).toBeGreaterThanOrEqual(0.93);
  });
});
