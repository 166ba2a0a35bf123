import type { ClusterSetup } from '@amamba/backstage-plugin-amamba-common';
import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import type { AuditService } from '../audit';
import type { LiveService } from '../live';
import type { Ownership } from '../namespaces';
import type { Authorizer } from '../permissions';
import type { EntityReader, WorkspacesService } from '../workspaces';
import { ApplicationAccess } from './ApplicationAccess';
import { ApplicationReader } from './ApplicationReader';
import { AuthorizedActs } from './AuthorizedActs';
import { AuthorizedApplications } from './AuthorizedApplications';
import { ApplicationIndex } from './read/ApplicationIndex';
import { registerApplications } from './router';
import { WorkloadActs } from './workloads/WorkloadActs';

/** What the room is built from. */
export interface ApplicationsRoomOptions {
  authorizer: Authorizer;
  workspaces: WorkspacesService;
  entities: EntityReader;
  audit: AuditService;
  ownership: Ownership;
  live: Pick<LiveService, 'changed'>;
  setup(): Promise<ClusterSetup>;
}

/** The room as the plugin sees it. */
export interface ApplicationsRoom {
  applications: AuthorizedApplications;
  register(router: Router, deps: { httpAuth: HttpAuthService }): void;
  stop(): void;
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
  const applications = new AuthorizedApplications({
    ...{ access, authorizer, ownership, entities, index, setup },
    reader: new ApplicationReader(),
  });
  const acts = new AuthorizedActs({
    ...{ access, authorizer, audit },
    workloads: new WorkloadActs(),
  });
  return {
    applications,
    register: (router, { httpAuth }) =>
      registerApplications(router, { httpAuth, applications, acts }),
    stop: () => index.stop(),
  };
}
