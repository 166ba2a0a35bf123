import { runPipelineText, RunOptions } from '../testing/harness';

/** The texts that a pipeline echoes, in order. */
async function echoed(script: string, options: RunOptions = {}) {
  const { log, outcome } = await runPipelineText(script, options);
  const lines = log.split('\n');
  return {
    said: lines.filter((_, i) => lines[i - 1] === '[Pipeline] echo'),
    result: outcome.result,
    outcome,
    log,
  };
}

const stages = (...bodies: string[]) =>
  `pipeline { agent none\n stages { ${bodies.join('\n')} } }`;
const post = (body: string) =>
  `post { ${[
    'cleanup',
    'failure',
    'unstable',
    'unsuccessful',
    'success',
    'aborted',
    'regression',
    'fixed',
    'changed',
    'always',
    'notBuilt',
  ]
    .map(name => `${name} { echo '${name}' }`)
    .join('\n')} ${body} }`;

describe('post', () => {
  const pipeline = (step: string) =>
    `pipeline { agent none\n stages { stage('a') { steps { script { ${step} } } } }\n ${post('')} }`;

  it.each([
    ['nothing', 'echo "x"', undefined, 'always changed success cleanup'],
    [
      'nothing, after a failure',
      'echo "x"',
      'FAILURE',
      'always changed fixed success cleanup',
    ],
    [
      'nothing, after a success',
      'echo "x"',
      'SUCCESS',
      'always success cleanup',
    ],
    [
      'an error, after a success',
      'error "x"',
      'SUCCESS',
      'always changed regression unsuccessful failure cleanup',
    ],
    [
      'an unstable result',
      'unstable "x"',
      'UNSTABLE',
      'always unsuccessful unstable cleanup',
    ],
    [
      'an abort',
      'currentBuild.result = "ABORTED"',
      'ABORTED',
      'always aborted unsuccessful cleanup',
    ],
    [
      'a build that was not built',
      'currentBuild.result = "NOT_BUILT"',
      'NOT_BUILT',
      'always unsuccessful notBuilt cleanup',
    ],
  ] as const)(
    'runs its conditions in order after %s',
    async (_what, step, previousResult, expected) => {
      const { said } = await echoed(pipeline(step), { previousResult });
      expect(said.filter(line => line !== 'x').join(' ')).toBe(expected);
    },
  );

  it('judges each condition when its turn comes', async () => {
    const { said, result, log } = await echoed(
      `pipeline { agent none\n stages { stage('a') { steps { echo 'x' } } }
        post { success { error 'now broken' } failure { echo 'failed' } cleanup { echo 'clean' } } }`,
    );
    expect(said).toEqual(['x', 'failed', 'clean']);
    expect(result).toBe('FAILURE');
    expect(log).toContain('Error when executing success post condition:');
  });

  it('of a stage looks at the stage, not at its siblings', async () => {
    const { said } = await echoed(
      stages(`stage('p') { parallel {
        stage('bad') { steps { error 'x' } post { failure { echo 'bad failed' } } }
        stage('good') { steps { sleep time: 100, unit: 'MILLISECONDS' } post { success { echo 'good succeeded' } failure { echo 'wrong' } } }
      } post { failure { echo 'parent failed' } } }`),
    );
    expect(said.sort()).toEqual([
      'bad failed',
      'good succeeded',
      'parent failed',
    ]);
  });

  it('of a stage does not run when the stage is skipped', async () => {
    const { said } = await echoed(
      stages(
        `stage('a') { when { expression { false } } steps { echo 'a' } post { always { echo 'post a' } } }`,
        `stage('b') { when { expression { false } } stages { stage('c') { steps { echo 'c' } } } post { always { echo 'post b' } } }`,
      ),
    );
    expect(said).toEqual([]);
  });

  it('runs on the agent of its stage', async () => {
    const { said } = await echoed(
      stages(
        `stage('a') { agent any\n steps { writeFile file: 'f', text: 'x' } post { always { echo readFile('f') } } }`,
      ),
    );
    expect(said).toEqual(['x']);
  });
});

describe('when', () => {
  it.each([
    [`branch 'main'`, { BRANCH_NAME: 'main' }, true],
    [`branch 'release/*'`, { BRANCH_NAME: 'release/1' }, true],
    [`branch 'release/*'`, { BRANCH_NAME: 'release/1/2' }, false],
    [`branch 'release/**'`, { BRANCH_NAME: 'release/1/2' }, true],
    [
      `branch pattern: 'rel.*', comparator: 'REGEXP'`,
      { BRANCH_NAME: 'release' },
      true,
    ],
    [
      `branch pattern: 'MAIN', comparator: 'EQUALS'`,
      { BRANCH_NAME: 'main' },
      false,
    ],
    [`branch 'main'`, {}, false],
    [`buildingTag()`, { TAG_NAME: 'v1' }, true],
    [`buildingTag()`, {}, false],
    [`tag 'v*'`, { TAG_NAME: 'v1' }, true],
    [`tag pattern: 'r', comparator: 'EQUALS'`, { TAG_NAME: 'v1' }, false],
    [`changeRequest()`, { CHANGE_ID: '1' }, true],
    [
      `changeRequest target: 'main'`,
      { CHANGE_ID: '1', CHANGE_TARGET: 'main' },
      true,
    ],
    [
      `changeRequest target: 'dev'`,
      { CHANGE_ID: '1', CHANGE_TARGET: 'main' },
      false,
    ],
    [`environment name: 'A', value: 'b'`, { A: 'b' }, true],
    [`environment name: 'A', value: 'B', ignoreCase: true`, { A: 'b' }, true],
    [`environment name: 'A', value: 'c'`, { A: 'b' }, false],
    [`equals expected: 1, actual: currentBuild.number`, {}, true],
    [`equals expected: 2, actual: currentBuild.number`, {}, false],
    [`expression { env.A == 'b' }`, { A: 'b' }, true],
    [`expression { return null }`, {}, false],
    [`not { branch 'main' }`, { BRANCH_NAME: 'x' }, true],
    [`allOf { expression { true }\n expression { false } }`, {}, false],
    [`anyOf { expression { true }\n expression { false } }`, {}, true],
    [`expression { true }\n expression { false }`, {}, false],
    [`triggeredBy 'TimerTrigger'`, {}, true],
    [`triggeredBy 'UserIdCause'`, {}, false],
    [`isRestartedRun()`, {}, false],
    [`changeset '*.txt'`, {}, false],
  ])('%s', async (condition, env, expected) => {
    const { said, log } = await echoed(
      stages(`stage('a') { when { ${condition} } steps { echo 'ran' } }`),
      {
        env,
        causes: [
          {
            _class: 'hudson.triggers.TimerTrigger$TimerTriggerCause',
            shortDescription: 'Started by timer',
          },
        ],
      },
    );
    expect(said.includes('ran')).toBe(expected);
    expect(log.includes('Stage "a" skipped due to when conditional')).toBe(
      !expected,
    );
  });

  it('is asked before or after the agent, as it says', async () => {
    const asked = (before: string) =>
      echoed(
        stages(
          `stage('a') { agent any\n when { ${before} expression { false } } steps { echo 'x' } }`,
        ),
      );
    expect((await asked('beforeAgent true')).log).not.toContain('Running on');
    expect((await asked('')).log).toContain('Running on');
  });
});

describe('matrix', () => {
  it('has a branch for each cell that no exclude takes away', async () => {
    const { said } = await echoed(
      stages(`stage('m') { matrix {
        axes { axis { name 'A'; values '1', '2', '3' }
               axis { name 'B'; values 'x', 'y' } }
        excludes { exclude { axis { name 'A'; values '1' }
                             axis { name 'B'; values 'x' } }
                   exclude { axis { name 'A'; notValues '1', '2' }
                             axis { name 'B'; values 'y' } } }
        environment { C = "\${A}-\${B}" }
        when { expression { A != '3' } }
        stages { stage('s') { steps { echo "\${C}" } } }
      } }`),
    );
    expect(said.sort()).toEqual(['1-y', '2-x', '2-y']);
  });
});

describe('environment', () => {
  it('refers to itself in any order and to the outside for itself', async () => {
    const { said } = await echoed(
      `pipeline { agent none
        environment { A = "\${B}1"; B = 'b'; C = "<\${env.A}>"; X = "\${X}!" }
        stages { stage('a') { environment { A = "in \${A}" } steps { echo "\${A} \${C} \${X}" } }
                 stage('b') { steps { echo "\${A}" } } } }`,
      { env: { X: 'x' } },
    );
    expect(said).toEqual(['in b1 <b1> x!', 'b1']);
  });

  it('binds credentials by their kind', async () => {
    const { said, log } = await echoed(
      `pipeline { agent any
        environment { UP = credentials('up') }
        stages { stage('a') { steps { echo "\${UP_USR} \${UP_PSW} \${UP}"; sh 'test "$UP" = "bob:hush-hush"' } } } }`,
      {
        credentials: [
          {
            kind: 'usernamePassword',
            id: 'up',
            username: 'bob',
            password: 'hush-hush',
          },
        ],
      },
    );
    expect(said).toEqual(['bob **** ****']);
    expect(log).not.toContain('hush-hush');
  });
});

describe('options and properties', () => {
  it('are told to the server before the first stage', async () => {
    const { properties } = await runPipelineText(`pipeline { agent none
      options { buildDiscarder(logRotator(numToKeepStr: '5', daysToKeepStr: '7')); disableConcurrentBuilds(abortPrevious: true)
                quietPeriod(3); disableResume(); preserveStashes(buildCount: 4) }
      parameters { string(name: 'S', defaultValue: 'd', description: 'D', trim: true); booleanParam(name: 'B', defaultValue: true)
                   choice(name: 'C', choices: ['x', 'y']); text(name: 'T', defaultValue: 'l'); password(name: 'P') }
      triggers { cron('H 4 * * *'); pollSCM('* * * * *'); upstream(upstreamProjects: 'a, b') }
      stages { stage('a') { steps { echo "\${params.S} \${params.B} \${params.C}" } } } }`);
    expect(properties).toMatchObject([
      {
        buildDiscarder: {
          numToKeep: 5,
          daysToKeep: 7,
          artifactNumToKeep: -1,
          artifactDaysToKeep: -1,
        },
        disableConcurrentBuilds: { abortPrevious: true },
        quietPeriodSeconds: 3,
        disableResume: true,
        preserveStashes: { buildCount: 4 },
        parameters: [
          {
            name: 'S',
            type: 'hudson.model.StringParameterDefinition',
            defaultValue: 'd',
            description: 'D',
            trim: true,
          },
          {
            name: 'B',
            type: 'hudson.model.BooleanParameterDefinition',
            defaultValue: true,
          },
          {
            name: 'C',
            type: 'hudson.model.ChoiceParameterDefinition',
            choices: ['x', 'y'],
          },
          {
            name: 'T',
            type: 'hudson.model.TextParameterDefinition',
            defaultValue: 'l',
          },
          { name: 'P', type: 'hudson.model.PasswordParameterDefinition' },
        ],
        triggers: {
          cron: ['H 4 * * *'],
          pollScm: ['* * * * *'],
          upstream: ['a', 'b'],
        },
      },
    ]);
  });

  it('wrap stages in timeouts and retries', async () => {
    const { said, result } = await echoed(
      `int n = 0
       pipeline { agent none\n options { retry(2) }
        stages { stage('a') { options { timeout(time: 5, unit: 'SECONDS') } steps { script { n++; echo "try \${n}"; if (n == 1) error 'x' } } }
                 stage('b') { steps { echo 'b' } } } }`,
    );
    expect(said).toEqual(['try 1', 'try 2', 'b']);
    expect(result).toBe('SUCCESS');
  });

  it('skip stages after an unstable one when told to', async () => {
    const { said, log } = await echoed(
      `pipeline { agent none\n options { skipStagesAfterUnstable() }
        stages { stage('a') { steps { unstable 'hm' } } stage('b') { steps { echo 'b' } } } }`,
    );
    expect(said).toEqual([]);
    expect(log).toContain(
      'Stage "b" skipped due to earlier stage(s) marking the build as unstable',
    );
  });
});

describe('restarting', () => {
  it('skips what is before the stage and knows where it may begin', async () => {
    const script = stages(
      `stage('a') { steps { echo 'a' } }`,
      `stage('b') { parallel { stage('b1') { steps { echo 'b1' } } stage('b2') { steps { echo 'b2' } } } }`,
      `stage('c') { when { isRestartedRun() } steps { echo 'c' } }`,
      `stage('d') { steps { error 'd' } }`,
      `stage('e') { steps { echo 'e' } }`,
    );
    const first = await echoed(script);
    expect(first.said).toEqual(['a', 'b1', 'b2']);
    expect(first.outcome.restartableStages).toEqual(['a', 'b', 'c', 'd']);
    const again = await echoed(script, { restartFromStage: 'c' });
    expect(again.said).toEqual(['c']);
    expect(again.log).toContain(
      'Stage "b1" skipped due to this build restarting at stage "c"',
    );
  });
});

describe('input of a stage', () => {
  it('puts the answers into the environment of the stage', async () => {
    const { said } = await echoed(
      stages(`stage('a') { input { message 'Go?'; id 'go'; submitterParameter 'WHO'; parameters { string(name: 'V', defaultValue: 'd') } }
        steps { echo "\${V} by \${WHO}" } }`),
      {
        started(execution) {
          const timer = setInterval(() => {
            for (const { id } of execution.pendingInputs()) {
              execution.answerInput(id, {
                proceed: true,
                by: 'ann',
                values: { V: 'v' },
              });
            }
          }, 5);
          execution.done.finally(() => clearInterval(timer));
        },
      },
    );
    expect(said).toEqual(['v by ann']);
  });
});

describe('agents', () => {
  it('says helpfully that a node is missing', async () => {
    const { log } = await echoed(stages(`stage('a') { steps { sh 'true' } }`));
    expect(log).toContain(
      'ERROR: Attempted to execute a step that requires a node context while ‘agent none’ was specified.',
    );
  });

  it.each([
    [`agent { docker 'node' }`, 'the agent type docker'],
    [`agent { kubernetes { yaml 'x' } }`, 'the agent type kubernetes'],
  ])('refuses %s', async (agent, what) => {
    const { outcome, log } = await echoed(
      `pipeline { ${agent}\n stages { stage('a') { steps { echo 'x' } } }\n post { always { echo 'no post either' } } }`,
    );
    expect(outcome).toMatchObject({
      result: 'FAILURE',
      unsupported: `${what} is not supported by the sandbox Jenkins`,
    });
    expect(log).toContain(
      `ERROR: ${what} is not supported by the sandbox Jenkins`,
    );
    expect(log).not.toContain('no post either');
  });
});
