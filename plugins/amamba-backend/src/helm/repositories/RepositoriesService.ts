import type {
  HelmRepository,
  HelmRepositoryDraft,
} from '@amamba/backstage-plugin-amamba-common';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type { SecretBox } from '../../database';
import type { WorkspaceRecord } from '../../workspaces';
import type { ChartShelf, ShelvedRepository } from '../charts/ChartShelf';
import type { PlatformRepository } from '../config';
import type { RepositoryRecord } from './records';
import type { RepositoriesStore } from './RepositoriesStore';

/** A repository as the database or the configuration has it. */
interface Found {
  scope: HelmRepository['scope'];
  repository: ShelvedRepository;
  version: number;
  hasPassword: boolean;
  /** why it cannot be used although it is there */
  problem?: string;
}

const placeOf = (workspaceRef: string, name: string) =>
  `helm-repository:${workspaceRef}/${name}`;

function urlOf(text: string): URL {
  const url = URL.parse(text.replace(/^oci:/, 'https:'));
  if (url) return url;
  throw new InputError('url: is no address');
}

/** Where charts come from: repositories of the platform and of workspaces. Knows no caller. */
export class RepositoriesService {
  readonly #store: RepositoriesStore;
  readonly #platform: readonly PlatformRepository[];
  readonly #secrets: SecretBox;
  readonly #shelf: ChartShelf;

  constructor(options: {
    store: RepositoriesStore;
    platform: readonly PlatformRepository[];
    secrets: SecretBox;
    shelf: ChartShelf;
  }) {
    this.#store = options.store;
    this.#platform = options.platform;
    this.#secrets = options.secrets;
    this.#shelf = options.shelf;
  }

  /** All that the workspace can use, the platform's first. */
  async list(workspace: WorkspaceRecord): Promise<HelmRepository[]> {
    const all = await this.#all(workspace);
    return all.map(found => this.#answer(found));
  }

  /** To read from. What cannot be used is named as a problem. */
  async readable(workspace: WorkspaceRecord): Promise<{
    repositories: ShelvedRepository[];
    problems: { name: string; problem: string }[];
  }> {
    const all = await this.#all(workspace);
    return {
      repositories: all
        .filter(({ problem }) => !problem)
        .map(({ repository }) => repository),
      problems: all.flatMap(({ repository: { name }, problem }) =>
        problem ? [{ name, problem }] : [],
      ),
    };
  }

  /** @throws NotFoundError, InputError when its password is lost */
  async get(
    workspace: WorkspaceRecord,
    name: string,
  ): Promise<ShelvedRepository> {
    const { repository, problem } = await this.#find(workspace, name);
    if (problem) throw new InputError(problem);
    return repository;
  }

  /** @throws NotFoundError when the workspace has no such repository */
  async require(workspace: WorkspaceRecord, name: string): Promise<void> {
    await this.#find(workspace, name);
  }

  /** Reads the repository, and adds it when that went well. */
  async create(
    workspace: WorkspaceRecord,
    draft: HelmRepositoryDraft,
    actor: string,
  ): Promise<HelmRepository> {
    const record: RepositoryRecord = {
      ...this.#settings(workspace, draft.name, draft),
      workspaceRef: workspace.ref,
      createdBy: actor,
      version: 1,
    };
    if (this.#platform.some(({ name }) => name === draft.name)) {
      throw new ConflictError(
        `The platform has a repository "${draft.name}" already. Take another name.`,
      );
    }
    await this.#probe(record);
    await this.#store.add(record);
    return this.#answer(this.#ofRecord(record));
  }

  /** Changes a workspace's own repository. The password stays only where it would be sent to the same place as before. */
  async update(
    workspace: WorkspaceRecord,
    name: string,
    draft: Omit<HelmRepositoryDraft, 'name'> & { version: number },
  ): Promise<HelmRepository> {
    const before = await this.#own(workspace, name);
    const settings = this.#settings(workspace, name, draft);
    const isKept = draft.password === undefined && draft.username !== undefined;
    if (isKept && before.password) {
      const moved =
        urlOf(before.url).origin !== urlOf(draft.url).origin ||
        before.username !== draft.username;
      if (moved) {
        throw new InputError(
          'password: type it again, because the address or the user name is another one',
        );
      }
    }
    const record: RepositoryRecord = {
      ...settings,
      workspaceRef: workspace.ref,
      createdBy: before.createdBy,
      password: isKept ? before.password : settings.password,
      version: draft.version,
    };
    await this.#probe(record);
    return this.#answer(this.#ofRecord(await this.#store.update(record)));
  }

  async remove(workspace: WorkspaceRecord, name: string): Promise<void> {
    await this.#own(workspace, name);
    await this.#store.remove(workspace.ref, name);
  }

  /** A repository of the workspace's own. @throws NotFoundError, InputError for one of the platform */
  async #own(
    workspace: WorkspaceRecord,
    name: string,
  ): Promise<RepositoryRecord> {
    const record = await this.#store.find(workspace.ref, name);
    if (record) return record;
    const { scope } = await this.#find(workspace, name);
    throw new InputError(
      `Repository "${name}" is the ${scope}'s: it stands in the portal's configuration, and a platform engineer changes it there.`,
    );
  }

  #settings(
    workspace: WorkspaceRecord,
    name: string,
    draft: Omit<HelmRepositoryDraft, 'name'>,
  ) {
    const { type, url, username, password, charts = [] } = draft;
    if (type === 'http' && url.startsWith('oci:')) {
      throw new InputError(
        'url: an oci address is for a repository of type oci',
      );
    }
    if (type === 'oci' && charts.length === 0) {
      throw new InputError(
        'charts: name the charts, because registries cannot be asked what they hold',
      );
    }
    if (password && !username) {
      throw new InputError('username: goes with the password');
    }
    urlOf(url);
    return {
      ...{ name, type, url, username, charts },
      password: password
        ? this.#secrets.seal(password, placeOf(workspace.ref, name))
        : undefined,
    };
  }

  async #probe(record: RepositoryRecord): Promise<void> {
    const { repository, problem } = this.#ofRecord(record);
    if (problem) throw new InputError(problem);
    await this.#shelf.probe(repository);
  }

  async #all(workspace: WorkspaceRecord): Promise<Found[]> {
    const records = await this.#store.ofWorkspace(workspace.ref);
    return [
      ...this.#platform.map(each => this.#ofPlatform(each)),
      ...records.map(record => this.#ofRecord(record)),
    ];
  }

  async #find(workspace: WorkspaceRecord, name: string): Promise<Found> {
    const platform = this.#platform.find(each => each.name === name);
    if (platform) return this.#ofPlatform(platform);
    const record = await this.#store.find(workspace.ref, name);
    if (record) return this.#ofRecord(record);
    throw new NotFoundError(`${workspace.name} has no repository "${name}".`);
  }

  #ofPlatform(platform: PlatformRepository): Found {
    const { name, type, url, username, password, charts } = platform;
    return {
      scope: 'platform',
      repository: {
        ...{ name, type, url, username, password, charts },
        key: `platform/${name}`,
        trusted: [urlOf(url).host],
      },
      version: 1,
      hasPassword: password !== undefined,
    };
  }

  #ofRecord(record: RepositoryRecord): Found {
    const { workspaceRef, name, type, url, username, charts, version } = record;
    const password =
      record.password &&
      this.#secrets.open(record.password, placeOf(workspaceRef, name));
    return {
      scope: 'workspace',
      repository: {
        ...{ name, type, url, username, password, charts },
        key: `${workspaceRef}/${name}/${version}`,
        trusted: [],
      },
      version,
      hasPassword: record.password !== undefined,
      ...(record.password !== undefined &&
        password === undefined && {
          problem: `The password of repository "${name}" can no longer be read: the portal's key is another one. Type it again`,
        }),
    };
  }

  #answer({ scope, repository, version, ...found }: Found): HelmRepository {
    const { name, type, url, username, charts } = repository;
    const known = this.#shelf.known(repository);
    return {
      ...{ name, type, url, scope, username, version },
      hasPassword: found.hasPassword,
      charts: [...charts],
      checkedAt: known.at?.toISOString(),
      problem: found.problem ?? known.problem,
      chartCount: known.at && known.charts.length,
    };
  }
}
