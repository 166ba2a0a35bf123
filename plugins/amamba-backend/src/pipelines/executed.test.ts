import { SandboxPortal, untilRight } from '../__testUtils__/sandboxPortal';

jest.setTimeout(120_000);

const script = (stages: string) => ({
  type: 'script' as const,
  script: `pipeline {\n  agent any\n  stages {\n${stages}\n  }\n}\n`,
});

describe('what a portal shows of runs that Jenkins executes', () => {
  let portal: SandboxPortal;

  beforeAll(async () => {
    portal = await SandboxPortal.start();
  });
  afterAll(() => portal.stop());

  it('shows a stage after a failed one as skipped, not as failed', async () => {
    await portal.create({
      name: 'fails',
      source: script(`
        stage('Build') { steps { echo 'built' } }
        stage('Unit tests') { steps { sh 'exit 3' } }
        stage('Publish') { steps { echo 'never' } }
        stage('Regions') {
          parallel {
            stage('East') { steps { echo 'never' } }
            stage('West') { steps { echo 'never' } }
          }
        }
        stage('Nested') { stages { stage('Inner') { steps { echo 'never' } } } }`),
    });
    const { id } = await portal.start('fails');
    expect(await portal.inState('fails', id, 'failed')).toMatchObject({
      stage: 'Unit tests',
      error: 'script returned exit code 3',
    });
    expect(await portal.states('fails', id)).toEqual({
      Build: 'succeeded',
      'Unit tests': 'failed',
      Publish: 'skipped',
      Regions: 'skipped',
      Nested: 'skipped',
    });
  });

  it('names the stage that was running when a run was cancelled', async () => {
    await portal.create({
      name: 'sleeps',
      source: script(`
        stage('Warm up') { steps { echo 'warm' } }
        stage('Work') {
          parallel {
            stage('Left') { steps { sleep 100 } }
            stage('Right') { steps { echo 'right' } }
          }
        }
        stage('Rest') { steps { echo 'never' } }`),
    });
    const { id } = await portal.start('sleeps');
    await untilRight(
      'the sleep',
      () => portal.states('sleeps', id),
      ({ Left, Right }) => Left === 'running' && Right === 'succeeded',
    );
    await portal.cancel('sleeps', id);
    const cancelled = await portal.inState('sleeps', id, 'cancelled');
    expect(await portal.states('sleeps', id)).toEqual({
      'Warm up': 'succeeded',
      Work: 'cancelled',
      Left: 'cancelled',
      Right: 'succeeded',
      Rest: 'skipped',
    });
    expect(cancelled.stage).toBe('Left');
    expect((await portal.runs('sleeps'))[0].stage).toBe('Left');
  });

  it('shows a stage that waits for an input as waiting, and what is around it', async () => {
    await portal.create({
      name: 'asks',
      source: script(`
        stage('Build') { steps { echo 'built' } }
        stage('Release') {
          stages {
            stage('Sign') { steps { input message: 'Sign?' } }
            stage('Deploy') {
              input { message 'Deploy?' }
              steps { echo 'deployed' }
            }
          }
        }`),
    });
    const { id } = await portal.start('asks');
    const look = () => portal.run('asks', id);
    for (const stage of ['Sign', 'Deploy']) {
      const waiting = await untilRight(`${stage} to wait`, look, run =>
        run.approvals.some(approval => approval.stage === stage),
      );
      expect(waiting).toMatchObject({ state: 'waiting', stage });
      expect(await portal.states('asks', id)).toMatchObject({
        Build: 'succeeded',
        Release: 'waiting',
        [stage]: 'waiting',
      });
      await portal.approve('asks', id, waiting.approvals[0].id);
    }
    await portal.inState('asks', id, 'succeeded');
    expect(await portal.states('asks', id)).toEqual({
      Build: 'succeeded',
      Release: 'succeeded',
      Sign: 'succeeded',
      Deploy: 'succeeded',
    });
  });

  it('asks for what a script declares before its first run, which gets the defaults', async () => {
    await portal.create({
      name: 'first',
      source: {
        type: 'script',
        script: `pipeline {
  agent any
  parameters {
    string(name: 'COUNT', defaultValue: '3')
    choice(name: 'WHERE', choices: ['dev', 'prod'])
    booleanParam(name: 'LOUD', defaultValue: true)
  }
  stages {
    stage('Say') {
      steps {
        echo "params: \${params.COUNT} \${params.WHERE} \${params.LOUD}"
        sh 'echo "environment: $COUNT $WHERE $LOUD"'
      }
    }
  }
}`,
      },
    });
    const { parameters } = await portal.form('first');
    expect(parameters).toMatchObject([
      { type: 'string', name: 'COUNT', defaultValue: '3' },
      { type: 'choice', name: 'WHERE', choices: ['dev', 'prod'] },
      { type: 'boolean', name: 'LOUD', defaultValue: true },
    ]);
    const first = await portal.start('first');
    expect(await portal.inState('first', first.id, 'succeeded')).toMatchObject({
      parameters: { COUNT: '3', WHERE: 'dev', LOUD: true },
    });
    const log = await portal.log('first', first.id);
    expect(log).toContain('params: 3 dev true\n');
    expect(log).toContain('\nenvironment: 3 dev true\n');

    const second = await portal.start('first', { WHERE: 'prod' });
    await portal.inState('first', second.id, 'succeeded');
    expect(await portal.log('first', second.id)).toContain(
      '\nenvironment: 3 prod true\n',
    );
  });
});
