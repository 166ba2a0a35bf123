import { cpSync, mkdtempSync } from 'node:fs';
import {
  createItem,
  ended,
  eventually,
  FOLDER_XML,
  pipelineXml,
  startRun,
  stopTestSandboxes,
  TestSandbox,
  testSandbox,
} from '../../testing/testSandbox';
import { labelMatches } from './labels';

describe('labelMatches', () => {
  it.each([
    ['linux', true],
    ['"linux"', true],
    ['mac', false],
    ['!mac', true],
    ['linux && maven', true],
    ['linux && !maven', false],
    ['mac || (linux && maven)', true],
    ['(mac || linux) && go', false],
    ['node.js', true],
    ['', false],
    ['linux &&', false],
    ['(linux', false],
    ['linux maven', false],
  ])('%s: %s', (expression, expected) => {
    expect(labelMatches(expression, ['linux', 'maven', 'node.js'])).toBe(
      expected,
    );
  });
});

const triggers = (xml: string) =>
  `<org.jenkinsci.plugins.workflow.job.properties.PipelineTriggersJobProperty><triggers>${xml}</triggers></org.jenkinsci.plugins.workflow.job.properties.PipelineTriggersJobProperty>`;
const upstream = (projects: string, threshold: string) =>
  triggers(
    `<jenkins.triggers.ReverseBuildTrigger><spec/><upstreamProjects>${projects}</upstreamProjects><threshold><name>${threshold}</name></threshold></jenkins.triggers.ReverseBuildTrigger>`,
  );

describe('triggers', () => {
  let sandbox: TestSandbox;

  beforeEach(async () => {
    sandbox = await testSandbox();
    await createItem(sandbox, 'team', FOLDER_XML);
  });
  afterEach(stopTestSandboxes);

  const exists = async (run: string) =>
    (await sandbox.call('GET', `${run}api/json`)).status === 200;
  const log = async (run: string) =>
    (await sandbox.call('GET', `${run}consoleText`)).text();

  it('start what is due, once its minute has come', async () => {
    const timer = (spec: string) =>
      triggers(
        `<hudson.triggers.TimerTrigger><spec>${spec}</spec></hudson.triggers.TimerTrigger>`,
      );
    await createItem(
      sandbox,
      'team/due',
      pipelineXml('x', timer('TZ=UTC\n30 4 * * *')),
    );
    await createItem(
      sandbox,
      'team/not',
      pipelineXml('x', timer('TZ=UTC\n31 4 * * *')),
    );
    await createItem(sandbox, 'team/bad', pipelineXml('x', timer('what')));
    await createItem(sandbox, 'team/off', pipelineXml('x', timer('* * * * *')));
    await sandbox.call('POST', 'job/team/job/off/disable');
    const engine = sandbox.jenkins.jenkins.triggers;
    await engine.tick(new Date('2026-05-05T04:30:20Z'));
    await eventually(() => exists('job/team/job/due/1/'));
    await ended(sandbox, 'job/team/job/due/1/');
    expect(await log('job/team/job/due/1/')).toMatch(/^Started by timer\n/);
    for (const other of ['not', 'bad', 'off']) {
      expect(await exists(`job/team/job/${other}/1/`)).toBe(false);
    }
  });

  it('start what follows another job, if that went well enough', async () => {
    await createItem(sandbox, 'team/up', pipelineXml('result UNSTABLE'));
    await createItem(
      sandbox,
      'team/strict',
      pipelineXml('log x', upstream('up', 'SUCCESS')),
    );
    await createItem(
      sandbox,
      'team/lenient',
      pipelineXml('log x', upstream('other, up', 'UNSTABLE')),
    );
    await ended(sandbox, await startRun(sandbox, 'job/team/job/up/'));
    await eventually(() => exists('job/team/job/lenient/1/'));
    await ended(sandbox, 'job/team/job/lenient/1/');
    expect(await log('job/team/job/lenient/1/')).toMatch(
      /^Started by upstream project "team\/up" build number 1\n/,
    );
    expect(await exists('job/team/job/strict/1/')).toBe(false);
  });

  it('of a Jenkinsfile stand in config.xml after its first run', async () => {
    const declared = {
      triggers: { cron: ['H 3 * * *'] },
      parameters: [
        {
          type: 'hudson.model.StringParameterDefinition',
          name: 'A',
          defaultValue: 'b',
        },
      ],
    };
    await createItem(
      sandbox,
      'team/p',
      pipelineXml(`declare ${JSON.stringify(declared)}`),
    );
    await ended(sandbox, await startRun(sandbox, 'job/team/job/p/'));
    const xml = await (
      await sandbox.call('GET', 'job/team/job/p/config.xml')
    ).text();
    expect(xml).toContain('<spec>H 3 * * *</spec>');
    expect(xml).toContain('DeclarativeJobPropertyTrackerAction');
    expect(
      await sandbox.get(
        'job/team/job/p/api/json?tree=property[parameterDefinitions[name,type,defaultParameterValue[value]]]',
      ),
    ).toMatchObject({
      property: [
        {
          parameterDefinitions: [
            {
              name: 'A',
              type: 'StringParameterDefinition',
              defaultParameterValue: { value: 'b' },
            },
          ],
        },
        {},
      ],
    });
    expect((await sandbox.call('POST', 'job/team/job/p/build')).status).toBe(
      400,
    );
  });
});

describe('a process that died', () => {
  afterEach(stopTestSandboxes);

  it('leaves runs that the next one ends', async () => {
    const sandbox = await testSandbox();
    await createItem(sandbox, 'shop', pipelineXml('stage A\nwait'));
    const run = await startRun(sandbox, 'job/shop/');
    // What is on disk at this moment is all that a killed process leaves.
    const copy = mkdtempSync(`${sandbox.directory}-killed-`);
    cpSync(sandbox.directory, copy, { recursive: true });
    const next = await testSandbox({ stateDirectory: copy });
    expect(await next.get(`${run}api/json`)).toMatchObject({
      building: false,
      result: 'FAILURE',
    });
    const log = await (await next.call('GET', `${run}consoleText`)).text();
    expect(log).toMatch(/cannot resume a run.*\nFinished: FAILURE\n$/);
    const again = await startRun(next, 'job/shop/');
    expect(again).toBe('job/shop/2/');
  });
});
