import type { ClusterSetup } from '@amamba/backstage-plugin-amamba-common';
import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import type { LiveService } from '../live';
import type { Ownership } from '../namespaces';
import type { Authorizer } from '../permissions';
import type { EntityReader, WorkspacesService } from '../workspaces';
import { ApplicationAccess } from './ApplicationAccess';
import { AuthorizedApplications } from './AuthorizedApplications';
import { ApplicationIndex } from './read/ApplicationIndex';
import { registerApplications } from './router';

/** What the room is built from. */
export interface ApplicationsRoomOptions {
  authorizer: Authorizer;
  workspaces: WorkspacesService;
  entities: EntityReader;
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
  const { authorizer, workspaces, ownership, entities, setup } = options;
  const index = new ApplicationIndex({ live: options.live });
  const access = new ApplicationAccess({
    ...{ workspaces, authorizer, ownership, index },
  });
  const applications = new AuthorizedApplications({
    ...{ access, authorizer, ownership, entities, index, setup },
  });
  return {
    applications,
    register: (router, { httpAuth }) =>
      registerApplications(router, { httpAuth, applications }),
    stop: () => index.stop(),
  };
}
