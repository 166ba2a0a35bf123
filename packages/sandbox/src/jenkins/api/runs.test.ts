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

const JOB = 'job/team-a/job/shop/';

describe('a run', () => {
  let sandbox: TestSandbox;

  beforeEach(async () => {
    sandbox = await testSandbox();
    await createItem(sandbox, 'team-a', FOLDER_XML);
  });
  afterEach(stopTestSandboxes);

  const create = (script: string, properties?: string) =>
    createItem(sandbox, 'team-a/shop', pipelineXml(script, properties));

  it('goes through the queue and ends with its result and log', async () => {
    await create('stage Build\nstep hello\nresult UNSTABLE');
    const run = await startRun(sandbox, JOB);
    const json = await ended(sandbox, run);
    expect(json).toMatchObject({
      _class: 'org.jenkinsci.plugins.workflow.job.WorkflowRun',
      number: 1,
      result: 'UNSTABLE',
      building: false,
      fullDisplayName: 'team-a » shop #1',
      url: `${sandbox.jenkinsUrl}/${JOB}1/`,
    });
    const text = await (await sandbox.call('GET', `${run}consoleText`)).text();
    expect(text).toBe(
      'Started by user Amamba service account\nhello\nFinished: UNSTABLE\n',
    );
    const tree = await sandbox.get(`${run}stages/tree`);
    expect(tree.data).toMatchObject({
      complete: true,
      stages: [{ name: 'Build', type: 'STAGE', children: [] }],
    });
    const job = await sandbox.get(`${JOB}api/json`);
    expect(job).toMatchObject({ color: 'yellow', nextBuildNumber: 2 });
  });

  it.each(['stop', 'term', 'kill'])('ends on %s', async how => {
    await create('wait');
    const run = await startRun(sandbox, JOB);
    const answer = await sandbox.call('POST', `${run}${how}`);
    expect(answer.status).toBe(302);
    expect((await ended(sandbox, run)).result).toBe('ABORTED');
    // On a run that has ended this does nothing.
    expect((await sandbox.call('POST', `${run}${how}`)).status).toBe(302);
  });

  it('waits for an input and goes on when it is approved', async () => {
    await create('input Deploy\nlog done');
    const run = await startRun(sandbox, JOB);
    const [pending] = await eventually(async () => {
      const list = await sandbox.get<unknown[]>(
        `${run}wfapi/pendingInputActions`,
      );
      return list.length > 0 && list;
    });
    expect(pending).toEqual({
      id: 'Deploy',
      proceedText: 'Proceed',
      message: 'Answer Deploy?',
      inputs: [],
      proceedUrl: `/${run}wfapi/inputSubmit?inputId=Deploy`,
      abortUrl: `/${run}input/Deploy/abort`,
      redirectApprovalUrl: `/${run}input/`,
    });
    const inputs = async () => {
      const { actions } = await sandbox.get<{ actions: unknown[] }>(
        `${run}api/json?tree=actions[waitingForInput,executions[id,settled,input[message,submitter,parameters[name]]]]`,
      );
      return actions.filter(action => JSON.stringify(action).includes('Input'));
    };
    const _class =
      'org.jenkinsci.plugins.workflow.support.steps.input.InputAction';
    expect(await inputs()).toEqual([
      {
        _class,
        waitingForInput: true,
        executions: [
          {
            id: 'Deploy',
            settled: false,
            input: {
              message: 'Answer Deploy?',
              submitter: null,
              parameters: [],
            },
          },
        ],
      },
    ]);
    const other = await sandbox.call('POST', `${run}input/Other/proceedEmpty`);
    expect(other.status).toBe(404);
    const yes = await sandbox.call('POST', `${run}input/Deploy/proceedEmpty`);
    expect(yes.status).toBe(200);
    expect((await ended(sandbox, run)).result).toBe('SUCCESS');
    expect(await inputs()).toEqual([
      { _class, waitingForInput: false, executions: [] },
    ]);
    const late = await sandbox.call('POST', `${run}input/Deploy/proceedEmpty`);
    expect(late.status).toBe(404);
  });

  it('is deleted unless it is kept', async () => {
    await create('log x');
    const run = await startRun(sandbox, JOB);
    await ended(sandbox, run);
    await sandbox.call('POST', `${run}toggleLogKeep`);
    const kept = await sandbox.call('POST', `${run}doDelete`);
    expect(kept.status).toBe(400);
    expect(kept.headers.get('x-error')).toMatch(/marked as keep/);
    await sandbox.call('POST', `${run}toggleLogKeep`);
    expect((await sandbox.call('POST', `${run}doDelete`)).status).toBe(302);
    expect((await sandbox.call('GET', `${run}api/json`)).status).toBe(404);
  });
});
