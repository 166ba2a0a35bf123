import {
  rolePermissions,
  workspaceReadPermission,
  workspaceRoleSchema,
  type WorkspaceRole,
} from '@amamba/backstage-plugin-amamba-common';
import {
  applicationResourceRef,
  pipelineResourceRef,
  runResourceRef,
  workspaceResourceRef,
  type ApplicationResource,
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
  type BasicPermission,
  type PermissionCriteria,
  type PolicyDecision,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  createConditionTransformer,
} from '@backstage/plugin-permission-node';
import type { WorkspaceRecord } from './WorkspaceRecord';
import { CallerCache, type Freshness } from './CallerCache';
import type { CallerIdentity, Identity } from './CallerIdentity';

/** A pipeline as it is judged; its id is what the permission framework asks back by. */
export type PipelineTarget = PipelineResource & { id: string };

/** What an act is aimed at. */
export interface Target {
  workspace: WorkspaceRecord;
  /** for permissions on pipelines and runs */
  pipeline?: PipelineTarget;
  /** for permissions on applications */
  application?: ApplicationResource;
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
 *
 * A policy knows the caller and the permission, never the resource: on that it answers with conditions. So its answer is
 * asked for once, kept for seconds for that caller and permission, and judged here against the resource as it is now.
 */
export class Authorizer {
  readonly #permissions: PermissionsService;
  readonly #registry: PermissionsRegistryService;
  readonly #identity: CallerIdentity;
  readonly #mode: 'roles' | 'policy';
  readonly #platformAdmins: ReadonlySet<string>;
  readonly #decisions = new CallerCache<PolicyDecision>();

  constructor(options: {
    permissions: PermissionsService;
    registry: PermissionsRegistryService;
    identity: CallerIdentity;
    mode: 'roles' | 'policy';
    /** subjects that the configuration makes admins of every workspace */
    platformAdmins: readonly string[];
  }) {
    this.#permissions = options.permissions;
    this.#registry = options.registry;
    this.#identity = options.identity;
    this.#mode = options.mode;
    this.#platformAdmins = new Set(options.platformAdmins);
  }

  /** Who the caller is. */
  identity(credentials: BackstageCredentials): Promise<Identity> {
    return this.#identity.of(credentials);
  }

  /**
   * Begins to find out who the caller is and what the policy says to each of the permissions, at once: the questions of a page
   * that needs them all would else be asked one after the other.
   */
  prepare(
    permissions: readonly ResourcePermission[],
    { credentials }: CallOptions,
  ): void {
    this.#identity.prepare(credentials);
    this.#decisions.prepare(
      credentials,
      permissions.map(({ name }) => [name]),
      missing =>
        this.#ask(
          missing.map(i => permissions[i]),
          { credentials },
        ),
    );
  }

  /** The caller's strongest role by configuration, whatever the policy says. */
  async role(
    workspace: WorkspaceRecord,
    options: CallOptions,
  ): Promise<WorkspaceRole | undefined> {
    return roleIn(workspace, await this.#identity.of(options.credentials));
  }

  /**
   * For whoever acts on it: decided anew, whatever is kept.
   *
   * @throws NotAllowedError naming the permission and the workspace
   */
  async require(
    permission: ResourcePermission,
    target: Target,
    options: CallOptions,
  ): Promise<void> {
    const allowed = await this.#can([permission], target, options, {
      fresh: true,
    });
    if (!allowed.has(permission.name)) {
      throw new NotAllowedError(
        `You need "${permission.name}" in ${target.workspace.name}. Ask an admin of the workspace.`,
      );
    }
  }

  /** Names of those of the permissions that the caller has on the target: for what is shown. */
  can(
    permissions: readonly ResourcePermission[],
    target: Target,
    options: CallOptions,
  ): Promise<Set<string>> {
    return this.#can(permissions, target, options);
  }

  /** Whether the caller has a permission on the platform: for what is shown. */
  canPlatform(
    permission: BasicPermission,
    options: CallOptions,
  ): Promise<boolean> {
    return this.#mayPlatform(permission, options);
  }

  /**
   * For whoever acts on the platform: decided anew, whatever is kept.
   *
   * @throws NotAllowedError naming the permission
   */
  async requirePlatform(
    permission: BasicPermission,
    options: CallOptions,
  ): Promise<void> {
    if (await this.#mayPlatform(permission, options, { fresh: true })) return;
    throw new NotAllowedError(
      `You need "${permission.name}" on the platform. Ask a platform engineer.`,
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
    const [fits] = await this.#judges([workspaceReadPermission], options);
    return candidates.filter(workspace => fits({ workspace }));
  }

  /** Which pipelines of a workspace the caller has the permission on. */
  async pipelineCriteria(
    permission: ResourcePermission,
    workspace: WorkspaceRecord,
    options: CallOptions,
  ): Promise<ListCriteria> {
    const identity = await this.#identity.of(options.credentials);
    if (!this.#roleAllows(permission, workspace, identity)) return 'none';
    const [decision] = await this.#decide([permission], options);
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
    pipelines: PipelineTarget[],
    options: CallOptions,
  ): Promise<string[][]> {
    const asked = await this.#allowedByRole(permissions, workspace, options);
    const judges = await this.#judges(asked, options);
    return pipelines.map(pipeline =>
      asked
        .filter((_, i) => judges[i]({ workspace, pipeline }))
        .map(({ name }) => name),
    );
  }

  /** For each of the applications of a workspace, the names of those of the permissions that the caller has on it. */
  async applicationsCan(
    permissions: readonly ResourcePermission[],
    workspace: WorkspaceRecord,
    applications: readonly ApplicationResource[],
    options: CallOptions,
  ): Promise<string[][]> {
    const asked = await this.#allowedByRole(permissions, workspace, options);
    const judges = await this.#judges(asked, options);
    return applications.map(application =>
      asked
        .filter((_, i) => judges[i]({ workspace, application }))
        .map(({ name }) => name),
    );
  }

  /**
   * Names of those permissions on pipelines, runs and applications that the caller has on all or on some of them in a workspace:
   * what a page may offer before a pipeline is chosen.
   */
  async possible(
    permissions: readonly ResourcePermission[],
    workspace: WorkspaceRecord,
    options: CallOptions,
  ): Promise<string[]> {
    const asked = await this.#allowedByRole(permissions, workspace, options);
    const decisions = await this.#decide(asked, options);
    const isPossible = ({ result }: PolicyDecision) =>
      result === AuthorizeResult.ALLOW ||
      result === AuthorizeResult.CONDITIONAL;
    return asked
      .filter((_, i) => isPossible(decisions[i]))
      .map(({ name }) => name);
  }

  async #can(
    permissions: readonly ResourcePermission[],
    target: Target,
    options: CallOptions,
    freshness: Freshness = {},
  ): Promise<Set<string>> {
    const asked = await this.#allowedByRole(
      permissions,
      target.workspace,
      options,
      freshness,
    );
    const judges = await this.#judges(asked, options, freshness);
    return new Set(
      asked.filter((_, i) => judges[i](target)).map(({ name }) => name),
    );
  }

  async #allowedByRole(
    permissions: readonly ResourcePermission[],
    workspace: WorkspaceRecord,
    options: CallOptions,
    freshness: Freshness = {},
  ): Promise<ResourcePermission[]> {
    const identity = await this.#identity.of(options.credentials, freshness);
    return permissions.filter(permission =>
      this.#roleAllows(permission, workspace, identity),
    );
  }

  /** For each of the permissions, whether the policy lets the caller do it to a target. */
  async #judges(
    permissions: readonly ResourcePermission[],
    options: CallOptions,
    freshness: Freshness = {},
  ): Promise<((target: Target) => boolean)[]> {
    const decisions = await this.#decide(permissions, options, freshness);
    return permissions.map((permission, i) => {
      const decision = decisions[i];
      if (permission.resourceType === workspaceResourceRef.resourceType) {
        const fits = createConditionAuthorizer(
          this.#registry.getPermissionRuleset(workspaceResourceRef),
        );
        return ({ workspace }) => fits(decision, workspace);
      }
      if (permission.resourceType === applicationResourceRef.resourceType) {
        const fits = createConditionAuthorizer(
          this.#registry.getPermissionRuleset(applicationResourceRef),
        );
        return ({ application }) => {
          if (application) return fits(decision, application);
          throw new Error(`${permission.name} is decided on an application`);
        };
      }
      const fits = createConditionAuthorizer(
        this.#registry.getPermissionRuleset(
          permission.resourceType === runResourceRef.resourceType
            ? runResourceRef
            : pipelineResourceRef,
        ),
      );
      return ({ pipeline }) => {
        if (pipeline) return fits(decision, pipeline);
        throw new Error(`${permission.name} is decided on a pipeline`);
      };
    });
  }

  async #mayPlatform(
    permission: BasicPermission,
    options: CallOptions,
    freshness: Freshness = {},
  ): Promise<boolean> {
    const identity = await this.#identity.of(options.credentials, freshness);
    const byRole =
      this.#mode === 'policy' ||
      identity.isService ||
      identity.subjects.some(subject => this.#platformAdmins.has(subject));
    if (!byRole) return false;
    const [decision] = await this.#permissions.authorize(
      [{ permission }],
      options,
    );
    return decision.result === AuthorizeResult.ALLOW;
  }

  /** What the policy says to each of the permissions, in the order asked. */
  #decide(
    permissions: readonly ResourcePermission[],
    options: CallOptions,
    freshness: Freshness = {},
  ): Promise<PolicyDecision[]> {
    return this.#decisions.getMany(
      options.credentials,
      permissions.map(({ name }) => [name]),
      missing =>
        this.#ask(
          missing.map(i => permissions[i]),
          options,
        ),
      freshness,
    );
  }

  #ask(
    permissions: readonly ResourcePermission[],
    options: CallOptions,
  ): Promise<PolicyDecision[]> {
    return this.#permissions.authorizeConditional(
      permissions.map(permission => ({ permission })),
      options,
    );
  }

  #roleAllows(
    permission: ResourcePermission,
    workspace: WorkspaceRecord,
    identity: Identity,
  ): boolean {
    if (this.#mode === 'policy' || identity.isService) return true;
    const role = roleIn(workspace, identity);
    return role !== undefined && rolePermissions[role].has(permission.name);
  }
}
