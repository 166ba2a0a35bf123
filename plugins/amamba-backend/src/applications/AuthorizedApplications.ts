import {
  applicationDeletePermission,
  applicationExecPermission,
  applicationReadPermission,
  applicationUpdatePermission,
  type ApplicationDetail,
  type ApplicationPage,
  type ApplicationQuery,
  type ClusterSetup,
  type EventRow,
  type Manifest,
  type ObjectDiff,
  type Revision,
  type Topology,
  type Warning,
} from '@amamba/backstage-plugin-amamba-common';
import type { CallOptions } from '../http';
import type { OwnedNamespace, Ownership } from '../namespaces';
import type { Authorizer } from '../permissions';
import type { EntityReader, WorkspaceRecord } from '../workspaces';
import {
  targetOf,
  type ApplicationAccess,
  type ApplicationNames,
  type ApplicationOfCaller,
} from './ApplicationAccess';
import type { ApplicationReader } from './ApplicationReader';
import { entityFilter } from './entityFilter';
import { pageOf, type PlacedEntry } from './listing';
import type { ObjectNames } from './objectTypes';
import type { ApplicationIndex } from './read/ApplicationIndex';
import { partsOf } from './read/compose';
import { leastCurrent } from './read/gather';
import { podsOf } from './read/workloads';
import { topologyOf } from './topology';
import { linksOf, podOf, resourceOf, summaryOf } from './view';

/** Permissions that buttons of an application depend on. */
const ON_APPLICATION = [
  applicationReadPermission,
  applicationUpdatePermission,
  applicationDeletePermission,
  applicationExecPermission,
];
/** Pods that a page shows; the others are counted. */
const MAX_PODS = 200;

/** What runs in a workspace, as callers get it: names are resolved here, and every method asks the authoriser first. */
export class AuthorizedApplications {
  readonly #access: ApplicationAccess;
  readonly #authorizer: Authorizer;
  readonly #ownership: Ownership;
  readonly #entities: EntityReader;
  readonly #index: ApplicationIndex;
  readonly #reader: ApplicationReader;
  readonly #setup: () => Promise<ClusterSetup>;

  constructor(options: {
    access: ApplicationAccess;
    authorizer: Authorizer;
    ownership: Ownership;
    entities: EntityReader;
    index: ApplicationIndex;
    reader: ApplicationReader;
    /** how the sandbox's clusters are coming up */
    setup(): Promise<ClusterSetup>;
  }) {
    this.#access = options.access;
    this.#authorizer = options.authorizer;
    this.#ownership = options.ownership;
    this.#entities = options.entities;
    this.#index = options.index;
    this.#reader = options.reader;
    this.#setup = options.setup;
  }

  /** One page, from the watch caches alone. A cluster that is away is a warning beside the others' rows. */
  async list(
    names: { workspace: string },
    query: ApplicationQuery,
    options: CallOptions,
  ): Promise<ApplicationPage> {
    const workspace = await this.#access.workspace(names.workspace, options);
    const [{ rows, warnings }, setup, belongs] = await Promise.all([
      this.#rows(workspace),
      this.#setup(),
      this.#belongs(query.entity, options),
    ]);
    const readable = await this.#readable(workspace, rows, options);
    const { page, counts } = pageOf(
      belongs ? readable.filter(belongs) : readable,
      query,
    );
    const now = Date.now();
    return {
      ...page,
      items: page.items.map(({ namespace, view, entry }) =>
        summaryOf(namespace, view, entry, now),
      ),
      ...{ counts, setup, warnings },
    };
  }

  async get(
    names: ApplicationNames,
    options: CallOptions,
  ): Promise<ApplicationDetail> {
    return this.detail(await this.#access.application(names, options), options);
  }

  /** How its objects hang together. */
  async topology(
    names: ApplicationNames,
    options: CallOptions,
  ): Promise<Topology> {
    const found = await this.#access.application(names, options);
    return topologyOf(found, Date.now());
  }

  /** Events of its objects, alike ones together, the newest first. */
  async events(
    names: ApplicationNames,
    options: CallOptions,
  ): Promise<{ items: EventRow[] }> {
    const found = await this.#access.application(names, options);
    return { items: await this.#reader.events(found) };
  }

  async revisions(
    names: ApplicationNames,
    options: CallOptions,
  ): Promise<{ items: Revision[] }> {
    const found = await this.#access.application(names, options);
    return { items: await this.#reader.revisions(found) };
  }

  async compare(
    names: ApplicationNames,
    query: { from: string; to: string },
    options: CallOptions,
  ): Promise<{ items: ObjectDiff[] }> {
    const found = await this.#access.application(names, options);
    return { items: await this.#reader.compare(found, query) };
  }

  /** YAML of one of its objects; the values of Secrets are masked. */
  async manifest(
    names: ApplicationNames,
    object: ObjectNames,
    options: CallOptions,
  ): Promise<Manifest> {
    const found = await this.#access.application(names, options);
    return this.#reader.manifest(found, object);
  }

  /** Its manifests, cleaned, to start another from. */
  async export(
    names: ApplicationNames,
    options: CallOptions,
  ): Promise<{ yaml: string }> {
    const found = await this.#access.application(names, options);
    return { yaml: await this.#reader.export(found) };
  }

  /** An application that was found for the caller, with what its page shows. */
  async detail(
    found: ApplicationOfCaller,
    options: CallOptions,
  ): Promise<ApplicationDetail> {
    const { workspace, namespace, view, entry } = found;
    const now = Date.now();
    const [can] = await this.#authorizer.applicationsCan(
      ON_APPLICATION,
      workspace,
      [targetOf(found, entry)],
      options,
    );
    const pods = entry.workloads.flatMap(workload =>
      podsOf(workload, view.objects),
    );
    const parts = partsOf(entry, view.objects);
    const status = leastCurrent(view.objects);
    return {
      ...summaryOf(namespace, view, entry, now),
      description: entry.group?.spec?.descriptor?.description ?? undefined,
      labels: { ...entry.labels },
      resources: parts.map(part => resourceOf(part, view, now)),
      pods: pods.slice(0, MAX_PODS).map(pod => podOf(pod, now)),
      podTotal: pods.length,
      links: linksOf(parts),
      can,
      warnings: status.problem ? [warningOf(namespace, status.problem)] : [],
      metrics: false,
    };
  }

  async #belongs(
    ref: string | undefined,
    options: CallOptions,
  ): Promise<((row: PlacedEntry) => boolean) | undefined> {
    if (ref === undefined) return undefined;
    const entity = await this.#entities.facts(ref, options);
    const fits = entity && entityFilter(entity);
    return ({ namespace, entry }) =>
      fits?.({
        cluster: namespace.cluster,
        namespace: namespace.name,
        entry,
      }) ?? false;
  }

  async #rows(
    workspace: WorkspaceRecord,
  ): Promise<{ rows: PlacedEntry[]; warnings: Warning[] }> {
    const { namespaces, problems } =
      await this.#ownership.namespaces(workspace);
    const views = await Promise.all(
      namespaces.map(namespace => this.#index.view(namespace)),
    );
    const rows = namespaces.flatMap((namespace, i) =>
      views[i].entries.map(entry => ({ namespace, view: views[i], entry })),
    );
    const warnings = new Map<string, Warning>(
      problems.map(warning => [warning.source, warning]),
    );
    for (const [i, namespace] of namespaces.entries()) {
      const { problem, asOf } = leastCurrent(views[i].objects);
      if (problem) {
        const warning = warningOf(namespace, problem);
        warnings.set(warning.source, {
          ...warning,
          since: asOf?.toISOString(),
        });
      }
    }
    return { rows, warnings: [...warnings.values()] };
  }

  async #readable(
    workspace: WorkspaceRecord,
    rows: PlacedEntry[],
    options: CallOptions,
  ): Promise<PlacedEntry[]> {
    const can = await this.#authorizer.applicationsCan(
      [applicationReadPermission],
      workspace,
      rows.map(({ namespace, entry }) =>
        targetOf({ workspace, namespace }, entry),
      ),
      options,
    );
    return rows.filter((_, i) => can[i].length > 0);
  }
}

function warningOf(namespace: OwnedNamespace, message: string): Warning {
  return { source: `cluster:${namespace.cluster}`, message };
}
