import { z } from 'zod';
import { entityRefSchema, workspaceNameSchema } from '../contract/primitives';

/** Roles that the configuration gives to members; what each may do is in `rolePermissions`. */
export const workspaceRoleSchema = z.enum(['admin', 'editor', 'viewer']);
export type WorkspaceRole = z.infer<typeof workspaceRoleSchema>;

/** A tenant: one Backstage Group. */
export const workspaceSchema = z.object({
  /** name in addresses */
  name: workspaceNameSchema,
  /** the group */
  ref: entityRefSchema,
  title: z.string(),
  description: z.string().optional(),
  /** the workspace of the parent group, when that is one */
  parent: workspaceNameSchema.optional(),
  /** the caller's role by configuration; absent when only the policy lets the caller in */
  role: workspaceRoleSchema.optional(),
  /** names of the permissions that the caller has here; buttons are enabled by it, the service decides again */
  can: z.array(z.string()),
});
export type Workspace = z.infer<typeof workspaceSchema>;

/** Somebody who can help when a permission is missing. */
export const workspaceAdminSchema = z.object({
  ref: entityRefSchema,
  title: z.string(),
});

/** A workspace with what its page shows. */
export const workspaceDetailSchema = workspaceSchema.extend({
  admins: z.array(workspaceAdminSchema),
});
export type WorkspaceDetail = z.infer<typeof workspaceDetailSchema>;

/** Where an entity belongs. */
export const entityWorkspaceSchema = z.object({
  entityRef: entityRefSchema,
  workspace: workspaceDetailSchema,
  /** `annotation` when `amamba.io/workspace` says so, else `owner` */
  by: z.enum(['owner', 'annotation']),
});
export type EntityWorkspace = z.infer<typeof entityWorkspaceSchema>;
