import { pipelineSettingsSchema } from '@amamba/backstage-plugin-amamba-common';
import { mockServices } from '@backstage/backend-test-utils';
import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import path from 'path';
import { text } from 'stream/consumers';
import { setTimeout as sleep } from 'timers/promises';
import { startSandbox } from 'sandbox';
import { fakeExecutor } from '../../../../../../packages/sandbox/src/testing/fakeExecutor';
import { createJenkinsEngine } from '.';

jest.setTimeout(60000);
const REF = { workspace: 'eu~team-a', name: 'shop' };
it('walks', async () => {
  const sandbox = await startSandbox({
    stateDirectory: mkdtempSync(path.join(tmpdir(), 'eng-')),
    startPipeline: fakeExecutor,
    samples: false,
  });
  const engine = createJenkinsEngine(
    {
      id: 'ci',
      title: 'CI',
      baseUrl: sandbox.jenkinsUrl,
      username: sandbox.credentials.jenkins.user,
      apiToken: sandbox.credentials.jenkins.token,
      rootFolder: 'root/inner',
    },
    { logger: mockServices.logger.mock() },
  );
  const out: unknown[] = [];
  const log = (name: string, value: unknown) => out.push([name, value]);
  const tryit = async (name: string, run: () => Promise<unknown>) => {
    try {
      log(name, await run());
    } catch (e) {
      log(`${name} !!`, String(e));
    }
  };
  const spec = (script: string, settings = {}) => ({
    description: 'd <&> ü',
    source: { type: 'script' as const, script },
    settings: pipelineSettingsSchema.parse(settings),
  });
  await tryit('health', () => engine.health());
  const script =
    'agent\nstage Build\nstep hello\nlog world ü\nwrite out/a data\narchive out/a\njunit <testsuite name="s"><testcase classname="c" name="n" time="0.5"/><testcase classname="c" name="f"><failure message="m">trace</failure></testcase></testsuite>\nstage Ship\ninput Deploy\nlog done';
  await tryit('save', () =>
    engine.savePipeline(
      REF,
      spec(script, {
        parameters: [
          { type: 'string', name: 'V', defaultValue: 'x' },
          { type: 'password', name: 'P' },
          { type: 'choice', name: 'C', choices: ['a', 'b'] },
          { type: 'boolean', name: 'B' },
          { type: 'text', name: 'T' },
        ],
        triggers: { cron: 'H 2 * * *' },
        discard: { runs: 5 },
      }),
    ),
  );
  await tryit('save again', () =>
    engine.savePipeline(
      REF,
      spec(script, {
        parameters: [
          { type: 'string', name: 'V', defaultValue: 'x' },
          { type: 'password', name: 'P' },
          { type: 'choice', name: 'C', choices: ['a', 'b'] },
          { type: 'boolean', name: 'B' },
          { type: 'text', name: 'T' },
        ],
        triggers: { cron: 'H 2 * * *' },
        discard: { runs: 5 },
      }),
    ),
  );
  let queueId = '';
  await tryit('start', async () => {
    const s = await engine.start(REF, {
      V: 'ü&=',
      P: 'geheim',
      C: 'b',
      B: true,
    });
    queueId = s.queueId;
    return s;
  });
  await sleep(1500);
  await tryit('queue', () => engine.queueItem(REF, queueId));
  await tryit('list', () => engine.listRuns(REF, 20));
  await tryit('progress', () => engine.progress(REF, 1));
  await tryit('steps', () => engine.steps(REF, 1, undefined));
  await tryit('log', async () => {
    const l = await engine.log(REF, 1, { start: 0 });
    return [await text(l.stream), l.sizeBytes, l.more];
  });
  await tryit('decide', async () => {
    const p = await engine.progress(REF, 1);
    await engine.decide(REF, 1, p.approvals[0], {
      approve: true,
      parameters: {},
    });
  });
  await sleep(700);
  await tryit('decide again', async () =>
    engine.decide(
      REF,
      1,
      { id: 'Deploy', message: '', okLabel: '', approvers: [], parameters: [] },
      { approve: true, parameters: {} },
    ),
  );
  await tryit('run', () => engine.getRun(REF, 1));
  await tryit('progress', () => engine.progress(REF, 1));
  await tryit('restartable', () => engine.restartableStages(REF, 1));
  await tryit('restart', () => engine.restartFromStage(REF, 1, 'Ship'));
  await sleep(500);
  await tryit('list', async () =>
    (await engine.listRuns(REF, 20)).map(r => [
      r.number,
      r.queueId,
      r.state,
      r.cause,
    ]),
  );
  await tryit('cancel', () => engine.cancelRun(REF, 2, 'stop'));
  await sleep(500);
  await tryit('run2', () => engine.getRun(REF, 2));
  await tryit('artifacts', () => engine.artifacts(REF, 1));
  await tryit('artifact', async () =>
    text((await engine.artifact(REF, 1, 'out/a')).stream),
  );
  await tryit('tests', () => engine.tests(REF, 1));
  await tryit('changes', () => engine.changes(REF, 1));
  await tryit('steplog', async () => {
    const l = await engine.log(REF, 1, {
      start: 0,
      node: (await engine.steps(REF, 1, undefined))[0].id,
    });
    return [await text(l.stream), l.sizeBytes, l.more];
  });
  await tryit('stagelog', async () => {
    const l = await engine.log(REF, 1, {
      start: 0,
      node: (await engine.progress(REF, 1)).graph.stages[0].id,
    });
    return [await text(l.stream), l.sizeBytes, l.more];
  });
  await tryit('unknown run', () => engine.getRun(REF, 99));
  await tryit('log future', async () => {
    const l = await engine.log(REF, 1, { start: 1e9 });
    return [await text(l.stream), l.sizeBytes, l.more];
  });
  await tryit('delete', () => engine.deletePipeline(REF));
  await tryit('read', () => engine.readPipeline(REF));
  await tryit('delete', () => engine.deletePipeline(REF));
  process.stdout.write(`${out.map(x => JSON.stringify(x)).join('\n')}\n`);
  await engine.close();
  await sandbox.stop();
  expect(1).toBe(1);
});
