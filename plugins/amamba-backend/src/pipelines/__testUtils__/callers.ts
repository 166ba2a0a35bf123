import {
  rolePermissions,
  type WorkspaceRole,
} from '@amamba/backstage-plugin-amamba-common';
import type { PermissionsService } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { AuditService, AuditStore } from '../../audit';
import { Authorizer, CallerIdentity } from '../../permissions';
import {
  EntityReader,
  WorkspaceDirectory,
  WorkspacesService,
} from '../../workspaces';
import {
  createPipelinesRoom,
  type PipelinesRoom,
} from '../createPipelinesRoom';
import type { FakeEngine } from './FakeEngine';
import type { Stores } from './room';

/** Whose role in team-a is which; `none` works in team-b. */
export const CALLERS = {
  admin: mockCredentials.user('user:default/ann'),
  editor: mockCredentials.user('user:default/ed'),
  viewer: mockCredentials.user('user:default/vi'),
  none: mockCredentials.user('user:default/sam'),
} satisfies Record<WorkspaceRole | 'none', unknown>;

const GROUPS: Record<string, string[]> = {
  'user:default/ed': ['group:default/team-a'],
  'user:default/sam': ['group:default/team-b'],
};

function group(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name },
    spec: { type: 'team' },
  };
}

/** Name of an entity that belongs to a workspace. */
export function entityOf(workspace: string) {
  return {
    kind: 'component',
    namespace: 'default',
    name: `of-${workspace}`,
  };
}

function owned(workspace: string): Entity {
  const { name } = entityOf(workspace);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name },
    relations: [{ type: 'ownedBy', targetRef: `group:default/${workspace}` }],
  };
}

/** Whether a role has a permission, by name. */
export function roleHas(
  role: WorkspaceRole | 'none',
  permission: string,
): boolean {
  return role !== 'none' && rolePermissions[role].has(permission);
}

/** The whole room for callers, with a policy that says the same to every question. */
export function roomForCallers(
  on: Stores,
  engine: FakeEngine,
  policy: AuthorizeResult.ALLOW | AuthorizeResult.DENY = AuthorizeResult.ALLOW,
): PipelinesRoom & { audit: AuditStore } {
  const logger = mockServices.logger.mock();
  const auth = mockServices.auth();
  const catalog = catalogServiceMock({
    entities: ['team-a', 'team-b'].flatMap(name => [group(name), owned(name)]),
  });
  const directory = new WorkspaceDirectory({
    ...{ catalog, auth, logger, filter: { kind: 'Group' } },
    roles: {
      members: 'editor',
      inherit: true,
      grants: [
        {
          role: 'admin',
          subjects: ['user:default/ann'],
          workspaces: ['group:default/team-a'],
        },
        {
          role: 'viewer',
          subjects: ['user:default/vi'],
          workspaces: ['group:default/team-a'],
        },
      ],
    },
  });
  const userInfo = mockServices.userInfo.mock({
    getUserInfo: async credentials => {
      const { userEntityRef } = credentials.principal as {
        userEntityRef: string;
      };
      return {
        userEntityRef,
        ownershipEntityRefs: [userEntityRef, ...(GROUPS[userEntityRef] ?? [])],
      };
    },
  });
  const permissions: PermissionsService = mockServices.permissions({
    result: policy,
  });
  const registry = mockServices.permissionsRegistry.mock({
    getPermissionRuleset: () => ({
      getRuleByName: name => {
        throw new Error(`this policy has no conditions, also not ${name}`);
      },
    }),
  });
  const authorizer = new Authorizer({
    ...{ permissions, registry, mode: 'roles' },
    platformAdmins: [],
    identity: new CallerIdentity({ auth, userInfo }),
  });
  const entities = new EntityReader({ catalog });
  const workspaces = new WorkspacesService({ directory, authorizer, entities });
  const audit = new AuditStore(on.database);
  const room = createPipelinesRoom({
    ...{ database: on.database, engines: [engine], eventSources: new Map() },
    ...{ authorizer, workspaces, entities, logger },
    live: { changed() {} },
    audit: new AuditService({
      ...{ auditor: mockServices.auditor.mock(), store: audit },
      ...{ authorizer, workspaces, logger },
    }),
  });
  return { ...room, audit };
}
