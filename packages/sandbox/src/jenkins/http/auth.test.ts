import {
  createItem,
  FOLDER_XML,
  stopTestSandboxes,
  TestSandbox,
  testSandbox,
} from '../../testing/testSandbox';

describe('who may what', () => {
  let sandbox: TestSandbox;
  const as = (name: string) =>
    `${name}:${sandbox.credentials.jenkins.passwords[name]}`;

  beforeAll(async () => {
    sandbox = await testSandbox();
    await createItem(sandbox, 'team-a', FOLDER_XML);
  });
  afterAll(stopTestSandboxes);

  it.each(['amamba:wrong', 'nobody:x', 'amamba:', 'amamba', ':x'])(
    'refuses the credentials %s with 401',
    async user => {
      const answer = await sandbox.call('GET', 'api/json', { user });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('x-jenkins')).toBe('2.502');
    },
  );

  it('wants somebody to sign in', async () => {
    const { jenkinsUrl } = sandbox;
    const answer = await fetch(`${jenkinsUrl}/api/json`);
    expect(answer.status).toBe(403);
    expect(answer.headers.get('x-jenkins')).toBe('2.502');
    expect(await answer.text()).toContain('/login?from=');
    expect((await fetch(`${jenkinsUrl}/login`)).status).toBe(200);
    const me = await fetch(`${jenkinsUrl}/whoAmI/api/json`);
    expect(await me.json()).toMatchObject({
      name: 'anonymous',
      anonymous: true,
    });
  });

  it.each([
    ['stranger', 'job/team-a/api/json', 404],
    ['cleo', 'job/team-a/api/json', 403],
    ['cleo', 'job/nothing/api/json', 403],
    ['ben', 'job/team-a/api/json', 200],
    ['ben', 'job/team-a/config.xml', 403],
    ['ben', 'job/nothing/api/json', 404],
    ['ben', 'pluginManager/api/json', 403],
    ['admin', 'pluginManager/api/json', 200],
  ])('%s gets %s: %d', async (name, path, status) => {
    const answer = await sandbox.call('GET', path, { user: as(name) });
    expect(answer.status).toBe(status);
    const refused = status === 403;
    expect(answer.headers.get('x-you-are-authenticated-as')).toBe(
      refused ? name : null,
    );
    expect(answer.headers.has('x-required-permission')).toBe(refused);
  });

  it('hides items from lists', async () => {
    const list = async (name: string) => {
      const path = 'api/json?tree=jobs[name]';
      return (await sandbox.call('GET', path, { user: as(name) })).json();
    };
    expect(await list('stranger')).toMatchObject({ jobs: [] });
    expect(await list('ben')).toMatchObject({ jobs: [{ name: 'team-a' }] });
  });

  describe('a POST', () => {
    const post = (headers: Record<string, string>) =>
      sandbox.call('POST', 'quietDown', { user: as('admin'), headers });

    it('needs no crumb with an API token', async () => {
      const answer = await sandbox.call('POST', 'cancelQuietDown');
      expect(answer.status).toBe(302);
    });

    it('needs the crumb of its session with a password', async () => {
      const without = await post({});
      expect(without.status).toBe(403);
      expect(await without.text()).toContain('No valid crumb');

      const user = as('admin');
      const issued = await sandbox.call('GET', 'crumbIssuer/api/json', {
        user,
      });
      const { crumb, crumbRequestField } = await issued.json();
      expect(crumbRequestField).toBe('Jenkins-Crumb');
      expect(crumb).toMatch(/^[0-9a-f]{64}$/);
      const [cookie] = issued.headers.getSetCookie();
      expect((await post({ 'Jenkins-Crumb': crumb })).status).toBe(403);
      const other = { 'Jenkins-Crumb': crumb, Cookie: 'JSESSIONID.sandbox=x' };
      expect((await post(other)).status).toBe(403);
      const right = { 'Jenkins-Crumb': crumb, Cookie: cookie.split(';')[0] };
      expect((await post(right)).status).toBe(302);
    });
  });

  it('answers 405 to the wrong method and 404 to what it does not have', async () => {
    expect((await sandbox.call('GET', 'quietDown')).status).toBe(405);
    expect((await sandbox.call('GET', 'blue/rest/')).status).toBe(404);
    const validator = await sandbox.call(
      'POST',
      'pipeline-model-converter/validate',
    );
    expect(validator.status).toBe(404);
    expect(await validator.text()).toContain('stand-in');
    expect((await sandbox.call('GET', 'job/%E0%A4%A')).status).toBe(400);
  });

  it('refuses jsonp and a malformed tree', async () => {
    expect((await sandbox.call('GET', 'api/json?jsonp=x')).status).toBe(403);
    const tree = await sandbox.call('GET', 'api/json?tree=jobs[');
    expect(tree.status).toBe(500);
  });
});
