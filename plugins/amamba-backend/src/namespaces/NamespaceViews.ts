import {
  namespaceQuotaBars,
  type ClusterBinding,
  type KubeNamespace,
  type KubeResourceQuota,
  type NamespaceDetail,
  type NamespaceDrift,
  type NamespaceSummary,
  quantityText,
  quantityUnit,
  quotaAmounts,
  sumQuotas,
  type Quota,
  type Warning,
} from '@amamba/backstage-plugin-amamba-common';
import pLimit from 'p-limit';
import { kinds, type Cluster, type Clusters } from '../clusters';
import type { WorkspaceRecord } from '../workspaces';
import { differences, type Difference, type NamespaceSight } from './drift';
import type { BindingRecord, NamespaceRecord } from './records';
import type { WriteAccess } from './WriteAccess';

/** How old an answer may be that the reconciler judges by, and one that a person looks at. */
const ROUND_KEEP_MS = 5 * 60_000;
const DETAIL_KEEP_MS = 30_000;
const PARALLEL = 4;

/** What the cluster says of a namespace now. */
interface Seen {
  sight?: NamespaceSight;
  quotas: readonly KubeResourceQuota[];
  pods?: number;
}

/** Remembers since when a difference has been there; forgets it when it is gone. */
class DriftClock {
  readonly #since = new Map<string, string>();

  stamp(record: NamespaceRecord, found: Difference[]): NamespaceDrift[] {
    const prefix = `${record.cluster}/${record.name}/`;
    const keys = new Set(found.map(({ code }) => `${prefix}${code}`));
    for (const key of this.#since.keys()) {
      if (key.startsWith(prefix) && !keys.has(key)) this.#since.delete(key);
    }
    return found.map(difference => {
      const key = `${prefix}${difference.code}`;
      const since = this.#since.get(key) ?? new Date().toISOString();
      this.#since.set(key, since);
      return { ...difference, since };
    });
  }
}

function stateOf(
  record: NamespaceRecord,
  namespace: KubeNamespace | undefined,
  known: boolean,
): NamespaceSummary['state'] {
  if (record.state === 'terminating') return 'terminating';
  if (!known) return 'unknown';
  if (!namespace) return 'missing';
  return namespace.metadata.deletionTimestamp ? 'terminating' : 'active';
}

/** Quotas of a workspace's namespaces on a cluster, added up. */
function allocated(records: readonly NamespaceRecord[]): Quota {
  const sums = sumQuotas(records.map(({ quota }) => quotaAmounts(quota)));
  return Object.fromEntries(
    [...sums].map(([key, amount]) => [
      key,
      quantityText(amount, quantityUnit(key)),
    ]),
  );
}

/** Shows namespaces and bindings as the database and the clusters have them together. */
export class NamespaceViews {
  readonly #clusters: Clusters;
  readonly #access: WriteAccess;
  readonly #clock = new DriftClock();

  constructor(options: { clusters: Clusters; access: WriteAccess }) {
    this.#clusters = options.clusters;
    this.#access = options.access;
  }

  /** How the namespaces differ from what the portal holds, in the order given; undefined: it can't be told now. */
  async drift(
    records: readonly NamespaceRecord[],
  ): Promise<(NamespaceDrift[] | undefined)[]> {
    await this.#askAccess(records, ROUND_KEEP_MS);
    const seen = await this.#look(records);
    return records.map((record, i) => {
      const { sight } = seen[i];
      return sight && this.#clock.stamp(record, differences(record, sight));
    });
  }

  async summaries(
    workspace: WorkspaceRecord,
    records: readonly NamespaceRecord[],
    can: string[],
  ): Promise<NamespaceSummary[]> {
    const seen = await this.#look(records);
    return records.map((record, i) =>
      this.#summary(workspace, record, seen[i], can),
    );
  }

  async detail(
    workspace: WorkspaceRecord,
    record: NamespaceRecord,
    can: string[],
  ): Promise<NamespaceDetail> {
    await this.#askAccess([record], DETAIL_KEEP_MS);
    const [summary] = await this.summaries(workspace, [record], can);
    return {
      ...summary,
      labels: record.labels,
      ownEnvironment: record.environment,
      wantedQuota: record.quota,
      containerLimits: record.containerLimits,
      podSecurity: record.podSecurity,
      createdBy: record.createdBy,
      version: record.version,
    };
  }

  /** Clusters among them that do not answer, in words. */
  async warnings(names: ReadonlySet<string>): Promise<Warning[]> {
    const { clusters, problem } = await this.#clusters.list();
    const found: Warning[] = problem
      ? [{ source: 'clusters', message: problem }]
      : [];
    for (const cluster of clusters) {
      if (names.has(cluster.name)) {
        const { status } = await cluster.rows(kinds.namespaces);
        if (status.problem) {
          found.push({
            source: `cluster:${cluster.name}`,
            message: status.problem,
            since: status.asOf?.toISOString(),
          });
        }
      }
    }
    return found;
  }

  async bindings(
    bindings: readonly BindingRecord[],
    owned: readonly NamespaceRecord[],
  ): Promise<ClusterBinding[]> {
    const { clusters } = await this.#clusters.list();
    return Promise.all(
      bindings.map(async binding => {
        const cluster = clusters.find(({ name }) => name === binding.cluster);
        const there = owned.filter(
          record => record.cluster === binding.cluster,
        );
        return {
          cluster: binding.cluster,
          title: cluster?.title ?? binding.cluster,
          mode: binding.mode,
          quota: binding.quota,
          allocated: allocated(there),
          namespaces: there.length,
          problem: await bindingProblem(cluster),
          boundAt: binding.boundAt.toISOString(),
          boundBy: binding.boundBy,
          version: binding.version,
        };
      }),
    );
  }

  /** Asks where the portal may write; only clusters that answer are asked. */
  async #askAccess(
    records: readonly NamespaceRecord[],
    keepMs: number,
  ): Promise<void> {
    const { clusters } = await this.#clusters.list();
    const limit = pLimit(PARALLEL);
    await Promise.all(
      records
        .filter(({ state }) => state === 'active')
        .map(record =>
          limit(async () => {
            const cluster = clusters.find(
              ({ name }) => name === record.cluster,
            );
            if (!cluster) return;
            const { status } = await cluster.rows(kinds.namespaces);
            if (status.state !== 'live') return;
            await this.#access.ask(cluster, record, keepMs);
          }),
        ),
    );
  }

  #summary(
    workspace: WorkspaceRecord,
    record: NamespaceRecord,
    { sight, quotas, pods }: Seen,
    can: string[],
  ): NamespaceSummary {
    return {
      workspace: workspace.name,
      cluster: record.cluster,
      name: record.name,
      environment: record.environment ?? workspace.environment,
      state: stateOf(record, sight?.namespace, sight !== undefined),
      quota: namespaceQuotaBars(quotas).map(({ key, hard, used, share }) => ({
        ...{ key, hard, used, share },
      })),
      drift: sight ? this.#clock.stamp(record, differences(record, sight)) : [],
      pods,
      createdAt: record.createdAt.toISOString(),
      can,
    };
  }

  async #look(records: readonly NamespaceRecord[]): Promise<Seen[]> {
    const { clusters } = await this.#clusters.list();
    const names = new Set(records.map(({ cluster }) => cluster));
    const rows = new Map(
      await Promise.all(
        clusters
          .filter(({ name }) => names.has(name))
          .map(async cluster => [cluster.name, await rowsOf(cluster)] as const),
      ),
    );
    return records.map(({ cluster, name }) => {
      const found = rows.get(cluster);
      if (!found) return { quotas: [] };
      const quotas = found.quotas.inNamespace(name);
      const known = found.namespaces.status.state === 'live';
      const counted = found.quotas.status.state === 'live';
      return {
        quotas,
        pods:
          found.pods.status.state === 'live'
            ? found.pods.inNamespace(name).length
            : undefined,
        sight: known
          ? {
              namespace: found.namespaces.get({ name }),
              quotas: counted ? quotas : undefined,
              limits:
                found.limits.status.state === 'live'
                  ? found.limits.inNamespace(name)
                  : undefined,
              mayWrite: this.#access.known({ cluster, name }),
            }
          : undefined,
      };
    });
  }
}

async function rowsOf(cluster: Cluster) {
  const [namespaces, quotas, limits, pods] = await Promise.all([
    cluster.rows(kinds.namespaces),
    cluster.rows(kinds.resourceQuotas),
    cluster.rows(kinds.limitRanges),
    cluster.rows(kinds.pods),
  ]);
  return { namespaces, quotas, limits, pods };
}

async function bindingProblem(
  cluster: Cluster | undefined,
): Promise<string | undefined> {
  if (!cluster)
    return "The portal's configuration has no cluster of that name.";
  const { status } = await cluster.rows(kinds.namespaces);
  return status.problem;
}
