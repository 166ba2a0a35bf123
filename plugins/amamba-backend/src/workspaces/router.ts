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
    async (_input, context) => {
      const records = await workspaces.list(context);
      return {
        items: await Promise.all(
          records.map(record => workspaces.describe(record, context)),
        ),
      };
    },
  );
  registerEndpoint(
    router,
    deps,
    endpoints.getWorkspace,
    async ({ params }, context) =>
      workspaces.describeDetail(
        await workspaces.get(params.workspace, context),
        context,
      ),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.getEntityWorkspace,
    async ({ params }, context) => {
      const found = await workspaces.forEntity(
        stringifyEntityRef(params),
        context,
      );
      return {
        ...found,
        workspace: await workspaces.describeDetail(found.workspace, context),
      };
    },
  );
}
