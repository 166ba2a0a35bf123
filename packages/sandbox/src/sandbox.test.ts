import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { startPipeline } from './jenkins/execution';
import {
  createItem,
  ended,
  eventually,
  FOLDER_XML,
  startRun,
  stopTestSandboxes,
  TestSandbox,
  testSandbox,
} from './testing/testSandbox';

const run = promisify(execFile);

interface Stage {
  name: string;
  state: string;
  children: Stage[];
}

describe('the sandbox with its samples', () => {
  let sandbox: TestSandbox;

  beforeAll(async () => {
    sandbox = await testSandbox({ startPipeline, samples: true });
    await createItem(sandbox, 'team-a', FOLDER_XML);
  }, 60_000);
  afterAll(stopTestSandboxes);

  const repository = async (name: string) => {
    await createItem(
      sandbox,
      `team-a/${name}`,
      `<flow-definition><properties/><definition class="org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition"><scm class="hudson.plugins.git.GitSCM"><userRemoteConfigs><hudson.plugins.git.UserRemoteConfig><url>${sandbox.gitUrl}/${name}.git</url></hudson.plugins.git.UserRemoteConfig></userRemoteConfigs><branches><hudson.plugins.git.BranchSpec><name>*/main</name></hudson.plugins.git.BranchSpec></branches></scm><scriptPath>Jenkinsfile</scriptPath></definition></flow-definition>`,
    );
    return `job/team-a/job/${name}/`;
  };
  const log = async (at: string) =>
    (await sandbox.call('GET', `${at}consoleText`)).text();
  const stages = async (at: string) => {
    const { data } = await sandbox.get<{ data: { stages: Stage[] } }>(
      `${at}stages/tree`,
    );
    return data.stages;
  };
  const names = (list: Stage[]): string =>
    list
      .map(({ name, state, children }) =>
        children.length ? `${name}[${names(children)}]` : `${name}:${state}`,
      )
      .join(' ');

  it('builds, waits for an approval, deploys, and can begin again at a stage', async () => {
    const job = await repository('shop');
    // The parameters are known after the first run.
    expect((await ended(sandbox, await startRun(sandbox, job))).result).toBe(
      'SUCCESS',
    );
    const second = await startRun(
      sandbox,
      job,
      'buildWithParameters?VERSION=2.0.0&ENVIRONMENT=prod&TOKEN=hunter2',
    );
    const [input] = await eventually(async () => {
      const list = await sandbox.get<{ id: string }[]>(
        `${second}wfapi/pendingInputActions`,
      );
      return list.length > 0 && list;
    });
    const form = { parameter: [{ name: 'WINDOW', value: 'tonight' }] };
    const answer = await sandbox.call(
      'POST',
      `${second}input/${input.id}/proceed`,
      { body: String(new URLSearchParams({ json: JSON.stringify(form) })) },
    );
    expect(answer.status).toBe(200);
    const result = await ended(sandbox, second);
    expect(result.result).toBe('SUCCESS');
    expect(result.artifacts).toContainEqual({
      displayPath: 'shop-2.0.0.tar.gz',
      fileName: 'shop-2.0.0.tar.gz',
      relativePath: 'dist/shop-2.0.0.tar.gz',
    });
    const text = await log(second);
    expect(text).toContain('deployed to prod');
    expect(text).not.toMatch(/hunter2|not-a-real/);
    expect(
      await sandbox.get(
        `${second}testReport/api/json?tree=failCount,passCount`,
      ),
    ).toMatchObject({ failCount: 0, passCount: 4 });
    expect(names(await stages(second))).toBe(
      'Checkout SCM:success Build:success ' +
        'Verify[Unit tests:success Lint:success Licences:success] ' +
        "Platforms[Matrix - OS = 'linux', ARCH = 'amd64'[Package:success] " +
        "Matrix - OS = 'linux', ARCH = 'arm64'[Package:success] " +
        "Matrix - OS = 'mac', ARCH = 'arm64'[Package:success]] " +
        'Publish:success Deploy:success Post Actions:success',
    );

    const { restartableStages } = await sandbox.get<{
      restartableStages: string[];
    }>(`${second}restart/api/json`);
    expect(restartableStages).toContain('Verify');
    await sandbox.call(
      'POST',
      `${second}restart/restartPipeline?stageName=Verify`,
    );
    await eventually(
      async () =>
        (await sandbox.call('GET', `${job}3/api/json`)).status === 200,
    );
    const third = `${job}3/`;
    await eventually(async () => {
      const list = await sandbox.get<unknown[]>(
        `${third}wfapi/pendingInputActions`,
      );
      const { building } = await sandbox.get(`${third}api/json?tree=building`);
      return list.length > 0 || !building;
    });
    await sandbox.call('POST', `${third}stop`);
    await ended(sandbox, third);
    const [, build] = await stages(third);
    expect(build).toMatchObject({ name: 'Build', state: 'skipped' });
  }, 120_000);

  it('runs when something is pushed', async () => {
    const job = await repository('docs');
    await ended(sandbox, await startRun(sandbox, job));
    const work = path.join(sandbox.directory, 'work');
    const git = (...args: string[]) =>
      run(
        'git',
        ['-c', 'user.name=T', '-c', 'user.email=t@example.org', ...args],
        {
          cwd: work,
        },
      );
    fs.mkdirSync(work);
    await git('clone', '-q', `${sandbox.gitUrl}/docs.git`, '.');
    fs.appendFileSync(path.join(work, 'README.md'), '\nMore words.\n');
    await git('commit', '-qam', 'More words');
    await git('push', '-q', 'origin', 'main');
    await eventually(
      async () =>
        (await sandbox.call('GET', `${job}2/api/json`)).status === 200,
    );
    expect((await ended(sandbox, `${job}2/`)).result).toBe('SUCCESS');
    expect(await log(`${job}2/`)).toMatch(/^Started by an SCM change\n/);
    expect(await log(`${job}2/`)).toContain('pages changed');
    expect(await sandbox.get(`${job}2/api/json`)).toMatchObject({
      changeSets: [{ kind: 'git', items: [{ msg: 'More words' }] }],
    });
  }, 60_000);

  it.each([
    ['pay', 'FAILURE'],
    ['cart', 'UNSTABLE'],
    // catchError takes the result of an interruption, whatever it was told.
    ['flaky', 'ABORTED'],
  ])(
    '%s ends as %s',
    async (name, result) => {
      const job = await repository(name);
      const first = await startRun(sandbox, job);
      expect((await ended(sandbox, first)).result).toBe(result);
    },
    60_000,
  );

  it('stops what takes too long', async () => {
    const job = await repository('slow');
    await ended(sandbox, await startRun(sandbox, job));
    const second = await startRun(
      sandbox,
      job,
      'buildWithParameters?SECONDS=60',
    );
    await eventually(async () =>
      (await log(second)).includes('warming up, 1 of'),
    );
    const before = Date.now();
    await sandbox.call('POST', `${second}stop`);
    expect((await ended(sandbox, second)).result).toBe('ABORTED');
    expect(Date.now() - before).toBeLessThan(10_000);
    expect(await log(second)).toContain('stopped before its time');
  }, 60_000);
});
