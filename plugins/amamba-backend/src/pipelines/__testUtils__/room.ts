import {
  parameterDefinitionsSchema,
  pipelineSettingsSchema,
} from '@amamba/backstage-plugin-amamba-common';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { randomUUID } from 'crypto';
import type { AuditedAct } from '../../audit';
import { migrate } from '../../database';
import { PipelinesStore } from '../PipelinesStore';
import type { PipelineRecord } from '../records';
import { RunIndexStore } from '../runs/RunIndexStore';
import { RunPollStore } from '../runs/RunPollStore';
import { RunsStore } from '../runs/RunsStore';
import { EngineDirectory } from '../sync/EngineDirectory';
import { EnginesStore } from '../sync/EnginesStore';
import { EventInbox } from '../sync/EventInbox';
import { EventsStore } from '../sync/EventsStore';
import { PipelineSync } from '../sync/PipelineSync';
import { PipelineSyncStore } from '../sync/PipelineSyncStore';
import { Reconciler } from '../sync/Reconciler';
import { RunPoller } from '../sync/RunPoller';
import { RunSync } from '../sync/RunSync';
import { FakeEngine } from './FakeEngine';

type Database = Awaited<ReturnType<TestDatabases['init']>>;

/** The databases that stores are tested on: SQLite always, PostgreSQL when there is one. */
export function testDatabases(): TestDatabases {
  return TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
}

/** The stores on a migrated database. */
export async function stores(database: Database) {
  await migrate(database);
  return {
    database,
    pipelines: new PipelinesStore(database),
    syncs: new PipelineSyncStore(database),
    runs: new RunsStore(database),
    index: new RunIndexStore(database),
    polls: new RunPollStore(database),
    events: new EventsStore(database),
    engines: new EnginesStore(database),
  };
}

export type Stores = Awaited<ReturnType<typeof stores>>;

/** A lease that is over at once, unless told otherwise. */
export function lease(durationMs = 0, owner = 'test') {
  return { owner, now: Date.now(), durationMs };
}

/** Adds a pipeline to the database only. */
export async function addPipeline(
  { pipelines }: Pick<Stores, 'pipelines'>,
  more: Partial<PipelineRecord> & { parameters?: unknown[] } = {},
): Promise<PipelineRecord> {
  const { parameters = [], ...rest } = more;
  const settings = pipelineSettingsSchema.parse({
    parameters: parameterDefinitionsSchema.parse(parameters),
  });
  return pipelines.insert(
    {
      id: randomUUID(),
      workspace: 'team-a',
      workspaceRef: 'group:default/team-a',
      name: 'shop',
      description: '',
      engine: 'ci',
      source: { type: 'script', script: 'pipeline { }' },
      settings,
      askedParameters: settings.parameters,
      createdBy: 'user:default/ann',
      ...rest,
    },
    lease(),
  );
}

/** One backend's workers over the stores and an engine in memory. */
export function backend(on: Stores, engine: FakeEngine, owner = 'backend-1') {
  const logger = mockServices.logger.mock();
  const signals: { type: string; run?: string }[] = [];
  const live = {
    changed: (signal: { type: string; run?: string }) => signals.push(signal),
  };
  const audited: { act: AuditedAct; error?: Error }[] = [];
  const audit = {
    system: async (act: AuditedAct, error?: Error) => {
      audited.push({ act, error });
    },
  };
  const engines = new EngineDirectory({
    engines: [engine],
    store: on.engines,
    logger,
  });
  const pipelineSync = new PipelineSync({
    ...{ store: on.syncs, engines, audit, live, logger },
  });
  const runSync = new RunSync({
    ...{ pipelines: on.pipelines, runs: on.runs, index: on.index },
    ...{ engines, pipelineSync, audit, live },
  });
  return {
    ...{ engines, pipelineSync, runSync, audited, signals, logger },
    poller: new RunPoller({ store: on.polls, sync: runSync, logger, owner }),
    inbox: new EventInbox({
      ...{ store: on.events, pipelines: on.pipelines },
      ...{ runSync, pipelineSync, logger, owner },
    }),
    reconciler: new Reconciler({
      ...{ engines, pipelines: on.syncs, polls: on.polls, events: on.events },
      ...{ pipelineSync, runSync, logger, owner },
    }),
  };
}
