import { FakeJenkins } from './__testUtils__/fakeJenkins';

const REF = { workspace: 'team-a', name: 'shop' };
const JOB = '/job/portal/job/team-a/job/shop';

describe('restarts', () => {
  const STAGE = 'Deploy & test';
  const causes = (description: string) => [
    {
      causes: [
        { _class: 'hudson.model.Cause$UserIdCause', userId: 'ann' },
        {
          _class:
            'org.jenkinsci.plugins.pipeline.modeldefinition.causes.RestartDeclarativePipelineCause',
          shortDescription: description,
        },
      ],
    },
  ];
  const restarted = causes(`Restarted from build #3, stage ${STAGE}`);
  let jenkins: FakeJenkins;
  let answers: object[];
  beforeEach(async () => {
    jenkins = await FakeJenkins.start();
    answers = [];
    jenkins.on('GET', `${JOB}/api/json`, (_request, response) => {
      const next = answers.length > 1 ? answers.shift() : answers[0];
      response.end(JSON.stringify(next));
    });
    jenkins.post(
      `${JOB}/3/restart/restartPipeline`,
      200,
      {},
      '{"status":"ok","data":{"success":"true","message":"ok"}}',
    );
  });
  afterEach(() => jenkins.stop());

  const before = {
    nextBuildNumber: 5,
    builds: [{ number: 4, queueId: 8, actions: restarted }],
  };

  it('finds the new run, not an older restart', async () => {
    const run = { number: 5, queueId: 9, actions: restarted };
    const other = {
      number: 6,
      queueId: 10,
      actions: causes('Restarted from build #2, stage Other'),
    };
    answers = [
      before,
      { ...before, nextBuildNumber: 5 },
      { nextBuildNumber: 7, builds: [other, run, ...before.builds] },
    ];
    await expect(
      jenkins.engine.restartFromStage(REF, 3, STAGE),
    ).resolves.toEqual({ queueId: '9' });
    expect(jenkins.calls[1]).toBe(
      `POST ${JOB}/3/restart/restartPipeline?stageName=Deploy+&+test`,
    );
  });

  it('finds what still waits', async () => {
    answers = [
      before,
      { ...before, queueItem: { id: 11, actions: restarted } },
    ];
    await expect(
      jenkins.engine.restartFromStage(REF, 3, STAGE),
    ).resolves.toEqual({ queueId: '11' });
  });

  it('does not say that nothing was started when only the look at it fails', async () => {
    answers = [before, {}];
    await expect(
      jenkins.engine.restartFromStage(REF, 3, STAGE),
    ).resolves.toBeUndefined();
  });

  it('says why it cannot be restarted', async () => {
    answers = [before];
    jenkins.post(
      `${JOB}/3/restart/restartPipeline`,
      200,
      {},
      '{"status":"ok","data":{"success":"false","message":"not allowed to restart"}}',
    );
    await expect(
      jenkins.engine.restartFromStage(REF, 3, STAGE),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('not allowed to restart'),
    });
    await expect(
      jenkins.engine.restartFromStage(REF, 2, STAGE),
    ).rejects.toMatchObject({ name: 'ConflictError' });
  });

  it('lists stages, none when there is no such page', async () => {
    jenkins.json(`${JOB}/3/restart/api/json`, {
      restartEnabled: true,
      restartableStages: ['Build', STAGE],
    });
    await expect(jenkins.engine.restartableStages(REF, 3)).resolves.toEqual([
      'Build',
      STAGE,
    ]);
    await expect(jenkins.engine.restartableStages(REF, 2)).resolves.toEqual([]);
  });
});
