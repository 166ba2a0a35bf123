import { pipelineDraftSchema } from '@amamba/backstage-plugin-amamba-common';
import { samplePipelines } from './samplePipelines';

it('asks for what the samples declare, also before their first run', () => {
  const drafts = samplePipelines('http://127.0.0.1:1').map(draft =>
    pipelineDraftSchema.parse(draft),
  );
  const asked = Object.fromEntries(
    drafts.map(({ name, settings }) => [
      name,
      settings.parameters.map(parameter => parameter.name),
    ]),
  );
  expect(asked).toEqual({
    shop: ['VERSION', 'ENVIRONMENT', 'SKIP_MATRIX', 'NOTES', 'TOKEN'],
    slow: ['SECONDS'],
    pay: [],
    cart: [],
    flaky: [],
    docs: [],
    hello: [],
  });
  expect(drafts.find(({ name }) => name === 'slow')?.settings).toMatchObject({
    parameters: [{ type: 'string', defaultValue: '60' }],
  });
});
