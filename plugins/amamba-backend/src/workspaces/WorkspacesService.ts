import {
  WORKSPACE_ANNOTATION,
  amambaPermissions,
  workspaceName,
  workspaceReadPermission,
  workspaceRef,
  type EntityWorkspace,
  type Workspace,
  type WorkspaceDetail,
  RESOURCE_TYPE_WORKSPACE,
} from '@amamba/backstage-plugin-amamba-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import { isResourcePermission } from '@backstage/plugin-permission-common';
import type { Authorizer, WorkspaceRecord } from '../permissions';
import type { EntityReader } from './EntityReader';
import type { WorkspaceDirectory } from './WorkspaceDirectory';

const MAX_ADMINS = 10;

const PERMISSIONS = amambaPermissions.filter(permission =>
  isResourcePermission(permission),
);
const ON_WORKSPACE = PERMISSIONS.filter(
  ({ resourceType }) => resourceType === RESOURCE_TYPE_WORKSPACE,
);
const BELOW_WORKSPACE = PERMISSIONS.filter(
  ({ resourceType }) => resourceType !== RESOURCE_TYPE_WORKSPACE,
);

interface CallOptions {
  credentials: BackstageCredentials;
}

/** An owner or annotation value as a group reference. */
function groupRef(value: string): string {
  if (value.includes('~')) return workspaceRef(value);
  const ref = parseEntityRef(value, {
    defaultKind: 'group',
    defaultNamespace: 'default',
  });
  return stringifyEntityRef(ref);
}

/** Workspaces as callers may see them. Foreign and unknown ones read alike: not found. */
export class WorkspacesService {
  readonly #directory: WorkspaceDirectory;
  readonly #authorizer: Authorizer;
  readonly #entities: EntityReader;

  constructor(options: {
    directory: WorkspaceDirectory;
    authorizer: Authorizer;
    entities: EntityReader;
  }) {
    this.#directory = options.directory;
    this.#authorizer = options.authorizer;
    this.#entities = options.entities;
  }

  /** @throws NotFoundError when there is none of that name, or the caller may not read it */
  async get(name: string, options: CallOptions): Promise<WorkspaceRecord> {
    const workspace = await this.#directory.byName(name);
    if (workspace) {
      const can = await this.#authorizer.can(
        [workspaceReadPermission],
        { workspace },
        options,
      );
      if (can.size > 0) return workspace;
    }
    throw new NotFoundError(`There is no workspace "${name}" for you.`);
  }

  /** Workspaces that the caller can read, by title. */
  async list(options: CallOptions): Promise<WorkspaceRecord[]> {
    const readable = await this.#authorizer.readable(
      await this.#directory.all(),
      options,
    );
    return readable.sort((a, b) => a.title.localeCompare(b.title));
  }

  /** For background work only, with the backend's own rights: never answer it to a caller. */
  lookup(name: string): Promise<WorkspaceRecord | undefined> {
    return this.#directory.byName(name);
  }

  /** A workspace as its page shows it. */
  async describe(
    workspace: WorkspaceRecord,
    options: CallOptions,
  ): Promise<Workspace> {
    const { parentRef } = workspace;
    const [parent, role, can, possible] = await Promise.all([
      parentRef ? this.#directory.byRef(parentRef) : undefined,
      this.#authorizer.role(workspace, options),
      this.#authorizer.can(ON_WORKSPACE, { workspace }, options),
      this.#authorizer.possible(BELOW_WORKSPACE, workspace, options),
    ]);
    return {
      name: workspace.name,
      ref: workspace.ref,
      title: workspace.title,
      description: workspace.description,
      parent: parent?.name,
      role,
      can: [...can, ...possible],
    };
  }

  /** A workspace with who can help. */
  async describeDetail(
    workspace: WorkspaceRecord,
    options: CallOptions,
  ): Promise<WorkspaceDetail> {
    const refs = [
      ...new Set(
        workspace.grants
          .filter(({ role }) => role === 'admin')
          .map(({ subject }) => subject),
      ),
    ].slice(0, MAX_ADMINS);
    const [described, titles] = await Promise.all([
      this.describe(workspace, options),
      this.#entities.titles(refs, options),
    ]);
    return {
      ...described,
      admins: refs.map((ref, i) => ({ ref, title: titles[i] })),
    };
  }

  /**
   * The workspace that an entity belongs to: the annotation's, else its owner's. The entity is read with the caller's
   * own credentials.
   */
  async forEntity(
    ref: string,
    options: CallOptions,
  ): Promise<
    Omit<EntityWorkspace, 'workspace'> & { workspace: WorkspaceRecord }
  > {
    // what the page of an entity asks in the end, while the entity is being read
    this.#authorizer.prepare(PERMISSIONS, options);
    this.#directory.prepare();
    const entity = await this.#entities.facts(ref, options);
    if (!entity)
      throw new NotFoundError(`There is no entity "${ref}" for you.`);
    const { ref: entityRef, annotations, owner } = entity;
    const annotated = annotations[WORKSPACE_ANNOTATION];
    const value = annotated ?? owner;
    if (!value) {
      throw new NotFoundError(
        `${entityRef} has no owner, so it belongs to no workspace. Set spec.owner to a group, or the annotation ${WORKSPACE_ANNOTATION}.`,
      );
    }
    const { kind, namespace, name } = parseEntityRef(groupRef(value));
    if (kind !== 'group') {
      throw new NotFoundError(
        `${entityRef} is owned by ${value}, which is no group. Set the annotation ${WORKSPACE_ANNOTATION} to a group.`,
      );
    }
    return {
      entityRef,
      by: annotated ? 'annotation' : 'owner',
      workspace: await this.get(workspaceName({ namespace, name }), options),
    };
  }
}
