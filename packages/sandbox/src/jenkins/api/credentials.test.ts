import {
  createItem,
  ended,
  FOLDER_XML,
  pipelineXml,
  startRun,
  stopTestSandboxes,
  TestSandbox,
  testSandbox,
} from '../../testing/testSandbox';

const STORE = 'job/team-a/credentials/store/folder/domain/_/';
const secretText = (id: string, secret: string) =>
  `<org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl><scope>GLOBAL</scope><id>${id}</id><description>d</description><secret>${secret}</secret></org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl>`;
const sshKey = `<com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey><scope>GLOBAL</scope><id>key</id><description/><username>git</username><passphrase>pp</passphrase>
<privateKeySource class="com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey$DirectEntryPrivateKeySource"><privateKey>PEM
</privateKey></privateKeySource></com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey>`;

describe('credentials of a folder', () => {
  let sandbox: TestSandbox;

  beforeEach(async () => {
    sandbox = await testSandbox();
    await createItem(sandbox, 'team-a', FOLDER_XML);
    await createItem(sandbox, 'team-a/sub', FOLDER_XML);
  });
  afterEach(stopTestSandboxes);

  const post = async (path: string, body: string, type = 'application/xml') =>
    (await sandbox.call('POST', `${STORE}${path}`, { body, type })).status;
  const read = async (path: string) =>
    (await sandbox.call('GET', `${STORE}${path}`)).text();
  /** What a run in a folder below gets for an id. */
  const used = async (id: string) => {
    const name = `team-a/sub/use-${id}`;
    await createItem(sandbox, name, pipelineXml(`credential ${id}`));
    const run = await startRun(sandbox, `job/team-a/job/sub/job/use-${id}/`);
    await ended(sandbox, run);
    const log = await (await sandbox.call('GET', `${run}consoleText`)).text();
    return log.split('\n')[1];
  };

  it('are made, listed, used, changed, deleted', async () => {
    expect(await post('createCredentials', secretText('tok', 's3cret'))).toBe(
      200,
    );
    expect(await post('createCredentials', secretText('tok', 'x'))).toBe(409);
    expect(await post('createCredentials', sshKey)).toBe(200);
    expect(
      await sandbox.get(
        `${STORE}api/json?tree=credentials[id,typeName,description]`,
      ),
    ).toMatchObject({
      credentials: [
        { id: 'tok', typeName: 'Secret text', description: 'd' },
        { id: 'key', typeName: 'SSH Username with private key' },
      ],
    });
    expect(JSON.parse(await used('tok'))).toEqual({
      kind: 'string',
      id: 'tok',
      secret: 's3cret',
    });
    expect(JSON.parse(await used('key'))).toEqual({
      kind: 'sshUserPrivateKey',
      id: 'key',
      username: 'git',
      privateKey: 'PEM\n',
      passphrase: 'pp',
    });
    const folder = await (
      await sandbox.call('GET', 'job/team-a/config.xml')
    ).text();
    expect(folder).not.toMatch(/s3cret|PEM/);
    expect(await read('credential/tok/config.xml')).toContain(
      '<secret-redacted/>',
    );

    expect(
      await post('credential/tok/config.xml', secretText('tok', 'new')),
    ).toBe(200);
    expect(await used('tok').catch(String)).toMatch(/already exists/);
    expect(
      await post('credential/other/config.xml', secretText('other', 'x')),
    ).toBe(404);
    expect(
      await post('credential/tok/config.xml', secretText('renamed', 'x')),
    ).toBe(400);

    const gone = await sandbox.call(
      'DELETE',
      `${STORE}credential/tok/config.xml`,
    );
    expect(gone.status).toBe(200);
    expect(
      (await sandbox.call('GET', `${STORE}credential/tok/api/json`)).status,
    ).toBe(404);
    expect(await post('credential/key/doDelete', '')).toBe(302);
  });

  it('lose their secret when the redacted text is posted back', async () => {
    await post('createCredentials', secretText('tok', 's3cret'));
    await post(
      'credential/tok/config.xml',
      await read('credential/tok/config.xml'),
    );
    expect(JSON.parse(await used('tok'))).toMatchObject({ secret: '' });
  });

  it('go when the folder gets a config.xml without them', async () => {
    await post('createCredentials', secretText('tok', 's3cret'));
    const path = 'job/team-a/config.xml';
    const text = await (await sandbox.call('GET', path)).text();
    await sandbox.call('POST', path, { body: text, type: 'text/xml' });
    expect(JSON.parse(await used('tok'))).toMatchObject({ secret: 's3cret' });
    await sandbox.call('POST', path, { body: FOLDER_XML, type: 'text/xml' });
    expect(await sandbox.get(`${STORE}api/json`)).toMatchObject({
      credentials: [],
    });
  });

  it.each([
    ['a form', 'json={}', 'application/x-www-form-urlencoded', 400],
    ['an id with a blank', secretText('a b', 'x'), undefined, 400],
    ['an unknown class', '<x><id>a</id></x>', undefined, 400],
    ['no XML', '<x', undefined, 500],
  ])('refuse %s', async (_, body, type, status) => {
    expect(await post('createCredentials', body, type)).toBe(status);
  });

  it('are found in the system store too, but not in another folder', async () => {
    await createItem(sandbox, 'team-b', FOLDER_XML);
    const other =
      'job/team-b/credentials/store/folder/domain/_/createCredentials';
    await sandbox.call('POST', other, {
      body: secretText('theirs', 'x'),
      type: 'text/xml',
    });
    const system = 'credentials/store/system/domain/_/createCredentials';
    await sandbox.call('POST', system, {
      body: secretText('all', 'y'),
      type: 'text/xml',
    });
    expect(await used('theirs')).toBe('undefined');
    expect(JSON.parse(await used('all'))).toMatchObject({ secret: 'y' });
  });
});
