import type {
  KubeIngress,
  KubeObject,
  KubePersistentVolumeClaim,
  NamespaceDeletion,
  Warning,
} from '@amamba/backstage-plugin-amamba-common';
import { toError } from '@backstage/errors';
import pLimit from 'p-limit';
import { kinds } from '../clusters';
import { UpstreamError } from '../http';
import type { OwnedNamespace } from './OwnedNamespace';

/** Kinds that come and go by themselves and say nothing of a loss. */
const NOISE: ReadonlySet<string> = new Set([
  'Event',
  'Endpoints',
  'EndpointSlice',
  'Lease',
  'ControllerRevision',
  'PodMetrics',
]);
/** Kinds that every namespace has. */
const USUAL: ReadonlySet<string> = new Set([
  'ConfigMap/kube-root-ca.crt',
  'ServiceAccount/default',
]);
const DEAR = ['PersistentVolumeClaim', 'StatefulSet', 'Secret', 'Deployment'];
const MAX_NAMES = 100;
/** Kinds that a warning names. */
const MAX_KINDS = 6;
const PARALLEL = 8;

function rank(kind: string): number {
  const at = DEAR.indexOf(kind);
  return at < 0 ? DEAR.length : at;
}

async function names(
  namespace: OwnedNamespace,
  kind: Parameters<OwnedNamespace['rows']>[0],
): Promise<string[]> {
  const { items } = await namespace.rows(kind);
  return items.map(({ metadata }) => metadata.name ?? '').slice(0, MAX_NAMES);
}

async function count(
  namespace: OwnedNamespace,
  type: Parameters<OwnedNamespace['list']>[0],
): Promise<number> {
  const page = await namespace.list<KubeObject>(type, { limit: 2 });
  const usual = page.items.filter(({ metadata }) =>
    USUAL.has(`${type.kind}/${metadata.name}`),
  );
  return page.items.length + (page.remaining ?? 0) - usual.length;
}

/** What deleting a namespace would lose: every kind that the cluster serves is counted. */
export async function deletionOf(
  namespace: OwnedNamespace,
): Promise<NamespaceDeletion> {
  const { resources } = await namespace.discovery();
  const seen = new Set<string>();
  const types = resources.filter(({ namespaced, verbs, kind, group }) => {
    const known = seen.has(`${group}/${kind}`) || NOISE.has(kind);
    seen.add(`${group}/${kind}`);
    return (
      !known && namespaced && verbs.includes('list') && verbs.includes('delete')
    );
  });
  const source = `cluster:${namespace.cluster}`;
  const warnings: Warning[] = [];
  const forbidden: string[] = [];
  const limit = pLimit(PARALLEL);
  const counts = await Promise.all(
    types.map(type =>
      limit(async () => {
        try {
          return { kind: type.kind, count: await count(namespace, type) };
        } catch (error) {
          if (error instanceof UpstreamError && error.reason === 'permission') {
            forbidden.push(type.kind);
          } else {
            warnings.push({
              source,
              message: `${type.kind} could not be counted: ${toError(error).message}`,
            });
          }
          return { kind: type.kind, count: 0 };
        }
      }),
    ),
  );
  if (forbidden.length > 0) {
    const more = forbidden.length - MAX_KINDS;
    const kindsThere = forbidden.sort().slice(0, MAX_KINDS).join(', ');
    warnings.unshift({
      source,
      message: `Not counted, because the portal's account may not list them: ${kindsThere}${more > 0 ? ` and ${more} more kinds` : ''}.`,
    });
  }
  const [claims, ingresses, secrets] = await Promise.all([
    namespace.rows<KubePersistentVolumeClaim>(kinds.persistentVolumeClaims),
    namespace.rows<KubeIngress>(kinds.ingresses),
    namespace.rows(kinds.secrets),
  ]);
  const releases = secrets.items
    .filter(({ metadata }) => metadata.labels?.owner === 'helm')
    .map(({ metadata }) => metadata.labels?.name ?? '');
  return {
    counts: counts
      .filter(entry => entry.count > 0)
      .sort((a, b) => rank(a.kind) - rank(b.kind) || b.count - a.count),
    volumes: claims.items.map(({ metadata, spec, status }) => ({
      name: metadata.name ?? '',
      size: String(
        status?.capacity?.storage ?? spec?.resources?.requests?.storage ?? '',
      ),
    })),
    applications: await names(namespace, kinds.applications),
    helmReleases: [...new Set(releases)].sort(),
    hosts: [
      ...new Set(
        ingresses.items.flatMap(({ spec }) =>
          (spec?.rules ?? []).flatMap(({ host }) => (host ? [host] : [])),
        ),
      ),
    ],
    warnings,
  };
}
