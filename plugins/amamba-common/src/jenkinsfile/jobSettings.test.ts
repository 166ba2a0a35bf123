import { parseJenkinsfile } from './document';
import { declaredJobSettings } from './jobSettings';

function settings(sections: string) {
  return declaredJobSettings(
    parseJenkinsfile(
      `pipeline {\nagent any\n${sections}\nstages { stage('a') { steps { echo 1 } } }\n}`,
    ),
  );
}

describe('declaredJobSettings', () => {
  it('is empty for a file that declares nothing', () => {
    const nothing = {
      parameters: [],
      triggers: [],
      options: [],
      disableConcurrentRuns: false,
    };
    expect(declaredJobSettings(parseJenkinsfile('node { }'))).toEqual(nothing);
    expect(settings('')).toEqual(nothing);
  });

  it.each<[string, unknown, string[]?]>([
    [
      "string(name: 'A', defaultValue: 'x', description: 'd', trim: true)",
      {
        type: 'string',
        name: 'A',
        defaultValue: 'x',
        description: 'd',
        trim: true,
      },
    ],
    [
      "text name: 'A', defaultValue: '''x\ny'''",
      { type: 'text', name: 'A', defaultValue: 'x\ny' },
    ],
    [
      "booleanParam(name: 'A', defaultValue: true)",
      { type: 'boolean', name: 'A', defaultValue: true },
    ],
    [
      "booleanParam(name: 'A')",
      { type: 'boolean', name: 'A', defaultValue: false },
    ],
    [
      "choice(name: 'A', choices: ['x', 'y'])",
      { type: 'choice', name: 'A', choices: ['x', 'y'] },
    ],
    [
      "choice(name: 'A', choices: 'x\\ny')",
      { type: 'choice', name: 'A', choices: ['x', 'y'] },
    ],
    [
      "choice(name: 'A', choices: ['x', z])",
      { type: 'choice', name: 'A', choices: ['x'] },
      ['choices'],
    ],
    [
      "password(name: 'A', defaultValue: 'secret')",
      { type: 'password', name: 'A', hasDefault: true },
    ],
    [
      "password(name: 'A', defaultValue: '')",
      { type: 'password', name: 'A', hasDefault: false },
    ],
    ["file(name: 'A')", { type: 'unsupported', engineType: 'file', name: 'A' }],
    [
      'string(name: "A${b}", defaultValue: c())',
      { type: 'string', name: '"A${b}"', trim: false },
      ['name'],
    ],
  ])('reads %s', (text, definition, computed = []) => {
    const [parameter] = settings(`parameters {\n${text}\n}`).parameters;
    expect(parameter.definition).toEqual(definition);
    expect(parameter.computed).toEqual(computed);
  });

  it('never gives the default of a password', () => {
    const { parameters } = settings(
      "parameters { password(name: 'A', defaultValue: 'secret') }",
    );
    expect(JSON.stringify(parameters)).not.toContain('secret');
  });

  it('reads triggers and options', () => {
    expect(
      settings(`
        triggers { cron('H 2 * * *'); pollSCM('H/5 * * * *'); upstream(upstreamProjects: 'a,b', threshold: x) }
        options {
          buildDiscarder(logRotator(numToKeepStr: '5', daysToKeepStr: '-1'))
          disableConcurrentBuilds(abortPrevious: true)
          quietPeriod(30)
          timestamps()
        }`),
    ).toEqual({
      parameters: [],
      triggers: [
        expect.objectContaining({ name: 'cron', source: "cron('H 2 * * *')" }),
        expect.objectContaining({ name: 'pollSCM' }),
        expect.objectContaining({ name: 'upstream' }),
      ],
      options: [
        expect.objectContaining({ name: 'buildDiscarder' }),
        expect.objectContaining({ name: 'disableConcurrentBuilds' }),
        expect.objectContaining({ name: 'quietPeriod' }),
        expect.objectContaining({ name: 'timestamps', source: 'timestamps()' }),
      ],
      cron: 'H 2 * * *',
      pollScm: 'H/5 * * * *',
      upstream: 'a,b',
      discard: { runs: 5 },
      disableConcurrentRuns: true,
      quietPeriodSeconds: 30,
    });
  });

  it('leaves out what is worked out at run time', () => {
    const { cron, quietPeriodSeconds, triggers } = settings(
      "triggers { cron(env.BRANCH_NAME == 'main' ? '@daily' : '') }\noptions { quietPeriod(x) }",
    );
    expect({ cron, quietPeriodSeconds }).toEqual({});
    expect(triggers[0].source).toContain('@daily');
  });
});
