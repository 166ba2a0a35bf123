import {
  RESOURCE_TYPE_APPLICATION,
  RESOURCE_TYPE_PIPELINE,
  RESOURCE_TYPE_RUN,
  RESOURCE_TYPE_WORKSPACE,
  type WorkspaceRole,
} from '@amamba/backstage-plugin-amamba-common';
import { createPermissionResourceRef } from '@backstage/plugin-permission-node';

/** A workspace as rules see it. */
export interface WorkspaceResource {
  /** entity reference of the group */
  ref: string;
  /** who has which role by configuration: subjects are references of users and groups */
  grants: { subject: string; role: WorkspaceRole }[];
}

/** A pipeline, or a run of it, as rules see it. */
export interface PipelineResource {
  workspaceRef: string;
  name: string;
  environment?: string;
  entityRef?: string;
  createdBy: string;
}

/** What a rule asks of a list of workspaces. */
export type WorkspaceFilter =
  | { property: 'ref'; values: string[] }
  | { property: 'grant'; subjects: string[]; roles: WorkspaceRole[] };

/** What a rule asks of a list of pipelines; a store turns it into SQL. */
export interface PipelineFilter {
  property: 'workspaceRef' | 'name' | 'environment' | 'entityRef' | 'createdBy';
  values: string[];
}

/** Reference of `amamba-workspace` for rules and policies. */
export const workspaceResourceRef = createPermissionResourceRef<
  WorkspaceResource,
  WorkspaceFilter
>().with({ pluginId: 'amamba', resourceType: RESOURCE_TYPE_WORKSPACE });

/** Reference of `amamba-pipeline` for rules and policies. */
export const pipelineResourceRef = createPermissionResourceRef<
  PipelineResource,
  PipelineFilter
>().with({ pluginId: 'amamba', resourceType: RESOURCE_TYPE_PIPELINE });

/** Reference of `amamba-run` for rules and policies; a run is judged by its pipeline. */
export const runResourceRef = createPermissionResourceRef<
  PipelineResource,
  PipelineFilter
>().with({ pluginId: 'amamba', resourceType: RESOURCE_TYPE_RUN });

/** An application, or a namespace in which one is to be created, as rules see it. */
export interface ApplicationResource {
  workspaceRef: string;
  cluster: string;
  namespace: string;
  /** of the namespace, e.g. `prod` */
  environment?: string;
  /** `application`, `helm`, `deployment` …; absent while it does not exist yet */
  kind?: string;
  /** absent while it does not exist yet */
  name?: string;
}

/** What a rule asks of a list of applications. */
export interface ApplicationFilter {
  property:
    'workspaceRef' | 'cluster' | 'namespace' | 'environment' | 'kind' | 'name';
  values: string[];
}

/** Reference of `amamba-application` for rules and policies. */
export const applicationResourceRef = createPermissionResourceRef<
  ApplicationResource,
  ApplicationFilter
>().with({ pluginId: 'amamba', resourceType: RESOURCE_TYPE_APPLICATION });
