import { workspaceRoleSchema } from '@amamba/backstage-plugin-amamba-common';
import {
  createConditionExports,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { z } from 'zod';
import {
  pipelineResourceRef,
  runResourceRef,
  workspaceResourceRef,
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

function allows(resource: PipelineResource, filter: PipelineFilter): boolean {
  const value = resource[filter.property];
  return value !== undefined && filter.values.includes(value);
}

const inWorkspaceQuery = (params: z.infer<typeof refs>): PipelineFilter => ({
  property: 'workspaceRef',
  values: params.refs,
});
const inEnvironmentQuery = (
  params: z.infer<typeof environments>,
): PipelineFilter => ({
  property: 'environment',
  values: params.environments,
});
const namedQuery = (params: z.infer<typeof names>): PipelineFilter => ({
  property: 'name',
  values: params.names,
});

const pipelineRule = { resourceRef: pipelineResourceRef };
const runRule = { resourceRef: runResourceRef };

const inWorkspace = {
  name: 'IN_WORKSPACE',
  description: 'Allow pipelines of workspaces, by the reference of their group',
  paramsSchema: refs,
  apply: (resource: PipelineResource, params: z.infer<typeof refs>) =>
    allows(resource, inWorkspaceQuery(params)),
  toQuery: inWorkspaceQuery,
};
const inEnvironment = {
  name: 'IN_ENVIRONMENT',
  description: 'Allow pipelines of environments, e.g. dev',
  paramsSchema: environments,
  apply: (resource: PipelineResource, params: z.infer<typeof environments>) =>
    allows(resource, inEnvironmentQuery(params)),
  toQuery: inEnvironmentQuery,
};
const isNamed = {
  name: 'IS_NAMED',
  description: 'Allow pipelines by name',
  paramsSchema: names,
  apply: (resource: PipelineResource, params: z.infer<typeof names>) =>
    allows(resource, namedQuery(params)),
  toQuery: namedQuery,
};

const pipelineRuleSet = {
  inWorkspace: createPermissionRule({ ...pipelineRule, ...inWorkspace }),
  inEnvironment: createPermissionRule({ ...pipelineRule, ...inEnvironment }),
  isNamed: createPermissionRule({ ...pipelineRule, ...isNamed }),
};
const runRuleSet = {
  inWorkspace: createPermissionRule({ ...runRule, ...inWorkspace }),
  inEnvironment: createPermissionRule({ ...runRule, ...inEnvironment }),
  isNamed: createPermissionRule({ ...runRule, ...isNamed }),
};

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
