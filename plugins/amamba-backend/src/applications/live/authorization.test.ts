import type { KubeObject } from '@amamba/backstage-plugin-amamba-common';
import {
  podLogQuerySchema,
  terminalRequestSchema,
} from '@amamba/backstage-plugin-amamba-common';
import { TestDatabases } from '@backstage/backend-test-utils';
import { PassThrough, Readable } from 'stream';
import {
  describeAuthorization,
  type Methods,
} from '../../__testUtils__/authorizationTable';
import { sharedRooms } from '../../__testUtils__/callers';
import { AWAY_UID, awayClusters } from '../../__testUtils__/awayClusters';
import type {
  Cluster,
  Clusters,
  ExecResult,
  ExecSession,
  KindDescriptor,
  KubernetesClient,
  Rows,
} from '../../clusters';
import { migrate } from '../../database';
import { Ownership } from '../../namespaces';
import { NamespacesStore } from '../../namespaces/NamespacesStore';
import { ApplicationAccess, type ApplicationNames } from '../ApplicationAccess';
import { ApplicationIndex } from '../read/ApplicationIndex';
import { AuthorizedLogs } from './AuthorizedLogs';
import { AuthorizedTerminals } from './AuthorizedTerminals';
import { createLive, type Live } from './createLive';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const CLUSTER = 'here';
const EXEC = 'amamba.application.exec';
const READ = 'amamba.application.read';

/** A Deployment with a pod, in a namespace; whose each is. */
const objectsIn = (namespace: string): (KubeObject & { owner?: string })[] => [
  {
    ...{ apiVersion: 'apps/v1', kind: 'Deployment' },
    metadata: { namespace, name: 'shop', uid: `${namespace}/deployment` },
    ...{ spec: { selector: {}, template: { spec: { containers: [] } } } },
  },
  {
    ...{ apiVersion: 'apps/v1', kind: 'ReplicaSet' },
    metadata: { namespace, name: 'shop-1', uid: `${namespace}/set` },
    owner: `${namespace}/deployment`,
  },
  {
    ...{ apiVersion: 'v1', kind: 'Pod' },
    metadata: { namespace, name: 'shop-1-a', uid: `${namespace}/pod` },
    owner: `${namespace}/set`,
    ...{ spec: { containers: [{ name: 'shop', image: 'shop:1' }] } },
    ...{ status: { phase: 'Running' } },
  },
];

function rowsOf<K extends KubeObject>(
  { kind }: KindDescriptor<K>,
  away: Rows<K>,
): Rows<K> {
  const inNamespace = (namespace: string) =>
    objectsIn(namespace).filter(object => object.kind === kind);
  const as = (objects: object[]) => objects as K[];
  return {
    ...away,
    status: { ...away.status, state: 'live' },
    inNamespace: namespace => as(inNamespace(namespace)),
    ownedBy: uid =>
      as(inNamespace(uid.split('/')[0]).filter(({ owner }) => owner === uid)),
  };
}

function fakeExec(): ExecSession {
  let finish: (result: ExecResult) => void = () => {};
  const stdout = new PassThrough();
  return {
    stdout,
    stderr: new PassThrough(),
    stdin: new PassThrough(),
    resize() {},
    done: new Promise(resolve => {
      finish = resolve;
    }),
    close: () => {
      stdout.end();
      finish({ type: 'failed', message: '' });
    },
  };
}

/** A cluster in which every namespace has one Deployment with a pod that has a log and a shell. */
async function clusters(): Promise<Clusters> {
  const away = awayClusters(CLUSTER);
  const silent = await away.get(CLUSTER);
  const answers: Pick<KubernetesClient, 'log' | 'exec'> = {
    log: async () => Readable.from([Buffer.from('')], { objectMode: false }),
    exec: async () => fakeExec(),
  };
  const cluster: Cluster = {
    ...silent,
    client: { ...answers } as KubernetesClient,
    rows: async (kind, options) =>
      rowsOf(kind, await silent.rows(kind, options)),
  };
  return { ...away, get: async () => cluster };
}

/** Every method that a router can call, and the permission it needs besides reading the application. */
const METHODS: Methods<Live, ApplicationNames> = {
  'AuthorizedLogs.read': [
    READ,
    async ({ logs }, names, options) => {
      const query = podLogQuerySchema.parse({});
      (await logs.read(names, query, options)).stream.destroy();
    },
  ],
  'AuthorizedLogs.download': [
    READ,
    async ({ logs }, names, options) => {
      const { stream } = await logs.download(
        ...([names, { pod: 'shop-1-a' }, options] as const),
      );
      stream.destroy();
    },
  ],
  'AuthorizedTerminals.open': [
    EXEC,
    ({ terminals }, names, options) =>
      terminals.open(
        names,
        terminalRequestSchema.parse({ pod: 'shop-1-a' }),
        options,
      ),
  ],
  'AuthorizedTerminals.read': [
    EXEC,
    ({ terminals }, names, options) =>
      terminals.read({ ...names, terminal: 'none' }, options),
  ],
  'AuthorizedTerminals.write': [
    EXEC,
    ({ terminals }, names, options) =>
      terminals.write(
        { ...names, terminal: 'none' },
        { type: 'data', data: 'x' },
        options,
      ),
  ],
  'AuthorizedTerminals.close': [
    EXEC,
    ({ terminals }, names, options) =>
      terminals.close({ ...names, terminal: 'none' }, options),
  ],
};

describe.each(databases.eachSupportedId())(
  'who may read logs and open terminals, on %s',
  id => {
    let database: Awaited<ReturnType<TestDatabases['init']>>;
    let here: Clusters;
    let count = 0;
    const lives: Live[] = [];

    beforeAll(async () => {
      database = await databases.init(id);
      await migrate(database);
      here = await clusters();
    });
    afterEach(async () => {
      await Promise.all(lives.splice(0).map(live => live.stop()));
    });

    const owned = async (workspace: string): Promise<ApplicationNames> => {
      const key = { cluster: CLUSTER, name: `n${count++}` };
      const store = new NamespacesStore(database);
      await store.claim({
        ...key,
        workspaceRef: `group:default/${workspace}`,
        state: 'creating',
        ...{ labels: {}, quota: {} },
        createdAt: new Date(),
        createdBy: 'user:default/ann',
      });
      await store.settle(key, AWAY_UID);
      const { cluster, name: namespace } = key;
      return {
        workspace,
        cluster,
        namespace,
        kind: 'deployment',
        name: 'shop',
      };
    };

    describeAuthorization<Live, ApplicationNames>({
      classes: [AuthorizedLogs, AuthorizedTerminals],
      methods: METHODS,
      // what is typed and printed is in no trail
      notAudited: ['AuthorizedTerminals.read', 'AuthorizedTerminals.write'],
      ofWorkspace: [],
      // who is let in finds that there is no such terminal
      failsWith: ['NotFoundError'],
      prepare: () => owned('team-a'),
      smuggle: async names => ({
        ...(await owned('team-b')),
        workspace: names.workspace,
      }),
      room: policy => {
        const { trail, ...shared } = sharedRooms(database, policy);
        const store = new NamespacesStore(database);
        const ownership = new Ownership({ store, clusters: here });
        const index = new ApplicationIndex({ live: shared.live });
        const access = new ApplicationAccess({ ...shared, ownership, index });
        const live = createLive({ ...shared, access, index });
        lives.push({
          ...live,
          stop: async () => {
            await live.stop();
            index.stop();
          },
        });
        return { room: live, trail };
      },
    });
  },
);
