import { TestDatabases } from '@backstage/backend-test-utils';
import {
  describeAuthorization,
  type Methods,
} from '../__testUtils__/authorizationTable';
import { sharedRooms } from '../__testUtils__/callers';
import { awayClusters } from '../__testUtils__/awayClusters';
import { migrate } from '../database';
import { createNamespacesRoom } from '../namespaces';
import { AuthorizedPlatform } from './AuthorizedPlatform';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const CLUSTER = 'away';

interface Names {
  workspace: string;
  cluster: string;
}

/** Every method that a router can call, and the permission it needs. */
const METHODS: Methods<AuthorizedPlatform, Names> = {
  'AuthorizedPlatform.clusters': [
    'amamba.platform.read',
    (room, _names, options) => room.clusters(options),
  ],
  'AuthorizedPlatform.check': [
    'amamba.platform.read',
    (room, names, options) => room.check(names, options),
  ],
  'AuthorizedPlatform.engines': [
    'amamba.platform.read',
    (room, _names, options) => room.engines(options),
  ],
};

describe.each(databases.eachSupportedId())('who may do what, on %s', id => {
  let database: Awaited<ReturnType<TestDatabases['init']>>;

  beforeAll(async () => {
    database = await databases.init(id);
    await migrate(database);
  });

  describeAuthorization<AuthorizedPlatform, Names>({
    classes: [AuthorizedPlatform],
    methods: METHODS,
    ofWorkspace: [],
    ofPlatform: Object.keys(METHODS),
    prepare: async () => ({ workspace: 'team-a', cluster: CLUSTER }),
    smuggle: async names => names,
    room: policy => {
      const { trail, ...shared } = sharedRooms(database, policy);
      const clusters = awayClusters(CLUSTER);
      const setup = async () => ({ state: 'none' as const });
      const { bindings } = createNamespacesRoom({
        ...shared,
        ...{ clusters, setup, reserved: [], managers: [] },
        live: { changed() {} },
      });
      const room = new AuthorizedPlatform({
        ...shared,
        ...{ clusters, bindings, setup },
        engines: { list: async () => [] },
      });
      return { room, trail };
    },
  });
});
