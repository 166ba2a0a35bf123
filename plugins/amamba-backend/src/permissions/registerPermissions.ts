import {
  RESOURCE_TYPE_APPLICATION,
  RESOURCE_TYPE_PIPELINE,
  RESOURCE_TYPE_RUN,
  RESOURCE_TYPE_WORKSPACE,
  amambaPermissions,
} from '@amamba/backstage-plugin-amamba-common';
import {
  applicationResourceRef,
  applicationRules,
  pipelineResourceRef,
  pipelineRules,
  runResourceRef,
  runRules,
  workspaceResourceRef,
  workspaceRules,
  type ApplicationResource,
  type PipelineResource,
} from '@amamba/backstage-plugin-amamba-node';
import type { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import { isResourcePermission } from '@backstage/plugin-permission-common';
import type { WorkspaceRecord } from './WorkspaceRecord';

function permissionsOf(resourceType: string) {
  return amambaPermissions.filter(permission =>
    isResourcePermission(permission, resourceType),
  );
}

/** Publishes resource types, rules and how conditions are judged, for the permission backend. */
export function registerPermissions(options: {
  registry: PermissionsRegistryService;
  /** finds workspaces by the reference of their group */
  directory: { byRef(ref: string): Promise<WorkspaceRecord | undefined> };
  /** pipelines by id, in the order asked */
  pipelines(ids: string[]): Promise<(PipelineResource | undefined)[]>;
  /** applications by id, in the order asked */
  applications(ids: string[]): Promise<(ApplicationResource | undefined)[]>;
}): void {
  const { registry, directory, pipelines, applications } = options;
  registry.addResourceType({
    resourceRef: workspaceResourceRef,
    permissions: permissionsOf(RESOURCE_TYPE_WORKSPACE),
    rules: workspaceRules,
    getResources: refs => Promise.all(refs.map(ref => directory.byRef(ref))),
  });
  registry.addResourceType({
    resourceRef: pipelineResourceRef,
    permissions: permissionsOf(RESOURCE_TYPE_PIPELINE),
    rules: pipelineRules,
    getResources: pipelines,
  });
  registry.addResourceType({
    resourceRef: runResourceRef,
    permissions: permissionsOf(RESOURCE_TYPE_RUN),
    rules: runRules,
    getResources: pipelines,
  });
  registry.addResourceType({
    resourceRef: applicationResourceRef,
    permissions: permissionsOf(RESOURCE_TYPE_APPLICATION),
    rules: applicationRules,
    getResources: applications,
  });
}
