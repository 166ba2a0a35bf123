import {
  applicationQuerySchema,
  deleteApplicationSchema,
  manifestDraftSchema,
  type KubeDeployment,
} from '@amamba/backstage-plugin-amamba-common';
import { TestDatabases } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import {
  describeAuthorization,
  type Methods,
} from '../__testUtils__/authorizationTable';
import { sharedRooms } from '../__testUtils__/callers';
import { AWAY_UID, awayClusters } from '../__testUtils__/awayClusters';
import { migrate } from '../database';
import { createNamespacesRoom } from '../namespaces';
import { NamespacesStore } from '../namespaces/NamespacesStore';
import type { ApplicationNames } from './ApplicationAccess';
import { AuthorizedActs } from './AuthorizedActs';
import { AuthorizedApplications } from './AuthorizedApplications';
import { AuthorizedDeletion } from './AuthorizedDeletion';
import { AuthorizedImport } from './AuthorizedImport';
import { AuthorizedManifests } from './AuthorizedManifests';
import {
  createApplicationsRoom,
  type ApplicationsRoom,
} from './createApplicationsRoom';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const CLUSTER = 'away';
const READ = 'amamba.application.read';
const CREATE = 'amamba.application.create';
const UPDATE = 'amamba.application.update';
const DELETE = 'amamba.application.delete';

/** What is remembered of every namespace: one workload. */
const SHOP: KubeDeployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'shop',
    uid: 'u',
    creationTimestamp: '2026-01-01T00:00:00Z',
  },
  spec: { replicas: 1 },
};
const RESTART = {
  act: 'restart' as const,
  workload: { kind: 'Deployment' as const, name: 'shop' },
};
const DRAFT = manifestDraftSchema.parse({
  yaml: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n',
});
const EDIT = manifestDraftSchema.parse({
  yaml: 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\n',
});
const DELETION = deleteApplicationSchema.parse({});

/** Every method that a router can call, and the permission it needs besides reading the workspace. */
const METHODS: Methods<ApplicationsRoom, ApplicationNames> = {
  'AuthorizedApplications.list': [
    'amamba.workspace.read',
    ({ applications }, names, options) =>
      applications.list(names, applicationQuerySchema.parse({}), options),
  ],
  'AuthorizedApplications.get': [
    READ,
    ({ applications }, names, options) => applications.get(names, options),
  ],
  'AuthorizedApplications.detail': [
    READ,
    async ({ applications, access }, names, options) =>
      applications.detail(await access.application(names, options), options),
  ],
  'AuthorizedApplications.topology': [
    READ,
    ({ applications }, names, options) => applications.topology(names, options),
  ],
  'AuthorizedApplications.events': [
    READ,
    ({ applications }, names, options) => applications.events(names, options),
  ],
  'AuthorizedApplications.revisions': [
    READ,
    ({ applications }, names, options) =>
      applications.revisions(names, options),
  ],
  'AuthorizedApplications.compare': [
    READ,
    ({ applications }, names, options) =>
      applications.compare(names, { from: 'a', to: 'b' }, options),
  ],
  'AuthorizedApplications.manifest': [
    READ,
    ({ applications }, names, options) =>
      applications.manifest(names, {}, options),
  ],
  'AuthorizedApplications.export': [
    READ,
    ({ applications }, names, options) => applications.export(names, options),
  ],
  'AuthorizedActs.preview': [
    UPDATE,
    ({ acts }, names, options) =>
      acts.preview(names, { act: RESTART }, options),
  ],
  'AuthorizedActs.act': [
    UPDATE,
    ({ acts }, names, options) => acts.act(names, { act: RESTART }, options),
  ],
  'AuthorizedManifests.check': [
    CREATE,
    ({ manifests }, names, options) =>
      manifests.check(names, { ...DRAFT, ...names }, options),
  ],
  'AuthorizedManifests.apply': [
    CREATE,
    ({ manifests }, names, options) =>
      manifests.apply(names, { ...DRAFT, ...names }, options),
  ],
  'AuthorizedManifests.checkEdit': [
    UPDATE,
    ({ manifests }, names, options) =>
      manifests.checkEdit(names, EDIT, options),
  ],
  'AuthorizedManifests.edit': [
    UPDATE,
    ({ manifests }, names, options) => manifests.edit(names, EDIT, options),
  ],
  'AuthorizedDeletion.preview': [
    DELETE,
    ({ deletion }, names, options) =>
      deletion.preview(names, DELETION, options),
  ],
  'AuthorizedDeletion.delete': [
    DELETE,
    ({ deletion }, names, options) => deletion.delete(names, DELETION, options),
  ],
  'AuthorizedImport.list': [
    CREATE,
    ({ importing }, names, options) => importing.list(names, names, options),
  ],
  'AuthorizedImport.import': [
    CREATE,
    ({ importing }, names, options) =>
      importing.import(
        names,
        {
          ...names,
          ...{ name: 'sale', description: '', workloads: ['Deployment/shop'] },
        },
        options,
      ),
  ],
};

describe.each(databases.eachSupportedId())('who may do what, on %s', id => {
  let database: Awaited<ReturnType<TestDatabases['init']>>;
  let count = 0;

  beforeAll(async () => {
    database = await databases.init(id);
    await migrate(database);
  });

  const owned = async (workspace: string): Promise<ApplicationNames> => {
    const key = { cluster: CLUSTER, name: `n${count++}` };
    const store = new NamespacesStore(database);
    await store.claim({
      ...key,
      workspaceRef: `group:default/${workspace}`,
      ...{ state: 'creating', labels: {}, quota: {} },
      createdAt: new Date(),
      createdBy: 'user:default/ann',
    });
    await store.settle(key, AWAY_UID);
    return {
      ...{ workspace, cluster: CLUSTER, namespace: key.name },
      ...{ kind: 'deployment', name: 'shop' },
    };
  };

  describeAuthorization<ApplicationsRoom, ApplicationNames>({
    classes: [
      ...[AuthorizedApplications, AuthorizedActs, AuthorizedManifests],
      ...[AuthorizedDeletion, AuthorizedImport],
    ],
    methods: METHODS,
    notAudited: [
      ...['AuthorizedActs.preview', 'AuthorizedManifests.check'],
      ...['AuthorizedManifests.checkEdit', 'AuthorizedDeletion.preview'],
      'AuthorizedImport.list',
    ],
    ofWorkspace: ['AuthorizedApplications.list'],
    // the cluster does not answer, and another operation is under way
    failsWith: ['ServiceUnavailableError', 'ConflictError'],
    prepare: () => owned('team-a'),
    smuggle: async names => ({
      ...(await owned('team-b')),
      workspace: names.workspace,
    }),
    room: policy => {
      const { trail, ...shared } = sharedRooms(database, policy);
      const setup = async () => ({ state: 'none' as const });
      const { ownership } = createNamespacesRoom({
        ...shared,
        clusters: awayClusters(CLUSTER, () => [SHOP]),
        ...{ setup, reserved: [], managers: [] },
      });
      const operations = {
        begin: async () => {
          throw new ConflictError('Something else is being done to it.');
        },
      };
      return {
        room: createApplicationsRoom({
          ...shared,
          ...{ ownership, operations, setup },
        }),
        trail,
      };
    },
  });
});
