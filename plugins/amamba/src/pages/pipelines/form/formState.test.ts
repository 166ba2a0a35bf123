import { aPipeline } from '../../../__testUtils__/data';
import { draftOf, emptyForm, emptyParameter, formOf } from './formState';
import { problemsOf } from './usePipelineForm';

describe('the form of a pipeline', () => {
  it('makes a draft that the contract takes', () => {
    const form = {
      ...emptyForm('repository'),
      name: ' shop ',
      url: 'https://git.example/shop.git',
      parameters: [
        { ...emptyParameter(0), name: 'TAG', defaultValue: 'v1' },
        {
          ...emptyParameter(1),
          type: 'choice' as const,
          name: 'ENV',
          choices: 'dev\nprod\n',
        },
      ],
    };
    const draft = draftOf(form);
    expect(problemsOf(form)).toEqual({});
    expect(draft).toMatchObject({
      name: 'shop',
      source: { type: 'repository', branch: 'main', scriptPath: 'Jenkinsfile' },
      settings: {
        parameters: [
          { type: 'string', name: 'TAG', defaultValue: 'v1' },
          { type: 'choice', name: 'ENV', choices: ['dev', 'prod'] },
        ],
        discard: { runs: 100 },
      },
    });
  });

  it('keeps what it shows of a pipeline that exists', () => {
    const pipeline = aPipeline({
      settings: {
        parameters: [
          { type: 'boolean', name: 'DRY', defaultValue: true },
          { type: 'password', name: 'TOKEN', hasDefault: true },
          {
            type: 'unsupported',
            name: 'FILE',
            engineType: 'FileParameterDefinition',
          },
        ],
        triggers: { cron: 'H 4 * * *', pollScm: 'H/5 * * * *' },
        discard: { days: 30 },
        disableConcurrentRuns: true,
        quietPeriodSeconds: 5,
      },
    });
    const draft = draftOf(formOf(pipeline));
    expect(draft.settings).toEqual(pipeline.settings);
    expect(draft.source).toEqual(pipeline.source);
  });

  it('finds what the contract refuses, by field', () => {
    const problems = problemsOf({
      ...emptyForm('repository'),
      name: '-x',
      quietPeriod: 'soon',
      parameters: [{ ...emptyParameter(0), name: '1a' }],
    });
    expect(Object.keys(problems).sort()).toEqual([
      'name',
      'settings.parameters.0.name',
      'settings.quietPeriodSeconds',
      'source.url',
    ]);
  });
});
