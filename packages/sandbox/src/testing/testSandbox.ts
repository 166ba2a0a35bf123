import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Sandbox, SandboxOptions, startSandbox } from '../sandbox';
import { escapeXml } from '../jenkins/xml/editor';
import { fakeExecutor } from './fakeExecutor';

/** A request as the service account; no redirect is followed. */
export type Call = (
  method: string,
  path: string,
  options?: {
    body?: string;
    type?: string;
    user?: string;
    headers?: Record<string, string>;
  },
) => Promise<Response>;

export interface TestSandbox extends Sandbox {
  call: Call;
  /** `api/json` of some path, parsed */
  get<T = Record<string, unknown>>(path: string): Promise<T>;
  directory: string;
}

const open = new Set<TestSandbox>();

/** Starts a sandbox with the fake executor, no samples, and a state directory of its own. */
export async function testSandbox(
  options: Partial<SandboxOptions> = {},
): Promise<TestSandbox> {
  const directory =
    options.stateDirectory ??
    fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-test-'));
  const sandbox = await startSandbox({
    startPipeline: fakeExecutor,
    samples: false,
    restartMs: 50,
    ...options,
    stateDirectory: directory,
  });
  const { user: account, token } = sandbox.credentials.jenkins;
  const call: Call = (method, below, { body, type, user, headers } = {}) =>
    fetch(`${sandbox.jenkinsUrl}/${below}`, {
      method,
      body,
      redirect: 'manual',
      headers: {
        Authorization: `Basic ${Buffer.from(user ?? `${account}:${token}`).toString('base64')}`,
        ...(body !== undefined && {
          'Content-Type': type ?? 'application/x-www-form-urlencoded',
        }),
        ...headers,
      },
    });
  const test: TestSandbox = {
    ...sandbox,
    call,
    directory,
    async get<T>(below: string): Promise<T> {
      const answer = await call('GET', below);
      if (answer.status !== 200) {
        throw new Error(`${below}: ${answer.status} ${await answer.text()}`);
      }
      return answer.json();
    },
  };
  open.add(test);
  return test;
}

/** Stops what {@link testSandbox} started and removes its files; for `afterEach` or `afterAll`. */
export async function stopTestSandboxes(): Promise<void> {
  for (const sandbox of open) {
    open.delete(sandbox);
    await sandbox.stop();
    fs.rmSync(sandbox.directory, { recursive: true, force: true });
  }
}

export const FOLDER_XML =
  '<com.cloudbees.hudson.plugins.folder.Folder plugin="cloudbees-folder"><properties/></com.cloudbees.hudson.plugins.folder.Folder>';

/** A pipeline with this script and, if wanted, more properties. */
export function pipelineXml(script: string, properties = ''): string {
  return `<?xml version='1.1' encoding='UTF-8'?>
<flow-definition plugin="workflow-job">
  <description>a test</description>
  <properties>${properties}</properties>
  <definition class="org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition" plugin="workflow-cps">
    <script>${escapeXml(script)}</script>
    <sandbox>true</sandbox>
  </definition>
</flow-definition>`;
}

/** Posts a config.xml to `createItem`; `name` is a full name. */
export async function createItem(
  { call }: { call: Call },
  fullName: string,
  xml: string,
): Promise<void> {
  const parts = fullName.split('/');
  const name = parts.pop() ?? '';
  const parent = parts.map(part => `job/${encodeURIComponent(part)}/`).join('');
  const answer = await call(
    'POST',
    `${parent}createItem?name=${encodeURIComponent(name)}`,
    { body: xml, type: 'application/xml' },
  );
  if (answer.status !== 200) {
    throw new Error(`createItem: ${answer.status} ${await answer.text()}`);
  }
}

/** Polls until `read` gives something. @throws Error after ten seconds */
export async function eventually<T>(
  read: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  const end = Date.now() + 10_000;
  for (;;) {
    const value = await read();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error('It did not happen in time');
    await new Promise(resolve => {
      setTimeout(resolve, 20);
    });
  }
}

/** Starts a run and waits until it has left the queue. Gives its path below the root. */
export async function startRun(
  sandbox: TestSandbox,
  job: string,
  path_ = 'build',
): Promise<string> {
  const answer = await sandbox.call('POST', `${job}${path_}`);
  if (answer.status !== 201) {
    throw new Error(`${path_}: ${answer.status} ${await answer.text()}`);
  }
  const item = new URL(answer.headers.get('location') ?? '').pathname.slice(1);
  const number = await eventually(async () => {
    const { executable } = await sandbox.get<{
      executable?: { number: number } | null;
    }>(`${item}api/json`);
    return executable?.number;
  });
  return `${job}${number}/`;
}

/** The fields of a run that tests look at by themselves. */
export interface RunJson extends Record<string, unknown> {
  building: boolean;
  number: number;
  queueId: number;
  result: string | null;
}

/** Waits until a run has ended and gives its JSON. */
export function ended(sandbox: TestSandbox, run: string): Promise<RunJson> {
  return eventually(async () => {
    const json = await sandbox.get<RunJson>(`${run}api/json`);
    return !json.building && json;
  });
}
