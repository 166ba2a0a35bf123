import { ResponseError } from '@backstage/errors';
import { answeredProblems } from './problems';

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
