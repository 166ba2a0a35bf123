import type { KubeObject } from '@amamba/backstage-plugin-amamba-common';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type {
  Cluster,
  Clusters,
  KindDescriptor,
  KubernetesClient,
  Rows,
} from '../clusters';

/** Identity of every namespace that {@link awayClusters} remember. */
export const AWAY_UID = '00000000-0000-4000-8000-000000000000';

/** What is remembered of a namespace. */
export type Remembered = (namespace: string) => readonly KubeObject[];

function rowsOf<K extends KubeObject>(
  kind: KindDescriptor<K>,
  remembered: Remembered,
): Rows<K> {
  const isNamespaces = kind.plural === 'namespaces';
  const inNamespace = (namespace: string) =>
    remembered(namespace).filter(
      (object): object is K => object.kind === kind.kind,
    );
  return {
    status: {
      ...{ state: 'stale', since: new Date(), served: true },
      ...{ objects: 0, bytes: 0, problem: 'It does not answer.' },
    },
    all: () => [],
    inNamespace,
    get: ({ name, namespace = '' }) =>
      isNamespaces
        ? ({ metadata: { name, uid: AWAY_UID } } as K)
        : inNamespace(namespace).find(({ metadata }) => metadata.name === name),
    byUid: () => undefined,
    ownedBy: () => [],
  };
}

/**
 * One cluster that does not answer: every call fails as it does then, and of what was watched only the namespaces
 * and what is given are remembered. For tests that are about what is decided before a cluster is asked.
 */
export function awayClusters(
  name: string,
  remembered: Remembered = () => [],
): Clusters {
  const refuse = async () => {
    throw new ServiceUnavailableError(`Cluster ${name} does not answer.`);
  };
  const streams: (string | symbol)[] = ['listAll', 'watch'];
  const refuseStream = () => ({
    [Symbol.asyncIterator]: () => ({ next: refuse }),
  });
  const cluster: Cluster = {
    ...{ name, title: name },
    client: new Proxy({} as KubernetesClient, {
      get: (_client, method) =>
        streams.includes(method) ? refuseStream : refuse,
    }),
    rows: async kind => rowsOf(kind, remembered),
    subscribe: () => () => {},
    watches: () => new Map(),
    report: async () => ({
      ...{ name, title: name, state: 'unreachable' },
      ...{ capabilities: [], watches: [] },
    }),
    apiServer: refuse,
  };
  return {
    list: async () => ({ clusters: [cluster] }),
    get: async wanted => {
      if (wanted === name) return cluster;
      throw new NotFoundError(`The portal has no cluster "${wanted}".`);
    },
    namespacesChanged() {},
    async stop() {},
  };
}
