import { ResponseError } from '@backstage/errors';
import { draftOf, emptyForm, emptyParameter, formOf } from './formState';
import { answeredProblems, draftProblems } from './problems';
import { aPipeline } from '../../../__testUtils__/data';

function answer(status: number, name: string, message: string) {
  return ResponseError.fromResponse(
    new Response(
      JSON.stringify({
        error: { name, message },
        response: { statusCode: status },
      }),
      { status, headers: { 'content-type': 'application/json' } },
    ),
  );
}

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
    expect(draftProblems(draft)).toEqual({});
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
    const draft = draftOf({
      ...emptyForm('repository'),
      name: '-x',
      quietPeriod: 'soon',
      parameters: [{ ...emptyParameter(0), name: '1a' }],
    });
    expect(Object.keys(draftProblems(draft)).sort()).toEqual([
      'name',
      'settings.parameters.0.name',
      'settings.quietPeriodSeconds',
      'source.url',
    ]);
  });
});

describe('answers of the backend', () => {
  it('are placed at their fields', async () => {
    const error = await answer(
      400,
      'InputError',
      'source.url: must be an address; settings.triggers.cron: 61 is no minute',
    );
    expect(answeredProblems(error)).toEqual({
      'source.url': 'must be an address',
      'settings.triggers.cron': '61 is no minute',
    });
  });

  it('say that a name is taken at the name', async () => {
    const error = await answer(
      409,
      'ConflictError',
      'There is a pipeline of that name already.',
    );
    expect(answeredProblems(error)).toEqual({
      name: 'There is a pipeline of that name already.',
    });
  });

  it('are not taken for fields when they are about something else', async () => {
    expect(
      answeredProblems(await answer(400, 'InputError', 'The engine said no')),
    ).toBeUndefined();
    expect(
      answeredProblems(
        await answer(503, 'ServiceUnavailableError', 'name: down'),
      ),
    ).toBeUndefined();
  });
});
