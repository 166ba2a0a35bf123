import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import type { ApplicationAccess, ApplicationIndex } from '../applications';
import type { AuditService } from '../audit';
import { SecretBox, type openDatabase } from '../database';
import { GuardedClient } from '../http';
import type { Ownership } from '../namespaces';
import { AuditedOperations, type OperationsService } from '../operations';
import type { Authorizer } from '../permissions';
import type { WorkspacesService } from '../workspaces';
import { AuthorizedReleases } from './AuthorizedReleases';
import { AuthorizedRepositories } from './AuthorizedRepositories';
import { ChartShelf } from './charts/ChartShelf';
import type { HelmConfig } from './config';
import { Helm } from './program/Helm';
import { HelmAccount } from './program/HelmAccount';
import { HelmProgram } from './program/HelmProgram';
import { clearWorkplaces } from './program/Workplace';
import { ReleasePlanner } from './releases/ReleasePlanner';
import { ReleaseReader } from './releases/ReleaseReader';
import { ReleaseService } from './releases/ReleaseService';
import { ReleaseWatch } from './releases/ReleaseWatch';
import { RepositoriesService } from './repositories/RepositoriesService';
import { RepositoriesStore } from './repositories/RepositoriesStore';
import { registerHelm } from './router';

/** What the room is built from. */
export interface HelmRoomOptions {
  config: HelmConfig;
  database: Awaited<ReturnType<typeof openDatabase>>;
  authorizer: Authorizer;
  workspaces: WorkspacesService;
  audit: AuditService;
  ownership: Ownership;
  operations: OperationsService;
  applications: { access: ApplicationAccess; index: ApplicationIndex };
}

/** The room as the plugin sees it. */
export interface HelmRoom {
  repositories: AuthorizedRepositories;
  releases: AuthorizedReleases;
  register(router: Router, deps: { httpAuth: HttpAuthService }): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Composes the room of Helm. */
export function createHelmRoom(options: HelmRoomOptions): HelmRoom {
  const { config, authorizer, workspaces, audit, ownership } = options;
  const { operations } = options;
  const { access, index } = options.applications;
  const client = new GuardedClient({ allowed: config.allowed });
  const shelf = new ChartShelf({ client });
  const service = new RepositoriesService({
    store: new RepositoriesStore(options.database),
    platform: config.repositories,
    secrets: new SecretBox(config.keys),
    shelf,
  });
  const helm = new Helm({
    program: new HelmProgram({ path: config.program }),
    account: new HelmAccount(),
  });
  const reader = new ReleaseReader();
  const repositories = new AuthorizedRepositories({
    ...{ workspaces, audit, ownership, shelf },
    repositories: service,
  });
  const releases = new AuthorizedReleases({
    ...{ access, authorizer, shelf, helm, reader },
    operations: new AuditedOperations({ audit, operations }),
    repositories: service,
    releases: new ReleaseService({
      ...{ helm, reader, operations },
      planner: new ReleasePlanner({ helm }),
      watch: new ReleaseWatch({ index }),
    }),
  });
  return {
    ...{ repositories, releases },
    register: (router, { httpAuth }) =>
      registerHelm(router, { httpAuth, repositories, releases }),
    start: () => clearWorkplaces(),
    stop: () => client.close(),
  };
}
