import { endpoints } from '@amamba/backstage-plugin-amamba-common';
import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { Router } from 'express';
import { registerEndpoint } from '../http';
import type { WorkspacesService } from './WorkspacesService';

/** Mounts the operations on workspaces. */
export function registerWorkspaces(
  router: Router,
  deps: { httpAuth: HttpAuthService; workspaces: WorkspacesService },
): void {
  const { workspaces } = deps;
  registerEndpoint(
    router,
    deps,
    endpoints.listWorkspaces,
    async (_input, { credentials }) => {
      const records = await workspaces.list({ credentials });
      return {
        items: await Promise.all(
          records.map(record => workspaces.describe(record, { credentials })),
        ),
      };
    },
  );
  registerEndpoint(
    router,
    deps,
    endpoints.getWorkspace,
    async ({ params }, { credentials }) =>
      workspaces.describeDetail(
        await workspaces.get(params.workspace, { credentials }),
        { credentials },
      ),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.getEntityWorkspace,
    async ({ params }, { credentials }) => {
      const found = await workspaces.forEntity(stringifyEntityRef(params), {
        credentials,
      });
      return {
        ...found,
        workspace: await workspaces.describeDetail(found.workspace, {
          credentials,
        }),
      };
    },
  );
}
