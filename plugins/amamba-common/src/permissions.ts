import {
  createPermission,
  type Permission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import type { WorkspaceRole } from './workspaces/schema';

/** Resource type of workspaces and of what belongs to one without a type of its own (audit, namespaces, credentials). */
export const RESOURCE_TYPE_WORKSPACE = 'amamba-workspace';
/** Resource type of pipelines and their definition. */
export const RESOURCE_TYPE_PIPELINE = 'amamba-pipeline';
/** Resource type of acts on runs: a policy can treat running apart from editing. */
export const RESOURCE_TYPE_RUN = 'amamba-run';

type Action = 'create' | 'read' | 'update' | 'delete';

function permission<T extends string>(
  resourceType: T,
  name: string,
  action: Action,
): ResourcePermission<T> {
  return createPermission({
    name: `amamba.${name}`,
    attributes: { action },
    resourceType,
  });
}

/** See a workspace and everything in it that has no permission of its own. */
export const workspaceReadPermission = permission(
  RESOURCE_TYPE_WORKSPACE,
  'workspace.read',
  'read',
);
/** Read the audit of a workspace. */
export const auditReadPermission = permission(
  RESOURCE_TYPE_WORKSPACE,
  'audit.read',
  'read',
);
/** Create a pipeline in a workspace. */
export const pipelineCreatePermission = permission(
  RESOURCE_TYPE_WORKSPACE,
  'pipeline.create',
  'create',
);
/** See a pipeline, its runs, logs, reports and artifacts. */
export const pipelineReadPermission = permission(
  RESOURCE_TYPE_PIPELINE,
  'pipeline.read',
  'read',
);
/** Change the settings or the source of a pipeline. */
export const pipelineUpdatePermission = permission(
  RESOURCE_TYPE_PIPELINE,
  'pipeline.update',
  'update',
);
/** Delete a pipeline and its runs. */
export const pipelineDeletePermission = permission(
  RESOURCE_TYPE_PIPELINE,
  'pipeline.delete',
  'delete',
);
/** Start a run: with parameters, again, or from a stage. */
export const runStartPermission = permission(
  RESOURCE_TYPE_RUN,
  'run.start',
  'create',
);
/** Cancel a run. */
export const runCancelPermission = permission(
  RESOURCE_TYPE_RUN,
  'run.cancel',
  'delete',
);
/** Decide on an approval; the approvers that the pipeline names are checked besides. */
export const runApprovePermission = permission(
  RESOURCE_TYPE_RUN,
  'run.approve',
  'update',
);

/** Every permission of the plugin, in the order of the documentation. */
export const amambaPermissions: Permission[] = [
  workspaceReadPermission,
  auditReadPermission,
  pipelineCreatePermission,
  pipelineReadPermission,
  pipelineUpdatePermission,
  pipelineDeletePermission,
  runStartPermission,
  runCancelPermission,
  runApprovePermission,
];

const viewer: readonly Permission[] = [
  workspaceReadPermission,
  pipelineReadPermission,
];

const editor: readonly Permission[] = [
  ...viewer,
  pipelineCreatePermission,
  pipelineUpdatePermission,
  pipelineDeletePermission,
  runStartPermission,
  runCancelPermission,
  runApprovePermission,
];

const admin: readonly Permission[] = [...editor, auditReadPermission];

/**
 * What each role may do, by permission name. Source of the rows that concern pipelines: the permission table of the
 * original product; approving is its "creator, mentioned users and admins", where the mention is checked besides.
 */
export const rolePermissions: Readonly<
  Record<WorkspaceRole, ReadonlySet<string>>
> = {
  viewer: new Set(viewer.map(({ name }) => name)),
  editor: new Set(editor.map(({ name }) => name)),
  admin: new Set(admin.map(({ name }) => name)),
};
