import { z } from 'zod';
import { defineEndpoint, json } from '../contract/endpoint';
import { inWorkspace, ofEntity } from '../contract/params';
import { WORKSPACE_PATH } from '../contract/paths';
import { workspaceReadPermission } from '../permissions';
import { ENTITY_WORKSPACE_PATH } from './paths';
import {
  entityWorkspaceSchema,
  workspaceDetailSchema,
  workspaceSchema,
} from './schema';

/** Workspaces and what the caller may do in them. */
export const workspaceEndpoints = {
  listWorkspaces: defineEndpoint({
    id: 'listWorkspaces',
    method: 'GET',
    path: '/v1/workspaces',
    summary: 'Workspaces that the caller can read',
    tag: 'workspaces',
    permissions: [workspaceReadPermission.name],
    response: json(z.object({ items: z.array(workspaceSchema) })),
  }),
  getWorkspace: defineEndpoint({
    id: 'getWorkspace',
    method: 'GET',
    path: WORKSPACE_PATH,
    summary: 'One workspace and what the caller may do in it',
    tag: 'workspaces',
    permissions: [workspaceReadPermission.name],
    params: inWorkspace,
    response: json(workspaceDetailSchema),
  }),
  getEntityWorkspace: defineEndpoint({
    id: 'getEntityWorkspace',
    method: 'GET',
    path: ENTITY_WORKSPACE_PATH,
    summary: 'The workspace that an entity belongs to',
    tag: 'workspaces',
    permissions: [workspaceReadPermission.name],
    params: ofEntity,
    response: json(entityWorkspaceSchema),
  }),
};
