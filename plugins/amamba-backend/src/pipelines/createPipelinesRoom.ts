import type {
  PipelineEngine,
  PipelineResource,
} from '@amamba/backstage-plugin-amamba-node';
import type {
  HttpAuthService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { randomUUID } from 'crypto';
import type { Router } from 'express';
import type { AuditService } from '../audit';
import type { openDatabase } from '../database';
import type { LiveService } from '../live';
import type { Authorizer } from '../permissions';
import type {
  EntityReader,
  WorkspaceDirectory,
  WorkspacesService,
} from '../workspaces';
import { PipelineAccess } from './PipelineAccess';
import { AuthorizedPipelines } from './AuthorizedPipelines';
import { AuthorizedOverview } from './overview/AuthorizedOverview';
import { OverviewStore } from './overview/OverviewStore';
import { PipelinesService } from './PipelinesService';
import { PipelinesStore } from './PipelinesStore';
import { registerEvents, registerPipelines } from './router';
import { ApprovalsService } from './runs/ApprovalsService';
import { AuthorizedRuns } from './runs/AuthorizedRuns';
import { DecisionsStore } from './runs/DecisionsStore';
import { registerRuns } from './runs/router';
import { RunActsService } from './runs/RunActsService';
import { RunIndexStore } from './runs/RunIndexStore';
import { RunPollStore } from './runs/RunPollStore';
import { RunsService } from './runs/RunsService';
import { RunsStore } from './runs/RunsStore';
import { EngineDirectory } from './sync/EngineDirectory';
import { EngineReports } from './sync/EngineReports';
import { EnginesStore } from './sync/EnginesStore';
import { EventInbox } from './sync/EventInbox';
import { EventsService, type EventSource } from './sync/EventsService';
import { EventsStore } from './sync/EventsStore';
import { PipelineSync } from './sync/PipelineSync';
import { PipelineSyncStore } from './sync/PipelineSyncStore';
import { Reconciler } from './sync/Reconciler';
import { RunPoller } from './sync/RunPoller';
import { RunSync } from './sync/RunSync';
import { targetOf } from './view';

type Database = Awaited<ReturnType<typeof openDatabase>>;

/** What the room is built from. */
export interface PipelinesRoomOptions {
  database: Database;
  engines: readonly PipelineEngine[];
  /** where events come from, by id of the engine */
  eventSources: ReadonlyMap<string, EventSource>;
  authorizer: Authorizer;
  workspaces: WorkspacesService;
  audit: AuditService;
  live: Pick<LiveService, 'changed'>;
  entities: EntityReader;
  logger: LoggerService;
}

/** The room as the plugin sees it. */
export interface PipelinesRoom {
  pipelines: AuthorizedPipelines;
  runs: AuthorizedRuns;
  overview: AuthorizedOverview;
  /** how the engines are; who may know is for others to judge */
  engines: EngineReports;
  /** Mounts the inbox of events, which parses its bodies itself, after it has checked where they come from. */
  registerEvents(router: Router, deps: { httpAuth: HttpAuthService }): void;
  /** Mounts everything else. */
  register(router: Router, deps: { httpAuth: HttpAuthService }): void;
  /** Begins to follow runs, work off events and mend. */
  start(scheduler: SchedulerService): Promise<void>;
  stop(): Promise<void>;
  /** What works in the background, for tests that turn it by hand. */
  workers: { poller: RunPoller; inbox: EventInbox; reconciler: Reconciler };
}

/** Pipelines by id as the permission framework judges them, in the order asked. */
export function pipelineResources(
  database: Database,
  directory: Pick<WorkspaceDirectory, 'byRef'>,
): (ids: string[]) => Promise<(PipelineResource | undefined)[]> {
  const store = new PipelinesStore(database);
  return async ids => {
    const pipelines = await store.getMany(ids);
    return Promise.all(
      pipelines.map(
        async pipeline =>
          pipeline &&
          targetOf(pipeline, await directory.byRef(pipeline.workspaceRef)),
      ),
    );
  };
}

/** Composes the room of pipelines: stores → engines → services → what callers get. */
export function createPipelinesRoom(
  options: PipelinesRoomOptions,
): PipelinesRoom {
  const { database, authorizer, workspaces, audit, live, logger } = options;
  const owner = randomUUID();
  const store = new PipelinesStore(database);
  const runs = new RunsStore(database);
  const index = new RunIndexStore(database);
  const polls = new RunPollStore(database);
  const eventsStore = new EventsStore(database);

  const engines = new EngineDirectory({
    engines: options.engines,
    store: new EnginesStore(database),
    logger,
  });
  const syncStore = new PipelineSyncStore(database);
  const pipelineSync = new PipelineSync({
    ...{ store: syncStore, engines, audit, live, logger },
  });
  const runSync = new RunSync({
    ...{ pipelines: store, runs, index, engines, pipelineSync, audit, live },
  });
  const poller = new RunPoller({ store: polls, sync: runSync, logger, owner });
  const inbox = new EventInbox({
    ...{ store: eventsStore, pipelines: store },
    ...{ runSync, pipelineSync, logger, owner },
  });
  const reconciler = new Reconciler({
    ...{ engines, pipelines: syncStore, polls, events: eventsStore },
    ...{ pipelineSync, runSync, logger, owner },
  });

  const access = new PipelineAccess({
    workspaces,
    authorizer,
    pipelines: store,
    runs,
  });
  const service = new PipelinesService({
    ...{ store, engines, runSync, owner },
    sync: pipelineSync,
  });
  const authorizedPipelines = new AuthorizedPipelines({
    ...{ access, authorizer, audit, service, store, engines, workspaces },
    entities: options.entities,
  });
  const authorizedRuns = new AuthorizedRuns({
    ...{ access, authorizer, audit, engines, pipelines: service },
    runs: new RunsService({ store: runs, polls, engines }),
    acts: new RunActsService({
      ...{ store: runs, index, engines, pipelineSync, owner },
      sync: runSync,
    }),
    approvals: new ApprovalsService({
      decisions: new DecisionsStore(database),
      engines,
      sync: runSync,
    }),
  });
  const overview = new AuthorizedOverview({
    ...{ workspaces, authorizer, engines },
    store: new OverviewStore(database),
  });
  const events = new EventsService({ sources: options.eventSources, inbox });

  return {
    pipelines: authorizedPipelines,
    runs: authorizedRuns,
    overview,
    engines: new EngineReports({ engines, events: eventsStore }),
    registerEvents: (router, { httpAuth }) =>
      registerEvents(router, { httpAuth, events }),
    register(router, { httpAuth }) {
      registerPipelines(router, {
        ...{ httpAuth, overview, pipelines: authorizedPipelines },
      });
      registerRuns(router, { httpAuth, runs: authorizedRuns });
    },
    async start(scheduler) {
      poller.start();
      inbox.start();
      await reconciler.schedule(scheduler);
    },
    async stop() {
      await Promise.all([poller.stop(), inbox.stop()]);
    },
    workers: { poller, inbox, reconciler },
  };
}
