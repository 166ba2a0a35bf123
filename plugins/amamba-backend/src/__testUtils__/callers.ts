import {
  rolePermissions,
  type WorkspaceRole,
} from '@amamba/backstage-plugin-amamba-common';
import {
  mockCredentials,
  mockServices,
  type TestDatabases,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { AuditService, AuditStore } from '../audit';
import { Authorizer, CallerIdentity } from '../permissions';
import {
  EntityReader,
  WorkspaceDirectory,
  WorkspacesService,
} from '../workspaces';

/** Role in team-a; `none` works in team-b, `platform` is admin everywhere and of the platform. */
export type CallerRole = WorkspaceRole | 'none' | 'platform';

/** Whose role in team-a is which. */
export const CALLERS = {
  admin: mockCredentials.user('user:default/ann'),
  editor: mockCredentials.user('user:default/ed'),
  viewer: mockCredentials.user('user:default/vi'),
  none: mockCredentials.user('user:default/sam'),
  platform: mockCredentials.user('user:default/pat'),
} satisfies Record<CallerRole, unknown>;

const PLATFORM_ADMIN = 'user:default/pat';
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
export function roleHas(role: CallerRole, permission: string): boolean {
  if (role === 'none') return false;
  if (permission.startsWith('amamba.platform.')) return role === 'platform';
  return rolePermissions[role === 'platform' ? 'admin' : role].has(permission);
}

/** What a policy of a test says to every question. */
export type OnePolicy = AuthorizeResult.ALLOW | AuthorizeResult.DENY;

type Database = Awaited<ReturnType<TestDatabases['init']>>;

/**
 * What every room is built from, for the callers above, over a migrated database.
 * @param policy - says the same to every question
 */
export function sharedRooms(
  database: Database,
  policy: OnePolicy = AuthorizeResult.ALLOW,
) {
  const logger = mockServices.logger.mock();
  const auth = mockServices.auth();
  const catalog = catalogServiceMock({
    entities: ['team-a', 'team-b'].flatMap(name => [group(name), owned(name)]),
  });
  const workspaceA = ['group:default/team-a'];
  const directory = new WorkspaceDirectory({
    ...{ catalog, auth, logger, filter: { kind: 'Group' } },
    roles: {
      members: 'editor',
      inherit: true,
      grants: [
        {
          role: 'admin',
          subjects: ['user:default/ann'],
          workspaces: workspaceA,
        },
        {
          role: 'viewer',
          subjects: ['user:default/vi'],
          workspaces: workspaceA,
        },
        { role: 'admin', subjects: [PLATFORM_ADMIN] },
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
  const registry = mockServices.permissionsRegistry.mock({
    getPermissionRuleset: () => ({
      getRuleByName: name => {
        throw new Error(`this policy has no conditions, also not ${name}`);
      },
    }),
  });
  const authorizer = new Authorizer({
    permissions: mockServices.permissions({ result: policy }),
    ...{ registry, mode: 'roles' },
    platformAdmins: [PLATFORM_ADMIN],
    identity: new CallerIdentity({ auth, userInfo }),
  });
  const entities = new EntityReader({ catalog });
  const workspaces = new WorkspacesService({ directory, authorizer, entities });
  const trail = new AuditStore(database);
  const audit = new AuditService({
    ...{ auditor: mockServices.auditor.mock(), store: trail },
    ...{ authorizer, workspaces, logger },
  });
  const live = { changed() {} };
  return {
    ...{ database, authorizer, directory, entities, workspaces, logger, live },
    ...{ audit, trail },
  };
}
