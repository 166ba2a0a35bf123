import type { ClusterSetup } from '@amamba/backstage-plugin-amamba-common';
import type { Router } from 'express';
import type {
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { AuditService } from '../audit';
import type { openDatabase } from '../database';
import type { LiveService } from '../live';
import type { Ownership } from '../namespaces';
import { AuditedOperations, type OperationsService } from '../operations';
import type { Authorizer } from '../permissions';
import type { EntityReader, WorkspacesService } from '../workspaces';
import { ApplicationAccess } from './ApplicationAccess';
import { ApplicationReader } from './ApplicationReader';
import { AuthorizedActs } from './AuthorizedActs';
import { AuthorizedApplications } from './AuthorizedApplications';
import { AuthorizedImport } from './AuthorizedImport';
import { ImportService } from './importing/ImportService';
import { createLive } from './live/createLive';
import { AuthorizedManifests } from './AuthorizedManifests';
import { AuthorizedDeletion } from './AuthorizedDeletion';
import { DeletionService } from './deletion/DeletionService';
import { ManifestEditor } from './manifests/ManifestEditor';
import { ManifestPlanner } from './manifests/ManifestPlanner';
import { ManifestTexts } from './manifests/ManifestTexts';
import { ManifestTextsStore } from './manifests/ManifestTextsStore';
import { ManifestWriter } from './manifests/ManifestWriter';
import { ApplicationIndex } from './read/ApplicationIndex';
import { registerApplications } from './router';
import { WorkloadActs } from './workloads/WorkloadActs';

/** What the room is built from. */
export interface ApplicationsRoomOptions {
  authorizer: Authorizer;
  workspaces: WorkspacesService;
  entities: EntityReader;
  audit: AuditService;
  database: Awaited<ReturnType<typeof openDatabase>>;
  logger: LoggerService;
  operations: Pick<OperationsService, 'begin'>;
  ownership: Ownership;
  live: Pick<LiveService, 'changed'>;
  setup(): Promise<ClusterSetup>;
}

/** The room as the plugin sees it. */
export interface ApplicationsRoom {
  applications: AuthorizedApplications;
  acts: AuthorizedActs;
  manifests: AuthorizedManifests;
  deletion: AuthorizedDeletion;
  importing: AuthorizedImport;
  /** the door to an application for rooms that do more with it */
  access: ApplicationAccess;
  index: ApplicationIndex;
  register(router: Router, deps: { httpAuth: HttpAuthService }): void;
  stop(): Promise<void>;
}

/** Composes the room of applications. */
export function createApplicationsRoom(
  options: ApplicationsRoomOptions,
): ApplicationsRoom {
  const { authorizer, workspaces, ownership, entities, audit, setup } = options;
  const index = new ApplicationIndex({ live: options.live });
  const access = new ApplicationAccess({
    ...{ workspaces, authorizer, ownership, index },
  });
  const texts = new ManifestTexts({
    store: new ManifestTextsStore(options.database),
    logger: options.logger,
  });
  const applications = new AuthorizedApplications({
    ...{ access, authorizer, ownership, entities, index, setup },
    reader: new ApplicationReader({ texts }),
  });
  const acts = new AuthorizedActs({
    ...{ access, authorizer, audit },
    workloads: new WorkloadActs(),
  });
  const operations = new AuditedOperations({
    audit,
    operations: options.operations,
  });
  const planner = new ManifestPlanner();
  const manifests = new AuthorizedManifests({
    ...{ access, authorizer, audit, operations, planner, texts },
    writer: new ManifestWriter(),
    editor: new ManifestEditor({ planner, texts }),
  });
  const deletion = new AuthorizedDeletion({
    ...{ access, authorizer, operations },
    deletion: new DeletionService({ texts }),
  });
  const importing = new AuthorizedImport({
    ...{ access, applications, authorizer, audit, index },
    importing: new ImportService(),
  });
  const logsAndTerminals = createLive({
    ...{ access, authorizer, audit, index, logger: options.logger },
  });
  const callers = { applications, acts, manifests, deletion, importing };
  return {
    ...callers,
    ...{ access, index },
    register: (router, { httpAuth }) => {
      registerApplications(router, { httpAuth, ...callers });
      logsAndTerminals.register(router, { httpAuth });
    },
    stop: async () => {
      await logsAndTerminals.stop();
      index.stop();
    },
  };
}
