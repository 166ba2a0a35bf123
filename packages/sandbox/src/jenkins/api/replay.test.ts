import {
  createItem,
  ended,
  eventually,
  pipelineXml,
  startRun,
  stopTestSandboxes,
  TestSandbox,
  testSandbox,
} from '../../testing/testSandbox';

const JOB = 'job/shop/';

interface Causes {
  actions: { causes?: { _class: string; shortDescription: string }[] }[];
}

describe('running again', () => {
  let sandbox: TestSandbox;
  let run: string;

  beforeEach(async () => {
    sandbox = await testSandbox();
    await createItem(sandbox, 'shop', pipelineXml('stage Build\nstep one'));
    run = await startRun(sandbox, JOB);
    await ended(sandbox, run);
  });
  afterEach(stopTestSandboxes);

  const next = () =>
    eventually(async () => {
      const answer = await sandbox.call('GET', `${JOB}2/api/json`);
      return answer.status === 200 && ended(sandbox, `${JOB}2/`);
    });
  const causes = async () => {
    const { actions } = await sandbox.get<Causes>(`${JOB}2/api/json`);
    return actions.flatMap(action => action.causes ?? []);
  };
  const log = async () =>
    (await sandbox.call('GET', `${JOB}2/consoleText`)).text();

  it('replays another script', async () => {
    const body = new URLSearchParams({
      json: JSON.stringify({ mainScript: 'log two' }),
    });
    const answer = await sandbox.call('POST', `${run}replay/run`, {
      body: String(body),
    });
    expect(answer.status).toBe(302);
    await next();
    expect(await log()).toContain('two\n');
    expect((await causes()).map(cause => cause._class)).toContain(
      'org.jenkinsci.plugins.workflow.cps.replay.ReplayCause',
    );
  });

  it('rebuilds', async () => {
    expect((await sandbox.call('POST', `${run}replay/rebuild`)).status).toBe(
      302,
    );
    await next();
    expect(await log()).toContain('one\n');
  });

  it('rebuilds through the graph view and tells the queue id', async () => {
    const answer = await sandbox.call('POST', `${run}stages/rerun`);
    const { data } = await answer.json();
    expect((await next()).queueId).toBe(data.queueId);
    const { data: found } = await sandbox.get<{ data: unknown }>(
      `${run}stages/nextBuild?queueId=${data.queueId}`,
    );
    expect(found).toEqual({ nextBuildUrl: `/${JOB}2/` });
  });

  it('restarts from a stage', async () => {
    expect(await sandbox.get(`${run}restart/api/json`)).toMatchObject({
      restartEnabled: true,
      restartableStages: ['Build'],
    });
    const wrong = await sandbox.call(
      'POST',
      `${run}restart/restartPipeline?stageName=X`,
    );
    expect(await wrong.json()).toMatchObject({ data: { success: 'false' } });
    const right = await sandbox.call(
      'POST',
      `${run}restart/restartPipeline?stageName=Build`,
    );
    expect(await right.json()).toEqual({
      status: 'ok',
      data: { success: 'true', message: 'ok' },
    });
    await next();
    expect(await causes()).toContainEqual(
      expect.objectContaining({
        shortDescription: 'Restarted from build #1, stage Build',
      }),
    );
  });

  it('has no address while a run goes on', async () => {
    await createItem(sandbox, 'slow', pipelineXml('stage A\nwait'));
    const live = await startRun(sandbox, 'job/slow/');
    expect((await sandbox.call('GET', `${live}restart/api/json`)).status).toBe(
      404,
    );
    expect((await sandbox.call('POST', `${live}replay/rebuild`)).status).toBe(
      404,
    );
  });

  it('refuses to replay a password', async () => {
    const parameter =
      '<hudson.model.ParametersDefinitionProperty><parameterDefinitions><hudson.model.PasswordParameterDefinition><name>P</name><defaultValue>x</defaultValue></hudson.model.PasswordParameterDefinition></parameterDefinitions></hudson.model.ParametersDefinitionProperty>';
    await createItem(sandbox, 'secret', pipelineXml('log x', parameter));
    const secret = await startRun(
      sandbox,
      'job/secret/',
      'buildWithParameters',
    );
    await ended(sandbox, secret);
    const answer = await sandbox.call('POST', `${secret}replay/rebuild`);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('x-error')).toBe(
      'Replay is not allowed when password parameters are used.',
    );
  });
});
