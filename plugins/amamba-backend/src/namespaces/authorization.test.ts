import {
  namespaceDraftSchema,
  namespaceQuerySchema,
  namespaceUpdateSchema,
} from '@amamba/backstage-plugin-amamba-common';
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  describeAuthorization,
  type Methods,
} from '../__testUtils__/authorizationTable';
import { sharedRooms } from '../__testUtils__/callers';
import { AWAY_UID, awayClusters } from '../__testUtils__/awayClusters';
import { migrate } from '../database';
import { AuthorizedNamespaces } from './AuthorizedNamespaces';
import { BindingsStore } from './BindingsStore';
import { createNamespacesRoom } from './createNamespacesRoom';
import { NamespacesStore } from './NamespacesStore';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const CLUSTER = 'away';
const MANAGE = 'amamba.platform.manage';

interface Names {
  workspace: string;
  cluster: string;
  namespace: string;
}

/** Every method that a router can call, and the permission it needs besides reading the workspace. */
const METHODS: Methods<AuthorizedNamespaces, Names> = {
  'AuthorizedNamespaces.listBindings': [
    'amamba.workspace.read',
    (room, names, options) => room.listBindings(names, options),
  ],
  'AuthorizedNamespaces.bind': [
    MANAGE,
    (room, names, options) =>
      room.bind(names, { mode: 'shared', quota: {} }, options),
  ],
  'AuthorizedNamespaces.unbind': [
    MANAGE,
    (room, names, options) => room.unbind(names, options),
  ],
  'AuthorizedNamespaces.list': [
    'amamba.workspace.read',
    (room, names, options) =>
      room.list(names, namespaceQuerySchema.parse({}), options),
  ],
  'AuthorizedNamespaces.get': [
    'amamba.workspace.read',
    (room, names, options) => room.get(names, options),
  ],
  'AuthorizedNamespaces.create': [
    'amamba.namespace.create',
    (room, names, options) =>
      room.create(
        names,
        namespaceDraftSchema.parse({
          cluster: CLUSTER,
          name: `${names.namespace}-new`,
        }),
        options,
      ),
  ],
  'AuthorizedNamespaces.update': [
    'amamba.namespace.update',
    (room, names, options) =>
      room.update(names, namespaceUpdateSchema.parse({ version: 1 }), options),
  ],
  'AuthorizedNamespaces.mend': [
    'amamba.namespace.update',
    (room, names, options) => room.mend(names, options),
  ],
  'AuthorizedNamespaces.previewDeletion': [
    'amamba.namespace.delete',
    (room, names, options) => room.previewDeletion(names, options),
  ],
  'AuthorizedNamespaces.delete': [
    'amamba.namespace.delete',
    (room, names, options) =>
      room.delete(names, { confirm: names.namespace }, options),
  ],
  'AuthorizedNamespaces.adoptable': [
    MANAGE,
    (room, names, options) => room.adoptable(names, options),
  ],
  'AuthorizedNamespaces.adopt': [
    MANAGE,
    (room, names, options) => room.adopt(names, {}, options),
  ],
  'AuthorizedNamespaces.release': [
    MANAGE,
    (room, names, options) => room.release(names, options),
  ],
};

describe.each(databases.eachSupportedId())('who may do what, on %s', id => {
  let database: Awaited<ReturnType<TestDatabases['init']>>;
  let count = 0;

  beforeAll(async () => {
    database = await databases.init(id);
    await migrate(database);
    await new BindingsStore(database).add({
      workspaceRef: 'group:default/team-a',
      cluster: CLUSTER,
      mode: 'shared',
      quota: {},
      boundBy: 'user:default/pat',
    });
  });

  const owned = async (workspace: string): Promise<Names> => {
    const key = { cluster: CLUSTER, name: `n${count++}` };
    const store = new NamespacesStore(database);
    await store.claim({
      ...key,
      workspaceRef: `group:default/${workspace}`,
      state: 'creating',
      labels: {},
      quota: {},
      createdAt: new Date(),
      createdBy: 'user:default/ann',
    });
    await store.settle(key, AWAY_UID);
    return { workspace, cluster: CLUSTER, namespace: key.name };
  };

  describeAuthorization<AuthorizedNamespaces, Names>({
    classes: [AuthorizedNamespaces],
    methods: METHODS,
    notAudited: [
      'AuthorizedNamespaces.previewDeletion',
      'AuthorizedNamespaces.adoptable',
    ],
    ofWorkspace: [
      'AuthorizedNamespaces.listBindings',
      'AuthorizedNamespaces.bind',
      'AuthorizedNamespaces.unbind',
      'AuthorizedNamespaces.list',
      'AuthorizedNamespaces.create',
      'AuthorizedNamespaces.adoptable',
      'AuthorizedNamespaces.adopt',
    ],
    // the cluster does not answer, and what is there cannot be bound, unbound or adopted once more
    failsWith: ['ServiceUnavailableError', 'ConflictError'],
    prepare: () => owned('team-a'),
    smuggle: async names => ({
      ...(await owned('team-b')),
      workspace: names.workspace,
    }),
    room: policy => {
      const { trail, ...shared } = sharedRooms(database, policy);
      const { namespaces } = createNamespacesRoom({
        ...shared,
        clusters: awayClusters(CLUSTER),
        setup: async () => ({ state: 'none' }),
        reserved: [],
        managers: [],
        live: { changed() {} },
      });
      return { room: namespaces, trail };
    },
  });
});
