import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
  type TestBackend,
} from '@backstage/backend-test-utils';
import {
  coreServices,
  createServiceFactory,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { amambaPlugin } from '../plugin';

/** The PostgreSQL that `npm test` starts, when there is one; else HTTP tests run on SQLite in memory. */
const postgres = TestDatabases.create({ ids: ['POSTGRES_15'] });

/** Who is in which group, in the organisation that HTTP tests run in. */
const MEMBERS: Record<string, string[]> = {
  'user:default/ann': ['group:default/team-a'],
  'user:default/ed': ['group:default/team-a'],
  'user:default/vi': [],
  'user:default/rel': [
    'group:default/team-a',
    'group:default/release-managers',
  ],
  'user:default/cal': ['group:default/team-a', 'group:default/on-call'],
  'user:default/olaf': ['group:default/team-b', 'group:default/on-call'],
  'user:default/sam': ['group:default/team-b'],
  'user:default/pat': ['group:default/platform'],
  'user:default/boss': ['group:default/engineering'],
};

function group(name: string, type: string, parent?: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name },
    spec: { type, children: [] },
    relations: parent ? [{ type: 'childOf', targetRef: parent }] : [],
  };
}

function owned(
  name: string,
  owner: string | undefined,
  annotations: Record<string, string> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, annotations },
    spec: { type: 'service' },
    relations: owner ? [{ type: 'ownedBy', targetRef: owner }] : [],
  };
}

const ENTITIES: Entity[] = [
  group('engineering', 'department'),
  group('team-a', 'team', 'group:default/engineering'),
  group('team-b', 'team', 'group:default/engineering'),
  group('release-managers', 'role'),
  group('on-call', 'role'),
  group('platform', 'role'),
  ...Object.keys(MEMBERS).map(ref => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name: ref.split('/')[1] },
    spec: { profile: { displayName: ref.split('/')[1] } },
  })),
  owned('shop', 'group:default/team-a'),
  owned('lent', 'group:default/team-b', { 'amamba.io/workspace': 'team-a' }),
  owned('search', 'group:default/team-b'),
  owned('nobodys', undefined),
  owned('anns', 'user:default/ann'),
];

const ROLES = {
  grants: [
    {
      role: 'admin',
      subjects: ['user:default/ann'],
      workspaces: ['team-a'],
    },
    {
      role: 'viewer',
      subjects: ['user:default/vi'],
      workspaces: ['team-a'],
    },
    { role: 'admin', subjects: ['group:default/platform'] },
  ],
};

/** `Authorization` header of a user of the test organisation. */
export function as(user: string): string {
  return mockCredentials.user.header(`user:default/${user}`);
}

/**
 * The plugin in a backend of its own, over real HTTP: team-a (ann admin, ed and rel editors, vi viewer), team-b (sam), pat
 * admin everywhere, boss member of the parent group; of team-a rel is a release manager, cal is on call, as is olaf of team-b.
 */
export async function startPortal(
  options: {
    amamba?: JsonObject;
    /** configuration besides `amamba` */
    config?: JsonObject;
    features?: BackendFeature[];
    /** a database of the test's own */
    knex?: Knex;
  } = {},
): Promise<TestBackend> {
  const hasPostgres = postgres.supports('POSTGRES_15');
  const knex =
    options.knex ??
    (hasPostgres ? await postgres.init('POSTGRES_15') : undefined);
  return startTestBackend({
    features: [
      amambaPlugin,
      mockServices.rootConfig.factory({
        data: {
          ...options.config,
          amamba: {
            workspaces: { filter: { 'spec.type': 'team' } },
            roles: ROLES,
            ...options.amamba,
          },
        },
      }),
      catalogServiceMock.factory({ entities: ENTITIES }),
      createServiceFactory({
        service: coreServices.userInfo,
        deps: {},
        factory: () => ({
          async getUserInfo(credentials) {
            const { userEntityRef } = credentials.principal as {
              userEntityRef: string;
            };
            return {
              userEntityRef,
              ownershipEntityRefs: [
                userEntityRef,
                ...(MEMBERS[userEntityRef] ?? []),
              ],
            };
          },
        }),
      }),
      ...(knex ? [mockServices.database.factory({ knex })] : []),
      ...(options.features ?? []),
    ],
  });
}
