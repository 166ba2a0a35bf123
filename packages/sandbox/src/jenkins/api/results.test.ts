import {
  createItem,
  ended,
  pipelineXml,
  startRun,
  stopTestSandboxes,
  TestSandbox,
  testSandbox,
} from '../../testing/testSandbox';

const JOB = 'job/shop/';
const suite = (a: string, b: string) =>
  `junit <testsuite name="s" time="1.5"><testcase classname="c" name="a" time="0.5">${a}</testcase><testcase classname="c" name="b">${b}</testcase><testcase classname="c" name="z"><skipped message="later"/></testcase></testsuite>`;
const FAILED = '<failure message="boom">trace</failure>';

interface Report {
  suites: {
    cases: { name: string; status: string; age: number; failedSince: number }[];
  }[];
}

describe('what a run leaves behind', () => {
  let sandbox: TestSandbox;

  beforeEach(async () => {
    sandbox = await testSandbox();
  });
  afterEach(stopTestSandboxes);

  it('is a test report that compares with the one before', async () => {
    await createItem(sandbox, 'shop', pipelineXml(suite('', FAILED)));
    const update = (script: string) =>
      sandbox.call('POST', `${JOB}config.xml`, {
        body: pipelineXml(script),
        type: 'text/xml',
      });
    const report = async () => {
      const run = await startRun(sandbox, JOB);
      await ended(sandbox, run);
      const { suites } = await sandbox.get<Report>(`${run}testReport/api/json`);
      return suites[0].cases.map(({ name, status, failedSince }) => [
        name,
        status,
        failedSince,
      ]);
    };
    expect(await report()).toEqual([
      ['a', 'PASSED', 0],
      ['b', 'FAILED', 1],
      ['z', 'SKIPPED', 0],
    ]);
    await update('log no report');
    await ended(sandbox, await startRun(sandbox, JOB));
    await update(suite(FAILED, FAILED));
    expect(await report()).toEqual([
      ['a', 'REGRESSION', 3],
      ['b', 'FAILED', 1],
      ['z', 'SKIPPED', 0],
    ]);
    await update(suite('', ''));
    expect(await report()).toEqual([
      ['a', 'FIXED', 0],
      ['b', 'FIXED', 0],
      ['z', 'SKIPPED', 0],
    ]);
    expect(
      await sandbox.get(
        `${JOB}3/testReport/api/json?tree=failCount,passCount,skipCount,suites[name,duration,cases[name,errorDetails,errorStackTrace]{1,2}]`,
      ),
    ).toEqual({
      _class: 'hudson.tasks.junit.TestResult',
      failCount: 2,
      passCount: 0,
      skipCount: 1,
      suites: [
        {
          name: 's',
          duration: 1.5,
          cases: [
            { name: 'b', errorDetails: 'boom', errorStackTrace: 'trace' },
          ],
        },
      ],
    });
    expect(
      (await sandbox.call('GET', `${JOB}2/testReport/api/json`)).status,
    ).toBe(404);
    expect(await sandbox.get(`${JOB}3/api/json`)).toMatchObject({
      actions: expect.arrayContaining([
        {
          _class: 'hudson.tasks.junit.TestResultAction',
          failCount: 2,
          skipCount: 1,
          totalCount: 3,
          urlName: 'testReport',
        },
      ]),
    });
  });

  it('are artifacts', async () => {
    const script = [
      'agent',
      'write dist/a.txt hello',
      'write dist/sub/b.html <script>1</script>',
      'archive dist/a.txt',
      'archive dist/sub/b.html',
    ];
    await createItem(sandbox, 'shop', pipelineXml(script.join('\n')));
    const run = await startRun(sandbox, JOB);
    await ended(sandbox, run);
    expect(await sandbox.get(`${run}api/json?tree=artifacts[*]`)).toMatchObject(
      {
        artifacts: [
          {
            displayPath: 'a.txt',
            fileName: 'a.txt',
            relativePath: 'dist/a.txt',
          },
          {
            displayPath: 'b.html',
            fileName: 'b.html',
            relativePath: 'dist/sub/b.html',
          },
        ],
      },
    );
    expect(await sandbox.get(`${run}wfapi/artifacts`)).toMatchObject([
      { name: 'a.txt', path: 'dist/a.txt', size: 5 },
      { name: 'b.html' },
    ]);
    const html = await sandbox.call('GET', `${run}artifact/dist/sub/b.html`);
    expect(await html.text()).toBe('<script>1</script>');
    expect(html.headers.get('content-security-policy')).toMatch(/^sandbox/);
    const zip = await sandbox.call('GET', `${run}artifact/*zip*/archive.zip`);
    const bytes = Buffer.from(await zip.arrayBuffer());
    expect(bytes.readUInt32LE(0)).toBe(0x04034b50);
    expect(bytes.includes('archive/dist/a.txt')).toBe(true);
    const directory = await sandbox.call('GET', `${run}artifact/dist`);
    expect(directory.status).toBe(302);
    expect(directory.headers.get('location')).toBe(`/${run}artifact/dist/`);
    const listing = await sandbox.call('GET', `${run}artifact/dist/`);
    expect(await listing.text()).toContain('href="a.txt"');
    for (const path of [
      'artifact/nothing',
      'artifact/..%2Fbuild.json',
      'artifact/dist/..%2F..%2Flog',
    ]) {
      expect((await sandbox.call('GET', `${run}${path}`)).status).toBe(404);
    }
  });

  it('is refused where it leads out of the archive', async () => {
    await createItem(
      sandbox,
      'shop',
      pipelineXml('agent\nwrite a x\narchive ../../secrets/master.key'),
    );
    const run = await startRun(sandbox, JOB);
    expect((await ended(sandbox, run)).result).toBe('FAILURE');
    expect(await sandbox.get(`${run}api/json`)).toMatchObject({
      artifacts: [],
    });
  });
});
