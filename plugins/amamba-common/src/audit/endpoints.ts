import { defineEndpoint, json } from '../contract/endpoint';
import { inWorkspace } from '../contract/params';
import { WORKSPACE_PATH } from '../contract/paths';
import { auditReadPermission } from '../permissions';
import { auditPageSchema, auditQuerySchema } from './schema';

/** What was changed, by whom. */
export const auditEndpoints = {
  listAudit: defineEndpoint({
    id: 'listAudit',
    method: 'GET',
    path: `${WORKSPACE_PATH}/audit`,
    summary: 'Changes in a workspace, newest first',
    tag: 'audit',
    permissions: [auditReadPermission.name],
    params: inWorkspace,
    query: auditQuerySchema,
    response: json(auditPageSchema),
  }),
};
