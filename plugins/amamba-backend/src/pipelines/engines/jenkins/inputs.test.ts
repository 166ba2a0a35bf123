import type { EngineApproval } from '@amamba/backstage-plugin-amamba-node';
import { FakeJenkins } from './__testUtils__/fakeJenkins';

const REF = { workspace: 'team-a', name: 'shop' };
const RUN = '/job/portal/job/team-a/job/shop/3';
const parameter = (type: string, name: string, rest: object = {}) => ({
  _class: `hudson.model.${type}`,
  type,
  name,
  description: '',
  ...rest,
});

describe('inputs', () => {
  let jenkins: FakeJenkins;
  beforeEach(async () => {
    jenkins = await FakeJenkins.start();
  });
  afterEach(() => jenkins.stop());

  it('reads who may decide what, where and since when', async () => {
    jenkins
      .json(`${RUN}/api/json`, {
        building: true,
        actions: [
          {},
          {
            _class:
              'org.jenkinsci.plugins.workflow.support.steps.input.InputAction',
            executions: [
              { id: 'Old', settled: true, input: { message: 'gone' } },
              {
                id: 'Deploy',
                settled: false,
                input: {
                  message: 'Deploy?',
                  ok: 'Ship it',
                  submitter: 'ann, ops,',
                  parameters: [
                    parameter('StringParameterDefinition', 'V', {
                      description: 'Version',
                      defaultParameterValue: { name: 'V', value: '1' },
                    }),
                    parameter('ChoiceParameterDefinition', 'C', {
                      choices: ['a', 'b'],
                    }),
                    parameter('BooleanParameterDefinition', 'B', {
                      defaultParameterValue: { value: true },
                    }),
                    parameter('PasswordParameterDefinition', 'P'),
                    parameter('FileParameterDefinition', 'F'),
                  ],
                },
              },
            ],
          },
        ],
      })
      .json(`${RUN}/stages/tree`, {
        data: {
          complete: false,
          stages: [
            {
              id: '5',
              name: 'Ship',
              type: 'STAGE',
              state: 'paused',
              children: [],
            },
          ],
        },
      })
      .json(`${RUN}/stages/allSteps`, {
        data: {
          steps: [
            {
              id: '9',
              stageId: '5',
              name: 'Deploy?',
              type: 'STEP',
              state: 'paused',
              startTimeMillis: 1_700_000_000_000,
              inputStep: { id: 'Deploy', message: 'Deploy?' },
            },
          ],
        },
      });
    const progress = await jenkins.engine.progress(REF, 3);
    expect(progress.stage).toBe('Ship');
    expect(progress.approvals).toEqual([
      {
        id: 'Deploy',
        message: 'Deploy?',
        okLabel: 'Ship it',
        approvers: ['ann', 'ops'],
        stage: 'Ship',
        since: new Date(1_700_000_000_000),
        parameters: [
          {
            type: 'string',
            name: 'V',
            description: 'Version',
            defaultValue: '1',
            trim: false,
          },
          { type: 'choice', name: 'C', choices: ['a', 'b'] },
          { type: 'boolean', name: 'B', defaultValue: true },
          { type: 'password', name: 'P', hasDefault: false },
          {
            type: 'unsupported',
            name: 'F',
            engineType: 'hudson.model.FileParameterDefinition',
          },
        ],
      },
    ]);
  });

  it('shows none, and says so once, when Jenkins does not tell who may decide', async () => {
    jenkins.json(`${RUN}/api/json`, {
      building: true,
      actions: [
        {
          _class:
            'org.jenkinsci.plugins.workflow.support.steps.input.InputAction',
        },
      ],
    });
    jenkins.json(`${RUN}/stages/tree`, {
      data: { complete: false, stages: [] },
    });
    const nothing = { approvals: [] };
    await expect(jenkins.engine.progress(REF, 3)).resolves.toMatchObject(
      nothing,
    );
    await expect(jenkins.engine.progress(REF, 3)).resolves.toMatchObject(
      nothing,
    );
    expect(jenkins.logger.warn).toHaveBeenCalledTimes(1);
  });

  const approval: EngineApproval = {
    id: 'Deploy it',
    message: '',
    okLabel: '',
    approvers: [],
    parameters: [],
  };
  const INPUT = `${RUN}/input/Deploy it`;
  const asked: EngineApproval = {
    ...approval,
    parameters: [
      { type: 'string', name: 'V', defaultValue: '1', trim: false },
      { type: 'choice', name: 'C', choices: ['a', 'b'] },
      { type: 'boolean', name: 'B', defaultValue: true },
      { type: 'password', name: 'P', hasDefault: false },
    ],
  };
  const path = encodeURI(INPUT);

  it('approves and rejects', async () => {
    jenkins.post(`${path}/proceedEmpty`, 200).post(`${path}/abort`, 200);
    const decide = (approve: boolean) =>
      jenkins.engine.decide(REF, 3, approval, { approve, parameters: {} });
    await decide(true);
    await decide(false);
    expect(jenkins.calls).toEqual([
      `POST ${INPUT}/proceedEmpty`,
      `POST ${INPUT}/abort`,
    ]);
  });

  it('gives every parameter a value, because Jenkins knows no defaults here', async () => {
    jenkins.post(`${path}/proceed`, 200);
    await jenkins.engine.decide(REF, 3, asked, {
      approve: true,
      parameters: { C: 'b', P: 's3cret"&' },
    });
    const [{ body }] = jenkins.server.seen;
    expect(JSON.parse(new URLSearchParams(body).get('json') ?? '')).toEqual({
      parameter: [
        { name: 'V', value: '1' },
        { name: 'C', value: 'b' },
        { name: 'B', value: true },
        { name: 'P', value: 's3cret"&' },
      ],
    });
  });

  it.each([
    [{ C: 'moon' }, asked, 'must be one of its choices'],
    [{ X: 'y' }, asked, 'Nobody asked for the parameter "X"'],
    [
      {},
      {
        ...approval,
        parameters: [
          { type: 'unsupported' as const, name: 'F', engineType: 'x.File' },
        ],
      },
      'can only be given in Jenkins',
    ],
  ])('refuses %j', async (parameters, what, message) => {
    await expect(
      jenkins.engine.decide(REF, 3, what, { approve: true, parameters }),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining(message),
    });
    expect(jenkins.calls).toEqual([]);
  });

  it.each([
    [404, {}],
    [400, { 'X-Error': 'This input has been already given' }],
  ])('says that somebody was faster (%d)', async (status, headers) => {
    jenkins.post(`${path}/proceedEmpty`, status, headers);
    await expect(
      jenkins.engine.decide(REF, 3, approval, {
        approve: true,
        parameters: {},
      }),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('somebody has decided'),
    });
  });
});
