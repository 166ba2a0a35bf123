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
const PARAMETERS = `<hudson.model.ParametersDefinitionProperty><parameterDefinitions>
  <hudson.model.StringParameterDefinition><name>S</name><defaultValue>d</defaultValue><trim>true</trim></hudson.model.StringParameterDefinition>
  <hudson.model.BooleanParameterDefinition><name>B</name><defaultValue>true</defaultValue></hudson.model.BooleanParameterDefinition>
  <hudson.model.ChoiceParameterDefinition><name>C</name><choices class="java.util.Arrays$ArrayList"><a class="string-array"><string>x</string><string>y</string></a></choices></hudson.model.ChoiceParameterDefinition>
</parameterDefinitions></hudson.model.ParametersDefinitionProperty>`;
const NO_CONCURRENT = (abortPrevious: boolean) =>
  `<org.jenkinsci.plugins.workflow.job.properties.DisableConcurrentBuildsJobProperty><abortPrevious>${abortPrevious}</abortPrevious></org.jenkinsci.plugins.workflow.job.properties.DisableConcurrentBuildsJobProperty>`;

interface Item {
  _class: string;
  id: number;
  why: string | null;
  blocked: boolean;
  executable?: { number: number } | null;
  cancelled?: boolean;
}

describe('the queue', () => {
  let sandbox: TestSandbox;

  beforeEach(async () => {
    sandbox = await testSandbox({ agents: { executors: 1 } });
  });
  afterEach(stopTestSandboxes);

  const create = (script: string, properties?: string) =>
    createItem(sandbox, 'shop', pipelineXml(script, properties));
  const item = (id: number) => sandbox.get<Item>(`queue/item/${id}/api/json`);
  /** Posts and gives status and queue id. */
  const build = async (path: string, body?: string) => {
    const answer = await sandbox.call('POST', `${JOB}${path}`, { body });
    const [, id] =
      /queue\/item\/(\d+)\/$/.exec(answer.headers.get('location') ?? '') ?? [];
    return { status: answer.status, id: Number(id) };
  };

  it('keeps a run for its quiet period, merges like ones, lets it go', async () => {
    await create('log x');
    const first = await build('build?delay=1sec');
    expect(first.status).toBe(201);
    expect(await item(first.id)).toMatchObject({
      _class: 'hudson.model.Queue$WaitingItem',
      why: expect.stringMatching(/^In the quiet period. Expires in /),
      task: { name: 'shop', color: 'notbuilt' },
      params: '',
    });
    expect(await build('build?delay=1sec')).toEqual(first);
    expect(
      await sandbox.get(`${JOB}api/json?tree=inQueue,queueItem[id]`),
    ).toMatchObject({
      inQueue: true,
      queueItem: { id: first.id },
    });
    const left = await eventually(async () => {
      const now = await item(first.id);
      return now._class.endsWith('LeftItem') && now;
    });
    expect(left).toMatchObject({ cancelled: false, executable: { number: 1 } });
    const run = await sandbox.get(`${JOB}1/api/json`);
    expect(run.queueId).toBe(first.id);
  });

  it('merges parameterized runs only when their values are the same', async () => {
    await create('params', PARAMETERS);
    const a = await build('buildWithParameters?S=1&delay=2');
    const same = await build('buildWithParameters', 'S=1&delay=2');
    const b = await build('buildWithParameters?S=2&delay=2');
    expect(a.status).toBe(201);
    expect(same).toEqual({ status: 303, id: a.id });
    expect(b.status).toBe(201);
    expect(b.id).not.toBe(a.id);
  });

  it('binds parameters as Jenkins does', async () => {
    await create('params', PARAMETERS);
    const run = await startRun(
      sandbox,
      JOB,
      'buildWithParameters?S=%20v%20&B=no&C=y&UNKNOWN=1',
    );
    await ended(sandbox, run);
    const log = await (await sandbox.call('GET', `${run}consoleText`)).text();
    expect(JSON.parse(log.split('\n')[1])).toEqual([
      { name: 'S', type: 'hudson.model.StringParameterDefinition', value: 'v' },
      {
        name: 'B',
        type: 'hudson.model.BooleanParameterDefinition',
        value: false,
      },
      { name: 'C', type: 'hudson.model.ChoiceParameterDefinition', value: 'y' },
    ]);
    expect(
      await sandbox.get(`${run}api/json?tree=actions[parameters[*]]`),
    ).toMatchObject({
      actions: expect.arrayContaining([
        {
          _class: 'hudson.model.ParametersAction',
          parameters: [
            {
              _class: 'hudson.model.StringParameterValue',
              name: 'S',
              value: 'v',
            },
            {
              _class: 'hudson.model.BooleanParameterValue',
              name: 'B',
              value: false,
            },
            {
              _class: 'hudson.model.StringParameterValue',
              name: 'C',
              value: 'y',
            },
          ],
        },
      ]),
    });
    expect((await build('buildWithParameters?C=z')).status).toBe(500);
    expect((await build('build')).status).toBe(400);
    const form = new URLSearchParams({
      json: JSON.stringify({ parameter: [{ name: 'S', value: 'form' }] }),
    });
    expect((await build('build', String(form))).status).toBe(201);
  });

  it('refuses parameters of a job without any', async () => {
    await create('log x');
    expect((await build('buildWithParameters?S=1')).status).toBe(400);
  });

  it('cancels what waits', async () => {
    await create('log x');
    const { id } = await build('build?delay=60');
    expect(
      (await sandbox.call('POST', `queue/cancelItem?id=${id}`)).status,
    ).toBe(204);
    expect(await item(id)).toMatchObject({ cancelled: true, executable: null });
    expect(
      (await sandbox.call('POST', `queue/cancelItem?id=${id}`)).status,
    ).toBe(422);
    expect((await sandbox.call('POST', 'queue/cancelItem?id=999')).status).toBe(
      404,
    );
    expect((await sandbox.call('GET', 'queue/item/999/api/json')).status).toBe(
      404,
    );
  });

  it('holds a second run back when they must not be concurrent', async () => {
    await create('wait', NO_CONCURRENT(false));
    const run = await startRun(sandbox, JOB);
    const { id } = await build('build');
    const blocked = await eventually(async () => {
      const now = await item(id);
      return now.blocked && now;
    });
    expect(blocked).toMatchObject({
      _class: 'hudson.model.Queue$BlockedItem',
      why: 'Build #1 is already in progress (ETA: N/A)',
    });
    await sandbox.call('POST', `${run}stop`);
    await eventually(async () => (await item(id)).executable?.number);
  });

  it('lets a new run take the place of the old one', async () => {
    await create('wait', NO_CONCURRENT(true));
    const run = await startRun(sandbox, JOB);
    await startRun(sandbox, JOB);
    expect((await ended(sandbox, run)).result).toBe('NOT_BUILT');
    const log = await (await sandbox.call('GET', `${run}consoleText`)).text();
    expect(log).toContain('Superseded by shop #2\n');
  });

  it('shows a node step that waits for an executor, and who has one', async () => {
    await create('agent\nwait');
    const first = await startRun(sandbox, JOB);
    const second = await startRun(sandbox, JOB);
    const waiting = await eventually(async () => {
      const { items } = await sandbox.get<{ items: Item[] }>('queue/api/json');
      return items[0];
    });
    expect(waiting).toMatchObject({
      _class: 'hudson.model.Queue$BuildableItem',
      why: 'Waiting for next available executor',
      task: { name: 'part of shop #2' },
    });
    expect(
      await sandbox.get('computer/api/json?tree=busyExecutors'),
    ).toMatchObject({
      busyExecutors: 1,
    });
    await sandbox.call('POST', `${first}stop`);
    await ended(sandbox, first);
    await eventually(async () => {
      const { items } = await sandbox.get<{ items: Item[] }>('queue/api/json');
      return items.length === 0;
    });
    await sandbox.call('POST', `${second}stop`);
  });

  it('waits for ever for a label that no node has', async () => {
    await create('agent nothing');
    await startRun(sandbox, JOB);
    const [waiting] = await eventually(async () => {
      const { items } = await sandbox.get<{ items: Item[] }>('queue/api/json');
      return items.length > 0 && items;
    });
    expect(waiting.why).toBe('There are no nodes with the label ‘nothing’');
  });

  it('keeps what waits over a restart, and ends what ran', async () => {
    await create('wait');
    const run = await startRun(sandbox, JOB);
    const { id } = await build('build?delay=3');
    const restarting = sandbox.jenkins.restart(false);
    const meanwhile = await eventually(async () => {
      const answer = await sandbox.call('GET', 'api/json');
      return answer.status === 503 && answer;
    });
    expect(await meanwhile.text()).toContain('getting ready to work');
    await restarting;
    expect((await ended(sandbox, run)).result).toMatch(/ABORTED|FAILURE/);
    expect(await item(id)).toMatchObject({ id, task: { name: 'shop' } });
    await eventually(async () => (await item(id)).executable?.number);
  });

  it('thins out old runs', async () => {
    const discarder =
      '<jenkins.model.BuildDiscarderProperty><strategy class="hudson.tasks.LogRotator"><daysToKeep>-1</daysToKeep><numToKeep>2</numToKeep><artifactDaysToKeep>-1</artifactDaysToKeep><artifactNumToKeep>-1</artifactNumToKeep></strategy></jenkins.model.BuildDiscarderProperty>';
    await create('result FAILURE', discarder);
    for (let i = 0; i < 4; i++)
      await ended(sandbox, await startRun(sandbox, JOB));
    expect(
      await sandbox.get(`${JOB}api/json?tree=builds[number]`),
    ).toMatchObject({
      builds: [{ number: 4 }, { number: 3 }],
    });
  });
});
