import {
  parameterDefinitionSchema,
  type ParameterDefinition,
  type PipelineSource,
} from '@amamba/backstage-plugin-amamba-common';
import type { EnginePipelineSpec } from '@amamba/backstage-plugin-amamba-node';
import fc from 'fast-check';
import { newJob, readJob, writeJob } from '.';
import { XmlDocument } from '../xml';
import { PARAMETERS, spec } from './__testUtils__/specs';

describe('any text in any field', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc
      .array(
        fc.constantFrom(
          ...['</script>', '<sandbox>false</sandbox>', ']]>', '<![CDATA[', '&'],
          ...['"', "'", '\r\n', '\t', '$', '${', "'''", '\\', '<!--', '\u0001'],
        ),
        { maxLength: 12 },
      )
      .map(list => list.join('')),
  );
  const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,10}$/);
  const definition: fc.Arbitrary<ParameterDefinition> = fc
    .oneof(
      fc.record({
        type: fc.constant('string'),
        name,
        description: text,
        defaultValue: text,
        trim: fc.boolean(),
      }),
      fc.record({
        type: fc.constant('text'),
        name,
        description: text,
        defaultValue: text,
      }),
      fc.record({
        type: fc.constant('boolean'),
        name,
        description: text,
        defaultValue: fc.boolean(),
      }),
      fc.record({
        type: fc.constant('choice'),
        name,
        description: text,
        choices: fc.array(text, { minLength: 1, maxLength: 4 }),
      }),
      fc.record({ type: fc.constant('password'), name, description: text }),
    )
    .map(value => parameterDefinitionSchema.parse(value));
  const source: fc.Arbitrary<PipelineSource> = fc.oneof(
    fc.record({ type: fc.constant('script' as const), script: text }),
    fc.record({
      type: fc.constant('repository' as const),
      url: text,
      branch: fc.stringMatching(/^[a-z<&"'/]{1,20}$/),
      scriptPath: text,
    }),
  );
  const specs = fc
    .record({
      description: text,
      source,
      parameters: fc.uniqueArray(definition, {
        maxLength: 4,
        selector: item => item.name,
      }),
      disableConcurrentRuns: fc.boolean(),
    })
    .map(({ description, source: from, ...settings }) =>
      spec(settings, { description, source: from }),
    );
  const withoutEmpty = (parameters: ParameterDefinition[]) =>
    parameters.map(parameter =>
      Object.fromEntries(
        Object.entries(parameter).filter(([, value]) => value !== ''),
      ),
    );

  /** the message of the error that is thrown instead */
  function attempt<T>(run: () => T): T | string {
    try {
      return run();
    } catch (error) {
      return String(error);
    }
  }

  /** What an answer must be, in the words of {@link readBack}. */
  function expected({
    description,
    source: from,
    settings,
  }: EnginePipelineSpec) {
    return {
      description,
      source: from,
      parameters: withoutEmpty(settings.parameters),
      sandbox: from.type === 'script' ? 'true' : undefined,
      isStable: true,
    };
  }

  function readBack(job: XmlDocument, wanted: EnginePipelineSpec) {
    const read = readJob(new XmlDocument(job.text));
    return {
      description: read.description,
      source: read.source,
      parameters: withoutEmpty(read.parameters),
      sandbox: job.find(['definition', 'sandbox'])?.text,
      isStable: writeJob(job, wanted) === job,
    };
  }

  const refusal = expect.stringMatching(
    /^InputError: The (?:description|script|address of the repository|path of the Jenkinsfile|parameter "\w+") contains the character U\+/,
  );
  const base = newJob(spec({ parameters: PARAMETERS }));

  it.each([
    ['a new job', newJob],
    ['a job', (wanted: EnginePipelineSpec) => writeJob(base, wanted)],
  ])(
    'of %s is read back equal, or refused with the name of the field',
    (_what, write) => {
      fc.assert(
        fc.property(specs, wanted => {
          const job = attempt(() => write(wanted));
          expect(typeof job === 'string' ? job : readBack(job, wanted)).toEqual(
            typeof job === 'string' ? refusal : expected(wanted),
          );
        }),
        { numRuns: 500 },
      );
    },
  );
});
