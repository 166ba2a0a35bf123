import { FakeJenkins } from '../__testUtils__/fakeJenkins';

const REF = { workspace: 'team-a', name: 'shop' };
const RUN = '/job/portal/job/team-a/job/shop/3';
const START = 1_700_000_000_000;
const STARTED = new Date(START).toISOString();

const stage = (id: string, name: string, rest: object = {}) => ({
  id,
  name,
  state: 'success',
  type: 'STAGE',
  children: [],
  startTimeMillis: START,
  totalDurationMillis: 1_000,
  pauseDurationMillis: 0,
  ...rest,
});
const tree = (stages: object[], complete = true) => ({
  status: 'ok',
  data: { stages, complete },
});

describe('stages', () => {
  let jenkins: FakeJenkins;
  beforeEach(async () => {
    jenkins = await FakeJenkins.start();
    jenkins.json(`${RUN}/api/json`, { building: false, actions: [null, {}] });
  });
  afterEach(() => jenkins.stop());

  it('reads parallels and nesting of Pipeline Graph View', async () => {
    const branch = (id: string, name: string, children: object[] = []) =>
      stage(id, name, { type: 'PARALLEL', children });
    jenkins.json(
      `${RUN}/stages/tree`,
      tree([
        stage('5', 'Checkout SCM', { synthetic: true }),
        stage('8', 'Tests', {
          children: [
            branch('10', 'unit', [stage('12', 'a'), stage('14', 'b')]),
            branch('11', 'e2e', [branch('20', 'x'), branch('21', 'y')]),
          ],
        }),
        stage('30', 'Skipped', {
          state: 'skipped',
          startTimeMillis: 0,
          totalDurationMillis: 0,
        }),
        stage('40', 'Deploy', {
          state: 'queued',
          totalDurationMillis: undefined,
          causeOfBlockage: 'Waiting for next available executor',
          pauseDurationMillis: 50,
        }),
      ]),
    );
    const { graph, approvals } = await jenkins.engine.progress(REF, 3);
    expect(approvals).toEqual([]);
    expect(graph.complete).toBe(true);
    const common = {
      state: 'succeeded',
      startedAt: STARTED,
      durationMs: 1_000,
    };
    const leaf = { ...common, children: [] };
    expect(graph.stages).toEqual([
      {
        ...leaf,
        id: '5',
        name: 'Checkout SCM',
        kind: 'stage',
        synthetic: true,
      },
      {
        ...common,
        id: '8',
        name: 'Tests',
        kind: 'parallel',
        children: [
          {
            ...common,
            id: '10',
            name: 'unit',
            kind: 'branch',
            children: [
              { ...leaf, id: '12', name: 'a', kind: 'stage' },
              { ...leaf, id: '14', name: 'b', kind: 'stage' },
            ],
          },
          {
            ...common,
            id: '11',
            name: 'e2e',
            kind: 'branch',
            children: [
              {
                id: '11-parallel',
                name: '',
                kind: 'parallel',
                state: 'succeeded',
                children: [
                  { ...leaf, id: '20', name: 'x', kind: 'branch' },
                  { ...leaf, id: '21', name: 'y', kind: 'branch' },
                ],
              },
            ],
          },
        ],
      },
      {
        id: '30',
        name: 'Skipped',
        kind: 'stage',
        state: 'skipped',
        durationMs: 0,
        children: [],
      },
      {
        id: '40',
        name: 'Deploy',
        kind: 'stage',
        state: 'queued',
        startedAt: STARTED,
        waitingFor: 'Waiting for next available executor',
        pausedMs: 50,
        children: [],
      },
    ]);
  });

  const step = (id: string, stageId: string, rest: object = {}) => ({
    id,
    stageId,
    name: 'make',
    title: '',
    state: 'success',
    type: 'STEP',
    startTimeMillis: START,
    totalDurationMillis: 10,
    flags: {},
    ...rest,
  });

  it('tells the stage that failed and why', async () => {
    jenkins
      .json(
        `${RUN}/stages/tree`,
        tree([
          stage('5', 'Build'),
          stage('8', 'Tests', {
            state: 'failure',
            children: [
              stage('10', 'unit', { type: 'PARALLEL' }),
              stage('11', 'e2e', { type: 'PARALLEL', state: 'failure' }),
            ],
          }),
        ]),
      )
      .json(`${RUN}/stages/steps`, {
        status: 'ok',
        data: {
          steps: [step('20', '11'), step('21', '11', { state: 'failure' })],
          runIsComplete: true,
        },
      })
      .on('GET', `${RUN}/stages/exceptionText`, (_request, response) => {
        response.end('script returned exit code 2\n');
      });
    await expect(jenkins.engine.progress(REF, 3)).resolves.toMatchObject({
      stage: 'e2e',
      error: 'script returned exit code 2',
    });
    expect(jenkins.calls.slice(2)).toEqual([
      `GET ${RUN}/stages/steps?nodeId=11`,
      `GET ${RUN}/stages/exceptionText?nodeId=21`,
    ]);
  });

  it('lists steps', async () => {
    jenkins
      .json(`${RUN}/stages/allSteps`, {
        status: 'ok',
        data: {
          steps: [
            step('20', '5'),
            step('21', '5', {
              name: 'reports/*.xml',
              title: 'Archive JUnit results',
            }),
            step('22', '5', { flags: { hidden: true } }),
            step('23', '5', {
              state: 'failure',
              type: 'UNHANDLED_EXCEPTION',
              name: 'Pipeline error',
            }),
          ],
        },
      })
      .on('GET', `${RUN}/stages/exceptionText`, (_request, response) => {
        response.end('boom');
      });
    const common = {
      stageId: '5',
      state: 'succeeded',
      startedAt: STARTED,
      durationMs: 10,
      hasLog: true,
    };
    await expect(jenkins.engine.steps(REF, 3, undefined)).resolves.toEqual([
      { ...common, id: '20', name: 'make' },
      {
        ...common,
        id: '21',
        name: 'Archive JUnit results',
        title: 'reports/*.xml',
      },
      {
        ...common,
        id: '23',
        name: 'Pipeline error',
        state: 'failed',
        hasLog: false,
        error: 'boom',
      },
    ]);
  });

  it.each([
    ['the failed one', ['aborted', 'paused', 'failure'], 'c'],
    ['else the one that waits', ['aborted', 'running', 'paused'], 'c'],
    ['else the one that runs', ['aborted', 'running', 'skipped'], 'b'],
    ['else the one that was cut off', ['success', 'aborted', 'skipped'], 'b'],
    ['none of a run that went well', ['success', 'unstable', 'skipped'], ''],
  ])('names %s', async (_which, states, name) => {
    const stages = states.map((state, i) =>
      stage(String(i), 'abc'[i], { state }),
    );
    jenkins.json(`${RUN}/stages/tree`, tree(stages));
    jenkins.json(`${RUN}/stages/steps`, { data: { steps: [] } });
    const progress = await jenkins.engine.progress(REF, 3);
    expect(progress.stage ?? '').toBe(name);
  });

  it('names what failed around a stage that was cut off', async () => {
    const children = [
      stage('2', 'in time', { type: 'PARALLEL' }),
      stage('3', 'cut off', { type: 'PARALLEL', state: 'aborted' }),
    ];
    jenkins.json(
      `${RUN}/stages/tree`,
      tree([stage('1', 'Both', { state: 'failure', children })]),
    );
    jenkins.json(`${RUN}/stages/steps`, { data: { steps: [] } });
    const progress = await jenkins.engine.progress(REF, 3);
    expect(progress.stage).toBe('Both');
  });

  it('falls back to Pipeline: REST API, and remembers it', async () => {
    const flow = (id: string, name: string, status: string, rest = {}) => ({
      id,
      name,
      status,
      startTimeMillis: START,
      durationMillis: 1_000,
      pauseDurationMillis: 0,
      ...rest,
    });
    const stages = [
      flow('4', 'Declarative: Checkout SCM', 'SUCCESS'),
      flow('6', 'Build', 'FAILED', {
        stageFlowNodes: [
          flow('7', 'Shell Script', 'FAILED', {
            parameterDescription: 'make',
            error: { message: 'exit code 2' },
            _links: { log: { href: 'x' } },
          }),
        ],
      }),
      flow('9', 'Deploy', 'PAUSED_PENDING_INPUT'),
    ];
    jenkins
      .json(`${RUN}/wfapi/describe`, { status: 'IN_PROGRESS', stages })
      .json(`${RUN}/execution/node/6/wfapi/describe`, stages[1]);
    const progress = await jenkins.engine.progress(REF, 3);
    expect(progress).toMatchObject({
      stage: 'Build',
      error: 'exit code 2',
      graph: { complete: false },
    });
    expect(progress.graph.stages).toEqual([
      {
        id: '4',
        name: 'Checkout SCM',
        kind: 'stage',
        state: 'succeeded',
        startedAt: STARTED,
        durationMs: 1_000,
        synthetic: true,
        children: [],
      },
      {
        id: '6',
        name: 'Build',
        kind: 'stage',
        state: 'failed',
        startedAt: STARTED,
        durationMs: 1_000,
        children: [],
      },
      {
        id: '9',
        name: 'Deploy',
        kind: 'stage',
        state: 'waiting',
        startedAt: STARTED,
        children: [],
      },
    ]);
    jenkins.server.seen.length = 0;
    await expect(jenkins.engine.steps(REF, 3, '6')).resolves.toEqual([
      {
        id: '7',
        stageId: '6',
        name: 'Shell Script',
        title: 'make',
        state: 'failed',
        startedAt: STARTED,
        durationMs: 1_000,
        hasLog: true,
        error: 'exit code 2',
      },
    ]);
    expect(jenkins.calls).toEqual([
      `GET ${RUN}/execution/node/6/wfapi/describe`,
    ]);
  });

  it('shows no stages and says so once when both plugins are missing', async () => {
    const nothing = { graph: { stages: [], complete: true }, approvals: [] };
    await expect(jenkins.engine.progress(REF, 3)).resolves.toMatchObject(
      nothing,
    );
    await expect(jenkins.engine.progress(REF, 3)).resolves.toMatchObject(
      nothing,
    );
    expect(jenkins.logger.warn).toHaveBeenCalledTimes(1);
  });

  it('knows a missing run, and a missing stage when the plugin is there', async () => {
    await expect(jenkins.engine.progress(REF, 4)).rejects.toMatchObject({
      name: 'NotFoundError',
      message: expect.stringContaining('run #4'),
    });
    jenkins.json(`${RUN}/stages/tree`, tree([]));
    await jenkins.engine.progress(REF, 3);
    await expect(jenkins.engine.steps(REF, 3, '99')).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });
});
