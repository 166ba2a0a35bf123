import {
  chartQuerySchema,
  helmRepositoryDraftSchema,
  releaseDraftSchema,
  type KubeObject,
} from '@amamba/backstage-plugin-amamba-common';
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  describeAuthorization,
  type Methods,
} from '../__testUtils__/authorizationTable';
import { sharedRooms } from '../__testUtils__/callers';
import { createApplicationsRoom } from '../applications';
import { AWAY_UID, awayClusters } from '../__testUtils__/awayClusters';
import { migrate } from '../database';
import { createNamespacesRoom } from '../namespaces';
import { NamespacesStore } from '../namespaces/NamespacesStore';
import { OperationsService, OperationsStore } from '../operations';
import { AuthorizedReleases } from './AuthorizedReleases';
import { AuthorizedRepositories } from './AuthorizedRepositories';
import { createHelmRoom, type HelmRoom } from './createHelmRoom';
import { RepositoriesStore } from './repositories/RepositoriesStore';

// Starting a portal takes its time on a busy machine.
jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const CLUSTER = 'away';
const READ = 'amamba.workspace.read';
const WRITE_REPOSITORY = 'amamba.helm-repository.write';
const APPLICATION = 'amamba.application';

interface Names {
  workspace: string;
  cluster: string;
  namespace: string;
  name: string;
  repository: string;
}

type Rooms = Pick<HelmRoom, 'repositories' | 'releases'>;

const draft = ({ cluster, namespace, name, repository }: Names) =>
  releaseDraftSchema.parse({
    ...{ cluster, namespace, name, repository },
    ...{ chart: 'web', version: '1.0.0' },
  });

/** Every method that a router can call, and the permission it needs besides reading what it is about. */
const METHODS: Methods<Rooms, Names> = {
  'AuthorizedRepositories.list': [
    READ,
    ({ repositories }, names, options) => repositories.list(names, options),
  ],
  'AuthorizedRepositories.create': [
    WRITE_REPOSITORY,
    ({ repositories }, names, options) =>
      repositories.create(
        names,
        helmRepositoryDraftSchema.parse({
          ...{ name: `${names.repository}-new`, type: 'http' },
          url: 'http://127.0.0.1:1/',
        }),
        options,
      ),
  ],
  'AuthorizedRepositories.update': [
    WRITE_REPOSITORY,
    ({ repositories }, names, options) =>
      repositories.update(
        names,
        { type: 'http', url: 'http://127.0.0.1:1/', charts: [], version: 1 },
        options,
      ),
  ],
  'AuthorizedRepositories.delete': [
    WRITE_REPOSITORY,
    ({ repositories }, names, options) => repositories.delete(names, options),
  ],
  'AuthorizedRepositories.charts': [
    READ,
    ({ repositories }, names, options) =>
      repositories.charts(names, chartQuerySchema.parse({}), options),
  ],
  'AuthorizedRepositories.chart': [
    READ,
    ({ repositories }, names, options) =>
      repositories.chart({ ...names, chart: 'web' }, {}, options),
  ],
  'AuthorizedReleases.get': [
    `${APPLICATION}.read`,
    ({ releases }, names, options) => releases.get(names, options),
  ],
  'AuthorizedReleases.revision': [
    `${APPLICATION}.read`,
    ({ releases }, names, options) =>
      releases.revision({ ...names, revision: 1 }, options),
  ],
  'AuthorizedReleases.compare': [
    `${APPLICATION}.read`,
    ({ releases }, names, options) =>
      releases.compare(names, { from: 1, to: 2 }, options),
  ],
  'AuthorizedReleases.preview': [
    `${APPLICATION}.create`,
    ({ releases }, names, options) =>
      releases.preview(names, draft(names), options),
  ],
  'AuthorizedReleases.install': [
    `${APPLICATION}.create`,
    ({ releases }, names, options) =>
      releases.install(names, draft(names), options),
  ],
  'AuthorizedReleases.upgrade': [
    `${APPLICATION}.update`,
    ({ releases }, names, options) =>
      releases.upgrade(names, { ...draft(names), basis: 1 }, options),
  ],
  'AuthorizedReleases.rollback': [
    `${APPLICATION}.update`,
    ({ releases }, names, options) =>
      releases.rollback(names, { revision: 1, basis: 2, wait: true }, options),
  ],
  'AuthorizedReleases.unlock': [
    `${APPLICATION}.update`,
    ({ releases }, names, options) => releases.unlock(names, options),
  ],
  'AuthorizedReleases.uninstall': [
    `${APPLICATION}.delete`,
    ({ releases }, names, options) =>
      releases.uninstall(
        names,
        { confirm: names.name, keepHistory: false, propagation: 'background' },
        options,
      ),
  ],
};

/** What the watch of a cluster remembers of a release. */
function releaseIn(namespace: string, name: string): KubeObject {
  return {
    ...{ apiVersion: 'v1', kind: 'Secret' },
    metadata: {
      ...{ name: `sh.helm.release.v1.${name}.v1`, namespace },
      labels: { owner: 'helm', status: 'deployed', version: '1', name },
    },
  };
}

describe.each(databases.eachSupportedId())('who may do what, on %s', id => {
  let database: Awaited<ReturnType<TestDatabases['init']>>;
  const remembered: KubeObject[] = [];
  let count = 0;

  beforeAll(async () => {
    database = await databases.init(id);
    await migrate(database);
  });

  const owned = async (workspace: string): Promise<Names> => {
    const number = count++;
    const workspaceRef = `group:default/${workspace}`;
    const key = { cluster: CLUSTER, name: `n${number}` };
    const store = new NamespacesStore(database);
    await store.claim({
      ...{ ...key, workspaceRef, state: 'creating', labels: {}, quota: {} },
      ...{ createdAt: new Date(), createdBy: 'user:default/ann' },
    });
    await store.settle(key, AWAY_UID);
    remembered.push(releaseIn(key.name, 'shop'));
    const repository = `charts-${number}`;
    await new RepositoriesStore(database).add({
      ...{ workspaceRef, name: repository, type: 'http', charts: [] },
      ...{ url: 'http://127.0.0.1:1/', createdBy: 'user:default/ann' },
      version: 1,
    });
    return {
      ...{ workspace, cluster: CLUSTER, namespace: key.name, name: 'shop' },
      repository,
    };
  };

  describeAuthorization<Rooms, Names>({
    classes: [AuthorizedRepositories, AuthorizedReleases],
    methods: METHODS,
    notAudited: ['AuthorizedReleases.preview'],
    ofWorkspace: [
      'AuthorizedRepositories.list',
      'AuthorizedRepositories.create',
      'AuthorizedRepositories.charts',
    ],
    // neither the cluster nor the repository answers, and the repository's address is the portal's own
    failsWith: ['ServiceUnavailableError', 'InputError', 'NotFoundError'],
    prepare: () => owned('team-a'),
    smuggle: async names => ({
      ...(await owned('team-b')),
      workspace: names.workspace,
    }),
    room: policy => {
      const { trail, ...shared } = sharedRooms(database, policy);
      const clusters = awayClusters(CLUSTER, namespace =>
        remembered.filter(({ metadata }) => metadata.namespace === namespace),
      );
      const setup = async () => ({ state: 'none' as const });
      const { ownership } = createNamespacesRoom({
        ...{ ...shared, clusters, setup, reserved: [] },
        managers: [],
      });
      const operations = new OperationsService({
        ...{ ...shared, store: new OperationsStore(database) },
      });
      const applications = createApplicationsRoom({
        ...{ ...shared, ownership, setup, operations },
      });
      const room = createHelmRoom({
        ...{ ...shared, ownership, operations, applications },
        config: { repositories: [], allowed: [], keys: [] },
      });
      return { room, trail };
    },
  });
});
