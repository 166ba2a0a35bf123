import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import Jenkins from 'jenkins';
import { corpusPath } from '../jenkins/execution/testing/corpus';
import {
  eventually,
  FOLDER_XML,
  pipelineXml,
  stopTestSandboxes,
  TestSandbox,
  testSandbox,
} from '../testing/testSandbox';

/**
 * Clients that others wrote for the real Jenkins must work here unchanged: the protocol is then not merely our own idea.
 */
const runFile = promisify(execFile);
const PYTHON = '/usr/bin/python3';
const WHAT =
  '<hudson.model.ParametersDefinitionProperty><parameterDefinitions><hudson.model.StringParameterDefinition><name>WHAT</name><defaultValue>d</defaultValue></hudson.model.StringParameterDefinition></parameterDefinitions></hudson.model.ParametersDefinitionProperty>';

/** Whether Python has a module. Without it the test is skipped, except in CI where it fails. */
function pythonHas(module: string): boolean {
  const found = ['/usr/lib/python3/dist-packages'].some(directory =>
    fs.existsSync(path.join(directory, module)),
  );
  if (!found && process.env.CI !== 'true') {
    process.stderr.write(`Skipped: python3 has no module ${module}\n`);
  }
  return found || process.env.CI === 'true';
}

let sandbox: TestSandbox;
beforeEach(async () => {
  sandbox = await testSandbox();
});
afterEach(stopTestSandboxes);

/** The root URL with somebody's credentials in it. */
function urlFor(user: string, secret: string): string {
  return sandbox.jenkinsUrl.replace('://', `://${user}:${secret}@`);
}

describe.each(['a token', 'a password'])('npm jenkins with %s', how => {
  let jenkins: Jenkins;
  beforeEach(() => {
    const { user, token, passwords } = sandbox.credentials.jenkins;
    const baseUrl =
      how === 'a token'
        ? urlFor(user, token)
        : urlFor('admin', passwords.admin);
    jenkins = new Jenkins({ baseUrl });
  });

  it('manages jobs and runs', async () => {
    await jenkins.job.create('team', FOLDER_XML);
    await jenkins.job.create(
      'team/shop',
      pipelineXml('stage A\nparams\ninput Go', WHAT),
    );
    await expect(jenkins.job.create('team/shop', FOLDER_XML)).rejects.toThrow(
      'A job already exists with the name "shop"',
    );
    expect(await jenkins.job.exists('team/shop')).toBe(true);
    expect(await jenkins.job.exists('team/other')).toBe(false);
    expect(await jenkins.job.list('team')).toMatchObject([{ name: 'shop' }]);
    const xml = await jenkins.job.config('team/shop');
    await jenkins.job.config('team/shop', xml.replace('a test', 'x'));
    expect(await jenkins.job.get('team/shop')).toMatchObject({
      description: 'x',
    });
    await jenkins.job.disable('team/shop');
    expect(await jenkins.job.get('team/shop')).toMatchObject({
      buildable: false,
    });
    await jenkins.job.enable('team/shop');

    const queueId = await jenkins.job.build({
      name: 'team/shop',
      parameters: { WHAT: 'from npm' },
    });
    const number = await eventually(
      async () => (await jenkins.queue.item(queueId)).executable?.number,
    );
    const text: string[] = [];
    const log = jenkins.build.logStream('team/shop', number, { delay: 20 });
    log.on('data', chunk => text.push(chunk));
    const over = new Promise<void>((resolve, reject) => {
      log.on('end', resolve);
      log.on('error', reject);
    });
    await eventually(() => text.join('').includes('from npm'));
    await jenkins.build.stop('team/shop', number);
    await over;
    expect(text.join('')).toMatch(/Finished: ABORTED\r\n$/);
    expect(await jenkins.build.get('team/shop', number)).toMatchObject({
      result: 'ABORTED',
      building: false,
    });

    const waiting = await jenkins.job.build({
      name: 'team/shop',
      parameters: { WHAT: '2' },
      delay: '60sec',
    });
    expect(await jenkins.queue.list()).toMatchObject([{ id: waiting }]);
    await jenkins.queue.cancel(waiting);
    expect(await jenkins.queue.list()).toEqual([]);

    await jenkins.job.copy('team/shop', 'copy');
    await jenkins.job.destroy('copy');
    await jenkins.job.destroy('team');
    expect((await jenkins.info()).jobs).toEqual([]);
    expect((await jenkins.plugin.list()).map(p => p.shortName)).toContain(
      'workflow-job',
    );
  });

  it('manages credentials', async () => {
    await jenkins.job.create('team', FOLDER_XML);
    const corpus = corpusPath('jenkins', 'node-jenkins', 'fixtures');
    const xml = corpus
      ? fs.readFileSync(path.join(corpus, 'credentialCreate.xml'), 'utf8')
      : '<com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl><id>user-new-cred</id><username>u</username><password>p</password></com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl>';
    const id = 'user-new-cred';
    const where = { id, folder: 'team', store: 'folder', domain: '_' };
    await jenkins.credentials.create('team', 'folder', '_', xml);
    expect(await jenkins.credentials.exists(id, 'team', 'folder', '_')).toBe(
      true,
    );
    expect(await jenkins.credentials.list('team', 'folder', '_')).toMatchObject(
      [{ id }],
    );
    expect(await jenkins.credentials.config(where)).toContain(
      '<secret-redacted/>',
    );
    await jenkins.credentials.config({ ...where, xml });
    await jenkins.credentials.destroy(id, 'team', 'folder', '_');
    expect(await jenkins.credentials.exists(id, 'team', 'folder', '_')).toBe(
      false,
    );
  });
});

const corpus = corpusPath('jenkins', 'node-jenkins', 'fixtures');
(corpus ? describe : describe.skip)(
  'shapes that a real Jenkins answered',
  () => {
    const keys = (file: string) =>
      Object.keys(
        JSON.parse(fs.readFileSync(path.join(corpus ?? '', file), 'utf8')),
      );
    /** A freestyle job of 2014 has these; a pipeline has not. */
    const FREESTYLE = [
      'upstreamProjects',
      'downstreamProjects',
      'scm',
      'builtOn',
      'changeSet',
    ];
    const missing = (wanted: string[], json: object) =>
      wanted.filter(key => !FREESTYLE.includes(key) && !(key in json));

    it.each([
      ['jobList.json', 'api/json'],
      ['jobGet.json', 'job/shop/api/json'],
      ['buildGet.json', 'job/shop/1/api/json'],
      ['queueList.json', 'queue/api/json'],
      ['queueItem.json', 'queue/item/1/api/json'],
      ['nodeList.json', 'computer/api/json'],
      ['nodeGet.json', 'computer/(built-in)/api/json'],
    ])('%s', async (file, below) => {
      await sandbox.call('POST', 'createItem?name=shop', {
        body: pipelineXml('log x'),
        type: 'text/xml',
      });
      await sandbox.call('POST', 'job/shop/build');
      await eventually(async () => {
        const answer = await sandbox.call('GET', 'job/shop/1/api/json');
        return answer.status === 200 && !(await answer.json()).building;
      });
      // What only some agents have.
      const optional = [
        'monitorData',
        'loadStatistics',
        'oneOffExecutors',
        'absoluteRemotePath',
      ];
      const wanted = keys(file).filter(key => !optional.includes(key));
      expect(missing(wanted, await sandbox.get(below))).toEqual([]);
    });
  },
);

(pythonHas('jenkins') ? describe : describe.skip)('python-jenkins', () => {
  it.each(['token', 'password'])(
    'manages folders, jobs, runs, credentials with a %s',
    async how => {
      const { user, token, passwords } = sandbox.credentials.jenkins;
      const [name, secret] =
        how === 'token' ? [user, token] : ['admin', passwords.admin];
      const job = path.join(sandbox.directory, 'job.xml');
      fs.writeFileSync(job, pipelineXml('params', WHAT));
      const { stdout } = await runFile(PYTHON, [
        // eslint-disable-next-line no-restricted-syntax -- a test runs from its source
        path.join(__dirname, 'python_client.py'),
        sandbox.jenkinsUrl,
        name,
        secret,
        job,
      ]);
      expect(stdout).toContain('done');
    },
    60_000,
  );
});

(pythonHas('jenkins_jobs') ? describe : describe.skip)(
  'jenkins-job-builder',
  () => {
    const YAML = `- job:
    name: ws1
    project-type: folder
- job:
    name: ws1/p1
    project-type: pipeline
    description: demo
    sandbox: true
    dsl: |
      params
    parameters:
      - string: {name: S, default: d}
      - password: {name: P, default: pw}
    triggers:
      - timed: "H 2 * * *"
`;

    it('makes, changes and deletes jobs', async () => {
      const { user, token } = sandbox.credentials.jenkins;
      const { directory } = sandbox;
      fs.writeFileSync(
        path.join(directory, 'jjb.ini'),
        `[job_builder]\nignore_cache=True\n[jenkins]\nurl=${sandbox.jenkinsUrl}\nuser=${user}\npassword=${token}\nquery_plugins_info=True\n`,
      );
      const yaml = path.join(directory, 'jobs.yaml');
      const jjb = (...args: string[]) =>
        runFile(
          PYTHON,
          [
            '-m',
            'jenkins_jobs',
            '--conf',
            path.join(directory, 'jjb.ini'),
            ...args,
          ],
          {
            env: { PATH: process.env.PATH, HOME: directory },
          },
        );
      fs.writeFileSync(yaml, YAML);
      await jjb('update', yaml);
      const read = async () =>
        (await sandbox.call('GET', 'job/ws1/job/p1/config.xml')).text();
      expect(await read()).toContain('Managed by Jenkins Job Builder');
      expect(await read()).not.toContain('>pw<');
      fs.writeFileSync(yaml, YAML.replace('demo', 'changed'));
      await jjb('update', yaml);
      expect(await sandbox.get('job/ws1/job/p1/api/json')).toMatchObject({
        description: expect.stringContaining('changed'),
      });
      await jjb('delete', 'ws1/p1', 'ws1');
      expect(await sandbox.get('api/json')).toMatchObject({ jobs: [] });
    }, 60_000);
  },
);
