import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { corpusPath } from '../execution/testing/corpus';
import {
  createItem,
  ended,
  eventually,
  pipelineXml,
  startRun,
  stopTestSandboxes,
  TestSandbox,
  testSandbox,
} from '../../testing/testSandbox';

/** The part of JSON schema that the plugin's OpenAPI document uses. */
interface Schema {
  $ref?: string;
  type?: string;
  /** the document says `null` where it means the word */
  types?: (string | null)[];
  enum?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
}

const openapi = corpusPath('jenkins', 'pipeline-graph-view', 'openapi.yaml');

describe('the graph view', () => {
  let sandbox: TestSandbox;

  beforeEach(async () => {
    sandbox = await testSandbox();
  });
  afterEach(stopTestSandboxes);

  /** Differences between a value and a schema, as paths; also fields that the schema does not have. */
  const differences = (root: {
    components: { schemas: Record<string, Schema> };
  }) => {
    const check = (value: unknown, given: Schema, at: string): string[] => {
      const kinds = given.types ?? (given.type ? [given.type] : []);
      if (value === null) {
        return kinds.includes(null) || given.$ref ? [] : [`${at} is null`];
      }
      const name = given.$ref?.split('/').pop();
      const schema = name ? root.components.schemas[name] : given;
      const wanted = schema.types ?? [schema.type];
      const is = Array.isArray(value) ? 'array' : typeof value;
      const fits =
        wanted.includes(is) || (is === 'number' && wanted.includes('integer'));
      if (!fits) return [`${at} is ${is}, not ${wanted}`];
      if (schema.enum && !schema.enum.includes(String(value)))
        return [`${at}: ${value}`];
      if (Array.isArray(value)) {
        return value.flatMap((item, i) =>
          check(item, schema.items ?? {}, `${at}[${i}]`),
        );
      }
      const { properties } = schema;
      if (typeof value !== 'object' || value === null || !properties) return [];
      return Object.entries(value).flatMap(([key, inner]) =>
        key in properties
          ? check(inner, properties[key], `${at}.${key}`)
          : [`${at}.${key} is unknown`],
      );
    };
    return check;
  };

  (openapi ? describe : describe.skip)(
    'answers as its OpenAPI document says',
    () => {
      const document = openapi ? parse(readFileSync(openapi, 'utf8')) : {};
      const check = differences(document);
      const schemas: Record<string, Schema> =
        document.components?.schemas ?? {};
      // The document does not have them, the plugin does.
      const known = (list: string[]) =>
        list.filter(text => !/\.flags is unknown$/.test(text));

      it('while a run goes on and after it', async () => {
        await createItem(
          sandbox,
          'shop',
          pipelineXml('stage A\nstep a\nstage B\ninput Go'),
        );
        const run = await startRun(sandbox, 'job/shop/');
        await eventually(async () => {
          const list = await sandbox.get<unknown[]>(
            `${run}wfapi/pendingInputActions`,
          );
          return list.length > 0;
        });
        const compare = async (path: string, schema: string) => {
          const value = await sandbox.get(path);
          expect(known(check(value, schemas[schema], schema))).toEqual([]);
          return value;
        };
        expect(
          await compare(`${run}stages/tree`, 'PipelineTreeResponse'),
        ).toMatchObject({
          status: 'ok',
          data: { complete: false },
        });
        expect(
          await compare(`${run}stages/allSteps`, 'StepListResponse'),
        ).toMatchObject({
          data: {
            runIsComplete: false,
            steps: [
              { name: 'echo', state: 'success' },
              {
                state: 'paused',
                inputStep: {
                  id: 'Go',
                  ok: 'Proceed',
                  cancel: 'Abort',
                  parameters: false,
                },
              },
            ],
          },
        });
        const live = await sandbox.call('GET', `${run}stages/tree`);
        expect(live.headers.get('cache-control')).toBe('no-store');
        await sandbox.call('POST', `${run}stages/cancel`);
        await ended(sandbox, run);
        expect(
          await compare(`${run}stages/tree`, 'PipelineTreeResponse'),
        ).toMatchObject({
          data: { complete: true },
        });
        const over = await sandbox.call('GET', `${run}stages/tree`);
        expect(over.headers.get('cache-control')).toBe(
          'private, immutable, max-age=86400',
        );
        expect((await sandbox.call('POST', `${run}stages/cancel`)).status).toBe(
          400,
        );
        await compare(
          'job/shop/multi-pipeline-graph/runs',
          'PipelineRunsResponse',
        );
      });
    },
  );

  it('lets a client keep the list of runs', async () => {
    await createItem(sandbox, 'shop', pipelineXml('log x'));
    await ended(sandbox, await startRun(sandbox, 'job/shop/'));
    const path = 'job/shop/multi-pipeline-graph/runs';
    const tag = async (headers: Record<string, string> = {}) => {
      const answer = await sandbox.call('GET', path, { headers });
      return { status: answer.status, tag: answer.headers.get('etag') ?? '' };
    };
    const first = await tag();
    expect(first.status).toBe(200);
    expect((await tag({ 'If-None-Match': first.tag })).status).toBe(304);
    await ended(sandbox, await startRun(sandbox, 'job/shop/'));
    expect((await tag({ 'If-None-Match': first.tag })).status).toBe(200);
  });

  it('wants to know which node', async () => {
    await createItem(sandbox, 'shop', pipelineXml('log x'));
    const run = await startRun(sandbox, 'job/shop/');
    for (const path of ['steps', 'log', 'exceptionText']) {
      const answer = await sandbox.call('GET', `${run}stages/${path}`);
      expect(answer.status).toBe(400);
    }
  });
});
