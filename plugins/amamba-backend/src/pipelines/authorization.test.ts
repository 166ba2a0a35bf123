import {
  entityPipelineQuerySchema,
  logQuerySchema,
  logSearchQuerySchema,
  pipelineDraftSchema,
  pipelineQuerySchema,
  pipelineUpdateSchema,
  runQuerySchema,
  testQuerySchema,
  type WorkspaceRole,
} from '@amamba/backstage-plugin-amamba-common';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  CALLERS,
  entityOf,
  roleHas,
  roomForCallers,
} from './__testUtils__/callers';
import { FakeEngine } from './__testUtils__/FakeEngine';
import {
  addPipeline,
  backend,
  stores,
  testDatabases,
  type Stores,
} from './__testUtils__/room';
import type { CallOptions, RunNames } from './Access';
import { AuthorizedPipelines } from './AuthorizedPipelines';
import type { PipelinesRoom } from './createPipelinesRoom';
import { AuthorizedOverview } from './overview/AuthorizedOverview';
import { AuthorizedRuns } from './runs/AuthorizedRuns';

const databases = testDatabases();
const SOURCE = { type: 'script', script: 'pipeline { }' };

type Call = (
  room: PipelinesRoom,
  names: RunNames,
  options: CallOptions,
) => Promise<unknown>;

/** Every method that a router can call, the permission it needs besides reading, and whether it is audited. */
const METHODS: Record<string, [permission: string, call: Call]> = {
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
const READS = /\.(?:workspace|pipeline)\.read$/;
/** Reads that need more than reading, and change nothing. */
const NOT_AUDITED = ['AuthorizedRuns.form'];

const ROLES: (WorkspaceRole | 'none')[] = ['admin', 'editor', 'viewer', 'none'];

it('covers every method that a router can call', () => {
  const classes = [AuthorizedPipelines, AuthorizedRuns, AuthorizedOverview];
  const methods = classes.flatMap(({ name, prototype }) =>
    Object.getOwnPropertyNames(prototype)
      .filter(method => method !== 'constructor')
      .map(method => `${name}.${method}`),
  );
  expect(methods.sort()).toEqual(Object.keys(METHODS).sort());
});

describe.each(databases.eachSupportedId())('who may do what, on %s', id => {
  let on: Stores;
  let engine: FakeEngine;
  let count = 0;

  beforeAll(async () => {
    on = await stores(await databases.init(id));
    engine = new FakeEngine();
    engine.files.set('a.txt', 'text');
  });

  /** A pipeline with a run that waits. */
  const prepare = async (): Promise<RunNames> => {
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
  };

  const outcome = async (call: Promise<unknown>): Promise<string> => {
    try {
      await call;
      return 'done';
    } catch (error) {
      return error instanceof Error ? error.name : 'thrown';
    }
  };

  describe.each(Object.entries(METHODS))('%s', (method, [permission, call]) => {
    it.each(ROLES)('as %s', async role => {
      const names = await prepare();
      const room = roomForCallers(on, engine);
      const options = { credentials: CALLERS[role] };
      const before = (await room.audit.list('team-a', { limit: 1 })).total;

      const refused = role === 'none' ? 'NotFoundError' : 'NotAllowedError';
      const isAllowed = roleHas(role, permission);
      const result = await outcome(call(room, names, options));
      expect(result).toBe(isAllowed ? 'done' : refused);

      const { items, total } = await room.audit.list('team-a', { limit: 5 });
      const isAct = !READS.test(permission) && !NOT_AUDITED.includes(method);
      const isRecorded = isAct && role !== 'none';
      expect(total - before).toBe(isRecorded ? 1 : 0);
      expect(isRecorded ? items[0].result : undefined).toBe(
        isRecorded
          ? { true: 'done', false: 'refused' }[`${isAllowed}`]
          : undefined,
      );
    });

    it('does not find what is of another workspace, whoever asks', async () => {
      const names = await prepare();
      const room = roomForCallers(on, engine);
      const elsewhere = await addPipeline(on, {
        ...{ workspace: 'team-b', workspaceRef: 'group:default/team-b' },
        name: `foreign-${count++}`,
      });
      for (const foreign of [
        { ...names, workspace: 'team-b' },
        { ...names, workspace: 'nowhere' },
      ]) {
        const options = { credentials: CALLERS.admin };
        expect(await outcome(call(room, foreign, options))).toBe(
          'NotFoundError',
        );
      }
      const isOfPipeline = !/workspace\.read|pipeline\.create/.test(permission);
      const smuggled = { ...names, pipeline: elsewhere.name };
      const options = { credentials: CALLERS.admin };
      const result = isOfPipeline
        ? await outcome(call(room, smuggled, options))
        : 'NotFoundError';
      expect(result).toBe('NotFoundError');
    });

    it('finds nothing when the policy forbids, whatever the role', async () => {
      const names = await prepare();
      const room = roomForCallers(on, engine, AuthorizeResult.DENY);
      const options = { credentials: CALLERS.admin };
      expect(await outcome(call(room, names, options))).toBe('NotFoundError');
    });
  });
});
