import {
  applicationCreatePermission,
  type ApplicationDetail,
  type ApplicationResource as ResourceRow,
} from '@amamba/backstage-plugin-amamba-common';
import { NotFoundError } from '@backstage/errors';
import { setTimeout as sleep } from 'timers/promises';
import type { AuditService } from '../audit';
import type { CallOptions } from '../http';
import type { Authorizer } from '../permissions';
import {
  targetOf,
  type ApplicationAccess,
  type ApplicationNames,
  type ApplicationOfCaller,
} from './ApplicationAccess';
import type { AuthorizedApplications } from './AuthorizedApplications';
import {
  importable,
  type ImportRequest,
  type ImportService,
} from './importing/ImportService';
import type { ApplicationIndex } from './read/ApplicationIndex';
import { resourceOf } from './view';

/** Names of a namespace in which workloads run. */
interface Place {
  cluster: string;
  namespace: string;
}

/** What was written is in the watch caches a moment later. */
const SEEN_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 50;

/** Making applications of what runs already, as callers get it: judged, done and recorded. */
export class AuthorizedImport {
  readonly #access: ApplicationAccess;
  readonly #applications: Pick<AuthorizedApplications, 'detail'>;
  readonly #authorizer: Authorizer;
  readonly #audit: AuditService;
  readonly #index: ApplicationIndex;
  readonly #importing: ImportService;

  constructor(options: {
    access: ApplicationAccess;
    applications: Pick<AuthorizedApplications, 'detail'>;
    authorizer: Authorizer;
    audit: AuditService;
    index: ApplicationIndex;
    importing: ImportService;
  }) {
    this.#access = options.access;
    this.#applications = options.applications;
    this.#authorizer = options.authorizer;
    this.#audit = options.audit;
    this.#index = options.index;
    this.#importing = options.importing;
  }

  /** Workloads of a namespace that belong to no application yet. */
  async list(
    names: { workspace: string },
    target: Place,
    options: CallOptions,
  ): Promise<{ items: ResourceRow[] }> {
    const place = await this.#access.place({ ...target, ...names }, options);
    await this.#authorizer.require(
      applicationCreatePermission,
      { workspace: place.workspace, application: targetOf(place) },
      options,
    );
    const view = await this.#index.view(place.namespace);
    const now = Date.now();
    return {
      items: importable(view).map(workload => resourceOf(workload, view, now)),
    };
  }

  /** Makes an application of workloads. */
  async import(
    names: { workspace: string },
    request: ImportRequest & Place,
    options: CallOptions,
  ): Promise<ApplicationDetail> {
    const place = await this.#access.place({ ...request, ...names }, options);
    const { workspace, namespace } = place;
    const { name } = request;
    await this.#audit.act(
      {
        action: 'application.import',
        permission: applicationCreatePermission,
        workspace,
        target: {
          application: targetOf(place, { kind: 'application', name }),
        },
        object: {
          kind: 'application',
          name: `${namespace.cluster}/${namespace.name}/${name}`,
        },
      },
      options,
      async ({ add }) => {
        const view = await this.#index.view(namespace);
        const parts = await this.#importing.import(namespace, view, request);
        add({ objects: parts.join(', ').slice(0, 1_000) });
      },
    );
    const found = await this.#seen(
      {
        ...{ workspace: names.workspace, kind: 'application', name },
        ...{ cluster: namespace.cluster, namespace: namespace.name },
      },
      options,
    );
    return this.#applications.detail(found, options);
  }

  async #seen(
    names: ApplicationNames,
    options: CallOptions,
  ): Promise<ApplicationOfCaller> {
    const end = Date.now() + SEEN_WITHIN_MS;
    for (;;) {
      try {
        return await this.#access.application(names, options);
      } catch (error) {
        if (!(error instanceof NotFoundError) || Date.now() > end) throw error;
        await sleep(LOOK_EVERY_MS);
      }
    }
  }
}
