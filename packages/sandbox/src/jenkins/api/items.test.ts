import {
  createItem,
  FOLDER_XML,
  pipelineXml,
  startRun,
  stopTestSandboxes,
  TestSandbox,
  testSandbox,
} from '../../testing/testSandbox';

const XML = { type: 'application/xml' };

describe('items', () => {
  let sandbox: TestSandbox;

  beforeEach(async () => {
    sandbox = await testSandbox();
    await createItem(sandbox, 'team-a', FOLDER_XML);
  });
  afterEach(stopTestSandboxes);

  const post = (path: string, body = '', type?: string) =>
    sandbox.call('POST', path, { body, type });
  const error = (answer: Response) => answer.headers.get('x-error');

  it('reads back a config.xml byte for byte, as XML 1.1', async () => {
    const xml = pipelineXml(
      'log x',
      '\n<!-- c --><un.known a = "1">&#x9;é</un.known>',
    );
    await createItem(sandbox, 'team-a/shop', xml);
    const answer = await sandbox.call('GET', 'job/team-a/job/shop/config.xml');
    expect(answer.headers.get('content-type')).toMatch(/^application\/xml/);
    expect(await answer.text()).toBe(xml);
    const changed = xml.replace('a test', 'another');
    expect(
      (await post('job/team-a/job/shop/config.xml', changed, XML.type)).status,
    ).toBe(200);
    expect(
      await (
        await sandbox.call('GET', 'job/team-a/job/shop/config.xml')
      ).text(),
    ).toBe(changed);
    expect(await sandbox.get('job/team-a/job/shop/api/json')).toMatchObject({
      description: 'another',
    });
  });

  it('encrypts a password and takes the encrypted one back', async () => {
    const parameter = (value: string) =>
      `<hudson.model.ParametersDefinitionProperty><parameterDefinitions><hudson.model.PasswordParameterDefinition><name>P</name><defaultValue>${value}</defaultValue></hudson.model.PasswordParameterDefinition></parameterDefinitions></hudson.model.ParametersDefinitionProperty>`;
    await createItem(sandbox, 'p', pipelineXml('params', parameter('hunter2')));
    const read = await (await sandbox.call('GET', 'job/p/config.xml')).text();
    expect(read).not.toContain('hunter2');
    const [, sealed] =
      /<defaultValue>(\{AQAAAB.*\})<\/defaultValue>/.exec(read) ?? [];
    expect(sealed).toBeTruthy();
    await post('job/p/config.xml', read, XML.type);
    expect(await (await sandbox.call('GET', 'job/p/config.xml')).text()).toBe(
      read,
    );
    const run = await startRun(sandbox, 'job/p/', 'buildWithParameters');
    const log = await (await sandbox.call('GET', `${run}consoleText`)).text();
    expect(log).toContain('"value":"hunter2"');
    const text = JSON.stringify(await sandbox.get(`${run}api/json`));
    expect(text).not.toContain('hunter2');
  });

  it.each([
    ['', 400, /./],
    ['team-a', 400, /already exists/],
    ['TEAM-A', 400, /already exists/],
    ['a/b', 400, /unsafe/],
    ['a?b', 400, /unsafe/],
    ['a\u0001b', 400, /control/],
    ['..', 400, /not an allowed name/],
    ['a.', 400, /cannot end with/],
  ])('refuses the name %j', async (name, status, message) => {
    const answer = await post(
      `createItem?name=${encodeURIComponent(name)}`,
      FOLDER_XML,
      XML.type,
    );
    expect(answer.status).toBe(status);
    expect(error(answer)).toMatch(message);
  });

  it.each([
    ['createItem', FOLDER_XML, XML.type, 400],
    ['createItem?name=n', '<a>', XML.type, 500],
    [`createItem?name=${'n'.repeat(300)}`, FOLDER_XML, XML.type, 500],
    ['createItem?name=n', '<project/>', XML.type, 501],
    ['createItem?name=n', FOLDER_XML, 'application/json', 501],
    ['createItem?name=n&mode=copy&from=nothing', '', XML.type, 400],
    ['job/team-a/config.xml', '<a>', XML.type, 500],
    ['job/team-a/config.xml', pipelineXml('x'), XML.type, 500],
  ])('POST %s is refused', async (path, body, type, status) => {
    expect((await post(path, body, type)).status).toBe(status);
    // Nothing is half made.
    expect(await sandbox.get('api/json?tree=jobs[name]')).toMatchObject({
      jobs: [{ name: 'team-a' }],
    });
    expect(await sandbox.get('job/team-a/api/json')).toMatchObject({
      jobs: [],
    });
  });

  it('takes odd names and deep folders', async () => {
    const odd = `née "q" 'a' +=,~(1) 你好`;
    await createItem(sandbox, `team-a/${odd}`, FOLDER_XML);
    await createItem(sandbox, `team-a/${odd}/p q`, pipelineXml('log x'));
    const path = `job/team-a/job/${encodeURIComponent(odd)}/job/p%20q/`;
    expect(await sandbox.get(`${path}api/json`)).toMatchObject({
      fullName: `team-a/${odd}/p q`,
      url: `${sandbox.jenkinsUrl}/${path}`,
    });
    await startRun(sandbox, path);
  });

  it('copies, renames, moves, describes, disables, deletes', async () => {
    await createItem(sandbox, 'team-a/shop', pipelineXml('log x'));
    await createItem(sandbox, 'team-b', FOLDER_XML);
    const location = async (path: string, body = '') => {
      const answer = await post(path, body);
      expect(answer.status).toBe(302);
      return answer.headers.get('location')?.replace(sandbox.jenkinsUrl, '');
    };
    expect(
      await location(
        'job/team-b/createItem?name=copy&mode=copy&from=/team-a/shop',
      ),
    ).toBe('/job/team-b/job/copy/');
    expect(
      await location('job/team-b/job/copy/confirmRename', 'newName=new%20name'),
    ).toBe('/job/team-b/job/new%20name/');
    const again = await post(
      'job/team-b/job/new%20name/confirmRename',
      'newName=a%3Fb',
    );
    expect(again.status).toBe(400);
    expect(
      await location(
        'job/team-b/job/new%20name/move/move',
        'destination=/team-a',
      ),
    ).toBe('/job/team-a/job/new%20name/');
    const moved = 'job/team-a/job/new%20name/';
    await location(`${moved}submitDescription`, 'description=why');
    await location(`${moved}disable`);
    expect(await sandbox.get(`${moved}api/json`)).toMatchObject({
      description: 'why',
      buildable: false,
      color: 'disabled',
    });
    expect((await post(`${moved}build`)).status).toBe(409);
    await location(`${moved}enable`);
    expect(await location(`${moved}doDelete`)).toBe('/job/team-a/');
    expect((await sandbox.call('GET', `${moved}api/json`)).status).toBe(404);
    expect((await sandbox.call('DELETE', 'job/team-a/')).status).toBe(204);
    expect((await sandbox.call('DELETE', 'job/team-a/')).status).toBe(404);
  });

  it('aborts what runs when it is deleted', async () => {
    await createItem(sandbox, 'team-a/shop', pipelineXml('wait'));
    await startRun(sandbox, 'job/team-a/job/shop/');
    expect((await sandbox.call('DELETE', 'job/team-a/')).status).toBe(204);
    expect(sandbox.jenkins.jenkins.runner.running).toEqual([]);
  });

  it('sends a path without its slash to the one with it', async () => {
    const answer = await sandbox.call('GET', 'job/team-a');
    expect(answer.headers.get('location')).toBe(
      `${sandbox.jenkinsUrl}/job/team-a/`,
    );
  });

  it('checks names', async () => {
    const check = async (value: string) =>
      (await sandbox.call('GET', `checkJobName?value=${value}`)).text();
    expect(await check('new')).toBe('<div/>');
    expect(await check('team-a')).toContain('class=error');
  });

  it('finds everything again after a restart', async () => {
    await createItem(sandbox, 'team-a/shop', pipelineXml('log x'));
    await startRun(sandbox, 'job/team-a/job/shop/');
    await sandbox.jenkins.restart(true);
    expect(await sandbox.get('job/team-a/job/shop/api/json')).toMatchObject({
      nextBuildNumber: 2,
      lastBuild: { number: 1 },
    });
  });
});
