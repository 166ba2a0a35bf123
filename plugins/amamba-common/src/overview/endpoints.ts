import { z } from 'zod';
import { defineEndpoint, json } from '../contract/endpoint';
import { WORKSPACE_PATH } from '../contract/paths';
import { workspaceNameOrAllSchema } from '../contract/primitives';
import { workspaceReadPermission } from '../permissions';
import { overviewSchema } from './schema';

/** What a workspace's first page shows, from all rooms. */
export const overviewEndpoints = {
  getOverview: defineEndpoint({
    id: 'getOverview',
    method: 'GET',
    path: `${WORKSPACE_PATH}/overview`,
    summary:
      'What waits, what is broken and what runs; ~all for all workspaces',
    tag: 'workspaces',
    permissions: [workspaceReadPermission.name],
    params: z.object({ workspace: workspaceNameOrAllSchema }),
    response: json(overviewSchema),
  }),
};
