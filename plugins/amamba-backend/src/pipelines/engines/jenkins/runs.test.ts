import { readCause } from './causes';
import { readRun } from './runs';
import { FakeJenkins } from './__testUtils__/fakeJenkins';

const REF = { workspace: 'team-a', name: 'shop' };
const JOB = '/job/portal/job/team-a/job/shop';
const NOW = 1_700_000_060_000;
const BASE = {
  number: 3,
  queueId: 7,
  result: 'SUCCESS',
  building: false,
  inProgress: false,
  timestamp: 1_700_000_000_000,
  duration: 5_000,
  artifacts: [{ fileName: 'a' }, { fileName: 'b' }],
  changeSets: [],
  actions: [],
};
const user = {
  _class: 'hudson.model.Cause$UserIdCause',
  shortDescription: 'Started by user Ann',
  userId: 'ann',
  userName: 'Ann',
};

describe('readRun', () => {
  it('reads a finished run', () => {
    const run = readRun(
      {
        ...BASE,
        changeSets: [
          {
            items: [
              { commitId: 'c0', msg: 'old' },
              { commitId: 'c1', msg: 'new' },
            ],
          },
        ],
        actions: [
          null,
          {},
          { _class: 'hudson.model.CauseAction', causes: [user] },
          {
            parameters: [
              {
                _class: 'hudson.model.StringParameterValue',
                name: 'V',
                value: '1',
              },
              {
                _class: 'hudson.model.BooleanParameterValue',
                name: 'B',
                value: false,
              },
              {
                _class: 'hudson.model.PasswordParameterValue',
                name: 'P',
                value: 'leak',
              },
              {
                _class: 'hudson.model.PasswordParameterValue',
                name: 'Q',
              },
              { name: 'odd-name', value: 'x' },
              { name: 'FILE', value: { path: 'x' } },
            ],
          },
          {
            _class: 'hudson.plugins.git.util.BuildData',
            lastBuiltRevision: {
              SHA1: 'c1',
              branch: [{ name: 'refs/remotes/origin/feature/x' }],
            },
          },
          {
            _class: 'hudson.tasks.junit.TestResultAction',
            totalCount: 9,
            failCount: 1,
            skipCount: 2,
          },
        ],
      },
      NOW,
    );
    expect(run).toEqual({
      number: 3,
      queueId: '7',
      state: 'succeeded',
      cause: { type: 'manual', by: 'ann', text: undefined },
      branch: 'feature/x',
      commit: 'c1',
      commitMessage: 'new',
      startedAt: new Date(BASE.timestamp),
      endedAt: new Date(BASE.timestamp + 5_000),
      durationMs: 5_000,
      parameters: { V: '1', B: false },
      tests: { total: 9, failed: 1, skipped: 2 },
      artifacts: 2,
    });
  });

  it.each([
    [{ building: true, result: null }, 'running'],
    [{ building: true, result: 'FAILURE' }, 'running'],
    [{ inProgress: true }, 'running'],
    [{ building: true, actions: [{ waitingForInput: true }] }, 'waiting'],
    [{ actions: [{ waitingForInput: true }] }, 'succeeded'],
    [{ result: 'UNSTABLE' }, 'unstable'],
    [{ result: 'FAILURE' }, 'failed'],
    [{ result: 'ABORTED' }, 'cancelled'],
    [{ result: 'NOT_BUILT' }, 'notBuilt'],
    [{ result: null }, 'unknown'],
    [{ result: 'constructor' }, 'unknown'],
  ])('says that %j is %s', (part, state) => {
    expect(readRun({ ...BASE, ...part }, NOW).state).toBe(state);
  });

  it.each(['detached', 'b'.repeat(40), ''])(
    'knows no branch of what was checked out as "%s"',
    name => {
      const lastBuiltRevision = { SHA1: 'b'.repeat(40), branch: [{ name }] };
      const run = readRun({ ...BASE, actions: [{ lastBuiltRevision }] }, NOW);
      expect(run).toMatchObject({ commit: 'b'.repeat(40), branch: undefined });
    },
  );

  it('counts the time of a run that goes on', () => {
    const run = readRun({ ...BASE, building: true, duration: 0 }, NOW);
    expect(run).toMatchObject({ durationMs: 60_000, endedAt: undefined });
    expect(
      readRun({ ...BASE, building: true }, BASE.timestamp - 5).durationMs,
    ).toBe(0);
  });
});

describe('readCause', () => {
  const cause = (name: string, rest = {}) => ({
    _class: name,
    shortDescription: 'words',
    ...rest,
  });
  const replay = 'org.jenkinsci.plugins.workflow.cps.replay.ReplayCause';
  const restart =
    'org.jenkinsci.plugins.pipeline.modeldefinition.causes.RestartDeclarativePipelineCause';
  it.each([
    [[cause('hudson.triggers.TimerTrigger$TimerTriggerCause')], 'schedule'],
    [[cause('hudson.triggers.SCMTrigger$SCMTriggerCause')], 'push'],
    [[cause('org.jenkinsci.plugins.gwt.GenericCause')], 'webhook'],
    [[cause('hudson.model.Cause$RemoteCause')], 'api'],
    [[cause('com.acme.OtherCause')], 'other'],
    [[user, cause(replay)], 'rerun'],
    [[user, cause(restart)], 'restart'],
  ])('reads %j as %s', (causes, type) => {
    expect(readCause(causes)).toEqual({
      type,
      by: causes[0] === user ? 'ann' : undefined,
      text: 'words',
    });
  });

  it('names the run above', () => {
    expect(
      readCause([
        cause('hudson.model.Cause$UpstreamCause', {
          upstreamProject: 'team-a/up',
          upstreamBuild: 4,
        }),
      ]),
    ).toEqual({ type: 'upstream', by: undefined, text: 'team-a/up #4' });
  });

  it('knows when there is none', () => {
    expect(readCause([])).toEqual({ type: 'other' });
  });
});

describe('runs', () => {
  let jenkins: FakeJenkins;
  beforeEach(async () => {
    jenkins = await FakeJenkins.start();
  });
  afterEach(() => jenkins.stop());

  it('lists runs with one request, and old ones only when asked for many', async () => {
    jenkins.json(`${JOB}/api/json`, {
      builds: [BASE],
      allBuilds: [BASE, BASE],
    });
    await expect(jenkins.engine.listRuns(REF, 50)).resolves.toHaveLength(1);
    await expect(jenkins.engine.listRuns(REF, 500)).resolves.toHaveLength(2);
    expect(jenkins.calls[0]).toMatch(/tree=builds\[number,.*\]\{0,50\}$/);
    expect(jenkins.calls[1]).toMatch(/tree=allBuilds\[number,.*\]\{0,500\}$/);
  });

  it('asks for fewer runs when they are too much for one answer', async () => {
    jenkins.on('GET', `${JOB}/api/json`, ({ url }, response) => {
      const count = Number(/%7B0%2C(\d+)%7D$/.exec(url)?.[1]);
      const changeSets = [{ items: [{ msg: 'x'.repeat(1_000_000) }] }];
      const builds = Array.from({ length: count }, () => {
        return { ...BASE, changeSets };
      });
      response.end(JSON.stringify({ builds }));
    });
    await expect(jenkins.engine.listRuns(REF, 20)).resolves.toHaveLength(5);
  });

  it.each(['stop', 'term', 'kill'] as const)('cancels by %s', async force => {
    jenkins.post(`${JOB}/3/${force}`, 302, { location: '.' });
    await jenkins.engine.cancelRun(REF, 3, force);
    await expect(jenkins.engine.cancelRun(REF, 4, force)).rejects.toMatchObject(
      { name: 'NotFoundError' },
    );
  });
});
