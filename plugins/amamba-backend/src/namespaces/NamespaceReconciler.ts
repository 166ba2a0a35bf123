import type { NamespaceDrift } from '@amamba/backstage-plugin-amamba-common';
import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { AuditService } from '../audit';
import { kinds, type Clusters } from '../clusters';
import type { LiveService } from '../live';
import type { WorkspaceDirectory } from '../workspaces';
import { NamespaceKeeper } from './NamespaceKeeper';
import type { NamespacesService } from './NamespacesService';
import type { NamespacesStore } from './NamespacesStore';
import type { NamespaceViews } from './NamespaceViews';
import type { NamespaceRecord } from './records';

const EVERY_SECONDS = 30;
/** Longer than any creation takes: whoever began it is dead. */
const ABANDONED_MS = 2 * 60_000;
/** What could not be put right is tried again after this time: a person has to do something first. */
const AGAIN_MS = 5 * 60_000;
/** What is put right without asking; the others take a person, because somebody may have meant them. */
const MENDED_ALONE: ReadonlySet<NamespaceDrift['code']> = new Set([
  'label',
  'quota',
  'limits',
  'podSecurity',
  'access',
]);

/** Keeps what is in the clusters as the database holds it. */
export class NamespaceReconciler {
  readonly #store: NamespacesStore;
  readonly #service: NamespacesService;
  readonly #views: NamespaceViews;
  readonly #clusters: Clusters;
  readonly #directory: Pick<WorkspaceDirectory, 'byRef'>;
  readonly #audit: Pick<AuditService, 'system'>;
  readonly #live: Pick<LiveService, 'changed'>;
  readonly #logger: LoggerService;
  /** when one could not be put right last, epoch milliseconds */
  readonly #failed = new Map<string, number>();

  constructor(options: {
    store: NamespacesStore;
    service: NamespacesService;
    views: NamespaceViews;
    clusters: Clusters;
    directory: Pick<WorkspaceDirectory, 'byRef'>;
    audit: Pick<AuditService, 'system'>;
    live: Pick<LiveService, 'changed'>;
    logger: LoggerService;
  }) {
    this.#store = options.store;
    this.#service = options.service;
    this.#views = options.views;
    this.#clusters = options.clusters;
    this.#directory = options.directory;
    this.#audit = options.audit;
    this.#logger = options.logger;
    this.#live = options.live;
  }

  /** Has the scheduler call it, on one backend at a time. */
  async schedule(scheduler: SchedulerService): Promise<void> {
    await scheduler.scheduleTask({
      id: 'amamba-namespaces-reconcile',
      frequency: { seconds: EVERY_SECONDS },
      timeout: { minutes: 2 },
      initialDelay: { seconds: 5 },
      scope: 'global',
      fn: () => this.round(),
    });
  }

  /** One round over all namespaces; what goes wrong with one does not keep others waiting. */
  async round(): Promise<void> {
    const records = await this.#store.all();
    const drifts = await this.#views.drift(records);
    for (const [i, record] of records.entries()) {
      const drift = drifts[i];
      const id = `${record.cluster}/${record.name}`;
      if (!drift || Date.now() - (this.#failed.get(id) ?? 0) < AGAIN_MS) {
        continue;
      }
      try {
        await this.#reconcile(record, drift);
        this.#failed.delete(id);
      } catch (error) {
        this.#failed.set(id, Date.now());
        this.#logger.warn(
          `Namespace ${record.name} on ${record.cluster} could not be put right`,
          toError(error),
        );
      }
    }
  }

  async #reconcile(
    record: NamespaceRecord,
    drift: readonly NamespaceDrift[],
  ): Promise<void> {
    const isMissing = drift.some(({ code }) => code === 'missing');
    if (record.state === 'terminating') {
      if (isMissing) {
        await this.#store.remove(record);
        await this.#tell(record);
      }
      return;
    }
    if (record.state === 'creating') {
      await this.#finish(record);
      return;
    }
    const codes = drift
      .filter(({ code, mendable }) => mendable && MENDED_ALONE.has(code))
      .map(({ code }) => code);
    // A foreign label is for a person to judge, and mending anything else would overwrite it.
    if (codes.length === 0 || drift.some(({ code }) => code === 'owner'))
      return;
    await this.#service.mend(record);
    await this.#record(record, 'namespace.mend', codes.join(', '));
  }

  /** Whoever began to make it died: finishes it when the cluster has it, and gives the name back when not. */
  async #finish(record: NamespaceRecord): Promise<void> {
    if (Date.now() - record.changedAt.getTime() < ABANDONED_MS) return;
    const cluster = await this.#clusters.get(record.cluster);
    const rows = await cluster.rows(kinds.namespaces);
    if (rows.status.state !== 'live') return;
    const found = rows.get({ name: record.name });
    const isOurs = found && NamespaceKeeper.isMarked(found, record);
    if (!found || !isOurs) {
      await this.#store.remove(record);
      await this.#record(record, 'namespace.create', 'taken back');
      return;
    }
    await new NamespaceKeeper(cluster).keep(record);
    await this.#store.settle(record, found.metadata.uid ?? '');
    await this.#record(record, 'namespace.create', 'finished');
  }

  async #record(
    record: NamespaceRecord,
    action: string,
    what: string,
  ): Promise<void> {
    const workspace = await this.#tell(record);
    if (!workspace) return;
    await this.#audit.system({
      action,
      workspace,
      object: { kind: 'namespace', name: `${record.cluster}/${record.name}` },
      details: { what },
    });
  }

  /** Tells open pages of the workspace that a namespace changed. */
  async #tell({ workspaceRef, cluster, name }: NamespaceRecord) {
    const workspace = await this.#directory.byRef(workspaceRef);
    if (workspace) {
      this.#live.changed({
        type: 'namespace',
        workspace: workspace.name,
        ...{ cluster, namespace: name, kinds: [] },
      });
    }
    return workspace;
  }
}
