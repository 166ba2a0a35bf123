import {
  entityPipelineQuerySchema,
  logQuerySchema,
  logSearchQuerySchema,
  pipelineDraftSchema,
  pipelineQuerySchema,
  pipelineUpdateSchema,
  runQuerySchema,
  testQuerySchema,
} from '@amamba/backstage-plugin-amamba-common';
import {
  describeAuthorization,
  type Methods,
} from '../__testUtils__/authorizationTable';
import { entityOf } from '../__testUtils__/callers';
import { roomForCallers } from './__testUtils__/callers';
import { FakeEngine } from './__testUtils__/FakeEngine';
import {
  addPipeline,
  backend,
  stores,
  testDatabases,
  type Stores,
} from './__testUtils__/room';
import type { RunNames } from './PipelineAccess';
import { AuthorizedPipelines } from './AuthorizedPipelines';
import type { PipelinesRoom } from './createPipelinesRoom';
import { AuthorizedOverview } from './overview/AuthorizedOverview';
import { AuthorizedRuns } from './runs/AuthorizedRuns';

const databases = testDatabases();
const SOURCE = { type: 'script', script: 'pipeline { }' };

/** Every method that a router can call, and the permission it needs besides reading. */
const METHODS: Methods<PipelinesRoom, RunNames> = {
  'AuthorizedOverview.get': [
    'amamba.workspace.read',
    (room, names, options) => room.overview.get(names, options),
  ],
  'AuthorizedPipelines.engines': [
    'amamba.workspace.read',
    (room, names, options) => room.pipelines.engines(names, options),
  ],
  'AuthorizedPipelines.list': [
    'amamba.workspace.read',
    (room, names, options) =>
      room.pipelines.list(names, pipelineQuerySchema.parse({}), options),
  ],
  'AuthorizedPipelines.listForEntity': [
    'amamba.workspace.read',
    (room, names, options) =>
      room.pipelines.listForEntity(
        entityOf(names.workspace),
        entityPipelineQuerySchema.parse({}),
        options,
      ),
  ],
  'AuthorizedPipelines.get': [
    'amamba.pipeline.read',
    (room, names, options) => room.pipelines.get(names, options),
  ],
  'AuthorizedPipelines.create': [
    'amamba.pipeline.create',
    (room, names, options) =>
      room.pipelines.create(
        names,
        pipelineDraftSchema.parse({
          name: `new-${Date.now()}`,
          source: SOURCE,
        }),
        options,
      ),
  ],
  'AuthorizedPipelines.update': [
    'amamba.pipeline.update',
    (room, names, options) =>
      room.pipelines.update(
        names,
        pipelineUpdateSchema.parse({ version: 1, source: SOURCE }),
        options,
      ),
  ],
  'AuthorizedPipelines.delete': [
    'amamba.pipeline.delete',
    (room, names, options) => room.pipelines.delete(names, options),
  ],
  'AuthorizedPipelines.sync': [
    'amamba.pipeline.update',
    (room, names, options) => room.pipelines.sync(names, options),
  ],
  'AuthorizedRuns.list': [
    'amamba.pipeline.read',
    (room, names, options) =>
      room.runs.list(names, runQuerySchema.parse({}), options),
  ],
  'AuthorizedRuns.form': [
    'amamba.run.start',
    (room, names, options) => room.runs.form(names, options),
  ],
  'AuthorizedRuns.start': [
    'amamba.run.start',
    (room, names, options) =>
      room.runs.start(names, { parameters: {} }, options),
  ],
  'AuthorizedRuns.get': [
    'amamba.pipeline.read',
    (room, names, options) => room.runs.get(names, options),
  ],
  'AuthorizedRuns.graph': [
    'amamba.pipeline.read',
    (room, names, options) => room.runs.graph(names, options),
  ],
  'AuthorizedRuns.steps': [
    'amamba.pipeline.read',
    (room, names, options) => room.runs.steps(names, undefined, options),
  ],
  'AuthorizedRuns.log': [
    'amamba.pipeline.read',
    (room, names, options) =>
      room.runs.log(names, logQuerySchema.parse({}), options),
  ],
  'AuthorizedRuns.searchLog': [
    'amamba.pipeline.read',
    (room, names, options) =>
      room.runs.searchLog(
        names,
        logSearchQuerySchema.parse({ q: 'x' }),
        options,
      ),
  ],
  'AuthorizedRuns.rawLog': [
    'amamba.pipeline.read',
    (room, names, options) => room.runs.rawLog(names, undefined, options),
  ],
  'AuthorizedRuns.cancel': [
    'amamba.run.cancel',
    (room, names, options) =>
      room.runs.cancel(names, { force: 'stop' }, options),
  ],
  'AuthorizedRuns.rerun': [
    'amamba.run.start',
    (room, names, options) => room.runs.rerun(names, {}, options),
  ],
  'AuthorizedRuns.decide': [
    'amamba.run.approve',
    (room, names, options) =>
      room.runs.decide(
        names,
        'Go',
        { decision: 'approve', parameters: {} },
        options,
      ),
  ],
  'AuthorizedRuns.artifacts': [
    'amamba.pipeline.read',
    (room, names, options) => room.runs.artifacts(names, options),
  ],
  'AuthorizedRuns.artifact': [
    'amamba.pipeline.read',
    (room, names, options) => room.runs.artifact(names, 'a.txt', options),
  ],
  'AuthorizedRuns.tests': [
    'amamba.pipeline.read',
    (room, names, options) =>
      room.runs.tests(names, testQuerySchema.parse({}), options),
  ],
  'AuthorizedRuns.changes': [
    'amamba.pipeline.read',
    (room, names, options) => room.runs.changes(names, options),
  ],
};
const OF_WORKSPACE = Object.entries(METHODS)
  .filter(([, [permission]]) =>
    /workspace\.read|pipeline\.create/.test(permission),
  )
  .map(([method]) => method);

describe.each(databases.eachSupportedId())('who may do what, on %s', id => {
  let on: Stores;
  let engine: FakeEngine;
  let count = 0;

  beforeAll(async () => {
    on = await stores(await databases.init(id));
    engine = new FakeEngine();
    engine.files.set('a.txt', 'text');
  });

  describeAuthorization<PipelinesRoom, RunNames>({
    classes: [AuthorizedPipelines, AuthorizedRuns, AuthorizedOverview],
    methods: METHODS,
    notAudited: ['AuthorizedRuns.form'],
    ofWorkspace: OF_WORKSPACE,
    // a pipeline with a run that waits
    prepare: async () => {
      const pipeline = await addPipeline(on, { name: `p${count++}` });
      const { pipelineSync, runSync } = backend(on, engine);
      await pipelineSync.carryOut(pipeline);
      const run = engine.addRun(`team-a/${pipeline.name}`);
      run.approvals = [
        {
          ...{ id: 'Go', message: 'Go?', okLabel: 'Go' },
          ...{ approvers: [], parameters: [] },
        },
      ];
      await runSync.readNumber(pipeline, run.number);
      return { workspace: 'team-a', pipeline: pipeline.name, run: '1' };
    },
    smuggle: async names => {
      const elsewhere = await addPipeline(on, {
        ...{ workspace: 'team-b', workspaceRef: 'group:default/team-b' },
        name: `foreign-${count++}`,
      });
      return { ...names, pipeline: elsewhere.name };
    },
    room: policy => roomForCallers(on, engine, policy),
  });
});
