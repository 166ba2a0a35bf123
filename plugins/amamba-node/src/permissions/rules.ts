import { workspaceRoleSchema } from '@amamba/backstage-plugin-amamba-common';
import {
  createConditionExports,
  createPermissionRule,
  type PermissionRule,
} from '@backstage/plugin-permission-node';
import { z } from 'zod';
import {
  applicationResourceRef,
  pipelineResourceRef,
  runResourceRef,
  workspaceResourceRef,
  type ApplicationFilter,
  type ApplicationResource,
  type PipelineFilter,
  type PipelineResource,
} from './resources';

const refs = z.object({
  refs: z.array(z.string()).describe('entity references of groups'),
});
const environments = z.object({
  environments: z.array(z.string()).describe('environments, e.g. dev'),
});
const names = z.object({ names: z.array(z.string()) });

/** Allows named workspaces. */
export const isWorkspace = createPermissionRule({
  name: 'IS_WORKSPACE',
  description: 'Allow workspaces by the reference of their group',
  resourceRef: workspaceResourceRef,
  paramsSchema: refs,
  apply: (workspace, params) => params.refs.includes(workspace.ref),
  toQuery: params => ({ property: 'ref', values: params.refs }),
});

/** Allows workspaces in which somebody has a role by configuration. */
export const hasRole = createPermissionRule({
  name: 'HAS_ROLE',
  description:
    'Allow workspaces in which one of the subjects (references of the user and of its groups) has one of the roles by configuration',
  resourceRef: workspaceResourceRef,
  paramsSchema: z.object({
    subjects: z.array(z.string()),
    roles: z.array(workspaceRoleSchema),
  }),
  apply: (workspace, { subjects, roles }) =>
    workspace.grants.some(
      grant => subjects.includes(grant.subject) && roles.includes(grant.role),
    ),
  toQuery: ({ subjects, roles }) => ({ property: 'grant', subjects, roles }),
});

/** The acts of a rule that allows resources one of whose properties has one of the values that its parameters name. */
function oneOf<TProperty extends string, TParams>(
  property: TProperty,
  values: (params: TParams) => string[],
) {
  return {
    apply(
      resource: Readonly<Partial<Record<TProperty, string>>>,
      params: TParams,
    ): boolean {
      const value: string | undefined = resource[property];
      return value !== undefined && values(params).includes(value);
    },
    toQuery: (params: TParams): { property: TProperty; values: string[] } => ({
      property,
      values: values(params),
    }),
  };
}

type PipelineRule<
  TType extends string,
  TParams extends Record<string, string[]>,
> = PermissionRule<PipelineResource, PipelineFilter, TType, TParams>;

/** The rules on pipelines, which hold alike for acts on their runs. */
function createPipelineRules<TType extends string>(resourceType: TType) {
  const inWorkspace: PipelineRule<TType, z.infer<typeof refs>> = {
    name: 'IN_WORKSPACE',
    description:
      'Allow pipelines of workspaces, by the reference of their group',
    resourceType,
    paramsSchema: refs,
    ...oneOf('workspaceRef', (params: z.infer<typeof refs>) => params.refs),
  };
  const inEnvironment: PipelineRule<TType, z.infer<typeof environments>> = {
    name: 'IN_ENVIRONMENT',
    description: 'Allow pipelines of environments, e.g. dev',
    resourceType,
    paramsSchema: environments,
    ...oneOf(
      'environment',
      (params: z.infer<typeof environments>) => params.environments,
    ),
  };
  const isNamed: PipelineRule<TType, z.infer<typeof names>> = {
    name: 'IS_NAMED',
    description: 'Allow pipelines by name',
    resourceType,
    paramsSchema: names,
    ...oneOf('name', (params: z.infer<typeof names>) => params.names),
  };
  return { inWorkspace, inEnvironment, isNamed };
}

const pipelineRuleSet = createPipelineRules(pipelineResourceRef.resourceType);
const runRuleSet = createPipelineRules(runResourceRef.resourceType);

const clusters = z.object({
  clusters: z.array(z.string()).describe('names of clusters'),
});
const namespaces = z.object({
  namespaces: z.array(z.string()).describe('names of namespaces'),
});
const kinds = z.object({
  kinds: z.array(z.string()).describe('application, helm, deployment …'),
});

type ApplicationRule<TParams extends Record<string, string[]>> = PermissionRule<
  ApplicationResource,
  ApplicationFilter,
  typeof applicationResourceRef.resourceType,
  TParams
>;
const { resourceType } = applicationResourceRef;

const applicationInWorkspace: ApplicationRule<z.infer<typeof refs>> = {
  name: 'IN_WORKSPACE',
  description:
    'Allow applications of workspaces, by the reference of their group',
  resourceType,
  paramsSchema: refs,
  ...oneOf('workspaceRef', (params: z.infer<typeof refs>) => params.refs),
};
const applicationInEnvironment: ApplicationRule<z.infer<typeof environments>> =
  {
    name: 'IN_ENVIRONMENT',
    description: 'Allow applications in namespaces of environments, e.g. dev',
    resourceType,
    paramsSchema: environments,
    ...oneOf(
      'environment',
      (params: z.infer<typeof environments>) => params.environments,
    ),
  };
const applicationOnCluster: ApplicationRule<z.infer<typeof clusters>> = {
  name: 'ON_CLUSTER',
  description: 'Allow applications on clusters, by name',
  resourceType,
  paramsSchema: clusters,
  ...oneOf('cluster', (params: z.infer<typeof clusters>) => params.clusters),
};
const applicationInNamespace: ApplicationRule<z.infer<typeof namespaces>> = {
  name: 'IN_NAMESPACE',
  description: 'Allow applications in namespaces, by name',
  resourceType,
  paramsSchema: namespaces,
  ...oneOf(
    'namespace',
    (params: z.infer<typeof namespaces>) => params.namespaces,
  ),
};
const applicationOfKind: ApplicationRule<z.infer<typeof kinds>> = {
  name: 'IS_KIND',
  description: 'Allow applications by kind, e.g. helm',
  resourceType,
  paramsSchema: kinds,
  ...oneOf('kind', (params: z.infer<typeof kinds>) => params.kinds),
};
const applicationNamed: ApplicationRule<z.infer<typeof names>> = {
  name: 'IS_NAMED',
  description: 'Allow applications by name',
  resourceType,
  paramsSchema: names,
  ...oneOf('name', (params: z.infer<typeof names>) => params.names),
};
const applicationRuleSet = {
  inWorkspace: applicationInWorkspace,
  inEnvironment: applicationInEnvironment,
  onCluster: applicationOnCluster,
  inNamespace: applicationInNamespace,
  isKind: applicationOfKind,
  isNamed: applicationNamed,
};

/** Rules on applications. */
export const applicationRules = Object.values(applicationRuleSet);

/** Conditions on applications, for policies. */
export const {
  conditions: applicationConditions,
  createConditionalDecision: createApplicationConditionalDecision,
} = createConditionExports({
  resourceRef: applicationResourceRef,
  rules: applicationRuleSet,
});

/** Rules on workspaces. */
export const workspaceRules = [isWorkspace, hasRole];

/** Rules on pipelines. */
export const pipelineRules = Object.values(pipelineRuleSet);

/** Rules on acts on runs. */
export const runRules = Object.values(runRuleSet);

/** Conditions on workspaces, for policies. */
export const {
  conditions: workspaceConditions,
  createConditionalDecision: createWorkspaceConditionalDecision,
} = createConditionExports({
  resourceRef: workspaceResourceRef,
  rules: { isWorkspace, hasRole },
});

/** Conditions on pipelines, for policies. */
export const {
  conditions: pipelineConditions,
  createConditionalDecision: createPipelineConditionalDecision,
} = createConditionExports({
  resourceRef: pipelineResourceRef,
  rules: pipelineRuleSet,
});

/** Conditions on acts on runs, for policies. */
export const {
  conditions: runConditions,
  createConditionalDecision: createRunConditionalDecision,
} = createConditionExports({ resourceRef: runResourceRef, rules: runRuleSet });
