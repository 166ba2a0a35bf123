import { FakeJenkins } from './__testUtils__/fakeJenkins';

const REF = { workspace: 'team-a', name: 'shop' };
const JOB = '/job/portal/job/team-a/job/shop';

describe('queue', () => {
  let jenkins: FakeJenkins;
  beforeEach(async () => {
    jenkins = await FakeJenkins.start();
  });
  afterEach(() => jenkins.stop());

  const definitions = [
    { name: 'VERSION' },
    { name: 'TARGET', choices: ['dev', 'prod'] },
    { name: 'DRY' },
  ];
  const job = (parameters: unknown, buildable = true) =>
    jenkins.json(`${JOB}/api/json`, {
      buildable,
      property: [null, {}, { parameterDefinitions: parameters }],
    });

  it('starts a job without parameters', async () => {
    job(null).post(`${JOB}/build`, 201, { location: '/jenkins/queue/item/7/' });
    await expect(jenkins.engine.start(REF, {})).resolves.toEqual({
      queueId: '7',
    });
    expect(jenkins.calls[1]).toBe(`POST ${JOB}/build?delay=0sec`);
  });

  it('sends values in the body, where no access log shows them', async () => {
    job(definitions).post(`${JOB}/buildWithParameters`, 303, {
      location: `${jenkins.server.url}/jenkins/queue/item/8/`,
    });
    await expect(
      jenkins.engine.start(REF, {
        VERSION: 'a&b=ü',
        TARGET: 'prod',
        DRY: true,
      }),
    ).resolves.toEqual({ queueId: '8' });
    const { url, body } = jenkins.server.seen[1];
    expect(url).not.toContain('VERSION');
    expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
      VERSION: 'a&b=ü',
      TARGET: 'prod',
      DRY: 'true',
    });
  });

  it.each([
    [{ OTHER: 'x' }, 'has no parameter "OTHER"'],
    [{ toString: 'x' }, 'has no parameter "toString"'],
    [{ TARGET: 'moon' }, '"TARGET" of the pipeline team-a/shop must be one of'],
  ])('refuses %j', async (values, message) => {
    job(definitions);
    await expect(jenkins.engine.start(REF, values)).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining(message),
    });
    expect(jenkins.calls).toHaveLength(1);
  });

  it('says that a job is disabled, or that Jenkins does not want it', async () => {
    job(null, false);
    await expect(jenkins.engine.start(REF, {})).rejects.toThrow(
      'Jenkins "ci" does not run the pipeline team-a/shop: it is disabled there',
    );
    job(null).post(`${JOB}/build`, 302, { location: '.' });
    await expect(jenkins.engine.start(REF, {})).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('did not put'),
    });
  });

  it.each([
    [
      { why: 'In the quiet period' },
      { state: 'queued', reason: 'In the quiet period' },
    ],
    [
      { cancelled: false, executable: null },
      { state: 'queued', reason: undefined },
    ],
    [
      { cancelled: false, executable: { number: 3 } },
      { state: 'started', number: 3 },
    ],
    [{ cancelled: true, executable: null }, { state: 'cancelled' }],
  ])('reads the queue item %j', async (answer, expected) => {
    jenkins.json('/queue/item/7/api/json', answer);
    await expect(jenkins.engine.queueItem(REF, '7')).resolves.toEqual(expected);
  });

  it('finds the run of an item that Jenkins has forgotten', async () => {
    jenkins.json(`${JOB}/api/json`, {
      builds: [
        { number: 4, queueId: 9 },
        { number: 3, queueId: 7 },
      ],
    });
    await expect(jenkins.engine.queueItem(REF, '7')).resolves.toEqual({
      state: 'started',
      number: 3,
    });
    await expect(jenkins.engine.queueItem(REF, '8')).resolves.toEqual({
      state: 'gone',
    });
  });

  it.each([204, 302])('cancels (%d)', async status => {
    jenkins.post('/queue/cancelItem', status, { location: '/jenkins/queue' });
    await jenkins.engine.cancelQueued(REF, '7');
    expect(jenkins.calls).toEqual(['POST /queue/cancelItem?id=7']);
  });

  it.each([404, 422])(
    'says that it is too late to cancel (%d)',
    async status => {
      jenkins.post('/queue/cancelItem', status);
      await expect(jenkins.engine.cancelQueued(REF, '7')).rejects.toMatchObject(
        {
          name: 'ConflictError',
        },
      );
    },
  );

  describe('listing', () => {
    const CAUSE = 'hudson.model.Cause$UserIdCause';
    const QUEUED = 1_700_000_000_000;
    const item = (id: number, more: object = {}) => ({
      _class: 'hudson.model.Queue$BlockedItem',
      id,
      why: 'Build #3 is already in progress',
      inQueueSince: QUEUED,
      task: {
        _class: 'org.jenkinsci.plugins.workflow.job.WorkflowJob',
        url: 'https://ci.example/jenkins/job/portal/job/team-a/job/shop/',
      },
      actions: [{}, { causes: [{ _class: CAUSE, userId: 'Portal' }] }],
      ...more,
    });

    it('tells what the portal itself has asked for, in one bounded request', async () => {
      const parameters = [
        { name: 'VERSION', value: '1' },
        { _class: 'hudson.model.PasswordParameterValue', name: 'KEY' },
      ];
      const by = (userId: string, _class = CAUSE) => ({
        actions: [{ causes: [{ _class, userId }] }],
      });
      const task = (url: string, _class: string) => ({ task: { url, _class } });
      jenkins.json('/queue/api/json', {
        items: [
          item(9, { actions: [{ parameters }, ...item(0).actions] }),
          item(8, by('ann')),
          item(
            7,
            by('portal', 'hudson.triggers.TimerTrigger$TimerTriggerCause'),
          ),
          item(
            6,
            task(
              'https://ci.example/jenkins/job/portal/job/team-a/job/shop/3/',
              'org.jenkinsci.plugins.workflow.support.steps.ExecutorStepExecution$PlaceholderTask',
            ),
          ),
          item(
            5,
            task('https://ci.example/job/elsewhere/', item(0).task._class),
          ),
          item(4, { task: null, actions: [null] }),
        ],
      });
      await expect(jenkins.engine.listQueue(50)).resolves.toEqual([
        {
          ref: REF,
          queueId: '9',
          cause: { type: 'manual', by: 'Portal', text: undefined },
          queuedAt: new Date(QUEUED),
          reason: 'Build #3 is already in progress',
          parameters: { VERSION: '1' },
        },
      ]);
      expect(jenkins.calls).toEqual([
        expect.stringMatching(/^GET \/queue\/api\/json\?tree=.*\{0,50\}$/),
      ]);
    });

    it('asks for less of a queue that is too much for one answer', async () => {
      jenkins.on('GET', '/queue/api/json', ({ url }, response) => {
        const isLong = decodeURIComponent(url).includes('{0,50}');
        const why = 'x'.repeat(isLong ? 9_000_000 : 1);
        response.end(JSON.stringify({ items: [item(9, { why })] }));
      });
      await expect(jenkins.engine.listQueue(50)).resolves.toHaveLength(1);
      expect(jenkins.calls).toHaveLength(2);
    });
  });
});
