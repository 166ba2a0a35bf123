import {
  applicationCreatePermission,
  applicationDeletePermission,
  applicationReadPermission,
  applicationUpdatePermission,
  healthAnswer,
  type HelmRelease,
  type HelmRevision,
  type ObjectDiff,
  type Operation,
  type ReleaseDraft,
  type ReleasePreview,
} from '@amamba/backstage-plugin-amamba-common';
import { InputError } from '@backstage/errors';
import type { ResourcePermission } from '@backstage/plugin-permission-common';
import {
  targetOf,
  type ApplicationAccess,
  type ApplicationOfCaller,
  type PlaceOfCaller,
} from '../applications';
import type { CallOptions } from '../http';
import type { AuditedOperations, PreparedWork } from '../operations';
import type { Authorizer } from '../permissions';
import type { ChartShelf, FetchedChart } from './charts/ChartShelf';
import type { Helm } from './program/Helm';
import {
  compareRevisions,
  releaseView,
  revisionDetail,
  revisionIn,
  type ReleaseReader,
} from './releases/ReleaseReader';
import type { ReleaseChange, ReleaseService } from './releases/ReleaseService';
import type { RepositoriesService } from './repositories/RepositoriesService';

interface OfWorkspace {
  workspace: string;
}
/** Names of a release as they stand in an address. */
export type ReleaseNames = OfWorkspace & {
  cluster: string;
  namespace: string;
  name: string;
};

const ON_RELEASE = [
  applicationReadPermission,
  applicationUpdatePermission,
  applicationDeletePermission,
];

/** Releases of Helm as callers get them: names are resolved here, and every method is judged, changes recorded. */
export class AuthorizedReleases {
  readonly #access: ApplicationAccess;
  readonly #authorizer: Authorizer;
  readonly #operations: AuditedOperations;
  readonly #repositories: RepositoriesService;
  readonly #shelf: ChartShelf;
  readonly #helm: Helm;
  readonly #reader: ReleaseReader;
  readonly #releases: ReleaseService;

  constructor(options: {
    access: ApplicationAccess;
    authorizer: Authorizer;
    operations: AuditedOperations;
    repositories: RepositoriesService;
    shelf: ChartShelf;
    helm: Helm;
    reader: ReleaseReader;
    releases: ReleaseService;
  }) {
    this.#access = options.access;
    this.#authorizer = options.authorizer;
    this.#operations = options.operations;
    this.#repositories = options.repositories;
    this.#shelf = options.shelf;
    this.#helm = options.helm;
    this.#reader = options.reader;
    this.#releases = options.releases;
  }

  async get(names: ReleaseNames, options: CallOptions): Promise<HelmRelease> {
    const found = await this.#release(names, options);
    const { workspace, namespace, entry } = found;
    const release = await this.#reader.get(namespace, names.name);
    const [[can], locked, readOnly] = await Promise.all([
      this.#authorizer.applicationsCan(
        ON_RELEASE,
        workspace,
        [targetOf(found, entry)],
        options,
      ),
      this.#releases.isLocked(namespace, release),
      this.#helm.readOnly(namespace),
    ]);
    return {
      ...releaseView(release),
      cluster: namespace.cluster,
      namespace: namespace.name,
      health: healthAnswer(entry.health),
      ...{ locked, readOnly, can },
    };
  }

  /** A revision; its values only for those who may edit. */
  async revision(
    names: ReleaseNames & { revision: number },
    options: CallOptions,
  ): Promise<HelmRevision & { manifest: string; values?: string }> {
    const found = await this.#release(names, options);
    const release = await this.#reader.get(found.namespace, names.name);
    return revisionDetail(
      revisionIn(release, names.revision),
      await this.#mayEdit(found, options),
    );
  }

  /** What differs between two revisions; of the values only for those who may edit. */
  async compare(
    names: ReleaseNames,
    { from, to }: { from: number; to: number },
    options: CallOptions,
  ): Promise<{ items: ObjectDiff[]; values: ObjectDiff[] }> {
    const found = await this.#release(names, options);
    const release = await this.#reader.get(found.namespace, names.name);
    return compareRevisions(
      revisionIn(release, from),
      revisionIn(release, to),
      await this.#mayEdit(found, options),
    );
  }

  /** What installing, or upgrading what is there, would change. */
  async preview(
    names: OfWorkspace,
    draft: ReleaseDraft,
    options: CallOptions,
  ): Promise<ReleasePreview> {
    const place = await this.#access.place({ ...names, ...draft }, options);
    const target = this.#target(place, draft.name);
    const either = [applicationUpdatePermission, applicationCreatePermission];
    const can = await this.#authorizer.can(either, target, options);
    // Who may neither is told so before the cluster is asked what is there.
    const isThere =
      can.size > 0 && (await this.#reader.find(place.namespace, draft.name));
    await this.#authorizer.require(
      isThere ? applicationUpdatePermission : applicationCreatePermission,
      target,
      options,
    );
    const chart = await this.#chart(place, draft);
    return this.#releases.preview(place.namespace, draft, chart);
  }

  async install(
    names: OfWorkspace,
    draft: ReleaseDraft,
    options: CallOptions,
  ): Promise<Operation> {
    const place = await this.#access.place({ ...names, ...draft }, options);
    return this.#act(
      'install',
      { place, name: draft.name, permission: applicationCreatePermission },
      chartDetails(draft),
      options,
      async () => {
        const chart = await this.#chart(place, draft);
        const { namespace } = place;
        return this.#releases.install(namespace, draft, chart);
      },
    );
  }

  async upgrade(
    names: ReleaseNames,
    draft: ReleaseChange & { basis: number },
    options: CallOptions,
  ): Promise<Operation> {
    const place = await this.#release(names, options);
    return this.#act(
      'upgrade',
      { place, name: names.name, permission: applicationUpdatePermission },
      chartDetails(draft),
      options,
      async () => {
        const chart = await this.#chart(place, draft);
        const { namespace } = place;
        const wanted = { ...draft, name: names.name };
        return this.#releases.upgrade(namespace, wanted, chart);
      },
    );
  }

  async rollback(
    names: ReleaseNames,
    wanted: { revision: number; basis: number; wait: boolean },
    options: CallOptions,
  ): Promise<Operation> {
    const place = await this.#release(names, options);
    return this.#act(
      'rollback',
      { place, name: names.name, permission: applicationUpdatePermission },
      { revision: wanted.revision },
      options,
      () => this.#releases.rollback(place.namespace, names.name, wanted),
    );
  }

  async unlock(names: ReleaseNames, options: CallOptions): Promise<Operation> {
    const place = await this.#release(names, options);
    return this.#act(
      'unlock',
      { place, name: names.name, permission: applicationUpdatePermission },
      {},
      options,
      () => this.#releases.unlock(place.namespace, names.name),
    );
  }

  async uninstall(
    names: ReleaseNames,
    wanted: {
      confirm: string;
      keepHistory: boolean;
      propagation: 'background' | 'foreground' | 'orphan';
    },
    options: CallOptions,
  ): Promise<Operation> {
    const place = await this.#release(names, options);
    return this.#act(
      'uninstall',
      { place, name: names.name, permission: applicationDeletePermission },
      { keepHistory: wanted.keepHistory, propagation: wanted.propagation },
      options,
      async () => {
        if (wanted.confirm !== names.name) {
          throw new InputError(
            `confirm: type the release's name, "${names.name}".`,
          );
        }
        const { namespace } = place;
        return this.#releases.uninstall(namespace, names.name, wanted);
      },
    );
  }

  #release(
    names: ReleaseNames,
    options: CallOptions,
  ): Promise<ApplicationOfCaller> {
    return this.#access.application({ ...names, kind: 'helm' }, options);
  }

  #target(place: PlaceOfCaller, name: string) {
    return {
      workspace: place.workspace,
      application: targetOf(place, { kind: 'helm', name }),
    };
  }

  async #mayEdit(
    found: ApplicationOfCaller,
    options: CallOptions,
  ): Promise<boolean> {
    const can = await this.#authorizer.can(
      [applicationUpdatePermission],
      this.#target(found, found.entry.name),
      options,
    );
    return can.size > 0;
  }

  async #chart(
    { workspace }: PlaceOfCaller,
    {
      repository,
      chart,
      version,
    }: Pick<ReleaseDraft, 'repository' | 'chart' | 'version'>,
  ): Promise<FetchedChart> {
    const found = await this.#repositories.get(workspace, repository);
    return this.#shelf.fetch(found, chart, version);
  }

  /** Begins something, judged and recorded. */
  #act(
    verb: string,
    {
      place,
      name,
      permission,
    }: { place: PlaceOfCaller; name: string; permission: ResourcePermission },
    details: Record<string, string | number | boolean>,
    options: CallOptions,
    prepare: () => Promise<PreparedWork>,
  ): Promise<Operation> {
    const { workspace, namespace } = place;
    const { application } = this.#target(place, name);
    return this.#operations.begin(
      {
        action: `release.${verb}`,
        ...{ workspace, permission, target: { application }, details },
        object: {
          kind: 'application',
          name: `${namespace.cluster}/${namespace.name}/${name}`,
        },
      },
      options,
      prepare,
    );
  }
}

function chartDetails({
  repository,
  chart,
  version,
}: Pick<ReleaseDraft, 'repository' | 'chart' | 'version'>) {
  return { repository, chart, version };
}
