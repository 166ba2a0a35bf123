import { text } from 'stream/consumers';
import { FakeJenkins } from './__testUtils__/fakeJenkins';

const REF = { workspace: 'team-a', name: 'shop' };
const RUN = '/job/portal/job/team-a/job/shop/3';

describe('results', () => {
  let jenkins: FakeJenkins;
  beforeEach(async () => {
    jenkins = await FakeJenkins.start();
  });
  afterEach(() => jenkins.stop());

  it('lists artifacts, with sizes when Jenkins knows them', async () => {
    const artifacts = [
      { fileName: 'a.jar', relativePath: 'target/a.jar' },
      { fileName: 'b.txt', relativePath: 'b.txt' },
    ];
    jenkins.json(`${RUN}/api/json`, { artifacts });
    await expect(jenkins.engine.artifacts(REF, 3)).resolves.toEqual([
      { name: 'a.jar', path: 'target/a.jar', sizeBytes: undefined },
      { name: 'b.txt', path: 'b.txt', sizeBytes: undefined },
    ]);
    jenkins.json(`${RUN}/wfapi/artifacts`, [
      { id: 'n1', name: 'a.jar', path: 'target/a.jar', size: 7 },
    ]);
    await expect(jenkins.engine.artifacts(REF, 3)).resolves.toMatchObject([
      { sizeBytes: 7 },
      { sizeBytes: undefined },
    ]);
  });

  it('streams an artifact whose name is strange', async () => {
    jenkins.on(
      'GET',
      `${RUN}/artifact/dir/a%20%25%3F%23.txt`,
      (_request, response) => {
        response.writeHead(200, {
          'content-type': 'text/plain',
          'content-length': 4,
        });
        response.end('data');
      },
    );
    const file = await jenkins.engine.artifact(REF, 3, 'dir/a %?#.txt');
    expect(file).toMatchObject({ sizeBytes: 4, contentType: 'text/plain' });
    await expect(text(file.stream)).resolves.toBe('data');
  });

  it.each(['../../config.xml', 'a/../b', './a', '/etc/passwd', 'a//b', ''])(
    'refuses the artifact %j',
    async file => {
      await expect(jenkins.engine.artifact(REF, 3, file)).rejects.toMatchObject(
        { name: 'InputError' },
      );
      expect(jenkins.calls).toEqual([]);
    },
  );

  it('has no folders', async () => {
    jenkins.on('GET', `${RUN}/artifact/dir`, (_request, response) => {
      response.writeHead(302, { location: 'dir/' }).end();
    });
    await expect(jenkins.engine.artifact(REF, 3, 'dir')).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });

  it('reads every status of a test', async () => {
    const test = (name: string, status: string, rest: object = {}) => ({
      className: 'shop.CartTest',
      name,
      status,
      duration: 0.0125,
      age: 0,
      ...rest,
    });
    jenkins.json(`${RUN}/testReport/api/json`, {
      suites: [
        {
          name: 'cart',
          cases: [
            test('adds', 'PASSED'),
            test('adds', 'FIXED'),
            test('pays', 'REGRESSION', {
              age: 1,
              errorDetails: 'expected 1',
              errorStackTrace: 'at Cart',
            }),
            test('ships', 'FAILED', { age: 4 }),
            test('waits', 'SKIPPED', { skippedMessage: 'later' }),
          ],
        },
      ],
    });
    const common = {
      suite: 'cart',
      className: 'shop.CartTest',
      durationMs: 13,
      failingSince: undefined,
      message: undefined,
      trace: undefined,
    };
    const id = (name: string) => `cart/shop.CartTest/${name}`;
    await expect(jenkins.engine.tests(REF, 3)).resolves.toEqual([
      { ...common, id: id('adds'), name: 'adds', status: 'passed' },
      { ...common, id: id('adds#2'), name: 'adds', status: 'fixed' },
      {
        ...common,
        id: id('pays'),
        name: 'pays',
        status: 'regression',
        failingSince: 1,
        message: 'expected 1',
        trace: 'at Cart',
      },
      {
        ...common,
        id: id('ships'),
        name: 'ships',
        status: 'failed',
        failingSince: 4,
      },
      {
        ...common,
        id: id('waits'),
        name: 'waits',
        status: 'skipped',
        message: 'later',
      },
    ]);
  });

  it('has no tests when there is no report', async () => {
    await expect(jenkins.engine.tests(REF, 3)).resolves.toEqual([]);
  });

  it('lists changes', async () => {
    jenkins.json(`${RUN}/api/json`, {
      changeSets: [
        {
          items: [
            {
              commitId: 'c1',
              msg: 'Fix',
              timestamp: 1_700_000_000_000,
              author: { fullName: 'Ann' },
              affectedPaths: ['a', 'b'],
            },
            { commitId: 'c2', timestamp: -1 },
          ],
        },
        {},
      ],
    });
    await expect(jenkins.engine.changes(REF, 3)).resolves.toEqual([
      {
        commit: 'c1',
        message: 'Fix',
        author: 'Ann',
        at: '2023-11-14T22:13:20.000Z',
        files: 2,
      },
      { commit: 'c2', message: '', author: '', files: 0 },
    ]);
  });
});
