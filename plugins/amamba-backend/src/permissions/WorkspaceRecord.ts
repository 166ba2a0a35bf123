import type { WorkspaceRole } from '@amamba/backstage-plugin-amamba-common';

/** Gives a subject (reference of a user or group) a role in a workspace. */
export interface RoleGrant {
  subject: string;
  role: WorkspaceRole;
}

/** A workspace as the backend knows it, and as callers are judged by it. */
export interface WorkspaceRecord {
  /** name in addresses and in engines */
  name: string;
  /** entity reference of the group, in lower case */
  ref: string;
  title: string;
  description?: string;
  /** entity reference of the parent group */
  parentRef?: string;
  /** environment of pipelines that name none */
  environment?: string;
  /** who has which role, by configuration and membership; inherited ones included */
  grants: RoleGrant[];
}
