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
/** Resource type of applications: native ones, Helm releases and plain workloads. */
export const RESOURCE_TYPE_APPLICATION = 'amamba-application';

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

/** Create a namespace for a workspace. */
export const namespaceCreatePermission = permission(
  RESOURCE_TYPE_WORKSPACE,
  'namespace.create',
  'create',
);
/** Change labels, quota and limits of a namespace. */
export const namespaceUpdatePermission = permission(
  RESOURCE_TYPE_WORKSPACE,
  'namespace.update',
  'update',
);
/** Delete a namespace with everything in it. */
export const namespaceDeletePermission = permission(
  RESOURCE_TYPE_WORKSPACE,
  'namespace.delete',
  'delete',
);
/** Add, change or remove a Helm repository of a workspace. */
export const helmRepositoryWritePermission = permission(
  RESOURCE_TYPE_WORKSPACE,
  'helm-repository.write',
  'update',
);
/** See an application, its objects, events and logs. */
export const applicationReadPermission = permission(
  RESOURCE_TYPE_APPLICATION,
  'application.read',
  'read',
);
/** Create an application in a namespace. */
export const applicationCreatePermission = permission(
  RESOURCE_TYPE_APPLICATION,
  'application.create',
  'create',
);
/** Change an application: scale, restart, image, YAML, upgrade, roll back. */
export const applicationUpdatePermission = permission(
  RESOURCE_TYPE_APPLICATION,
  'application.update',
  'update',
);
/** Delete an application. */
export const applicationDeletePermission = permission(
  RESOURCE_TYPE_APPLICATION,
  'application.delete',
  'delete',
);
/** Open a terminal in a container. */
export const applicationExecPermission = permission(
  RESOURCE_TYPE_APPLICATION,
  'application.exec',
  'update',
);
/** See every cluster and engine of the portal. */
export const platformReadPermission = createPermission({
  name: 'amamba.platform.read',
  attributes: { action: 'read' },
});
/** Give clusters and namespaces to workspaces, and change settings of the portal. */
export const platformManagePermission = createPermission({
  name: 'amamba.platform.manage',
  attributes: { action: 'update' },
});

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
  namespaceCreatePermission,
  namespaceUpdatePermission,
  namespaceDeletePermission,
  applicationReadPermission,
  applicationCreatePermission,
  applicationUpdatePermission,
  applicationDeletePermission,
  applicationExecPermission,
  helmRepositoryWritePermission,
  platformReadPermission,
  platformManagePermission,
];

const viewer: readonly Permission[] = [
  workspaceReadPermission,
  pipelineReadPermission,
  applicationReadPermission,
];

const editor: readonly Permission[] = [
  ...viewer,
  pipelineCreatePermission,
  pipelineUpdatePermission,
  pipelineDeletePermission,
  runStartPermission,
  runCancelPermission,
  runApprovePermission,
  applicationCreatePermission,
  applicationUpdatePermission,
  applicationDeletePermission,
  applicationExecPermission,
  helmRepositoryWritePermission,
];

const admin: readonly Permission[] = [
  ...editor,
  auditReadPermission,
  namespaceCreatePermission,
  namespaceUpdatePermission,
  namespaceDeletePermission,
];

/**
 * What each role may do, by permission name. Permissions on the platform belong to no role of a workspace: they are for
 * those whom the configuration makes admins of every workspace. Source of the rows: the permission table of the
 * original product; approving is its "creator, mentioned users and admins", where the mention is checked besides.
 */
export const rolePermissions: Readonly<
  Record<WorkspaceRole, ReadonlySet<string>>
> = {
  viewer: new Set(viewer.map(({ name }) => name)),
  editor: new Set(editor.map(({ name }) => name)),
  admin: new Set(admin.map(({ name }) => name)),
};
