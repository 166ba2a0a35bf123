import { FakeJenkins, TOKEN } from './__testUtils__/fakeJenkins';

const REF = { workspace: 'team-a', name: 'shop' };
const JOB = '/job/portal/job/team-a/job/shop';

describe('faults of Jenkins', () => {
  let jenkins: FakeJenkins;
  beforeEach(async () => {
    jenkins = await FakeJenkins.start();
  });
  afterEach(() => jenkins.stop());

  const answer = (
    status: number,
    headers: Record<string, string>,
    body: string,
  ) =>
    jenkins.on('GET', `${JOB}/3/api/json`, (_request, response) => {
      response.writeHead(status, headers);
      response.end(body);
    });

  it.each([
    [
      200,
      {},
      '<html>Welcome</html>',
      'ServiceUnavailableError',
      'with a web page instead of data',
    ],
    [
      200,
      {},
      '{"number":"three"}',
      'ServiceUnavailableError',
      'in an unknown form when asked for run #3',
    ],
    [
      401,
      {},
      'Unauthorized',
      'ServiceUnavailableError',
      `refused the portal's credentials. Check the user "portal" and its API token in the configuration of "ci"`,
    ],
    [
      403,
      { 'X-Required-Permission': 'hudson.model.Item.Read' },
      '',
      'ServiceUnavailableError',
      'it lacks the permission hudson.model.Item.Read',
    ],
    [
      404,
      {},
      '<html>',
      'NotFoundError',
      'Jenkins "ci" does not have run #3 of the pipeline team-a/shop',
    ],
    [
      400,
      { 'X-Error': 'No such thing' },
      '<html>',
      'InputError',
      'Jenkins "ci" refused run #3 of the pipeline team-a/shop: No such thing',
    ],
    [
      409,
      { 'content-type': 'text/plain' },
      'F/P is not buildable',
      'ConflictError',
      ': F/P is not buildable',
    ],
    [500, {}, '<html>Oops', 'ServiceUnavailableError', '(HTTP 500)'],
    [
      503,
      {},
      'Please wait while Jenkins is getting ready to work ...',
      'ServiceUnavailableError',
      'Jenkins is getting ready to work. Try again in a minute',
    ],
    [
      302,
      { location: 'https://login.example/sso' },
      '',
      'ServiceUnavailableError',
      'redirects to another address, https://login.example',
    ],
  ])('explains %d %j %s', async (status, headers, body, name, message) => {
    answer(status, headers, body);
    const error: Error = await jenkins.engine.getRun(REF, 3).then(
      () => new Error('no error'),
      e => e,
    );
    expect(error.name).toBe(name);
    expect(error.message).toContain('Jenkins "ci"');
    expect(error.message).toContain(message);
    expect(error.message).not.toContain(TOKEN);
  });

  it('reports its health', async () => {
    await expect(jenkins.engine.health()).resolves.toMatchObject({
      reachable: false,
    });
    jenkins.json('/whoAmI/api/json', { anonymous: false });
    await expect(jenkins.engine.health()).resolves.toEqual({
      reachable: true,
      version: '2.502',
    });
    jenkins.json('/whoAmI/api/json', { anonymous: true });
    await expect(jenkins.engine.health()).resolves.toMatchObject({
      reachable: false,
      problem: expect.stringContaining("does not know the portal's user"),
    });
    jenkins.on('GET', '/whoAmI/api/json', (_request, response) => {
      response.removeHeader('X-Jenkins');
      response.end('{"anonymous":false}');
    });
    await expect(jenkins.engine.health()).resolves.toMatchObject({
      problem: expect.stringContaining('that is not Jenkins'),
    });
    await jenkins.server.stop();
    await expect(jenkins.engine.health()).resolves.toMatchObject({
      reachable: false,
      problem: expect.stringContaining('could not be reached'),
    });
  });

  it('needs no crumb with a token, and gets one when Jenkins wants it', async () => {
    const stop = `${JOB}/3/stop`;
    jenkins.post(stop, 302, { location: '..' });
    await jenkins.engine.cancelRun(REF, 3, 'stop');
    expect(jenkins.calls).toEqual([`POST ${stop}`]);

    jenkins
      .on('GET', '/crumbIssuer/api/json', (_request, response) => {
        response.setHeader('set-cookie', 'JSESSIONID=s1; Path=/; HttpOnly');
        response.end('{"crumb":"c1","crumbRequestField":"Jenkins-Crumb"}');
      })
      .on('POST', stop, (request, response) => {
        const isGood =
          request.headers['jenkins-crumb'] === 'c1' &&
          request.headers.cookie === 'JSESSIONID=s1';
        response.writeHead(isGood ? 302 : 403, { location: '.' });
        response.end('No valid crumb was included in the request');
      });
    await jenkins.engine.cancelRun(REF, 3, 'stop');
    jenkins.server.seen.length = 0;
    await jenkins.engine.cancelRun(REF, 3, 'stop');
    expect(jenkins.calls).toEqual([`POST ${stop}`]);
  });

  it('takes no sign-in page for a change that was made', async () => {
    const stop = `${JOB}/3/stop`;
    const page = { 'content-type': 'text/html;charset=utf-8' };
    jenkins.post(stop, 200, page, '<html>Please sign in</html>');
    await expect(
      jenkins.engine.cancelRun(REF, 3, 'stop'),
    ).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('a web page instead of doing'),
    });
    jenkins.post(stop, 200, page);
    await jenkins.engine.cancelRun(REF, 3, 'stop');
  });

  it('does not ask for crumbs for ever', async () => {
    jenkins
      .json('/crumbIssuer/api/json', { crumb: 'c', crumbRequestField: 'X' })
      .post(
        `${JOB}/3/stop`,
        403,
        {},
        'No valid crumb was included in the request',
      );
    await expect(jenkins.engine.cancelRun(REF, 3, 'stop')).rejects.toThrow(
      'No valid crumb',
    );
    expect(jenkins.calls).toHaveLength(3);
  });

  it('does not read huge answers', async () => {
    jenkins.on('GET', `${JOB}/api/json`, (_request, response) => {
      const chunk = Buffer.alloc(1_000_000, ' ');
      const write = () => {
        while (!response.destroyed && response.write(chunk));
        response.once('drain', write);
      };
      response.on('close', () => response.removeAllListeners('drain'));
      write();
    });
    await expect(jenkins.engine.listRuns(REF, 50)).rejects.toMatchObject({
      reason: 'tooLarge',
    });
  });
});
