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

describe('logs', () => {
  let sandbox: TestSandbox;

  beforeEach(async () => {
    sandbox = await testSandbox();
  });
  afterEach(stopTestSandboxes);

  const create = (script: string) =>
    createItem(sandbox, 'shop', pipelineXml(script));
  const progressive = async (run: string, start: number, node = '') => {
    const answer = await sandbox.call(
      'GET',
      `${run}${node}logText/progressiveText?start=${start}`,
    );
    return {
      text: await answer.text(),
      size: Number(answer.headers.get('x-text-size')),
      more: answer.headers.get('x-more-data') === 'true',
    };
  };

  it('are read on while the run goes on', async () => {
    await create('log one\ninput Go\nlog two');
    const run = await startRun(sandbox, JOB);
    const first = await eventually(async () => {
      const part = await progressive(run, 0);
      return part.text.includes('one') && part;
    });
    expect(first.more).toBe(true);
    // Hidden notes count in the file, so the text is shorter than the offset says.
    const shown = first.text.replace(/\r\n/g, '\n');
    expect(first.size).toBeGreaterThan(Buffer.byteLength(shown));
    expect(await progressive(run, first.size)).toEqual({
      text: '',
      size: first.size,
      more: true,
    });
    await sandbox.call('POST', `${run}input/Go/proceedEmpty`);
    await ended(sandbox, run);
    const rest = await progressive(run, first.size);
    expect(rest.text).toMatch(
      /^Approved by .*\r\ntwo\r\nFinished: SUCCESS\r\n$/,
    );
    expect(rest.more).toBe(false);
    // An offset of another log starts anew.
    expect((await progressive(run, 1_000_000)).text).toBe(
      first.text + rest.text,
    );
    expect((await progressive(run, -5)).text).toBe(first.text + rest.text);
  });

  it('are told apart by step and stage', async () => {
    await create('stage A\nstep a1\nstep a2\nstage B\nstep b1');
    const run = await startRun(sandbox, JOB);
    await ended(sandbox, run);
    const { data } = await sandbox.get<{
      data: { steps: { id: string; stageId: string }[] };
    }>(`${run}stages/allSteps`);
    const [a1, a2, b1] = data.steps;
    expect(await progressive(run, 0, `execution/node/${a2.id}/log/`)).toEqual({
      text: 'a2\r\n',
      size: 3,
      more: false,
    });
    expect(
      await progressive(run, 1, `execution/node/${a2.id}/log/`),
    ).toMatchObject({
      text: '2\r\n',
    });
    const stage = async (id: string) =>
      (await sandbox.call('GET', `${run}stages/log?nodeId=${id}`)).text();
    expect(await stage(a1.stageId)).toBe('a1\na2\n');
    expect(await stage(b1.id)).toBe('b1\n');
    expect((await sandbox.call('GET', `${run}stages/log`)).status).toBe(400);
    const wfapi = await sandbox.get(`${run}execution/node/${b1.id}/wfapi/log`);
    expect(wfapi).toMatchObject({
      nodeStatus: 'SUCCESS',
      length: 3,
      text: 'b1\n',
      hasMore: false,
    });
    const unknown = await sandbox.call(
      'GET',
      `${run}execution/node/${a1.stageId}/log/logText/progressiveText`,
    );
    expect(unknown.status).toBe(404);
  });

  it('escape HTML where HTML is asked for', async () => {
    await create('log <b>&amp;');
    const run = await startRun(sandbox, JOB);
    await ended(sandbox, run);
    const html = await sandbox.call('GET', `${run}logText/progressiveHtml`);
    expect(await html.text()).toContain('&lt;b&gt;&amp;amp;\r\n');
  });

  it('of any size are streamed and compressed', async () => {
    await create('log x');
    const bytes = 5_000_000;
    const { number } = await (
      await fetch(`${sandbox.jenkinsUrl}/sandbox/seed/log`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${sandbox.credentials.controlToken}`,
        },
        body: JSON.stringify({ job: 'shop', bytes }),
      })
    ).json();
    const run = `${JOB}${number}/`;
    const whole = await progressive(run, 0);
    const lines = whole.text.split('\r\n').length - 1;
    expect(whole.text.length).toBe(whole.size + lines);
    expect(whole.size).toBeGreaterThan(bytes);
    expect((await progressive(run, whole.size - 10)).text).toBe(
      whole.text.slice(-11),
    );
    const raw = await sandbox.call('GET', `${run}consoleText`);
    expect(await raw.text()).toBe(whole.text.replace(/\r\n/g, '\n'));
  });
});
