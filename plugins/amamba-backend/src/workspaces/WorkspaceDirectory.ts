import {
  ENVIRONMENT_ANNOTATION,
  workspaceName,
} from '@amamba/backstage-plugin-amamba-common';
import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  stringifyEntityRef,
  parseEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { ServiceUnavailableError, toError } from '@backstage/errors';
import {
  filterPredicateToFilterFunction,
  type FilterPredicate,
} from '@backstage/filter-predicates';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { RolesConfig } from '../config';
import type { RoleGrant, WorkspaceRecord } from '../permissions';

const TIME_TO_LIVE_MS = 15_000;
/** From this age on it is read anew beside what is asked, so that a portal in use does not wait for it. */
const REFRESH_MS = 10_000;
const CATALOG_PAGE = 500;

/** All workspaces at one moment. */
interface Snapshot {
  at: number;
  byName: Map<string, WorkspaceRecord>;
  byRef: Map<string, WorkspaceRecord>;
}

function parentRef(group: Entity): string | undefined {
  const relation = group.relations?.find(({ type }) => type === 'childOf');
  return relation?.targetRef.toLocaleLowerCase('en-US');
}

function ancestors(ref: string, parents: Map<string, string>): string[] {
  const found: string[] = [];
  let next = parents.get(ref);
  // A cycle in the catalog must not hang the portal.
  while (next && next !== ref && !found.includes(next)) {
    found.push(next);
    next = parents.get(next);
  }
  return found;
}

/**
 * The groups of the catalog as workspaces, read with the backend's own credentials and kept for seconds. Who may see
 * which one is decided elsewhere; nothing here may be answered to a caller directly.
 */
export class WorkspaceDirectory {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #logger: LoggerService;
  readonly #isWorkspace: (group: Entity) => boolean;
  readonly #roles: RolesConfig;
  #snapshot: Snapshot | undefined;
  #loading: Promise<Snapshot> | undefined;

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    logger: LoggerService;
    /** which groups are workspaces */
    filter: FilterPredicate;
    roles: RolesConfig;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#logger = options.logger;
    this.#isWorkspace = filterPredicateToFilterFunction(options.filter);
    this.#roles = options.roles;
  }

  /** @throws ServiceUnavailableError when the catalog has never answered */
  async all(): Promise<WorkspaceRecord[]> {
    return [...(await this.#current()).byName.values()];
  }

  /** @param name - the workspace's name in addresses */
  async byName(name: string): Promise<WorkspaceRecord | undefined> {
    return (await this.#current()).byName.get(name.toLocaleLowerCase('en-US'));
  }

  /** @param ref - entity reference of the group */
  async byRef(ref: string): Promise<WorkspaceRecord | undefined> {
    return (await this.#current()).byRef.get(ref.toLocaleLowerCase('en-US'));
  }

  /** Begins to read what is about to be asked for. */
  prepare(): void {
    this.#current().catch(() => {}); // whoever asks hears of it
  }

  async #current(): Promise<Snapshot> {
    const known = this.#snapshot;
    const age = known ? Date.now() - known.at : Infinity;
    if (known && age < TIME_TO_LIVE_MS) {
      // when it fails, it is asked for again at the end of the time
      if (age > REFRESH_MS) this.#refresh().catch(() => {});
      return known;
    }
    try {
      return await this.#refresh();
    } catch (error) {
      if (known) {
        this.#logger.warn('Workspaces are not refreshed', toError(error));
        return known;
      }
      throw new ServiceUnavailableError(
        'The catalog does not answer, so workspaces are not known yet. Try again.',
        error,
      );
    }
  }

  #refresh(): Promise<Snapshot> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #load(): Promise<Snapshot> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const groups: Entity[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.#catalog.queryEntities(
        cursor
          ? { cursor, limit: CATALOG_PAGE }
          : { filter: { kind: 'group' }, limit: CATALOG_PAGE },
        { credentials },
      );
      groups.push(...page.items);
      cursor = page.pageInfo.nextCursor;
    } while (cursor);
    const snapshot = this.#arrange(groups);
    // A catalog that has read nothing yet is asked again at the next call.
    this.#snapshot = groups.length > 0 ? snapshot : undefined;
    return snapshot;
  }

  #arrange(groups: Entity[]): Snapshot {
    const parents = new Map<string, string>();
    for (const group of groups) {
      const parent = parentRef(group);
      if (parent) parents.set(stringifyEntityRef(group), parent);
    }
    const byName = new Map<string, WorkspaceRecord>();
    const byRef = new Map<string, WorkspaceRecord>();
    for (const group of groups.filter(this.#isWorkspace)) {
      const record = this.#record(group, parents);
      byName.set(record.name.toLocaleLowerCase('en-US'), record);
      byRef.set(record.ref, record);
    }
    return { at: Date.now(), byName, byRef };
  }

  #record(group: Entity, parents: Map<string, string>): WorkspaceRecord {
    const ref = stringifyEntityRef(group);
    const { namespace, name } = parseEntityRef(ref);
    const profile = group.spec?.profile as { displayName?: string } | undefined;
    return {
      name: workspaceName({
        namespace,
        name: namespace === 'default' ? group.metadata.name : name,
      }),
      ref,
      title:
        group.metadata.title ?? profile?.displayName ?? group.metadata.name,
      description: group.metadata.description,
      parentRef: parents.get(ref),
      environment: group.metadata.annotations?.[ENVIRONMENT_ANNOTATION],
      grants: this.#grants(ref, parents),
    };
  }

  #grants(ref: string, parents: Map<string, string>): RoleGrant[] {
    const { members, inherit, grants } = this.#roles;
    const groups = inherit ? [ref, ...ancestors(ref, parents)] : [ref];
    const configured = grants
      .filter(
        ({ workspaces }) =>
          !workspaces || groups.some(group => workspaces.includes(group)),
      )
      .flatMap(({ role, subjects }) =>
        subjects.map(subject => ({ subject, role })),
      );
    return members === 'none'
      ? configured
      : [...groups.map(subject => ({ subject, role: members })), ...configured];
  }
}
