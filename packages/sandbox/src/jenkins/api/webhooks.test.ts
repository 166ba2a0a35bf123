import {
  createItem,
  ended,
  eventually,
  pipelineXml,
  stopTestSandboxes,
  TestSandbox,
  testSandbox,
} from '../../testing/testSandbox';

const TRIGGER = `<org.jenkinsci.plugins.workflow.job.properties.PipelineTriggersJobProperty><triggers>
  <org.jenkinsci.plugins.gwt.GenericTrigger><spec/>
    <genericVariables><org.jenkinsci.plugins.gwt.GenericVariable><expressionType>JSONPath</expressionType><key>ref</key><value>$.push.ref</value><regexpFilter/><defaultValue/></org.jenkinsci.plugins.gwt.GenericVariable></genericVariables>
    <genericRequestVariables><org.jenkinsci.plugins.gwt.GenericRequestVariable><key>q</key><regexpFilter/></org.jenkinsci.plugins.gwt.GenericRequestVariable></genericRequestVariables>
    <genericHeaderVariables><org.jenkinsci.plugins.gwt.GenericHeaderVariable><key>X-GitHub-Event</key><regexpFilter/></org.jenkinsci.plugins.gwt.GenericHeaderVariable></genericHeaderVariables>
    <regexpFilterText>$ref</regexpFilterText><regexpFilterExpression>^refs/heads/main$</regexpFilterExpression>
    <causeString>pushed $ref</causeString><token>tok</token>
  </org.jenkinsci.plugins.gwt.GenericTrigger></triggers></org.jenkinsci.plugins.workflow.job.properties.PipelineTriggersJobProperty>
  <hudson.model.ParametersDefinitionProperty><parameterDefinitions><hudson.model.StringParameterDefinition><name>ref</name><defaultValue>none</defaultValue></hudson.model.StringParameterDefinition></parameterDefinitions></hudson.model.ParametersDefinitionProperty>`;

describe('a generic webhook', () => {
  let sandbox: TestSandbox;

  beforeEach(async () => {
    sandbox = await testSandbox();
    await createItem(sandbox, 'shop', pipelineXml('params', TRIGGER));
  });
  afterEach(stopTestSandboxes);

  const invoke = (query: string, ref: string, headers = {}) =>
    fetch(`${sandbox.jenkinsUrl}/generic-webhook-trigger/invoke${query}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify({ push: { ref } }),
    });

  it('starts the jobs with its token, nobody having signed in', async () => {
    const answer = await invoke('?token=tok&q=1', 'refs/heads/main', {
      'X-GitHub-Event': 'push',
    });
    expect(await answer.json()).toEqual({
      jobs: {
        shop: {
          triggered: true,
          id: 1,
          url: 'queue/item/1/',
          regexpFilterText: 'refs/heads/main',
          regexpFilterExpression: '^refs/heads/main$',
          resolvedVariables: {
            ref: 'refs/heads/main',
            q: '1',
            x_github_event: 'push',
          },
        },
      },
      message: 'Triggered jobs.',
    });
    await eventually(
      async () =>
        (await sandbox.call('GET', 'job/shop/1/api/json')).status === 200,
    );
    await ended(sandbox, 'job/shop/1/');
    const log = await (
      await sandbox.call('GET', 'job/shop/1/consoleText')
    ).text();
    expect(log).toMatch(/^pushed refs\/heads\/main\n/);
    expect(log).toContain('"value":"refs/heads/main"');
  });

  it.each(['token', 'X-Gitlab-Token'])(
    'takes its token from the header %s',
    async name => {
      const answer = await invoke('', 'refs/heads/main', { [name]: 'tok' });
      expect(answer.status).toBe(200);
    },
  );

  it('starts nothing that the filter does not let through', async () => {
    const answer = await invoke('?token=tok', 'refs/heads/other');
    expect(await answer.json()).toMatchObject({
      jobs: { shop: { triggered: false } },
    });
  });

  it('answers 404 without a job', async () => {
    for (const query of ['', '?token=', '?token=other']) {
      expect((await invoke(query, 'x')).status).toBe(404);
    }
  });

  it('refuses a notification of a push without its token', async () => {
    const path = 'git/notifyCommit?url=http://127.0.0.1:1/x.git';
    expect((await fetch(`${sandbox.jenkinsUrl}/${path}`)).status).toBe(401);
    const token = sandbox.jenkins.jenkins.notifyCommitToken;
    const answer = await fetch(`${sandbox.jenkinsUrl}/${path}&token=${token}`);
    expect(await answer.text()).toContain('No Git consumers');
  });
});

describe('checkSpec', () => {
  let sandbox: TestSandbox;

  beforeAll(async () => {
    sandbox = await testSandbox();
    await createItem(sandbox, 'shop', pipelineXml('x'));
  });
  afterAll(stopTestSandboxes);

  it.each([
    ['H H * * *', 'ok', /Would last have run at .*; would next run at /],
    ['* * * * *', 'warning', /every minute/],
    ['H 0 31 6 *', 'warning', /rarely/],
    ['61 * * * *', 'error', /61/],
    ['', 'error', /no line/],
  ])('says of %j: %s', async (spec, kind, message) => {
    const value = encodeURIComponent(spec);
    const path = `job/shop/descriptorByName/hudson.triggers.TimerTrigger/checkSpec?value=${value}`;
    const text = await (await sandbox.call('GET', path)).text();
    expect(text).toContain(`<div class=${kind}>`);
    expect(text).toMatch(message);
  });
});
