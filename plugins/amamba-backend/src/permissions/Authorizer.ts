import {
  rolePermissions,
  workspaceReadPermission,
  workspaceRoleSchema,
  type WorkspaceRole,
} from '@amamba/backstage-plugin-amamba-common';
import {
  pipelineResourceRef,
  runResourceRef,
  workspaceResourceRef,
  type PipelineFilter,
  type PipelineResource,
} from '@amamba/backstage-plugin-amamba-node';
import type {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  isResourcePermission,
  type Permission,
  type PermissionCriteria,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  createConditionTransformer,
} from '@backstage/plugin-permission-node';
import type { WorkspaceRecord } from '../workspaces';
import type { CallerIdentity, Identity } from './CallerIdentity';

/** A pipeline as it is judged; its id is what the permission framework asks back by. */
export type PipelineTarget = PipelineResource & { id: string };

/** What an act is aimed at. */
export interface Target {
  workspace: WorkspaceRecord;
  /** for permissions on pipelines and runs */
  pipeline?: PipelineTarget;
}

/** Everything of it, nothing, or what fits the criteria. */
export type ListCriteria = 'all' | 'none' | PermissionCriteria<PipelineFilter>;

interface CallOptions {
  credentials: BackstageCredentials;
}

function roleIn(
  workspace: WorkspaceRecord,
  identity: Identity,
): WorkspaceRole | undefined {
  return workspaceRoleSchema.options.find(role =>
    workspace.grants.some(
      grant => grant.role === role && identity.subjects.includes(grant.subject),
    ),
  );
}

/**
 * The one place that decides. In mode `roles` the caller needs a role by configuration *and* the permission policy must
 * not forbid; in mode `policy` the permission policy alone decides. Everything but ALLOW is a refusal.
 */
export class Authorizer {
  readonly #permissions: PermissionsService;
  readonly #registry: PermissionsRegistryService;
  readonly #identity: CallerIdentity;
  readonly #mode: 'roles' | 'policy';

  constructor(options: {
    permissions: PermissionsService;
    registry: PermissionsRegistryService;
    identity: CallerIdentity;
    mode: 'roles' | 'policy';
  }) {
    this.#permissions = options.permissions;
    this.#registry = options.registry;
    this.#identity = options.identity;
    this.#mode = options.mode;
  }

  /** Who the caller is. */
  identity(credentials: BackstageCredentials): Promise<Identity> {
    return this.#identity.of(credentials);
  }

  /** The caller's strongest role by configuration, whatever the policy says. */
  async role(
    workspace: WorkspaceRecord,
    options: CallOptions,
  ): Promise<WorkspaceRole | undefined> {
    return roleIn(workspace, await this.#identity.of(options.credentials));
  }

  /** @throws NotAllowedError naming the permission and the workspace */
  async require(
    permission: Permission,
    target: Target,
    options: CallOptions,
  ): Promise<void> {
    const allowed = await this.can([permission], target, options);
    if (!allowed.has(permission.name)) {
      throw new NotAllowedError(
        `You need "${permission.name}" in ${target.workspace.name}. Ask an admin of the workspace.`,
      );
    }
  }

  /** Names of those of the permissions that the caller has on the target. */
  async can(
    permissions: readonly Permission[],
    target: Target,
    options: CallOptions,
  ): Promise<Set<string>> {
    const identity = await this.#identity.of(options.credentials);
    const asked = permissions.filter(permission =>
      this.#roleAllows(permission, target.workspace, identity),
    );
    if (asked.length === 0) return new Set();
    const decisions = await this.#permissions.authorize(
      asked.map(permission =>
        isResourcePermission(permission)
          ? { permission, resourceRef: resourceRef(permission, target) }
          : { permission },
      ),
      options,
    );
    return new Set(
      asked
        .filter((_, i) => decisions[i].result === AuthorizeResult.ALLOW)
        .map(({ name }) => name),
    );
  }

  /** Those of the workspaces that the caller can read. */
  async readable(
    workspaces: WorkspaceRecord[],
    options: CallOptions,
  ): Promise<WorkspaceRecord[]> {
    const identity = await this.#identity.of(options.credentials);
    const candidates = workspaces.filter(workspace =>
      this.#roleAllows(workspaceReadPermission, workspace, identity),
    );
    if (candidates.length === 0) return [];
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission: workspaceReadPermission }],
      options,
    );
    const fits = createConditionAuthorizer(
      this.#registry.getPermissionRuleset(workspaceResourceRef),
    );
    return candidates.filter(workspace => fits(decision, workspace));
  }

  /** Which pipelines of a workspace the caller has the permission on. */
  async pipelineCriteria(
    permission: ResourcePermission,
    workspace: WorkspaceRecord,
    options: CallOptions,
  ): Promise<ListCriteria> {
    const identity = await this.#identity.of(options.credentials);
    if (!this.#roleAllows(permission, workspace, identity)) return 'none';
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission }],
      options,
    );
    if (decision.result === AuthorizeResult.ALLOW) return 'all';
    if (decision.result !== AuthorizeResult.CONDITIONAL) return 'none';
    const transform = createConditionTransformer(
      this.#registry.getPermissionRuleset(pipelineResourceRef),
    );
    return transform(decision.conditions);
  }

  /** For each of the pipelines of a workspace, the names of those of the permissions that the caller has on it. */
  async pipelinesCan(
    permissions: readonly ResourcePermission[],
    workspace: WorkspaceRecord,
    pipelines: PipelineResource[],
    options: CallOptions,
  ): Promise<string[][]> {
    const judges = await this.#judges(permissions, workspace, options);
    return pipelines.map(pipeline =>
      judges.filter(({ fits }) => fits(pipeline)).map(({ name }) => name),
    );
  }

  /**
   * Names of those permissions on pipelines and runs that the caller has on all or on some pipelines of a workspace:
   * what a page may offer before a pipeline is chosen.
   */
  async possible(
    permissions: readonly ResourcePermission[],
    workspace: WorkspaceRecord,
    options: CallOptions,
  ): Promise<string[]> {
    const judges = await this.#judges(permissions, workspace, options);
    return judges.map(({ name }) => name);
  }

  async #judges(
    permissions: readonly ResourcePermission[],
    workspace: WorkspaceRecord,
    options: CallOptions,
  ) {
    const identity = await this.#identity.of(options.credentials);
    const asked = permissions.filter(permission =>
      this.#roleAllows(permission, workspace, identity),
    );
    if (asked.length === 0) return [];
    const decisions = await this.#permissions.authorizeConditional(
      asked.map(permission => ({ permission })),
      options,
    );
    return asked
      .map(({ name, resourceType }, i) => {
        const judge = createConditionAuthorizer(
          this.#registry.getPermissionRuleset(
            resourceType === runResourceRef.resourceType
              ? runResourceRef
              : pipelineResourceRef,
          ),
        );
        const decision = decisions[i];
        return {
          name,
          denied: decision.result === AuthorizeResult.DENY,
          fits: (pipeline: PipelineResource) => judge(decision, pipeline),
        };
      })
      .filter(({ denied }) => !denied);
  }

  #roleAllows(
    permission: Permission,
    workspace: WorkspaceRecord,
    identity: Identity,
  ): boolean {
    if (this.#mode === 'policy' || identity.isService) return true;
    const role = roleIn(workspace, identity);
    return role !== undefined && rolePermissions[role].has(permission.name);
  }
}

function resourceRef(permission: ResourcePermission, target: Target): string {
  if (permission.resourceType === workspaceResourceRef.resourceType) {
    return target.workspace.ref;
  }
  if (!target.pipeline) {
    throw new Error(`${permission.name} is decided on a pipeline`);
  }
  return target.pipeline.id;
}
