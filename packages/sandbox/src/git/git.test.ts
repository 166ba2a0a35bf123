import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import {
  createItem,
  ended,
  eventually,
  startRun,
  stopTestSandboxes,
  TestSandbox,
  testSandbox,
} from '../testing/testSandbox';

// dozens of processes a test, on machines that have others to run
jest.setTimeout(30_000);

const runFile = promisify(execFile);

async function runGit(cwd: string, args: string[]): Promise<string> {
  const identity = ['-c', 'user.name=T', '-c', 'user.email=t@example.org'];
  const env = {
    PATH: process.env.PATH,
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_GLOBAL: '/dev/null',
  };
  const { stdout } = await runFile('git', [...identity, ...args], { cwd, env });
  return stdout;
}

describe('the Git server', () => {
  let sandbox: TestSandbox;
  let work: string;

  beforeEach(async () => {
    sandbox = await testSandbox({ privateRepositories: ['hidden'] });
    work = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-git-'));
    await sandbox.git.createRepository('open');
    await sandbox.git.createRepository('hidden');
  });
  afterEach(async () => {
    await stopTestSandboxes();
    fs.rmSync(work, { recursive: true, force: true });
  });

  // Not synchronous: the server answers from this very process.
  const git = (...args: string[]) => runGit(work, args);
  const commit = async (file: string, text: string) => {
    fs.writeFileSync(path.join(work, file), text);
    await git('add', '.');
    await git('commit', '-q', '-m', `Change ${file}`);
    return (await git('rev-parse', 'HEAD')).trim();
  };
  const scmXml = (
    url: string,
    more = '',
    branch = '*/main',
  ) => `<flow-definition>
  <properties>${more}</properties>
  <definition class="org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition"><scm class="hudson.plugins.git.GitSCM">
    <userRemoteConfigs><hudson.plugins.git.UserRemoteConfig><url>${url}</url><credentialsId>git</credentialsId></hudson.plugins.git.UserRemoteConfig></userRemoteConfigs>
    <branches><hudson.plugins.git.BranchSpec><name>${branch}</name></hudson.plugins.git.BranchSpec></branches></scm>
    <scriptPath>Jenkinsfile</scriptPath><lightweight>true</lightweight></definition>
</flow-definition>`;
  const POLL =
    '<org.jenkinsci.plugins.workflow.job.properties.PipelineTriggersJobProperty><triggers><hudson.triggers.SCMTrigger><spec></spec><ignorePostCommitHooks>false</ignorePostCommitHooks></hudson.triggers.SCMTrigger></triggers></org.jenkinsci.plugins.workflow.job.properties.PipelineTriggersJobProperty>';
  const log = async (run: string) =>
    (await sandbox.call('GET', `${run}consoleText`)).text();

  it('clones and takes pushes, large ones too', async () => {
    await git('init', '-q', '-b', 'main', '.');
    const big = 'x\n'.repeat(2_000_000);
    const sha = await commit('big.txt', big);
    await git('push', '-q', `${sandbox.gitUrl}/open.git`, 'main');
    expect(await git('ls-remote', `${sandbox.gitUrl}/open.git`)).toContain(sha);
    await git('clone', '-q', `${sandbox.gitUrl}/open.git`, 'again');
    expect(fs.readFileSync(path.join(work, 'again/big.txt'), 'utf8')).toBe(big);
  });

  it('asks who it is for a private repository', async () => {
    await expect(
      git('ls-remote', `${sandbox.gitUrl}/hidden.git`),
    ).rejects.toThrow(/Authentication|could not read/i);
    const { user, password } = sandbox.credentials.git;
    const url = sandbox.gitUrl.replace('://', `://${user}:${password}@`);
    expect(await git('ls-remote', `${url}/hidden.git`)).toBe('');
    const wrong = sandbox.gitUrl.replace('://', `://${user}:x@`);
    await expect(git('ls-remote', `${wrong}/hidden.git`)).rejects.toThrow(
      /Authentication/,
    );
  });

  it.each([
    'nothing.git/info/refs',
    '..%2F..%2Fsecrets.json',
    'open.git/../../secrets.json',
    'open.git/config',
  ])('does not give %s away', async below => {
    const answer = await fetch(`${sandbox.gitUrl}/${below}`);
    expect(answer.status).toBeGreaterThanOrEqual(400);
  });

  it('runs a Jenkinsfile of a branch, and again when it is pushed', async () => {
    await git('init', '-q', '-b', 'main', '.');
    const url = `${sandbox.gitUrl}/open.git`;
    const first = await commit('Jenkinsfile', 'log first');
    await git('push', '-q', url, 'main');
    // The news of a push comes on its own: after the job is made, it would start a run of this one, too.
    await new Promise(resolve => {
      setTimeout(resolve, 2_000);
    });
    await createItem(sandbox, 'docs', scmXml(url, POLL));
    await createItem(sandbox, 'silent', scmXml(url));
    const run = await startRun(sandbox, 'job/docs/');
    await ended(sandbox, run);
    expect(await log(run)).toContain(
      `Obtained Jenkinsfile from git ${url}\nfirst\n`,
    );

    await commit('Jenkinsfile', 'log second');
    await git('push', '-q', url, 'main');
    await eventually(
      async () =>
        (await sandbox.call('GET', 'job/docs/2/api/json')).status === 200,
    );
    await ended(sandbox, 'job/docs/2/');
    expect(await log('job/docs/2/')).toMatch(
      /^Started by an SCM change\n.*\nsecond\n/,
    );

    // The same commits on another branch are nothing new for this job.
    await git('push', '-q', url, 'main:other');
    await new Promise(resolve => {
      setTimeout(resolve, 300);
    });
    expect((await sandbox.call('GET', 'job/docs/3/api/json')).status).toBe(404);
    expect((await sandbox.call('GET', 'job/silent/1/api/json')).status).toBe(
      404,
    );

    // A pinned commit is what is read.
    await createItem(sandbox, 'pinned', scmXml(url, '', first));
    const pinned = await startRun(sandbox, 'job/pinned/');
    await ended(sandbox, pinned);
    expect(await log(pinned)).toContain('\nfirst\n');
  });

  it('uses the credentials of the folder', async () => {
    await git('init', '-q', '-b', 'main', '.');
    await commit('Jenkinsfile', 'log private');
    const { user, password } = sandbox.credentials.git;
    const url = `${sandbox.gitUrl}/hidden.git`;
    await git(
      'push',
      '-q',
      url.replace('://', `://${user}:${password}@`),
      'main',
    );
    await createItem(sandbox, 'p', scmXml(url));
    const refused = await startRun(sandbox, 'job/p/');
    expect((await ended(sandbox, refused)).result).toBe('FAILURE');
    expect(await log(refused)).toMatch(
      /ERROR: .*(Authentication|could not read)/s,
    );
    await sandbox.call(
      'POST',
      'credentials/store/system/domain/_/createCredentials',
      {
        type: 'application/xml',
        body: `<com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl><id>git</id><username>${user}</username><password>${password}</password></com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl>`,
      },
    );
    const run = await startRun(sandbox, 'job/p/');
    await ended(sandbox, run);
    expect(await log(run)).toContain('private\n');
    expect(await log(run)).not.toContain(password);
  });

  it.each([
    [
      'no such branch',
      '*/nothing',
      'Jenkinsfile',
      /Couldn't find any revision/,
    ],
    [
      'no such file',
      '*/main',
      'other',
      /exists on disk, but not in|does not exist in|path .* exists/,
    ],
  ])('says so when there is %s', async (_, branch, file, message) => {
    await git('init', '-q', '-b', 'main', '.');
    await commit('Jenkinsfile', 'log x');
    const url = `${sandbox.gitUrl}/open.git`;
    await git('push', '-q', url, 'main');
    await createItem(
      sandbox,
      'p',
      scmXml(url, '', branch).replace('>Jenkinsfile<', `>${file}<`),
    );
    const run = await startRun(sandbox, 'job/p/');
    expect((await ended(sandbox, run)).result).toBe('FAILURE');
    expect(await log(run)).toMatch(message);
  });
});

describe('the samples', () => {
  afterAll(stopTestSandboxes);

  it('are repositories with a history, the same everywhere', async () => {
    const sandbox = await testSandbox({ samples: true });
    const again = await testSandbox({ samples: true });
    const refs = (name: string, from = sandbox) =>
      runGit('.', ['ls-remote', '--heads', `${from.gitUrl}/${name}.git`]);
    expect(await refs('shop')).toMatch(
      /refs\/heads\/feature\/discounts\n[0-9a-f]{40}\trefs\/heads\/main\n/,
    );
    for (const name of ['shop', 'pay', 'cart', 'flaky', 'slow', 'docs']) {
      expect(await refs(name)).toContain('refs/heads/main');
      expect(await refs(name)).toBe(await refs(name, again));
    }
    expect(
      await sandbox.get(
        'credentials/store/system/domain/_/api/json?tree=credentials[id]',
      ),
    ).toMatchObject({
      credentials: [{ id: 'registry' }, { id: 'deploy-token' }],
    });
  }, 60_000);
});
