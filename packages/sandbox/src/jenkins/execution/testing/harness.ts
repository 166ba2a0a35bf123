import { execFile } from 'child_process';
import { mkdir, mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { promisify } from 'util';
import { startPipeline } from '../index';
import type {
  BuildParameter,
  ChangeSetEntry,
  Credential,
  ExecutionOutcome,
  ExecutionRequest,
  FlowNode,
  JobProperties,
  PendingInput,
  PipelineExecution,
  ScmBinding,
  ToolInstallation,
} from '../types';

const run = promisify(execFile);

/** A machine of the test's Jenkins. */
export interface TestAgent {
  labels: string[];
  env?: Record<string, string>;
}

export interface RunOptions {
  agents?: TestAgent[];
  env?: Record<string, string>;
  parameters?: BuildParameter[];
  credentials?: Credential[];
  scm?: ScmBinding;
  jobName?: string;
  number?: number;
  previousResult?: ExecutionRequest['build']['previousResult'];
  causes?: ExecutionRequest['build']['causes'];
  restartFromStage?: string;
  tools?: ToolInstallation[];
  previousCommit?: string;
  build?: ExecutionRequest['services']['build'];
  scriptSplitting?: boolean;
  transformStep?: ExecutionRequest['transformStep'];
  /** Takes the log instead of the result, for pipelines that write much. */
  onLog?(text: string): void;
  /** Called with the handle as soon as the pipeline is started. */
  started?(execution: PipelineExecution, result: RunResult): void;
}

export interface RunResult {
  log: string;
  outcome: ExecutionOutcome;
  nodes: Map<string, FlowNode>;
  properties: JobProperties[];
  inputs: PendingInput[];
  archived: string[];
  junitFiles: string[];
  checkouts: { commit: string; branch: string; changes: ChangeSetEntry[] }[];
}

/** The failures and errors that a JUnit file tells of, counted roughly: enough for tests. */
function countTests(content: string) {
  const count = (pattern: RegExp) => content.match(pattern)?.length ?? 0;
  return {
    total: count(/<testcase\b/g),
    failed: count(/<(?:failure|error)\b/g),
    skipped: count(/<skipped\b/g),
  };
}

/** A folder for one test, and how to remove it. */
export async function temporary(): Promise<{
  path: string;
  remove(): Promise<void>;
}> {
  const path = await mkdtemp(join(tmpdir(), 'pipeline-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Runs a pipeline with a Jenkins made of nothing but what is asked for. */
export async function runPipelineText(
  script: string,
  options: RunOptions = {},
): Promise<RunResult> {
  const folder = await temporary();
  const jobName = options.jobName ?? 'test1';
  const number = options.number ?? 1;
  const result: RunResult = {
    log: '',
    outcome: { result: 'FAILURE', restartableStages: [] },
    nodes: new Map(),
    properties: [],
    inputs: [],
    archived: [],
    junitFiles: [],
    checkouts: [],
  };
  const agents = options.agents ?? [{ labels: [] }];
  let leases = 0;
  const services: ExecutionRequest['services'] = {
    async acquireAgent(label) {
      const agent = agents.find(a => !label || a.labels.includes(label));
      if (!agent) {
        throw new Error(`There are no nodes with the label ‘${label}’`);
      }
      leases += 1;
      return {
        name: agents.indexOf(agent) === 0 ? 'Jenkins' : agent.labels[0],
        labels: agent.labels,
        workspace: join(
          folder.path,
          'workspace',
          leases === 1 ? jobName : `${jobName}@${leases}`,
        ),
        env: agent.env,
        release() {},
      };
    },
    credential: id => options.credentials?.find(c => c.id === id),
    async archiveArtifacts(_workspace, files) {
      result.archived.push(...files);
    },
    async junit(files) {
      result.junitFiles.push(...files.map(({ path }) => path));
      return countTests(files.map(({ content }) => content).join('\n'));
    },
    stashDirectory: name => join(folder.path, 'stashes', name),
    build: options.build,
    checkedOut: checkout => result.checkouts.push(checkout),
    previousCommit: () => options.previousCommit,
    tools: options.tools,
  };
  const execution = startPipeline({
    script,
    parameters: options.parameters ?? [],
    env: {
      PATH: process.env.PATH ?? '',
      HOME: folder.path,
      JOB_NAME: jobName,
      BUILD_NUMBER: String(number),
      BUILD_ID: String(number),
      BUILD_TAG: `jenkins-${jobName}-${number}`,
      JENKINS_URL: 'http://localhost/',
      BUILD_URL: `http://localhost/job/${jobName}/${number}/`,
      ...options.env,
    },
    build: {
      number,
      jobName,
      fullDisplayName: `${jobName} #${number}`,
      url: `job/${jobName}/${number}/`,
      causes: options.causes ?? [],
      previousResult: options.previousResult,
      startTime: Date.now(),
    },
    scm: options.scm,
    restartFromStage: options.restartFromStage,
    tempDirectory: join(folder.path, 'tmp'),
    scriptSplitting: options.scriptSplitting,
    transformStep: options.transformStep,
    services,
    listener: {
      log: text => {
        if (options.onLog) {
          options.onLog(text);
        } else {
          result.log += text;
        }
      },
      node: node => result.nodes.set(node.id, node),
      properties: properties => result.properties.push(properties),
      input: input => result.inputs.push(input),
      inputDone: () => {},
    },
  });
  options.started?.(execution, result);
  result.outcome = await execution.done;
  result.log = `Started\n${result.log}Finished: ${result.outcome.result}\n`;
  await folder.remove();
  return result;
}

/** A repository with these files committed, to check out from. */
export async function repository(
  folder: string,
  files: Readonly<Record<string, string>>,
  write: (path: string, content: string) => Promise<void>,
): Promise<ScmBinding> {
  await mkdir(folder, { recursive: true });
  const git = (...args: string[]) =>
    run('git', ['-c', 'user.name=t', '-c', 'user.email=t@localhost', ...args], {
      cwd: folder,
    });
  await git('init', '-q', '-b', 'master');
  for (const [path, content] of Object.entries(files)) {
    await write(join(folder, path), content);
  }
  await git('add', '-A');
  await git('commit', '-q', '-m', 'files');
  return { url: folder, branch: '*/master' };
}
